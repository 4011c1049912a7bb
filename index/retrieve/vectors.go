package retrieve

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io/fs"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// A vectorStore holds the vectors of texts: sentences and known questions. What
// is neither given nor on disk is computed in the background, or when a question
// needs it.
type vectorStore struct {
	encoder *Encoder
	texts   []string
	codes   []Code        // by text
	have    []atomic.Bool // which codes are there; once set, they stay as they are
	equal   map[int][]int // the numbers of all that are the same text, of those that had no code at first and stand more than once
	writing sync.Mutex    // held to write a code and to set have
	ready   atomic.Bool   // all are there
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

// newVectorStore starts to gather the vectors of texts from vector files: opts.Vectors,
// which is always there; before, which is not; and that in opts.Dir, where all but the
// first ones are kept for the next start if there is one.
func newVectorStore(enc *Encoder, texts []string, before []byte, opts Options) *vectorStore {
	given, dir, log := opts.Vectors, opts.Dir, opts.Log
	keys := make([]vectorKey, len(texts))
	for i, t := range texts {
		keys[i] = enc.key(t)
	}
	known := make(map[vectorKey][]byte)
	readVectors(given, known)
	missed := slices.DeleteFunc(slices.Clone(keys), func(k vectorKey) bool { return known[k] != nil })
	file := ""
	if dir != "" {
		file = filepath.Join(dir, "vectors.bin")
		before = takeOver(file, before, missed, log)
	}
	readVectors(before, known)
	v := &vectorStore{
		encoder: enc, texts: texts, codes: make([]Code, len(texts)), have: make([]atomic.Bool, len(texts)), equal: make(map[int][]int), done: make(chan struct{}),
	}
	var missing []int // of equal texts the first
	without := make(map[vectorKey][]int)
	for i, key := range keys {
		if b, ok := known[key]; ok && v.codes[i].read(b) == nil {
			v.have[i].Store(true)
			continue
		}
		if without[key] == nil {
			missing = append(missing, i)
		}
		without[key] = append(without[key], i)
	}
	for _, equal := range without {
		if len(equal) == 1 {
			continue
		}
		for _, i := range equal {
			v.equal[i] = equal
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
		if v.compute(ctx, missing, file, opts) {
			v.ready.Store(true)
			log.Info("sentence vectors are ready", "sentences", len(missing))
		}
	})
	return v
}

// takeOver makes a file hold the vectors of these keys that are in it or in before,
// and no others: texts that are gone leave the disk too. It returns them.
func takeOver(file string, before []byte, keys []vectorKey, log *slog.Logger) []byte {
	_ = os.Remove(file + scratchEnd) // of a process that was killed
	b, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		log.Warn("cannot read the sentence vectors that were kept; computing them again", "err", err)
	}
	live := live(slices.Concat(b, before), keys)
	if !bytes.Equal(live, b) {
		if err := replaceFile(file, live); err != nil {
			log.Warn("cannot keep the sentence vectors as they are now", "file", file, "err", err)
		}
	}
	return live
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

// compute fills in the missing codes, and reports whether it came to its end. Its
// progress is in bytes, as the texts get longer.
func (v *vectorStore) compute(ctx context.Context, missing []int, file string, opts Options) bool {
	log := opts.Log
	done, total := 0, 0
	for _, i := range missing {
		total += len(v.texts[i])
	}
	for part := range slices.Chunk(missing, saveEvery) {
		for batch := range slices.Chunk(part, together) {
			if err := v.fill(ctx, batch); err != nil {
				if ctx.Err() == nil {
					log.Error("cannot compute sentence vectors; answers are sought by their words alone", "err", err)
				}
				return false
			}
			for _, i := range batch {
				done += len(v.texts[i])
			}
			opts.Progress(Computing, done, total)
			runtime.Gosched()
		}
		if file == "" {
			continue
		}
		if err := appendFile(file, v.records(part)); err != nil {
			log.Warn("cannot keep sentence vectors; they will be computed again", "err", err)
			file = ""
		}
	}
	return true
}

// fill computes those of some codes that are not there yet.
func (v *vectorStore) fill(ctx context.Context, some []int) error {
	var missing []int
	var texts []string
	for _, i := range some {
		if !v.have[i].Load() {
			missing, texts = append(missing, i), append(texts, v.texts[i])
		}
	}
	if len(missing) == 0 {
		return nil
	}
	vectors, err := v.encoder.Encode(ctx, texts...)
	if err != nil {
		return err
	}
	v.writing.Lock()
	defer v.writing.Unlock()
	for k, i := range missing {
		code := NewCode(vectors[k])
		for _, j := range append([]int{i}, v.equal[i]...) {
			if !v.have[j].Load() { // nor meanwhile
				v.codes[j] = code
				v.have[j].Store(true)
			}
		}
	}
	return nil
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
func (v *vectorStore) records(which []int) []byte {
	var b []byte
	for _, i := range which {
		b = v.encoder.appendCode(b, v.texts[i], &v.codes[i])
	}
	return b
}

// live returns the sound records of b that have one of these keys, each once.
func live(b []byte, keys []vectorKey) []byte {
	of := make(map[vectorKey]bool, len(keys))
	for _, k := range keys {
		of[k] = true
	}
	var out []byte
	for record := range records(b) {
		if key := vectorKey(record[:len(vectorKey{})]); of[key] {
			out = append(out, record...)
			delete(of, key)
		}
	}
	return out
}

// records yields the sound records of b.
func records(b []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for record := range slices.Chunk(b, recordBytes) {
			sum := recordBytes - 4
			if len(record) == recordBytes && crc32.Checksum(record[:sum], castagnoli) == binary.LittleEndian.Uint32(record[sum:]) && !yield(record) {
				return
			}
		}
	}
}

// scratchEnd is the end of the name of a file that is not whole yet.
const scratchEnd = ".new"

// replaceFile puts a new file in the place of another, whole or not at all.
func replaceFile(name string, b []byte) error {
	scratch := name + scratchEnd
	err := os.WriteFile(scratch, b, 0o644)
	if err == nil {
		err = os.Rename(scratch, name)
	}
	if err != nil {
		_ = os.Remove(scratch)
	}
	return err
}

// readVectors adds the sound records of b to known.
func readVectors(b []byte, known map[vectorKey][]byte) {
	for record := range records(b) {
		known[vectorKey(record[:len(vectorKey{})])] = record[len(vectorKey{}) : recordBytes-4]
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
