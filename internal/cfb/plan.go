package cfb

import (
	"fmt"
	"slices"
	"strconv"
)

// Options are the choices of a writer; nil and the zero value are the defaults.
type Options struct {
	// Version is 3 or 4. Zero means version 3, unless the file would pass 2 GiB
	// less one sector.
	Version int
}

// A Plan is a compound file that is laid out but not written: every byte outside
// the contents is known. A Plan is itself a [Content], for a compound file within
// another.
type Plan struct {
	items []item // by id of the directory entry; siblings stand together, in order
	layout
}

// An item is a node with its place.
type item struct {
	node *Node
	// first is the id of a storage's first child, or the first sector of a
	// stream: a mini sector for a small one, else a logical one (see layout).
	first uint32
	size  int64
}

func (it *item) storage() bool { return it.node.Content == nil }
func (it *item) small() bool   { return !it.storage() && it.size < miniCutoff } // or empty
func (it *item) large() bool   { return it.size >= miniCutoff }

// Prepare checks and lays out the tree at root, which must be a storage. It asks
// every content for its size and none for its bytes. An error is an *[Error] that
// is [ErrTree] or [ErrTooLarge].
func Prepare(root *Node, o *Options) (*Plan, error) {
	p := new(Plan)
	if err := p.collect(root); err != nil {
		return nil, err
	}
	version := 0
	if o != nil {
		version = o.Version
	}
	var err error
	switch version {
	case 0:
		if p.place(3) != nil {
			err = p.place(4)
		}
	case 3, 4:
		err = p.place(version)
	default:
		err = &Error{"options", fmt.Sprintf("there is no version %d", version), ErrTree}
	}
	if err != nil {
		return nil, err
	}
	return p, nil
}

// collect lists the nodes, level by level, the children of each storage in the
// order of the format.
func (p *Plan) collect(root *Node) error {
	if root.Content != nil {
		return &Error{"root", "it is a stream", ErrTree}
	}
	p.items = append(p.items, item{node: root})
	for i := 0; i < len(p.items); i++ {
		parent := p.items[i].node
		first := len(p.items)
		if first+len(parent.Children) > MaxEntries {
			return &Error{"directory", fmt.Sprintf("more than %d entries are needed", MaxEntries), ErrTooLarge}
		}
		for _, n := range parent.Children {
			it, err := newItem(n)
			if err != nil {
				return err
			}
			p.items = append(p.items, it)
		}
		if err := arrange(p.items[first:]); err != nil {
			return err
		}
		if len(parent.Children) > 0 {
			p.items[i].first = uint32(first)
		}
	}
	return nil
}

func newItem(n *Node) (item, error) {
	it := item{node: n}
	reason := checkName(n.Name)
	if n.Content != nil {
		it.size = n.Content.Size()
		switch {
		case len(n.Children) > 0:
			reason = "a stream has children"
		case it.size < 0:
			reason = "a stream has a negative size"
		}
	}
	if reason != "" {
		return it, &Error{"entry " + strconv.QuoteToASCII(n.Name), reason, ErrTree}
	}
	return it, nil
}

// arrange sorts siblings and refuses two of one name.
func arrange(siblings []item) error {
	slices.SortStableFunc(siblings, func(a, b item) int { return compareNames(a.node.Name, b.node.Name) })
	for i := 1; i < len(siblings); i++ {
		a, b := siblings[i-1].node.Name, siblings[i].node.Name
		if compareNames(a, b) == 0 {
			return &Error{"entry " + strconv.QuoteToASCII(b), "its storage has another of this name", ErrTree}
		}
	}
	return nil
}
