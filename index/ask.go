package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"dossier/index/reader"
	"dossier/index/retrieve"
	"dossier/index/text"
)

// Errors that a caller tells the person who asked.
var (
	ErrEmptyQuestion = errors.New("empty question") // no words
	ErrTooLong       = fmt.Errorf("question of more than %d characters", MaxQuestion)
)

// MaxQuestion is the longest message that is answered, in characters: as long as
// those of Discord can be.
const MaxQuestion = 4000

// maxTop is how many quotes an answer can have.
const maxTop = 50

// Ask answers a question with sentences of the corpus, the best first. Where
// the corpus does not say, there are no quotes; that is not an error.
//
// The whole way: the question is understood (what of the message asks, what
// came before, what kind it is), candidates are found by words and by meaning,
// the reader reads the first of them, and what it thinks of the best decides
// what is shown.
func (ix *Index) Ask(ctx context.Context, q Query) (Answer, error) {
	ans := Answer{Question: strings.TrimSpace(q.Text)}
	if utf8.RuneCountInString(ans.Question) > MaxQuestion {
		ans.Outcome, ans.Reason = Other, TooLong
		return ans, ErrTooLong
	}
	if len(text.Tokens(ans.Question)) == 0 {
		ans.Outcome, ans.Reason = Other, NothingToSearch
		return ans, ErrEmptyQuestion
	}
	q.Text, q.about = Question(ans.Question)
	ans.Question = q.Text
	start := time.Now()
	done, depth, err := ix.queue.enter(ctx, ix.depth, q.Waiting)
	waited := time.Since(start)
	if err != nil {
		return ans, err
	}
	defer done()

	if parts := questions(ans.Question); len(parts) > 1 {
		ans, err = ix.askEach(ctx, ans, parts, q, depth)
	} else {
		ans, err = ix.askOne(ctx, ans, q, depth)
	}
	ans.Times.Waiting = waited
	return ans, err
}

// since adds the time since start to that of a stage.
func since(start time.Time, stage *time.Duration) { *stage += time.Since(start) }

func (ix *Index) askOne(ctx context.Context, ans Answer, q Query, depth int) (Answer, error) {
	asked, read, err := ix.rank(ctx, q, depth)
	ans.Times = *asked.times
	if err != nil {
		return ans, err
	}
	ix.decide(&ans, asked, read, q)
	if q.Skip == 0 && ans.Outcome != Other {
		ix.memory.Record(q.Conversation, asked.topic(), time.Now())
	}
	return ans, nil
}

// askEach asks several questions of one message, each of which may lean on the
// one before it, and the first on what came before the message. What is shown is the
// best of each, then the second of each, and so on over the pages; the questions
// without an answer are named. Where none has one, the message is asked as a whole.
func (ix *Index) askEach(ctx context.Context, ans Answer, parts []string, q Query, depth int) (Answer, error) {
	var all []Answer // the answered ones
	var before, unanswered []string
	var times Times
	top := min(cmp.Or(q.Top, DefaultTop), maxTop)
	each := q
	if each.Skip = 0; q.Skip > 0 {
		each.Top = min(q.Skip+top, maxTop)
	}
	for i, part := range parts {
		each.Text = part
		a, err := ix.askOne(ctx, Answer{Question: part}, each, max(minDepth, depth*2/(len(parts)+1)))
		times.add(a.Times)
		if err != nil {
			ans.Times = times
			return ans, err
		}
		if a.Answered {
			all = append(all, a)
		} else {
			unanswered = append(unanswered, part)
		}
		if i == 0 {
			before = a.Before
		}
		each.Before, each.After = nil, append(slices.Clone(a.Before), part)
	}
	if len(all) == 0 {
		a, err := ix.askOne(ctx, ans, q, depth)
		a.Times.add(times)
		return a, err
	}
	best := slices.MaxFunc(all, func(a, b Answer) int { return cmp.Compare(a.Confidence, b.Confidence) })
	best.Question, best.Before, best.Unanswered, best.Times = ans.Question, before, unanswered, times
	var quotes []Quote
	quotes, best.Parts = inTurn(all)
	best.More = len(quotes) > q.Skip+top || slices.ContainsFunc(all, func(a Answer) bool { return a.More })
	best.Quotes = quotes[min(q.Skip, len(quotes)):min(q.Skip+top, len(quotes))]
	return best, nil
}

