package mimescan

import (
	"fmt"

	"github.com/contentconv/contentconv/diag"
)

// record tells of a defect of e.
func (s *scanner) record(code diag.Code, e *Entity, header, detail string) {
	if s.o.Record != nil {
		s.o.Record(code, e.Path, header, detail)
	}
}

// recordf is record with a formatted detail.
func (s *scanner) recordf(code diag.Code, e *Entity, header, format string, args ...any) {
	s.record(code, e, header, fmt.Sprintf(format, args...))
}

// note tells of a defect of the message, once.
func (s *scanner) note(code diag.Code) {
	if s.noted[code] {
		return
	}
	if s.noted == nil {
		s.noted = make(map[diag.Code]bool)
	}
	s.noted[code] = true
	if s.o.Record != nil {
		s.o.Record(code, s.o.Path, "", "")
	}
}
