package index

import (
	"context"
	"sync"
	"testing"
	"testing/fstest"

	"dossier/corpus"
)

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