// inTurn takes a quote of each answer in turn, each quote once; first says how many
// it took in the first turn.
func inTurn(answers []Answer) (quotes []Quote, first int) {
	seen := map[string]bool{}
	for i, left := 0, true; left; i++ {
		left = false
		for _, a := range answers {
			if i >= len(a.Quotes) {
				continue
			}
			if left = true; !seen[a.Quotes[i].ID] {
				seen[a.Quotes[i].ID] = true
				quotes = append(quotes, a.Quotes[i])
			}
		}
		if i == 0 {
			first = len(quotes)
		}
	}
	return quotes, first
}

// rank understands a question, finds candidates and has the first of them read.
// What may lean on an earlier question, but need not, is first taken alone; where
// that is not answered, and it surely is with the earlier one, it was meant to lean:
// the earlier one alone can make sentences that answer it look right.
func (ix *Index) rank(ctx context.Context, q Query, depth int) (asked, []ranked, error) {
	start := time.Now()
	asked, err := ix.understand(ctx, q)
	asked.times = &Times{Understanding: time.Since(start)}
	if err != nil {
		return asked, nil, err
	}
	read, err := ix.findAndRead(ctx, asked, q, depth)
	if err != nil || len(asked.earlier) == 0 || fitted.confidence(read, asked.gap) >= fitted.Answer {
		return asked, read, err
	}
	start = time.Now()
	leaning, err := ix.after(ctx, asked, asked.earlier)
	since(start, &asked.times.Understanding)
	if err != nil {
		return asked, nil, err
	}
	again, err := ix.findAndRead(ctx, leaning, q, depth)
	if err != nil || fitted.confidence(again, leaning.gap) < fitted.Remark {
		return asked, read, err
	}
	return leaning, again, nil
}

// findAndRead ranks the sentences for a question that was understood.
func (ix *Index) findAndRead(ctx context.Context, asked asked, q Query, depth int) ([]ranked, error) {
	query := retrieve.Query{Text: asked.whole(), Vectors: asked.vectors, Filter: q.filter()}
	if asked.kind.name == kindOverview {
		query.Leads = depth / 2
	}
	n := max(depth, q.Skip+min(max(q.Top, DefaultTop), maxTop)+maxTop) // sentences that stand twice are shown once
	start := time.Now()
	found, err := ix.retriever.Find(ctx, query, n)
	since(start, &asked.times.Retrieving)
	if err != nil {
		return nil, err
	}
	defer since(time.Now(), &asked.times.Reading)
	return ix.read(ctx, asked, found, depth)
}

// A ranked candidate is a sentence with what the reader thinks of it.
type ranked struct {
	retrieve.Candidate
	reader.Reading
	read  bool    // deep enough to be read; else Reading is empty
	score float64 // the order
}

// read lets the reader read the first depth candidates and puts all in order:
// those that were not read stay behind, in the retriever's order. Where the first
// few have a clear winner, the others are not read.
func (ix *Index) read(ctx context.Context, asked asked, found []retrieve.Candidate, depth int) ([]ranked, error) {
	out := make([]ranked, len(found))
	for i, c := range found {
		out[i].Candidate = c
	}
	readTo := func(n int) error {
		first := countRead(out)
		passages := make([]reader.Passage, 0, n)
		for _, c := range out[first:n] {
			passages = append(passages, ix.passage(c.Sentence))
		}
		readings, err := ix.reader.Read(ctx, asked.text, strings.Join(asked.before, " "), passages)
		for i, r := range readings {
			c := &out[first+i]
			c.Reading, c.read, c.score = r, true, fitted.order(r.Score, c.Candidate)
		}
		slices.SortStableFunc(out[:n], func(a, b ranked) int { return cmp.Compare(b.score, a.score) })
		return err
	}
	depth = min(depth, len(found))
	if err := readTo(min(minDepth, depth)); err != nil {
		return nil, err
	}
	if fitted.confidence(out, asked.gap) < fitted.Clear {
		if err := readTo(depth); err != nil {
			return nil, err
		}
	}
	for i := countRead(out); i < len(out); i++ { // a step below the last one read
		out[i].score = out[max(0, i-1)].score - 1
	}
	return out, nil
}

