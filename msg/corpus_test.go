package msg_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/msg"
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

// corpusFiles calls f for each compound file of the corpus.
func corpusFiles(t *testing.T, f func(name string, file []byte)) {
	t.Helper()
	dir := corpusDir(t)
	n := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		file, err := os.ReadFile(path)
		if err == nil && strings.HasPrefix(string(file), "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
			rel, _ := filepath.Rel(dir, path)
			n++
			f(filepath.ToSlash(rel), file)
		}
		return err
	})
	if err != nil || n == 0 {
		t.Fatalf("%d compound files in %s: %v", n, dir, err)
	}
	t.Logf("%d compound files", n)
}

// TestCorpusFiles reads every message file, writes what was read and reads that.
func TestCorpusFiles(t *testing.T) {
	failures := 0
	corpusFiles(t, func(name string, file []byte) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		res, err := msg.Read(ctx, bytes.NewReader(file), int64(len(file)), nil)
		var typed *msg.Error
		switch {
		case errors.As(err, &typed):
			failures++
			t.Logf("%s: %v", name, err)
			return
		case err != nil:
			t.Errorf("%s: %v", name, err)
			return
		}
		for _, d := range res.Diagnostics {
			t.Logf("%s: %v", name, d)
		}
		again := rewrite(t, name, res.Message)
		for _, d := range differences(res.Message, again) {
			t.Errorf("%s: %s", name, d)
		}
	})
	t.Logf("%d cannot be read", failures)
}

func rewrite(t *testing.T, name string, m *mapi.Message) *mapi.Message {
	file := write(t, m, nil)
	if !bytes.Equal(file, write(t, m, nil)) {
		t.Errorf("%s: the same message makes two files", name)
	}
	for _, p := range check(t, file) {
		t.Errorf("%s, written: %s", name, p)
	}
	return read(t, file, nil).Message
}

// TestCorpusDamage reads every message file with a piece cut off or spoilt.
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
			res, err := msg.Read(ctx, bytes.NewReader(damaged), int64(len(damaged)), nil)
			var typed *msg.Error
			if err != nil && !errors.As(err, &typed) {
				t.Errorf("%s, damage %d: %v", name, i, err)
			}
			if err == nil {
				if _, _, err := msg.Write(ctx, io.Discard, res.Message, nil); err != nil {
					t.Errorf("%s, damage %d: written: %v", name, i, err)
				}
			}
			cancel()
		}
	})
}
