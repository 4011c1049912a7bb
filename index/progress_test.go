package index

import (
	"slices"
	"testing"
	"testing/fstest"

	"dossier/corpus"
	"dossier/index/retrieve"
)

// TestProgress: how far long work has come goes up to its end, the index first, and
// what was kept on disk takes no work again.
func TestProgress(t *testing.T) {
	t.Parallel()
	articles, _ := corpus.Load(fstest.MapFS{
		"mill.txt": {Data: []byte("The mill at Orsk burnt down on Friday. Two millers were hurt. Nobody knows why.")},
		"lake.txt": {Data: []byte("A heron was seen at the lake. It stood there for an hour, and it flew off when the ferry came.")},
	})
	dir := t.TempDir()
	open := func() (works []retrieve.Work, left []int) {
		ix, err := New(t.Context(), articles, Options{Dir: dir, Depth: 4, Progress: func(work Work, done, total int) {
			works, left = append(works, work), append(left, total-done)
		}})
		if err != nil {
			t.Fatal(err)
		}
		defer ix.Close()
		<-ix.Ready()
		return works, left
	}
	works, left := open()
	if want := []Work{retrieve.Building, retrieve.Computing}; !slices.Equal(slices.Compact(slices.Clone(works)), want) {
		t.Fatalf("works are %q, want %q", works, want)
	}
	for i := range left {
		last := i == len(left)-1 || works[i+1] != works[i]
		if (left[i] == 0) != last || !last && left[i] <= left[i+1] {
			t.Errorf("%s: what is left of it goes %d", works, left)
			break
		}
	}
	if works, _ := open(); len(works) > 0 {
		t.Errorf("opened again it had to do %q", works)
	}
}