// passage is sentence number i as the reader reads it.
func (ix *Index) passage(i int) reader.Passage {
	a, s := ix.corpus.At(i)
	return reader.Passage{
		Text: s.Text, Title: a.Title, Heading: ix.corpus.Heading(i), Date: a.Date,
		Before: ix.corpus.Text(i-1, i), After: ix.corpus.Text(i+1, i),
	}
}

// decide says what becomes of the question, and takes what is shown.
func (ix *Index) decide(ans *Answer, asked asked, read []ranked, q Query) {
	ans.Before, ans.Depth, ans.Needed = asked.before, countRead(read), fitted.Answer
	switch {
	case q.MinConfidence != nil:
		ans.Needed = *q.MinConfidence
	case q.Remark:
		ans.Needed = fitted.Remark // a wrong answer that nobody asked for is worse than none
	}
	ans.Confidence = fitted.confidence(read, asked.gap)
	if q.Explain {
		ans.Read = asked.String()
	}
	// Words alone, before the vectors are there, cannot say that nothing is near.
	near := len(read) > 0 && (ans.Confidence >= fitted.Near || asked.byWords)
	other := asked.reason == AnotherLanguage && (asked.kind.sure() || ans.Confidence < fitted.Answer) ||
		asked.reason == NoQuestion && (!near || asked.kind.sure() && ans.Confidence < 2*fitted.Near)
	switch {
	case other && ans.Needed > 0:
		ans.Outcome, ans.Reason = Other, asked.reason
	case asked.reason == AnOpinion && near && q.MinConfidence == nil:
		ans.Outcome, ans.Reason = Unsure, AnOpinion
		ix.showNearest(ans, asked, read, q)
	case len(read) > 0 && ans.Confidence >= ans.Needed:
		ans.Outcome, ans.Answered = Answered, true
		ans.Quotes, ans.More = ix.choose(asked, read, q)
	case near:
		ans.Outcome = Unsure
		ix.showNearest(ans, asked, read, q)
	default:
		ans.Outcome = Absent
	}
	if !ans.Answered {
		ans.Fragment = asked.fragment
		ans.Suggestions = ix.related(asked, ans.Outcome)
	}
}

// showNearest takes what comes nearest to a question that it may not answer.
func (ix *Index) showNearest(ans *Answer, asked asked, read []ranked, q Query) {
	q.Top, q.Skip = DefaultTop, 0
	ans.Nearest, ans.More = ix.choose(asked, read, q)
	for i := range ans.Nearest {
		ans.Nearest[i].Exact = nil // it is no answer
	}
}

func countRead(read []ranked) int {
	n := 0
	for _, r := range read {
		if r.read {
			n++
		}
	}
	return n
}

// alike is the cosine from which on a suggestion is taken to mean much what was
// asked.
const alike = 0.6

// related returns the questions that the corpus can answer and that come
// nearest to one that it cannot; where none does, those to begin with.
func (ix *Index) related(asked asked, outcome Outcome) []string {
	least := alike
	if outcome == Unsure {
		least = 0
	}
	if len(asked.vectors) > 0 {
		if out := ix.retriever.Alike(asked.vectors[len(asked.vectors)-1], DefaultTop, least); len(out) > 0 {
			return out
		}
	}
	return ix.Suggest("", DefaultTop)
}

func (q Query) filter() retrieve.Filter {
	return retrieve.Filter{Source: q.Source, From: q.From, To: q.To}
}
