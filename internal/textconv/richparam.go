package textconv

import (
	"strings"
)

// maxParam is the greatest length of a parameter. What is longer is text after
// a "<param>" that was not closed.
const maxParam = 1024

// param reads the parameter that stands here, if any, and returns it.
func (r *rich) param() string {
	name, end, n := commandAt(r.s[r.i:])
	if end || name != "param" {
		return ""
	}
	r.i += n
	begin := r.i
	behind := r.params.from(begin)
	if behind < 0 || behind-begin > maxParam {
		return ""
	}
	r.i = behind
	text := r.s[begin : behind-len(r.params.tag)]
	return strings.Trim(strings.ReplaceAll(text, "<<", "<"), " \t\r\n")
}

// closeFinder finds the end tags of one kind for places in ascending order, in
// linear time over all of them.
type closeFinder struct {
	s, tag  string // tag in lower case
	next    int    // behind a tag: the answer for places before it
	missing bool
}

// from returns the offset behind the next tag at or behind i, or -1.
func (f *closeFinder) from(i int) int {
	if f.next-len(f.tag) >= i {
		return f.next
	}
	for at := i; !f.missing; at++ {
		j := strings.Index(f.s[at:], "</")
		if j < 0 {
			f.missing = true
			break
		}
		at += j
		if end := at + len(f.tag); end <= len(f.s) && strings.EqualFold(f.s[at:end], f.tag) {
			f.next = end
			return end
		}
	}
	return -1
}
