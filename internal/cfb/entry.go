package cfb

import (
	"fmt"
	"slices"
	"strconv"
)

// An Entry is a storage or a stream of a [File].
type Entry struct {
	Name    string // half a surrogate pair is U+FFFD
	CLSID   [16]byte
	Size    int64 // bytes of a stream that can be read; 0 for a storage
	Storage bool

	small       bool   // the stream is in the mini stream
	fault       fault  // why Size is less than declared
	id          uint32 // index of the directory entry
	from, count uint32 // the stretch of File.kids or File.runs
	declared    int64
	f           *File
}

// Children returns the entries of a storage in the order of their names
// ([MS-CFB] 2.6.4), whatever order the file has. Two entries can have the same
// name in a damaged file. A stream has no children.
func (e *Entry) Children() []*Entry {
	if !e.Storage {
		return nil
	}
	return slices.Clip(e.f.kids[e.from : e.from+e.count])
}

// Child returns the first entry of that name in a storage, upper and lower case
// being the same, or nil.
func (e *Entry) Child(name string) *Entry {
	kids := e.Children()
	i, found := slices.BinarySearchFunc(kids, name, func(kid *Entry, name string) int {
		return compareNames(kid.Name, name)
	})
	if !found {
		return nil
	}
	return kids[i]
}

// Declared returns the size of a stream that the directory states. It can be any
// number; Size is what there is.
func (e *Entry) Declared() int64 { return e.declared }

// Truncated reports whether a stream has fewer bytes than the directory states.
func (e *Entry) Truncated() bool { return e.fault.kind != 0 }

// Err returns nil for a storage and for a whole stream. For a truncated stream
// it returns an *[Error] that is [ErrTruncated] and says why.
func (e *Entry) Err() error {
	if !e.Truncated() {
		return nil
	}
	return &Error{
		Where: "stream " + strconv.QuoteToASCII(e.Name) + " (" + entryPlace(e.id) + ")",
		Msg:   fmt.Sprintf("%d of its %d bytes exist: %v", e.Size, e.declared, e.fault),
		Kind:  ErrTruncated,
	}
}

// Open returns a reader of the stream. The error of a truncated one comes when
// reading passes its end. Open fails for a storage alone.
func (e *Entry) Open() (*Stream, error) {
	s, err := e.open()
	if err != nil {
		return nil, err
	}
	return &s, nil
}

func (e *Entry) open() (Stream, error) {
	if e.Storage {
		return Stream{}, corrupt(entryPlace(e.id), "it is a storage, not a stream")
	}
	runs := e.f.runs[e.from : e.from+e.count]
	x := e.f.extents(runs, e.Size)
	if e.small {
		x = extents{src: &e.f.mini, shift: miniShift, runs: runs, size: e.Size}
	}
	return Stream{entry: e, x: x}, nil
}

// ReadAll returns the bytes of a stream, if there are no more than max; else the
// error is [ErrTooLarge] and nothing is read. For a truncated stream it returns
// what exists together with the error of [Entry.Err].
func (e *Entry) ReadAll(max int64) ([]byte, error) { return e.AppendTo(nil, max) }

// AppendTo is [Entry.ReadAll] that appends the bytes to b.
func (e *Entry) AppendTo(b []byte, max int64) ([]byte, error) {
	s, err := e.open()
	if err != nil {
		return b, err
	}
	if e.Size > max {
		return b, &Error{
			Where: "stream " + strconv.QuoteToASCII(e.Name),
			Msg:   fmt.Sprintf("it has %d bytes, the bound is %d", e.Size, max),
			Kind:  ErrTooLarge,
		}
	}
	if b == nil {
		b = make([]byte, 0, e.Size)
	}
	from := len(b)
	b = slices.Grow(b, int(e.Size))[:from+int(e.Size)]
	if e.Size > 0 {
		if n, err := s.ReadAt(b[from:], 0); n < int(e.Size) {
			return b[:from+n], err
		}
	}
	return b, e.Err()
}
