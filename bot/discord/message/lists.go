package message

import (
	"fmt"
	"strings"
	"time"

	"dossier/index"
)

// articlesPerPage keeps a page of /sources within a message, whatever the
// titles.
const articlesPerPage = 8

// Sources shows a page of what the corpus holds, for one person.
func Sources(st index.Stats, outlets []string, articles []index.ArticleRef, page int, v View) Message {
	m := Message{Private: true}
	pages := max((len(articles)+articlesPerPage-1)/articlesPerPage, 1)
	page = min(max(page, 0), pages-1)

	head := "**" + fmt.Sprintf(v.Lang.Holds, st.Articles, st.Sentences, len(outlets)) + "**"
	var facts []string
	if from, to := v.Lang.date(st.From), v.Lang.date(st.To); from != "" && to != "" {
		facts = append(facts, escape(fmt.Sprintf(v.Lang.Dates, from, to)))
	}
	if st.Version != "" {
		facts = append(facts, escape(fmt.Sprintf(v.Lang.Version, cutWords(st.Version, 40))))
	}
	if len(facts) > 0 {
		head += "\n" + strings.Join(facts, " · ")
	}
	if line := v.Lang.readOn(st); line != "" {
		head += "\n" + smallPrint + line
	}
	if page == 0 && len(outlets) > 0 {
		head += "\n" + v.outlets(outlets)
	}
	if pages > 1 {
		head += "\n" + smallPrint + fmt.Sprintf(v.Lang.PageOf, page+1, pages)
	}
	var lines []string
	first := page * articlesPerPage
	for _, a := range articles[first:min(first+articlesPerPage, len(articles))] {
		title, _ := Clean(a.Title)
		if Length(title) > 90 {
			title = cutWords(title, 90) + "…"
		}
		line := "• " + escape(title)
		if by := (View{Lang: v.Lang}).link(index.Source{Name: a.Outlet, Date: a.Date, URL: a.URL}); by != "" {
			line += " – " + by
		}
		lines = append(lines, line)
	}
	text, left := fitLines(head, lines, maxContent-Length(v.more(len(lines))))
	m.Content = text
	if left > 0 {
		m.Content += v.more(left)
	}
	if pages > 1 {
		m.addRow([]Button{
			{Emoji: "◀️", Style: secondary, Disabled: page == 0, Verb: VerbPage, Number: max(page-1, 0)},
			{Emoji: "▶️", Style: secondary, Disabled: page == pages-1, Verb: VerbPage, Number: min(page+1, pages-1)},
		})
		m.carry(State{Owner: v.Owner, Locale: v.Lang.Locale, Corpus: CorpusTag(v.Corpus)})
	}
	return m
}

// readOn says when the articles were read and what changed last.
func (t *Language) readOn(st index.Stats) string {
	if st.Read.IsZero() {
		return ""
	}
	s := fmt.Sprintf(t.ReadOn, timestamp(st.Read))
	if c := st.Change; !c.When.IsZero() {
		s += " · " + fmt.Sprintf(t.LastChange, timestamp(c.When), c.Added, c.Changed, c.Removed)
	}
	return s
}

// timestamp is a time that Discord shows in the language and the time zone of
// whoever reads it: https://discord.com/developers/docs/reference#message-formatting
func timestamp(t time.Time) string { return fmt.Sprintf("<t:%d:f>", t.Unix()) }

// outlets names the most cited.
func (v View) outlets(names []string) string {
	s := v.Lang.Outlets
	for i, n := range names {
		n, _ = Clean(n)
		next := escape(cutWords(n, 60))
		if i == 10 || Length(s)+Length(next) > 400 {
			return s + " " + fmt.Sprintf(v.Lang.AndMore, len(names)-i)
		}
		if i > 0 {
			next = ", " + next
		}
		s += next
	}
	return s
}

// Help says what can be asked, with examples of the corpus, and which version of the
// program this is, if that is not empty.
func Help(examples []string, version string, t *Language) Message {
	var list []string
	for _, e := range examples {
		e, cut := Clean(e)
		if !cut && len(list) < 5 && Length(e) <= 100 {
			list = append(list, "• "+escape(e))
		}
	}
	text := fmt.Sprintf(t.WithNames(t.Help), strings.Join(list, "\n"))
	if version != "" {
		text += "\n" + smallPrint + escape(version)
	}
	return Message{Content: text, Private: true}
}

func Privacy(t *Language) Message { return Message{Content: t.Privacy, Private: true} }

// Prompt says in one line what to do, after a mention without a question.
func Prompt(example string, t *Language) Message {
	q, _ := Clean(example)
	if q == "" {
		return Note(t.Empty, false)
	}
	return Note(fmt.Sprintf(t.Prompt, escape(q)), false)
}

// NothingAsked says what to do, after a text that asks nothing.
func NothingAsked(example string, t *Language) Message {
	q, _ := Clean(example)
	if q == "" {
		return Note(t.Empty, false)
	}
	return Note(fmt.Sprintf(t.Nothing, escape(q)), false)
}

// OtherLanguage says in which language to ask, and which was read, if known.
func OtherLanguage(t *Language, read string) string {
	if read == "" {
		return t.OtherLang
	}
	return fmt.Sprintf(t.OtherRead, read)
}

// WithNames replaces the English names of commands and options, in back quotes
// or after a slash, by those that a reader of t sees.
func (t *Language) WithNames(s string) string {
	return strings.NewReplacer(
		"/ask", "/"+t.AskName,
		"`private`", "`"+t.OptPrivate[0]+"`",
		"`source`", "`"+t.OptSource[0]+"`",
		"`from`", "`"+t.OptFrom[0]+"`",
		"`to`", "`"+t.OptTo[0]+"`",
	).Replace(s)
}
