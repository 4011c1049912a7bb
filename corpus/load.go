package corpus

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dossier/corpus/markup"
)

// A Problem is a reason why a file, or a part of it, is not used.
type Problem struct {
	File   string
	Line   int // 0 where it concerns the whole file
	Reason string
}

// String is fit for a terminal: what is not printable, in a file's name or in
// what is quoted from it, is escaped.
func (p Problem) String() string {
	file := p.File
	if escaped := escape(file); escaped != file {
		file = strconv.Quote(file)
	}
	if p.Line == 0 {
		return file + ": " + escape(p.Reason)
	}
	return fmt.Sprintf("%s:%d: %s", file, p.Line, escape(p.Reason))
}

// Text returns the reason alone, fit for a terminal.
func (p Problem) Text() string { return escape(p.Reason) }

// escape writes the runes of s that are not printable, and bytes that are not
// UTF-8, as Go does: \x1b.
func escape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 || !strconv.IsPrint(r) {
			quoted := strconv.Quote(s[i : i+n])
			b.WriteString(quoted[1 : len(quoted)-1])
		} else {
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// maxFile is the largest article file that is read, in bytes. A long book has
// about 2 MB.
const maxFile = 4 << 20

// maxExport is the largest export of a wiki, which has many articles.
const maxExport = 64 << 20

// kinds are the endings of files that are read, and how.
var kinds = map[string]func(src []byte) markup.Document{
	".md": readMarkdown, ".markdown": readMarkdown, ".mdown": readMarkdown, ".mkd": readMarkdown,
	".mdx": func(src []byte) markup.Document { return markup.Markdown(src, true) },
	".txt": readText, ".text": readText,
	".html": markup.HTML, ".htm": markup.HTML, ".xhtml": markup.HTML,
	".wiki": markup.Wiki, ".mediawiki": markup.Wiki, ".wikitext": markup.Wiki,
	".xml": nil, // an export of a wiki
}

func readMarkdown(src []byte) markup.Document { return markup.Markdown(src, false) }

func readText(src []byte) markup.Document {
	if markup.IsWiki(src) {
		return markup.Wiki(src)
	}
	return markup.Text(src)
}

// Options say how a directory is read.
type Options struct {
	// Include are patterns, as of path.Match, of files that are articles though
	// their names say that they are not, as README.md.
	Include []string
	// Before is what was read of the same directory before. A file that is still
	// there but cannot be used any more stays as it was then.
	Before Collection
}

// A Collection is what was read of a directory.
type Collection struct {
	Articles []Article
	Report
	documents map[string][]document // by file, what its articles were made of
}

// A document is what an article is made of.
type document struct {
	name, id string // of the file, or the page in it; and what the slug is made of
	markup.Document
}

// Load reads every article of fsys, in the order of their paths, and says which
// files were refused. [Read] tells more.
func Load(fsys fs.FS) ([]Article, []Problem) {
	c, err := Read(context.Background(), fsys, Options{})
	if err != nil {
		return nil, []Problem{{File: ".", Reason: reason(err)}}
	}
	return c.Articles, c.Refused
}

// Read reads every file of fsys that can be an article, in the order of their
// paths. A file is refused only where nothing of it can be used; what cannot be
// used of the others, the report says. The error is that of ctx.
func Read(ctx context.Context, fsys fs.FS, o Options) (Collection, error) {
	r := reader{ctx: ctx, fsys: fsys, options: o, slugs: make(map[string]string)}
	r.Kinds, r.Passed, r.Fields, r.Encodings = make(map[string]int), make(map[string]int), make(map[string]int), make(map[string][]string)
	r.documents = make(map[string][]document)
	r.Report.Read = time.Now()
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			r.refuse(name, 0, "%s", reason(err))
			return r.keepBelow(name)
		}
		return r.entry(name, d)
	})
	if err != nil && ctx.Err() == nil {
		r.refuse(".", 0, "%s", reason(err))
	}
	return r.Collection, ctx.Err()
}

