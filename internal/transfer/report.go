package transfer

import (
	"slices"

	"github.com/contentconv/contentconv/diag"
)

// A Report is told of damage that a decoder met, at most once for each code.
type Report = func(code diag.Code, detail string)

// reporter calls a Report at most once for each kind of damage.
type reporter struct {
	report Report
	told   []diag.Code
}

// tell reports code with what happened and, quoted, the bytes to which it did.
func (r *reporter) tell(code diag.Code, what string, text ...byte) {
	if r.report == nil || slices.Contains(r.told, code) {
		return
	}
	r.told = append(r.told, code)
	if len(text) > 0 {
		what += ": " + diag.Quote(string(text))
	}
	r.report(code, what)
}
