package cfb

import (
	"encoding/binary"
	"unicode/utf16"
)

// writeDirectory writes the entries ([MS-CFB] 2.6) by id: the root, then the
// children of each storage. What is left of the last sector are free entries.
func (p *Plan) writeDirectory(o *output) error {
	root := p.newEntry(rootName, typeRoot, position{-1, -1, false}, 0)
	p.link(root, &p.items[0])
	binary.LittleEndian.PutUint32(root[116:], p.start(p.mini))
	binary.LittleEndian.PutUint64(root[120:], uint64(p.miniCount*miniSize))
	if _, err := o.Write(root); err != nil {
		return err
	}
	for i := range p.items {
		if err := p.writeChildren(o, &p.items[i]); err != nil {
			return err
		}
	}
	free := p.newEntry("", typeFree, position{-1, -1, false}, 0)
	for n := p.dir.count*p.sectorSize()/entrySize - int64(len(p.items)); n > 0; n-- {
		if _, err := o.Write(free); err != nil {
			return err
		}
	}
	return nil
}

func (p *Plan) writeChildren(o *output, parent *item) error {
	n := len(parent.node.Children)
	for i := range n {
		it := &p.items[int(parent.first)+i]
		at := locateSibling(i, n)
		var b []byte
		if it.storage() {
			b = p.newEntry(it.node.Name, typeStorage, at, parent.first)
			p.link(b, it)
		} else {
			b = p.newEntry(it.node.Name, typeStream, at, parent.first)
			binary.LittleEndian.PutUint32(b[116:], p.streamStart(it))
			binary.LittleEndian.PutUint64(b[120:], uint64(it.size))
		}
		if _, err := o.Write(b); err != nil {
			return err
		}
	}
	return nil
}

func (p *Plan) streamStart(it *item) uint32 {
	switch {
	case it.size == 0:
		return endOfChain
	case it.small():
		return it.first
	}
	return p.sector(p.streams.first + int64(it.first))
}

// newEntry returns an entry that has no children. Siblings have ids from first.
func (p *Plan) newEntry(name string, kind byte, at position, first uint32) []byte {
	b := make([]byte, entrySize)
	le := binary.LittleEndian
	if name != "" {
		units := utf16.Encode([]rune(name))
		for i, u := range units {
			le.PutUint16(b[2*i:], u)
		}
		le.PutUint16(b[64:], uint16(2*len(units)+2))
	}
	b[66] = kind
	if kind != typeFree && !at.red {
		b[67] = 1
	}
	le.PutUint32(b[68:], siblingID(at.left, first))
	le.PutUint32(b[72:], siblingID(at.right, first))
	le.PutUint32(b[76:], noStream)
	return b
}

func siblingID(index int, first uint32) uint32 {
	if index < 0 {
		return noStream
	}
	return first + uint32(index)
}

// link gives a storage's entry its class and its tree of children.
func (p *Plan) link(b []byte, it *item) {
	copy(b[80:96], it.node.CLSID[:])
	if n := len(it.node.Children); n > 0 {
		binary.LittleEndian.PutUint32(b[76:], it.first+uint32(siblingRoot(n)))
	}
}
