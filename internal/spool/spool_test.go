package spool

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/limits"
)

func pattern(n int) []byte {
	out := make([]byte, n)
	for i := range out {
		out[i] = byte(i * 7 >> 3)
	}
	return out
}

// names lists a folder.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestNew(t *testing.T) {
	for _, tt := range []struct {
		name   string
		size   int
		memory int64
		file   bool
	}{
		{"empty", 0, 0, false},
		{"small", 10, 0, false},
		{"all that memory takes", 1 << 20, 0, false},
		{"one byte more", 1<<20 + 1, 0, true},
		{"much more", 3 << 20, 0, true},
		{"given memory", 100, 100, false},
		{"given memory, one byte more", 101, 100, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir, data := t.TempDir(), pattern(tt.size)
			s, err := New(context.Background(), iotest.HalfReader(bytes.NewReader(data)), -1, dir, tt.memory)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if s.Size() != int64(tt.size) {
				t.Errorf("Size = %d, want %d", s.Size(), tt.size)
			}
			if (s.file != nil) != tt.file {
				t.Errorf("there is a file: %v, want %v", s.file != nil, tt.file)
			}
			if tt.file {
				checkFile(t, s, dir)
			}
			got, err := io.ReadAll(io.NewSectionReader(s, 0, s.Size()))
			if err != nil || !bytes.Equal(got, data) {
				t.Errorf("ReadAt gives other bytes, %v", err)
			}
			if err := s.Close(); err != nil {
				t.Errorf("Close: %v", err)
			}
			if got := names(t, dir); got != nil {
				t.Errorf("after Close the folder holds %q", got)
			}
		})
	}
}

func checkFile(t *testing.T, s *Spool, dir string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		return
	}
	info, err := s.file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v", info.Mode())
	}
	if got := names(t, dir); got != nil {
		t.Errorf("the folder holds %q: the file has a name", got)
	}
}

func TestReadAt(t *testing.T) {
	for _, memory := range []int64{100, 1} {
		s, err := New(context.Background(), strings.NewReader("0123456789"), -1, t.TempDir(), memory)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		for _, tt := range []struct {
			off  int64
			n    int
			want string
			err  error
		}{
			{0, 3, "012", nil},
			{7, 3, "789", nil},
			{7, 4, "789", io.EOF},
			{10, 1, "", io.EOF},
			{100, 1, "", io.EOF},
			{3, 0, "", nil},
		} {
			p := make([]byte, tt.n)
			n, err := s.ReadAt(p, tt.off)
			if string(p[:n]) != tt.want || err != tt.err {
				t.Errorf("memory %d: ReadAt(%d bytes, %d) = %q, %v; want %q, %v", memory, tt.n, tt.off, p[:n], err, tt.want, tt.err)
			}
		}
		if _, err := s.ReadAt(make([]byte, 1), -1); err == nil {
			t.Error("ReadAt takes a negative offset")
		}
	}
}

func TestConcurrentReads(t *testing.T) {
	data := pattern(200000)
	for _, memory := range []int64{1 << 20, 1} {
		s, err := New(context.Background(), bytes.NewReader(data), -1, t.TempDir(), memory)
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				for off := int64(i * 100); off < s.Size(); off += 5000 {
					p := make([]byte, min(5000, s.Size()-off))
					switch _, err := s.ReadAt(p, off); {
					case errors.Is(err, fs.ErrClosed):
						return
					case err != nil:
						t.Error(err)
					case !bytes.Equal(p, data[off:off+int64(len(p))]):
						t.Errorf("wrong bytes at %d", off)
					}
				}
			})
		}
		wg.Go(func() { s.Close() })
		wg.Wait()
	}
}

func TestClose(t *testing.T) {
	for _, memory := range []int64{100, 1} {
		s, err := New(context.Background(), strings.NewReader("0123456789"), -1, t.TempDir(), memory)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := s.Close(); err != nil {
				t.Errorf("Close: %v", err)
			}
		}
		if _, err := s.ReadAt(make([]byte, 1), 0); !errors.Is(err, fs.ErrClosed) {
			t.Errorf("ReadAt after Close: %v, want fs.ErrClosed", err)
		}
	}
}

func TestLimit(t *testing.T) {
	for _, tt := range []struct {
		size int
		max  int64
		want *limits.ExceededError
	}{
		{99, 100, nil},
		{100, 100, nil},
		{101, 100, &limits.ExceededError{Name: "MSize", Limit: 100, Actual: 101}},
		{100000, 100, &limits.ExceededError{Name: "MSize", Limit: 100, Actual: 101}},
		{100000, 99999, &limits.ExceededError{Name: "MSize", Limit: 99999, Actual: 100000}},
		{1, 0, &limits.ExceededError{Name: "MSize", Limit: 0, Actual: 1}},
		{0, 0, nil},
		{100000, -1, nil},
	} {
		for _, memory := range []int64{1 << 20, 10} {
			dir := t.TempDir()
			r := bytes.NewReader(pattern(tt.size))
			s, err := New(context.Background(), r, tt.max, dir, memory)
			var got *limits.ExceededError
			if errors.As(err, &got) != (err != nil) {
				t.Fatalf("New: %v", err)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("%d bytes, bound %d (-want +got):\n%s", tt.size, tt.max, d)
			}
			if read := int64(tt.size - r.Len()); tt.max >= 0 && read > tt.max+1 {
				t.Errorf("%d bytes, bound %d: %d were read", tt.size, tt.max, read)
			}
			if s != nil {
				s.Close()
			}
			if got := names(t, dir); got != nil {
				t.Errorf("the folder holds %q", got)
			}
		}
	}
}

