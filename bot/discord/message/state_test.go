package message

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dossier/bot/discord/message/messagetest"
	"dossier/index"
)

// hostileState is a state that could come from any corpus and any person.
func hostileState(r *rand.Rand) State {
	word := func(n int) string {
		q, _ := Clean(hostileText(r) + " ~|;~0 質問 " + strings.Repeat("x", r.IntN(n)))
		return q
	}
	s := State{
		Owner: fmt.Sprint(r.Uint64()), Locale: Locales[r.IntN(len(Locales))], Corpus: CorpusTag(word(9)),
		Outcome:  []index.Outcome{index.Answered, index.Unsure, index.Absent, ""}[r.IntN(4)],
		Question: word(60), Skip: r.IntN(9), Partial: r.IntN(5) == 0,
	}
	s.Opinion = s.Outcome == index.Unsure && r.IntN(2) == 0
	for range r.IntN(3) {
		s.Before = append(s.Before, word(20))
	}
	for n := range r.IntN(4) {
		s.Quotes = append(s.Quotes, fmt.Sprintf("%s.%08x", []string{"five-films", "a"}[r.IntN(2)], n))
	}
	if r.IntN(3) == 0 {
		s.Source, s.From, s.To = word(9), "2014-11-24", "1969-12-31"
	}
	for range r.IntN(3) {
		s.Offered = append(s.Offered, word(9))
	}
	return s
}

// withButtons is a message with so many buttons.
func withButtons(n int) Message {
	var m Message
	for i := range n {
		m.addRow([]Button{{Label: "x", Verb: verbs[i%len(verbs)], Number: i}})
	}
	return m
}

// TestStateRoundTrip packs states into buttons and reads them back, whatever the order
// of the buttons and whatever the text above them.
func TestStateRoundTrip(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range rounds(2000) {
		want := hostileState(r)
		m := withButtons(20)
		m.carry(want)
		for _, row := range m.Rows {
			if n := Length(row[0].ID); n > maxID {
				t.Fatalf("a custom_id of %d characters: %q", n, row[0].ID)
			}
		}
		r.Shuffle(len(m.Rows), func(i, j int) { m.Rows[i], m.Rows[j] = m.Rows[j], m.Rows[i] })
		m.Content = "whatever"
		got, err := ReadState(m)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("ReadState got %+v, %v\nwant %+v", got, err, want)
		}
		b := m.Rows[r.IntN(len(m.Rows))][0]
		if c, _, err := Read(m, b.ID); err != nil || c.Verb != b.Verb || c.Number != b.Number {
			t.Fatalf("Read(%q) got %+v, %v want %c %d", b.ID, c, err, b.Verb, b.Number)
		}
	}
}

// TestDamagedState changes one character, leaves one button away and mixes two
// messages.
func TestDamagedState(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for range rounds(500) {
		m, other := withButtons(20), withButtons(20)
		m.carry(hostileState(r))
		other.carry(hostileState(r))
		var bad Message
		for _, row := range m.Rows {
			bad.addRow(slices.Clone(row))
		}
		n := r.IntN(len(bad.Rows))
		switch r.IntN(3) {
		case 0:
			id := []rune(bad.Rows[n][0].ID)
			k := r.IntN(len(id))
			id[k] = id[k]%0x60 + 0x21
			if string(id) == bad.Rows[n][0].ID {
				continue
			}
			bad.Rows[n][0].ID = string(id)
		case 1:
			bad.Rows = slices.Delete(bad.Rows, n, n+1)
		case 2:
			if bad.Rows[n][0].ID == other.Rows[n][0].ID {
				continue
			}
			bad.Rows[n] = other.Rows[n]
		}
		if s, err := ReadState(bad); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrVersion) {
			t.Fatalf("ReadState got %+v, %v", s, err)
		}
	}
}

// TestLittleRoom leaves away what a message can do without, in order.
func TestLittleRoom(t *testing.T) {
	t.Parallel()
	full := State{
		Owner: asker, Locale: "en-US", Question: strings.Repeat("question ", 20), Outcome: index.Answered,
		Before: []string{strings.Repeat("first ", 20), strings.Repeat("second ", 20)}, Quotes: []string{"five-films.00000001"},
	}
	for _, tt := range []struct {
		buttons  int
		before   int
		question bool
		quotes   bool
	}{{10, 2, true, true}, {5, 1, true, true}, {3, 0, true, true}, {1, 0, false, true}} {
		m := withButtons(tt.buttons)
		m.carry(full)
		s, err := ReadState(m)
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Before) != tt.before || (s.Question != "") != tt.question || (len(s.Quotes) > 0) != tt.quotes || s.Partial != (tt.before < 2) {
			t.Errorf("%d buttons hold %+v", tt.buttons, s)
		}
		if tt.before > 0 && s.Before[tt.before-1] != full.Before[1] {
			t.Errorf("%d buttons hold not the last question but %q", tt.buttons, s.Before)
		}
	}
	if got := (State{Before: []string{"a"}}).After(); got != nil {
		t.Errorf("without a question it leans on %q", got)
	}
}

