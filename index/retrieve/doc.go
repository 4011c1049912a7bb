// Package retrieve finds the sentences of a corpus that may answer a question.
//
// [NewCorpus] numbers the sentences of articles. A [Retriever] finds some of
// them by their words, with bleve, and some by their meaning, as the vectors of
// the retriever network that stand nearest to the question's; a question that
// is known to be answered by a sentence lifts it. What it returns is in order,
// but it decides nothing: package reader reads what is found here.
//
// Nothing else in the module knows bleve.
package retrieve
