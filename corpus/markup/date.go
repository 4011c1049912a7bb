package markup

import (
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// dateLayouts are the dates that articles and sources have, by length.
var dateLayouts = map[int]string{4: "2006", 7: "2006-01", 10: time.DateOnly}

// ParseDate reads a date as articles and sources have it. Where it names only a
// year or a month, layout ("2006", "2006-01" or "2006-01-02") says so.
func ParseDate(s string) (t time.Time, layout string, err error) {
	layout, ok := dateLayouts[len(s)]
	if !ok {
		return time.Time{}, "", fmt.Errorf("date %q is not of the form 2006-01-02", s)
	}
	t, err = time.Parse(layout, s)
	if err != nil {
		return time.Time{}, "", fmt.Errorf("date %q is not of the form %s", s, layout)
	}
	return t, layout, nil
}

// months are the names of the months in the languages that the bot speaks.
var months = func() map[string]int {
	m := make(map[string]int)
	for _, names := range []string{
		"january february march april may june july august september october november december",
		"jan feb mar apr may jun jul aug sep oct nov dec",
		"januar februar märz april mai juni juli august september oktober november dezember",
		"jän feber maerz apr mai jun jul aug sept okt nov dez",
		"janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
		"janv fevrier mars avr mai juin juil aout sept oct nov decembre",
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
	} {
		for i, name := range strings.Fields(names) {
			m[name] = i + 1
		}
	}
	return m
}()

const clockTail = `(?:,?[ tT]+(?:at )?\d{1,2}:\d{2}.*)?$`

var (
	weekday     = regexp.MustCompile(`^(?i)(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +`)
	yearFirst   = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?` + clockTail)
	yearAlone   = regexp.MustCompile(`^()()()(\d{4})$`)
	digitsAlone = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?$`)
	eastAsian   = regexp.MustCompile(`^(\d{4}) ?[年년] ?(\d{1,2}) ?[月월](?: ?(\d{1,2}) ?[日일])?`)
	dayMonth    = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th|er|\.|º)?[ -](?:of |de )?(\p{L}+)\.?,?[ -](?:de )?(\d{4})` + clockTail)
	monthDay    = regexp.MustCompile(`^(\p{L}+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})` + clockTail)
	monthYear   = regexp.MustCompile(`^(\p{L}+)\.?,?[ -](?:of |de )?(\d{4})$`)
	numbers     = regexp.MustCompile(`^(\d{1,2})([./-])(\d{1,2})[./-](\d{4})` + clockTail)
)

// longestDate keeps what is no date away from the patterns.
const longestDate = 64

// ReadDate reads a date of any usual form, in whatever time zone, as the day,
// month or year that it names. Where day and month cannot be told apart, as in
// 04/03/2021, it keeps the year and exact is false.
func ReadDate(s string) (date string, exact, ok bool) {
	s = strings.Trim(oneLine(s), `"' `)
	if s == "" || len(s) > longestDate {
		return "", false, false
	}
	s = weekday.ReplaceAllString(s, "")
	month := func(name string) string { return strconv.Itoa(months[strings.ToLower(name)]) }
	for _, re := range []*regexp.Regexp{yearFirst, digitsAlone, eastAsian} {
		if m := re.FindStringSubmatch(s); m != nil {
			return joinDate(m[1], m[2], m[3])
		}
	}
	if m := yearAlone.FindStringSubmatch(s); m != nil {
		return joinDate(m[4], "", "")
	}
	if m := dayMonth.FindStringSubmatch(s); m != nil {
		return joinDate(m[3], month(m[2]), m[1])
	}
	if m := monthDay.FindStringSubmatch(s); m != nil {
		return joinDate(m[3], month(m[1]), m[2])
	}
	if m := monthYear.FindStringSubmatch(s); m != nil {
		return joinDate(m[2], month(m[1]), "")
	}
	if m := numbers.FindStringSubmatch(s); m != nil {
		a, _ := strconv.Atoi(m[1])
		b, _ := strconv.Atoi(m[3])
		switch {
		case m[2] == "." || a > 12 || a == b:
			return joinDate(m[4], m[3], m[1])
		case b > 12:
			return joinDate(m[4], m[1], m[3])
		}
		date, _, ok = joinDate(m[4], "", "")
		return date, false, ok
	}
	return "", false, false
}

// joinDate makes a date of its numbers, of which day, or month and day, may be
// empty.
func joinDate(year, month, day string) (date string, exact, ok bool) {
	date = year
	for _, part := range []string{month, day} {
		if part == "" {
			break
		}
		date += "-" + strings.Repeat("0", max(0, 2-len(part))) + part
	}
	_, _, err := ParseDate(date)
	return date, true, err == nil
}

var (
	dayInName   = regexp.MustCompile(`(?:^|\D)((?:19|20)\d{2})([-_. ]?)(0[1-9]|1[0-2])([-_. ]?)(0[1-9]|[12]\d|3[01])(?:\D|$)`)
	monthInName = regexp.MustCompile(`(?:^|\D)((?:19|20)\d{2})[-_. ](0[1-9]|1[0-2])(?:\D|$)`)
	yearFolder  = regexp.MustCompile(`^(?:19|20)\d{2}$`)
	partFolder  = regexp.MustCompile(`^\d{1,2}$`)
)

// DateOfName returns the date in a file's name, or the one that its folders
// are named for, as in 2021/03/04/fire.md; or nothing.
func DateOfName(name string) string {
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	if m := dayInName.FindStringSubmatch(base); m != nil && m[2] == m[4] {
		if date, _, ok := joinDate(m[1], m[3], m[5]); ok {
			return date
		}
	}
	if m := monthInName.FindStringSubmatch(base); m != nil {
		return m[1] + "-" + m[2]
	}
	folders := strings.Split(path.Dir(name), "/")
	for i, f := range folders {
		if !yearFolder.MatchString(f) {
			continue
		}
		parts := []string{f, "", ""}
		for j := 1; j < 3 && i+j < len(folders) && partFolder.MatchString(folders[i+j]); j++ {
			parts[j] = folders[i+j]
		}
		if date, _, ok := joinDate(parts[0], parts[1], parts[2]); ok {
			return date
		}
	}
	if name := path.Base(path.Dir(name)); base == "index" && name != "." { // a page with a folder of its own
		return DateOfName(name)
	}
	return ""
}

var (
	dateAtHead = regexp.MustCompile(`^(?:19|20)\d{2}[-_. ]?(?:0[1-9]|1[0-2])(?:[-_. ]?(?:0[1-9]|[12]\d|3[01]))?[-_. ]+`)
	wordJoints = strings.NewReplacer("-", " ", "_", " ")
)

// TitleOfName makes a title of a file's name: 2021-03-04-depot-fire.md is
// "depot fire". A page that has a folder of its own has that one's name.
func TitleOfName(name string) string {
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	if folder := path.Base(path.Dir(name)); (base == "index" || base == "_index") && folder != "." && folder != "/" {
		base = folder
	}
	if rest := dateAtHead.ReplaceAllString(base, ""); strings.ContainsFunc(rest, unicode.IsLetter) {
		base = rest
	}
	if !strings.Contains(base, " ") && strings.ContainsFunc(base, unicode.IsLetter) {
		base = wordJoints.Replace(base)
	}
	return oneLine(base)
}
