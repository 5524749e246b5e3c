package cfb

import (
	"encoding/binary"
	"io"
)

// slots are an allocation table, the FAT or the mini FAT, of which the parts that
// chains lead to are read. Neighbouring slots belong to neighbouring sectors, and
// most chains go from one to the next, so a few pages of the table are in memory at
// a time. For a file whose chains leap about, the pages that come after twice as
// many reads as the table has pages all stay: no table is read more than three
// times, and none takes more memory than it has bytes.
type slots struct {
	src   io.ReaderAt // the bytes of the table
	count uint32      // slots that it has
	where string      // what it is called in errors
	pages [][]byte    // by number; nil where not in memory
	held  [maxPages]uint32
	reads int // pages that were read
}

const (
	pageShift = 11 // a page has that many slots, as a power of two
	maxPages  = 4  // pages in memory, unless chains leap about
)

func newSlots(src io.ReaderAt, count uint32, where string) slots {
	return slots{src: src, count: count, where: where, pages: make([][]byte, ceilDiv(int64(count), 1<<pageShift))}
}

// get returns slot i, which is below count.
func (s *slots) get(i uint32) (uint32, error) {
	page, err := s.page(i)
	if err != nil {
		return 0, err
	}
	return binary.LittleEndian.Uint32(page[4*(i%(1<<pageShift)):]), nil
}

// page returns the page with slot i. It is valid until the next call.
func (s *slots) page(i uint32) ([]byte, error) {
	n := i >> pageShift
	if b := s.pages[n]; b != nil {
		return b, nil
	}
	b := s.frame(n)
	off := int64(n) << (pageShift + 2)
	b = b[:min(1<<(pageShift+2), 4*int64(s.count)-off)]
	if k, err := s.src.ReadAt(b, off); k < len(b) {
		return nil, sourceError(s.where, err)
	}
	s.pages[n] = b
	return b, nil
}

// frame returns memory for page n, which may be that of another one.
func (s *slots) frame(n uint32) (b []byte) {
	if k := s.reads % maxPages; s.reads < 2*len(s.pages) {
		if s.reads >= maxPages {
			old := s.held[k]
			b, s.pages[old] = s.pages[old], nil
		}
		s.held[k] = n
	}
	s.reads++
	if b == nil {
		b = make([]byte, min(1<<(pageShift+2), 4*int64(s.count)))
	}
	return b[:cap(b)]
}

// row returns how many slots from i on say that the next sector follows, at most
// max, which must not lead out of a page.
func (s *slots) row(i, max uint32) (n uint32, err error) {
	page, err := s.page(i)
	if err != nil {
		return 0, err
	}
	b := page[4*(i%(1<<pageShift)):][:4*max]
	// Two slots at a time; sector numbers stay below maxRegSector, so no sum
	// carries into the other.
	rest := b
	for pair := uint64(i+2)<<32 | uint64(i+1); len(rest) >= 8 && binary.LittleEndian.Uint64(rest) == pair; pair += 2<<32 | 2 {
		rest = rest[8:]
	}
	n = uint32(len(b)-len(rest)) / 4
	if len(rest) >= 4 && binary.LittleEndian.Uint32(rest) == i+n+1 {
		n++
	}
	return n, nil
}
