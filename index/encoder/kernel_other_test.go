//go:build !amd64 || purego

package encoder

import "testing"

func plainGo(testing.TB) {}
