package cfb

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"testing"
)

// A damage changes a whole file of the streams "a" (5000 bytes), "b" (6000), "m"
// (200) and "n" (300), in version 3.
type damage struct {
	name string
	do   func(t *testing.T, f *raw)
	open error // what Open returns
	// The streams that are truncated, with the bytes that they keep. All others
	// have to be whole.
	keep map[string]int64
}

func damagedFile(t *testing.T, d damage) []byte {
	data := build(t, 3, root(stream("a", 5000), stream("b", 6000), stream("m", 200), stream("n", 300)))
	d.do(t, parseRaw(data))
	return data
}

func (f *raw) setSlot(sector, v uint32)                        { put32(f.data, f.fatOffset(sector), v) }
func (f *raw) setMiniSlot(mini, v uint32)                      { put32(f.data, f.offset(u32(f.data, 60))+4*int(mini), v) }
func (f *raw) set(id, off int, v uint32)                       { put32(f.data, f.entryOffset(id)+off, v) }
func (f *raw) start(t *testing.T, name string) uint32          { return f.entries[f.find(t, name)].start }
func (f *raw) setOf(t *testing.T, n string, off int, v uint32) { f.set(f.find(t, n), off, v) }

var damages = []damage{
	{"MSG-R-001 stream's first sector follows itself", func(t *testing.T, f *raw) {
		f.setSlot(f.start(t, "a"), f.start(t, "a"))
	}, nil, map[string]int64{"a": 512}},
	{"MSG-R-001 stream loops late", func(t *testing.T, f *raw) {
		f.setSlot(f.start(t, "a")+5, f.start(t, "a")+2)
	}, nil, map[string]int64{"a": 6 * 512}},
	{"MSG-R-001 mini FAT slot follows itself", func(t *testing.T, f *raw) {
		f.setMiniSlot(f.start(t, "m"), f.start(t, "m"))
	}, nil, map[string]int64{"m": 64}},
	{"MSG-R-001 mini stream loops", func(t *testing.T, f *raw) {
		f.setSlot(f.entries[0].start, f.entries[0].start) // it has two sectors; "n" begins in the first
	}, nil, map[string]int64{"n": 512 - 256}},
	{"MSG-R-001 mini FAT's own chain follows itself", func(t *testing.T, f *raw) {
		f.setSlot(u32(f.data, 60), u32(f.data, 60))
	}, nil, nil}, // what is lost is not needed
	{"MSG-R-001 directory's chain follows itself", func(t *testing.T, f *raw) {
		f.setSlot(u32(f.data, 48), u32(f.data, 48))
	}, ErrCorrupt, nil},
	{"MSG-R-001 directory's chain leads into the FAT", func(t *testing.T, f *raw) {
		f.setSlot(u32(f.data, 48), 0)
	}, ErrCorrupt, nil},
	{"MSG-R-001 entry is its own left sibling", func(t *testing.T, f *raw) { f.set(1, 68, 1) }, ErrCorrupt, nil},
	{"MSG-R-001 entry is its own right sibling", func(t *testing.T, f *raw) { f.set(4, 72, 4) }, ErrCorrupt, nil},
	{"MSG-R-001 entry has two parents", func(t *testing.T, f *raw) { f.set(1, 72, 4) }, ErrCorrupt, nil},
	{"MSG-R-001 left and right are the same", func(t *testing.T, f *raw) {
		f.set(4, 68, f.entries[3].left)
	}, ErrCorrupt, nil},
	{"MSG-R-001 sibling is the root", func(t *testing.T, f *raw) { f.set(1, 68, 0) }, ErrCorrupt, nil},
	{"MSG-R-001 root is its own child", func(t *testing.T, f *raw) { f.set(0, 76, 0) }, ErrCorrupt, nil},
	{"MSG-R-001 storage is its own child", func(t *testing.T, f *raw) {
		f.data[f.entryOffset(4)+66] = typeStorage
		f.set(4, 76, 4)
	}, ErrCorrupt, nil},
	{"link beyond the directory", func(t *testing.T, f *raw) { f.set(1, 72, 5000) }, ErrCorrupt, nil},
	{"link beyond any id", func(t *testing.T, f *raw) { f.set(1, 72, 0xFFFFFFFE) }, nil, nil},
	{"link to a free entry", func(t *testing.T, f *raw) { f.set(1, 72, 5) }, nil, nil},
	{"link to a free entry of zeros", func(t *testing.T, f *raw) {
		f.set(1, 72, 5)
		clear(f.data[f.entryOffset(5):][:entrySize])
	}, nil, nil},
	{"no root", func(t *testing.T, f *raw) { f.data[f.entryOffset(0)+66] = typeStorage }, ErrCorrupt, nil},
	{"directory has no sectors", func(t *testing.T, f *raw) { put32(f.data, 48, 0xFFFFFFFE) }, ErrCorrupt, nil},
	{"directory begins past the end", func(t *testing.T, f *raw) { put32(f.data, 48, 5000) }, ErrCorrupt, nil},
	{"FAT sector past the end", func(t *testing.T, f *raw) { put32(f.data, 76, 5000) }, ErrCorrupt, nil},
	{"no FAT", func(t *testing.T, f *raw) { put32(f.data, 76, 0xFFFFFFFF) }, ErrCorrupt, nil},
	{"cross-linked streams", func(t *testing.T, f *raw) {
		f.setOf(t, "b", 116, f.start(t, "a"))
	}, nil, map[string]int64{"b": 0}},
	{"cross-linked small streams", func(t *testing.T, f *raw) {
		f.setMiniSlot(f.start(t, "n"), f.start(t, "m")+1)
	}, nil, map[string]int64{"n": 64}},
	{"stream in the directory", func(t *testing.T, f *raw) {
		f.setOf(t, "a", 116, u32(f.data, 48))
	}, nil, map[string]int64{"a": 0}},
	{"stream leaves the file", func(t *testing.T, f *raw) {
		f.setSlot(f.start(t, "a")+1, 0x00FFFFFF)
	}, nil, map[string]int64{"a": 1024}},
	{"stream runs into free space", func(t *testing.T, f *raw) {
		f.setSlot(f.start(t, "a")+1, 0xFFFFFFFF)
	}, nil, map[string]int64{"a": 1024}},
	{"size larger than the chain", func(t *testing.T, f *raw) {
		f.setOf(t, "a", 120, 9000)
	}, nil, map[string]int64{"a": 10 * 512}},
	{"MSG-R-002 size of 4 GiB", func(t *testing.T, f *raw) {
		f.setOf(t, "a", 120, 0xFFFFFFFF)
	}, nil, map[string]int64{"a": 10 * 512}},
	{"MSG-R-002 mini stream of 4 GiB", func(t *testing.T, f *raw) { f.set(0, 120, 0xFFFFFFFF) }, nil, nil},
	{"MSG-R-002 counts of 4 G in the header", func(t *testing.T, f *raw) {
		for _, off := range []int{40, 44, 64, 72} {
			put32(f.data, off, 0xFFFFFFFF)
		}
	}, nil, nil},
	{"large stream without sectors", func(t *testing.T, f *raw) {
		f.setOf(t, "a", 116, 0xFFFFFFFE)
	}, nil, map[string]int64{"a": 0}},
	{"small streams without mini FAT", func(t *testing.T, f *raw) {
		put32(f.data, 60, 0xFFFFFFFE)
	}, nil, map[string]int64{"m": 0, "n": 0}},
	{"small streams without mini stream", func(t *testing.T, f *raw) {
		f.set(0, 116, 0xFFFFFFFE)
	}, nil, map[string]int64{"m": 0, "n": 0}},
	{"small stream past the mini stream", func(t *testing.T, f *raw) {
		f.setOf(t, "m", 116, 5000)
	}, nil, map[string]int64{"m": 0}},
	{"cutoff of 512", func(t *testing.T, f *raw) { put32(f.data, 56, 512) }, ErrCorrupt, nil},
	{"mini shift of 7", func(t *testing.T, f *raw) { f.data[32] = 7 }, ErrCorrupt, nil},
	{"sector shift of 1", func(t *testing.T, f *raw) { f.data[30] = 1 }, ErrCorrupt, nil},
	{"sector shift of 30", func(t *testing.T, f *raw) { f.data[30] = 30 }, ErrCorrupt, nil},
	{"header alone", func(t *testing.T, f *raw) {}, ErrCorrupt, nil},
	{"other signature", func(t *testing.T, f *raw) { f.data[0] = 'P' }, ErrNotCompound, nil},
}

