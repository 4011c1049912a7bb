// Package encoder turns a sentence into a vector, so that texts that mean
// similar things can be found without sharing a word.
//
// [Encoder.Encode] cuts a text into SentencePiece pieces (token.go), runs them
// through the two transformer layers of the Universal Sentence Encoder lite
// (Google, 2018; encoder.go), and returns 512 numbers of unit length. [Code] is
// the same in 512 bytes, for keeping. The weights, 7.2 MB of int8, are part of
// the program. They are Google's, trained further so that a question as people
// type it lies near the sentence that answers it: pack/ makes the original ones,
// train/ goes on from there, LICENSE and NOTICE say whose they are. Nothing here
// uses the network, the disk or the clock, and no text can make a call fail, or
// take longer than 128 tokens take.
//
// # Speed
//
// On an AMD EPYC (Zen 4) of two cores, shared with other work, the fastest of
// several runs; slower ones took up to twice as long:
//
//	go test ./index/encoder -cpu 1 -run xxx -bench . -benchtime 100x
//
//	                          AVX2      plain Go
//	question, 11 tokens       1.2 ms    13 ms
//	sentence, 48 tokens       5.9 ms    43 ms
//	10,000 codes compared     0.15 ms   2.5 ms
//	decoding the weights      3 ms      3 ms
//
// Nearly all of it is products of matrices. BenchmarkMul is the usual one, 12 x
// 512 by 512 x 1536; the libraries were given the same, on one core, in
// thousand millions of multiplications a second:
//
//	tileAVX2                                   40 to 55
//	a 4 x 16 AVX2 kernel for float32 weights   29 to 44
//	viterin/vek v0.4.3, vek32.MatMul           15
//	gonum v0.17.0, blas32.Gemm                 5
//	plain Go (mulGo)                           3.5 to 4.6
//	vek without its assembly                   0.7
//
// The libraries also want the weights as float32, 20 MB to hold and to read for
// each question. So the kernel is our own: 124 lines of assembly, chosen at run
// time, held to plain Go by TestMul and TestPathsAgree. The build tag purego
// leaves it out.
package encoder
