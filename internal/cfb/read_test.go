package cfb

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func names(e *Entry) (out []string) {
	for _, kid := range e.Children() {
		out = append(out, kid.Name)
	}
	return out
}

func TestTree(t *testing.T) {
	clsid := [16]byte{0x0B, 0x0D, 2, 15: 0x46}
	for _, version := range []int{3, 4} {
		tree := root(stream("zz", 1), stream("Ab", 70), &Node{Name: "s", CLSID: clsid, Children: []*Node{
			stream("ab", 5000), {Name: "t", Children: []*Node{stream("ab", 3)}},
		}})
		tree.CLSID = clsid
		r := open(t, build(t, version, tree)).Root()
		if diff := cmp.Diff([]string{"s", "Ab", "zz"}, names(r)); diff != "" {
			t.Error(diff)
		}
		s := r.Child("S")
		if !r.Storage || !s.Storage || r.CLSID != clsid || s.CLSID != clsid || r.Name != "Root Entry" {
			t.Errorf("root %+v, storage %+v", r, s)
		}
		for path, e := range map[string]*Entry{"Ab 70": r.Child("aB"), "ab 5000": s.Child("AB"), "ab 3": s.Child("T").Child("ab")} {
			var name string
			var size int64
			fmt.Sscan(path, &name, &size)
			if e == nil || e.Name != name || e.Size != size || e.Storage || e.Children() != nil {
				t.Errorf("%s: got %+v", path, e)
			}
		}
		if r.Child("a") != nil || r.Child("abc") != nil || s.Child("zz") != nil || r.Child("zz").Child("x") != nil {
			t.Error("found an entry that is not there")
		}
		if _, err := s.Open(); !errors.Is(err, ErrCorrupt) {
			t.Errorf("a storage was opened: %v", err)
		}
	}
}

func TestNamesBeyondASCII(t *testing.T) {
	r := open(t, build(t, 3, root(stream("Größe", 1), stream("ÄÖ", 2), stream("\x05SummaryInformation", 3), stream("😀x", 4)))).Root()
	for name, size := range map[string]int64{"GRÖßE": 1, "äö": 2, "\x05summaryinformation": 3, "😀X": 4} {
		if e := r.Child(name); e == nil || e.Size != size {
			t.Errorf("%q: got %+v", name, e)
		}
	}
}

func TestCompareNames(t *testing.T) {
	ordered := []string{"z", "\u00E9", "aa", "AB", "a_", "aaa", "\U0001F600b", "\uFFFDaa"}
	for i, a := range ordered {
		for j, b := range ordered {
			if got, want := compareNames(a, b), max(-1, min(1, i-j)); got != want {
				t.Errorf("compare %q with %q: %d, want %d", a, b, got, want)
			}
		}
	}
	if compareNames("É1", "é1") != 0 || compareNames("aZ", "Az") != 0 {
		t.Error("case makes a difference")
	}
}

func TestStream(t *testing.T) {
	for _, size := range []int{100, 4000, 10000} {
		want := pattern("s", size)
		e := open(t, build(t, 3, root(stream("a", 90), stream("s", size)))).Root().Child("s")
		s, err := e.Open()
		if err != nil {
			t.Fatal(err)
		}
		for off := 0; off <= size; off += 61 {
			buf := make([]byte, 1000)
			n, err := s.ReadAt(buf, int64(off))
			if wantN := min(1000, size-off); n != wantN || !bytes.Equal(buf[:n], want[off:off+n]) || (n < 1000) != (err == io.EOF) {
				t.Fatalf("size %d, ReadAt %d: %d, %v", size, off, n, err)
			}
		}
		if _, err := s.ReadAt(make([]byte, 1), -1); err == nil {
			t.Error("negative offset accepted")
		}
		if off, err := s.Seek(-10, io.SeekEnd); off != int64(size-10) || err != nil {
			t.Errorf("Seek: %d, %v", off, err)
		}
		if tail, err := io.ReadAll(s); err != nil || !bytes.Equal(tail, want[size-10:]) {
			t.Errorf("after Seek: %x, %v", tail, err)
		}
		if _, err := s.Seek(-1, io.SeekStart); err == nil {
			t.Error("seek before the beginning accepted")
		}
		if _, err := e.ReadAll(int64(size) - 1); !errors.Is(err, ErrTooLarge) {
			t.Errorf("ReadAll beyond its bound: %v", err)
		}
	}
}

