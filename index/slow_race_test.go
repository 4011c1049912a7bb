//go:build race

package index

const slow = 10
