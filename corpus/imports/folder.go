package imports

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"dossier/corpus"
)

// Incoming is the folder beside articles in which new ones wait for somebody's eye. It is
// never read as articles.
const Incoming = corpus.IncomingDir

// A Folder is a directory of articles that new ones are written into.
type Folder struct {
	dir       string
	sub       string            // where new ones go, below dir
	dry       bool              // write nothing
	addresses map[string]string // of what is there -> its title
	texts     map[string]string // fingerprints of what is there -> its title
	names     map[string]bool   // of files that a dry run would have written
}

// OpenFolder reads which articles are in a directory and in its folder incoming, so that
// none comes twice. The directory is made if it is not there. New ones go to sub, which
// is a folder of it or empty. dry says that nothing is written.
func OpenFolder(ctx context.Context, dir, sub string, dry bool) (*Folder, error) {
	f := &Folder{dir: dir, sub: sub, dry: dry, addresses: make(map[string]string), texts: make(map[string]string), names: make(map[string]bool)}
	if !dry {
		if err := f.probe(); err != nil {
			return nil, err
		}
	}
	for _, d := range []string{dir, filepath.Join(dir, Incoming)} {
		if info, err := os.Stat(d); err != nil || !info.IsDir() {
			continue
		}
		c, err := corpus.Read(ctx, os.DirFS(d), corpus.Options{})
		if err != nil {
			return nil, err
		}
		for _, a := range c.Articles {
			f.note(a)
		}
	}
	return f, nil
}

// A FolderError says that nothing can be written into a directory.
type FolderError struct {
	Dir string
	Err error
}

func (e *FolderError) Error() string {
	return fmt.Sprintf("%s: no article can be written there: %v\nhint: free some space, make the directory writable for the user that runs the bot, or name another one", e.Dir, e.Err)
}

func (e *FolderError) Unwrap() error { return e.Err }

func (f *Folder) failed(err error) error {
	if pe := (*fs.PathError)(nil); errors.As(err, &pe) {
		err = pe.Err
	}
	return &FolderError{f.dir, err}
}

// probe makes the directory and finds out whether it can be written to, before anything is
// fetched.
func (f *Folder) probe() error {
	dir := filepath.Join(f.dir, f.sub)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return f.failed(err)
	}
	tmp, err := os.CreateTemp(dir, ".import-*")
	if err != nil {
		return f.failed(err)
	}
	_ = tmp.Close()
	return os.Remove(tmp.Name())
}

func (f *Folder) note(a corpus.Article) {
	if a.URL != "" {
		f.addresses[addressKey(a.URL)] = a.Title
	}
	f.texts[fingerprint(a)] = a.Title
}

// Has returns the title of the article that has an address.
func (f *Folder) Has(address string) (title string, ok bool) {
	title, ok = f.addresses[addressKey(address)]
	return title, ok
}

// A KnownError says that an article is there already.
type KnownError struct{ Title, What string }

func (e *KnownError) Error() string {
	return fmt.Sprintf("is there already, with the same %s: %s", e.What, e.Title)
}

// Put writes an article, whole or not at all, and returns the path of its file below the
// directory and how many sentences of it can be quoted. A [KnownError] says that it is
// there already, a [FolderError] that nothing can be written.
func (f *Folder) Put(ctx context.Context, a Article) (file string, n int, err error) {
	if title, ok := f.Has(a.URL); ok && a.URL != "" {
		return "", 0, &KnownError{title, "address"}
	}
	text, err := a.File()
	if err != nil {
		return "", 0, err
	}
	got, err := read(ctx, text)
	if err != nil {
		return "", 0, err
	}
	if title, ok := f.texts[fingerprint(got)]; ok {
		return "", 0, &KnownError{title, "text"}
	}
	if n = sentences(got); n == 0 {
		return "", 0, errNoText
	}
	file = f.free(fileName(a))
	if !f.dry {
		if err := writeFile(filepath.Join(f.dir, file), text); err != nil {
			return "", 0, f.failed(err)
		}
	}
	f.names[file] = true
	f.note(got)
	return file, n, nil
}

// free returns a path that no file has.
func (f *Folder) free(name string) string {
	for i := 1; ; i++ {
		file := filepath.Join(f.sub, name+".md")
		if i > 1 {
			file = filepath.Join(f.sub, fmt.Sprintf("%s-%d.md", name, i))
		}
		if _, err := os.Lstat(filepath.Join(f.dir, file)); err != nil && !f.names[file] {
			return file
		}
	}
}

// writeFile makes a file that is there whole or not at all. Nobody reads one that is being
// written: its name starts with a dot.
func writeFile(path string, text []byte) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".import-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = tmp.Close()
			_ = os.Remove(tmp.Name())
		}
	}()
	if _, err = tmp.Write(text); err != nil {
		return err
	}
	if err = tmp.Chmod(0o644); err != nil {
		return err
	}
	if err = tmp.Sync(); err != nil {
		return err
	}
	if err = tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// addressKey is the same for addresses of one page: whether with www, whoever it was
// shared by.
func addressKey(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return address
	}
	untrack(u)
	key := strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimRight(u.EscapedPath(), "/")
	if u.RawQuery != "" {
		key += "?" + u.RawQuery
	}
	return key
}

// untrack takes out of an address what says where somebody found it.
func untrack(u *url.URL) {
	query := u.Query()
	n := len(query)
	for name := range query {
		if strings.HasPrefix(name, "utm_") || name == "fbclid" || name == "gclid" {
			query.Del(name)
		}
	}
	if len(query) < n {
		u.RawQuery = query.Encode()
	}
	u.Fragment = ""
}
