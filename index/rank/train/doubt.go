package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"dossier/index/internal/measure"
	"dossier/index/rank"
)

// A doubtCase is one ranking for the training of doubt.
type doubtCase struct {
	traits [rank.NumTraits]float32
	right  bool // the first candidate answers
	answer bool // the corpus has an answer
	topic  topic
	sort   string
	held   bool
	times  float32
}

// A topic says whether a corpus is about a question's matter.
type topic int

const (
	unclear topic = iota
	foreign
	own
)

// topicOf finds out whether a part of p, with some of its articles, is about the
// matter of an item.
func (p *pool) topicOf(it *item, has map[int]bool) topic {
	switch {
	case it.kind == "offtopic":
		return foreign
	case it.kind == "hostile" || it.article < 0:
		return unclear
	case p.oneMatter() || has[it.article]:
		return own
	}
	return foreign
}

// oneMatter reports whether all articles of p are about the same matter.
func (p *pool) oneMatter() bool {
	_, first := p.texts.At(0)
	return first.ID != "" || len(p.texts.Articles) == 1
}

// answers reports whether any question of p has an answer.
func (p *pool) answers() bool {
	return slices.ContainsFunc(p.items, func(it item) bool { return len(it.gold) > 0 })
}

// doubt fits the confidence and the topic of m. The corpora of the pools are taken apart so
// that questions lose their answers: whole articles are left out (a question
// of another topic), passages of an article are (a question of this topic
// that the corpus does not answer), and corpora of one short article are made.
func doubt(pools []*pool, m *rank.Model, vs *vectors, sort rank.Sort, w io.Writer) error {
	var cases []doubtCase
	if sort == rank.Words {
		vs = nil
	}
	collect := func(name string, p *pool, err error) error {
		if err != nil {
			return err
		}
		if err := p.find(vs); err != nil {
			return err
		}
		for i := range p.items {
			it := &p.items[i]
			f := p.texts.Collection.Features(it.found.input(sort))
			scores := m.Scores(f)
			order := f.Order(scores)
			if len(order) == 0 {
				continue // nothing was found, so there is nothing to doubt
			}
			c := doubtCase{sort: name, answer: len(it.gold) > 0, topic: it.topic, held: p.heldOut(i), times: p.times}
			if it.kind != "" && it.kind != "lexical" && !c.answer {
				c.sort += " " + it.kind
			}
			c.traits = f.Traits(p.texts.Collection, scores, order)
			c.right = it.gold[f.Sentences[order[0]]]
			cases = append(cases, c)
		}
		return p.texts.retriever.Close()
	}
	for _, p := range pools {
		whole := p.oneMatter()
		alone := len(p.texts.Articles) == 1
		every := max(1, len(p.items)/3000)
		some := func(i int) bool { return i%every == 0 }
		if whole {
			all, err := p.part(p.name, func(a, q int) bool { return true }, func(int) bool { return true })
			if err := collect("incident", all, err); err != nil {
				return err
			}
		}
		for half := range 2 {
			if !p.answers() {
				break
			}
			keep := func(a, q int) bool { return a%2 == half }
			if alone {
				keep = func(a, q int) bool { return q%2 == half }
			}
			part, err := p.part(p.name, keep, some)
			if err := collect("halves", part, err); err != nil {
				return err
			}
		}
		if whole {
			continue
		}
		for a := range p.texts.Articles {
			for half := range 2 {
				part, err := p.part(p.name, func(b, q int) bool { return b == a && q%2 == half },
					func(i int) bool { return some(i) && p.items[i].article == a || i%(97*every) == a })
				if err := collect("passages", part, err); err != nil {
					return err
				}
			}
			from := (a * 7) % max(1, len(p.texts.Articles[a].Passages)-4)
			part, err := p.part(p.name, func(b, q int) bool { return b == a && q >= from && q < from+4 },
				func(i int) bool {
					return p.items[i].article == a && (some(i) || i%5 == 0) || i%(97*every) == a
				})
			if err := collect("short", part, err); err != nil {
				return err
			}
		}
	}
	m.Doubt = logistic(cases, func(c *doubtCase) (bool, bool) { return c.right, true })
	report(m.Doubt, cases, w)
	m.Topic = logistic(cases, func(c *doubtCase) (bool, bool) { return c.topic == own, c.topic != unclear })
	reportTopic(m.Topic, cases, w)
	return nil
}