func TestDamage(t *testing.T) {
	sizes := map[string]int64{"a": 5000, "b": 6000, "m": 200, "n": 300}
	for _, d := range damages {
		t.Run(d.name, func(t *testing.T) {
			data := damagedFile(t, d)
			if d.name == "header alone" {
				data = data[:512]
			}
			_, err := walk(t, data)
			if !errors.Is(err, d.open) {
				t.Fatalf("Open: %v, want %v", err, d.open)
			}
			if err != nil {
				return
			}
			r := open(t, data).Root()
			for name, size := range sizes {
				got, err := r.Child(name).ReadAll(1 << 20)
				kept, truncated := d.keep[name]
				if truncated != errors.Is(err, ErrTruncated) || !truncated && err != nil {
					t.Errorf("%s: error %v, truncated should be %v", name, err, truncated)
				}
				if !truncated {
					kept = size
				}
				if int64(len(got)) != kept || !bytes.HasPrefix(got, pattern(name, int(min(size, kept)))) {
					t.Errorf("%s: %d bytes came, want %d", name, len(got), kept)
				}
			}
		})
	}
}

func TestMSG_R_001_DIFAT(t *testing.T) {
	data := build(t, 3, root(stream("s", 9_000_000)))
	difat := u32(data, 68)
	off := (int(difat) + 1) * 512
	for i := range 20 { // the list lacks sectors, so its continuation is needed
		put32(data, off+4*i, 0xFFFFFFFF)
	}
	for name, next := range map[string]uint32{"itself": difat, "a FAT sector": 0, "nowhere": 0x00FFFFFF} {
		put32(data, off+508, next)
		if _, err := walk(t, data); !errors.Is(err, ErrCorrupt) {
			t.Errorf("DIFAT leads to %s: %v", name, err)
		}
	}
	data = build(t, 3, root(stream("s", 100_000)))
	put32(data, 80, u32(data, 76))
	if _, err := walk(t, data); !errors.Is(err, ErrCorrupt) {
		t.Errorf("FAT sector listed twice: %v", err)
	}
}

