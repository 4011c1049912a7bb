package discord

import (
	"reflect"
	"strings"
	"testing"
)

// TestTexts finds every text in every language, with the same places to fill.
func TestTexts(t *testing.T) {
	t.Parallel()
	en := reflect.ValueOf(english)
	verbs := func(s string) int { return strings.Count(s, "%") }
	for _, l := range localeOrder {
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
		for _, b := range []string{languages[l].More, languages[l].InContext, languages[l].Sources, languages[l].Share} {
			if units(b) > 34 {
				t.Errorf("%s: the label %q is cut on phones", l, b)
			}
		}
	}
	for locale, want := range map[string]*texts{"en-GB": &english, "es-419": &spanish, "pt-BR": &portuguese, "sv-SE": &english, "": &english, "de": &german} {
		if textsFor(locale) != want {
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
		if got := textsFor(tt.locale).date(tt.date); got != tt.want {
			t.Errorf("date(%s) in %s got %q want %q", tt.date, tt.locale, got, tt.want)
		}
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
