// Package corpustest runs the library over a corpus of other people's messages
// and compares with what other parsers say of them. The corpus is no part of the
// repository; the environment variable CONTENTCONV_CORPUS names its folder.
package corpustest

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mime2mapi"
)

// maxTime is how long one message may take. The largest has 3 MB.
const maxTime = 10 * time.Second

func corpusDir(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("CONTENTCONV_CORPUS")
	if dir == "" {
		t.Skip("CONTENTCONV_CORPUS names no corpus; set it to run over one")
	}
	return dir
}

// files returns the paths below dir/sub that keep accepts, relative to dir.
func files(t *testing.T, dir, sub string, keep func(path string) bool) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(filepath.Join(dir, sub), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if keep(filepath.ToSlash(rel)) {
			out = append(out, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func isMessage(path string) bool {
	if strings.HasPrefix(path, "pairs/") {
		return strings.HasSuffix(path, ".eml")
	}
	return !isExpectation(path)
}

// isExpectation tells expected output from inputs, both of which stand in eml.
func isExpectation(path string) bool {
	switch filepath.Ext(path) {
	case ".json", ".out", ".xml":
		return true
	}
	return strings.Contains(filepath.Base(path), "_decoded")
}

// TestEveryMessageConverts holds every message to the promise: it converts, or
// fails with a limit, in bounded time, and all its contents can be read.
func TestEveryMessageConverts(t *testing.T) {
	dir := corpusDir(t)
	list := append(files(t, dir, "eml", isMessage), files(t, dir, "pairs", isMessage)...)
	if len(list) == 0 {
		t.Fatalf("%s has no messages", dir)
	}
	for _, path := range list {
		raw, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil {
			t.Fatal(err)
		}
		mustConvert(t, path, raw)
	}
	t.Logf("%d messages", len(list))
}

// TestEveryFileIsSurvived feeds the converter what is no message at all: the
// corpus's expectations, compound files, TNEF streams, calendars. Any bytes are
// a message of some kind.
func TestEveryFileIsSurvived(t *testing.T) {
	dir := corpusDir(t)
	list := files(t, dir, ".", func(path string) bool { return !isMessage(path) || !strings.HasPrefix(path, "eml/") })
	for _, path := range list {
		raw, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil {
			t.Fatal(err)
		}
		mustConvert(t, path, raw)
	}
	t.Logf("%d files", len(list))
}

// TestCutMessages cuts every message at several places: what a broken
// connection leaves is a message too.
func TestCutMessages(t *testing.T) {
	const cuts = 7
	dir := corpusDir(t)
	for _, path := range files(t, dir, "eml", isMessage) {
		raw, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil {
			t.Fatal(err)
		}
		for i := 1; i <= cuts; i++ {
			mustConvert(t, path, raw[:len(raw)*i/(cuts+1)])
		}
	}
}

// mustConvert converts in both modes and reads every content.
func mustConvert(t *testing.T, path string, raw []byte) {
	t.Helper()
	done := make(chan error, 1)
	ctx, cancel := context.WithTimeout(context.Background(), maxTime)
	defer cancel()
	go func() {
		_, err := convert(ctx, raw, &mime2mapi.Options{})
		if err == nil {
			err = rejects(ctx, raw)
		}
		done <- err
	}()
	select {
	case err := <-done:
		if reason := reasonOf(err); err != nil && reason != diag.LimitExceeded {
			t.Errorf("%s (%d bytes): %v", path, len(raw), err)
		}
	case <-time.After(maxTime + time.Second):
		t.Fatalf("%s (%d bytes): not done after %v", path, len(raw), maxTime)
	}
}

// rejects converts in the mode that refuses badly formed messages; that one
// reason is no error here.
func rejects(ctx context.Context, raw []byte) error {
	_, err := convert(ctx, raw, &mime2mapi.Options{Malformed: mime2mapi.Reject})
	if reasonOf(err) == diag.MalformedMIME {
		return nil
	}
	return err
}

func reasonOf(err error) diag.Reason {
	var failure *diag.Error
	if errors.As(err, &failure) {
		return failure.Reason
	}
	return 0
}

// convert returns all that became of a message.
func convert(ctx context.Context, raw []byte, o *mime2mapi.Options) (*Got, error) {
	res, err := mime2mapi.ConvertAt(ctx, bytes.NewReader(raw), int64(len(raw)), o)
	if err != nil {
		return nil, err
	}
	defer res.Close()
	if err := res.Verify(ctx); err != nil {
		return nil, err
	}
	return gotOf(res.Message)
}
