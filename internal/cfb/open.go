package cfb

import (
	"fmt"
	"io"
	"math"
	"strings"
)

// A File is a compound file that is open for reading.
type File struct {
	r       io.ReaderAt
	shift   uint
	entries []Entry  // by id
	kids    []*Entry // the children of all storages; each has a stretch of it
	runs    []run    // the runs of all streams; each has a stretch of it
	mini    extents
}

// Root returns the root storage, which holds all others.
func (f *File) Root() *Entry { return &f.entries[0] }

func (f *File) extents(runs []run, size int64) extents {
	return extents{src: f.r, base: 1 << f.shift, shift: f.shift, runs: runs, size: size}
}

// A loader holds what only Open needs.
type loader struct {
	r     io.ReaderAt
	size  int64
	head  *header
	f     *File
	fat   *allocation
	mini  *allocation
	links []links // by id
	names map[string]string
	text  *strings.Builder // that names are kept in
}

// Open reads the tables of the compound file of size bytes in r. An error is an
// *[Error] that is [ErrNotCompound], [ErrCorrupt] or [ErrTooLarge], or it wraps
// what r returned.
//
// Of the FAT (8 MiB for 1 GiB in version 3) and of the mini FAT (a sixteenth of the
// mini stream) Open reads what chains lead to, and holds 32 KiB of each at a time, or
// all of it where the chains leap about. The open file keeps about 100 bytes for each
// directory entry and 8 for each stretch of neighbouring sectors. Nothing is
// allocated because a field asks for it.
func Open(r io.ReaderAt, size int64) (*File, error) {
	head, err := readHeader(r, size)
	if err != nil {
		return nil, err
	}
	l := &loader{
		r: r, size: size, head: head,
		f:     &File{r: r, shift: head.shift},
		fat:   newAllocation(max(0, size-1<<head.shift), head.shift),
		names: make(map[string]string),
		text:  new(strings.Builder),
	}
	if err := l.findFAT(); err != nil {
		return nil, err
	}
	root, err := l.loadDirectory()
	if err != nil {
		return nil, err
	}
	if err := l.findMini(root.start, root.size); err != nil {
		return nil, err
	}
	if err := l.loadTree(); err != nil {
		return nil, err
	}
	return l.f, nil
}

// place follows the chain of a stream and notes where its bytes are.
func (l *loader) place(e *Entry, start uint32) {
	e.small = e.declared < miniCutoff
	table := l.fat
	if e.small {
		table = l.mini
	}
	from := len(l.f.runs)
	l.f.runs, e.Size, e.fault = table.follow(start, e.declared, l.f.runs)
	e.from, e.count = uint32(from), uint32(len(l.f.runs)-from)
}

// streamSize returns the size that a directory entry declares, in a range that
// fits the arithmetic here.
func (h *header) streamSize(v uint64) int64 {
	// QUIRK: in version 3 the high half of a size can be left-over memory, and
	// has to be ignored ([MS-CFB] 2.6.1).
	if h.major <= 3 {
		v = uint64(uint32(v))
	}
	return int64(min(v, math.MaxInt64-1))
}

func entryPlace(id uint32) string { return fmt.Sprintf("directory entry %d", id) }
