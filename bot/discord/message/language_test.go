package message

import (
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestTexts finds every text in every language, with the same places to fill.
func TestTexts(t *testing.T) {
	t.Parallel()
	en := reflect.ValueOf(english)
	verbs := func(s string) int { return strings.Count(s, "%") }
	for _, l := range Locales {
		v := reflect.ValueOf(*languages[l])
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			for _, s := range stringsOf(v.Field(i)) {
				if s == "" {
					t.Errorf("%s has no %s", l, name)
				}
				if a, b := verbs(stringsOf(en.Field(i))[0]), verbs(stringsOf(v.Field(i))[0]); a != b {
					t.Errorf("%s: %s fills %d places, want %d", l, name, b, a)
				}
			}
		}
		if n := len(languages[l].MonthNames); n != 12 {
			t.Errorf("%s has %d months", l, n)
		}
		tongue := map[string]string{
			"en-US": "language of the articles", "de": "Sprache der Artikel", "fr": "langue des articles", "es-ES": "idioma de los artículos",
			"pt-BR": "idioma dos artigos", "ja": "記事と同じ言語", "ko": "기사와 같은 언어",
		}[l]
		for _, s := range []string{languages[l].NotSaid, languages[l].Help, languages[l].OptQuestion[1]} {
			if !strings.Contains(s, tongue) && s != english.NotSaid {
				t.Errorf("%s: %q does not say in which language to ask", l, s)
			}
		}
		if n := Length(languages[l].OptQuestion[1]); n > 100 {
			t.Errorf("%s: a description of %d characters", l, n)
		}
		for _, b := range []string{languages[l].More, languages[l].InContext, languages[l].Sources, languages[l].Share} {
			if Length(b) > 34 {
				t.Errorf("%s: the label %q is cut on phones", l, b)
			}
		}
	}
	for locale, want := range map[string]*Language{"en-GB": &english, "es-419": &spanish, "pt-BR": &portuguese, "sv-SE": &english, "": &english, "de": &german} {
		if LanguageOf(locale) != want {
			t.Errorf("textsFor(%q) is in another language", locale)
		}
	}
	for _, tt := range []struct{ locale, date, want string }{
		{"en-US", "2014-11-24", "November 24, 2014"},
		{"de", "2014-11-24", "24. November 2014"},
		{"fr", "2014-11", "novembre 2014"},
		{"ja", "2014-11-04", "2014年11月4日"},
		{"es-ES", "2014", "2014"},
		{"ko", "yesterday", ""},
		{"en-US", "", ""},
		{"en-US", "2014-1", ""},
	} {
		if got := LanguageOf(tt.locale).date(tt.date); got != tt.want {
			t.Errorf("date(%s) in %s got %q want %q", tt.date, tt.locale, got, tt.want)
		}
	}
}

// TestKoreanParticles puts the names of commands into Korean sentences: what
// follows a name depends on whether that ends in a consonant.
func TestKoreanParticles(t *testing.T) {
	t.Parallel()
	particle := regexp.MustCompile("([가-힣])`?(은|는|이|가|을|를|이면|면|과|와)( |,)")
	afterConsonant := map[string]bool{"은": true, "이": true, "을": true, "이면": true, "과": true}
	for _, s := range []string{korean.Help, korean.ReplyHidden, korean.BadRange} {
		s = korean.WithNames(s)
		for _, name := range []string{korean.AskName, korean.OptPrivate[0], korean.OptSource[0], korean.OptFrom[0], korean.OptTo[0]} {
			for _, m := range particle.FindAllStringSubmatch(s, -1) {
				last, _ := utf8.DecodeRuneInString(m[1])
				if !strings.Contains(s, name+strings.TrimPrefix(m[0], m[1])) {
					continue // not behind a name
				}
				if closed := (last-'가')%28 != 0; closed != afterConsonant[m[2]] {
					t.Errorf("%q behind %s in %q", m[2], name, s)
				}
			}
		}
	}
	if s := korean.WithNames(korean.ReplyHidden); !strings.Contains(s, "/질문을") {
		t.Errorf("got %q", s)
	}
}

func stringsOf(v reflect.Value) []string {
	if v.Kind() == reflect.String {
		return []string{v.String()}
	}
	var s []string
	for i := range v.Len() {
		s = append(s, v.Index(i).String())
	}
	return s
}