// A reader holds what is known while a directory is read.
type reader struct {
	Collection
	ctx     context.Context
	fsys    fs.FS
	options Options
	slugs   map[string]string // slug -> file
	name    string            // the file that is read
	written time.Time         // when it was
}

func (r *reader) refuse(file string, line int, format string, args ...any) {
	r.Refused = append(r.Refused, Problem{file, line, fmt.Sprintf(format, args...)})
}

func (r *reader) note(file string, line int, format string, args ...any) {
	r.Notes = append(r.Notes, Problem{file, line, fmt.Sprintf(format, args...)})
}

func (r *reader) leaveOut(file, why string) {
	r.LeftOut = append(r.LeftOut, Problem{File: file, Reason: why})
}

func (r *reader) entry(name string, d fs.DirEntry) error {
	base := path.Base(name)
	if name == "." {
		return nil
	}
	if d.IsDir() || d.Type()&fs.ModeSymlink != 0 && isDir(r.fsys, name) {
		switch {
		case base[0] == '.':
			return r.skip(d)
		case strings.EqualFold(base, IncomingDir):
			r.leaveOut(name, "waits to be looked at; move what is to be answered from out of it")
			return r.skip(d)
		case notArticles(base) && !includesBelow(r.options.Include, name):
			r.leaveOut(name, "a folder, by its name; to bring files of it back, set CORPUS_INCLUDE")
			return r.skip(d)
		case !d.IsDir(): // WalkDir does not follow it, so its articles would be missing without a word
			r.refuse(name, 0, "is a link to a directory, which is not followed; move the directory here, or name it as the directory of articles")
		}
		return nil
	}
	ext := strings.ToLower(path.Ext(name))
	_, known := kinds[ext]
	switch {
	case base[0] == '.' || base == QuestionsFile, base == FeedsFile:
	case !known:
		r.Passed[ext]++
	default:
		r.Kinds[ext]++
		refused := len(r.Refused)
		r.name = name
		if r.file(name, ext); len(r.Refused) > refused && len(r.documents[name]) == 0 {
			r.keep(name)
		}
	}
	return nil
}

// keep makes the articles of a file that was just refused of what it said before.
func (r *reader) keep(name string) {
	before := r.options.Before.documents[name]
	if _, err := fs.Stat(r.fsys, name); errors.Is(err, fs.ErrNotExist) || len(before) == 0 {
		return // what is gone is gone
	}
	if why := r.Refused[len(r.Refused)-1]; !slices.Contains(r.Kept, why) {
		r.Kept = append(r.Kept, why)
	}
	notes := len(r.Notes)
	for _, d := range before {
		r.article(d)
	}
	r.Notes = r.Notes[:notes] // they are of lines that are there no longer
}

// keepBelow keeps the files of a folder that cannot be listed.
func (r *reader) keepBelow(folder string) error {
	if _, err := fs.Stat(r.fsys, folder); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var skip error
	for _, name := range slices.Sorted(maps.Keys(r.options.Before.documents)) {
		if folder == "." || strings.HasPrefix(name, folder+"/") {
			r.name = name
			r.keep(name)
			skip = fs.SkipDir // what could be listed of it
		}
	}
	return skip
}

