package imports

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"dossier/corpus"
)

// Feeds keeps up with feeds: what is new in them becomes articles.
type Feeds struct {
	Dir       string   // of the articles; its feeds.txt names more feeds
	Addresses []string // of feeds
	Publish   bool     // new articles go straight among the others, not into incoming
	Client    *Client
	Log       *slog.Logger
}

// stateFile remembers, beside the articles, what feeds have brought: what somebody has
// thrown away since does not come back.
const stateFile = ".feeds.json"

// A feedState is what is known of a feed.
type feedState struct {
	Version validator `json:"version"`
	Seen    []string  `json:"seen"` // keys of its entries that nothing is left to do about
}

// Run reads the feeds at once and then again and again, until ctx ends.
func (f *Feeds) Run(ctx context.Context, every time.Duration) {
	for {
		f.Poll(ctx)
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
	}
}

// Poll reads each feed once. What goes wrong is logged; what may come another time is
// tried again with the next Poll.
func (f *Feeds) Poll(ctx context.Context) {
	addresses := f.addresses()
	if len(addresses) == 0 {
		return
	}
	states := f.load()
	im := &Importer{Client: f.Client}
	for _, a := range addresses {
		state := states[a]
		changed, err := f.poll(ctx, im, a, &state)
		if ctx.Err() != nil {
			return
		}
		if fe := (*FolderError)(nil); errors.As(err, &fe) {
			f.Log.Error("feeds are not read", "err", err)
			return
		}
		if err != nil {
			f.Log.Warn("a feed cannot be read", "feed", logged(a), "err", err)
		}
		if states[a] = state; changed {
			f.save(states)
		}
	}
}

// addresses returns those of all feeds, each once.
func (f *Feeds) addresses() []string {
	all := slices.Clone(f.Addresses)
	text, err := os.ReadFile(filepath.Join(f.Dir, corpus.FeedsFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		f.Log.Warn("the file of feeds cannot be read", "err", err)
	}
	for line := range strings.Lines(strings.TrimPrefix(string(text), "\ufeff")) {
		line, _, _ = strings.Cut(line, " #")
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' && !slices.Contains(all, line) {
			all = append(all, line)
		}
	}
	return all
}

// poll makes articles of what is new in a feed. changed says that the state is another.
func (f *Feeds) poll(ctx context.Context, im *Importer, address string, state *feedState) (changed bool, err error) {
	d, version, err := f.Client.get(ctx, address, state.Version)
	if errors.Is(err, errSame) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if kind, err := kindOf(d); err != nil {
		return false, err
	} else if kind != "feed" {
		return false, errors.New("is no feed; its site may name one in its page, as application/rss+xml")
	}
	entries, err := readFeed(d)
	if err != nil {
		return false, err
	}
	var seen []string // of those that the feed still has
	left, come, refused := 0, 0, 0
	for _, e := range entries {
		if slices.Contains(state.Seen, e.key()) {
			seen = append(seen, e.key())
			continue
		}
		if im.Folder == nil {
			if im.Folder, err = OpenFolder(ctx, f.Dir, f.sub(), false); err != nil {
				return false, err
			}
		}
		im.Report = func(r Result) {
			known := (*KnownError)(nil)
			switch {
			case r.Err == nil:
				come++
				f.Log.Info("new article", "file", filepath.ToSlash(r.File), "sentences", r.Sentences, "waits", !f.Publish)
			case errors.As(r.Err, &known):
			case isLater(r.Err):
				left++
				return
			default:
				refused++
				f.Log.Warn("an entry of a feed is of no use", "entry", logged(r.Source), "err", r.Err)
			}
			seen = append(seen, e.key())
		}
		if err := im.entry(ctx, e); err != nil {
			return false, err
		}
	}
	changed = come > 0 || !slices.Equal(seen, state.Seen) || left == 0 && version != state.Version
	state.Seen = seen
	if left == 0 {
		state.Version = version // else the feed must come again
	}
	if come+refused+left > 0 {
		f.Log.Info("feed read", "feed", logged(address), "new", come, "refused", refused, "later", left)
	}
	return changed, nil
}

// logged is an address as it may stand in a log: without what can be a key to it.
func logged(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "an address that cannot be read"
	}
	u.User, u.RawQuery = nil, ""
	return u.String()
}

func (f *Feeds) sub() string {
	if f.Publish {
		return ""
	}
	return Incoming
}

func (f *Feeds) load() map[string]feedState {
	states := make(map[string]feedState)
	text, err := os.ReadFile(filepath.Join(f.Dir, stateFile))
	if err == nil {
		err = json.Unmarshal(text, &states)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		f.Log.Warn("what the feeds have brought before is not known; they are read anew", "file", stateFile, "err", err)
		return make(map[string]feedState)
	}
	return states
}

func (f *Feeds) save(states map[string]feedState) {
	text, err := json.Marshal(states)
	if err == nil {
		err = writeFile(filepath.Join(f.Dir, stateFile), text)
	}
	if err != nil {
		f.Log.Warn("what the feeds have brought cannot be noted; it may come again", "err", err)
	}
}