func TestMSG_R_003_UnsortedSiblings(t *testing.T) {
	data := build(t, 3, root(stream("a1", 1), stream("b2", 2), stream("c3", 3), stream("d4", 4), stream("e5", 5)))
	f := parseRaw(data)
	// The names trade places, so the tree is a search tree no more.
	for id, name := range map[int]string{1: "e5", 5: "a1", 2: "d4", 4: "b2"} {
		data[f.entryOffset(id)], data[f.entryOffset(id)+2] = name[0], name[1]
	}
	r := open(t, data).Root()
	if diff := cmp.Diff([]string{"a1", "b2", "c3", "d4", "e5"}, names(r)); diff != "" {
		t.Error(diff)
	}
	for name, size := range map[string]int64{"E5": 1, "D4": 2, "C3": 3, "B2": 4, "A1": 5} {
		if e := r.Child(name); e == nil || e.Size != size {
			t.Errorf("%s: got %+v", name, e)
		}
	}
}

func TestMSG_R_005_HighHalfOfSize(t *testing.T) {
	for version, truncated := range map[int]bool{3: false, 4: true} {
		data := build(t, version, root(stream("large", 5000), stream("small", 500)))
		f := parseRaw(data)
		for _, name := range []string{"large", "small"} {
			put32(data, f.entryOffset(f.find(t, name))+124, 0xBADF00D)
		}
		e := open(t, data).Root().Child("large")
		if e.Truncated() != truncated {
			t.Errorf("v%d: truncated %v, want %v: %v", version, e.Truncated(), truncated, e.Err())
		}
		got, _ := e.ReadAll(1 << 20)
		if !bytes.Equal(got[:5000], pattern("large", 5000)) {
			t.Errorf("v%d: other bytes came", version)
		}
	}
}

func TestMSG_R_006_LastSectorShort(t *testing.T) {
	const size = 5000 // 392 bytes in the last of its sectors, which is the file's last
	whole := build(t, 3, root(stream("s", size), stream("small", 10)))
	padding := 512 - size%512
	for _, c := range []struct{ cut, lost int }{
		{0, 0}, {1, 0}, {padding, 0}, {padding + 1, 1}, {511, 511 - padding}, {512, size % 512}, {513, size%512 + 1},
	} {
		t.Run(fmt.Sprintf("%d bytes cut", c.cut), func(t *testing.T) {
			r := open(t, whole[:len(whole)-c.cut]).Root()
			got, err := r.Child("s").ReadAll(1 << 20)
			if !bytes.Equal(got, pattern("s", size)[:size-c.lost]) {
				t.Errorf("%d bytes came, want %d", len(got), size-c.lost)
			}
			if errors.Is(err, ErrTruncated) != (c.lost > 0) {
				t.Errorf("error %v with %d bytes lost", err, c.lost)
			}
			if _, err := r.Child("small").ReadAll(10); err != nil {
				t.Errorf("the other stream: %v", err)
			}
		})
	}
}

// The short last sector stands within a chain, so what follows it is lost.
func TestMSG_R_006_ShortSectorHasSuccessor(t *testing.T) {
	data := build(t, 3, root(stream("s", 5000)))
	f := parseRaw(data)
	first := f.entries[1].start
	last := uint32(len(data)/512 - 2)
	put32(data, f.fatOffset(first), last)
	put32(data, f.fatOffset(last), first+1)
	e := open(t, data[:len(data)-12]).Root().Child("s")
	got, err := e.ReadAll(5000)
	want := append(bytes.Clone(f.sector(first)), f.sector(last)[:500]...)
	if !bytes.Equal(got, want) || !errors.Is(err, ErrTruncated) {
		t.Errorf("%d bytes, want %d; %v", len(got), len(want), err)
	}
}

