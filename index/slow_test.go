//go:build !race

package index

// slow is how many times slower the race detector may make everything.
const slow = 1