func TestNotCompound(t *testing.T) {
	for name, data := range map[string]string{"empty": "", "short": "\xD0\xCF", "text": "Received: from"} {
		if _, err := walk(t, []byte(data)); !errors.Is(err, ErrNotCompound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := walk(t, []byte(signature)); !errors.Is(err, ErrCorrupt) {
		t.Errorf("signature alone: %v", err)
	}
}

// A source that is shorter than announced is a failure of the source.
func TestSourceTooShort(t *testing.T) {
	data := build(t, 3, root(stream("s", 5000)))
	for n := 0; n < 1536; n += 64 { // header, FAT and directory
		if _, err := Open(bytes.NewReader(data[:n]), int64(len(data))); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%d bytes of %d: %v", n, len(data), err)
		}
	}
	if _, err := Open(stuck{bytes.NewReader(data)}, int64(len(data))); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("source that returns nothing: %v", err)
	}
	src := bytes.NewReader(data)
	f, err := Open(src, src.Size())
	if err != nil {
		t.Fatal(err)
	}
	src.Reset(data[:len(data)-2000])
	got, err := f.Root().Child("s").ReadAll(5000)
	if !errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, ErrCorrupt) || len(got) == 0 {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

// stuck is a source that breaks the contract of io.ReaderAt: beyond the header
// and the FAT it returns neither bytes nor an error.
type stuck struct{ r io.ReaderAt }

func (s stuck) ReadAt(p []byte, off int64) (int, error) {
	if off >= 1024 {
		return 0, nil
	}
	return s.r.ReadAt(p, off)
}

func TestMSG_R_002_NoAllocationForDeclaredSizes(t *testing.T) {
	data := build(t, 3, root(stream("a", 5000), stream("m", 200)))
	f := parseRaw(data)
	for _, off := range []int{40, 44, 64, 72} {
		put32(data, off, 0xFFFFFFFF)
	}
	for _, id := range []int{0, 1, 2} {
		put32(data, f.entryOffset(id)+120, 0xFFFFFFFF)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	r := open(t, data).Root()
	if _, err := r.Child("a").ReadAll(1 << 40); !errors.Is(err, ErrTruncated) {
		t.Errorf("error %v", err)
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
		t.Errorf("%d bytes were allocated for a file of %d", n, len(data))
	}
}

func TestMSG_R_004_ListOfSiblings(t *testing.T) {
	const n = 100_000
	tree := root()
	for i := range n {
		tree.Children = append(tree.Children, stream(fmt.Sprintf("s%08d", i), 0))
	}
	data := build(t, 3, tree)
	dir := (int(u32(data, 48)) + 1) * 512
	defer debug.SetMaxStack(debug.SetMaxStack(1 << 20)) // a walk by recursion dies
	for name, link := range map[string][2]int{"to the right": {68, 72}, "to the left": {72, 68}} {
		for i := 1; i <= n; i++ {
			next := uint32(i + 1)
			if i == n {
				next = 0xFFFFFFFF
			}
			put32(data, dir+128*i+link[0], 0xFFFFFFFF)
			put32(data, dir+128*i+link[1], next)
		}
		put32(data, dir+76, 1)
		r := open(t, data).Root()
		if got := len(r.Children()); got != n {
			t.Errorf("%s: %d siblings, want %d", name, got, n)
		}
		if r.Child("S00099999") == nil {
			t.Errorf("%s: the last sibling is not found", name)
		}
	}
}

func TestDeepStorages(t *testing.T) {
	top := &Node{}
	at := top
	for range 100_000 {
		kid := &Node{Name: "s"}
		at.Children = []*Node{kid}
		at = kid
	}
	defer debug.SetMaxStack(debug.SetMaxStack(1 << 20))
	f := open(t, build(t, 3, top))
	copied := 0
	for n := f.Root().Node(); len(n.Children) > 0; n = n.Children[0] {
		copied++
	}
	if copied != 100_000 {
		t.Errorf("%d levels came back", copied)
	}
}

func TestMSG_R_009_Mutations(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 9))
	tree := root(stream("a", 5000), stream("m", 200), &Node{Name: "s", Children: []*Node{stream("b", 9000), stream("n", 300)}})
	for _, version := range []int{3, 4} {
		whole := build(t, version, tree)
		for range 5000 {
			data := bytes.Clone(whole)
			for range 1 + rng.IntN(4) {
				put32(data, 4*rng.IntN(len(data)/4), mutation(rng, len(data)))
			}
			walk(t, data[:len(data)-rng.IntN(2)*rng.IntN(len(data))])
		}
	}
}

func mutation(rng *rand.Rand, size int) uint32 {
	if rng.IntN(4) == 0 {
		return 0xFFFFFFFF - uint32(rng.IntN(8))
	}
	return uint32(rng.IntN(size / 128))
}