func (r *reader) skip(d fs.DirEntry) error {
	if d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// Reads reports whether [Read] looks at a file, or into a folder, and [LoadQuestions]
// at a file: whether a change there can change what is read.
func (o Options) Reads(name string, folder bool) bool {
	base := path.Base(name)
	_, known := kinds[strings.ToLower(path.Ext(name))]
	switch {
	case name == ".":
		return true
	case base[0] == '.':
		return false
	case folder:
		return !strings.EqualFold(base, IncomingDir) && (!notArticles(base) || includesBelow(o.Include, name))
	}
	return known && base != FeedsFile || name == QuestionsFile
}

// isDir reports whether name is a directory, or a link to one.
func isDir(fsys fs.FS, name string) bool {
	info, err := fs.Stat(fsys, name)
	return err == nil && info.IsDir()
}

// file reads one file.
func (r *reader) file(name, ext string) {
	why := leftOutByName(name)
	if why != "" && included(r.options.Include, name) {
		why = ""
	}
	if why != "" && (ext == ".html" || ext == ".xml") {
		r.leaveOut(name, why)
		return
	}
	src, ok := r.source(name, ext)
	if !ok {
		return
	}
	if ext == ".xml" {
		r.export(name, src)
		return
	}
	doc := kinds[ext](src)
	switch {
	case doc.Meta.Hidden != "":
		r.leaveOut(name, doc.Meta.Hidden)
	case doc.Meta.Dossier == "false":
		r.leaveOut(name, "dossier: false")
	case why != "" && doc.Meta.Dossier != "true":
		r.leaveOut(name, why+"; to bring it back, set CORPUS_INCLUDE or write dossier: true into its front matter")
	case isContents(doc) && doc.Meta.Dossier != "true" && !included(r.options.Include, name):
		r.leaveOut(name, "is a table of contents: it has links and no text")
	default:
		for _, f := range doc.Meta.Unknown {
			r.Fields[f]++
		}
		r.article(document{name, strings.TrimSuffix(name, path.Ext(name)), doc})
	}
}

// isContents reports whether a document is a list of links and nothing else.
func isContents(d markup.Document) bool {
	return d.Links >= 5 && d.Links*10 >= len(d.Passages)*9
}

// source returns the text of a file.
func (r *reader) source(name, ext string) ([]byte, bool) {
	info, err := fs.Stat(r.fsys, name)
	limit := int64(maxFile)
	if ext == ".xml" {
		limit = maxExport
	}
	switch {
	case err != nil:
		r.refuse(name, 0, "%s", reason(err))
		return nil, false
	case !info.Mode().IsRegular():
		r.refuse(name, 0, "is not a regular file")
		return nil, false
	case info.Size() > limit:
		r.refuse(name, 0, "has %d bytes, more than the %d that an article may have; split it", info.Size(), limit)
		return nil, false
	}
	r.written = info.ModTime()
	raw, err := fs.ReadFile(r.fsys, name)
	if err != nil {
		r.refuse(name, 0, "%s", reason(err))
		return nil, false
	}
	src, encoding := decode(raw, ext)
	switch {
	case encoding == "":
		r.refuse(name, 0, "is not text in an encoding that can be told; save it as UTF-8")
		return nil, false
	case encoding == damaged:
		i := bytes.Index(src, []byte(replacement))
		r.note(name, lineAt(src, i), "%d bytes are not UTF-8; the sentences that have them are left out; save it as UTF-8", bytes.Count(src, []byte(replacement)))
	case encoding != utf8Name:
		r.Encodings[encoding] = append(r.Encodings[encoding], name)
	}
	src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	if !bytes.Contains(src, []byte("\n")) { // files of old Macs
		src = bytes.ReplaceAll(src, []byte("\r"), []byte("\n"))
	}
	return src, true
}

// export reads the pages of a wiki.
func (r *reader) export(name string, src []byte) {
	if !bytes.Contains(src[:min(len(src), 4096)], []byte("<mediawiki")) {
		delete(r.Kinds, ".xml")
		r.Passed[".xml"]++
		return
	}
	pages, err := markup.Export(bytes.NewReader(src))
	switch {
	case err == nil:
	case len(r.options.Before.documents[name]) > 0:
		r.refuse(name, 0, "is not whole: %v", err)
		return
	default:
		r.note(name, 0, "is not whole: %v; the %d pages before that are read", err, len(pages))
	}
	if len(pages) == 0 {
		r.refuse(name, 0, "has no pages; export the pages with their text (Special:Export)")
	}
	for _, p := range pages {
		doc := markup.Wiki([]byte(p.Text))
		doc.Meta.Title, doc.Meta.Date = p.Title, p.Date
		file := name + "/" + p.Title
		if doc.Meta.Hidden != "" {
			r.leaveOut(file, doc.Meta.Hidden)
			continue
		}
		r.article(document{file, p.Title, doc})
	}
}

// article makes an article of what a file says.
func (r *reader) article(doc document) {
	m, name := doc.Meta, doc.name
	a := Article{
		Slug:  slugOf(doc.id),
		Title: cmp.Or(m.Title, doc.Heading, markup.TitleOfName(name)),
		Date:  cmp.Or(m.Date, markup.DateOfName(name)), Outlet: m.Outlet, Author: m.Author, URL: m.URL,
		Tags: m.Tags, Questions: m.Questions,
	}
	if other, taken := r.slugs[a.Slug]; taken {
		a.Slug = slugOf(a.Slug + " " + hashOf(name))
		r.note(name, 0, "has the same short name as %s; its sentences have %s in theirs; rename one of them to choose", other, a.Slug)
	}
	for _, n := range doc.Notes {
		r.note(name, n.Line, "%s", n.Text)
	}
	seen := make(map[string]int)
	skip := func(s string) bool { return isBoilerplate(s) || strings.Contains(s, replacement) }
	var open []markup.Mark // links that stand alone right before a passage
	long, longAt := 0, 0   // how many sentences were cut in pieces, and the line of the first
	var lead, above string // a line "Timeline:", and the heading that it stands below
	for i, p := range doc.Passages {
		if r.ctx.Err() != nil {
			return
		}
		if strings.EqualFold(p.Heading, a.Title) {
			p.Heading = ""
		}
		if isLinkLabel(p) && i+1 < len(doc.Passages) && !isLinkLabel(doc.Passages[i+1]) {
			if i == 0 || !isLinkLabel(doc.Passages[i-1]) {
				open = p.Marks
			}
			continue
		}
		for _, m := range open {
			m.At = 0
			p.Marks = append(p.Marks, m)
		}
		open = nil
		if isLead(p) && i+1 < len(doc.Passages) {
			lead, above = strings.TrimRight(p.Text, ":："), p.Heading
			continue
		}
		if lead != "" && p.Heading == above {
			p.Heading = strings.TrimPrefix(p.Heading+": "+lead, ": ")
		} else {
			lead = ""
		}
		lost, cut := a.add(r.ctx, p, seen, skip)
		for _, m := range lost {
			r.note(name, m.Line, "footnote [^%s] has no sentence before it; put it behind the sentence that rests on it", m.Key)
		}
		if cut > 0 && long == 0 {
			longAt = p.Line
		}
		long += cut
	}
	if long > 0 {
		r.note(name, longAt, "goes on for more than %d characters without a stop and is cut at the nearest clauses; sentences like that: %d", maxSentence, long)
	}
	if len(a.Passages) == 0 {
		r.refuse(name, 0, "has no text; write some, or write dossier: false into its front matter")
		return
	}
	r.slugs[a.Slug] = name
	r.Articles = append(r.Articles, a)
	r.documents[r.name] = append(r.documents[r.name], doc)
	if r.written.After(r.NewestAt) {
		r.Newest, r.NewestAt = r.name, r.written
	}
}

// isLead reports whether a passage only says what comes below it.
func isLead(p markup.Passage) bool {
	return !p.Whole && len(p.Marks) == 0 && len(strings.Fields(p.Text)) <= maxLead && strings.ContainsAny(lastRune(p.Text), ":：")
}

// maxLead is how many words such a line has at most.
const maxLead = 3

func lastRune(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}

// isLinkLabel reports whether a passage is nothing but a link of a few words,
// and no sentence.
func isLinkLabel(p markup.Passage) bool {
	return !p.Whole && p.Label == len(p.Text) && len(p.Marks) > 0 && p.Marks[0].Key == "" &&
		len(strings.Fields(p.Text)) <= maxLabel && !strings.ContainsAny(p.Text[len(p.Text)-1:], ".!?")
}

func lineAt(src []byte, i int) int { return 1 + bytes.Count(src[:i], []byte("\n")) }

// reason says what went wrong without repeating the path that a Problem has.
func reason(err error) string {
	if pe, ok := err.(*fs.PathError); ok {
		err = pe.Err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "is gone, or a link that leads nowhere; delete the link, or bring back what it led to"
	case errors.Is(err, fs.ErrPermission):
		return err.Error() + "; make it readable for the user that runs the bot"
	}
	return err.Error()
}
