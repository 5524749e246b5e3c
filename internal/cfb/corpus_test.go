package cfb

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCorpus walks every .msg file below $CONTENTCONV_CORPUS: each opens or
// fails with a typed error.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("CONTENTCONV_CORPUS")
	if dir == "" {
		t.Skip("CONTENTCONV_CORPUS names no folder of messages")
	}
	var files, other, failed, truncated int
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.EqualFold(filepath.Ext(path), ".msg") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		w, err := walk(t, data)
		switch {
		case errors.Is(err, ErrNotCompound):
			other++ // a text file: others use the extension for mail as it is sent
		case err != nil:
			failed++
			t.Logf("%s: %v", path, err)
		case w.truncated > 0:
			truncated++
			t.Logf("%s: %d of %d streams are truncated", path, w.truncated, w.streams)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files: %d are no compound files, %d are corrupt, %d have truncated streams", files, other, failed, truncated)
}
