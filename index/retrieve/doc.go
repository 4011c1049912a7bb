// Package retrieve finds what may answer a question: chunks by their words,
// with bleve, and sentences by their meaning. It decides nothing: package rank
// puts in order what it finds.
//
// [Cut] puts the sentences of articles into chunks, whose [Corpus.Documents]
// bleve indexes, [InMemory] or on disk ([Open]). Package index answers with
// this, and the command that trains the ranker measures with it, so what one
// finds the other does.
package retrieve
