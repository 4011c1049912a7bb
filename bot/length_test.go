package main

import (
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"dossier/bot/discord/message"
)

var every = flag.Int("every", 20, "TestAnswerLength asks one question of the evaluation in so many")

// TestAnswerLength measures what people get on a phone: the median of answers is at
// most 300 characters that one sees and 9 lines, and every refusal at most 6 lines.
//
//	go test ./bot -run TestAnswerLength -every 1 -v
func TestAnswerLength(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	var chars, sent, lines, refused []int
	other := 0
	quotes := map[int]int{}
	for _, set := range []string{"answerable", "head", "absent"} {
		b, err := os.ReadFile("../index/testdata/eval/" + set + ".jsonl")
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for line := range strings.Lines(string(b)) {
			var q struct {
				Q      string   `json:"q"`
				Before []string `json:"before"`
			}
			if err := json.Unmarshal([]byte(line), &q); err != nil {
				t.Fatal(err)
			}
			if n++; n%*every != 0 || len(q.Before) > 0 {
				continue
			}
			m := w.say(ann, private, q.Q)
			screen := message.Screen(m.Content)
			switch about(m).Outcome {
			case "answered":
			case "":
				other++ // it asks nothing
				continue
			default:
				refused = append(refused, len(screen))
				if len(screen) > 6 {
					t.Errorf("%q is refused in %d lines:\n%s", q.Q, len(screen), strings.Join(screen, "\n"))
				}
				continue
			}
			chars = append(chars, message.Length(strings.Join(screen, "\n")))
			sent = append(sent, message.Length(m.Content))
			lines = append(lines, len(screen))
			quotes[len(about(m).Quotes)]++
		}
	}
	slices.Sort(chars)
	slices.Sort(sent)
	slices.Sort(lines)
	slices.Sort(refused)
	if len(chars) == 0 || len(refused) == 0 {
		t.Fatal("nothing was answered, or nothing refused")
	}
	median := func(n []int) int { return n[len(n)/2] }
	t.Logf("%d answers: median %d characters, %d with marks and addresses, %d lines; quotes %v; %d refusals: median %d lines; %d that ask nothing",
		len(chars), median(chars), median(sent), median(lines), quotes, len(refused), median(refused), other)
	if median(chars) > 300 || median(lines) > 9 {
		t.Errorf("the median of answers is %d characters and %d lines, want 300 and 9", median(chars), median(lines))
	}
}
