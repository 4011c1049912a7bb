package question

import (
	"strings"

	term "dossier/index/text"
)

// A fakeVocabulary knows the words of a few sentences, as an index would.
type fakeVocabulary struct {
	df        map[string]int
	words     map[string]int
	inside    map[string]int // how often a word stands inside a sentence
	capital   map[string]int // and how often of that with a capital
	sentences int
}

func vocabulary(text string) *fakeVocabulary {
	v := &fakeVocabulary{df: map[string]int{}, words: map[string]int{}, inside: map[string]int{}, capital: map[string]int{}}
	for line := range strings.Lines(text) {
		v.sentences++
		seen := map[string]bool{}
		for i, t := range term.Tokens(line) {
			if t.Stop {
				continue
			}
			v.words[t.Word]++
			if s := term.Stem(t.Word); !seen[s] {
				seen[s] = true
				v.df[s]++
			}
			if i > 0 {
				v.inside[t.Word]++
				if t.Capital {
					v.capital[t.Word]++
				}
			}
		}
	}
	return v
}

func (v *fakeVocabulary) DF(stem string) int { return v.df[stem] }
func (v *fakeVocabulary) Sentences() int     { return v.sentences }
func (v *fakeVocabulary) IsName(w string) bool {
	return v.capital[w] > 0 && v.capital[w]*2 > v.inside[w]
}

func (v *fakeVocabulary) Words(yield func(string, int) bool) {
	for w, n := range v.words {
		if !yield(w, n) {
			return
		}
	}
}

// harbour is a small corpus of its own: a made-up breach at a made-up port.
const harbour = `The port of Lindhaven was attacked by hackers on 3 March 2019, and its cranes stood still for nine hours.
The port authority Lindhaven Harbour said that the hackers had stolen about 12,000 emails and 48 contracts.
The director of the port, Greta Halvorsen, stepped down on 19 April 2019 because of the attack.
Her successor is Tomas Brandt, who had led the shipping company Nordkai for six years.
A group that calls itself Tide Breakers demanded a ransom of 4.5 million dollars.
The hackers released the files Anchor, Beacon and Compass on the website Dockleaks.
Police in Oslo arrested two suspects in June 2019, and the prosecutor Ingrid Solberg charged them with extortion.
The attackers got in by guessing the password of a crane operator, the security firm Polarwatch found.
About 35 percent of the containers were delayed, according to Greta Halvorsen.
North Sea Radio reported that the insurance of Lindhaven covered 2 million dollars of the damage.
The newspaper Morgenblad wrote that Lindhaven had been warned by the government in January 2019.
The film Deep Water by Jonas Eklund tells the story of the attack.
Greta Halvorsen apologised to the employees of the port for the leaked salaries.
The hackers said that they had attacked Lindhaven in protest against dredging.
`