func TestReaderErrors(t *testing.T) {
	broken := errors.New("broken")
	for fail := range 300 {
		dir := t.TempDir()
		r := io.MultiReader(iotest.OneByteReader(bytes.NewReader(pattern(fail))), iotest.ErrReader(broken))
		if s, err := New(context.Background(), r, -1, dir, 100); err != broken || s != nil {
			t.Errorf("error at offset %d: New gives %v, %v", fail, s, err)
		}
		if got := names(t, dir); got != nil {
			t.Errorf("error at offset %d: the folder holds %q", fail, got)
		}
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestBadReaders(t *testing.T) {
	for _, tt := range []struct {
		name string
		r    readerFunc
		want error
	}{
		{"neither bytes nor an error", func([]byte) (int, error) { return 0, nil }, io.ErrNoProgress},
		{"more than asked for", func(p []byte) (int, error) { return len(p) + 1, nil }, errInvalidRead},
		{"less than nothing", func(p []byte) (int, error) { return -1, nil }, errInvalidRead},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := New(context.Background(), tt.r, -1, t.TempDir(), 0); err != tt.want {
				t.Errorf("New: %v, want %v", err, tt.want)
			}
		})
	}
}

func TestPanic(t *testing.T) {
	dir := t.TempDir()
	calls := 0
	defer func() {
		if v := recover(); v != "mine" {
			t.Errorf("recovered %v, want the reader's own panic", v)
		}
		if got := names(t, dir); got != nil {
			t.Errorf("the folder holds %q", got)
		}
	}()
	New(context.Background(), readerFunc(func(p []byte) (int, error) {
		if calls++; calls == 3 {
			panic("mine")
		}
		return len(p), nil
	}), -1, dir, 10)
	t.Error("the panic didn't come through")
}

func TestContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	calls := 0
	_, err := New(ctx, readerFunc(func(p []byte) (int, error) {
		if calls++; calls == 5 {
			cancel()
		}
		return len(p), nil
	}), -1, t.TempDir(), 0)
	if err != context.Canceled || calls != 5 {
		t.Errorf("New: %v after %d reads, want context.Canceled after 5", err, calls)
	}
}

func TestNoFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "absent")
	if _, err := New(context.Background(), strings.NewReader("0123456789"), -1, dir, 5); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("New: %v, want fs.ErrNotExist", err)
	}
	s, err := New(context.Background(), strings.NewReader("01234"), -1, dir, 5)
	if err != nil {
		t.Fatalf("a small message needs the folder: %v", err)
	}
	s.Close()
}

func TestWriter(t *testing.T) {
	dir := t.TempDir()
	w := NewWriter(100, 60, dir, 10)
	defer w.Close()
	for _, p := range []string{"01234", "56789", "x", strings.Repeat("y", 29)} {
		if n, err := w.Write([]byte(p)); n != len(p) || err != nil {
			t.Fatalf("Write = %d, %v", n, err)
		}
	}
	_, err := w.Write([]byte("z"))
	var exceeded *limits.ExceededError
	if !errors.As(err, &exceeded) || *exceeded != (limits.ExceededError{Name: "MSize", Limit: 100, Actual: 101}) {
		t.Errorf("Write beyond the bound: %v", err)
	}
	if w.Size() != 40 {
		t.Errorf("Size = %d, want 40", w.Size())
	}
	s := w.Spool()
	defer s.Close()
	got, err := io.ReadAll(io.NewSectionReader(s, 0, s.Size()))
	if want := "0123456789x" + strings.Repeat("y", 29); string(got) != want || err != nil {
		t.Errorf("read %q, %v; want %q", got, err, want)
	}
	if _, err := w.Write([]byte("z")); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("Write after Spool: %v, want fs.ErrClosed", err)
	}
	if err := w.Close(); err != nil {
		t.Errorf("Close after Spool: %v", err)
	}
	if _, err := s.ReadAt(make([]byte, 1), 0); err != nil {
		t.Errorf("the writer's Close closes the spool: %v", err)
	}
}

func TestWriterClose(t *testing.T) {
	dir := t.TempDir()
	w := NewWriter(-1, 0, dir, 1)
	if _, err := w.Write([]byte("0123")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	if got := names(t, dir); got != nil {
		t.Errorf("the folder holds %q", got)
	}
	s := w.Spool()
	if _, err := s.ReadAt(make([]byte, 1), 0); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("a spool of a closed writer can be read: %v", err)
	}
}

func TestChangedError(t *testing.T) {
	err := error(&ChangedError{Size: 100, At: 50})
	if !errors.Is(err, ErrChanged) || errors.Is(err, io.EOF) {
		t.Error("a ChangedError is not ErrChanged")
	}
	if want := "source changed size: it was 100 bytes, reading found its end by offset 50"; err.Error() != want {
		t.Errorf("Error() = %q, want %q", err, want)
	}
}
