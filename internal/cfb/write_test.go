package cfb

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMSG_W_001_HeaderV3(t *testing.T) {
	data := build(t, 3, root(stream("large", 5000), stream("small", 100)))
	want := "d0cf11e0a1b11ae1" + strings.Repeat("00", 16) + // signature, CLSID
		"3e000300feff09000600" + "000000000000" + // versions, byte order, shifts
		"00000000" + "01000000" + "01000000" + "00000000" + // directory sectors, FAT sectors, directory, transaction
		"00100000" + "02000000" + "01000000" + "feffffff" + "00000000" // cutoff, mini FAT, DIFAT
	if diff := cmp.Diff(want, hex.EncodeToString(data[:76])); diff != "" {
		t.Error(diff)
	}
	if got := u32(data, 76); got != 0 {
		t.Errorf("DIFAT[0] = %#x, want 0", got)
	}
	for i := 1; i < 109; i++ {
		if got := u32(data, 76+4*i); got != 0xFFFFFFFF {
			t.Errorf("DIFAT[%d] = %#x, want FREESECT", i, got)
		}
	}
}

func TestMSG_W_002_MiniFATPadding(t *testing.T) {
	f := parseRaw(build(t, 3, root(stream("a", 100), stream("b", 10))))
	table := f.chain(u32(f.data, 60))
	for i, want := range []uint32{1, 0xFFFFFFFE, 0xFFFFFFFE} {
		if got := u32(table, 4*i); got != want {
			t.Errorf("slot %d is %#x, want %#x", i, got, want)
		}
	}
	if rest := table[12:]; !bytes.Equal(rest, bytes.Repeat([]byte{0xFF}, len(rest))) {
		t.Errorf("unused slots are %x", rest)
	}
}

func TestMSG_W_002_WholeSectors(t *testing.T) {
	for _, version := range []int{3, 4} {
		for _, size := range []int{0, 1, 4096, 60000, 300000} {
			data := build(t, version, root(stream("a", size), stream("b", 10)))
			f := parseRaw(data)
			if len(data)%f.sectorSize != 0 {
				t.Fatalf("v%d: %d bytes are not whole sectors of %d", version, len(data), f.sectorSize)
			}
			for s, v := range f.fat {
				exists := s < len(data)/f.sectorSize-1
				if exists == (v == 0xFFFFFFFF) {
					t.Errorf("v%d, stream of %d: slot %d is %#x, sector exists: %v", version, size, s, v, exists)
				}
			}
		}
	}
}

// randomNames returns n names of which no two differ by case alone.
func randomNames(n int) []string {
	rng := rand.New(rand.NewPCG(1, uint64(n)))
	seen := make(map[string]bool)
	var names []string
	for len(names) < n {
		b := make([]byte, 1+rng.IntN(maxNameUnits))
		for i := range b {
			b[i] = "abcdefgXYZ0123456789_-"[rng.IntN(22)]
		}
		if s := string(b); !seen[strings.ToUpper(s)] {
			seen[strings.ToUpper(s)] = true
			names = append(names, s)
		}
	}
	return names
}

// checkTree walks the tree of siblings at id. It returns the names in order and
// the number of black nodes on each path, which has to be the same.
func checkTree(t *testing.T, f *raw, id uint32, underRed bool) (names []string, black int) {
	t.Helper()
	if id == 0xFFFFFFFF {
		return nil, 1
	}
	e := f.entries[id]
	red := e.colour == 0
	if red && underRed {
		t.Errorf("entry %d is red under red", id)
	}
	left, l := checkTree(t, f, e.left, red)
	right, r := checkTree(t, f, e.right, red)
	if l != r {
		t.Errorf("entry %d: black height %d on the left, %d on the right", id, l, r)
	}
	if !red {
		l++
	}
	return append(append(left, e.name), right...), l
}

func TestMSG_W_003_SearchTree(t *testing.T) {
	for n := 1; n <= 3000; n = n*5/4 + 1 {
		checkSiblings(t, n)
	}
	checkSiblings(t, 3000)
}

