package cfb

import (
	"bytes"
	"io"
)

// A Content supplies the bytes of a stream to be written.
type Content interface {
	// Size returns the exact number of bytes, from 0 up.
	Size() int64
	// WriteTo writes that many bytes to w. Each write of a file calls it once.
	io.WriterTo
}

// A Node is a storage or a stream to be written. With a Content it is a stream,
// without one a storage. The root's name is not used.
type Node struct {
	Name     string // 1 to 31 UTF-16 code units, without / \ : ! and NUL
	CLSID    [16]byte
	Children []*Node // in any order; the names differ by more than case
	Content  Content
}

// Bytes is a Content that is in memory.
type Bytes []byte

// Size implements [Content].
func (b Bytes) Size() int64 { return int64(len(b)) }

// WriteTo implements [Content].
func (b Bytes) WriteTo(w io.Writer) (int64, error) { return bytes.NewReader(b).WriteTo(w) }

// Node returns the tree below e for writing, with contents that are read from
// e's file when they are written. Of a truncated stream the tree has what exists;
// look at [Entry.Err] of each to find them. Names that a writer must not use, and
// two of one name, stay as they are and fail [Prepare].
func (e *Entry) Node() *Node {
	top := e.node()
	type pair struct {
		from *Entry
		to   *Node
	}
	for todo := []pair{{e, top}}; len(todo) > 0; {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, kid := range p.from.Children() {
			n := kid.node()
			p.to.Children = append(p.to.Children, n)
			todo = append(todo, pair{kid, n})
		}
	}
	return top
}

func (e *Entry) node() *Node {
	if e.Storage {
		return &Node{Name: e.Name, CLSID: e.CLSID}
	}
	return &Node{Name: e.Name, Content: entryContent{e}}
}

type entryContent struct{ e *Entry }

func (c entryContent) Size() int64 { return c.e.Size }

func (c entryContent) WriteTo(w io.Writer) (int64, error) {
	s, err := c.e.Open()
	if err != nil {
		return 0, err
	}
	return io.CopyN(w, s, c.e.Size)
}
