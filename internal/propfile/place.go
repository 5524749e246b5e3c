package propfile

import (
	"fmt"
	"strings"
)

// A Place is an object within a file. Nil is the file's message.
type Place struct {
	parent *Place
	kind   string // "recipient" or "attachment"
	number uint32
	depth  int // of objects around it
}

// shown is the number of objects that a place names, so that naming many places in
// messages within messages takes no more than that for each.
const shown = 16

// String names the object from the inside out, such as "recipient 2 of attachment
// 0"; "" is the file's message.
func (p *Place) String() string {
	var b strings.Builder
	for i := 0; p != nil; i, p = i+1, p.parent {
		if i > 0 {
			b.WriteString(" of ")
		}
		if i == shown {
			fmt.Fprintf(&b, "%d more", p.depth+1)
			break
		}
		fmt.Fprintf(&b, "%s %d", p.kind, p.number)
	}
	return b.String()
}

// Detail prefixes a diagnostic's text with the object it is about.
func (p *Place) Detail(text string) string {
	if p == nil {
		return text
	}
	return p.String() + ": " + text
}

// Child returns the place of an object within the object at p.
func (p *Place) Child(kind string, number uint32) *Place {
	depth := 0
	if p != nil {
		depth = p.depth + 1
	}
	return &Place{p, kind, number, depth}
}
