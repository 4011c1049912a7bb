//go:build race

package index

func init() { raceDetector = true }