// A FAT that stands at the end of the file and is cut there: what it lacks is
// free.
func TestMSG_R_006_ShortFAT(t *testing.T) {
	data := build(t, 3, root(stream("s", 5000)))
	f := parseRaw(data)
	table := bytes.Clone(f.sector(0))
	end := uint32(len(data)/512 - 1) // where the FAT goes
	put32(data, 76, end)
	first := f.entries[1].start
	data = append(data, table[:4*(first+3)]...)
	e := open(t, data).Root().Child("s")
	if e.Size != 4*512 || !strings.Contains(fmt.Sprint(e.Err()), "0xffffffff") {
		t.Errorf("size %d, want %d; %v", e.Size, 4*512, e.Err())
	}
	walk(t, data)
}

func TestMSG_R_007_EmptyStreamWithStart(t *testing.T) {
	for _, start := range []uint32{0, 1, 77, 0xFFFFFFF0, 0xFFFFFFFE, 0xFFFFFFFF} {
		data := build(t, 3, root(stream("empty", 0), stream("s", 100)))
		f := parseRaw(data)
		put32(data, f.entryOffset(f.find(t, "empty"))+116, start)
		r := open(t, data).Root()
		if got, err := r.Child("empty").ReadAll(0); err != nil || len(got) != 0 {
			t.Errorf("start %#x: %d bytes, %v", start, len(got), err)
		}
		if got, err := r.Child("s").ReadAll(100); err != nil || !bytes.Equal(got, pattern("s", 100)) {
			t.Errorf("start %#x spoils the other stream: %v", start, err)
		}
	}
}

func TestMSG_R_008_V4(t *testing.T) {
	tree := root()
	for i := range 300 {
		tree.Children = append(tree.Children, stream(fmt.Sprint("s", i), i*i))
	}
	data := build(t, 4, tree)
	r := open(t, data).Root()
	for i := range 300 {
		name := fmt.Sprint("s", i)
		if got, err := r.Child(name).ReadAll(1 << 20); err != nil || !bytes.Equal(got, pattern(name, i*i)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	data[26] = 3 // QUIRK of the header: the shift alone decides
	if w, err := walk(t, data); err != nil || w.streams != 300 || w.truncated != 0 {
		t.Errorf("v4 marked as v3: %+v, %v", w, err)
	}
}

func TestNameLengths(t *testing.T) {
	long := strings.Repeat("n", 31)
	for _, c := range []struct {
		name   string
		length uint16
		want   []string
	}{
		{"right", 64, []string{long}},
		{"odd", 63, []string{long}},
		{"beyond 64", 0xFFFF, []string{long}},
		{"without terminator", 62, []string{long}},
		{"short", 4, []string{"nn"}},
		{"zero", 0, nil},
	} {
		data := build(t, 3, root(stream(long, 1)))
		off := parseRaw(data).entryOffset(1) + 64
		data[off], data[off+1] = byte(c.length), byte(c.length>>8)
		if diff := cmp.Diff(c.want, names(open(t, data).Root())); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestNodeCopies(t *testing.T) {
	tree := root(stream("b", 5000), &Node{Name: "c", CLSID: [16]byte{1, 2}, Children: []*Node{stream("d", 70), {Name: "e"}}})
	tree.CLSID = [16]byte{3}
	data := build(t, 3, tree)
	if again := build(t, 3, open(t, data).Root().Node()); !bytes.Equal(again, data) {
		t.Error("the copy of a file differs from it")
	}
}

func TestConcurrentUse(t *testing.T) {
	r := open(t, build(t, 3, recipients(20))).Root()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for _, e := range r.Children() {
				if b, err := e.Child("__SUBSTG1.0_3005001F").ReadAll(100); err != nil || !bytes.Equal(b, pattern("__substg1.0_3005001F", 25)) {
					t.Errorf("%s: %v", e.Name, err)
				}
			}
		})
	}
	wg.Wait()
}
