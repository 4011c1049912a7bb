package retrieve

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/gofrs/flock"

	"dossier/index/text"
)

// An index on disk is one directory, named for what is in it: a hash of the
// schema, of bleve's version and of every sentence. It is built under another
// name, with a manifest of the size and check sum of each file, and renamed
// when it is whole, so a build that is killed leaves nothing that looks like
// an index. It is opened only when every check sum is right, since bleve
// verifies none and would answer wrongly, and only for reading, so that
// several processes and users may share it. What is opened is a copy that has
// no name any more: bleve maps its files into memory, and a mapped file that
// somebody cuts off ends the process (SIGBUS). Whatever is in doubt is built
// again, by one process at a time: who holds the lock knows that the builds
// that are there were killed. An index that a running bot has replaced is
// deleted, and so is one that nobody has opened for a week.

// schema changes when the same articles must be indexed in another way.
const schema = "3"

const (
	manifestName = "manifest.json"
	buildPrefix  = ".dossier-build-"
	lockName     = ".dossier-lock"
	// lockWait is how long another process may build before this one does without.
	lockWait  = 30 * time.Second
	lockRetry = 50 * time.Millisecond
	// unused is how long nobody has opened an index that is deleted. Several
	// sets of articles may share a directory, so being another one is no
	// reason.
	unused = 7 * 24 * time.Hour

	copyPrefix = ".dossier-copy-"
	// copying is longer than a copy is made; an older one was left by a process
	// that was killed, or by a system that keeps what is open.
	copying = time.Hour
)

type manifest struct {
	Version string             `json:"version"`
	Docs    int                `json:"docs"`
	Files   map[string]fileSum `json:"files"`
}

type fileSum struct {
	Size  int64  `json:"size"`
	CRC32 uint32 `json:"crc32c"`
}

const versionBytes = 8

func (m manifest) encode() ([]byte, error) { return json.MarshalIndent(m, "", "\t") }

// Version names the content of an index.
func Version(docs []Document) string {
	h := sha256.New()
	enc := json.NewEncoder(h)
	enc.Encode([]string{schema, bleveVersion()})
	for _, d := range docs {
		enc.Encode(d)
	}
	return hex.EncodeToString(h.Sum(nil)[:versionBytes])
}

// bleveVersion is part of the version because an older bleve cannot read
// what a newer one wrote.
func bleveVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == "github.com/blevesearch/bleve/v2" {
				return m.Version
			}
		}
	}
	return "unknown"
}

// open returns the index named version in dir, building it where it is
// missing or unsound. An error says why there is none and why it cannot be
// built.
func open(ctx context.Context, dir, version string, docs []Document, log *slog.Logger, progress func(done, total int)) (*wordIndex, error) {
	removeOld(dir, version, log)
	path := filepath.Join(dir, version)
	r, err := openVerified(path, version, docs)
	if err != nil {
		r, err = openBuilt(ctx, dir, version, docs, err, log, progress)
	}
	if err != nil {
		return nil, err
	}
	now := time.Now()
	if err := os.Chtimes(filepath.Join(path, manifestName), now, now); err != nil {
		log.Debug("cannot mark the index as used", "err", err) // it is another user's
	}
	return r, nil
}

// openBuilt builds the index that could not be opened because of why, and opens it.
func openBuilt(ctx context.Context, dir, version string, docs []Document, why error, log *slog.Logger, progress func(done, total int)) (*wordIndex, error) {
	failed := func(err error) error { return fmt.Errorf("%w; and it cannot be built: %w", why, err) }
	unlock, err := lock(ctx, dir, lockWait)
	if err != nil {
		return nil, failed(err)
	}
	defer unlock()
	path := filepath.Join(dir, version)
	if r, err := openVerified(path, version, docs); err == nil {
		return r, nil // another process has built it meanwhile
	}
	log.Info("building the index", "dir", dir, "sentences", len(docs), "because", why)
	if err := build(ctx, dir, path, version, docs, progress); err != nil {
		return nil, failed(err)
	}
	r, err := openVerified(path, version, docs)
	if err != nil {
		return nil, fmt.Errorf("%s: unusable right after it was built: %w", path, err)
	}
	return r, nil
}

