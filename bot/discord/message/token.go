package message

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"dossier/index"
)

// Errors of a token that cannot be read.
var (
	ErrVersion = errors.New("custom_id of another version")
	ErrDamaged = errors.New("custom_ids that do not belong together")
)

// A token is a state in text. It is cut into as many pieces as a message has buttons
// that do something; the custom_id of each is
//
//	2 m 00 0 4 Xk3_9a …………… .
//	│ │ │  │ │ │      │     └ the end, so that no blank is the last character
//	│ │ │  │ │ │      └ the piece
//	│ │ │  │ │ └ a checksum of all pieces and of what stands before it
//	│ │ │  │ └ how many pieces there are
//	│ │ │  └ which of them this is
//	│ │ └ the number of the [Click]
//	│ └ its [Verb]
//	└ the version of all this
//
// Discord counts characters, so that a piece of Japanese has room for as many of
// them as one of English: https://discord.com/developers/docs/components/reference#custom-id
const (
	tokenVersion = '2'
	maxID        = 100
	headSize     = 6 // before the checksum
	sumSize      = 6
	pieceSize    = maxID - headSize - sumSize - len(".")
	digits36     = "0123456789abcdefghijklmnopqrstuvwxyz"
	maxNumber    = 36*36 - 1
)

// A part is one custom_id, taken apart.
type part struct {
	Click
	nth, of int
	head    string
	sum     string
	piece   string
}

// pack returns the custom_ids of buttons that hold a state between them, and
// whether there is room for it.
func pack(s State, clicks []Click) (ids []string, ok bool) {
	text := s.text()
	pieces := cutPieces(text)
	if len(pieces) > len(clicks) || len(clicks) >= len(digits36) {
		return nil, false
	}
	for i, c := range clicks {
		piece := ""
		if i < len(pieces) {
			piece = pieces[i]
		}
		n := min(max(c.Number, 0), maxNumber)
		head := string([]byte{tokenVersion, byte(c.Verb), digits36[n/36], digits36[n%36], digits36[i], digits36[len(clicks)]})
		ids = append(ids, head+checksum(head, text)+piece+".")
	}
	return ids, true
}

// unpack is the inverse of pack.
func unpack(ids []string) (State, error) {
	parts := make([]part, 0, len(ids))
	for _, id := range ids {
		p, err := parsePart(id)
		if err != nil {
			return State{}, err
		}
		parts = append(parts, p)
	}
	slices.SortFunc(parts, func(a, b part) int { return a.nth - b.nth })
	var text strings.Builder
	for i, p := range parts {
		if p.nth != i || p.of != len(parts) {
			return State{}, ErrDamaged
		}
		text.WriteString(p.piece)
	}
	for _, p := range parts {
		if p.sum != checksum(p.head, text.String()) {
			return State{}, ErrDamaged
		}
	}
	return parseState(text.String())
}

func parsePart(id string) (part, error) {
	if id == "" || id[0] != tokenVersion {
		return part{}, ErrVersion
	}
	if len(id) < headSize+sumSize+1 || id[len(id)-1] != '.' || !slices.Contains(verbs, Verb(id[1])) {
		return part{}, ErrDamaged
	}
	p := part{Click: Click{Verb: Verb(id[1])}, head: id[:headSize], sum: id[headSize : headSize+sumSize], piece: id[headSize+sumSize : len(id)-1]}
	for i, n := range []*int{&p.Number, &p.Number, &p.nth, &p.of} {
		d := strings.IndexByte(digits36, id[2+i])
		if d < 0 {
			return part{}, ErrDamaged
		}
		*n = *n*36 + d
	}
	return p, nil
}

func checksum(head, text string) string {
	sum := crc32.Update(crc32.ChecksumIEEE([]byte(head)), crc32.IEEETable, []byte(text))
	return base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint32(nil, sum))
}

// cutPieces cuts a text into pieces that fit into a custom_id.
func cutPieces(text string) []string {
	var pieces []string
	start, size := 0, 0
	for i, r := range text {
		n := max(utf16.RuneLen(r), 1)
		if size+n > pieceSize {
			pieces = append(pieces, text[start:i])
			start, size = i, 0
		}
		size += n
	}
	return append(pieces, text[start:])
}

// A state's text has a field for each of its members.
const (
	fieldMark = "|"
	itemMark  = ";"
	fields    = 11
)

var (
	masked   = strings.NewReplacer("~", "~0", fieldMark, "~1", itemMark, "~2")
	unmasked = strings.NewReplacer("~0", "~", "~1", fieldMark, "~2", itemMark)
)

// letterOf is what stands for an outcome; an opinion has a letter of its own.
var letterOf = map[index.Outcome]string{index.Answered: "a", index.Unsure: "u", index.Absent: "n", "": ""}

const (
	opinion = "o"
	partial = "!" // before the letter
)

