package corpus

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Problem is one reason why a file, or a part of it, cannot be used.
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

// Load reads every .md and .txt file of fsys as an article, in the order of
// their paths. Names that start with a dot or an underscore are left out. A
// file with a problem is not loaded; the others are.
func Load(fsys fs.FS) ([]Article, []Problem) {
	var articles []Article
	var problems []Problem
	slugs := make(map[string]string) // slug -> file
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			problems = append(problems, Problem{File: name, Reason: reason(err)})
			return nil
		}
		if base := path.Base(name); base != "." && (base[0] == '.' || base[0] == '_') {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if isDirLink(fsys, name, d) {
			problems = append(problems, Problem{File: name, Reason: "is a link to a directory, which is not followed; move the directory here, or name it as the directory of articles"})
			return nil
		}
		ext := strings.ToLower(path.Ext(name))
		if d.IsDir() || ext != ".md" && ext != ".txt" {
			return nil
		}
		a, ps := loadFile(fsys, name, ext)
		if len(ps) == 0 {
			if other, taken := slugs[a.Slug]; taken {
				ps = []Problem{{File: name, Reason: "has the same short name as " + other + "; rename one of them"}}
			}
		}
		if len(ps) > 0 {
			problems = append(problems, ps...)
			return nil
		}
		slugs[a.Slug] = name
		articles = append(articles, a)
		return nil
	})
	if err != nil {
		problems = append(problems, Problem{File: ".", Reason: reason(err)})
	}
	return articles, problems
}

// isDirLink reports whether d is a link to a directory. WalkDir does not follow
// it, so its articles would be missing without a word.
func isDirLink(fsys fs.FS, name string, d fs.DirEntry) bool {
	if d.Type()&fs.ModeSymlink == 0 {
		return false
	}
	info, err := fs.Stat(fsys, name)
	return err == nil && info.IsDir()
}

func loadFile(fsys fs.FS, name, ext string) (Article, []Problem) {
	fail := func(line int, format string, args ...any) (Article, []Problem) {
		return Article{}, []Problem{{File: name, Line: line, Reason: fmt.Sprintf(format, args...)}}
	}
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return fail(0, "%s", reason(err))
	}
	if !info.Mode().IsRegular() {
		return fail(0, "is not a regular file")
	}
	if info.Size() > maxFile {
		return fail(0, "has %d bytes, more than the %d that an article may have; split it", info.Size(), maxFile)
	}
	src, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fail(0, "%s", reason(err))
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if i := invalidByte(src); i >= 0 {
		return fail(lineAt(src, i), "is not UTF-8 text; save it as UTF-8")
	}
	if !bytes.Contains(src, []byte("\n")) { // files of old Macs
		src = bytes.ReplaceAll(src, []byte("\r"), []byte("\n"))
	}
	src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))

	a := Article{Slug: slugOf(strings.TrimSuffix(name, path.Ext(name)))}
	var problems []Problem
	if ext == ".md" {
		problems = parseMarkdown(&a, name, src)
	} else {
		parseText(&a, name, string(src))
	}
	if len(problems) == 0 && len(a.Passages) == 0 {
		return fail(0, "has no text")
	}
	return a, problems
}

// invalidByte returns the position of the first byte that text cannot have,
// or -1.
func invalidByte(src []byte) int {
	for i := 0; i < len(src); {
		r, n := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && n == 1 || r == 0 {
			return i
		}
		i += n
	}
	return -1
}

func lineAt(src []byte, i int) int { return 1 + bytes.Count(src[:i], []byte("\n")) }

// reason says what went wrong without repeating the path that a Problem has.
func reason(err error) string {
	if pe, ok := err.(*fs.PathError); ok {
		err = pe.Err
	}
	return err.Error()
}
