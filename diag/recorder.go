package diag

import (
	"fmt"
	"sync"
)

// MaxPerCode and MaxTotal bound what a [Recorder] keeps, so that a hostile
// message cannot fill the memory with complaints about itself.
const (
	MaxPerCode = 100
	MaxTotal   = 1000
)

// A Recorder collects the diagnostics of one conversion. It can be used by any
// number of goroutines; the zero value is ready and nil drops everything.
type Recorder struct {
	mu      sync.Mutex
	list    []Diagnostic
	perCode map[Code]int
	dropped int
	first   *Diagnostic
}

// Add records a diagnostic of the code's own severity.
func (r *Recorder) Add(code Code, part, header, detail string) {
	if r == nil {
		return
	}
	r.AddDiagnostic(Diagnostic{code.Severity(), code, part, header, detail})
}

// AddDiagnostic records d.
func (r *Recorder) AddDiagnostic(d Diagnostic) {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.first == nil && d.Code.Malformed() {
		r.first = &d
	}
	if r.perCode == nil {
		r.perCode = make(map[Code]int)
	}
	r.perCode[d.Code]++
	if r.perCode[d.Code] > MaxPerCode || len(r.list) >= MaxTotal {
		r.dropped++
		return
	}
	r.list = append(r.list, d)
}

// Addf records a diagnostic with a formatted detail. Text of the message must
// go through [Quote].
func (r *Recorder) Addf(code Code, part, header, format string, args ...any) {
	r.Add(code, part, header, fmt.Sprintf(format, args...))
}

// Malformed returns the first diagnostic, in the order of recording, whose code
// makes a message malformed, or nil.
func (r *Recorder) Malformed() *Diagnostic {
	if r == nil {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.first
}

// Diagnostics returns a copy of what was recorded so far, in order. Where some
// were dropped the last one says how many.
func (r *Recorder) Diagnostics() []Diagnostic {
	if r == nil {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.list) == 0 {
		return nil
	}
	out := make([]Diagnostic, len(r.list), len(r.list)+1)
	copy(out, r.list)
	if r.dropped > 0 {
		out = append(out, Diagnostic{Info, DiagnosticsDropped, "", "", fmt.Sprintf("%d more", r.dropped)})
	}
	return out
}
