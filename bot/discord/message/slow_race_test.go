//go:build race

package message

const slow = true
