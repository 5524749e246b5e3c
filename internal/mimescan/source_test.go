package mimescan

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/internal/spool"
)

// counting counts what is read of a string, and can fail.
type counting struct {
	s     string
	n     int64 // bytes read
	reads int
	fail  int64 // the offset that can't be read, if err is not nil
	err   error
	idle  bool // reads give nothing
}

func (c *counting) ReadAt(p []byte, off int64) (int, error) {
	c.reads++
	if c.idle {
		return 0, nil
	}
	if c.err != nil && off+int64(len(p)) > c.fail {
		return copy(p, c.s[off:max(off, c.fail)]), c.err
	}
	if off >= int64(len(c.s)) {
		return 0, io.EOF
	}
	n := copy(p, c.s[off:])
	c.n += int64(n)
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// The work is linear in the message whatever its structure: no byte is read
// more than once, but for a few around what is doubtful.
func TestBytesRead(t *testing.T) {
	unclosed, _, _ := strings.Cut(levels(20000), "\nlast\n")
	for _, tt := range []struct {
		name string
		msg  string
	}{
		{"20,000 multiparts within each other", levels(20000)},
		{"20,000 multiparts, none closed", unclosed},
		{"20,000 multiparts with one boundary", strings.Repeat(mixed+"--b\n", 20000)},
		{"250,000 parts", parts(250000)},
		{"10,000 messages within messages", messages(10000)},
		{"lines of hyphens", mixed + strings.Repeat("--\n", 300000)},
		{"long lines of hyphens", mixed + strings.Repeat(strings.Repeat("-", 5000)+"\n", 200)},
		{"almost the boundary, long", "Content-Type: multipart/mixed; boundary=" + strings.Repeat("x", 60000) + "\n\n" + strings.Repeat("--"+strings.Repeat("x", 59999)+"\n", 20) + strings.Repeat("--x\n", 100000)},
		{"header of junk and fields", strings.Repeat("junk\nA-b: c\n", 50000)},
		{"header of junk before a far field", strings.Repeat(strings.Repeat("x\n", 1000)+"A-b: c\n", 200)},
		{"header of white lines", "A: b\n" + strings.Repeat(" \n", 200000)},
		{"header of CR", "A: b" + strings.Repeat("\r", 500000) + "\n"},
		{"header of CR and fields", "A: b\n" + strings.Repeat("a:\r", 200000) + "\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := Defaults()
			o.MaxMultipartDepth = 1 << 30
			src := &counting{s: tt.msg}
			if _, err := Scan(context.Background(), src, 0, int64(len(tt.msg)), o); err != nil {
				t.Fatal(err)
			}
			if limit := int64(len(tt.msg)) + 4096; src.n > limit {
				t.Errorf("%d bytes were read of %d", src.n, len(tt.msg))
			}
			if limit := len(tt.msg)/(defaultChunk/2) + 10; src.reads > limit {
				t.Errorf("%d reads of %d bytes", src.reads, len(tt.msg))
			}
		})
	}
}

// A body that no delimiter can end is not read at all.
func TestLeafIsNotRead(t *testing.T) {
	src := &counting{s: "Subject: x\n\n" + strings.Repeat("x", 1<<20)}
	if _, err := Scan(context.Background(), src, 0, int64(len(src.s)), Defaults()); err != nil {
		t.Fatal(err)
	}
	if src.n > 2*defaultChunk {
		t.Errorf("%d bytes were read", src.n)
	}
}

func TestReadErrors(t *testing.T) {
	msg := strings.ReplaceAll("From x\nSubject: a\n b\njunk\nTo: c\n \n"+mixed+"x\n--b\n\none\n--b\nContent-Type: message/rfc822\n\nA: b\n\ntwo\n--b--\n", "\n", "\r\n")
	broken := errors.New("broken")
	for fail := range int64(len(msg)) {
		src := &counting{s: msg, fail: fail, err: broken}
		if e, err := Scan(context.Background(), src, 0, int64(len(msg)), Defaults()); err != broken || e != nil {
			t.Errorf("error at offset %d: Scan gives %v, %v", fail, e, err)
		}
		o := Defaults()
		o.chunk = 1
		if _, err := Scan(context.Background(), src, 0, int64(len(msg)), o); err != broken {
			t.Errorf("error at offset %d, byte by byte: %v", fail, err)
		}
	}
}

func TestShortSource(t *testing.T) {
	for _, msg := range []string{"Subject: x\n\nbody", parts(3), mixed, "x"} {
		for _, more := range []int64{1, 100, 1 << 20} {
			size := int64(len(msg)) + more
			_, err := Scan(context.Background(), strings.NewReader(msg), 0, size, Defaults())
			if !errors.Is(err, spool.ErrChanged) {
				t.Errorf("%.20q with %d bytes less than promised: %v", msg, more, err)
			}
		}
	}
}

func TestIdleSource(t *testing.T) {
	_, err := Scan(context.Background(), &counting{idle: true}, 0, 10, Defaults())
	if err != io.ErrNoProgress {
		t.Errorf("Scan: %v, want io.ErrNoProgress", err)
	}
}

func TestContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	msg := parts(100000)
	src := &counting{s: msg}
	o := Defaults()
	stop := 0
	_, err := Scan(ctx, readerAtFunc(func(p []byte, off int64) (int, error) {
		if stop++; stop == 3 {
			cancel()
		}
		return src.ReadAt(p, off)
	}), 0, int64(len(msg)), o)
	if err != context.Canceled {
		t.Errorf("Scan: %v, want context.Canceled", err)
	}
	if stop != 3 {
		t.Errorf("%d reads after the context was cancelled", stop-3)
	}
}

type readerAtFunc func(p []byte, off int64) (int, error)

func (f readerAtFunc) ReadAt(p []byte, off int64) (int, error) { return f(p, off) }

// A message can stand anywhere in its source.
func TestOffset(t *testing.T) {
	msg := parts(3)
	e, _ := scan(t, msg, Defaults())
	src := "--b\n\nbefore\n" + msg + "--b\n\nbehind\n"
	off := int64(strings.Index(src, msg))
	moved, err := Scan(context.Background(), strings.NewReader(src), off, off+int64(len(msg)), Defaults())
	if err != nil {
		t.Fatal(err)
	}
	ranges := func(e *Entity, off int64) (out []string) {
		e.Walk(func(e *Entity) bool {
			out = append(out, fmt.Sprint(e.Path, " ", e.Start-off, e.Body-off, e.End-off))
			return true
		})
		return out
	}
	if d := cmp.Diff(ranges(e, 0), ranges(moved, off)); d != "" {
		t.Errorf("(-at 0 +at %d):\n%s", off, d)
	}
}
