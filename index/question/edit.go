package question

import "strings"

// distance is what it costs to have typed a for b: about 1 an edit, less for
// the edits that fingers make. It stops early, with more than limit, where the
// words are farther apart. Both are at most maxSpelled bytes long.
func distance(a, b string, limit float64) float64 {
	if len(a) > maxSpelled || len(b) > maxSpelled {
		return limit + 1
	}
	var rows [3][maxSpelled + 1]float64
	prev2, prev, row := &rows[0], &rows[1], &rows[2]
	for j := 1; j <= len(b); j++ {
		prev[j] = prev[j-1] + missing(b, j-1)
	}
	for i := 1; i <= len(a); i++ {
		row[0] = prev[0] + extra(a, i-1)
		least := row[0]
		for j := 1; j <= len(b); j++ {
			c := prev[j-1]
			if a[i-1] != b[j-1] {
				c += swapCost(a[i-1], b[j-1])
			}
			c = min(c, prev[j]+extra(a, i-1), row[j-1]+missing(b, j-1))
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] && a[i-1] != a[i-2] {
				c = min(c, prev2[j-2]+0.6) // letters in the wrong order
			}
			row[j] = c
			least = min(least, c)
		}
		if least > limit {
			return limit + 1
		}
		prev2, prev, row = prev, row, prev2
	}
	return prev[len(b)]
}

// missing is the cost of leaving out a letter of s: little for one of two
// that are the same, or one that is hardly heard.
func missing(s string, i int) float64 {
	switch {
	case double(s, i):
		return 0.5
	case isVowel(s[i]) || s[i] == 'h':
		return 0.7
	}
	return 0.8
}

// extra is the cost of a letter of s that is too many.
func extra(s string, i int) float64 {
	switch {
	case double(s, i):
		return 0.5
	case i > 0 && adjacent(s[i], s[i-1]) || i+1 < len(s) && adjacent(s[i], s[i+1]):
		return 0.8
	}
	return 0.95
}

func double(s string, i int) bool {
	return i > 0 && s[i] == s[i-1] || i+1 < len(s) && s[i] == s[i+1]
}

// swapCost is the cost of one letter for another.
func swapCost(a, b byte) float64 {
	switch {
	case adjacent(a, b):
		return 0.7
	case soundsAlike(a, b), isVowel(a) && isVowel(b):
		return 0.75
	}
	return 1
}

func isVowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }

func soundsAlike(a, b byte) bool {
	switch string([]byte{min(a, b), max(a, b)}) {
	case "ck", "cs", "sz", "gj", "fv", "fp", "dt", "mn", "kq", "iy", "vw":
		return true
	}
	return false
}

// keys are the neighbours of each letter on a keyboard.
var keys = [26]string{
	"qwsz", "vghn", "xdfv", "serfcx", "wsdr", "drtgvc", "ftyhbv", "gyujnb", "ujko", "huikmn", "jiolm", "kop", "njk",
	"bhjm", "iklp", "ol", "wa", "edft", "awedxz", "rfgy", "yhji", "cfgb", "qase", "zsdc", "tghu", "asx",
}

// adjacent reports whether two letters lie side by side on a keyboard.
func adjacent(a, b byte) bool {
	return a >= 'a' && a <= 'z' && strings.IndexByte(keys[a-'a'], b) >= 0
}
