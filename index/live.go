package index

import (
	"context"
	"sync"
)

// A Live answers from the newest of the indexes that it was given: an operator's
// articles change while people ask. An answer that was begun comes from the index
// that it began with, which is closed once its last answer is there. The methods
// are those of [Index].
type Live struct {
	mu      sync.Mutex
	newest  *generation
	closing sync.WaitGroup // of the indexes that were replaced
}

// A generation is an index and those who are using it.
type generation struct {
	*Index
	users sync.WaitGroup
}

// NewLive returns a Live that answers from ix, and closes it.
func NewLive(ix *Index) *Live { return &Live{newest: &generation{Index: ix}} }

// Replace answers from now on from the index that build makes, which may take over
// what the one before knows (Options.Before). Where build fails, nothing changes. No
// two calls may be under way at once.
func (l *Live) Replace(build func(before *Index) (*Index, error)) error {
	before, done := l.use()
	ix, err := build(before)
	done()
	if err != nil {
		return err
	}
	l.mu.Lock()
	old := l.newest
	l.newest = &generation{Index: ix}
	l.mu.Unlock()
	l.closing.Go(func() {
		old.users.Wait()
		now, done := l.use()
		defer done()
		old.replaced(now)
	})
	return nil
}

// Close waits for the answers that were begun. No other method may be called after
// it.
func (l *Live) Close() error {
	l.closing.Wait()
	l.newest.users.Wait()
	return l.newest.Close()
}

// use returns the newest index, and what to call when done with it.
func (l *Live) use() (*Index, func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.newest.users.Add(1)
	return l.newest.Index, l.newest.users.Done
}

func (l *Live) Ask(ctx context.Context, q Query) (Answer, error) {
	ix, done := l.use()
	defer done()
	return ix.Ask(ctx, q)
}

func (l *Live) Ready() <-chan struct{} {
	ix, done := l.use()
	defer done()
	return ix.Ready()
}

func (l *Live) Quote(id string) (Quote, bool) {
	ix, done := l.use()
	defer done()
	return ix.Quote(id)
}

func (l *Live) Around(id string, n int) []Quote {
	ix, done := l.use()
	defer done()
	return ix.Around(id, n)
}

func (l *Live) Articles() []ArticleRef {
	ix, done := l.use()
	defer done()
	return ix.Articles()
}

func (l *Live) SourceNames() []string {
	ix, done := l.use()
	defer done()
	return ix.SourceNames()
}

func (l *Live) Suggest(typed string, n int) []string {
	ix, done := l.use()
	defer done()
	return ix.Suggest(typed, n)
}

func (l *Live) Stats() Stats {
	ix, done := l.use()
	defer done()
	return ix.Stats()
}
