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
// not come; at a thousand files it takes a few milliseconds.
const lookEvery = 2 * time.Second

// watch calls changed after each change in a directory, until ctx ends: once it has
// looked twice and found the same, so that no file is read while it is written.
func watch(ctx context.Context, dir string, every time.Duration, changed func()) {
	known := fingerprint(dir)
	last := known
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		now := fingerprint(dir)
		if now != known && now == last {
			known = now
			changed()
		}
		last = now
	}
}

// fingerprint changes when a file in dir comes, goes or is written.
func fingerprint(dir string) uint64 {
	h := fnv.New64a()
	_ = fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			fmt.Fprintln(h, name, "cannot be read")
			return nil
		}
		if info, err := d.Info(); err == nil && !d.IsDir() {
			fmt.Fprintln(h, name, info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
	return h.Sum64()
}
