package question

import "strings"

var (
	scales     = set(`hundred thousand million billion trillion hundreds thousands millions billions dozen dozens bn mn m k`)
	currencies = set(`dollar dollars euro euros pound pounds yen won yuan rubles rupees cents usd eur gbp`)
	times      = set(`second seconds minute minutes hour hours day days week weeks month months year years decade decades`)
	measures   = set(`percent per people employees workers members times gigabytes terabytes megabytes kilobytes bytes gb tb mb
		copies files films movies emails records accounts computers servers companies screens cinemas theaters theatres pages
		miles kilometers kilometres meters metres feet km tons tonnes kilograms degrees points seats votes deaths casualties`)
	signs = []string{"US$", "$", "£", "€", "¥", "₩", "₽", "₿"}
)

// isUnit reports whether w, behind a number, makes it an amount and not a
// year or the day of a month.
func isUnit(w string) bool { return scales[w] || currencies[w] || times[w] || measures[w] }

// amount reads a number with its scale and, where they tell its kind, its
// unit. It returns the token behind it, or i where there is none.
func (r *reader) amount(i int) (to int, kind Kinds) {
	w := r.at(i)
	article := (w == "a" || w == "an" || w == "several" || w == "few" && r.at(i-1) == "a") && (scales[r.at(i+1)] || times[r.at(i+1)]) && r.at(i+1) != "m" && r.at(i+1) != "k"
	one := w == "one" && isUnit(r.at(i+1))
	if !r.ts[i].Number && !article && !one || isCode(w) || isOrdinal(w) {
		return i, 0
	}
	to = i + 1
	if n := r.series(i); n > to {
		to = n
	}
	for to < len(r.ts) && r.quantity(to) {
		to++
	}
	if r.at(to) == "and" && r.at(to+1) == "a" && r.at(to+2) == "half" { // nine and a half hours
		to += 3
	}
	unit := r.at(to)
	near := r.gap(to) == " " || r.gap(to) == "-"
	switch {
	case percentAfter(r.after(to-1)) > 0:
		return to, Percent | Number
	case near && unit == "percent":
		return to + 1, Percent | Number
	case near && unit == "per" && r.at(to+1) == "cent":
		return to + 2, Percent | Number
	case currencyBefore(r.s[:r.ts[i].Start]) > 0:
		return to, Money | Number
	case near && currencies[unit]:
		return to + 1, Money | Number
	case near && times[unit]:
		if r.at(to+1) == "and" && to+3 < len(r.ts) && r.ts[to+2].Number && times[r.at(to+3)] {
			to += 3 // "nine hours and 31 minutes"
		}
		return to + 1, Duration | Number
	case article && times[unit]:
		return to, Duration
	}
	return to, Number
}

// series returns the token of the last number of a list such as "5, 6 or 12.3
// million", or i where there is none.
func (r *reader) series(i int) int {
	for n := i + 1; n < len(r.ts) && r.ts[n].Number && r.gap(n) == ", " && !isCode(r.at(n)) && !isYear(r.at(n)); n++ {
		if w := r.at(n + 1); (w == "or" || w == "and") && n+2 < len(r.ts) && r.ts[n+2].Number && !isCode(r.at(n+2)) && !r.isMonth(n+3) {
			return n + 3
		}
	}
	return i
}

// quantity reports whether token i goes on with the number before it: "47
// million", "twenty five", "10 to 12".
func (r *reader) quantity(i int) bool {
	w, gap := r.at(i), r.gap(i)
	switch {
	case scales[w] && (gap == " " || gap == "" || gap == "-"):
		return true
	case (w == "to" || w == "or") && gap == " " && i+1 < len(r.ts) && r.ts[i+1].Number && !isCode(r.at(i+1)):
		return true
	case r.ts[i].Number && !isCode(w) && !isOrdinal(w):
		before := r.at(i - 1)
		return gap == "-" || gap == "–" || gap == " " && (before == "to" || before == "or" || !digits(w) && !digits(before) && !isYear(w))
	}
	return false
}

// isCode reports whether a token with a digit is no number, as "TA14".
func isCode(w string) bool {
	if w == "" || w[0] < '0' || w[0] > '9' {
		return w != "" && strings.ContainsAny(w, "0123456789")
	}
	return strings.ContainsAny(strings.TrimRight(w, "abcdefghijklmnopqrstuvwxyz"), "abcdefghijklmnopqrstuvwxyz") ||
		!strings.Contains("k m bn mn gb mb tb st nd rd th s", strings.TrimLeft(w, "0123456789.,"))
}

func isOrdinal(w string) bool {
	switch w {
	case "third", "quarter", "half", "twice":
		return true // "the third time", "the second half", "a quarter": seldom what was counted
	}
	return len(w) > 2 && w[0] >= '0' && w[0] <= '9' && (strings.HasSuffix(w, "st") || strings.HasSuffix(w, "nd") || strings.HasSuffix(w, "rd") || strings.HasSuffix(w, "th"))
}

// currencyBefore returns the length of the sign of a currency that s ends
// with, or 0.
func currencyBefore(s string) int {
	for _, sign := range signs {
		if strings.HasSuffix(s, sign) {
			return len(sign)
		}
	}
	return 0
}

// percentAfter returns the length of the percent sign that s starts with, or 0.
func percentAfter(s string) int {
	switch {
	case strings.HasPrefix(s, "%"):
		return 1
	case strings.HasPrefix(s, " %"):
		return 2
	}
	return 0
}
