package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dossier/bot/discord"
	"dossier/corpus"
)

type doctorCmd struct{ corpusFlag }

// Run looks at all that the bot needs, and says in a line each how it is and what to
// do. It changes nothing.
func (c *doctorCmd) Run(p *program) error {
	d := &diagnosis{p: p}
	d.settings()
	d.corpus(c.corpusFlag)
	d.directories()
	discord.Examine(p.ctx, discord.Config{Token: p.settings.token, GuildID: p.settings.guildID, APIURL: p.settings.apiURL}, d.report)
	switch err := fmt.Errorf("%d of %d checks failed; the lines above say what to do", d.failed, d.all); {
	case p.ctx.Err() != nil:
		return errInterrupted
	case d.final:
		return finalError{err}
	case d.failed > 0:
		return err
	}
	return nil
}

// A diagnosis prints what is found, and counts it.
type diagnosis struct {
	p           *program
	all, failed int
	final       bool // another start cannot mend it
}

func (d *diagnosis) report(f discord.Finding) {
	if d.p.ctx.Err() != nil {
		return // what is found now is that somebody interrupts
	}
	if f.State != discord.Skipped {
		d.all++
	}
	if f.State == discord.Failed {
		d.failed++
		d.final = d.final || f.Final
	}
	line := fmt.Sprintf("%-8s %-13s %s", f.State, f.What, f.Said)
	if f.Next != "" {
		line += "; next: " + f.Next
	}
	fmt.Fprintln(d.p.stdout, line)
}

func (d *diagnosis) ok(what, said string) {
	d.report(discord.Finding{What: what, State: discord.OK, Said: said})
}

// problem reports an error, whose hint is what to do next.
func (d *diagnosis) problem(what string, s discord.State, err error, final bool) {
	said, next, _ := strings.Cut(err.Error(), "\nhint: ")
	d.report(discord.Finding{What: what, State: s, Said: said, Next: next, Final: final})
}

// settings looks at the environment and at the file .env.
func (d *diagnosis) settings() {
	for _, err := range each(d.p.settingsErr) {
		d.problem("settings", discord.Failed, err, true)
	}
	text, err := os.ReadFile(envFile)
	values, _ := parseEnv(text)
	var unknown, set []string
	for name := range values {
		if !isSetting(name) {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) > 0 {
		slices.Sort(unknown)
		d.report(discord.Finding{
			What: "settings", State: discord.Warning, Said: fmt.Sprintf("%s sets what the bot does not know: %s", envFile, strings.Join(unknown, ", ")),
			Next: "look for the name in .env.example, or take the line out",
		})
	}
	if d.p.settingsErr != nil {
		return
	}
	for _, name := range settingNames {
		if v, ok := d.p.env(name); ok && v != "" || !ok && values[name] != "" {
			set = append(set, name)
		}
	}
	from := "from the environment and " + envFile
	if errors.Is(err, fs.ErrNotExist) {
		from = "from the environment; there is no file " + envFile + " here"
	}
	d.ok("settings", fmt.Sprintf("%s; set: %s", from, cmp.Or(strings.Join(set, ", "), "none")))
}

// each returns the errors that an error joins.
func each(err error) []error {
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, e := range joined.Unwrap() {
		all = append(all, each(e)...)
	}
	return all
}

// corpus reads the articles.
func (d *diagnosis) corpus(f corpusFlag) {
	dir := f.directory(d.p)
	where := cmp.Or(dir, "the built-in articles")
	r, err := load(d.p.ctx, dir, corpus.Options{Include: d.p.settings.include})
	switch bad := len(r.Refused) + len(r.problems); {
	case err != nil:
		d.problem("corpus", discord.Failed, err, false)
	case len(r.Articles) == 0:
		d.problem("corpus", discord.Failed, noArticles(where, r.Collection), false)
	case bad > 0:
		d.report(discord.Finding{
			What: "corpus", State: discord.Warning, Said: fmt.Sprintf("%s: %s, %s not used", where, count(len(r.Articles), "article", "articles"), count(bad, "file or line is", "files or lines are")),
			Next: "bot check " + dir,
		})
	default:
		s := corpus.Summarize(r.Articles)
		d.ok("corpus", fmt.Sprintf("%s: %s, %s, %s", where, count(s.Articles, "article", "articles"), count(s.Sentences, "sentence", "sentences"), count(len(r.questions), "known question", "known questions")))
	}
}

// directories looks whether the bot may write where it keeps things.
func (d *diagnosis) directories() {
	const next = "let the user that runs the bot write there, or "
	index := d.p.settings.indexDir
	switch err := writable(index); {
	case index == "":
		d.ok("index", "in memory, as INDEX_DIR is empty")
	case err == nil:
		d.ok("index", "INDEX_DIR="+index+" can be written to")
	default:
		f := discord.Finding{What: "index", State: discord.Failed, Said: "INDEX_DIR=" + index + ": " + err.Error(), Next: next + "leave INDEX_DIR empty to keep the index in memory"}
		if info, err := os.Stat(index); err == nil && info.IsDir() {
			f.State, f.Said = discord.Warning, f.Said+"; what it does not have yet is kept in memory"
		}
		d.report(f)
	}
	state := stateDir(d.p.settings.stateDir, slog.New(slog.DiscardHandler))
	if err := writable(state); err != nil {
		d.report(discord.Finding{
			What: "state", State: discord.Warning, Said: "STATE_DIR=" + state + ": " + err.Error() + "; the bot waits before it connects, and forgets what it keeps there",
			Next: next + "set STATE_DIR to another directory",
		})
		return
	}
	d.ok("state", state+" can be written to"+map[bool]string{true: ", where STATE_DIR is empty"}[d.p.settings.stateDir == ""])
}

// writable returns why nothing can be written to a directory, which need not be there
// yet. It leaves nothing behind.
func writable(dir string) error {
	info, err := os.Stat(dir)
	for errors.Is(err, fs.ErrNotExist) && filepath.Dir(dir) != dir {
		dir = filepath.Dir(dir) // the bot makes what is missing
		info, err = os.Stat(dir)
	}
	if err == nil && !info.IsDir() {
		return fmt.Errorf("%s is not a directory", dir)
	}
	if err == nil {
		var f *os.File
		if f, err = os.CreateTemp(dir, ".dossier-doctor-"); err == nil {
			return errors.Join(f.Close(), os.Remove(f.Name()))
		}
	}
	if why := (*fs.PathError)(nil); errors.As(err, &why) {
		err = fmt.Errorf("%s: %w", dir, why.Err) // not the name of the file that was tried
	}
	return err
}
