// Package defect carries what a parser of one header field's value found wrong
// with it. The parser knows neither the part nor the field's name; its caller
// adds them when it records the defects.
package defect

import (
	"slices"

	"github.com/contentconv/contentconv/diag"
)

// MaxPerCode is the number of defects of one code that a [List] keeps, so that
// a hostile field cannot fill the memory with complaints about itself.
const MaxPerCode = 4

// A Defect is one repair, fallback or loss.
type Defect struct {
	Code diag.Code
	// Detail says more in one line, or is "". Text of the message stands in it
	// quoted by [diag.Quote].
	Detail string
}

// A List holds the defects of one value, in the order they were found.
type List []Defect

// Add appends a defect unless it is in the list, or [MaxPerCode] of its code are.
// Text of the message within detail must be quoted; see also [List.AddText].
func (l *List) Add(code diag.Code, detail string) {
	if l.room(code) && !slices.Contains(*l, Defect{code, detail}) {
		*l = append(*l, Defect{code, detail})
	}
}

// AddText is [List.Add] with a detail made of what, a colon, and text quoted.
func (l *List) AddText(code diag.Code, what, text string) {
	if l.room(code) {
		l.Add(code, what+": "+diag.Quote(text))
	}
}

// Merge adds the defects of other.
func (l *List) Merge(other List) {
	for _, d := range other {
		l.Add(d.Code, d.Detail)
	}
}

// Has reports whether a defect of that code is in the list.
func (l List) Has(code diag.Code) bool {
	for i := range l {
		if l[i].Code == code {
			return true
		}
	}
	return false
}

// Record hands the defects to r, as those of the header field with that name in
// the part with that number.
func (l List) Record(r *diag.Recorder, part, header string) {
	for _, d := range l {
		r.Add(d.Code, part, header, d.Detail)
	}
}

func (l *List) room(code diag.Code) bool {
	n := 0
	for i := range *l {
		if (*l)[i].Code == code {
			n++
		}
	}
	return n < MaxPerCode
}
