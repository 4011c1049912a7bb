package index

import (
	"strings"
	"testing"
)

// TestManners asks questions of bank/dev as they are and with what people write
// around them in a chat (testdata/messages/wraps.jsonl, half test, which nothing
// is trained on), and counts the answers that stay.
func TestManners(t *testing.T) {
	if raceDetector {
		t.Skip("hundreds of questions")
	}
	type wrap struct{ Wrap, Half string }
	var wraps []string
	for _, w := range readJSONL[wrap](t, "testdata/messages/wraps.jsonl") {
		if w.Half == "test" {
			wraps = append(wraps, w.Wrap)
		}
	}
	every := 9
	if *full {
		every = 1
	}
	ix := builtin(t)
	var asked, kept, same int
	for i, q := range readJSONL[evalQuestion](t, "testdata/bank/dev.jsonl") {
		if i%every != 0 || len(q.Gold) == 0 || len(q.Before) > 0 {
			continue
		}
		plain, err := ix.Ask(t.Context(), Query{Text: q.Q})
		if err != nil {
			t.Fatal(err)
		}
		if !plain.Answered {
			continue
		}
		message := strings.Replace(wraps[(i/every)%len(wraps)], "{}", q.Q, 1)
		wrapped, err := ix.Ask(t.Context(), Query{Text: message})
		if err != nil {
			t.Fatal(err)
		}
		asked++
		if wrapped.Answered {
			kept++
			if wrapped.Quotes[0].ID == plain.Quotes[0].ID {
				same++
				continue
			}
		}
		t.Logf("%s: %v, not %q", message, wrapped.Outcome, plain.Quotes[0].Text)
	}
	t.Logf("%d answered; wrapped still answered %.1f %%, with the same first sentence %.1f %%", asked, percent(kept, asked), percent(same, asked))
	if percent(kept, asked) < 75 || percent(same, asked) < 65 {
		t.Errorf("less than 75 and 65 %%")
	}
}