// lock waits until no other process builds in dir, for so long at most. The system
// undoes it when this process ends, however that happens.
func lock(ctx context.Context, dir string, wait time.Duration) (unlock func(), err error) {
	l := flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o644))
	ok, err := l.TryLock()
	if !ok && err == nil {
		ctx, cancel := context.WithTimeout(ctx, wait)
		defer cancel()
		_, err = l.TryLockContext(ctx, lockRetry)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", l.Path(), err)
	}
	return func() { _ = l.Unlock() }, nil
}

// build writes the index and gives it its name. The lock is held.
func build(ctx context.Context, dir, path, version string, docs []Document, progress func(done, total int)) error {
	tmp, err := os.MkdirTemp(dir, buildPrefix)
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	fresh := filepath.Join(tmp, "index")
	if err := write(ctx, fresh, tmp, docs, progress); err != nil {
		return err
	}
	files, err := sums(fresh)
	if err != nil {
		return err
	}
	m, err := manifest{version, len(docs), files}.encode()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(fresh, manifestName), m, 0o644); err != nil {
		return err
	}
	if err := readable(fresh); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	// What has the name was found unsound, so this one replaces it.
	if err := os.Rename(path, filepath.Join(tmp, "old")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.Rename(fresh, path)
}

// readable lets every user read what is in dir, which bleve keeps to the one
// who writes it. Who may come as far as dir is for its parent to say.
func readable(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.Chmod(path, 0o755)
		}
		return os.Chmod(path, 0o644)
	})
}

// write makes the index with bleve's offline builder, which leaves one clean
// segment, and none of the files of a build that are no longer needed.
func write(ctx context.Context, path, scratch string, docs []Document, progress func(done, total int)) error {
	b, err := bleve.NewBuilder(path, newMapping(), map[string]any{"batchSize": 2000, "mergeMax": 64, "buildPathPrefix": scratch})
	if err != nil {
		return err
	}
	for i, d := range docs {
		if err := ctx.Err(); err != nil {
			return errors.Join(err, b.Close())
		}
		if err := b.Index(strconv.Itoa(i), d.fields()); err != nil {
			return errors.Join(err, b.Close())
		}
		progress(i+1, len(docs))
	}
	return b.Close()
}

