package cfb

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
)

// raw is a compound file taken apart by the letter of the format, without the
// code under test. It trusts the file, which the tests have written.
type raw struct {
	data       []byte
	sectorSize int
	fat        []uint32
	entries    []rawEntry
}

type rawEntry struct {
	name               string
	kind, colour       byte
	left, right, child uint32
	start              uint32
	size               uint64
	bytes              []byte
}

func u32(b []byte, off int) uint32 { return binary.LittleEndian.Uint32(b[off:]) }

func put32(b []byte, off int, v uint32) { binary.LittleEndian.PutUint32(b[off:], v) }

func parseRaw(data []byte) *raw {
	f := &raw{data: data, sectorSize: 1 << binary.LittleEndian.Uint16(data[30:])}
	var list []uint32
	for i := range 109 {
		list = append(list, u32(data, 76+4*i))
	}
	for s := u32(data, 68); s != 0xFFFFFFFE; {
		last := f.sectorSize/4 - 1
		for i := range last {
			list = append(list, u32(f.sector(s), 4*i))
		}
		s = u32(f.sector(s), 4*last)
	}
	for _, s := range list {
		if s == 0xFFFFFFFF {
			continue
		}
		for i := range f.sectorSize / 4 {
			f.fat = append(f.fat, u32(f.sector(s), 4*i))
		}
	}
	dir := f.chain(u32(data, 48))
	for ; len(dir) > 0; dir = dir[128:] {
		f.entries = append(f.entries, newRawEntry(dir[:128]))
	}
	return f
}

func newRawEntry(b []byte) rawEntry {
	e := rawEntry{
		kind: b[66], colour: b[67],
		left: u32(b, 68), right: u32(b, 72), child: u32(b, 76),
		start: u32(b, 116), size: binary.LittleEndian.Uint64(b[120:]),
		bytes: b,
	}
	if n := int(b[64]); n > 0 {
		var units []uint16
		for i := 0; i < n-2; i += 2 {
			units = append(units, binary.LittleEndian.Uint16(b[i:]))
		}
		e.name = string(utf16.Decode(units))
	}
	return e
}

func (f *raw) offset(sector uint32) int { return (int(sector) + 1) * f.sectorSize }

func (f *raw) sector(n uint32) []byte { return f.data[f.offset(n):][:f.sectorSize] }

func (f *raw) chain(start uint32) []byte {
	var out []byte
	for s := start; s != 0xFFFFFFFE; s = f.fat[s] {
		out = append(out, f.sector(s)...)
	}
	return out
}

// entryOffset returns the offset of a directory entry, for a directory whose
// sectors lie one after another.
func (f *raw) entryOffset(id int) int { return f.offset(u32(f.data, 48)) + 128*id }

// find returns the id of the entry of that name.
func (f *raw) find(t testing.TB, name string) int {
	t.Helper()
	for id, e := range f.entries {
		if e.name == name {
			return id
		}
	}
	t.Fatalf("no entry %q", name)
	return 0
}

// fatOffset returns the offset of a sector's slot in the FAT, for a FAT whose
// sectors lie one after another.
func (f *raw) fatOffset(sector uint32) int { return f.offset(u32(f.data, 76)) + 4*int(sector) }

// lessName is the order of siblings, for ASCII names.
func lessName(a, b string) bool {
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	return strings.ToUpper(a) < strings.ToUpper(b)
}

func stream(name string, size int) *Node {
	return &Node{Name: name, Content: Bytes(pattern(name, size))}
}

// pattern returns bytes that tell streams and places apart.
func pattern(seed string, size int) []byte {
	b := make([]byte, size)
	x := uint32(len(seed)) * 2654435761
	for _, c := range []byte(seed) {
		x = x*31 + uint32(c)
	}
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x>>24) | 1 // never zero, so that slack is told apart
	}
	return b
}

func root(children ...*Node) *Node { return &Node{Children: children} }

func build(t testing.TB, version int, n *Node) []byte {
	t.Helper()
	var buf bytes.Buffer
	if _, err := Write(&buf, n, &Options{Version: version}); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func open(t testing.TB, data []byte) *File {
	t.Helper()
	f, err := Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// recipients returns a tree like that of a message with n recipients.
func recipients(n int) *Node {
	tree := root()
	for i := range n {
		r := &Node{Name: fmt.Sprintf("__recip_version1.0_#%08X", i)}
		for j := range 19 {
			r.Children = append(r.Children, stream(fmt.Sprintf("__substg1.0_%04X001F", 0x3000+j), 20+j))
		}
		r.Children = append(r.Children, stream("__properties_version1.0", 8+16*19))
		tree.Children = append(tree.Children, r)
	}
	return tree
}
