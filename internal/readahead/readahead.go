// Package readahead reads a source in pages for those who read it in small pieces that
// lie near each other, as what a compound file says of itself does: from a file, each
// piece would be a call of the system.
package readahead

import (
	"io"
	"sync"
)

const (
	pageSize  = 8 << 10
	pageCount = 8
	// shortPiece is what is read through pages; anything longer goes to the source.
	shortPiece = pageSize / 4
	// fewFills pages are read before it counts how often each was of use, which must be
	// usefulness times.
	fewFills   = 4 * pageCount
	usefulness = 3
)

// A ReaderAt reads a source through pages until it is released. One goroutine may use it
// until then, and any number afterwards.
type ReaderAt struct {
	r     io.ReaderAt
	size  int64
	pages *pages // nil once released
	reads int    // through pages
	fills int
}

// pages are the pages that are held, each in the place that its number gives it.
type pages struct {
	buf    [pageCount][pageSize]byte
	number [pageCount]int64 // from 1; 0 is none
}

// pool keeps pages between uses. Nothing of them is seen again: a page counts by its
// number, and all are forgotten before they are used.
var pool = sync.Pool{New: func() any { return new(pages) }}

// New returns a reader of the source, which has size bytes.
func New(r io.ReaderAt, size int64) *ReaderAt {
	p := pool.Get().(*pages)
	p.number = [pageCount]int64{}
	return &ReaderAt{r: r, size: size, pages: p}
}

// Release gives the pages back. From now on each read goes to the source.
func (r *ReaderAt) Release() {
	if r.pages != nil {
		pool.Put(r.pages)
		r.pages = nil
	}
}

// ReadAt reads as the source does, whose errors are its own.
func (r *ReaderAt) ReadAt(p []byte, off int64) (int, error) {
	if r.pages == nil || len(p) > shortPiece || off < 0 || off > r.size-int64(len(p)) {
		return r.r.ReadAt(p, off)
	}
	if r.reads++; r.fills > fewFills && r.reads < usefulness*r.fills {
		r.Release() // the pieces lie far from each other
		return r.r.ReadAt(p, off)
	}
	for n := 0; n < len(p); {
		page := r.page((off + int64(n)) / pageSize)
		if page == nil {
			return r.r.ReadAt(p, off)
		}
		n += copy(p[n:], page[(off+int64(n))%pageSize:])
	}
	return len(p), nil
}

// page returns a page, or nil where the source does not give all of it.
func (r *ReaderAt) page(i int64) []byte {
	start := i * pageSize
	slot := i % pageCount
	page := r.pages.buf[slot][:min(pageSize, r.size-start)]
	if r.pages.number[slot] == i+1 {
		return page
	}
	r.fills++
	r.pages.number[slot] = 0
	if n, _ := r.r.ReadAt(page, start); n < len(page) {
		return nil
	}
	r.pages.number[slot] = i + 1
	return page
}
