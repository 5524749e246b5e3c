package propfile

import (
	"fmt"
	"strings"
)

// A Place is an object within a file. Nil is the file's message.
type Place struct {
	Parent *Place
	Kind   string // "recipient" or "attachment"
	Number uint32
}

// String names the object from the inside out, such as "recipient 2 of attachment
// 0"; "" is the file's message.
func (p *Place) String() string {
	var b strings.Builder
	for ; p != nil; p = p.Parent {
		if b.Len() > 0 {
			b.WriteString(" of ")
		}
		fmt.Fprintf(&b, "%s %d", p.Kind, p.Number)
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
func (p *Place) Child(kind string, number uint32) *Place { return &Place{p, kind, number} }
