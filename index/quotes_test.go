package index

import (
	"testing"
	"testing/fstest"

	"dossier/index/rank"
)

// TestNamingFirst holds that a sentence is put first only where it names what
// is asked for, and is nearly the best anyway.
func TestNamingFirst(t *testing.T) {
	ix := indexOf(t, fstest.MapFS{"port.md": {Data: []byte(`---
title: The port
date: 2019-03-04
---
Three files leaked from the port of Lindhaven. The leaked files are Anchor, Beacon and Compass. The police of Lindhaven spoke to Greta Halvorsen and Tomas Brandt about what had leaked.
`)}})
	const (
		speaks = iota
		names
		junk
	)
	tests := []struct {
		name   string
		ranked []rank.Scored
		want   int
	}{
		{"names what is asked for", []rank.Scored{{Sentence: speaks, Score: 9}, {Sentence: names, Score: 8.5}}, names},
		{"too far behind", []rank.Scored{{Sentence: speaks, Score: 9}, {Sentence: names, Score: 5}}, speaks},
		{"other names", []rank.Scored{{Sentence: speaks, Score: 9}, {Sentence: junk, Score: 8.9}}, speaks},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ix.namingFirst(ix.parser.Parse("which files leaked"), tt.ranked)
			if got := tt.ranked[0].Sentence; got != tt.want {
				t.Errorf("sentence %d is first, want %d", got, tt.want)
			}
		})
	}
}
