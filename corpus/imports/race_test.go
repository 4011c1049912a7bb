//go:build race

package imports

// underRace says that PDFium takes minutes.
const underRace = true
