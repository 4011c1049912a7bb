package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"time"
)

// lookEvery is how often a directory of articles is looked at. Looking works on every
// file system, network drives and containers' mounts too, where notifications do
// not come; at a thousand files it takes a few milliseconds. A change is found whole
// after two looks at most, and reading and indexing a thousand articles anew takes
// 0.9 s of one processor (BenchmarkRenew): it is in the answers within 5 s.
const lookEvery = 1500 * time.Millisecond

// watch calls changed after each change in a directory, until ctx ends: once it has
// looked twice and found the same, so that no file is read while it is written. It
// also calls it at once when it is told to. What reads says no of does not count: a
// log that grows beside the articles would else keep them from ever being the same.
func watch(ctx context.Context, dir string, every time.Duration, reads func(name string, folder bool) bool, tell <-chan os.Signal, changed func(told bool)) {
	known := fingerprint(dir, reads)
	last := known
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tell:
			known = fingerprint(dir, reads)
			last = known
			changed(true)
			continue
		case <-ticker.C:
		}
		now := fingerprint(dir, reads)
		if now != known && now == last {
			known = now
			changed(false)
		}
		last = now
	}
}

// fingerprint changes when a file in dir that is read, or one that a link there leads to, comes,
// goes, is written or may no longer be read. That of no directory never does.
func fingerprint(dir string, reads func(name string, folder bool) bool) uint64 {
	h := fnv.New64a()
	fsys := os.DirFS(dir)
	_ = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			fmt.Fprintln(h, name, "cannot be read")
			return nil
		}
		if !reads(name, d.IsDir()) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		switch info, err := fs.Stat(fsys, name); {
		case err != nil:
			fmt.Fprintln(h, name, "leads nowhere")
		case !info.IsDir():
			fmt.Fprintln(h, name, info.Size(), info.ModTime().UnixNano(), info.Mode())
		}
		return nil
	})
	return h.Sum64()
}
