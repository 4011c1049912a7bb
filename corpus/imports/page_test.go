package imports

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"html"
	"net/url"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
	"text/template"
	"time"

	"golang.org/x/text/encoding/charmap"

	"dossier/corpus"
)

var linkMark = regexp.MustCompile(`\[([^\]]+)\]\(([^)]+)\)`)

var showPages = flag.Bool("show-pages", false, "print what was read of each page that is not read whole")

// A story is an article that is put into pages.
type story struct {
	Title, Date, Author, slug string
	body                      []string // paragraphs; "# ", "- " and "> " begin headings, items and quotations
}

func readStory(t *testing.T, file string) story {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var s story
	top, rest, _ := strings.Cut(string(src), "\n\n")
	for line := range strings.Lines(top) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch name {
		case "title":
			s.Title = value
		case "date":
			s.Date = value
		case "author":
			s.Author = value
		case "slug":
			s.slug = value
		}
	}
	for line := range strings.Lines(rest) {
		if line = strings.TrimSpace(line); line != "" {
			s.body = append(s.body, line)
		}
	}
	return s
}

// text is what a reader of the story reads, without its headings.
func (s story) text() string {
	var b strings.Builder
	for _, p := range s.body {
		if !strings.HasPrefix(p, "# ") {
			b.WriteString(linkMark.ReplaceAllString(strings.TrimPrefix(strings.TrimPrefix(p, "- "), "> "), "$1") + "\n")
		}
	}
	return b.String()
}

// layout puts a story into a page and returns it with the lines around it that are none of
// it.
func (s story) page(t *testing.T, file string) (page []byte, at *url.URL, noise []string) {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	day, err := time.Parse(time.DateOnly, s.Date)
	if err != nil {
		t.Fatal(err)
	}
	at = &url.URL{Scheme: "https", Host: "www." + strings.TrimSuffix(path.Base(file), ".html")[3:] + ".example", Path: "/news/" + day.Format("2006/01/02") + "/" + s.slug + ".html"}
	add := func(line string) string {
		noise = append(noise, line)
		return line
	}
	add("")
	funcs := template.FuncMap{
		"noise": add, "attr": html.EscapeString,
		"json":        func(s string) (string, error) { b, err := json.Marshal(s); return string(b), err },
		"paragraphs":  func() string { return s.html(nil) },
		"interrupted": func() string { return s.html(add) },
		"breaks":      s.breaks,
	}
	tmpl, err := template.New("").Funcs(funcs).Parse(string(src))
	if err != nil {
		t.Fatal(err)
	}
	months := strings.Fields("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")
	var b strings.Builder
	if err := tmpl.Execute(&b, map[string]string{
		"Title": html.EscapeString(s.Title), "Date": s.Date, "Author": s.Author, "URL": at.String(),
		"Long": day.Format("Monday, January 2, 2006"), "Short": day.Format("Jan. 2, 2006"),
		"German": fmt.Sprintf("%d. %s %d", day.Day(), months[day.Month()-1], day.Year()),
	}); err != nil {
		t.Fatal(err)
	}
	page = []byte(b.String())
	if strings.Contains(b.String(), "charset=windows-1252") || strings.Contains(b.String(), "charset=iso-8859-1") {
		if page, err = charmap.Windows1252.NewEncoder().Bytes(page); err != nil {
			t.Fatal(err)
		}
	}
	return page, at, noise[1:]
}

// html writes the story's paragraphs; between them stand lines of the site, if there is
// somebody to note them.
func (s story) html(noise func(string) string) string {
	var b strings.Builder
	list := false
	for i, p := range s.body {
		item := strings.HasPrefix(p, "- ")
		if item != list {
			b.WriteString(map[bool]string{true: "<ul>\n", false: "</ul>\n"}[item])
			list = item
		}
		switch text := inlineHTML(p); {
		case item:
			b.WriteString("<li>" + text[2:] + "</li>\n")
		case strings.HasPrefix(p, "# "):
			b.WriteString("<h2>" + text[2:] + "</h2>\n")
		case strings.HasPrefix(p, "&gt; "), strings.HasPrefix(p, "> "):
			b.WriteString("<blockquote><p>" + strings.TrimPrefix(text, "&gt; ") + "</p></blockquote>\n")
		default:
			b.WriteString("<p>" + text + "</p>\n")
		}
		switch {
		case noise != nil && i == 1:
			fmt.Fprintf(&b, `<p><strong><a href="/other">%s</a></strong></p>`, noise("Read also: the winter in which the clocks stood still"))
		case noise != nil && i == 4:
			fmt.Fprintf(&b, `<aside class="pull"><h4>%s</h4><p>%s</p></aside>`, noise("In short"), noise("A box that explains in forty words what you can read above anyway."))
		}
	}
	return b.String()
}

