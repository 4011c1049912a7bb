package rank

import (
	"math"
	"strings"
	"testing"

	"dossier/index/question"
)

func parse(c *Collection, text string) *question.Question { return question.Parse(text, c) }

func TestWeights(t *testing.T) {
	w := loaded()
	for name, m := range map[Sort]*Model{Words: w.Words, Meaning: w.Meaning} {
		if m == nil {
			t.Errorf("weights.json has no model %q", name)
			continue
		}
		if m.Doubt == nil {
			t.Errorf("model %q has no doubt", name)
		}
		for i := sigCosine; i < sigTerms; i++ {
			if m.Scale[i] != 0 && name == Words {
				t.Errorf("model %q uses %s, for which it has no vectors", name, i)
			}
		}
	}
}

func TestNames(t *testing.T) {
	for _, n := range append(Names(), TraitNames()...) {
		if strings.Contains(n, "(") {
			t.Errorf("%s has no name; run go generate ./index/rank", n)
		}
	}
	at := 0
	for _, g := range Groups {
		if g.From != at || g.To <= g.From || g.Says == "" {
			t.Errorf("group %s covers %d to %d, want from %d", g.Name, g.From, g.To, at)
		}
		at = g.To
	}
	if at != NumSignals {
		t.Errorf("groups end at %d, want %d", at, NumSignals)
	}
}

// TestScores: the shortcut for what all candidates share changes nothing but
// a constant.
func TestScores(t *testing.T) {
	m := &Model{Mean: make([]float32, NumSignals), Scale: make([]float32, NumSignals), Linear: make([]float32, NumSignals)}
	for i := range NumSignals {
		m.Mean[i], m.Scale[i], m.Linear[i] = float32(i%3), 0.5, float32(i%7)-3
	}
	for h := range 3 {
		row := make([]float32, NumSignals)
		for i := range row {
			row[i] = float32((i*(h+2))%11)/5 - 1
		}
		m.Hidden, m.Bias, m.Out = append(m.Hidden, row), append(m.Bias, float32(h)), append(m.Out, 1-float32(h)*0.7)
	}
	f := &Features{Rows: make([][NumSignals]float32, 2)}
	for i := range NumSignals {
		f.Rows[0][i] = float32(i % 5)
		f.Rows[1][i] = float32(i % 4)
		if i >= int(sigTerms) {
			f.Rows[1][i] = f.Rows[0][i]
		}
	}
	slow := func(row [NumSignals]float32) float64 {
		sum := 0.0
		z := make([]float64, NumSignals)
		for i, v := range row {
			z[i] = math.Max(-limit, math.Min(limit, float64((v-m.Mean[i])*m.Scale[i])))
			sum += float64(m.Linear[i]) * z[i]
		}
		for h, w := range m.Hidden {
			a := float64(m.Bias[h])
			for i := range z {
				a += float64(w[i]) * z[i]
			}
			sum += float64(m.Out[h]) * math.Max(0, a)
		}
		return sum
	}
	s := m.Scores(f)
	got, want := float64(s[0]-s[1]), slow(f.Rows[0])-slow(f.Rows[1])
	if math.Abs(got-want) > 1e-3 {
		t.Errorf("scores differ by %v, want %v", got, want)
	}
}

func TestConfidence(t *testing.T) {
	c := NewCollection(harbour)
	known := c.Rank(Input{Question: parse(c, "when did a fire break out in Oster harbour?"), Hits: everything(c)})
	unknown := c.Rank(Input{Question: parse(c, "which penguins did Roosevelt eat in the fire?"), Hits: everything(c)})
	if known.Confidence < 0.5 || unknown.Confidence > 0.2 {
		t.Errorf("confidence is %.2f where the corpus says it and %.2f where not, want at least 0.5 and at most 0.2", known.Confidence, unknown.Confidence)
	}
}

// TestLacks holds the embedded weights to what Lacks says of them.
func TestLacks(t *testing.T) {
	lacks := 0
	for _, m := range []*Model{loaded().Words, loaded().Meaning} {
		for i, name := range TraitNames() {
			if !Lacks(i) {
				continue
			}
			lacks++
			if m.Doubt.Weight[i] > 0 || m.Topic.Weight[i] > 0 {
				t.Errorf("%s makes surer: %v, %v", name, m.Doubt.Weight[i], m.Topic.Weight[i])
			}
		}
	}
	if lacks < 20 {
		t.Errorf("%d traits of both are lacks", lacks)
	}
}
