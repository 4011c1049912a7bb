//go:build !race

package discord

// slow says that the race detector makes everything several times slower.
const slow = false
