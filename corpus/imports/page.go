package imports

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"

	"dossier/corpus/markup"
)

// errNoArticle is what is wrong with a page of which nothing can be quoted.
var errNoArticle = errors.New("has no text of an article that can be told from what stands around it; open it in a browser, copy the text into a .txt file and import that")

// readPage reads the article of a page. contentType is what the site says of it, at is
// where it was found; both may be missing.
func readPage(src []byte, contentType string, at *url.URL) (Article, error) {
	root, err := html.Parse(bytes.NewReader(decode(src, contentType)))
	if err != nil {
		return Article{}, fmt.Errorf("is HTML that cannot be read: %s", strings.TrimPrefix(err.Error(), "html: "))
	}
	h := readHead(root)
	a := h.article(root, at)
	prune(root)
	base := at
	if base == nil || !isWeb(base) {
		base, _ = url.Parse(a.URL) // a saved page says where it was
	}
	parser := readability.NewParser()
	parser.MaxElemsToParse = maxElements
	found, err := parser.ParseAndMutate(root, base)
	if err != nil || found.Node == nil {
		return a, errNoArticle
	}
	if a.Body = render(found.Node, a); !strings.ContainsAny(linkTarget.ReplaceAllString(a.Body, "]"), stops) { // a menu is no article
		return a, errNoArticle
	}
	return a, nil
}

// stops are marks of which a text has at least one.
const stops = ".!?…。！？؟۔।"

// linkTarget is where a link leads, as render writes it.
var linkTarget = regexp.MustCompile(`\]\(<[^>]*>\)`)

// maxElements is how many elements a page may have; the longest of Wikipedia have 50,000.
const maxElements = 200_000

// silent elements hold no text that is shown, whatever is in them.
var silent = set("script style template svg math canvas iframe object embed video audio map select option")

// prune takes out of a page what stands around its article, so that nothing of it is
// taken for a part. What holds most of the text stays, whatever it is called.
func prune(root *html.Node) {
	remove(root, func(n *html.Node) bool { return silent[n.Data] || n.Data == "noscript" })
	removeForms(root)
	otherArticles(root)
	all := len(textOf(root))
	remove(root, func(n *html.Node) bool {
		return (markup.Beside(n) || isDialog(n)) && n.Data != "head" && n.Data != "title" && 2*len(textOf(n)) < all
	})
}

// removeForms takes out what asks readers for something, with the words around it.
func removeForms(root *html.Node) {
	var forms []*html.Node
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "input" && n.Data != "textarea" || attributes(n)["type"] == "hidden" {
			continue
		}
		for p := n.Parent; p != nil && p.Data != "body" && linesOf(p, maxForm) != nil && !hasHeading(p); p = p.Parent {
			n = p
		}
		forms = append(forms, n)
	}
	for _, n := range forms {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
}

// maxForm is how many bytes of text belong to a form at most.
const maxForm = 400

func hasHeading(n *html.Node) bool {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && c.Data == "h1" {
			return true
		}
	}
	return false
}

// otherArticles takes out what a page shows of other articles than its own, if each is
// marked as one.
func otherArticles(root *html.Node) {
	var own *html.Node
	most, sum := 0, 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "article" || within(n, "article") {
			continue
		}
		size := len(textOf(n))
		sum += size
		if size > most {
			own, most = n, size
		}
	}
	if 2*most > sum {
		remove(root, func(n *html.Node) bool { return n.Data == "article" && n != own })
	}
}

// isDialog reports whether an element stands above the page until it is closed.
func isDialog(n *html.Node) bool {
	attr := attributes(n)
	return attr["role"] == "dialog" || attr["role"] == "alertdialog" || attr["aria-modal"] == "true" || strings.HasPrefix(n.Data, "amp-")
}

func remove(root *html.Node, gone func(*html.Node) bool) {
	for n := root.FirstChild; n != nil; {
		next := n.NextSibling
		if n.Type == html.ElementNode && gone(n) {
			root.RemoveChild(n)
		} else {
			remove(n, gone)
		}
		n = next
	}
}
