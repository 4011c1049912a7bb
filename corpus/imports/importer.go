package imports

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"dossier/corpus/markup"
)

// An Importer makes articles of pages, feeds, PDFs and texts.
type Importer struct {
	Folder *Folder
	Client *Client
	Report func(Result) // called for each article, once it is known what became of it
	// Begin is called before what takes a while, with a few words on how far it is; it may
	// be nil.
	Begin func(source, how string)
	// CacheDir is where PDFium is kept ready between runs; empty: it is made ready anew
	// for the first PDF of each.
	CacheDir string

	pdf *pdfReader
}

// A Result is what became of one article, or of a source that has none.
type Result struct {
	Source    string // the address or path that was read
	Article   Article
	File      string // that was written, below the directory
	Sentences int    // that can be quoted
	Err       error  // why it was not written; a [KnownError] if it is there already
}

// Import reads a source: an address on the web or the path of a file. What came of it goes
// to Report; of a feed, all its entries. The error is that of ctx, or a [FolderError].
func (im *Importer) Import(ctx context.Context, source string) error {
	if lower := strings.ToLower(source); strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://") {
		return im.address(ctx, source)
	}
	src, err := readFile(source)
	if err != nil {
		return im.put(ctx, source, Article{}, err)
	}
	return im.document(ctx, source, document{body: src, name: filepath.Base(source)})
}

// address fetches a source, unless it is there already.
func (im *Importer) address(ctx context.Context, address string) error {
	if title, ok := im.Folder.Has(address); ok {
		return im.put(ctx, address, Article{}, &KnownError{title, "address"})
	}
	d, err := im.fetch(ctx, address)
	if err != nil {
		return im.put(ctx, address, Article{}, err)
	}
	return im.document(ctx, address, d)
}

func (im *Importer) fetch(ctx context.Context, address string) (document, error) {
	im.begin(address, "")
	d, _, err := im.Client.get(ctx, address, validator{})
	return d, err
}

func (im *Importer) begin(source, how string) {
	if im.Begin != nil {
		im.Begin(source, how)
	}
}

// A document is what was read of a file, or fetched.
type document struct {
	body        []byte
	contentType string   // as the site says; empty for a file
	name        string   // of the file
	at          *url.URL // where it was found; nil for a file
}

// document makes articles of a document, whatever kind it is.
func (im *Importer) document(ctx context.Context, source string, d document) error {
	kind, err := kindOf(d)
	if err != nil {
		return im.put(ctx, source, Article{}, err)
	}
	if kind == "feed" {
		return im.feed(ctx, source, d)
	}
	a, err := im.article(ctx, source, kind, d)
	return im.put(ctx, source, a, err)
}

// article reads a document of a kind that is one article.
func (im *Importer) article(ctx context.Context, source, kind string, d document) (Article, error) {
	switch kind {
	case "html":
		a, err := readPage(d.body, d.contentType, d.at)
		if d.at == nil { // a saved page has a name, where it has no title
			a.Title = cmp.Or(a.Title, markup.TitleOfName(d.name))
		}
		return a, err
	case "pdf":
		if im.pdf == nil {
			im.pdf = &pdfReader{cacheDir: im.CacheDir}
		}
		im.begin(source, "")
		return im.pdf.read(ctx, d, func(page, pages int) { im.begin(source, fmt.Sprintf("page %d of %d", page, pages)) })
	case "feed":
		return Article{}, errors.New("is a feed; import it by itself")
	}
	return readText(d)
}

// put writes an article, unless there is an error, and reports it.
func (im *Importer) put(ctx context.Context, source string, a Article, err error) error {
	r := Result{Source: source, Article: a, Err: err}
	if err == nil {
		r.File, r.Sentences, r.Err = im.Folder.Put(ctx, a)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if fe := (*FolderError)(nil); errors.As(r.Err, &fe) {
		return r.Err
	}
	im.Report(r)
	return nil
}

// The largest documents that are read, in bytes. A page with all its scripts has a few
// MB, a book of pictures as PDF 50.
const (
	maxPage = 16 << 20
	maxPDF  = 64 << 20
)

func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("there is no such file; an address begins with https://")
	case err != nil:
		return nil, withoutPath(err)
	case info.IsDir():
		return nil, errors.New("is a directory; name its files, as in DIR/*.html")
	case !info.Mode().IsRegular():
		return nil, errors.New("is not a regular file")
	case info.Size() > maxPDF:
		return nil, fmt.Errorf("has %d MB, more than the %d that are read; split it", info.Size()>>20, maxPDF>>20)
	}
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, withoutPath(err)
	}
	return src, nil
}

