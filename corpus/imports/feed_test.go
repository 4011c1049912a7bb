package imports

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// paragraphs is the body of a page.
func paragraphs(subject string) string {
	return "<p>The " + subject + " was found open on Tuesday morning by a guard who had come back for his hat.</p>" +
		"<p>Nobody can say how long the " + subject + " had stood open, because the camera above it was broken.</p>"
}

func news(title, more, subject string) string {
	return "<html><head><title>" + title + "</title>" + more + "</head><body><article><h1>" + title + "</h1>" + paragraphs(subject) + "</article></body></html>"
}

const rss = `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Lock Gazette</title><link>https://lock.example/</link>
<item><title>Gate open</title><link>/gate</link><pubDate>Tue, 03 Mar 2020 23:30:00 -0800</pubDate><dc:creator>Ida Moll</dc:creator><description>A teaser.</description></item>
<item><title>Vault open</title><link>https://lock.example/vault?utm_source=rss</link><pubDate>Wed, 04 Mar 2020 10:00:00 GMT</pubDate></item>
<item><title>Shed open</title><link>https://lock.example/members/shed</link><pubDate>Thu, 05 Mar 2020 10:00:00 GMT</pubDate><content:encoded><![CDATA[<p>Whole text of the shed.</p>LONG]]></content:encoded></item>
<item><title>Barn open</title><link>https://lock.example/members/barn</link><description>A teaser.</description></item>
<item><title>Gone</title><link>https://lock.example/gone</link></item>
</channel></rss>`

const atom = `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Quay Log</title><link href="https://quay.example/"/>
<entry><title>Crane open</title><link href="https://quay.example/crane"/><published>2021-06-07T23:50:00+02:00</published><author><name>Bo Lund</name></author></entry></feed>`

func feedSites(w *web) {
	w.page("lock.example/robots.txt", "text/plain", "User-agent: *\nDisallow: /members/\n")
	w.page("lock.example/feed", "application/rss+xml", strings.Replace(rss, "LONG", strings.Repeat(paragraphs("shed"), 3), 1))
	w.page("lock.example/gate", "text/html", news("Gate found open", "", "gate"))
	w.page("lock.example/vault", "text/html; charset=utf-8", news("Vault found open", `<meta property="article:published_time" content="2020-03-03"><meta property="og:site_name" content="Lock News">`, "vault"))
	w.page("quay.example/atom", "application/xml", atom)
	w.page("quay.example/crane", "text/html", news("Crane found open", "", "crane"))
	w.status("lock.example/gone", 404)
	w.status("quay.example/robots.txt", 404)
}

// outcome is a result in a line.
func outcome(r Result) string {
	if r.Err != nil {
		return r.Source + ": " + r.Err.Error()
	}
	a := r.Article
	return strings.Join([]string{filepath.ToSlash(r.File), a.Title, a.Date, a.Outlet, a.Author, a.URL}, "|")
}

func newImporter(t *testing.T, dir string, c *Client, into *[]string) *Importer {
	t.Helper()
	f, err := OpenFolder(t.Context(), dir, "", false)
	if err != nil {
		t.Fatal(err)
	}
	return &Importer{Folder: f, Client: c, Report: func(r Result) { *into = append(*into, outcome(r)) }}
}

func TestImportFeed(t *testing.T) {
	inBubble(t, func(t *testing.T, w *web, c *Client) {
		feedSites(w)
		dir := t.TempDir()
		var got []string
		im := newImporter(t, dir, c, &got)
		for _, a := range []string{"https://lock.example/feed", "https://quay.example/atom"} {
			if err := im.Import(t.Context(), a); err != nil {
				t.Fatal(err)
			}
		}
		const no = "the site's robots.txt does not let programs read it; save the page in your browser and import the file"
		want := []string{
			"2020-03-03-gate-found-open.md|Gate found open|2020-03-03|The Lock Gazette|Ida Moll|https://lock.example/gate",
			"2020-03-03-vault-found-open.md|Vault found open|2020-03-03|Lock News||https://lock.example/vault",
			"2020-03-05-shed-open.md|Shed open|2020-03-05|The Lock Gazette||https://lock.example/members/shed",
			"https://lock.example/members/barn: " + no,
			"https://lock.example/gone: there is no such page (404); check the address",
			"2021-06-07-crane-found-open.md|Crane found open|2021-06-07|Quay Log|Bo Lund|https://quay.example/crane",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Import of feeds (-want +got):\n%s", diff)
		}

		// Another time nothing is fetched that is there.
		got, w.asked = nil, nil
		im = newImporter(t, dir, c, &got)
		if err := im.Import(t.Context(), "https://quay.example/atom"); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"https://quay.example/crane: is there already, with the same address: Crane found open"}, got); diff != "" {
			t.Errorf("Import again (-want +got):\n%s", diff)
		}
		if len(w.asked) != 1 {
			t.Errorf("the second time asked for %v, want the feed alone", w.asked)
		}
	})
}

func TestImportFeedFile(t *testing.T) {
	inBubble(t, func(t *testing.T, w *web, c *Client) {
		feedSites(w)
		dir := t.TempDir()
		file := filepath.Join(dir, "saved.xml")
		for body, want := range map[string]string{
			atom: "2021-06-07-crane-found-open.md|Crane found open|2021-06-07|Quay Log|Bo Lund|https://quay.example/crane",
			`<rss version="2.0"><channel></channel></rss>`: file + ": is a feed without entries",
			`<rss version="2.0"><chan`:                     file + ": is a feed that cannot be read: ",
			`<?xml version="1.0"?><opml></opml>`:           file + ": is text/xml; what can be imported are web pages, feeds, PDFs and plain text",
		} {
			if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
				t.Fatal(err)
			}
			var got []string
			if err := newImporter(t, t.TempDir(), c, &got).Import(t.Context(), file); err != nil {
				t.Fatal(err)
			}
			if len(got) != 1 || !strings.HasPrefix(got[0], want) {
				t.Errorf("Import(%s) reports %q, want %q", body, got, want)
			}
		}
	})
}
