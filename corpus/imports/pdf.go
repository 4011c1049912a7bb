package imports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"dossier/corpus/markup"
)

// A pdfReader reads PDFs with PDFium, which runs as WebAssembly: it can touch nothing but
// the PDF that it is given. To make it ready takes some seconds, so that is done when the
// first PDF comes, and kept.
type pdfReader struct {
	cacheDir    string // where the machine code is kept between runs; empty: nowhere
	interpreted bool   // for tests: is ready at once and then slow
	cache       wazero.CompilationCache
}

// Limits of one PDF.
const (
	maxPages   = 2000
	pdfTimeout = 2 * time.Minute
	pdfMemory  = 1 << 30
	wasmPage   = 64 << 10
)

var errPDFTime = fmt.Errorf("takes longer than %v to read; split it", pdfTimeout)

// read returns the article in a PDF. progress is told of each page.
func (r *pdfReader) read(ctx context.Context, d document, progress func(page, pages int)) (Article, error) {
	inner, cancel := context.WithTimeout(ctx, pdfTimeout)
	defer cancel()
	a, err := r.readWithin(inner, d, progress)
	switch {
	case ctx.Err() != nil:
		return Article{}, ctx.Err()
	case inner.Err() != nil:
		return Article{}, errPDFTime
	}
	return a, err
}

func (r *pdfReader) readWithin(ctx context.Context, d document, progress func(page, pages int)) (a Article, err error) {
	defer func() {
		if p := recover(); p != nil { // PDFium met something new
			err = fmt.Errorf("is a PDF that cannot be read: %v", p)
		}
	}()
	pool, err := r.open(ctx)
	if err != nil {
		return a, err
	}
	defer pool.Close()
	pdf, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		return a, err
	}
	opened, err := pdf.OpenDocument(&requests.OpenDocument{File: &d.body})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return a, errors.New("is locked with a password; save a copy without one and import that")
	case err != nil:
		return a, errors.New("is damaged, or no PDF; open it in a viewer, save it anew and import that")
	}
	doc := opened.Document
	count, err := pdf.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc})
	switch {
	case err != nil || count.PageCount == 0:
		return a, errors.New("is a PDF without pages")
	case count.PageCount > maxPages:
		return a, fmt.Errorf("has %d pages, more than the %d that are read; split it", count.PageCount, maxPages)
	}
	var pages [][]line
	empty := 0
	for i := range count.PageCount {
		if progress != nil {
			progress(i+1, count.PageCount)
		}
		lines, err := pageLines(pdf, doc, i)
		if err != nil {
			return a, fmt.Errorf("page %d cannot be read; save the PDF anew in a viewer and import that", i+1)
		}
		if len(lines) == 0 {
			empty++
		}
		pages = append(pages, lines)
	}
	if empty == len(pages) {
		return a, errors.New("has no text, only pictures of it; have its text recognised (OCR), for example with ocrmypdf, and import that")
	}
	return pdfArticle(pages, func(tag string) string { return pdfMeta(pdf, doc, tag) }, d), nil
}

// open makes PDFium ready. It sees no files.
func (r *pdfReader) open(ctx context.Context) (pdfium.Pool, error) {
	config := wazero.NewRuntimeConfig()
	if r.interpreted {
		config = wazero.NewRuntimeConfigInterpreter()
	}
	if r.cache == nil {
		r.cache = wazero.NewCompilationCache()
		if r.cacheDir != "" {
			if c, err := wazero.NewCompilationCacheWithDir(r.cacheDir); err == nil { // else it is compiled each time
				r.cache = c
			}
		}
	}
	config = config.WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling). // what PDFium is built with
														WithMemoryLimitPages(pdfMemory / wasmPage).WithCloseOnContextDone(true).WithCompilationCache(r.cache)
	return webassembly.Init(webassembly.Config{
		Context: ctx, MinIdle: 1, MaxIdle: 1, MaxTotal: 1, ReuseWorkers: true,
		FSConfig: wazero.NewFSConfig(), RuntimeConfig: config, Stdout: io.Discard, Stderr: io.Discard,
	})
}

// pageLines returns the lines of a page in the order in which the PDF has them.
func pageLines(pdf pdfium.Pdfium, doc references.FPDF_DOCUMENT, page int) ([]line, error) {
	text, err := pdf.GetPageTextStructured(&requests.GetPageTextStructured{
		Page: requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: page}},
		Mode: requests.GetPageTextStructuredModeRects, CollectFontInformation: true,
	})
	if err != nil {
		return nil, err
	}
	var lines []line
	for _, r := range text.Rects {
		p := piece{text: r.Text, left: r.PointPosition.Left, top: r.PointPosition.Top, right: r.PointPosition.Right, bottom: r.PointPosition.Bottom}
		if f := r.FontInformation; f != nil {
			p.size, p.bold = max(f.Size, f.RenderedSize), f.Weight >= 600 || strings.Contains(f.Name, "Bold")
		}
		if n := len(lines); n > 0 && lines[n-1].takes(p) {
			lines[n-1].add(p)
		} else if strings.TrimSpace(p.text) != "" {
			lines = append(lines, newLine(p))
		}
	}
	return lines, nil
}

func pdfMeta(pdf pdfium.Pdfium, doc references.FPDF_DOCUMENT, tag string) string {
	m, err := pdf.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: doc, Tag: tag})
	if err != nil {
		return ""
	}
	return oneLine(m.Value)
}

// pdfArticle makes an article of the lines of a PDF. meta returns what the PDF says of
// itself, which is often what its template said.
func pdfArticle(pages [][]line, meta func(tag string) string, d document) Article {
	first := slices.Clone(pages[0])
	paragraphs := layOut(pages)
	a := Article{Author: meta("Author")}
	if d.at != nil {
		a.URL = d.at.String()
		a.Outlet = siteOf(a.URL)
	}
	a.Title = pdfTitle(meta("Title"), first, paragraphs, d.name)
	for _, l := range first[:min(len(first), topLines)] {
		if a.Date = dateIn(l.text); a.Date != "" {
			break
		}
	}
	if a.Date == "" {
		a.Date = markup.DateOfName(d.name)
	}
	if made := strings.TrimPrefix(meta("CreationDate"), "D:"); a.Date == "" && len(made) >= 8 {
		if date, exact, ok := markup.ReadDate(made[:8]); ok && exact && plausible(date) {
			a.Date = date
		}
	}
	r := renderer{about: a}
	for i, p := range paragraphs {
		if i < top && !p.heading {
			p.text = r.withoutFacts(p.text)
		}
		prefix := ""
		switch {
		case p.heading && strings.EqualFold(p.text, a.Title):
			continue
		case p.heading:
			prefix = "## "
		case p.item:
			prefix = "- "
		}
		r.out.add(prefix, escape(p.text))
	}
	a.Body = r.out.b.String()
	return a
}

// topLines are those of a first page that can have its date.
const topLines = 12

// pdfTitle is the title that a PDF gives itself if its first page shows it, else the
// largest line there, else the name of the file.
func pdfTitle(meta string, first []line, paragraphs []paragraph, name string) string {
	var shown []string
	for _, l := range first {
		shown = append(shown, l.text)
	}
	if meta != "" && strings.Contains(strings.ToLower(oneLine(strings.Join(shown, " "))), strings.ToLower(meta)) {
		return meta
	}
	largest := paragraph{}
	for _, p := range paragraphs {
		if p.page == 0 && p.heading && p.size > largest.size+.5 {
			largest = p
		}
	}
	if largest.text != "" && len(largest.text) <= 200 {
		return largest.text
	}
	return markup.TitleOfName(name)
}
