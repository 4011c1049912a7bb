package question

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	term "dossier/index/text"
)

func TestRepair(t *testing.T) {
	p := New(vocabulary(harbour))
	tests := []struct{ name, text, want string }{
		{"right", "who demanded a ransom", "who demanded a ransom"},
		{"letters swapped", "who wree the hakcers", "who were the hackers"},
		{"letter doubled", "the hackkers", "the hackers"},
		{"letter missing", "the suspcts", "the suspects"},
		{"neighbour on the keyboard", "the ramsom", "the ransom"},
		{"two errors in a long word", "the contianres", "the containers"},
		{"a name", "greta halvorson", "greta halvorsen"},
		{"capital kept", "Greta Halvorson", "Greta Halvorsen"},
		{"word of questions", "whitch happend", "which happened"},
		{"synonym that the corpus lacks", "which movei", "which movie"},
		{"run together", "lindhavenharbour", "lindhaven harbour"},
		{"name run together", "gretahalvorsen", "greta halvorsen"},
		{"with an article", "theransom", "the ransom"},
		{"torn apart", "dock leaks", "dockleaks"},
		{"English that the corpus lacks", "walrus weather bitcoin ransack conflict", "walrus weather bitcoin ransack conflict"},
		{"name that the corpus lacks", "obama putin netflix", "obama putin netflix"},
		{"nearer to English than to the corpus", "walruss", "walruss"},
		{"short words", "xyz qq ok", "xyz qq ok"},
		{"numbers", "12001 4.6 $3,00", "12001 4.6 $3,00"},
		{"addresses", "https://lindhavn.example/hackrs www.hackrs.io a@hackrs.net", "https://lindhavn.example/hackrs www.hackrs.io a@hackrs.net"},
		{"identifiers", "CVE-2019-1234 hackrs_2 hackrs.exe #hackrs", "CVE-2019-1234 hackrs_2 hackrs.exe #hackrs"},
		{"misspelt beside a repair", "waht is dockleks", "what is dockleaks"},
		{"misspelt alone", "Waht did teh port say", "What did the port say"},
		{"misspelt phrase", "how manny cranes", "how many cranes"},
		{"chat language stays", "wat did u say", "wat did u say"},
		{"nonsense", "qwxzptkk zzzzzzzz", "qwxzptkk zzzzzzzz"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := p.Parse(tt.text)
			if q.Text != tt.want {
				t.Errorf("Parse(%q) reads %q, want %q", tt.text, q.Text, tt.want)
			}
			if changed := q.Text != tt.text; changed != (len(q.Repairs) > 0) {
				t.Errorf("Parse(%q) tells of the repairs %v", tt.text, q.Repairs)
			}
		})
	}
}