func TestMSG_W_004_RedBlack(t *testing.T) {
	for n := 1; n <= 500; n++ {
		checkSiblings(t, n)
	}
}

func checkSiblings(t *testing.T, n int) {
	t.Helper()
	var kids []*Node
	for _, name := range randomNames(n) {
		kids = append(kids, stream(name, 0))
	}
	f := parseRaw(build(t, 3, root(kids...)))
	top := f.entries[0].child
	if f.entries[top].colour != 1 {
		t.Errorf("%d siblings: their root is not black", n)
	}
	names, _ := checkTree(t, f, top, false)
	if len(names) != n {
		t.Fatalf("%d siblings: the tree has %d", n, len(names))
	}
	for i := 1; i < n; i++ {
		if !lessName(names[i-1], names[i]) {
			t.Fatalf("%d siblings: %q stands before %q", n, names[i-1], names[i])
		}
	}
}

func TestMSG_W_003_MessageNames(t *testing.T) {
	f := parseRaw(build(t, 3, root(stream("__properties_version1.0", 1), stream("__substg1.0_0037001F", 1),
		stream("__substg1.0_0037001e", 1), &Node{Name: "__nameid_version1.0"})))
	names, _ := checkTree(t, f, f.entries[0].child, false)
	want := []string{"__nameid_version1.0", "__substg1.0_0037001e", "__substg1.0_0037001F", "__properties_version1.0"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
}

func TestMSG_W_005_Sizes(t *testing.T) {
	for _, version := range []int{3, 4} {
		for _, size := range []int{0, 1, 63, 64, 65, 4095, 4096, 4097, 8192} {
			t.Run(fmt.Sprintf("v%d %d bytes", version, size), func(t *testing.T) {
				data := build(t, version, root(stream("s", size), stream("other", 70)))
				got, err := open(t, data).Root().Child("S").ReadAll(1 << 20)
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got, pattern("s", size)) {
					t.Error("other bytes came back")
				}
				checkPlace(t, data, size)
			})
		}
	}
}

// checkPlace checks where the stream "s" lies, and that nothing but zeros
// follows it in its last sector.
func checkPlace(t *testing.T, data []byte, size int) {
	t.Helper()
	f := parseRaw(data)
	e := f.entries[f.find(t, "s")]
	mini := f.chain(f.entries[0].start)[:f.entries[0].size]
	var got []byte
	switch {
	case size == 0:
		if e.start != 0xFFFFFFFE {
			t.Errorf("start of the empty stream is %#x", e.start)
		}
		return
	case size < 4096:
		got = mini[64*e.start:][:(size+63)/64*64]
	default:
		got = f.chain(e.start)
		if n := (size + f.sectorSize - 1) / f.sectorSize * f.sectorSize; len(got) != n {
			t.Errorf("the chain has %d bytes, want %d", len(got), n)
		}
	}
	if !bytes.Equal(got[:size], pattern("s", size)) {
		t.Error("the bytes are not where the entry says")
	}
	if slack := got[size:]; !bytes.Equal(slack, make([]byte, len(slack))) {
		t.Errorf("slack is not zero: %x", slack)
	}
}

func TestMSG_W_006_DIFAT(t *testing.T) {
	for _, c := range []struct{ size, difat int }{
		{6_900_000, 0}, {9_000_000, 1}, {17_000_000, 2}, {70_000_000, 8},
	} {
		t.Run(fmt.Sprint(c.size), func(t *testing.T) {
			data := build(t, 3, root(stream("s", c.size)))
			if got := int(u32(data, 72)); got != c.difat {
				t.Errorf("%d DIFAT sectors, want %d", got, c.difat)
			}
			f := parseRaw(data)
			var fat, difat int
			for _, v := range f.fat {
				switch v {
				case 0xFFFFFFFD:
					fat++
				case 0xFFFFFFFC:
					difat++
				}
			}
			if fat != int(u32(data, 44)) || difat != c.difat {
				t.Errorf("%d slots are marked FATSECT and %d DIFSECT, want %d and %d", fat, difat, u32(data, 44), c.difat)
			}
			got, err := open(t, data).Root().Child("s").ReadAll(1 << 30)
			if err != nil || !bytes.Equal(got, pattern("s", c.size)) {
				t.Errorf("not read back: %v", err)
			}
		})
	}
}

