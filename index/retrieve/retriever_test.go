package retrieve

import (
	"slices"
	"testing"
	"testing/fstest"

	"dossier/corpus"
)

var news = fstest.MapFS{
	"a.md": {Data: []byte("---\ntitle: The red skull\ndate: 2014-12-02\noutlet: The Post\n---\n\nAda Byron found the red skull. Nobody knows how old it is.\n\nThe museum paid a reward of 500 dollars.")},
	"b.md": {Data: []byte("---\ntitle: Snow in Oslo\ndate: 2014-12-09\noutlet: The Times\n---\n\nSnow fell in Oslo. The trains stood still all day.")},
}

func retrieverOf(t *testing.T, known ...Question) *Retriever {
	t.Helper()
	articles, problems := corpus.Load(news)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	r, err := New(t.Context(), NewCorpus(articles), known, realEncoder(t), Options{Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	<-r.Ready()
	return r
}

func (r *Retriever) find(t *testing.T, q Query) []Candidate {
	t.Helper()
	v, err := r.encoder.Encode(t.Context(), q.Text)
	if err != nil {
		t.Fatal(err)
	}
	q.Vectors = v
	found, err := r.Find(t.Context(), q, 10)
	if err != nil {
		t.Fatalf("Find(%q): %v", q.Text, err)
	}
	return found
}

// TestFind finds by words, by meaning, and within limits.
func TestFind(t *testing.T) {
	r := retrieverOf(t)
	for _, tt := range []struct {
		name  string
		query Query
		first int // -1: nothing at all
		n     int
	}{
		{"by words", Query{Text: "who found the red skull?"}, 0, 5},
		{"by meaning", Query{Text: "did the railway run?"}, 4, 5},
		{"by source", Query{Text: "red skull", Filter: Filter{Source: "the times"}}, 3, 2},
		{"from a day on", Query{Text: "red skull", Filter: Filter{From: "2014-12-03"}}, 3, 2},
		{"up to a day", Query{Text: "snow", Filter: Filter{To: "2014-12-03"}}, -2, 3},
		{"an unknown source", Query{Text: "snow", Filter: Filter{Source: "Reuters"}}, -1, 0},
	} {
		found := r.find(t, tt.query)
		if len(found) != tt.n || tt.first >= 0 && found[0].Sentence != tt.first {
			t.Errorf("%s: %+v, want %d with sentence %d first", tt.name, found, tt.n, tt.first)
		}
		for _, c := range found {
			if c.Cosine < -1 || c.Cosine > 1.01 || c.Words < 0 || c.Words > 1 || !tt.query.Filter.Keeps(r.corpus.At(c.Sentence)) {
				t.Errorf("%s: %+v", tt.name, c)
			}
		}
	}
}

// TestFindWithoutVectors goes by words alone, as before the vectors are there.
func TestFindWithoutVectors(t *testing.T) {
	r := retrieverOf(t)
	found, err := r.Find(t.Context(), Query{Text: "the red skull"}, 10)
	if err != nil || len(found) == 0 || found[0].Sentence != 0 || found[0].Cosine != 0 {
		t.Errorf("Find = %+v, %v; want sentence 0 by its words", found, err)
	}
}

// TestFindMeanwhile asks while some or all vectors are not there yet: what is found
// by words is as near as it will be, and what has its vector is found by meaning.
func TestFindMeanwhile(t *testing.T) {
	done := retrieverOf(t)
	for name, missing := range map[string][]int{"none is there": {0, 1, 2, 3, 4}, "half are there": {0, 2, 4}} {
		r := retrieverOf(t)
		r.vectors.ready.Store(false)
		for _, i := range missing {
			r.vectors.have[i].Store(false)
			r.vectors.codes[i] = Code{}
		}
		for _, text := range []string{"who found the red skull?", "did the railway run?", "how old is the skull"} {
			want := done.find(t, Query{Text: text})
			for _, c := range r.find(t, Query{Text: text}) {
				i := slices.IndexFunc(want, func(w Candidate) bool { return w.Sentence == c.Sentence })
				if c != want[i] && (c.Words > 0 || !slices.Contains(missing, c.Sentence)) {
					t.Errorf("%s: Find(%q) has %+v, want %+v as once all are there", name, text, c, want[i])
				}
			}
		}
		if found := r.find(t, Query{Text: "did the railway run?"}); len(missing) < 5 && !slices.ContainsFunc(found, func(c Candidate) bool { return c.Sentence == 3 }) {
			t.Errorf("%s: %+v lacks sentence 3, which has its vector", name, found)
		}
	}
}

// TestKnown: a sentence that is known to answer a question like this one rises.
func TestKnown(t *testing.T) {
	plain, lifted := retrieverOf(t), retrieverOf(t, Question{"what was it worth to them?", []int{2}, false, false}, Question{"is anything known of what it was worth?", nil, true, false})
	at := func(r *Retriever, text string) Candidate {
		found := r.find(t, Query{Text: text})
		return found[slices.IndexFunc(found, func(c Candidate) bool { return c.Sentence == 2 })]
	}
	if got := at(plain, "what was it worth to them"); got.Known != 0 || got.Near() != got.Cosine {
		t.Errorf("without known questions: %+v", got)
	}
	if got := at(lifted, "what was it worth to them"); got.Known < 0.9 || got.Near() < got.Cosine+0.3 {
		t.Errorf("with a known question: %+v", got)
	}
	if got := at(lifted, "how do i boil an egg"); got.Known != 0 {
		t.Errorf("a question unlike the known one: %+v", got)
	}
	v, err := lifted.encoder.Encode(t.Context(), "what was it worth to them")
	if err != nil {
		t.Fatal(err)
	}
	if got := lifted.Alike(v[0], 3, 0.5); !slices.Equal(got, []string{"is anything known of what it was worth?"}) {
		t.Errorf("Alike = %q", got)
	}
}

// TestGap: a question is near to one that nothing answers only if it is nearer to it
// than to those that something does.
func TestGap(t *testing.T) {
	r := retrieverOf(t, Question{Text: "what was the reward for the skull?", Sentences: []int{2}}, Question{Text: "who paid for the trains?", Gap: true})
	for _, tt := range []struct {
		text string
		gap  bool
	}{
		{"who paid for the trains", true},
		{"what was the reward for the skull", false},
		{"how do i boil an egg", false},
	} {
		v, err := r.encoder.Encode(t.Context(), tt.text)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Gap(v[0]); (got > 0.1) != tt.gap {
			t.Errorf("Gap(%q) = %.2f, want one: %v", tt.text, got, tt.gap)
		}
	}
}

// TestLeads puts the openings of articles among the first candidates.
func TestLeads(t *testing.T) {
	r := retrieverOf(t)
	found := r.find(t, Query{Text: "the reward", Leads: 2})
	var first []int
	for _, c := range found[:4] {
		first = append(first, c.Sentence)
	}
	if !slices.Contains(first, 0) || !slices.Contains(first, 3) || len(found) != 5 {
		t.Errorf("the first are %v of %d; want the openings 0 and 3 among them", first, len(found))
	}
}
