// Command sentences writes the sentences of articles or of passages, as the
// product cuts them, for the training in Python. One JSON object a line:
//
//	go run ./index/train/sentences articles [DIR] > builtin.sents.jsonl
//	go run ./index/train/sentences passages FILE > NAME.sents.jsonl
//
// Without DIR the built-in articles are taken. A passages file has one
// {"pid", "title", "text"} a line, and "incident", "heading" and "date" if it has them.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"dossier/corpus"
)

// A sentence is one line of the output.
type sentence struct {
	ID      string `json:"id"`
	Text    string `json:"t"`
	Passage int    `json:"p"`
	Start   int    `json:"s"` // the byte at which it starts in its passage
	Doc     string `json:"d"` // the article's slug, or the incident
	Title   string `json:"title"`
	Heading string `json:"h,omitempty"`
	Date    string `json:"date,omitempty"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "sentences:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	out := bufio.NewWriter(os.Stdout)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	var err error
	switch {
	case len(args) == 1 && args[0] == "articles":
		err = articles(enc, corpus.Builtin())
	case len(args) == 2 && args[0] == "articles":
		err = articles(enc, os.DirFS(args[1]))
	case len(args) == 2 && args[0] == "passages":
		err = passages(enc, args[1])
	default:
		return fmt.Errorf("usage: sentences articles [DIR] | passages FILE")
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

func articles(enc *json.Encoder, fsys fs.FS) error {
	all, problems := corpus.Load(fsys)
	if len(problems) > 0 {
		return fmt.Errorf("%s", problems[0])
	}
	for _, a := range all {
		for p, passage := range a.Passages {
			for _, s := range passage.Sentences {
				if err := enc.Encode(sentence{s.ID, s.Text, p, s.Start, a.Slug, a.Title, passage.Heading, a.Date}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func passages(enc *json.Encoder, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		var p struct {
			PID      int    `json:"pid"`
			Title    string `json:"title"`
			Heading  string `json:"heading"`
			Date     string `json:"date"`
			Text     string `json:"text"`
			Incident string `json:"incident"`
		}
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			return err
		}
		doc := p.Incident
		if doc == "" {
			doc = p.Title
		}
		at := 0
		for _, s := range corpus.Sentences(p.Text) {
			at += strings.Index(p.Text[at:], s)
			if err := enc.Encode(sentence{Text: s, Passage: p.PID, Start: at, Doc: doc, Title: p.Title, Heading: p.Heading, Date: p.Date}); err != nil {
				return err
			}
			at += len(s)
		}
	}
	return lines.Err()
}