// The boundary where a FAT of 109 sectors just covers the file, and its
// neighbours, for the fixed point of the layout.
func TestMSG_W_006_Boundary(t *testing.T) {
	for sectors := 109*128 - 112; sectors < 109*128-104; sectors++ {
		data := build(t, 3, root(stream("s", sectors*512)))
		f := parseRaw(data)
		if total := len(data)/512 - 1; int(u32(data, 44)) != (total+127)/128 {
			t.Errorf("stream of %d sectors: %d FAT sectors for %d sectors", sectors, u32(data, 44), total)
		}
		if got := f.chain(f.entries[1].start); !bytes.Equal(got, pattern("s", sectors*512)) {
			t.Errorf("stream of %d sectors: other bytes came back", sectors)
		}
	}
}

func TestMSG_W_007_NoMiniStream(t *testing.T) {
	for name, n := range map[string]*Node{"large stream": root(stream("s", 4096)), "empty stream": root(stream("s", 0)), "nothing": root()} {
		f := parseRaw(build(t, 3, n))
		if e := f.entries[0]; e.start != 0xFFFFFFFE || e.size != 0 {
			t.Errorf("%s: mini stream of %d bytes at %#x", name, e.size, e.start)
		}
		if start, count := u32(f.data, 60), u32(f.data, 64); start != 0xFFFFFFFE || count != 0 {
			t.Errorf("%s: %d mini FAT sectors at %#x", name, count, start)
		}
	}
}

func TestMSG_W_008_FreeEntries(t *testing.T) {
	want := append(append(make([]byte, 68), bytes.Repeat([]byte{0xFF}, 12)...), make([]byte, 48)...)
	for version, slots := range map[int]int{3: 4, 4: 32} {
		f := parseRaw(build(t, version, root(stream("s", 1))))
		if len(f.entries) != slots {
			t.Fatalf("v%d: %d entries, want %d", version, len(f.entries), slots)
		}
		for id := 2; id < slots; id++ {
			if !bytes.Equal(f.entries[id].bytes, want) {
				t.Errorf("v%d: free entry %d is %x", version, id, f.entries[id].bytes)
			}
		}
	}
}

func TestMSG_W_009_Deterministic(t *testing.T) {
	tree := func(flip bool) *Node {
		kids := []*Node{stream("b", 5000), stream("a", 10), {Name: "c", Children: []*Node{stream("d", 70)}}}
		if flip {
			kids[0], kids[2] = kids[2], kids[0]
		}
		return root(kids...)
	}
	first := build(t, 3, tree(false))
	if !bytes.Equal(first, build(t, 3, tree(false))) {
		t.Error("the same tree gave other bytes")
	}
	if !bytes.Equal(first, build(t, 3, tree(true))) {
		t.Error("the order of children changes the bytes")
	}
}

func TestMSG_W_010_V4(t *testing.T) {
	data := build(t, 4, root(stream("s", 5000), stream("t", 50)))
	f := parseRaw(data)
	if u32(data, 24) != 0x0004003E || f.sectorSize != 4096 {
		t.Errorf("version %#x, sectors of %d bytes", u32(data, 24), f.sectorSize)
	}
	if !bytes.Equal(data[512:4096], make([]byte, 3584)) {
		t.Error("the header's sector is not zero after the header")
	}
	if got := u32(data, 40); got != 1 {
		t.Errorf("%d directory sectors, want 1", got)
	}
	if !bytes.Equal(f.chain(f.entries[1].start)[:5000], pattern("s", 5000)) {
		t.Error("stream not where the entry says")
	}
}