// TestFirstVersion reads what the first version wrote under messages of each kind: all
// of it is refused, but that who asked can remove an answer.
func TestFirstVersion(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("testdata/version1.txt")
	if err != nil {
		t.Fatal(err)
	}
	messages := map[string]*Message{}
	for _, l := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		name, id, ok := strings.Cut(l, "\t")
		if !ok {
			continue
		}
		if messages[name] == nil {
			messages[name] = &Message{}
		}
		messages[name].addRow([]Button{{ID: id}})
	}
	for name, m := range messages {
		if _, err := ReadState(*m); !errors.Is(err, ErrVersion) {
			t.Errorf("%s: ReadState got %v", name, err)
		}
		for _, row := range m.Rows {
			c, s, err := Read(*m, row[0].ID)
			if removes := row[0].ID[1] == byte(VerbDelete); removes && (err != nil || c.Verb != VerbDelete || s.Owner != asker) || !removes && !errors.Is(err, ErrVersion) {
				t.Errorf("%s: Read(%q) got %+v, %+v, %v", name, row[0].ID, c, s, err)
			}
		}
	}
	if len(messages) < 15 {
		t.Errorf("only %d messages", len(messages))
	}
	for _, id := range []string{"", "0", "3m", "x", "1d", "1d:", "1d:!", "1"} {
		if _, _, err := Read(Message{}, id); !errors.Is(err, ErrVersion) {
			t.Errorf("Read(%q) got %v", id, err)
		}
	}
}

// TestRephrased changes every word that a language says: what is understood stays the
// same.
func TestRephrased(t *testing.T) {
	t.Parallel()
	answered := messagetest.Answer("and when?", messagetest.Quote(1), messagetest.Quote(2), messagetest.Quote(3))
	answered.Before, answered.More = []string{"which films leaked?"}, true
	unsure := answered
	unsure.Outcome, unsure.Answered, unsure.Quotes, unsure.Nearest = index.Unsure, false, nil, messagetest.Nearest()
	unsure.Suggestions = []string{"who?"}
	absent := unsure
	absent.Outcome, absent.Nearest, absent.Before = index.Absent, nil, nil
	for _, locale := range Locales {
		lang := LanguageOf(locale)
		other := *lang
		v := reflect.ValueOf(&other).Elem()
		for i := range v.NumField() {
			if f := v.Field(i); f.Kind() == reflect.String && v.Type().Field(i).Name != "Locale" && !strings.Contains(f.String(), "%") {
				f.SetString("x" + fmt.Sprint(i) + ": ")
			}
		}
		for _, a := range []index.Answer{answered, unsure, absent} {
			v := View{Lang: lang, Owner: asker, Corpus: "1"}
			before := Answer(a, v)
			v.Lang = &other
			after := Answer(a, v)
			was, err := ReadState(before)
			is, failed := ReadState(after)
			if err != nil || failed != nil || !reflect.DeepEqual(was, is) || before.Content == after.Content {
				t.Errorf("%s, %s: understood as %+v, and in other words as %+v", locale, a.Outcome, was, is)
			}
			if want := append(slices.Clone(a.Before), a.Question); !slices.Equal(is.After(), want) {
				t.Errorf("%s, %s: a reply leans on %q, want %q", locale, a.Outcome, is.After(), want)
			}
		}
	}
}

func FuzzReadState(f *testing.F) {
	m := withButtons(3)
	m.carry(State{Owner: asker, Question: "who?", Quotes: []string{"a.1"}})
	f.Add(m.Rows[0][0].ID, m.Rows[1][0].ID, m.Rows[2][0].ID)
	f.Add("1mabc:1:2:x:abc.def:text", "", "2m")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		m := Message{Rows: [][]Button{{{ID: a}, {ID: b}, {ID: c}}}}
		s, err := ReadState(m)
		if err != nil || a == "" && b == "" && c == "" {
			return
		}
		m = withButtons(24)
		m.carry(s)
		if again, err := ReadState(m); err != nil || !s.Partial && !reflect.DeepEqual(again, s) {
			t.Errorf("%+v becomes %+v, %v", s, again, err)
		}
	})
}
