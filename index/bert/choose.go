package bert

// best are the kernels that encoders use.
var best = choose(vector())

// choose returns the first set of kernels that gives the right bits on a small
// sample. Assembly that this machine runs differently, for whatever reason, is
// thus never used.
func choose(sets []*kernels) *kernels {
	for _, k := range sets {
		if selfCheck(k) {
			return k
		}
	}
	return &plain
}

// Kernels names the inner loops in use: "avx2", say, or "go".
func Kernels() string { return best.name }
