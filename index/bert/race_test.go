//go:build race

package bert

func init() { underRace = true }