// openVerified opens a copy of an index for reading if it is, to the byte, what
// was built from docs.
func openVerified(path, version string, docs []Document) (r *wordIndex, err error) {
	defer func() {
		if p := recover(); p != nil { // bleve panics on some damaged files
			r, err = nil, fmt.Errorf("bleve: panic in open: %v", p)
		}
	}()
	j, err := os.ReadFile(filepath.Join(path, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("there is none yet for these articles")
	}
	if err != nil {
		return nil, err
	}
	var m manifest
	if err := json.Unmarshal(j, &m); err != nil {
		return nil, fmt.Errorf("%s: %w", manifestName, err)
	}
	if again, err := m.encode(); err != nil || !bytes.Equal(again, j) {
		return nil, fmt.Errorf("%s is damaged", manifestName)
	}
	if m.Version != version || m.Docs != len(docs) {
		return nil, fmt.Errorf("%s: of another index", manifestName)
	}
	private, err := privateDir(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(private) // what is open stays, without a name
	files, err := copyFiles(path, private)
	if err != nil {
		return nil, err
	}
	if len(files) != len(m.Files) {
		return nil, fmt.Errorf("%d files instead of %d", len(files), len(m.Files))
	}
	for name, want := range m.Files {
		if files[name] != want {
			return nil, fmt.Errorf("%s is damaged", name)
		}
	}
	index, err := bleve.OpenUsing(private, map[string]any{"read_only": true})
	if err != nil {
		return nil, err
	}
	r = newWordIndex(index)
	r.dir = private
	if err := r.check(docs); err != nil {
		return nil, errors.Join(err, index.Close())
	}
	return r, nil
}

// check reports whether the index has all documents and finds the first one.
func (r *wordIndex) check(docs []Document) error {
	n, err := r.index.DocCount()
	if err != nil {
		return err
	}
	if n != uint64(len(docs)) {
		return fmt.Errorf("%d documents instead of %d", n, len(docs))
	}
	stems := text.Stems(docs[0].Text)
	stems = stems[:min(len(stems), 8)]
	found, err := r.search(context.Background(), stems, Filter{}, len(docs))
	if err != nil {
		return err
	}
	if len(stems) > 0 && !slices.Contains(found, 0) {
		return errors.New("it does not find its first document")
	}
	return nil
}

// privateDir makes a directory for a copy: in dir, or where that is not to be
// written to, among the temporary files.
func privateDir(dir string) (string, error) {
	private, err := os.MkdirTemp(dir, copyPrefix)
	if err != nil {
		private, err = os.MkdirTemp("", copyPrefix)
	}
	return private, err
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sums returns the size and check sum of each file below dir, but for the
// manifest.
func sums(dir string) (map[string]fileSum, error) { return copyFiles(dir, "") }

// copyFiles copies each file below dir, but for the manifest, to below to, unless
// that is empty. It returns the size and check sum of what it copied.
func copyFiles(dir, to string) (map[string]fileSum, error) {
	out := make(map[string]fileSum)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil || name == manifestName {
			return err
		}
		h := crc32.New(castagnoli)
		n, err := copyFile(h, path, to, name)
		out[filepath.ToSlash(name)] = fileSum{n, h.Sum32()}
		return err
	})
	return out, err
}

// copyFile writes a file to h, and to one of that name below to, unless that is
// empty.
func copyFile(h io.Writer, path, to, name string) (int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	if to == "" {
		return io.Copy(h, f)
	}
	to = filepath.Join(to, name)
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return 0, err
	}
	out, err := os.Create(to)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(io.MultiWriter(h, out), f)
	return n, errors.Join(err, out.Close())
}

// isVersion reports whether name may be the name of an index: nothing else in
// the directory is ours to delete.
func isVersion(name string) bool {
	b, err := hex.DecodeString(name)
	return err == nil && len(b) == versionBytes
}

// removeOld deletes the indexes that nobody uses any more, but for the one
// named version, and what killed builds left. Processes that have one open
// keep it until they close it.
func removeOld(dir, version string, log *slog.Logger) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		log.Warn("cannot clean up", "dir", dir, "err", err)
		return
	}
	var old []string
	killed := 0
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		switch {
		case !e.IsDir() || e.Name() == version:
		case strings.HasPrefix(e.Name(), buildPrefix):
			old = append(old, path)
			killed++
		case strings.HasPrefix(e.Name(), copyPrefix) && untouched(path, copying):
			old = append(old, path)
		case isVersion(e.Name()) && untouched(filepath.Join(path, manifestName), unused):
			old = append(old, path)
		}
	}
	if killed > 0 {
		unlock, err := lock(context.Background(), dir, 0)
		if err != nil { // somebody builds
			old = slices.DeleteFunc(old, func(path string) bool { return strings.HasPrefix(filepath.Base(path), buildPrefix) })
		} else {
			defer unlock()
		}
	}
	for _, path := range old {
		if err := os.RemoveAll(path); err != nil {
			log.Warn("cannot remove an old index", "path", path, "err", err)
		}
	}
}

// untouched reports whether path was last changed longer than age ago.
func untouched(path string, age time.Duration) bool {
	info, err := os.Stat(path)
	return err == nil && time.Since(info.ModTime()) > age
}
