// Package store writes what must outlive a restart. It knows files, and nothing
// of what is in them.
package store

import (
	"errors"
	"os"
	"path/filepath"
)

// Replace writes a file that only its owner can read. Whoever reads it, after a
// crash too, finds what was there before or all that is there now.
func Replace(path string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}
