package imports

import (
	"cmp"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"

	nodes "golang.org/x/net/html"

	"dossier/corpus/markup"
)

// A head is what a page says of itself, for search engines, for networks and for its
// readers.
type head struct {
	metas     map[string]string // by property, name or itemprop
	linked    linkedData
	canonical string
	lang      string
	title     string // <title>
	h1        string // the first, or the only one
	h1s       int
}

// linkedData are facts in JSON-LD.
type linkedData struct {
	headline, date, modified, publisher string
	authors                             []string
}

// readHead goes once through a page.
func readHead(root *nodes.Node) head {
	h := head{metas: make(map[string]string)}
	for n := range root.Descendants() {
		if n.Type != nodes.ElementNode {
			continue
		}
		attr := attributes(n)
		switch n.Data {
		case "html":
			h.lang = attr["lang"]
		case "meta":
			key := strings.ToLower(cmp.Or(attr["property"], attr["name"], attr["itemprop"]))
			if value := oneLine(attr["content"]); value != "" && h.metas[key] == "" {
				h.metas[key] = value
			}
		case "link":
			if strings.EqualFold(attr["rel"], "canonical") && h.canonical == "" {
				h.canonical = attr["href"]
			}
		case "title":
			if h.title == "" && (n.Parent == nil || n.Parent.Data != "svg") {
				h.title = oneLine(textOf(n))
			}
		case "h1":
			if text := oneLine(textOf(n)); hasText(text) {
				if h.h1s++; h.h1 == "" {
					h.h1 = text
				}
			}
		case "script":
			if strings.EqualFold(strings.TrimSpace(attr["type"]), "application/ld+json") {
				h.linked.read(textOf(n))
			}
		}
	}
	return h
}

func attributes(n *nodes.Node) map[string]string {
	m := make(map[string]string, len(n.Attr))
	for _, a := range n.Attr {
		m[a.Key] = a.Val
	}
	return m
}

// read takes the facts of an article. What a page says of comments, of videos and of
// other articles in a list is not of this one.
func (l *linkedData) read(src string) {
	markup.LinkedData(src, 4, []string{"@graph", "mainEntity"}, func(thing map[string]any) {
		kind := strings.Join(names(thing["@type"]), " ")
		if strings.Contains(kind, "Article") || strings.Contains(kind, "Posting") || strings.Contains(kind, "Report") {
			l.article(thing)
		}
	})
}

func (l *linkedData) article(v map[string]any) {
	first := func(to *string, value any) {
		if list := names(value); *to == "" && len(list) > 0 {
			*to = list[0]
		}
	}
	first(&l.headline, v["headline"])
	first(&l.date, v["datePublished"])
	first(&l.modified, v["dateModified"])
	first(&l.publisher, v["publisher"])
	if l.authors == nil {
		l.authors = names(v["author"])
	}
}

// names returns the texts, or the names of the things, that v is or holds.
func names(v any) []string {
	switch v := v.(type) {
	case string:
		if s := oneLine(html.UnescapeString(v)); s != "" {
			return []string{s}
		}
	case []any:
		var list []string
		for _, x := range v {
			list = append(list, names(x)...)
		}
		return list
	case map[string]any:
		return names(v["name"])
	}
	return nil
}

// meta returns the first of these fields that a page has.
func (h *head) meta(keys ...string) string {
	for _, k := range keys {
		if v := h.metas[k]; v != "" {
			return v
		}
	}
	return ""
}

// article returns what the page says of itself.
func (h *head) article(root *nodes.Node, at *url.URL) Article {
	a := Article{URL: h.address(at)}
	a.Outlet = cmp.Or(h.meta("og:site_name"), h.linked.publisher, h.meta("application-name", "publisher", "dc.publisher"))
	if a.Outlet == "" || strings.Contains(a.Outlet, "://") {
		a.Outlet = siteOf(a.URL)
	}
	a.Title = h.headline(root, a.Outlet)
	a.Date = h.date(root, at)
	a.Author = h.author(root)
	return a
}

func siteOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// address is where the page wants to be cited.
func (h *head) address(at *url.URL) string {
	for _, s := range []string{h.canonical, h.meta("og:url")} {
		u, err := url.Parse(strings.TrimSpace(s))
		if err != nil || s == "" {
			continue
		}
		if at != nil {
			u = at.ResolveReference(u)
		}
		// A page that names the front page for its own address is set up wrongly.
		if isWeb(u) && (strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || at != nil && strings.Trim(at.Path, "/") == "") {
			untrack(u)
			return u.String()
		}
	}
	if at == nil || !isWeb(at) {
		return ""
	}
	u := *at
	untrack(&u)
	return u.String()
}