func withoutPath(err error) error {
	if pe := (*fs.PathError)(nil); errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// kindOf says what a document is: html, pdf, feed or text. What it begins with counts more
// than what a site says of it, or its name.
func kindOf(d document) (string, error) {
	media, _, _ := strings.Cut(strings.ToLower(d.contentType), ";")
	media = strings.TrimSpace(media)
	ext := strings.ToLower(filepath.Ext(d.name))
	start := string(d.body[:min(len(d.body), 1024)])
	start = strings.ToLower(strings.TrimLeft(strings.TrimPrefix(start, "\ufeff"), " \t\r\n"))
	sniffed, _, _ := strings.Cut(http.DetectContentType(d.body), ";")
	switch {
	case len(d.body) == 0:
		return "", errors.New("is empty")
	case strings.Contains(start, "%pdf-"):
		return "pdf", nil
	case isFeed(start):
		return "feed", nil
	case ext == ".mhtml" || ext == ".mht" || strings.HasPrefix(start, "from: <saved by"):
		return "", errors.New(`is a page saved as a single file; save it in the browser as "webpage, HTML only" and import that`)
	case ext == ".docx" || ext == ".doc" || ext == ".odt" || ext == ".rtf" || ext == ".epub":
		return "", errors.New("is a document of a word processor; save it as PDF, HTML or text and import that")
	case ext == ".md" || ext == ".markdown" || ext == ".mdx" || ext == ".wiki":
		return "", errors.New("is an article's file as it stands; copy it into the directory of articles")
	case sniffed == "text/html", ext == ".html", ext == ".htm", ext == ".xhtml", media == "text/html", media == "application/xhtml+xml", strings.Contains(start, "<html"):
		if !isText(d.body) {
			return "", fmt.Errorf("calls itself a page, but holds %s; open it in a browser", sniffed)
		}
		return "html", nil
	case sniffed == "text/plain" && (media == "" || strings.HasPrefix(media, "text/")) && ext != ".xml" && ext != ".json":
		return "text", nil
	}
	what := media
	if what == "" || what == "application/octet-stream" {
		what = sniffed
	}
	return "", fmt.Errorf("is %s; what can be imported are web pages, feeds, PDFs and plain text", what)
}

// isFeed reports whether a text begins as a feed does.
func isFeed(start string) bool {
	for _, tag := range []string{"<rss", "<feed", "<rdf:rdf"} {
		if strings.Contains(start, tag) && !strings.Contains(start, "<html") {
			return true
		}
	}
	return strings.HasPrefix(start, "{") && strings.Contains(start, "jsonfeed.org/version")
}

// isText reports whether bytes can be a page: one in UTF-16 has zeros.
func isText(src []byte) bool {
	kind := http.DetectContentType(src)
	return strings.HasPrefix(kind, "text/")
}

// readText reads plain text: its title is its first line, if that is short and a blank
// line follows, else the name of its file.
func readText(d document) (Article, error) {
	doc := markup.Text(decode(d.body, d.contentType))
	a := Article{Title: doc.Meta.Title, Date: doc.Meta.Date, Outlet: doc.Meta.Outlet, Author: doc.Meta.Author, URL: doc.Meta.URL}
	if a.Title == "" {
		a.Title = doc.Heading
	}
	if d.at != nil {
		a.URL = d.at.String()
		if a.Outlet == "" {
			a.Outlet = siteOf(a.URL)
		}
		if a.Date == "" {
			a.Date = dateInAddress(d.at.Path)
		}
	}
	if a.Title == "" {
		a.Title = markup.TitleOfName(d.name)
	}
	if a.Date == "" {
		a.Date = markup.DateOfName(d.name)
	}
	var w blockWriter
	heading := a.Title
	for _, p := range doc.Passages {
		if p.Heading != heading && p.Heading != "" {
			w.add("## ", escape(oneLine(p.Heading)))
		}
		heading = p.Heading
		lines := strings.Split(shown(p.Text), "\n")
		for i, l := range lines {
			lines[i] = escape(oneLine(l))
		}
		w.add("", strings.Join(lines, "\n"))
	}
	a.Body = w.b.String()
	if !hasText(a.Body) {
		return a, errNoText
	}
	return a, nil
}
