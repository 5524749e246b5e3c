package msg

import (
	"fmt"
	"strings"
)

// A place is an object within a file. Nil is the file's message.
type place struct {
	parent *place
	kind   string
	number uint32 // of the storage
}

// String names the object from the inside out.
func (p *place) String() string {
	var b strings.Builder
	for ; p != nil; p = p.parent {
		if b.Len() > 0 {
			b.WriteString(" of ")
		}
		fmt.Fprintf(&b, "%s %d", p.kind, p.number)
	}
	return b.String()
}

// detail prefixes a diagnostic's text with the object it is about.
func (p *place) detail(text string) string {
	if p == nil {
		return text
	}
	return p.String() + ": " + text
}