// breaks writes them as people did before they knew paragraphs.
func (s story) breaks() string {
	var lines []string
	for _, p := range s.body {
		lines = append(lines, strings.TrimPrefix(strings.TrimPrefix(inlineHTML(strings.TrimPrefix(p, "# ")), "- "), "&gt; "))
	}
	return strings.Join(lines, "<br /><br />\n")
}

func inlineHTML(p string) string {
	return linkMark.ReplaceAllString(html.EscapeString(p), `<a href="$2">$1</a>`)
}

// TestPages measures what is read of pages as newspapers make them: each story in each
// layout. Precision and recall count the words of the text.
//
//	go test ./corpus/imports -run TestPages -v
func TestPages(t *testing.T) {
	stories, layouts := filesIn(t, "testdata/articles"), filesIn(t, "testdata/layouts")
	var pages, titles, dates, authors, signed, quoted int
	var sum float64
	for _, l := range layouts {
		var inLayout float64
		for _, f := range stories {
			s := readStory(t, f)
			src, at, noise := s.page(t, l)
			pages++
			name := path.Base(l) + " " + path.Base(f)
			a, err := readPage(src, "", at)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			got := reread(t, a)
			f1 := wordF1(textOfArticle(got), s.text())
			sum += f1
			inLayout += f1
			titles += count(t, name, "title", got.Title, s.Title)
			dates += count(t, name, "date", got.Date, s.Date)
			if bytes.Contains(src, []byte(s.Author)) {
				signed++
				authors += count(t, name, "author", got.Author, s.Author)
			}
			for _, n := range noise {
				if strings.Contains(textOfArticle(got), n) {
					quoted++
					t.Logf("%s: quotes %q", name, n)
				}
			}
			if f1 < .95 && *showPages {
				t.Logf("%s: F1 %.3f\n%s", name, f1, a.Body)
			}
		}
		t.Logf("%-16s F1 %.3f", path.Base(l), inLayout/float64(len(stories)))
	}
	n := float64(pages)
	t.Logf("%d pages: F1 of the text %.3f, titles %.3f, dates %.3f, authors %.3f, lines of the site quoted %d",
		pages, sum/n, float64(titles)/n, float64(dates)/n, float64(authors)/float64(signed), quoted)
	if pages < 40 || sum/n < .95 || float64(titles)/n < .95 || float64(dates)/n < .9 || float64(authors) < .9*float64(signed) || quoted > 0 {
		t.Error("want 40 pages or more, F1 and titles from .95, dates and authors from .9, no line of the site quoted")
	}
}

func filesIn(t *testing.T, dir string) []string {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, path.Join(dir, f.Name()))
	}
	return names
}

func count(t *testing.T, page, field, got, want string) int {
	if got == want {
		return 1
	}
	t.Logf("%s: %s %q, want %q", page, field, got, want)
	return 0
}

// reread returns an article as package corpus reads its file, which must be clean.
func reread(t *testing.T, a Article) corpus.Article {
	t.Helper()
	file, err := a.File()
	if err != nil {
		t.Fatal(err)
	}
	got, err := read(t.Context(), file)
	if err != nil {
		t.Fatalf("%v in\n%s", err, file)
	}
	return got
}

func textOfArticle(a corpus.Article) string {
	var b strings.Builder
	for _, p := range a.Passages {
		b.WriteString(p.Text + "\n")
	}
	return b.String()
}

func wordF1(got, want string) float64 {
	left := make(map[string]int)
	for _, w := range strings.Fields(want) {
		left[w]++
	}
	n := 0
	for _, w := range strings.Fields(got) {
		if left[w] > 0 {
			left[w]--
			n++
		}
	}
	return 2 * float64(n) / float64(len(strings.Fields(got))+len(strings.Fields(want)))
}
