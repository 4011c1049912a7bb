package imports

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"dossier/corpus/markup"
)

// maxEntries is how many entries of a feed are read, the first ones; most feeds have 10 to
// 50.
const maxEntries = 100

// An entry is one article that a feed tells of.
type entry struct {
	address string // of its page; may be empty
	article Article
	content string // HTML: the whole text, if the feed has it
}

// key is what an entry is known by.
func (e entry) key() string { return cmp.Or(e.address, e.article.Title) }

// readFeed reads the entries of a feed in RSS, Atom or JSON.
func readFeed(d document) (entries []entry, err error) {
	defer func() {
		if recover() != nil { // the parser met something new
			err = errors.New("is a feed that cannot be read")
		}
	}()
	f, err := gofeed.NewParser().Parse(bytes.NewReader(d.body))
	if err != nil {
		return nil, fmt.Errorf("is a feed that cannot be read: %w", err)
	}
	base := d.at
	if base == nil {
		base, _ = url.Parse(f.Link)
	}
	for _, it := range f.Items[:min(len(f.Items), maxEntries)] {
		e := entry{article: Article{Title: oneLine(it.Title), Outlet: oneLine(f.Title)}, content: it.Content}
		if u, err := url.Parse(strings.TrimSpace(it.Link)); err == nil && it.Link != "" {
			if base != nil {
				u = base.ResolveReference(u)
			}
			if isWeb(u) {
				e.address = u.String()
			}
		}
		e.article.URL = e.address
		var names []string
		for _, p := range it.Authors {
			if p != nil && p.Name != "" {
				names = append(names, oneLine(p.Name))
			}
		}
		e.article.Author = strings.Join(names, ", ")
		for _, s := range []string{it.Published, it.Updated} {
			if date, exact, ok := markup.ReadDate(s); ok && exact && e.article.Date == "" {
				e.article.Date = date // the day as the site has it
			}
		}
		if e.article.Date == "" && it.PublishedParsed != nil {
			e.article.Date = it.PublishedParsed.Format(time.DateOnly)
		}
		if e.key() != "" {
			entries = append(entries, e)
		}
	}
	if len(entries) == 0 {
		return nil, errors.New("is a feed without entries")
	}
	return entries, nil
}

// feed makes articles of the entries of a feed.
func (im *Importer) feed(ctx context.Context, source string, d document) error {
	entries, err := readFeed(d)
	if err != nil {
		return im.put(ctx, source, Article{}, err)
	}
	for _, e := range entries {
		if err := im.entry(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// entry makes an article of the page that an entry leads to, or of the feed's own text
// where the page cannot be had.
func (im *Importer) entry(ctx context.Context, e entry) error {
	if title, ok := im.Folder.Has(e.address); ok && e.address != "" {
		return im.put(ctx, e.address, Article{}, &KnownError{title, "address"})
	}
	a, err := Article{}, error(errNoText)
	if e.address != "" {
		a, err = im.page(ctx, e.address)
	}
	if err != nil && ctx.Err() == nil {
		if body := renderFragment(e.content, e.article); len(body) >= minContent {
			a, err = e.article, nil
			a.Body = body
		}
	}
	if err == nil {
		a.fill(e.article)
	}
	return im.put(ctx, e.key(), a, err)
}

// minContent is how many bytes of text a feed must have of an article for it to be more
// than a teaser.
const minContent = 500

// page reads the article at an address.
func (im *Importer) page(ctx context.Context, address string) (Article, error) {
	d, err := im.fetch(ctx, address)
	if err != nil {
		return Article{}, err
	}
	kind, err := kindOf(d)
	if err != nil {
		return Article{}, err
	}
	return im.article(ctx, address, kind, d)
}

// fill takes over what a feed knows and the page does not say.
func (a *Article) fill(from Article) {
	if a.Outlet == "" || a.Outlet == siteOf(a.URL) { // the page has no name for its site
		a.Outlet = cmp.Or(from.Outlet, a.Outlet)
	}
	a.Title = cmp.Or(a.Title, from.Title)
	a.Date = cmp.Or(a.Date, from.Date)
	a.Author = cmp.Or(a.Author, from.Author)
}

// renderFragment returns the text of HTML without a page around it, as Markdown.
func renderFragment(src string, about Article) string {
	root, err := html.Parse(strings.NewReader(src))
	if err != nil {
		return ""
	}
	base, _ := url.Parse(about.URL)
	for n := range root.Descendants() {
		for i, at := range n.Attr {
			if u, err := url.Parse(strings.TrimSpace(at.Val)); at.Key == "href" && err == nil && base != nil && at.Val != "" && at.Val[0] != '#' {
				n.Attr[i].Val = base.ResolveReference(u).String()
			}
		}
	}
	prune(root)
	return render(root, about)
}
