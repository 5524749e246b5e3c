package cfb

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"runtime"
	"slices"
	"testing"
)

// sparse holds a large file of which most is zero.
type sparse struct {
	size  int64
	pages map[int64][]byte // by offset, those that are not all zero
}

const pageSize = 4096

func (s *sparse) Write(p []byte) (int, error) {
	for n := 0; n < len(p); {
		at := s.size + int64(n)
		in := int(at % pageSize)
		chunk := p[n:min(len(p), n+pageSize-in)]
		page := s.pages[at-int64(in)]
		if page == nil && !bytes.Equal(chunk, zeros[:len(chunk)]) {
			page = make([]byte, pageSize)
			s.pages[at-int64(in)] = page
		}
		if page != nil {
			copy(page[in:], chunk)
		}
		n += len(chunk)
	}
	s.size += int64(len(p))
	return len(p), nil
}

func (s *sparse) ReadAt(p []byte, off int64) (int, error) {
	n := int(min(int64(len(p)), s.size-off))
	for i := 0; i < n; {
		in := int((off + int64(i)) % pageSize)
		chunk := p[i:min(n, i+pageSize-in)]
		if page := s.pages[off+int64(i-in)]; page != nil {
			copy(chunk, page[in:])
		} else {
			clear(chunk)
		}
		i += len(chunk)
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// marked is a Content of zeros but for its own offset at every MiB.
type marked int64

const mark = 1 << 20

func (m marked) Size() int64 { return int64(m) }

func (m marked) WriteTo(w io.Writer) (int64, error) {
	buf := make([]byte, mark)
	for off := int64(0); off < int64(m); off += mark {
		binary.LittleEndian.PutUint64(buf, uint64(off)+1)
		if _, err := w.Write(buf[:min(mark, int64(m)-off)]); err != nil {
			return off, err
		}
	}
	return int64(m), nil
}

func checkMarked(t *testing.T, e *Entry, size int64) {
	t.Helper()
	if e.Size != size || e.Truncated() {
		t.Fatalf("size %d, want %d; %v", e.Size, size, e.Err())
	}
	s, err := e.Open()
	if err != nil {
		t.Fatal(err)
	}
	for off := int64(0); off < size; off += mark {
		var b [16]byte
		if n, err := s.ReadAt(b[:], off); n != 16 || binary.LittleEndian.Uint64(b[:]) != uint64(off)+1 || binary.LittleEndian.Uint64(b[8:]) != 0 {
			t.Fatalf("at %d: %x, %v", off, b, err)
		}
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// A file beyond 2 GiB is of version 4, keeps the lock sector free, and is read
// with a few bytes of memory for each stream.
func TestMSG_W_011_Beyond2GiB(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 2.1 GB")
	}
	const size = 1<<31 + 100<<20
	file := &sparse{pages: make(map[int64][]byte)}
	n, err := Write(file, root(&Node{Name: "big", Content: marked(size)}, &Node{Name: "next", Content: marked(3 * mark)}, stream("small", 100)), nil)
	if err != nil || n != file.size {
		t.Fatalf("%d bytes written of %d, %v", n, file.size, err)
	}
	var head [512]byte
	file.ReadAt(head[:], 0)
	if head[26] != 4 {
		t.Errorf("version %d", head[26])
	}
	lockOffset := int64(0x7FFFF000)
	if file.pages[lockOffset] != nil {
		t.Error("the lock sector is not empty")
	}
	slot := lockOffset/4096 - 1
	var b [4]byte // FAT sectors follow each other from sector 0
	file.ReadAt(b[:], 4096+4*slot)
	if got := binary.LittleEndian.Uint32(b[:]); got != 0xFFFFFFFE {
		t.Errorf("the lock sector's slot is %#x, want ENDOFCHAIN", got)
	}
	file.ReadAt(b[:], 4096+4*(slot-1))
	if got := binary.LittleEndian.Uint32(b[:]); int64(got) != slot+1 {
		t.Errorf("the slot before the lock sector is %#x, want %#x", got, slot+1)
	}

	before := heap()
	f, err := Open(file, file.size)
	if err != nil {
		t.Fatal(err)
	}
	if used := int64(heap()) - int64(before); used > 64<<10 {
		t.Errorf("the open file holds %d bytes of memory", used)
	}
	checkMarked(t, f.Root().Child("big"), size)
	checkMarked(t, f.Root().Child("next"), 3*mark)
	if got, err := f.Root().Child("small").ReadAll(100); err != nil || !bytes.Equal(got, pattern("small", 100)) {
		t.Errorf("small stream: %v", err)
	}
}

// A message of 1 GiB is opened and read in a small part of that.
func TestMemory(t *testing.T) {
	const size = 1 << 30
	file := &sparse{pages: make(map[int64][]byte)}
	if _, err := Write(file, root(&Node{Name: "big", Content: marked(size)}), nil); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f, err := Open(file, file.size)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := readThrough(t, f.Root().Child("big")); n != size || err != nil {
		t.Errorf("%d bytes, %v", n, err)
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 10<<20 {
		t.Errorf("%d bytes were allocated in all", n)
	}
}

// directoryOf returns a version 4 file that is all directory: one FAT sector for
// each 1024, then the directory of that many sectors, free but for the root.
func directoryOf(sectors int) *sparse {
	fat := 1
	for fat*1024 < fat+sectors {
		fat++
	}
	head := make([]byte, 4096)
	copy(head, signature)
	head[26], head[30], head[32], head[57] = 4, 12, 6, 0x10
	put32(head, 48, uint32(fat))
	put32(head, 60, 0xFFFFFFFE)
	put32(head, 68, 0xFFFFFFFE)
	table := make([]byte, 4096*fat)
	for i := range fat * 1024 {
		switch {
		case i < fat:
			put32(head, 76+4*i, uint32(i))
			put32(table, 4*i, 0xFFFFFFFD)
		case i < fat+sectors-1:
			put32(table, 4*i, uint32(i+1))
		default:
			put32(table, 4*i, 0xFFFFFFFE)
		}
	}
	entry := make([]byte, 128)
	entry[66] = typeRoot
	put32(entry, 76, 0xFFFFFFFF)
	file := &sparse{pages: make(map[int64][]byte)}
	for _, b := range [][]byte{head, table, entry} {
		file.Write(b)
	}
	file.size = int64(1+fat+sectors) * 4096
	return file
}

func TestMaxEntries(t *testing.T) {
	for sectors, want := range map[int]error{10: nil, MaxEntries/32 + 1: ErrTooLarge} {
		file := directoryOf(sectors)
		if _, err := Open(file, file.size); !errors.Is(err, want) {
			t.Errorf("directory of %d sectors: %v, want %v", sectors, err, want)
		}
	}
	n := stream("s", 0)
	tree := root(slices.Repeat([]*Node{n}, MaxEntries)...)
	if _, err := Prepare(tree, nil); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a tree of %d entries: %v", MaxEntries+1, err)
	}
}
