package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"dossier/corpus"
	"dossier/corpus/imports"
)

type importCmd struct {
	Sources []string `arg:"" name:"source" help:"Addresses of web pages, PDFs and feeds, or files: saved pages, PDFs, feeds, plain text."`
	Corpus  string   `help:"Directory of articles to write into, instead of CORPUS_DIR. It is made if it is not there." placeholder:"DIR"`
	DryRun  bool     `name:"dry-run" help:"Show what would come and write nothing."`
}

// Run makes articles of the sources. One that cannot be used does not keep the others
// from coming.
func (c *importCmd) Run(p *program) error {
	p.warn()
	dir := corpusFlag{c.Corpus}.directory(p)
	if dir == "" {
		return errors.New("the articles in the binary cannot be added to\nhint: name a directory of your own with --corpus DIR, or set CORPUS_DIR; it is made if it is not there")
	}
	folder, err := imports.OpenFolder(p.ctx, dir, "", c.DryRun)
	if err != nil {
		return c.ended(p, err)
	}
	t := tally{p: p, dir: dir, dry: c.DryRun}
	im := &imports.Importer{
		Folder: folder, Client: imports.NewClient(imports.ClientOptions{Intranet: p.settings.intranet}),
		Report: t.report, Begin: t.begin, CacheDir: cacheDir(p.settings.stateDir),
	}
	for _, s := range c.Sources {
		if err = im.Import(p.ctx, s); err != nil {
			break
		}
	}
	t.sum()
	switch {
	case err != nil:
		return c.ended(p, err)
	case t.refused > 0:
		return fmt.Errorf("%s\nhint: the reason stands behind each above; all others came", count(t.refused, "source was refused", "sources were refused"))
	}
	return nil
}

func (c *importCmd) ended(p *program, err error) error {
	if p.ctx.Err() != nil {
		return errInterrupted
	}
	return err
}

// A tally says what becomes of each article, and at the end how many came.
type tally struct {
	p                    *program
	dir                  string
	dry                  bool
	come, there, refused int
	waiting              bool // a line without an end stands on the terminal
}

// begin says what is waited for, on a terminal.
func (t *tally) begin(source, how string) {
	if terminal(t.p.stderr) != nil {
		fmt.Fprintf(t.p.stderr, "\r\x1b[Kreading %s %s", corpus.Problem{Reason: source}.Text(), how)
		t.waiting = true
	}
}

func (t *tally) report(r imports.Result) {
	if t.waiting {
		fmt.Fprint(t.p.stderr, "\r\x1b[K")
		t.waiting = false
	}
	source := corpus.Problem{Reason: r.Source}.Text()
	known := (*imports.KnownError)(nil)
	switch {
	case errors.As(r.Err, &known):
		t.there++
		fmt.Fprintf(t.p.stdout, "skipped: %s: %s\n", source, corpus.Problem{Reason: r.Err.Error()}.Text())
	case r.Err != nil:
		t.refused++
		fmt.Fprintf(t.p.stderr, "refused: %s: %s\n", source, corpus.Problem{Reason: r.Err.Error()}.Text())
	default:
		t.come++
		about := r.Article.Title
		for _, s := range []string{r.Article.Outlet, r.Article.Author, r.Article.Date} {
			if s != "" {
				about += ", " + s
			}
		}
		fmt.Fprintf(t.p.stdout, "new: %s: %s (%s)\n", corpus.Problem{Reason: filepath.ToSlash(r.File)}.Text(), corpus.Problem{Reason: about}.Text(), count(r.Sentences, "sentence", "sentences"))
	}
}

func (t *tally) sum() {
	verb := "written to"
	if t.dry {
		verb = "would be written to"
	}
	fmt.Fprintf(t.p.stdout, "%d new %s %s, %d skipped, %d refused\n", t.come, verb, t.dir, t.there, t.refused)
}

// cacheDir is where what takes seconds to make is kept between runs.
func cacheDir(state string) string {
	if state == "" {
		dir, err := os.UserCacheDir()
		if err != nil {
			return ""
		}
		state = filepath.Join(dir, "dossier")
	}
	return filepath.Join(state, "pdfium")
}
