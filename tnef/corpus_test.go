package tnef_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/contentconv/contentconv/tnef"
)

// corpusDir returns the folder of other people's messages, which is no part of
// the repository.
func corpusDir(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("CONTENTCONV_CORPUS")
	if dir == "" {
		t.Skip("CONTENTCONV_CORPUS names no corpus; set it to run over one")
	}
	return dir
}

// corpusFiles calls f for each stream of the corpus.
func corpusFiles(t *testing.T, f func(name string, file []byte)) {
	t.Helper()
	dir := corpusDir(t)
	n := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		file, err := os.ReadFile(path)
		if err == nil && tnef.HasSignature(file) {
			rel, _ := filepath.Rel(dir, path)
			n++
			f(filepath.ToSlash(rel), file)
		}
		return err
	})
	if err != nil || n == 0 {
		t.Fatalf("%d TNEF streams in %s: %v", n, dir, err)
	}
	t.Logf("%d TNEF streams", n)
}

// TestCorpusFiles reads every stream, writes what was read, reads and writes that.
func TestCorpusFiles(t *testing.T) {
	corpusFiles(t, func(name string, file []byte) {
		res := read(t, file, nil)
		for _, d := range res.Diagnostics {
			t.Logf("%s: %v", name, d)
		}
		for _, o := range []*tnef.WriteOptions{nil, {Standalone: true}} {
			s := write(t, res.Message, o)
			again := read(t, s, nil)
			for _, d := range again.Diagnostics {
				t.Errorf("%s, written: %v", name, d)
			}
			if !bytes.Equal(s, write(t, again.Message, o)) {
				t.Errorf("%s: what was written and read makes another stream", name)
			}
		}
	})
}

// TestCorpusDamage reads every stream with a piece cut off or spoilt.
func TestCorpusDamage(t *testing.T) {
	corpusFiles(t, func(name string, file []byte) {
		for i := range 24 {
			damaged := bytes.Clone(file)
			at := len(file) * i / 24
			if i%2 == 0 {
				damaged = damaged[:at]
			} else {
				for j := at; j < min(at+40, len(file)); j++ {
					damaged[j] ^= byte(j * i)
				}
			}
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			res, err := tnef.Read(ctx, bytes.NewReader(damaged), int64(len(damaged)), nil)
			if err != nil && !errors.As(err, new(*tnef.Error)) {
				t.Errorf("%s, damage %d: %v", name, i, err)
			}
			if err == nil {
				if _, _, err := tnef.Write(ctx, io.Discard, res.Message, nil); err != nil {
					t.Errorf("%s, damage %d: written: %v", name, i, err)
				}
			}
			cancel()
		}
	})
}
