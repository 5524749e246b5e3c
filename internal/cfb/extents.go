package cfb

import (
	"io"
	"sort"
)

// A run is a stretch of a stream whose sectors lie one after another. It ends
// where the next run begins, or with the stream.
type run struct {
	index  uint32 // of its first sector within the stream
	sector uint32 // number of that sector within the source
}

// extents are the places of a stream's bytes within the file, or of a small
// stream's bytes within the mini stream.
type extents struct {
	src   io.ReaderAt
	base  int64 // offset of sector 0 within src
	shift uint
	runs  []run
	size  int64
}

// locate returns the offset in the source of the stream's byte off, and how many
// bytes lie there one after another.
func (x *extents) locate(off int64) (at, n int64) {
	index := uint32(off >> x.shift)
	i := sort.Search(len(x.runs), func(i int) bool { return x.runs[i].index > index }) - 1
	end := x.size
	if i+1 < len(x.runs) {
		end = int64(x.runs[i+1].index) << x.shift
	}
	r := x.runs[i]
	return x.base + int64(r.sector)<<x.shift + off - int64(r.index)<<x.shift, end - off
}

// ReadAt implements [io.ReaderAt]. off is not negative.
func (x *extents) ReadAt(p []byte, off int64) (n int, err error) {
	for n < len(p) {
		if off+int64(n) >= x.size {
			return n, io.EOF
		}
		at, length := x.locate(off + int64(n))
		want := p[n:]
		if int64(len(want)) > length {
			want = want[:length]
		}
		got, err := x.src.ReadAt(want, at)
		n += got
		if got < len(want) {
			if err == nil {
				err = io.ErrNoProgress
			}
			return n, err
		}
	}
	return n, nil
}
