package retrieve

import (
	"context"
	"crypto/sha256"
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
)

// A vectorStore holds the vectors of texts: sentences and known questions. What
// is neither given nor on disk is computed in the background; until all are
// there, ready is false and words alone must do.
type vectorStore struct {
	encoder *Encoder
	codes   []Code // by text
	ready   atomic.Bool
	done    chan struct{} // closed when ready, or when there is no more to wait for
	stop    context.CancelFunc
	wg      sync.WaitGroup
}

// A vectorKey is the start of the SHA-256 of the network's name and a text, so
// that the vectors of one network are never taken for another's.
type vectorKey [8]byte

func (e *Encoder) key(text string) vectorKey {
	sum := sha256.Sum256([]byte(e.id + "\x00" + text))
	return vectorKey(sum[:8])
}

// newVectorStore starts to gather the vectors of texts from given, a vector
// file, and dir, where what is computed is kept for the next start if dir is not
// empty.
func newVectorStore(enc *Encoder, texts []string, given []byte, dir string, log *slog.Logger) *vectorStore {
	known := make(map[vectorKey][]byte)
	readVectors(given, known)
	file := ""
	if dir != "" {
		file = filepath.Join(dir, "vectors.bin")
		kept, err := os.ReadFile(file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			log.Warn("cannot read the sentence vectors that were kept; computing them again", "err", err)
		}
		readVectors(kept, known)
	}
	v := &vectorStore{encoder: enc, codes: make([]Code, len(texts)), done: make(chan struct{})}
	var missing []int
	for i, t := range texts {
		b, ok := known[enc.key(t)]
		if !ok || v.codes[i].read(b) != nil {
			missing = append(missing, i)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	v.stop = cancel
	if len(missing) == 0 {
		v.ready.Store(true)
		close(v.done)
		return v
	}
	log.Info("computing sentence vectors in the background", "sentences", len(missing))
	// Texts of like length are computed together, the short ones first.
	slices.SortStableFunc(missing, func(a, b int) int { return len(texts[a]) - len(texts[b]) })
	v.wg.Go(func() {
		defer close(v.done)
		if v.compute(ctx, texts, missing, file, log) {
			v.ready.Store(true)
			log.Info("sentence vectors are ready", "sentences", len(missing))
		}
	})
	return v
}

// close stops computing and waits for it to end.
func (v *vectorStore) close() {
	v.stop()
	v.wg.Wait()
}

const (
	// saveEvery is how many new vectors are written to disk at a time, a few
	// seconds of work.
	saveEvery = 512
	// together is how many texts go through the network in one call: enough to
	// fill it, few enough that a question that is asked meanwhile waits little.
	together = 16
)

// compute fills in the missing codes, and reports whether it came to its end.
func (v *vectorStore) compute(ctx context.Context, texts []string, missing []int, file string, log *slog.Logger) bool {
	for part := range slices.Chunk(missing, saveEvery) {
		for batch := range slices.Chunk(part, together) {
			strs := make([]string, len(batch))
			for k, i := range batch {
				strs[k] = texts[i]
			}
			vecs, err := v.encoder.Encode(ctx, strs...)
			if err != nil {
				if ctx.Err() == nil {
					log.Error("cannot compute sentence vectors; answers are sought by their words alone", "err", err)
				}
				return false
			}
			for k, i := range batch {
				v.codes[i] = NewCode(vecs[k])
			}
			runtime.Gosched()
		}
		if file == "" {
			continue
		}
		if err := appendFile(file, v.records(texts, part)); err != nil {
			log.Warn("cannot keep sentence vectors; they will be computed again", "err", err)
			file = ""
		}
	}
	return true
}

// A vector file is a row of records: key, code and the CRC-32C of both. A
// record that was cut off or damaged is left out.
const recordBytes = len(vectorKey{}) + Dim + 4

// AppendRecord appends the record of a text and its vector to a vector file.
func (e *Encoder) AppendRecord(b []byte, text string, vector []float32) []byte {
	code := NewCode(vector)
	return e.appendCode(b, text, &code)
}

func (e *Encoder) appendCode(b []byte, text string, code *Code) []byte {
	start := len(b)
	key := e.key(text)
	b = code.bytes(append(b, key[:]...))
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b[start:], castagnoli))
}

// records returns the records of the texts with these numbers.
func (v *vectorStore) records(texts []string, which []int) []byte {
	var b []byte
	for _, i := range which {
		b = v.encoder.appendCode(b, texts[i], &v.codes[i])
	}
	return b
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