// TestRepairStudio holds repairs beside names, and what must not be repaired.
func TestRepairStudio(t *testing.T) {
	p := New(vocabulary(studio + studio + studio)) // so that its names are frequent
	tests := []struct{ name, text, want string }{
		{"first name that is another's", "who is micheal lynton", "who is michael lynton"},
		{"surname that is another's", "who is michael linton", "who is michael lynton"},
		{"both", "who is micheal linton", "who is michael lynton"},
		{"part of a name in the middle", "who is kim jung un", "who is kim jong un"},
		{"a form of a word that has none", "wat films got leeked", "wat films got leaked"},
		{"surname", "amy pasqal", "amy pascal"},
		{"another person", "who is michael jackson", "who is michael jackson"},
		{"another person of that first name", "did seth green like it", "did seth green like it"},
		{"unknown surname behind a first name", "what was kevin maders salary", "what was kevin maders salary"},
		{"English word beside a company", "did sony rank first", "did sony rank first"},
		{"accents", "quién hackeó a sony", "quién hackeó a sony"},
		{"Spanish", "quien hackeo a sony", "quien hackeo a sony"},
		{"Spanish with more words", "cuando robaron los correos de sony pictures", "cuando robaron los correos de sony pictures"},
		{"German", "wer hat sony gehackt", "wer hat sony gehackt"},
		{"French", "qui a piraté sony et pourquoi", "qui a piraté sony et pourquoi"},
		{"Italian", "perche hanno attaccato sony", "perche hanno attaccato sony"},
		{"a name with an accent", "did quvenzhané wallis star in anie", "did quvenzhané wallis star in annie"},
		{"no stop word for a noun", "who made the cnn theat", "who made the cnn threat"},
		{"words of computers", "was there an admin password", "was there an admin password"},
		{"sure", "shure who hacked sony", "shure who hacked sony"},
		{"far from all", "was the interview torented", "was the interview torented"},
		{"misspelt question", "whitch film was laeked", "which film was leaked"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := p.Parse(tt.text).Text; got != tt.want {
				t.Errorf("Parse(%q) reads %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

// TestKnownStays is the promise that nothing known is repaired: no word of the
// corpus, no common English, no well-known name.
func TestKnownStays(t *testing.T) {
	v := vocabulary(harbour)
	p := New(v)
	words := []string{}
	for w := range v.Words {
		words = append(words, w)
	}
	for w, short := range english() {
		if len(w) >= short.shortest() { // not the mere stem of a longer word
			words = append(words, w)
		}
	}
	for _, w := range words {
		if tokens := split(w); len(tokens) == 1 && p.unknown(tokens[0]) {
			t.Errorf("%q is unknown", w)
		}
	}
}

// TestTypos is the promise that most typing errors are read as they were
// meant: one error in a word of the corpus, made at random.
func TestTypos(t *testing.T) {
	v := vocabulary(harbour)
	p := New(v)
	var words []string
	for w := range v.Words {
		if len(w) >= 5 && letters(w) {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	r := rand.New(rand.NewPCG(1, 2))
	right, wrong, n := 0, 0, 5000
	for range n {
		w := words[r.IntN(len(words))]
		tokens := split(mistype(w, r))
		if len(tokens) != 1 {
			n--
			continue
		}
		got := tokens[0].w
		if p.unknown(tokens[0]) {
			got = strings.Join(p.spell.correct(got, false), " ")
		}
		switch {
		case term.Stem(got) == term.Stem(w):
			right++
		case got != "":
			wrong++
		}
	}
	if right*100 < n*93 || wrong*100 > n*5 {
		t.Errorf("of %d mistyped words %d are read right and %d as another; want 93%% and at most 5%%", n, right, wrong)
	}
}

// mistype makes one typing error in a word, seldom in its first letter.
func mistype(w string, r *rand.Rand) string {
	i := 1 + r.IntN(len(w)-1)
	near := keys[w[i]-'a']
	c := string(near[r.IntN(len(near))])
	switch r.IntN(5) {
	case 0:
		return w[:i] + w[i+1:]
	case 1:
		return w[:i-1] + w[i:i+1] + w[i-1:i] + w[i+1:]
	case 2:
		return w[:i] + c + w[i+1:]
	case 3:
		return w[:i] + w[i:i+1] + w[i:]
	}
	return w[:i] + c + w[i:]
}

func TestDistance(t *testing.T) {
	tests := []struct {
		a, b string
		want float64
	}{
		{"sony", "sony", 0},
		{"snoy", "sony", 0.6},
		{"sonny", "sony", 0.5},
		{"sont", "sony", 0.7},
		{"sny", "sony", 0.7},
		{"soqny", "sony", 0.95},
		{"sonx", "sony", 1},
		{"", "", 0},
		{"abcdef", "uvwxyz", 3},
	}
	for _, tt := range tests {
		if got := distance(tt.a, tt.b, 2); got != tt.want {
			t.Errorf("distance(%q, %q) = %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}

// TestLargeCorpus is the promise that the speller stays small and a question
// cheap, whatever the size of the corpus.
func TestLargeCorpus(t *testing.T) {
	p := New(manyWords(200_000))
	if n := len(p.spell.words); n > maxDictionary+1000 {
		t.Errorf("the dictionary has %d words", n)
	}
	if n := len(p.spell.forms); n > 29*maxDictionary+20_000 {
		t.Errorf("the dictionary has %d forms", n)
	}
}

// manyWords is a vocabulary of that many made-up words.
type manyWords int

func (n manyWords) DF(string) int      { return 0 }
func (n manyWords) Sentences() int     { return int(n) }
func (n manyWords) IsName(string) bool { return false }
func (n manyWords) Words(yield func(string, int) bool) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range int(n) {
		w := make([]byte, 4+r.IntN(9))
		for k := range w {
			w[k] = "etaoinsrhldcumfpgwybvk"[min(r.IntN(22), r.IntN(22))]
		}
		if !yield(string(w), 1+i%50) {
			return
		}
	}
}

func BenchmarkNew(b *testing.B) {
	v := manyWords(100_000)
	b.ReportAllocs()
	for b.Loop() {
		New(v)
	}
}

// BenchmarkParse measures a question as people type it and what is meant to
// take long.
func BenchmarkParse(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	var noise strings.Builder
	for noise.Len() < 2000 {
		for range 5 + r.IntN(8) {
			noise.WriteByte(byte('a' + r.IntN(26)))
		}
		noise.WriteByte(' ')
	}
	large := New(manyWords(100_000))
	small := New(vocabulary(harbour))
	for _, tt := range []struct {
		name string
		p    *Parser
		text string
	}{
		{"plain", small, "when did greta halvorsen step down from the port"},
		{"typos", small, "wehn did grata halvorson setp down form the prot"},
		{"hostile", small, noise.String()},
		{"hostile/large", large, noise.String()},
		{"letters", small, strings.Repeat("a", 2000)},
		{"words", small, strings.Repeat("a ", 1000)},
		{"phrases", small, strings.Repeat("what is up with ", 125)},
		{"names", small, strings.Repeat("lindhaven of ", 150)},
		{"mentions", small, strings.Repeat("<@1", 666)},
	} {
		b.Run(tt.name, func(b *testing.B) {
			for b.Loop() {
				tt.p.Parse(tt.text)
			}
		})
	}
}

func ExampleParser_Parse() {
	p := New(vocabulary(harbour))
	q := p.Parse("hey does any1 know whos the succesor of greta halvorson")
	fmt.Println(q.Plain)
	fmt.Println(q.Type, q.Focus, q.Entities)
	fmt.Println(q.Repairs)
	// Output:
	// who is the successor of greta halvorsen
	// who successor [greta halvorsen]
	// [{succesor successor} {halvorson halvorsen}]
}
