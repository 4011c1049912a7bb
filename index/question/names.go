package question

import "strings"

var (
	honorifics = set(`mr mrs ms dr sir lord lady madam president senator governor mayor judge justice general colonel captain
		professor king queen prince princess pope secretary chancellor congressman congresswoman representative agent`)
	// roles are nouns that a person's name follows: "the actress Angelina Jolie"
	roles = set(`actor actress director producer writer author journalist reporter lawyer attorney spokesman spokeswoman
		spokesperson chief boss head ceo chairman chairwoman founder researcher analyst expert professor minister diplomat
		leader senator president hacker programmer executive investigator historian singer comedian officer agent`)
	// bodies are words that make a name an organisation's or a thing's
	bodies = set(`pictures entertainment corp corporation inc ltd llc plc company co group studio studios television network networks
		department ministry bureau agency commission committee council office court congress senate parliament government army police
		university institute college school foundation association union bank fund security systems technologies technology
		software labs laboratory research news times post journal magazine press street tribune herald guardian reuters
		hotel airport station stadium theater theatre cinema cinemas museum church hospital prize award awards festival
		act treaty party team club league services service international global national federal motion house center centre
		online media radio digital online records music films film movies games game guard guardians wars war`)
	// houses are named after somebody: "St. Luke's Hospital"
	houses = set(`hospital college school church cathedral theater theatre hotel chapel abbey restaurant pub clinic`)
	// regions are words that make a name a place's
	regions = set(`city county street avenue square island islands river lake mountain mountains valley beach bay coast desert
		province state states republic kingdom emirates hills`)
	directions = set(`north south east west northern southern eastern western new san santa los las saint st el rio fort port mount upper lower`)
	demonyms   = set(`american americans british english chinese russian russians japanese german germans french korean koreans
		israeli iranian european asian african canadian australian indian mexican syrian ukrainian italian spanish dutch swiss
		christian jewish muslim democrat democrats republican republicans internet`)
	openers = set(`whether although though since within among despite unlike like besides according outside inside without unless`)
	// joiners stand in lower case inside names; titles allow more of them
	joiners      = set(`of the de la le von van der den al bin du da`)
	titleJoiners = set(`of the a an in on to for with her his from at by de la`)
	firstNames   = wordSet("first")
	places       = wordSet("places")
)

// name reads a proper name at i: a run of words with capitals. It returns the
// token behind it, or i where there is none. A kind of 0 is a name that is no
// answer.
func (r *reader) name(i int) (to int, kind Kinds) {
	t := r.ts[i]
	if !t.Capital || r.timeWord(i) || t.Word == "i" || strings.HasPrefix(t.Word, "i'") {
		return i, 0
	}
	title := t.Stop
	if title && (r.opens(i) || !r.capital(i+1) || r.gap(i+1) != " ") {
		// "The Interview" and "To Write Love on Her Arms", but not at the start
		// of a sentence, where any word has a capital
		return i, 0
	}
	to = r.run(i, title)
	if r.opens(i) && ordinary(t.Word) && !honorifics[t.Word] {
		// "Employees of Sony", "Whether Amy Pascal": a capital that tells nothing
		if to == i+1 || openers[t.Word] || firstNames[r.at(i+1)] && to > i+2 ||
			!directions[t.Word] && !firstNames[t.Word] && !r.planned(i, to) {
			return i, 0
		}
	}
	if n := r.bearer(i, to); n > i {
		to = n
	}
	return to, r.nameKind(i, to)
}

