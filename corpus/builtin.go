package corpus

import (
	"embed"
	"io/fs"
)

//go:embed articles
var articles embed.FS

// Builtin is the corpus in the binary: articles about the Sony Pictures hack
// of November and December 2014, for use with [Load]. Beside them stands
// questions.jsonl, which Load passes over: what people ask, one question a
// line, with the IDs of the sentences that answer it.
func Builtin() fs.FS {
	sub, err := fs.Sub(articles, "articles")
	if err != nil {
		panic(err) // the directory is in the binary
	}
	return sub
}