func isWeb(u *url.URL) bool { return (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" }

// headline is the title without the name of the site.
func (h *head) headline(root *nodes.Node, outlet string) string {
	title := cmp.Or(h.linked.headline, h.meta("og:title"), h.meta("twitter:title"))
	if title == "" && h.h1s == 1 {
		title = h.h1
	}
	title = oneLine(html.UnescapeString(cmp.Or(title, h.title, h.h1)))
	if len(title) > maxTitle {
		return strings.ToValidUTF8(title[:maxTitle], "") + "…"
	}
	return withoutSite(title, outlet, func(s string) bool { return strings.EqualFold(s, h.h1) || standsAlone(root, s) })
}

// maxTitle is how long a title can be, in bytes.
const maxTitle = 400

// joints part the name of a site from a title.
var joints = regexp.MustCompile(`\s+[|–—·•»«:-]+\s+|\s*\|\s*|:\s+`)

// withoutSite takes the name of a site off a title: what stands behind or before a dash if
// it is the name, or if what is left stands alone on the page and the whole does not.
func withoutSite(title, outlet string, alone func(string) bool) string {
	if alone(title) {
		return title
	}
	found := joints.FindAllStringIndex(title, -1)
	for i := range found {
		last := found[len(found)-1-i]
		if rest := title[:last[0]]; sameName(title[last[1]:], outlet) || alone(rest) {
			return rest
		}
	}
	for _, j := range found {
		if rest := title[j[1]:]; sameName(title[:j[0]], outlet) || alone(rest) {
			return rest
		}
	}
	return title
}

// standsAlone reports whether a text is all that an element of the page's body holds.
func standsAlone(root *nodes.Node, text string) bool {
	for n := range root.Descendants() {
		if n.Type == nodes.TextNode && n.Parent != nil && n.Parent.Data != "title" && n.Parent.Data != "script" && strings.EqualFold(oneLine(n.Data), text) {
			return true
		}
	}
	return false
}

// sameName compares names of sites: "The Daily Example" is dailyexample.org.
func sameName(a, b string) bool {
	squash := func(s string) string {
		s = strings.ToLower(s)
		s = strings.TrimPrefix(strings.TrimPrefix(s, "www."), "the ")
		if i := strings.LastIndexByte(s, '.'); i > 0 && !strings.Contains(s, " ") {
			s = s[:i]
		}
		return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' || r == '.' || r == '\'' || r == '’' }), "")
	}
	a, b = squash(a), squash(b)
	return a != "" && a == b
}

var byWord = regexp.MustCompile(`^(?i)(?:by|von|par|por|words|text|story|author)\b:?\s+`)

func (h *head) author(root *nodes.Node) string {
	if len(h.linked.authors) > 0 && !strings.Contains(h.linked.authors[0], "://") {
		return strings.Join(slices.Compact(h.linked.authors), ", ")
	}
	for _, key := range []string{"author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl"} {
		if v := h.metas[key]; v != "" && !strings.Contains(v, "://") {
			return byWord.ReplaceAllString(v, "")
		}
	}
	for n := range root.Descendants() {
		if n.Type != nodes.ElementNode {
			continue
		}
		attr := attributes(n)
		marked := attr["rel"] == "author" || attr["itemprop"] == "author" || bylineClass.MatchString(attr["class"])
		if !marked && !isShort(n) || unrelated(n) {
			continue
		}
		for _, line := range linesOf(n, maxDateText) {
			name := byWord.ReplaceAllString(line, "")
			if w := len(strings.Fields(name)); (marked || name != line) && w >= 1 && w <= 6 && !strings.ContainsAny(name, "0123456789@.:") {
				return strings.Trim(name, " ,;|·")
			}
		}
	}
	return ""
}

var bylineClass = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:byline|author|author-name|byline-name|post-author|autor)(?:$|[\s])`)

// dateMetas say when a page was published, the most usual first.
var dateMetas = []string{
	"article:published_time", "og:article:published_time", "datepublished", "og:published_time", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
	"publish-date", "publish_date", "publishdate", "pubdate", "publication_date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "date",
}

// date returns the day on which the page was published, from what is made for machines,
// what is shown, and its address, in this order.
func (h *head) date(root *nodes.Node, at *url.URL) string {
	candidates := []string{h.linked.date}
	for _, key := range dateMetas {
		candidates = append(candidates, h.metas[key])
	}
	for _, c := range candidates {
		if date, exact, ok := markup.ReadDate(c); ok && exact && plausible(date) {
			return date
		}
	}
	if date := shownDate(root); date != "" {
		return date
	}
	if at != nil {
		if date := dateInAddress(at.Path); date != "" {
			return date
		}
	}
	for _, c := range append(candidates, h.linked.modified, h.meta("article:modified_time", "og:updated_time", "datemodified", "last-modified")) {
		if date, _, ok := markup.ReadDate(c); ok && plausible(date) {
			return date
		}
	}
	return ""
}

// plausible keeps away what programs write where they know no date.
func plausible(date string) bool { return date > "1990" && date != "1970-01-01" }

var addressDate = regexp.MustCompile(`/((?:19|20)\d\d)(?:([/-])(\d{1,2})[/-](\d{1,2})|(\d\d)(\d\d))(?:[/_.-]|$)`)

func dateInAddress(path string) string {
	m := addressDate.FindStringSubmatch(path)
	if m == nil {
		return ""
	}
	date, _, ok := markup.ReadDate(m[1] + "-" + m[3] + m[5] + "-" + m[4] + m[6])
	if !ok {
		return ""
	}
	return date
}
