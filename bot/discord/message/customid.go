package message

import (
	"errors"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Verb is what a button does.
type Verb byte

const (
	VerbMore    Verb = 'm' // the next best quotes
	VerbContext Verb = 'c' // the sentences around a quote
	VerbSources Verb = 's' // full citations
	VerbShare   Verb = 'h' // show a private answer to all
	VerbDelete  Verb = 'd' // remove the answer
	VerbAsk     Verb = 'q' // ask a suggested question
	VerbPage    Verb = 'l' // another page of /sources
)

var verbs = []Verb{VerbMore, VerbContext, VerbSources, VerbShare, VerbDelete, VerbAsk, VerbPage}

// An Action is what a button's custom_id says. Discord keeps it, so buttons
// work after a restart and nothing is kept here.
type Action struct {
	Verb  Verb
	Quote string // the permanent id of a quote
	Owner string // whose answer it is
	Page  int    // quotes to skip, or the page
	// What an answer was limited to. The source is a hash of its name.
	Source   string
	From, To string
	Text     string // of verbAsk: the question
}

const (
	idVersion  = "1"
	maxID      = 100
	idFields   = 7
	packedDay  = "2006-01-02"
	unixPerDay = 24 * 60 * 60
)

// ID packs an action: version, verb, quote, owner, page, source, days, text. It
// returns "" where that would be longer than Discord allows.
func (a Action) ID() string {
	text := a.Text
	if strings.ContainsAny(a.Quote, ":") {
		return ""
	}
	days := packDay(a.From) + "." + packDay(a.To)
	if days == "." {
		days = ""
	}
	page := ""
	if a.Page > 0 {
		page = strconv.FormatInt(int64(a.Page), 36)
	}
	s := idVersion + string(a.Verb) + strings.Join([]string{a.Quote, packID(a.Owner), page, a.Source, days, text}, ":")
	if text == "" {
		s = strings.TrimRight(s, ":")
	}
	if Length(s) > maxID {
		return ""
	}
	return s
}

// ParseID is the inverse of id.
func ParseID(s string) (Action, error) {
	rest, ok := strings.CutPrefix(s, idVersion)
	if !ok || rest == "" {
		return Action{}, errors.New("custom_id of another version")
	}
	a := Action{Verb: Verb(rest[0])}
	if !slices.Contains(verbs, a.Verb) {
		return Action{}, errors.New("custom_id with an unknown verb")
	}
	f := strings.SplitN(rest[1:], ":", idFields-1)
	for len(f) < idFields-1 {
		f = append(f, "")
	}
	a.Quote, a.Source, a.Text = f[0], f[3], f[5]
	var err error
	if a.Owner, err = unpackID(f[1]); err != nil {
		return Action{}, err
	}
	if f[2] != "" {
		n, err := strconv.ParseInt(f[2], 36, 32)
		if err != nil || n < 0 {
			return Action{}, errors.New("custom_id with a strange page")
		}
		a.Page = int(n)
	}
	if f[4] != "" {
		from, to, _ := strings.Cut(f[4], ".")
		if a.From, err = unpackDay(from); err != nil {
			return Action{}, err
		}
		if a.To, err = unpackDay(to); err != nil {
			return Action{}, err
		}
	}
	return a, nil
}

// packID writes a snowflake with fewer characters.
func packID(id string) string {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return ""
	}
	return strconv.FormatUint(n, 36)
}

func unpackID(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	n, err := strconv.ParseUint(s, 36, 64)
	if err != nil {
		return "", errors.New("custom_id with a strange owner")
	}
	return strconv.FormatUint(n, 10), nil
}

// packDay writes a date as days since 1970.
func packDay(s string) string {
	if s == "" {
		return ""
	}
	t, err := time.Parse(packedDay, s)
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
		return "", errors.New("custom_id with a strange day")
	}
	return time.Unix(n*unixPerDay, 0).UTC().Format(packedDay), nil
}

// HashSource is how a source's name fits into a custom_id.
func HashSource(name string) string {
	if name == "" {
		return ""
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}
