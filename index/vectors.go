package index

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"dossier/index/encoder"
)

// builtinVectors are the vectors of the built-in articles' sentences, as
// records of a vector file. Vectors take longest of all that an index needs,
// and these never change. Written by: go test ./index -run TestBuiltinVectors -update
//
//go:embed builtin.vec
var builtinVectors []byte

// A vectorStore holds the vectors of an index's sentences, and behind them
// those of its suggestions. What is neither in the binary nor on disk is
// computed in the background; until all are there, ready is false and words
// alone must do.
type vectorStore struct {
	encoder *encoder.Encoder
	codes   []encoder.Code // by text
	ready   atomic.Bool
	done    chan struct{} // closed when ready, or when there is no more to wait for
	stop    context.CancelFunc
	wg      sync.WaitGroup
}

// A vectorKey is the start of the SHA-256 of the model's name and a text, so
// that the vectors of one model are never taken for another's.
type vectorKey [8]byte

func keyOf(text string) vectorKey {
	sum := sha256.Sum256([]byte(encoder.ModelID + "\x00" + text))
	return vectorKey(sum[:8])
}

// newVectorStore starts to gather the vectors of texts. With a directory, what
// is computed is kept there for the next start.
func newVectorStore(texts []string, dir string, log *slog.Logger) (*vectorStore, error) {
	enc, err := encoder.Default()
	if err != nil {
		return nil, err
	}
	known := make(map[vectorKey][]byte)
	readVectors(builtinVectors, known)
	file := ""
	if dir != "" {
		file = filepath.Join(dir, "vectors.bin")
		kept, err := os.ReadFile(file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			log.Warn("cannot read the sentence vectors that were kept; computing them again", "err", err)
		}
		readVectors(kept, known)
	}
	v := &vectorStore{encoder: enc, codes: make([]encoder.Code, len(texts)), done: make(chan struct{})}
	var missing []int
	for i, t := range texts {
		b, ok := known[keyOf(t)]
		if !ok || v.codes[i].UnmarshalBinary(b) != nil {
			missing = append(missing, i)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	v.stop = cancel
	if len(missing) == 0 {
		v.ready.Store(true)
		close(v.done)
		return v, nil
	}
	log.Info("computing sentence vectors in the background", "sentences", len(missing))
	v.wg.Go(func() {
		defer close(v.done)
		if v.compute(ctx, texts, missing, file, log) {
			v.ready.Store(true)
			log.Info("sentence vectors are ready", "sentences", len(missing))
		}
	})
	return v, nil
}

// close stops computing and waits for it to end.
func (v *vectorStore) close() {
	v.stop()
	v.wg.Wait()
}

// saveEvery is how many new vectors are written to disk at a time, a few
// seconds of work.
const saveEvery = 512

// longWork is how many vectors take so long, half a minute, that answers must
// not suffer from it.
const longWork = 5000

// compute fills in the missing codes, and reports whether it came to its end.
func (v *vectorStore) compute(ctx context.Context, texts []string, missing []int, file string, log *slog.Logger) bool {
	workers := runtime.GOMAXPROCS(0)
	if len(missing) > longWork {
		workers = max(1, workers/2) // people ask meanwhile
	}
	for part := range slices.Chunk(missing, saveEvery) {
		var next atomic.Int64
		var wg sync.WaitGroup
		for range workers {
			wg.Go(func() {
				for ctx.Err() == nil {
					n := int(next.Add(1)) - 1
					if n >= len(part) {
						return
					}
					vec := v.encoder.Encode(texts[part[n]])
					v.codes[part[n]] = vec.Code()
				}
			})
		}
		wg.Wait()
		if ctx.Err() != nil {
			return false
		}
		if file == "" {
			continue
		}
		var b []byte
		for _, i := range part {
			b = appendVector(b, keyOf(texts[i]), &v.codes[i])
		}
		if err := appendFile(file, b); err != nil {
			log.Warn("cannot keep sentence vectors; they will be computed again", "err", err)
			file = ""
		}
	}
	return true
}

// A vector file is a row of records: key, code and the CRC-32C of both. A
// record that was cut off or damaged is left out.
const (
	codeBytes   = encoder.Dim
	recordBytes = len(vectorKey{}) + codeBytes + 4
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func appendVector(b []byte, key vectorKey, code *encoder.Code) []byte {
	start := len(b)
	b = append(b, key[:]...)
	b, _ = code.AppendBinary(b) // never fails
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b[start:], castagnoli))
}

// readVectors adds the sound records of b to known.
func readVectors(b []byte, known map[vectorKey][]byte) {
	for ; len(b) >= recordBytes; b = b[recordBytes:] {
		sum := recordBytes - 4
		if crc32.Checksum(b[:sum], castagnoli) == binary.LittleEndian.Uint32(b[sum:]) {
			known[vectorKey(b[:len(vectorKey{})])] = b[len(vectorKey{}):sum]
		}
	}
}

// appendFile adds whole records to a file; a record cut off by an earlier kill
// is removed first, so that the new ones stand where they are looked for.
func appendFile(name string, b []byte) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if _, err := f.WriteAt(b, info.Size()/int64(recordBytes)*int64(recordBytes)); err != nil {
		return err
	}
	return f.Close()
}

// cosine returns how near sentence i is to a question's code.
func (v *vectorStore) cosine(q *encoder.Code, i int) float64 { return float64(q.Cosine(&v.codes[i])) }
