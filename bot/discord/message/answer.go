package message

import (
	"fmt"
	"strings"

	"dossier/index"
)

// A View says for whom something is rendered.
type View struct {
	Lang    *Language
	Owner   string // whose answer it is
	Private bool
	Skip    int // quotes that were skipped
	Source  string
	From    string
	To      string
	Cut     bool // the question was too long and is shown shortened
}

// smallPrint begins a line in small print.
const smallPrint = "-# "

// Answer shows an answer: the question in small print, then up to three
// quotes with outlet, date and link.
func Answer(a index.Answer, v View) Message {
	m := Message{Private: v.Private}
	if len(a.Quotes) == 0 {
		return refusal(a, v)
	}
	content, shown := v.quoted(v.heading(a), smallQuestion(a.Question), a.Quotes, maxContent)
	for _, part := range a.Unanswered {
		q, _ := Clean(part)
		if line := "\n" + smallPrint + escape(v.Lang.NoAnswer+q); Length(content)+Length(line) <= maxContent {
			content += line
		}
	}
	m.Content = content

	var r []Button
	if (a.More || shown < len(a.Quotes)) && tellsAll(m.Content, a) {
		more := Action{Verb: VerbMore, Owner: v.Owner, Page: v.Skip + shown, Source: HashSource(v.Source), From: v.From, To: v.To}
		r = append(r, Button{Label: v.Lang.More, Style: primary, ID: more.ID()})
	}
	m.addRow(append(r, v.aboutButtons(a.Quotes[:shown])...))
	return m
}

// quoted is head and as many quotes as there is room for, each with its
// citation; shown says how many. Where not even the first fits, short stands in
// place of head. No sentence is ever cut: one that does not fit then either is
// only named.
func (v View) quoted(head, short string, quotes []index.Quote, room int) (content string, shown int) {
	content = head
	for n, q := range quotes {
		block := "\n" + quoteBlock(q) + "\n" + v.citation(q)
		switch {
		case Length(content)+Length(block) <= room:
			content += block
		case n > 0:
			return content, n
		case Length(short)+Length(block) <= room:
			content = short + block
		default:
			return short + "\n" + v.Lang.QuoteLong + "\n" + v.citation(q), 1
		}
	}
	return content, len(quotes)
}

// tellsAll says whether a message has the whole question, as it was understood:
// without that the next quotes would be those of another.
func tellsAll(content string, a index.Answer) bool {
	asked, understood := questionOf(content)
	want, _ := Clean(a.Understood())
	return want == "" || want == understood || want == asked
}

// heading is what stands above an answer: the question, how it was understood and
// what it was limited to.
func (v View) heading(a index.Answer) string {
	question, _ := Clean(a.Question)
	head := smallQuestion(a.Question)
	if u, cut := Clean(a.Understood()); u != "" && u != question && !cut && Length(escape(u)) <= 400 {
		head += "\n" + smallPrint + escape(v.Lang.Understood+u)
	}
	head += v.limits()
	if v.Cut {
		head += "\n" + smallPrint + fmt.Sprintf(v.Lang.Cut, maxQuestion)
	}
	return head
}

// smallQuestion is a question in small print, as the first line of an answer:
// whole, since "More" reads it back, unless it would not leave room for the rest.
func smallQuestion(text string) string {
	q, _ := Clean(text)
	s := smallPrint + escape(q)
	for n := Length(q); Length(s) > maxHead; n -= n/8 + 1 {
		s = smallPrint + escape(cutWords(q, n)+"…")
	}
	return s
}

// maxHead is enough for a question all of whose characters are escaped.
const maxHead = 2*maxQuestion + len(smallPrint)

// aboutButtons are the buttons that say more of quotes. They hold the quotes between
// them: the ids of all would not fit into one.
func (v View) aboutButtons(quotes []index.Quote) []Button {
	nth := func(k int) string { return quotes[min(k, len(quotes)-1)].ID }
	source := HashSource(v.Source)
	return []Button{
		{Label: v.Lang.InContext, Style: secondary, ID: Action{Verb: VerbContext, Quote: nth(0), Owner: v.Owner, Source: source}.ID()},
		{Label: v.Lang.Sources, Style: secondary, ID: Action{Verb: VerbSources, Quote: nth(1), Owner: v.Owner, Source: source}.ID()},
		v.lastButton(nth(2)),
	}
}

// lastButton is the button at the end of an answer: a private one can be shown to all,
// also where the sources do not say; one that all see can be removed.
func (v View) lastButton(quote string) Button {
	if v.Private {
		return Button{Label: v.Lang.Share, Style: secondary, ID: Action{Verb: VerbShare, Quote: quote, Owner: v.Owner}.ID()}
	}
	return v.wastebasket(quote)
}

func (v View) wastebasket(quote string) Button {
	return Button{Emoji: "🗑️", Style: secondary, ID: Action{Verb: VerbDelete, Quote: quote, Owner: v.Owner}.ID()}
}

// limits is a line that says what the question was limited to.
func (v View) limits() string {
	var parts []string
	if s, _ := Clean(v.Source); s != "" {
		parts = append(parts, cutWords(s, 80))
	}
	if v.From != "" || v.To != "" {
		parts = append(parts, strings.TrimSpace(v.From+" – "+v.To))
	}
	if len(parts) == 0 {
		return ""
	}
	return "\n" + smallPrint + escape(v.Lang.Only+strings.Join(parts, ", "))
}

// quoteBlock is a quote as a block quote, word for word: what matched bold, what
// answers bold and underlined. Where the sentence needs the one before it, that
// stands first.
func quoteBlock(q index.Quote) string {
	s := emphasise(q.Text, q.Matched, q.Exact)
	if q.Context && q.Before != "" {
		s = escape(q.Before) + " " + s
	}
	return quoteLines(s)
}
