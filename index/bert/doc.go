// Package bert runs small BERT encoders: it cuts text into WordPiece tokens
// ([Tokenizer]), and makes of each token a vector that knows its neighbours
// ([Encoder]). It knows nothing of questions.
//
// One file of weights ([Open]) holds a word table, its vocabulary, and encoders
// that share both. It is read where it lies, so it can be part of the program
// and costs neither time nor memory at the start. index/train/export.py writes
// it from models of Hugging Face.
//
// Weights are 7 bits and activations 7 bits, with exact sums; every kernel, on
// every machine, gives the same bits as plain Go (kernel_go.go), which gives
// the same bits as index/train/int8.py. Assembly is used only if it passes a
// self-check at the start (check.go). The build tag purego leaves it out.
//
//	AVX2           everything                  tested where it was written
//	AVX-512 VNNI   products, the rest AVX2     never run yet; its instructions
//	                                           were read back with objdump, and
//	                                           the self-check stands guard
//	NEON           products, with SDOT         tested under qemu-aarch64
//
// # Speed and loss
//
// On an AMD EPYC (Zen 3), one core, shared with other work, the fastest of 40
// (the medians, 307 ms both, say only how busy it was):
//
//	index/train/bench_onnx.py MODEL                  12 sequences of 60 tokens
//	ONNX Runtime 1.32, dynamic int8                  135 ms
//	this package, AVX2                               101 ms, 76 GMAC/s
//
// A product alone reaches 107 GMAC/s (BenchmarkProduct). For 2,500 sentences,
// all-MiniLM-L6-v2 in int8 has a mean cosine of 0.9974 with float32, and keeps
// the nearest neighbour of 91.2 % (TestVectorsReference, which says how to run
// it in index/train/check_vectors.py).
//
// Tokens are those of BertTokenizerFast (index/train/check_tokenizer.py), but
// for about 560 marks and punctuation characters younger than its tables.
package bert
