package question

import "strings"

var (
	months = set(`january february march april may june july august september october november december
		jan feb mar apr jun jul aug sept sep oct nov dec`)
	weekdays = set(`monday tuesday wednesday thursday friday saturday sunday`)
	feasts   = set(`christmas thanksgiving easter halloween ramadan hanukkah diwali passover`)
	relative = set(`yesterday today tomorrow tonight`)
	dayParts = set(`morning afternoon evening night noon midnight`)
)

// date reads a date or a time of day at i. It returns the token behind it, or
// i where there is none.
func (r *reader) date(i int) (to int, kind Kinds) {
	w := r.at(i)
	switch {
	case r.isMonth(i): // December 17, 2014; December 2014; December
		to = i + 1
		if isDay(r.at(to)) && r.gap(to) == " " && !isUnit(r.at(to+1)) {
			to++
		}
		return r.year(to), Date
	case isDay(w) && r.isMonth(i+1) && r.gap(i+1) == " ": // 17 December 2014
		return r.year(i + 2), Date
	case isDay(w) && isRange(r.at(i+1)) && isDay(r.at(i+2)) && r.isMonth(i+3): // 16 to 22 December
		return r.year(i + 4), Date
	case isDay(w) && r.days(i) > i: // 5, 6 and 7 December
		return r.year(r.days(i) + 1), Date
	case isYear(w) && r.gap(i+1) == "-" && isDay(r.at(i+1)) && r.gap(i+2) == "-" && isDay(r.at(i+2)): // 2014-12-17
		return i + 3, Date
	case isYear(w) && !strings.Contains(r.surface(i), ",") && !isUnit(r.at(i+1)) && currencyBefore(r.s[:r.ts[i].Start]) == 0:
		return i + 1, Date
	case len(w) == 5 && w[4] == 's' && isYear(w[:4]): // the 1990s
		return i + 1, Date
	case weekdays[w] && r.ts[i].Capital:
		to = i + 1
		if (r.gap(to) == ", " || r.gap(to) == " ") && (r.isMonth(to) || isDay(r.at(to)) && r.isMonth(to+1)) {
			to, _ = r.date(to)
		} else if dayParts[r.at(to)] {
			to++
		}
		return to, Date | Weekday
	case feasts[w] && r.ts[i].Capital:
		to = i + 1
		if d := r.at(to); (d == "day" || d == "eve") && r.ts[to].Capital {
			to++
		} else if to < len(r.ts) && r.gap(to) == " " && !r.ts[to].Stop && !r.ts[to].Number && !r.isMonth(to) {
			return i, 0 // "its Christmas release"
		}
		return r.year(to), Date
	case w == "new" && strings.HasPrefix(r.at(i+1), "year") && r.ts[i].Capital && r.ts[i+1].Capital:
		to = i + 2
		if d := r.at(to); d == "day" || d == "eve" {
			to++
		}
		return to, Date
	case relative[w]:
		return i + 1, Date
	case w == "noon" || w == "midnight":
		return i + 1, Clock
	}
	return r.clock(i)
}

// days returns the month behind a list of days that starts at i, or i.
func (r *reader) days(i int) int {
	n := i + 1
	for isDay(r.at(n)) && r.gap(n) == ", " {
		n++
	}
	if n > i+1 && isRange(r.at(n)) && isDay(r.at(n+1)) && r.isMonth(n+2) {
		return n + 2
	}
	return i
}

// clock reads a time of day: 7 a.m., 7:30 p.m., 19:30.
func (r *reader) clock(i int) (to int, kind Kinds) {
	if !isDay(r.at(i)) && r.at(i) != "0" && r.at(i) != "00" {
		return i, 0
	}
	to = i + 1
	minutes := r.gap(to) == ":" && len(r.at(to)) == 2 && r.ts[to].Number
	if minutes {
		to++
	}
	half := strings.TrimSuffix(strings.ToLower(strings.TrimLeft(r.after(to-1), " ")), ".")
	switch {
	case strings.HasPrefix(half, "a.m") || strings.HasPrefix(half, "p.m"):
		return min(to+2, len(r.ts)), Clock
	case strings.HasPrefix(half, "am") || strings.HasPrefix(half, "pm"):
		if next := r.at(to); next == "am" || next == "pm" {
			return to + 1, Clock
		}
	case minutes:
		return to, Clock
	}
	return i, 0
}

// year takes a year that follows a day or a month.
func (r *reader) year(i int) int {
	if w := r.at(i); (isYear(w) || len(w) == 4 && w[0] == '1' && digits(w) && !isUnit(r.at(i+1))) && (r.gap(i) == " " || r.gap(i) == ", ") {
		return i + 1
	}
	return i
}

func (r *reader) isMonth(i int) bool {
	if i < 0 || i >= len(r.ts) || !r.ts[i].Capital || !months[r.ts[i].Word] {
		return false
	}
	if r.ts[i].Word != "may" && r.ts[i].Word != "march" {
		return true
	}
	// "May" and "March" open sentences as other words too
	return i > 0 || isDay(r.at(i+1)) || isYear(r.at(i+1))
}

func isRange(w string) bool { return w == "to" || w == "and" || w == "through" || w == "or" }

func isDay(w string) bool {
	for _, end := range []string{"st", "nd", "rd", "th"} {
		w = strings.TrimSuffix(w, end)
	}
	switch len(w) {
	case 1:
		return w[0] >= '1' && w[0] <= '9'
	case 2:
		return w[0] >= '0' && w[0] <= '3' && w[1] >= '0' && w[1] <= '9' && w <= "31"
	}
	return false
}

func isYear(w string) bool {
	return len(w) == 4 && (w[:2] == "20" || w[0] == '1' && w[1] >= '5') && digits(w)
}

func digits(w string) bool {
	for i := 0; i < len(w); i++ {
		if w[i] < '0' || w[i] > '9' {
			return false
		}
	}
	return w != ""
}