func (s State) text() string {
	outcome := letterOf[s.Outcome]
	if s.Opinion {
		outcome = opinion
	}
	if s.Partial {
		outcome = partial + outcome
	}
	days := ""
	if s.From != "" || s.To != "" {
		days = packDay(s.From) + "." + packDay(s.To)
	}
	skip := ""
	if s.Skip > 0 {
		skip = strconv.FormatInt(int64(s.Skip), 36)
	}
	text := strings.Join([]string{
		outcome, packNumber(s.Owner), masked.Replace(s.Locale), masked.Replace(s.Corpus), skip, days, masked.Replace(s.Source),
		packList(packQuotes(s.Quotes)), masked.Replace(s.Question), packList(s.Before), packList(s.Offered),
	}, fieldMark)
	return strings.TrimRight(text, fieldMark)
}

// parseState is the inverse of text.
func parseState(text string) (State, error) {
	f := strings.Split(text, fieldMark)
	if len(f) > fields {
		return State{}, ErrDamaged
	}
	f = append(f, make([]string, fields-len(f))...)
	var s State
	var bad [4]error
	letter, cut := strings.CutPrefix(f[0], partial)
	s.Partial, s.Opinion = cut, letter == opinion
	s.Outcome, bad[0] = outcomeOf(letter)
	s.Owner, bad[1] = unpackNumber(f[1])
	s.Locale, s.Corpus = unmasked.Replace(f[2]), unmasked.Replace(f[3])
	if f[4] != "" {
		n, err := strconv.ParseUint(f[4], 36, 16)
		s.Skip, bad[2] = int(n), err
	}
	if f[5] != "" {
		from, to, _ := strings.Cut(f[5], ".")
		var err error
		s.From, bad[3] = unpackDay(from)
		if s.To, err = unpackDay(to); err != nil {
			bad[3] = err
		}
	}
	s.Source = unmasked.Replace(f[6])
	s.Quotes = unpackQuotes(unpackList(f[7]))
	s.Question, s.Before, s.Offered = unmasked.Replace(f[8]), unpackList(f[9]), unpackList(f[10])
	if errors.Join(bad[:]...) != nil {
		return State{}, ErrDamaged
	}
	return s, nil
}

func outcomeOf(letter string) (index.Outcome, error) {
	if letter == opinion {
		return index.Unsure, nil
	}
	for o, l := range letterOf {
		if l == letter {
			return o, nil
		}
	}
	return "", ErrDamaged
}

// packQuotes leaves away the article of a quote where it is that of the one before it.
func packQuotes(ids []string) []string {
	var short []string
	last := ""
	for _, id := range ids {
		article, _, _ := strings.Cut(id, ".")
		if article == last && article != "" {
			id = strings.TrimPrefix(id, article)
		}
		last = article
		short = append(short, id)
	}
	return short
}

func unpackQuotes(short []string) []string {
	var ids []string
	last := ""
	for _, id := range short {
		if strings.HasPrefix(id, ".") {
			id = last + id
		}
		last, _, _ = strings.Cut(id, ".")
		ids = append(ids, id)
	}
	return ids
}

func packList(list []string) string {
	var items []string
	for _, s := range list {
		items = append(items, masked.Replace(s))
	}
	return strings.Join(items, itemMark)
}

func unpackList(text string) []string {
	if text == "" {
		return nil
	}
	list := strings.Split(text, itemMark)
	for i, s := range list {
		list[i] = unmasked.Replace(s)
	}
	return list
}

// packNumber writes a snowflake with fewer characters.
func packNumber(id string) string {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return ""
	}
	return strconv.FormatUint(n, 36)
}

func unpackNumber(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	n, err := strconv.ParseUint(s, 36, 64)
	if err != nil {
		return "", ErrDamaged
	}
	return strconv.FormatUint(n, 10), nil
}

const unixPerDay = 24 * 60 * 60

// packDay writes a date as days since 1970.
func packDay(s string) string {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return ""
	}
	return strconv.FormatInt(t.Unix()/unixPerDay, 36)
}

func unpackDay(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	n, err := strconv.ParseInt(s, 36, 32)
	if err != nil {
		return "", ErrDamaged
	}
	return time.Unix(n*unixPerDay, 0).UTC().Format(time.DateOnly), nil
}

// CorpusTag is how the version of a corpus fits into a token: enough to tell one
// from another.
func CorpusTag(version string) string {
	if version == "" {
		return ""
	}
	return checksum("", version)[:4]
}

// removalOfOld says whose answer a button of the first version removes. What else the
// buttons of that version do is not understood any more; but who asked shall always
// be able to take away the answer.
func removalOfOld(id string) (owner string, ok bool) {
	rest, ok := strings.CutPrefix(id, "1"+string(VerbDelete))
	if !ok {
		return "", false
	}
	f := strings.Split(rest, ":")
	if len(f) < 2 {
		return "", false
	}
	owner, err := unpackNumber(f[1])
	return owner, err == nil && owner != ""
}
