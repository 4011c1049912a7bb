package index

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"

	"dossier/corpus"
)

// TestLiveDir: however often the articles change, the directory holds one index and
// the vectors of what they say now.
func TestLiveDir(t *testing.T) {
	text := func(n int) string {
		return fmt.Sprintf("The ferry\n\nThe ferry ran aground on day %d. Nobody was hurt.", n)
	}
	open := func(dir string, n int, before *Index) *Index {
		articles, _ := corpus.Load(fstest.MapFS{"a.txt": &fstest.MapFile{Data: []byte(text(n))}})
		ix, err := New(t.Context(), articles, Options{Dir: dir, Depth: minDepth, Before: before})
		if err != nil {
			t.Fatal(err)
		}
		return ix
	}
	const last = 10
	dir, fresh := t.TempDir(), t.TempDir()
	live := NewLive(open(dir, 0, nil))
	for n := range last + 1 {
		if err := live.Replace(func(before *Index) (*Index, error) { return open(dir, n, before), nil }); err != nil {
			t.Fatal(err)
		}
		if n%3 == 0 { // else the next one comes before the vectors are computed
			<-live.newest.Ready()
		}
	}
	<-live.newest.Ready()
	if err := live.Close(); err != nil {
		t.Fatal(err)
	}
	once := open(fresh, last, nil)
	<-once.Ready()
	if err := once.Close(); err != nil {
		t.Fatal(err)
	}
	if got, want := sizes(t, dir), sizes(t, fresh); !maps.Equal(got, want) {
		t.Errorf("after %d changes the directory has %v, want %v", last, got, want)
	}
}

// sizes returns the sizes of the files below dir.
func sizes(t *testing.T, dir string) map[string]int64 {
	t.Helper()
	all := make(map[string]int64)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		all[name] = info.Size()
		if d.Name() == "manifest.json" { // check sums have more or fewer digits
			all[name] = 0
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestLive replaces the index while people ask: everybody gets a whole answer from
// one of the two, nobody who asks afterwards gets the old one, and what came before
// is still known.
func TestLive(t *testing.T) {
	open := func(text string, before *Index) *Index {
		articles, _ := corpus.Load(fstest.MapFS{"a.txt": &fstest.MapFile{Data: []byte("The ferry\n\n" + text)}})
		ix, err := New(t.Context(), articles, Options{Depth: minDepth, Before: before})
		if err != nil {
			t.Fatal(err)
		}
		return ix
	}
	live := NewLive(open("The ferry ran aground on Monday.", nil))
	ask := func(q Query) string {
		ans, err := live.Ask(context.Background(), q)
		if err != nil || len(ans.Quotes) != 1 {
			t.Errorf("Ask(%q) = %+v, %v", q.Text, ans, err)
			return ""
		}
		return ans.Quotes[0].Text
	}
	always := 0.0
	question := Query{Text: "when did the ferry run aground?", Conversation: "c", MinConfidence: &always}
	const before, after = "The ferry ran aground on Monday.", "The ferry ran aground on Tuesday, as was found out later."
	replaced := make(chan struct{})
	var asking sync.WaitGroup
	for range 4 {
		asking.Go(func() {
			for range 5 {
				if got := ask(question); got != before && got != after {
					t.Errorf("got %q", got)
				}
			}
			<-replaced
			if got := ask(question); got != after {
				t.Errorf("got %q after the index was replaced", got)
			}
		})
	}
	if err := live.Replace(func(*Index) (*Index, error) { return nil, ErrNoArticles }); err == nil {
		t.Error("an index that cannot be made is no error")
	}
	if err := live.Replace(func(before *Index) (*Index, error) { return open(after, before), nil }); err != nil {
		t.Error(err)
	}
	close(replaced)
	asking.Wait()
	if ans, err := live.Ask(t.Context(), Query{Text: "and why?", Conversation: "c"}); err != nil || len(ans.Before) == 0 {
		t.Errorf("the conversation is lost: %+v, %v", ans, err)
	}
	if err := live.Close(); err != nil {
		t.Error(err)
	}
}