// run returns the token behind the run of capitals that starts at i.
func (r *reader) run(i int, title bool) int {
	to := i + 1
	for to < len(r.ts) && (possessive(r.surface(to-1)) == 0 || r.patron(i, to)) {
		if r.gap(to) == "+" && r.ts[to].Number {
			to++ // "GMT+8"
			continue
		}
		if r.capital(to) && !r.timeWord(to) && r.joined(to) || r.gap(to) == "-" && !r.capital(to) && !ordinary(r.at(to)) && !r.ts[to].Stop {
			to++ // "Jang Se-yul"
			continue
		}
		n := to
		for n < len(r.ts) && n-to < 3 && r.gap(n) == " " && !r.ts[n].Capital &&
			(joiners[r.at(n)] || title && titleJoiners[r.at(n)] || r.at(n) == "for" && bodies[r.at(n-1)]) {
			n++
		}
		if n == to || !r.capital(n) || r.gap(n) != " " || r.timeWord(n) || r.ts[n].Stop && !title {
			break
		}
		if to-i >= 2 && firstNames[r.at(i)] && r.at(to) == "of" {
			break // "Steve Mosko of Sony"
		}
		to = n + 1
	}
	if w := r.at(to); r.gap(to) == " " && digits(w) && len(w) <= 4 && !isYear(w) && !isUnit(r.at(to+1)) && !r.isMonth(to+1) &&
		!strings.Contains(r.surface(to), ",") && !honorifics[r.at(to-1)] {
		to++ // "Bureau 121"
	}
	return to
}

// patron reports whether the possessive before token to is part of the name
// that starts at i: "St. Luke's Hospital", but not "Norway's Church".
func (r *reader) patron(i, to int) bool {
	owner := strings.TrimSuffix(strings.TrimSuffix(r.phrase(i, to), "'s"), "’s")
	return houses[r.at(to)] && r.capital(to) && r.gap(to) == " " && !r.capital(to+1) && !places[owner] && !demonyms[owner]
}

// bearer returns where the name of a person begins in a run that starts with
// an office: "Secretary of State John Kerry", but not "President Barack
// Obama", which stays whole.
func (r *reader) bearer(i, to int) int {
	for n := i + 1; n+1 < to; n++ {
		if firstNames[r.at(n)] && !firstNames[r.at(n-1)] && len(r.at(n-1)) > 1 && r.gap(n) == " " && !r.ts[i].Stop {
			if n == i+1 && honorifics[r.at(i)] {
				return i
			}
			return n
		}
	}
	return i
}

// opens reports whether token i is the first of a sentence or of a quotation,
// where a capital tells nothing.
func (r *reader) opens(i int) bool {
	if i == 0 {
		return true
	}
	gap := r.gap(i)
	return strings.ContainsAny(gap, ".!?:\"“”\n") && !r.abbreviated(i-1)
}

// abbreviated reports whether the point behind token i belongs to it: "Mr.",
// "J.".
func (r *reader) abbreviated(i int) bool {
	w := r.at(i)
	return honorifics[w] || len(w) == 1 && r.ts[i].Capital || w == "jr" || w == "vs" || w == "st"
}

// joined reports whether token i goes on with the name that token i-1 is part
// of.
func (r *reader) joined(i int) bool {
	switch r.gap(i) {
	case " ", "-", "–", " & ", "&", "'", "’":
		return true
	case ". ":
		return r.abbreviated(i - 1)
	}
	return false
}

func (r *reader) capital(i int) bool {
	return i >= 0 && i < len(r.ts) && r.ts[i].Capital
}

func (r *reader) timeWord(i int) bool {
	w := r.at(i)
	return r.isMonth(i) || r.ts[i].Capital && (weekdays[w] || feasts[w])
}

// planned reports whether an ordinary word at the start of a sentence still
// begins a name, as in "Still Alice" or "Guardians of Peace": where a word
// behind it is ordinary as well, that has its capital for a reason. Three
// capitals in a row are a name too: "Park Jin Hyok".
func (r *reader) planned(i, to int) bool {
	if to >= i+3 && r.capital(i+1) && r.capital(i+2) {
		return true
	}
	for k := i + 1; k < to; k++ {
		if r.capital(k) && !r.ts[k].Stop && (ordinary(r.at(k)) || bodies[r.at(k)] || firstNames[r.at(k)]) {
			return true
		}
	}
	return false
}

// phrase returns the words of the tokens from i to to with one space between.
func (r *reader) phrase(i, to int) string {
	if to == i+1 {
		return r.at(i)
	}
	var b strings.Builder
	for n := i; n < to; n++ {
		if n > i {
			b.WriteByte(' ')
		}
		b.WriteString(r.at(n))
	}
	return b.String()
}
