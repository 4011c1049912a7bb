package discord

import (
	"fmt"
	"strings"

	"dossier/index"
)

// A Message is what people see: text with Discord's Markdown and buttons.
// Making one needs neither Discord nor time, so all of it is tested by looking
// at it.
type Message struct {
	Content string
	Rows    [][]Button
	Private bool // for one person only
}

// A Button is one under a message: with an id it does something, with a URL it
// leads somewhere.
type Button struct {
	Label, Emoji, ID, URL string
	Style                 Style
	Disabled              bool
}

// A Style is how a button looks.
type Style int

// Discord's styles: https://discord.com/developers/docs/components/reference#button-button-styles
const (
	primary   Style = 1
	secondary Style = 2
	danger    Style = 4
	leads     Style = 5 // to a URL
)

// What Discord allows: https://discord.com/developers/docs/resources/message#create-message
const (
	maxContent = 2000
	maxLabel   = 80
	maxURL     = 512
)

// A view says for whom something is rendered.
type view struct {
	t       *texts
	owner   string // whose answer it is
	private bool
	page    int // quotes that were skipped
	source  string
	from    string
	to      string
	cut     bool // the question was too long and is shown shortened
}

// small begins a line in small print.
const small = "-# "

// renderAnswer shows an answer: the question in small print, then up to three
// quotes with outlet, date and link.
func renderAnswer(a index.Answer, v view) Message {
	m := Message{Private: v.private}
	if len(a.Quotes) == 0 {
		return renderNothing(a, v)
	}
	content, shown := v.quoted(v.head(a), smallQuestion(a.Question), a.Quotes, maxContent)
	for _, part := range a.Unanswered {
		q, _ := cleanQuestion(part)
		if line := "\n" + small + escape(v.t.NoAnswer+q); units(content)+units(line) <= maxContent {
			content += line
		}
	}
	m.Content = content

	var r []Button
	if (a.More || shown < len(a.Quotes)) && tellsAll(m.Content, a) {
		more := action{Verb: verbMore, Owner: v.owner, Page: v.page + shown, Source: hashName(v.source), From: v.from, To: v.to}
		r = append(r, Button{Label: v.t.More, Style: primary, ID: more.id()})
	}
	m.addRow(append(r, v.about(a.Quotes[:shown])...))
	return m
}

// quoted is head and as many quotes as there is room for, each with its
// citation; shown says how many. Where not even the first fits, short stands in
// place of head. No sentence is ever cut: one that does not fit then either is
// only named.
func (v view) quoted(head, short string, quotes []index.Quote, room int) (content string, shown int) {
	content = head
	for n, q := range quotes {
		block := "\n" + quoteBlock(q) + "\n" + v.citation(q)
		switch {
		case units(content)+units(block) <= room:
			content += block
		case n > 0:
			return content, n
		case units(short)+units(block) <= room:
			content = short + block
		default:
			return short + "\n" + v.t.QuoteLong + "\n" + v.citation(q), 1
		}
	}
	return content, len(quotes)
}

// tellsAll says whether a message has the whole question, as it was understood:
// without that the next quotes would be those of another.
func tellsAll(content string, a index.Answer) bool {
	asked, understood := questionOf(content)
	want, _ := cleanQuestion(a.Understood)
	return want == "" || want == understood || want == asked
}

// head is what stands above an answer: the question, how it was understood and
// what it was limited to.
func (v view) head(a index.Answer) string {
	question, _ := cleanQuestion(a.Question)
	head := smallQuestion(a.Question)
	if u, cut := cleanQuestion(a.Understood); u != "" && u != question && !cut && units(escape(u)) <= 400 {
		head += "\n" + small + escape(v.t.Understood+u)
	}
	head += v.limits()
	if v.cut {
		head += "\n" + small + fmt.Sprintf(v.t.Cut, maxQuestion)
	}
	return head
}

// smallQuestion is a question in small print, as the first line of an answer:
// whole, since "More" reads it back, unless it would not leave room for the rest.
func smallQuestion(text string) string {
	q, _ := cleanQuestion(text)
	s := small + escape(q)
	for n := units(q); units(s) > maxHead; n -= n/8 + 1 {
		s = small + escape(cutWords(q, n)+"…")
	}
	return s
}

// maxHead is enough for a question all of whose characters are escaped.
const maxHead = 2*maxQuestion + len(small)

// about are the buttons that say more of quotes. They hold the quotes between
// them: the ids of all would not fit into one.
func (v view) about(quotes []index.Quote) []Button {
	nth := func(k int) string { return quotes[min(k, len(quotes)-1)].ID }
	source := hashName(v.source)
	return []Button{
		{Label: v.t.InContext, Style: secondary, ID: action{Verb: verbContext, Quote: nth(0), Owner: v.owner, Source: source}.id()},
		{Label: v.t.Sources, Style: secondary, ID: action{Verb: verbSources, Quote: nth(1), Owner: v.owner, Source: source}.id()},
		v.last(nth(2)),
	}
}

// addRow adds buttons, without those whose id would have been too long.
func (m *Message) addRow(r []Button) {
	var kept []Button
	for _, b := range r {
		if b.ID != "" || b.URL != "" {
			kept = append(kept, b)
		}
	}
	if len(kept) > 0 {
		m.Rows = append(m.Rows, kept)
	}
}

// last is the button at the end of an answer: a private one can be shown to all,
// also where the sources do not say; one that all see can be removed.
func (v view) last(quote string) Button {
	if v.private {
		return Button{Label: v.t.Share, Style: secondary, ID: action{Verb: verbShare, Quote: quote, Owner: v.owner}.id()}
	}
	return v.wastebasket(quote)
}

func (v view) wastebasket(quote string) Button {
	return Button{Emoji: "🗑️", Style: secondary, ID: action{Verb: verbDelete, Quote: quote, Owner: v.owner}.id()}
}

// limits is a line that says what the question was limited to.
func (v view) limits() string {
	var parts []string
	if s, _ := cleanQuestion(v.source); s != "" {
		parts = append(parts, cutWords(s, 80))
	}
	if v.from != "" || v.to != "" {
		parts = append(parts, strings.TrimSpace(v.from+" – "+v.to))
	}
	if len(parts) == 0 {
		return ""
	}
	return "\n" + small + escape(v.t.Only+strings.Join(parts, ", "))
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

// renderNote is one sentence.
func renderNote(text string, private bool) Message {
	return Message{Content: text, Private: private}
}
