package cfb

import (
	"bytes"
	"errors"
	"io"
	"testing"
)

// metered is a source that counts what is read from it.
type metered struct {
	r     io.ReaderAt
	calls int
	bytes int64
}

func (m *metered) ReadAt(p []byte, off int64) (int, error) {
	n, err := m.r.ReadAt(p, off)
	m.calls++
	m.bytes += int64(n)
	return n, err
}

// walked is what walk saw of a file.
type walked struct {
	storages, streams, truncated int
	bytes                        int64 // of all streams together
}

// walk opens a file and reads everything in it. It checks what holds for any
// bytes whatever: errors are typed, work is bounded by the size of the file, and
// no stream has more or fewer bytes than its Size.
func walk(t testing.TB, data []byte) (walked, error) {
	t.Helper()
	var w walked
	src := &metered{r: bytes.NewReader(data)}
	size := int64(len(data))
	f, err := Open(src, size)
	// Each table is read once; the header and a last short sector cost extra.
	if bound := size + 2*headerSize + 2<<shiftV4; src.bytes > bound {
		t.Errorf("Open read %d bytes of a file of %d", src.bytes, size)
	}
	if err != nil {
		checkTyped(t, err)
		return w, err
	}
	todo := []*Entry{f.Root()}
	for len(todo) > 0 {
		e := todo[len(todo)-1]
		todo = append(todo[:len(todo)-1], e.Children()...)
		if e.Storage {
			w.storages++
			continue
		}
		w.streams++
		w.bytes += e.Size
		n, err := readThrough(t, e)
		if err != nil {
			w.truncated++
			checkTyped(t, err)
			if !errors.Is(err, ErrTruncated) || !errors.Is(err, io.ErrUnexpectedEOF) || !e.Truncated() || e.Size >= e.Declared() {
				t.Errorf("stream %q of %d bytes, %d declared: %v", e.Name, e.Size, e.Declared(), err)
			}
		}
		if e.Truncated() != (err != nil) {
			t.Errorf("stream %q: truncated %v, read to its end with error %v", e.Name, e.Truncated(), err)
		}
		if n != e.Size {
			t.Errorf("stream %q: %d bytes came, Size is %d", e.Name, n, e.Size)
		}
	}
	if w.bytes > size {
		t.Errorf("the streams have %d bytes, the file %d", w.bytes, size)
	}
	if n := int64(w.storages + w.streams); n > size/entrySize {
		t.Errorf("%d entries in a file of %d bytes", n, size)
	}
	return w, nil
}

func readThrough(t testing.TB, e *Entry) (int64, error) {
	t.Helper()
	s, err := e.Open()
	if err != nil {
		t.Fatal(err)
	}
	return io.Copy(io.Discard, s)
}

func checkTyped(t testing.TB, err error) {
	t.Helper()
	var typed *Error
	if !errors.As(err, &typed) || typed.Where == "" || typed.Msg == "" || typed.Kind == nil {
		t.Errorf("error without type or place: %v", err)
	}
}
