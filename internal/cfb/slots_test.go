package cfb

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
)

// A plainTable follows chains one sector at a time through a table that is in memory
// as a whole: what allocation does, by the letter.
type plainTable struct {
	next  []uint32
	count uint32
	shift uint
	short int64
	used  map[uint32]bool
}

func (p *plainTable) follow(start uint32, want int64) (runs []run, length int64, f fault) {
	for index, cur := uint32(0), start; length < want; index++ {
		switch {
		case cur == endOfChain && want == whole:
			return runs, length, fault{}
		case cur == endOfChain:
			return runs, length, fault{ended, cur}
		case cur >= p.count:
			return runs, length, fault{absent, cur}
		case p.used[cur]:
			return runs, length, fault{twice, cur}
		}
		p.used[cur] = true
		if int(cur) >= len(p.next) {
			return runs, length, fault{unlisted, cur}
		}
		n := len(runs)
		if n == 0 || runs[n-1].sector+index-runs[n-1].index != cur {
			runs = append(runs, run{index, cur})
		}
		length += 1 << p.shift
		if cur == p.count-1 && p.short > 0 {
			if length -= p.short; length < want && p.next[cur] != endOfChain {
				return runs, length, fault{cut, cur}
			}
		}
		cur = p.next[cur]
	}
	return runs, min(length, want), fault{}
}

// compareFollow follows the chains that begin at starts in both ways.
func compareFollow(t *testing.T, next []uint32, bytesOfFile int64, shift uint, starts []uint32, wants []int64) {
	t.Helper()
	var table []byte
	for _, v := range next {
		table = binary.LittleEndian.AppendUint32(table, v)
	}
	src := &metered{r: bytes.NewReader(table)}
	a := newAllocation(bytesOfFile, shift)
	a.table = newSlots(src, uint32(len(next)), "table")
	p := &plainTable{next, a.count, shift, a.short, make(map[uint32]bool)}
	for i, start := range starts {
		want := wants[i%len(wants)]
		runs, length, f := a.follow(start, want, nil)
		wantRuns, wantLength, wantFault := p.follow(start, want)
		if length != wantLength || f != wantFault || !slices.Equal(runs, wantRuns) {
			t.Fatalf("chain from %d, %d bytes: %v, %d, %v; want %v, %d, %v", start, want, runs, length, f, wantRuns, wantLength, wantFault)
		}
	}
	for s := range a.count {
		if inUse := a.used[s/64]>>(s%64)&1 == 1; inUse != p.used[s] {
			t.Fatalf("sector %d: in use is %v", s, inUse)
		}
	}
	if src.bytes > 3*int64(len(table)) {
		t.Errorf("%d bytes were read of a table of %d", src.bytes, len(table))
	}
}

// randomTable is n slots, rows of neighbours that end in a leap every so often.
func randomTable(rng *rand.Rand, n, row int) []uint32 {
	next := make([]uint32, n)
	for i := range next {
		switch next[i] = uint32(i + 1); {
		case rng.IntN(row) > 0:
		case rng.IntN(8) == 0:
			next[i] = 0xFFFFFFFF - uint32(rng.IntN(3))
		default:
			next[i] = uint32(rng.IntN(n + n/16))
		}
	}
	return next
}

func TestMSG_R_001_ChainsInPages(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 2, 63, 64, 65, 130, 1000, 9 << pageShift} {
		for _, row := range []int{1, 2, 50, 500, 100_000} {
			next := randomTable(rng, n, row)
			short := []int64{0, 0, 7}[rng.IntN(3)]
			size := int64(n+rng.IntN(3))<<9 - short
			starts := make([]uint32, 300)
			for i := range starts {
				starts[i] = uint32(rng.IntN(n + 2))
			}
			compareFollow(t, next, size, 9, starts, []int64{whole, 1, 512, 513, 40_000, 200_000})
		}
	}
}

func FuzzFollow(f *testing.F) {
	f.Add([]byte{1, 0, 2, 0, 3, 0, 0xFE, 0xFF}, uint16(2048), uint16(0), uint16(5000))
	f.Add([]byte{1, 0, 2, 0, 3, 0, 1, 0}, uint16(2000), uint16(0), uint16(0))
	f.Fuzz(func(t *testing.T, table []byte, size, start, want uint16) {
		var next []uint32
		for ; len(table) >= 2; table = table[2:] {
			v := uint32(binary.LittleEndian.Uint16(table))
			if v >= 0xFFF0 {
				v |= 0xFFFF0000
			}
			next = append(next, v)
		}
		wants := []int64{whole, int64(want)}
		compareFollow(t, next, int64(size), miniShift, []uint32{uint32(start), 0, 1, uint32(want)}, wants)
	})
}

// Of a file whose chains go forward, the table is read once, and held a part at a time.
func TestTableInParts(t *testing.T) {
	const size = 400 << 20
	file := &sparse{pages: make(map[int64][]byte)}
	if _, err := Write(file, root(&Node{Name: "big", Content: marked(size)}, stream("small", 100)), nil); err != nil {
		t.Fatal(err)
	}
	src := &metered{r: file}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f, err := Open(src, file.size)
	if err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	table := file.size / 512 * 4
	if n := after.TotalAlloc - before.TotalAlloc; n > uint64(table)/10 {
		t.Errorf("%d bytes were allocated; the table has %d", n, table)
	}
	if src.bytes > table+table/50 {
		t.Errorf("Open read %d bytes; the table has %d", src.bytes, table)
	}
	checkMarked(t, f.Root().Child("big"), size)
}

// failingAt is a source that fails from an offset up to another.
type failingAt struct {
	r        io.ReaderAt
	from, to int64
}

var errSource = errors.New("the disk is gone")

func (f failingAt) ReadAt(p []byte, off int64) (int, error) {
	if off < f.to && off+int64(len(p)) > f.from {
		return 0, errSource
	}
	return f.r.ReadAt(p, off)
}

func TestSourceFailsInTable(t *testing.T) {
	data := build(t, 3, root(stream("a", 5_000_000), stream("b", 5_000_000), stream("m", 200)))
	f := parseRaw(data)
	for name, at := range map[string]int{
		"the slots of the first streams": f.fatOffset(f.start(t, "a")),
		"the slots of the last stream":   f.fatOffset(f.start(t, "b") + 9000),
		"mini FAT":                       f.offset(u32(data, 60)),
	} {
		src := failingAt{bytes.NewReader(data), int64(at), int64(at) + 1}
		if _, err := Open(src, int64(len(data))); !errors.Is(err, errSource) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
