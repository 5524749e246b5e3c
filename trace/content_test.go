package trace_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/trace"
)

// A message that fails while it is read leaves nothing behind.
func TestDirContentFails(t *testing.T) {
	broken := errors.New("broken")
	tests := []struct {
		name    string
		content *content
		check   func(*testing.T, error)
	}{
		{"no size", &content{sizeErr: broken}, is(broken)},
		{"negative size", &content{size: -1}, func(t *testing.T, err error) {
			if err == nil {
				t.Error("no error")
			}
		}},
		{"cannot be opened", &content{size: 3, openErr: broken}, is(broken)},
		{"read error", &content{size: 3, reader: io.MultiReader(strings.NewReader("ab"), failing(broken))}, is(broken)},
		{"close error", &content{size: 3, reader: strings.NewReader("abc"), closed: broken}, is(broken)},
		{"shorter than its size", &content{size: 4, reader: strings.NewReader("abc")}, func(t *testing.T, err error) {
			if diff := cmp.Diff(&trace.SizeError{Size: 4, Read: 3}, wantError[*trace.SizeError](t, err)); diff != "" {
				t.Error(diff)
			}
		}},
		{"longer than its size", &content{size: 2, reader: strings.NewReader("abc")}, func(t *testing.T, err error) {
			if diff := cmp.Diff(&trace.SizeError{Size: 2, Read: 3}, wantError[*trace.SizeError](t, err)); diff != "" {
				t.Error(diff)
			}
		}},
		{"endless", &content{size: 100, reader: readerFunc(func(p []byte) (int, error) { return len(p), nil })},
			func(t *testing.T, err error) { wantError[*trace.SizeError](t, err) }},
		{"no progress", &content{size: 3, reader: readerFunc(func([]byte) (int, error) { return 0, nil })}, is(io.ErrNoProgress)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			d := newDir(t, root, nil)
			tt.check(t, d.Trace(t.Context(), failure(1, tt.content)))
			if diff := cmp.Diff([]string{}, names(t, root)); diff != "" {
				t.Error(diff)
			}
			if err := d.Trace(t.Context(), failure(1, data("x"))); err != nil {
				t.Errorf("the next record: %v", err)
			}
		})
	}
}

func TestDirContentPanics(t *testing.T) {
	root := t.TempDir()
	d := newDir(t, root, nil)
	func() {
		defer func() {
			if p := recover(); p != "mine" {
				t.Errorf("panic is %v", p)
			}
		}()
		_ = d.Trace(t.Context(), failure(1, &content{size: 3, reader: readerFunc(func([]byte) (int, error) { panic("mine") })}))
	}()
	if diff := cmp.Diff([]string{}, names(t, root)); diff != "" {
		t.Error(diff)
	}
	if err := d.Trace(t.Context(), failure(1, data("x"))); err != nil {
		t.Errorf("the lock was kept: %v", err)
	}
}

func TestDirContextCancelled(t *testing.T) {
	tests := []struct {
		name string
		// message returns the message of a record whose context cancel ends.
		message func(cancel func()) trace.Content
	}{
		{"before", func(cancel func()) trace.Content { cancel(); return data("abc") }},
		{"while the message is read", func(cancel func()) trace.Content {
			return &content{size: 1 << 20, reader: readerFunc(func(p []byte) (int, error) { cancel(); return len(p), nil })}
		}},
		{"at the message's last byte", func(cancel func()) trace.Content {
			return &content{size: 3, reader: readerFunc(func(p []byte) (int, error) { cancel(); return copy(p, "abc"), io.EOF })}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			d := newDir(t, root, nil)
			ctx, cancel := context.WithCancel(t.Context())
			err := d.Trace(ctx, failure(1, tt.message(cancel)))
			if !errors.Is(err, context.Canceled) {
				t.Errorf("error is %v", err)
			}
			if diff := cmp.Diff([]string{}, names(t, root)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func failing(err error) io.Reader {
	return readerFunc(func([]byte) (int, error) { return 0, err })
}

func is(want error) func(*testing.T, error) {
	return func(t *testing.T, err error) {
		t.Helper()
		if !errors.Is(err, want) {
			t.Errorf("error is %v, want %v", err, want)
		}
	}
}
