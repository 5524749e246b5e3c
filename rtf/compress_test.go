package rtf

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"testing/iotest"
)

func TestCompressTo(t *testing.T) {
	for name, in := range sampleInputs() {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			opened := 0
			n, err := CompressTo(&out, func() (io.ReadCloser, error) {
				opened++
				return io.NopCloser(iotest.HalfReader(bytes.NewReader(in))), nil
			})
			if err != nil || int(n) != out.Len() || opened != 2 {
				t.Errorf("%d bytes of %d after %d readings, error %v", n, out.Len(), opened, err)
			}
			if !bytes.Equal(out.Bytes(), Compress(in)) {
				t.Error("it differs from what Compress gives")
			}
		})
	}
}

// A pieceWriter notes the largest piece it was given.
type pieceWriter struct{ largest int }

func (w *pieceWriter) Write(p []byte) (int, error) {
	w.largest = max(w.largest, len(p))
	return len(p), nil
}

func TestCompressToWritesInPieces(t *testing.T) {
	in := sampleInputs()["RTF-C-004 random"]
	var w pieceWriter
	if _, err := CompressTo(&w, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(in)), nil }); err != nil {
		t.Fatal(err)
	}
	if w.largest > 17<<10 {
		t.Errorf("%d bytes were held for one write", w.largest)
	}
}

func TestCompressToFails(t *testing.T) {
	broken := errors.New("broken")
	in := sampleInputs()["RTF-C-004 random"]
	good := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(in)), nil }
	t.Run("open", func(t *testing.T) {
		n, err := CompressTo(io.Discard, func() (io.ReadCloser, error) { return nil, broken })
		if !errors.Is(err, broken) || n != 0 {
			t.Errorf("%d, %v", n, err)
		}
	})
	t.Run("read", func(t *testing.T) {
		_, err := CompressTo(io.Discard, func() (io.ReadCloser, error) {
			return io.NopCloser(io.MultiReader(bytes.NewReader(in), iotest.ErrReader(broken))), nil
		})
		if !errors.Is(err, broken) {
			t.Error(err)
		}
	})
	t.Run("changed", func(t *testing.T) {
		calls := 0
		_, err := CompressTo(io.Discard, func() (io.ReadCloser, error) {
			calls++
			return io.NopCloser(bytes.NewReader(in[calls:])), nil
		})
		if err == nil {
			t.Error("a source that changes went unnoticed")
		}
	})
	for n := range int64(3) {
		t.Run("write", func(t *testing.T) {
			if _, err := CompressTo(&failingWriter{left: n * 15_000, err: broken}, good); !errors.Is(err, broken) {
				t.Error(err)
			}
		})
	}
}

// A failingWriter fails once it has taken left bytes.
type failingWriter struct {
	left int64
	err  error
}

func (w *failingWriter) Write(p []byte) (int, error) {
	if w.left -= int64(len(p)); w.left < 0 {
		return 0, w.err
	}
	return len(p), nil
}

func TestCompressorWritesTheHeaderLast(t *testing.T) {
	for name, in := range sampleInputs() {
		t.Run(name, func(t *testing.T) {
			f, err := os.Create(filepath.Join(t.TempDir(), "rtf"))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			io.WriteString(f, "before")
			c := NewCompressor(f)
			if _, err := io.Copy(struct{ io.Writer }{c}, iotest.HalfReader(bytes.NewReader(in))); err != nil {
				t.Fatal(err)
			}
			if err := c.Close(); err != nil {
				t.Fatal(err)
			}
			if err := c.Close(); err != nil {
				t.Errorf("second Close: %v", err)
			}
			if _, err := c.Write([]byte("x")); err == nil {
				t.Error("Write after Close did not fail")
			}
			io.WriteString(f, "behind")
			got, err := os.ReadFile(f.Name())
			if err != nil {
				t.Fatal(err)
			}
			if want := "before" + string(Compress(in)) + "behind"; string(got) != want {
				t.Errorf("%d bytes differ from the %d that Compress gives", len(got), len(want))
			}
		})
	}
}

// TestCompressorTooMuch counts bytes without writing them.
func TestCompressorTooMuch(t *testing.T) {
	e := newLZEncoder(io.Discard)
	e.raw = maxRaw - 1
	if _, err := e.Write([]byte("x")); err != nil {
		t.Errorf("the last byte: %v", err)
	}
	_, err := e.Write([]byte("y"))
	if le := (*LimitError)(nil); !errors.As(err, &le) || le.Limit != maxRaw {
		t.Errorf("one byte more: %v", err)
	}
	if maxRaw+maxRaw/8+sizeOverhead+3 > 1<<32-1+16 || int64(maxRaw) < 3<<30 {
		t.Errorf("the bound %d doesn't fit 32 bits when nothing matches", int64(maxRaw))
	}
}

// A failingSeeker is a destination of which one call fails.
type failingSeeker struct {
	calls, fail int
	err         error
}

func (f *failingSeeker) call() error {
	if f.calls++; f.calls == f.fail {
		return f.err
	}
	return nil
}

func (f *failingSeeker) Write(p []byte) (int, error)          { return len(p), f.call() }
func (f *failingSeeker) Seek(off int64, _ int) (int64, error) { return off, f.call() }

// TestCompressorFails lets each call to the destination fail in turn: seek, header,
// contents twice, seek, header, seek.
func TestCompressorFails(t *testing.T) {
	for _, n := range []int{40_000, 32_000} { // more and less than the encoder's window
		testCompressorFails(t, sampleInputs()["RTF-C-004 random"][:n])
	}
}

func testCompressorFails(t *testing.T, in []byte) {
	broken := errors.New("broken")
	for fail := 1; ; fail++ {
		f := &failingSeeker{fail: fail, err: broken}
		c := NewCompressor(f)
		_, err := c.Write(in)
		if cerr := c.Close(); err == nil {
			err = cerr
		} else if !errors.Is(cerr, broken) {
			t.Errorf("call %d failed in Write, but Close says %v", fail, cerr)
		}
		if f.calls < fail {
			if err != nil || fail < 7 {
				t.Errorf("after %d calls: %v", f.calls, err)
			}
			return
		}
		if !errors.Is(err, broken) {
			t.Errorf("call %d failed: %v", fail, err)
		}
	}
}
