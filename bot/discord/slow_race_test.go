//go:build race

package discord

const slow = true
