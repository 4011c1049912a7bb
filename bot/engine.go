package main

import (
	"fmt"
	"io/fs"
	"log/slog"
	"os"

	"dossier/corpus"
	"dossier/index"
)

// A source of articles: a directory, or the articles in the binary.
type corpusFlag struct {
	Corpus string `help:"Directory of articles (.md, .txt) to answer from, instead of CORPUS_DIR or the built-in ones." placeholder:"DIR"`
}

// open makes the index of the articles that the flag or the settings name.
// What is wrong with single files goes to standard error.
func (f corpusFlag) open(p *program, log *slog.Logger) (*index.Index, error) {
	dir := f.Corpus
	if dir == "" {
		dir = p.settings.corpusDir
	}
	articles, questions, problems, err := load(dir)
	if err != nil {
		return nil, err
	}
	for _, pr := range problems {
		fmt.Fprintln(p.stderr, "skipped", pr)
	}
	if len(articles) == 0 {
		return nil, fmt.Errorf("%s: no articles in it\nhint: put .md or .txt files there, and run the command check on it", dir)
	}
	ix, err := index.New(p.ctx, articles, index.Options{Dir: p.settings.indexDir, Questions: questions, Log: log})
	if err != nil && p.settings.indexDir != "" && p.ctx.Err() == nil {
		return nil, fmt.Errorf("INDEX_DIR=%s: %w\nhint: create it for the user that runs the bot, or leave INDEX_DIR empty to keep the index in memory", p.settings.indexDir, err)
	}
	return ix, err
}

// load reads the articles of a directory and the questions that they are known
// to answer, or the built-in ones if dir is empty.
func load(dir string) ([]corpus.Article, []corpus.Question, []corpus.Problem, error) {
	var fsys fs.FS
	if dir == "" {
		fsys = corpus.Builtin()
	} else {
		info, err := os.Stat(dir)
		if err != nil {
			return nil, nil, nil, fmt.Errorf("%w\nhint: name a directory of .md and .txt files", err)
		}
		if !info.IsDir() {
			return nil, nil, nil, fmt.Errorf("%s: not a directory\nhint: name a directory of .md and .txt files", dir)
		}
		fsys = os.DirFS(dir)
	}
	articles, problems := corpus.Load(fsys)
	questions, more := corpus.LoadQuestions(fsys, articles)
	return articles, questions, append(problems, more...), nil
}

type checkCmd struct {
	Dir string `arg:"" optional:"" help:"Directory of articles; without it, CORPUS_DIR or the built-in ones."`
}

// Run prints every problem, then what is there.
func (c *checkCmd) Run(p *program) error {
	p.warn()
	dir := c.Dir
	if dir == "" {
		dir = p.settings.corpusDir
	}
	articles, questions, problems, err := load(dir)
	if err != nil {
		return err
	}
	for _, pr := range problems {
		fmt.Fprintln(p.stdout, pr)
	}
	passages, sentences := 0, 0
	for _, a := range articles {
		passages += len(a.Passages)
		for _, ps := range a.Passages {
			sentences += len(ps.Sentences)
		}
	}
	fmt.Fprintf(p.stdout, "%d articles, %d paragraphs, %d sentences, %d known questions, %d problems\n", len(articles), passages, sentences, len(questions), len(problems))
	if len(problems) > 0 {
		return fmt.Errorf("%d problems in %s\nhint: mend the files named above and check again", len(problems), dir)
	}
	if len(articles) == 0 {
		return fmt.Errorf("%s: no articles in it\nhint: put .md or .txt files there", dir)
	}
	return nil
}
