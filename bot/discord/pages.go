package discord

import (
	"fmt"
	"strings"

	"dossier/index"
)

// articlesPerPage keeps a page of /sources within a message, whatever the
// titles.
const articlesPerPage = 8

// renderSources shows a page of what the corpus holds, for one person.
func renderSources(st index.Stats, outlets []string, articles []index.ArticleRef, page int, v view) Message {
	m := Message{Private: true}
	pages := max((len(articles)+articlesPerPage-1)/articlesPerPage, 1)
	page = min(max(page, 0), pages-1)

	head := "**" + fmt.Sprintf(v.t.Holds, st.Articles, st.Sentences, len(outlets)) + "**"
	var facts []string
	if from, to := v.t.date(st.From), v.t.date(st.To); from != "" && to != "" {
		facts = append(facts, escape(fmt.Sprintf(v.t.Dates, from, to)))
	}
	if st.Version != "" {
		facts = append(facts, escape(fmt.Sprintf(v.t.Version, cutWords(st.Version, 40))))
	}
	if len(facts) > 0 {
		head += "\n" + strings.Join(facts, " · ")
	}
	if page == 0 && len(outlets) > 0 {
		head += "\n" + v.outlets(outlets)
	}
	if pages > 1 {
		head += "\n" + small + fmt.Sprintf(v.t.PageOf, page+1, pages)
	}
	var lines []string
	first := page * articlesPerPage
	for _, a := range articles[first:min(first+articlesPerPage, len(articles))] {
		title, _ := cleanQuestion(a.Title)
		if units(title) > 90 {
			title = cutWords(title, 90) + "…"
		}
		line := "• " + escape(title)
		if by := (view{t: v.t}).link(index.Source{Name: a.Outlet, Date: a.Date, URL: a.URL}); by != "" && by != " <>" {
			line += " – " + by
		}
		lines = append(lines, line)
	}
	text, left := fitLines(head, lines, maxContent-units(v.more(len(lines))))
	m.Content = text
	if left > 0 {
		m.Content += v.more(left)
	}
	if pages > 1 {
		m.addRow([]Button{
			{Emoji: "◀️", Style: secondary, Disabled: page == 0, ID: action{Verb: verbPage, Owner: v.owner, Page: max(page-1, 0), Text: "<"}.id()},
			{Emoji: "▶️", Style: secondary, Disabled: page == pages-1, ID: action{Verb: verbPage, Owner: v.owner, Page: min(page+1, pages-1), Text: ">"}.id()},
		})
	}
	return m
}

// outlets names the most cited.
func (v view) outlets(names []string) string {
	s := v.t.Outlets
	for i, n := range names {
		n, _ = cleanQuestion(n)
		next := escape(cutWords(n, 60))
		if i == 10 || units(s)+units(next) > 400 {
			return s + " " + fmt.Sprintf(v.t.AndMore, len(names)-i)
		}
		if i > 0 {
			next = ", " + next
		}
		s += next
	}
	return s
}

// renderHelp says what can be asked, with examples of the corpus.
func renderHelp(examples []string, t *texts) Message {
	var list []string
	for _, e := range examples {
		e, cut := cleanQuestion(e)
		if !cut && len(list) < 5 && units(e) <= 100 {
			list = append(list, "• "+escape(e))
		}
	}
	return Message{Content: fmt.Sprintf(t.withNames(t.Help), strings.Join(list, "\n")), Private: true}
}

func renderPrivacy(t *texts) Message { return Message{Content: t.Privacy, Private: true} }

// renderBare says in one line what to do, after a mention without a question.
func renderBare(example string, t *texts) Message {
	q, _ := cleanQuestion(example)
	if q == "" {
		return renderNote(t.Empty, false)
	}
	return renderNote(fmt.Sprintf(t.Bare, escape(q)), false)
}

// withNames replaces the English names of commands and options, in back quotes
// or after a slash, by those that a reader of t sees.
func (t *texts) withNames(s string) string {
	return strings.NewReplacer(
		"/ask", "/"+t.AskName,
		"`private`", "`"+t.OptPrivate[0]+"`",
		"`source`", "`"+t.OptSource[0]+"`",
		"`from`", "`"+t.OptFrom[0]+"`",
		"`to`", "`"+t.OptTo[0]+"`",
	).Replace(s)
}
