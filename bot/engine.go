package main

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path"

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
func (f corpusFlag) open(p *program, log *slog.Logger) (*index.Index, error) {
	return f.reopen(p, log, nil)
}

// reopen reads the articles anew, for an index in the place of the one before.
func (f corpusFlag) reopen(p *program, log *slog.Logger, before *index.Index) (*index.Index, error) {
	dir := f.directory(p)
	c, questions, problems, err := load(p.ctx, dir, p.settings.include)
	if err != nil {
		return nil, err
	}
	if n := len(c.Refused) + len(problems); n > 0 {
		fmt.Fprintf(p.stderr, "%d of %d files read; %s not used; see: bot check %s\n", c.Files()-len(c.Refused)-len(c.LeftOut), c.Files(), count(n, "file or line is", "files or lines are"), dir)
	}
	if len(c.Articles) == 0 {
		return nil, noArticles(dir, c)
	}
	ix, err := index.New(p.ctx, c.Articles, index.Options{Dir: p.settings.indexDir, Questions: questions, Before: before, Log: log})
	if err != nil && p.settings.indexDir != "" && p.ctx.Err() == nil {
		return nil, fmt.Errorf("INDEX_DIR=%s: %w\nhint: create it for the user that runs the bot, or leave INDEX_DIR empty to keep the index in memory", p.settings.indexDir, err)
	}
	return ix, err
}

// load reads the articles of a directory and the questions that they are known
// to answer, or the built-in ones if dir is empty.
func load(ctx context.Context, dir string, include []string) (corpus.Collection, []corpus.Question, []corpus.Problem, error) {
	var fsys fs.FS
	if dir == "" {
		fsys = corpus.Builtin()
	} else {
		info, err := os.Stat(dir)
		if err != nil {
			return corpus.Collection{}, nil, nil, fmt.Errorf("%w\nhint: name a directory of articles", err)
		}
		if !info.IsDir() {
			return corpus.Collection{}, nil, nil, fmt.Errorf("%s: not a directory\nhint: name a directory of articles", dir)
		}
		fsys = os.DirFS(dir)
	}
	c, err := corpus.Read(ctx, fsys, corpus.Options{Include: include})
	if err != nil {
		return c, nil, nil, err
	}
	questions, problems := corpus.LoadQuestions(fsys, c.Articles)
	return c, questions, problems, nil
}

// noArticles says why a directory has no articles, and what to do.
func noArticles(dir string, c corpus.Collection) error {
	switch {
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
