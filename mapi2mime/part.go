package mapi2mime

import (
	"strconv"
	"strings"

	"github.com/contentconv/contentconv/mapi"
)

// A field is a header field as it is written: the value holds its folding, and
// the line end that closes the field is no part of it.
type field struct{ name, value string }

// A part is one entity of the planned message. It is a multipart with children,
// the holder of an embedded message, or a leaf, whose content is in memory (body)
// or streamed (content). A signed entity is a leaf here: its content, written
// verbatim, has the parts.
type part struct {
	mediaType string
	header    []field
	boundary  string
	children  []*part
	message   *part // the root of an embedded message

	body    []byte       // in its transfer encoding
	lent    bool         // body is the memory of a string, see [view]
	content mapi.Content // to be written in base64, or verbatim
	size    int64        // of content

	verbatim bool // content is written as it is
	lineEnd  bool // such content ends in a line end

	eightBit bool // the body, or the header block of an embedded message
	source   Source
	place    string

	parent *part
	number string // where the entity stands, see [Part]
	level  int

	fields [5]field // memory for the header of most parts
}

func (p *part) multipart() bool { return p.children != nil }

func (p *part) leaf() bool { return p.children == nil && p.message == nil }

// root reports whether the part is the root of a message.
func (p *part) root() bool { return p.parent == nil || p.parent.message == p }

// walk visits the part and everything below it in the order of writing.
func (p *part) walk(visit func(*part)) {
	stack := []*part{p}
	for len(stack) > 0 {
		p := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		visit(p)
		if p.message != nil {
			stack = append(stack, p.message)
		}
		for i := len(p.children) - 1; i >= 0; i-- {
			stack = append(stack, p.children[i])
		}
	}
}

// link sets the parents and the numbers of everything below a planned root. It
// appends all of that to list, in the order of writing.
func (p *part) link(list []*part) []*part {
	ordinal := 0
	p.walk(func(p *part) {
		ordinal++
		list = append(list, p)
		switch {
		case p.parent == nil:
		case p.root():
			p.number = p.parent.section()
		default:
			// Its number was set with those of its siblings.
		}
		for i, child := range p.children {
			child.parent, child.level = p, p.level+1
			child.number = p.childNumber(i+1, ordinal)
		}
		if p.message != nil {
			p.message.parent, p.message.level = p, p.level+1
		}
	})
	return list
}

// section is the number of the part's content: of the body of a message that is
// no multipart, the part 1 of the message.
func (p *part) section() string {
	if p.root() && !p.multipart() && !p.verbatim {
		return p.childNumber(1, 0)
	}
	return p.number
}

// maxNumberLevels bounds the length of numbers, so that those of n levels don't
// take n*n bytes: beyond it a shorter one stands for the place.
const maxNumberLevels = 50

func (p *part) childNumber(n, ordinal int) string {
	if p.level >= maxNumberLevels {
		base, _, _ := strings.Cut(p.number, "~")
		return base + "~" + strconv.Itoa(ordinal+n)
	}
	if p.number == "" {
		return strconv.Itoa(n)
	}
	return p.number + "." + strconv.Itoa(n)
}
