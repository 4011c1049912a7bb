//go:build !race

package message

// slow says that the race detector makes everything several times slower.
const slow = false
