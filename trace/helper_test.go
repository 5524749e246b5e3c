package trace_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/trace"
)

const (
	inbound  = "ContentConversionTracing/InboundFailures"
	outbound = "ContentConversionTracing/OutboundFailures"
)

// data is a Content in memory.
type data string

func (d data) Open(context.Context) (io.ReadCloser, error) {
	return io.NopCloser(strings.NewReader(string(d))), nil
}

func (d data) Size(context.Context) (int64, error) { return int64(len(d)), nil }

// content is a Content that does what a test wants.
type content struct {
	size    int64
	sizeErr error
	openErr error
	reader  io.Reader
	closed  error
	opened  int
}

func (c *content) Open(context.Context) (io.ReadCloser, error) {
	c.opened++
	return struct {
		io.Reader
		io.Closer
	}{c.reader, closer(func() error { return c.closed })}, c.openErr
}

func (c *content) Size(context.Context) (int64, error) { return c.size, c.sizeErr }

type closer func() error

func (f closer) Close() error { return f() }

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// guid returns the n-th GUID.
func guid(n int) string { return fmt.Sprintf("0a1b2c3d-4e5f-6789-abcd-%012x", n) }

func failure(n int, message trace.Content) *trace.Record {
	cause := &limits.ExceededError{Name: "MaxBodyPartsTotal", Limit: 250, Actual: 251}
	return &trace.Record{
		ID:      guid(n),
		Time:    time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC),
		Message: message,
		Err: &diag.Error{
			Reason: diag.LimitExceeded, Status: "5.6.0", Part: "1.2", Header: "Subject", Err: cause,
		},
	}
}

func newDir(t *testing.T, root string, o *trace.DirOptions) *trace.Dir {
	t.Helper()
	d, err := trace.NewDir(root, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// files returns the names of the files below root with their contents; the lock
// files are left out.
func files(t *testing.T, root string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() == ".lock" {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		if e.Type()&fs.ModeSymlink != 0 {
			target, err := os.Readlink(path)
			out[filepath.ToSlash(name)] = "-> " + target
			return err
		}
		b, err := os.ReadFile(path)
		out[filepath.ToSlash(name)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// names returns the names of the files below root.
func names(t *testing.T, root string) []string {
	t.Helper()
	out := []string{}
	for name := range files(t, root) {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// textSize returns the size of the text of a record.
func textSize(t *testing.T, r *trace.Record) int64 {
	t.Helper()
	root := t.TempDir()
	d := newDir(t, root, &trace.DirOptions{MaxBytes: -1})
	if err := d.Trace(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	for name, text := range files(t, root) {
		if strings.HasSuffix(name, ".txt") {
			return int64(len(text))
		}
	}
	t.Fatal("no text")
	return 0
}

func wantError[E error](t *testing.T, err error) E {
	t.Helper()
	var e E
	if !errors.As(err, &e) {
		t.Fatalf("error is %v (%T), want a %T", err, err, e)
	}
	return e
}

func repeat(n int) data { return data(bytes.Repeat([]byte("x"), n)) }
