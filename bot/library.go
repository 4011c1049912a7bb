package main

import (
	"log/slog"
	"os"
	"slices"

	"dossier/corpus"
	"dossier/index"
)

// A library is the articles that a running bot answers from.
type library struct {
	corpusFlag
	p    *program
	log  *slog.Logger
	last reading
}

// open reads the articles for the first time. m shows how far that has come.
func (l *library) open(m *meter) (ix *index.Index, err error) {
	if l.last, err = load(l.p.ctx, l.directory(l.p), l.options()); err != nil {
		return nil, err
	}
	return l.index(l.p, l.last, index.Options{Log: l.log, Progress: m.progress})
}

func (l *library) options() corpus.Options {
	return corpus.Options{Include: l.p.settings.include, Before: l.last.Collection}
}

// follow answers from the articles as they are, until the program ends or end is
// called: it reads them again when they have changed, and at each hangup. Where this is
// the end of the terminal that the program runs in, it calls stop, which must end p.ctx.
func (l *library) follow(live *index.Live, hangup <-chan os.Signal, stop func()) (end func()) {
	tty := terminal(l.p.stdin)
	following := make(chan struct{})
	go func() {
		defer close(following)
		watch(l.p.ctx, l.directory(l.p), lookEvery, l.options().Reads, hangup, func(told bool) {
			if told && tty != nil && terminal(tty) == nil {
				stop()
				return
			}
			if told {
				l.log.Info("reading the articles again, as told by SIGHUP")
			}
			l.renew(live)
		})
	}()
	return func() { stop(); <-following }
}

// renew answers from the articles as they are now. Where there are none, those
// before stay.
func (l *library) renew(live *index.Live) {
	var now reading
	err := live.Replace(func(before *index.Index) (ix *index.Index, err error) {
		if now, err = load(l.p.ctx, l.directory(l.p), l.options()); err != nil {
			return nil, err
		}
		l.name(now)
		return l.index(l.p, now, index.Options{Before: before, Log: l.log, Progress: (&meter{log: l.log}).progress})
	})
	switch {
	case l.p.ctx.Err() != nil:
	case err != nil:
		l.log.Warn("the articles have changed, but cannot be read; answering from those before", "err", err)
	default:
		l.last = now
		st := live.Stats()
		changed := index.Change{}
		if st.Change.When.Equal(st.Read) {
			changed = st.Change
		}
		l.log.Info("answering from the articles as they are now", "articles", st.Articles, "sentences", st.Sentences,
			"added", changed.Added, "changed", changed.Changed, "removed", changed.Removed)
	}
}

// name logs each file, and each line of questions.jsonl, that cannot be used and was
// not named before.
func (l *library) name(now reading) {
	before := slices.Concat(l.last.Refused, l.last.problems)
	named := 0
	for _, p := range slices.Concat(now.Refused, now.problems) {
		if slices.Contains(before, p) {
			continue
		}
		if named++; named > maxLines {
			l.log.Warn("there are more files that cannot be used", "hint", "run the command check on the directory")
			return
		}
		if slices.Contains(now.Kept, p) {
			l.log.Warn("a file cannot be used any more; answering from what it said before", "what", p.String())
		} else {
			l.log.Warn("a file, or a line of questions.jsonl, cannot be used", "what", p.String())
		}
	}
}
