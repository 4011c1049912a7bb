package question

import "strings"

// irregular maps forms of verbs to their base; a form with a * is never finite.
var irregular, participles = func() (map[string]string, map[string]bool) {
	forms, parts := make(map[string]string), make(map[string]bool)
	for _, line := range strings.Split(`write wrote *written|make made|send sent|steal stole *stolen|take took *taken|lead led|
		tell told|say said|get got *gotten|give gave *given|win won|find found|hold held|put put|pay paid|lose lost|leave left|
		sell sold|buy bought|break broke *broken|speak spoke *spoken|know knew *known|withdraw withdrew *withdrawn|run ran|
		hit hit|build built|begin began *begun|come came|go went *gone|see saw *seen|meet met|keep kept|bring brought|
		think thought|catch caught|set set|shoot shot|hide hid *hidden|choose chose *chosen|fall fell *fallen|read read|
		show showed *shown|become became|drive drove *driven|strike struck|stand stood|sleep slept|lay laid|fight fought|teach taught|hear heard|spend spent`, "|") {
		f := strings.Fields(line)
		for _, w := range f[1:] {
			w, only := strings.CutPrefix(w, "*")
			forms[w] = f[0]
			if only || len(f) == 2 {
				parts[w] = true
			}
			if only {
				notFinite[w] = true
			}
		}
	}
	return forms, parts
}()

var notFinite = make(map[string]bool)

// base returns the base of an irregular form, and other words as they are.
func base(w string) string {
	if b, ok := irregular[w]; ok {
		return b
	}
	return w
}

// participle reports whether a word looks like a past participle.
func participle(w string) bool {
	return participles[w] || strings.HasSuffix(w, "ed") && len(w) > 4
}

// finite reports whether token i has the shape of a verb that somebody does.
func (e *exact) finite(i int) bool {
	w := e.at(i)
	if notFinite[w] || w == "" {
		return false
	}
	if _, ok := irregular[w]; ok {
		return true
	}
	return strings.HasSuffix(w, "ed") && len(w) > 3 || strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !e.ts[i].Stop && !e.capital(i) && len(w) > 3
}