// logistic fits what label says of the cases that are not held out, if it says
// anything.
func logistic(cases []doubtCase, label func(*doubtCase) (yes, known bool)) *rank.Doubt {
	const n = rank.NumTraits
	d := &rank.Doubt{Traits: rank.TraitNames(), Mean: make([]float32, n), Scale: make([]float32, n), Weight: make([]float32, n)}
	var used []doubtCase
	var sum, square [n]float64
	for _, c := range cases {
		if _, known := label(&c); c.held || !known {
			continue
		}
		used = append(used, c)
		for j, t := range c.traits {
			sum[j] += float64(t)
			square[j] += float64(t) * float64(t)
		}
	}
	for j := range n {
		mean := sum[j] / float64(len(used))
		d.Mean[j] = float32(mean)
		if v := square[j]/float64(len(used)) - mean*mean; v > 1e-9 {
			d.Scale[j] = float32(1 / math.Sqrt(v))
		}
	}
	var m1, m2, g [n + 1]float64
	for step := 1; step <= 400; step++ {
		clear(g[:])
		for i := range used {
			c := &used[i]
			p := d.Confidence(&c.traits)
			e := p
			if yes, _ := label(c); yes {
				e--
			}
			e *= float64(c.times)
			for j := range c.traits {
				g[j] += e * float64(d.Standard(&c.traits, j))
			}
			g[n] += e
		}
		for j := range n + 1 {
			x := g[j] / float64(len(used))
			if j < n {
				x += 1e-4 * float64(d.Weight[j])
			}
			m1[j] = 0.9*m1[j] + 0.1*x
			m2[j] = 0.99*m2[j] + 0.01*x*x
			by := 0.03 * (m1[j] / (1 - math.Pow(0.9, float64(step)))) / (math.Sqrt(m2[j]/(1-math.Pow(0.99, float64(step)))) + 1e-8)
			if j < n {
				d.Weight[j] -= float32(by)
			} else {
				d.Bias -= float32(by)
			}
		}
	}
	return d
}

// report prints how well the confidence tells apart, on what was held out.
func report(d *rank.Doubt, cases []doubtCase, w io.Writer) {
	sorts := make(map[string][2][]float64) // without an answer, with
	var bins [10][2]float64
	for i := range cases {
		c := &cases[i]
		if !c.held {
			continue
		}
		p := d.Confidence(&c.traits)
		b := min(9, int(p*10))
		bins[b][0]++
		if c.right {
			bins[b][1]++
		}
		s := sorts[c.sort]
		if c.answer {
			s[1] = append(s[1], p)
		} else {
			s[0] = append(s[0], p)
		}
		sorts[c.sort] = s
	}
	names := make([]string, 0, len(sorts))
	for n := range sorts {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		s := sorts[n]
		if len(s[1]) == 0 { // a kind of question without an answer
			base, _, _ := strings.Cut(n, " ")
			s[1] = sorts[base][1]
		}
		refusals(n, s[0], s[1], w)
	}
	fmt.Fprint(w, "  said/right:")
	for i, b := range bins {
		if b[0] > 0 {
			fmt.Fprintf(w, "  .%d: %.2f", i, b[1]/b[0])
		}
	}
	fmt.Fprintln(w)
	order := make([]int, rank.NumTraits)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Compare(math.Abs(float64(d.Weight[b])), math.Abs(float64(d.Weight[a])))
	})
	fmt.Fprint(w, "  weights:")
	for _, i := range order {
		fmt.Fprintf(w, " %s %+.2f", d.Traits[i], d.Weight[i])
	}
	fmt.Fprintln(w)
}

// reportTopic prints how well questions of another matter are told apart, on
// what was held out.
func reportTopic(d *rank.Doubt, cases []doubtCase, w io.Writer) {
	sorts := make(map[string][2][]float64)
	for i := range cases {
		c := &cases[i]
		if !c.held || c.topic == unclear {
			continue
		}
		name, _, _ := strings.Cut(c.sort, " ")
		s := sorts[name]
		k := 0
		if c.topic == own {
			k = 1
		}
		s[k] = append(s[k], d.Confidence(&c.traits))
		sorts[name] = s
	}
	names := slices.Sorted(maps.Keys(sorts))
	for _, n := range names {
		refusals("topic, "+n, sorts[n][0], sorts[n][1], w)
	}
}

// refusals prints how well confidences tell questions without an answer from
// those with one.
func refusals(name string, without, with []float64, w io.Writer) {
	if len(without) == 0 || len(with) == 0 {
		return
	}
	fmt.Fprintf(w, "  %-20s %5d without, %5d with an answer: AUROC %.3f", name, len(without), len(with), measure.AUROC(without, with))
	slices.Sort(with)
	for _, wrong := range []float64{0.03, 0.05, 0.10} {
		least := with[int(wrong*float64(len(with)))]
		refused := 0
		for _, p := range without {
			if p < least {
				refused++
			}
		}
		fmt.Fprintf(w, "; at %2.0f %% wrong refusals (p<%.3f) %.1f %%", 100*wrong, least, 100*float64(refused)/float64(len(without)))
	}
	fmt.Fprintln(w)
}
