package cfb

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

func TestMSG_W_011_Refused(t *testing.T) {
	for _, c := range []struct {
		name string
		tree *Node
		kind error
	}{
		{"name of 32 units", root(stream(strings.Repeat("x", 32), 1)), ErrTree},
		{"name of 16 surrogate pairs", root(stream(strings.Repeat("\U0001F600", 16), 1)), ErrTree},
		{"empty name", root(stream("", 1)), ErrTree},
		{"slash", root(stream("a/b", 1)), ErrTree},
		{"backslash", root(stream(`a\b`, 1)), ErrTree},
		{"colon", root(stream("a:b", 1)), ErrTree},
		{"exclamation mark", root(stream("a!b", 1)), ErrTree},
		{"NUL", root(stream("a\x00b", 1)), ErrTree},
		{"same name", root(stream("abc", 1), stream("x", 1), stream("abc", 2)), ErrTree},
		{"same name but for case", root(stream("é1", 1), stream("É1", 2)), ErrTree},
		{"stream with children", root(&Node{Name: "a", Content: Bytes("x"), Children: []*Node{stream("b", 1)}}), ErrTree},
		{"root is a stream", stream("a", 1), ErrTree},
		{"negative size", root(&Node{Name: "a", Content: lying{-1, 0}}), ErrTree},
		{"beyond 2 GiB in version 3", root(&Node{Name: "a", Content: lying{1 << 31, 0}}), ErrTooLarge},
		{"beyond any sector number", root(&Node{Name: "a", Content: lying{1<<63 - 1, 0}}, &Node{Name: "b", Content: lying{1<<63 - 1, 0}}), ErrTooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out bytes.Buffer
			_, err := Write(&out, c.tree, &Options{Version: 3})
			if typed := (*Error)(nil); !errors.Is(err, c.kind) || !errors.As(err, &typed) {
				t.Errorf("error %v, want %v", err, c.kind)
			}
			if out.Len() > 0 {
				t.Errorf("%d bytes were written", out.Len())
			}
		})
	}
}

func TestMSG_W_011_ManyAndLongest(t *testing.T) {
	tree := root(stream(strings.Repeat("x", 31), 3))
	for i := range 2100 {
		tree.Children = append(tree.Children, &Node{Name: fmt.Sprintf("__recip_version1.0_#%08X", i), Children: []*Node{stream("p", i%100)}})
	}
	r := open(t, build(t, 3, tree)).Root()
	if n := len(r.Children()); n != 2101 {
		t.Errorf("%d children, want 2101", n)
	}
	got, err := r.Child("__recip_version1.0_#00000833").Child("P").ReadAll(100)
	if err != nil || !bytes.Equal(got, pattern("p", 0x833%100)) {
		t.Errorf("recipient 2099: %v", err)
	}
}

func TestVersionChosen(t *testing.T) {
	const room = 1<<31 - 512 // the largest file of version 3
	for _, c := range []struct {
		name    string
		size    int64
		version int
	}{
		{"small", 10, 3},
		{"2 GiB", 1 << 31, 4},
		{"contents alone below the bound", room - 512*512, 4},
	} {
		p, err := Prepare(root(&Node{Name: "a", Content: lying{c.size, 0}}), nil)
		if err != nil || p.version != c.version {
			t.Errorf("%s: version %d, %v; want %d", c.name, p.version, err, c.version)
		}
	}
	last := int64(0) // the largest stream that version 3 takes leaves the file below or at the bound
	for size := int64(room - 17_000_000); size < room; size += 512 {
		p, err := Prepare(root(&Node{Name: "a", Content: lying{size, 0}}), &Options{Version: 3})
		if err != nil {
			break
		}
		last = p.Size()
	}
	if last > room || last < room-1024 {
		t.Errorf("the largest file of version 3 has %d bytes, want at most %d", last, room)
	}
	if _, err := Prepare(root(), &Options{Version: 5}); !errors.Is(err, ErrTree) {
		t.Errorf("version 5: %v", err)
	}
}

// lying is a Content that writes another number of bytes than it says.
type lying struct{ says, writes int64 }

func (l lying) Size() int64 { return l.says }

func (l lying) WriteTo(w io.Writer) (int64, error) {
	return io.Copy(w, io.LimitReader(zeroReader{}, l.writes))
}

type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// failing is a Content that cannot be read.
type failing struct{}

var errFailing = errors.New("no such content")

func (failing) Size() int64                        { return 10 }
func (failing) WriteTo(w io.Writer) (int64, error) { return 0, errFailing }

// full is a writer that takes a number of bytes and then fails.
type full struct{ left int }

func (f *full) Write(p []byte) (int, error) {
	n := min(f.left, len(p))
	f.left -= n
	if n < len(p) {
		return n, io.ErrShortWrite
	}
	return n, nil
}

func TestWriteFailures(t *testing.T) {
	for _, c := range []struct {
		name    string
		content Content
		want    error
	}{
		{"large too long", lying{5000, 5001}, ErrSize},
		{"large too short", lying{5000, 4999}, ErrSize},
		{"small too long", lying{50, 51}, ErrSize},
		{"small too short", lying{50, 49}, ErrSize},
		{"empty too long", lying{0, 1}, ErrSize},
		{"content fails", failing{}, errFailing},
	} {
		_, err := Write(io.Discard, root(&Node{Name: "abc", Content: c.content}), nil)
		if !errors.Is(err, c.want) || !strings.Contains(fmt.Sprint(err), `"abc"`) {
			t.Errorf("%s: error %v, want %v naming the stream", c.name, err, c.want)
		}
	}
	size := len(build(t, 3, root(stream("s", 200_000))))
	for at := 0; at < size; at += 997 {
		n, err := Write(&full{at}, root(stream("s", 200_000)), nil)
		if !errors.Is(err, io.ErrShortWrite) || n != int64(at) {
			t.Fatalf("writer that is full after %d: wrote %d, %v", at, n, err)
		}
	}
}

func TestPlanIsContent(t *testing.T) {
	inner, err := Prepare(root(stream("deep", 9000)), nil)
	if err != nil {
		t.Fatal(err)
	}
	f := open(t, build(t, 3, root(&Node{Name: "file", Content: inner})))
	s, err := f.Root().Child("file").Open()
	if err != nil {
		t.Fatal(err)
	}
	if s.Size() != inner.Size() {
		t.Errorf("size %d, the plan said %d", s.Size(), inner.Size())
	}
	g, err := Open(s, s.Size())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := g.Root().Child("deep").ReadAll(9000); err != nil || !bytes.Equal(got, pattern("deep", 9000)) {
		t.Errorf("inner stream: %v", err)
	}
}
