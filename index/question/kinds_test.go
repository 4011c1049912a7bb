package question

import (
	"strings"
	"testing"

	term "dossier/index/text"
)

var kindNames = strings.Fields("date clock duration name person place number money percent reason manner several weekday age")

func (k Kinds) String() string {
	var out []string
	for i, n := range kindNames {
		if k.Has(1 << i) {
			out = append(out, n)
		}
	}
	return strings.Join(out, " ")
}

func TestMentions(t *testing.T) {
	tests := []struct {
		name, sentence string
		want           []string // the text of each mention and what it is
	}{
		{"day", "It began on 3 March 2019.", []string{"3 March 2019: date"}},
		{"American day", "It began on March 3, 2019, at noon.", []string{"March 3, 2019: date", "noon: clock"}},
		{"month", "It began in March 2019 or in early April.", []string{"March 2019: date", "April: date"}},
		{"age", "Dennis Pruitt, 46, and a 46-year-old were not hurt.", []string{"Dennis Pruitt: name person", "46: number age", "46-year-old: number age"}},
		{"birth", "He was born in 1968 and came in 1990.", []string{"1968: date age", "1990: date"}},
		{"year", "In 2019 the 2019 calls cost $2019.", []string{"2019: date", "2019: date", "$2019: number money"}},
		{"ISO date", "Logged on 2019-03-03.", []string{"2019-03-03: date"}},
		{"range of days", "From 3 to 9 March 2019 it stood still.", []string{"3 to 9 March 2019: date"}},
		{"decade", "In the 1990s.", []string{"1990s: date"}},
		{"weekday", "They left on Monday, 4 March, in the evening.", []string{"Monday, 4 March: date weekday"}},
		{"feast", "It opened on Christmas Day, not in the Christmas season.", []string{"Christmas Day: date"}},
		{"clock", "At 7:30 a.m. and 19:45 and 5 pm.", []string{"7:30 a.m.: clock", "19:45: clock", "5 pm: clock"}},
		{"may is no month", "They may march in May 2019.", []string{"May 2019: date"}},
		{"duration", "It took nine and a half hours, then three weeks.", []string{"nine and a half hours: duration number", "three weeks: duration number"}},
		{"money", "They paid 4.5 million dollars, £300 and €2bn.", []string{"4.5 million dollars: number money", "£300: number money", "€2bn: number money"}},
		{"percent", "Some 35 percent, 12% and 7 per cent.", []string{"35 percent: number percent", "12%: number percent", "7 per cent: number percent"}},
		{"number", "It lost 12,000 emails and twenty-five cranes.", []string{"12,000: number", "twenty-five: number"}},
		{"identifier", "See TA14-353A and the third page.", []string{"TA14-353A: name"}},
		{"person", "The director Greta Halvorsen met Mr. Brandt.", []string{"Greta Halvorsen: name person", "Mr. Brandt: name person"}},
		{"possessive", "Nordkai's Tomas Brandt left.", []string{"Nordkai: name", "Tomas Brandt: name person"}},
		{"office", "Secretary of State John Kerry spoke.", []string{"Secretary of State: name", "John Kerry: name person"}},
		{"foreign person", "They accuse Jang Se-yul and Kim Yong Chol.", []string{"Jang Se-yul: name person", "Kim Yong Chol: name person", "Jang Se-yul and Kim Yong Chol: several"}},
		{"first word", "Employees of Nordkai left. Whether Greta Halvorsen knew is open.", []string{"Nordkai: name", "Greta Halvorsen: name person"}},
		{"organisation", "The Harbour Workers Union and Oslo University agree.", []string{"Harbour Workers Union: name", "Oslo University: name", "Harbour Workers Union and Oslo University: several"}},
		{"place", "In Oslo and in North Korea.", []string{"Oslo: name place", "North Korea: name place"}},
		{"people of a place", "Two Norwegians and the North Koreans.", []string{"Two: number", "Norwegians: name"}},
		{"title", "She saw The Deep Water and No Country for Old Men.", []string{"The Deep Water: name", "No Country for Old Men: name", "The Deep Water and No Country for Old Men: several"}},
		{"list", "They leaked Anchor, Beacon and Compass.", []string{"Anchor: name", "Beacon: name", "Compass: name", "Anchor, Beacon and Compass: several"}},
		{"numbered name", "He worked for Bureau 121 on Windows 7.", []string{"Bureau 121: name", "Windows 7: name"}},
		{"unit left out", "They paid 8.4 million dollars for one and 6.5 million for the other.", []string{"8.4 million dollars: number money", "6.5 million: number money"}},
		{"series", "They took 5, 6 or 12.3 million dollars on 4, 5 and 6 December.", []string{"5, 6 or 12.3 million dollars: number money", "4, 5 and 6 December: date"}},
		{"saint", "At the St. Olav hotel it was GMT+8.", []string{"St. Olav: name", "GMT+8: name"}},
		{"nothing", "nobody knows why.", nil},
		{"empty", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, m := range mentions(tt.sentence, term.Tokens(tt.sentence)) {
				got = append(got, tt.sentence[m.Start:m.End]+": "+m.kind.String())
			}
			if g, w := strings.Join(got, "\n"), strings.Join(tt.want, "\n"); g != w {
				t.Errorf("mentions(%q) are\n%s\nwant\n%s", tt.sentence, g, w)
			}
		})
	}
}

func BenchmarkExact(b *testing.B) {
	q := New(vocabulary(harbour)).Parse("who stepped down because of the attack")
	for b.Loop() {
		Exact(q, "The director of the port, Greta Halvorsen, stepped down on 19 April 2019 because of the attack.")
	}
}
