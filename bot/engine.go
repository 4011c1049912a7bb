package main

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path"
	"strings"

	"dossier/corpus"
	"dossier/index"
)

// A source of articles: a directory, or the articles in the binary.
type corpusFlag struct {
	Corpus string `help:"Directory of articles (Markdown, HTML, text, wiki) to answer from, instead of CORPUS_DIR or the built-in ones." placeholder:"DIR"`
}

// directory is that of the articles; empty: the built-in ones.
func (f corpusFlag) directory(p *program) string { return cmp.Or(f.Corpus, p.settings.corpusDir) }

// open makes the index of the articles that the flag or the settings name. What
// is wrong with their files goes to standard error, in a line.
func (f corpusFlag) open(p *program, log *slog.Logger, m *meter) (ix *index.Index, err error) {
	defer func() {
		if err != nil {
			m.stop()
		}
	}()
	r, err := load(p.ctx, f.directory(p), corpus.Options{Include: p.settings.include})
	if err != nil {
		return nil, err
	}
	return f.index(p, r, index.Options{Log: log, Progress: m.progress})
}

// index makes the index of articles that were read.
func (f corpusFlag) index(p *program, r reading, opts index.Options) (*index.Index, error) {
	dir := f.directory(p)
	if unused := r.unused(); unused != "" && opts.Before == nil {
		fmt.Fprintf(p.stderr, "%d of %d files read; %s; see: bot check %s\n", r.Files()-len(r.Refused)-len(r.LeftOut), r.Files(), unused, dir)
	}
	if len(r.Articles) == 0 {
		return nil, noArticles(dir, r.Collection)
	}
	opts.Dir, opts.Questions = p.settings.indexDir, r.questions
	ix, err := index.New(p.ctx, r.Articles, opts)
	if err != nil && opts.Dir != "" && p.ctx.Err() == nil {
		return nil, fmt.Errorf("INDEX_DIR=%s: %w\nhint: create it for the user that runs the bot, or leave INDEX_DIR empty to keep the index in memory", opts.Dir, err)
	}
	return ix, err
}

// A reading is what was read of a directory: its articles, and the questions that
// they are known to answer.
type reading struct {
	corpus.Collection
	questions []corpus.Question
	problems  []corpus.Problem // with the questions
}

// unused counts what cannot be used; it is empty where all can.
func (r *reading) unused() string {
	var parts []string
	if n := len(r.Refused); n > 0 {
		parts = append(parts, count(n, "file is refused", "files are refused"))
	}
	if n := len(r.problems); n > 0 {
		parts = append(parts, count(n, "line of questions.jsonl is wrong", "lines of questions.jsonl are wrong"))
	}
	return strings.Join(parts, ", ")
}

// load reads a directory, or the articles in the binary if dir is empty.
func load(ctx context.Context, dir string, o corpus.Options) (r reading, err error) {
	fsys := corpus.Builtin()
	if dir != "" {
		info, err := os.Stat(dir)
		if err != nil {
			return r, fmt.Errorf("%w\nhint: name a directory of articles", err)
		}
		if !info.IsDir() {
			return r, fmt.Errorf("%s: not a directory\nhint: name a directory of articles", dir)
		}
		fsys = os.DirFS(dir)
	}
	if r.Collection, err = corpus.Read(ctx, fsys, o); err != nil {
		return r, err
	}
	r.questions, r.problems = corpus.LoadQuestions(fsys, r.Articles)
	return r, nil
}

// noArticles says why a directory has no articles, and what to do.
func noArticles(dir string, c corpus.Collection) error {
	switch {
	case len(c.LeftOut) > 0 && strings.EqualFold(path.Base(c.LeftOut[0].File), corpus.IncomingDir):
		return fmt.Errorf("%s: no articles in it but those in %s\nhint: look at them and move what is to be answered from out of that folder", dir, corpus.IncomingDir)
	case len(c.LeftOut) > 0:
		p := c.LeftOut[0]
		return fmt.Errorf("%s: no articles in it; %s left out, as %s\nhint: set CORPUS_INCLUDE=%s if it is one, and run the command check", dir, count(len(c.LeftOut), "file is", "files are"), p, path.Base(p.File))
	case len(c.Refused) > 0:
		return fmt.Errorf("%s: no articles in it; %s refused, as %s\nhint: run the command check on it", dir, count(len(c.Refused), "file is", "files are"), c.Refused[0])
	}
	if others := passed(c.Passed); others != "" {
		return fmt.Errorf("%s: no articles in it, only %s\nhint: put .md, .html or .txt files there", dir, others)
	}
	return fmt.Errorf("%s: no articles in it\nhint: put .md, .html or .txt files there", dir)
}
