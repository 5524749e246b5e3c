// Package maildate reads and writes the dates of header fields (RFC 5322
// section 3.3, obsolete forms of section 4.3).
//
// Reading takes what is seen in the wild: other orders of the elements, ISO
// 8601, the form of C's asctime, missing elements, misspelt zones. It takes
// linear time. A date that cannot be read is no date; none is made up.
package maildate

import (
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/defect"
)

// Parse reads the date and time in s, a field's unfolded value. The time is in
// the zone that s names, in UTC where it names none or an unknown one
// (RFC 5322 section 4.3). ok is false, with the defect [diag.DateInvalid], when
// s holds no date; [diag.DateRepaired] tells that a looser rule read it.
func Parse(s string) (t time.Time, ok bool, defects defect.List) {
	if t, ok := usual(s); ok {
		return t, true, nil
	}
	return parse(s)
}

// parse reads any date.
func parse(s string) (t time.Time, ok bool, defects defect.List) {
	var p parser
	text, unclosed := stripComments(s)
	if unclosed {
		p.repair("comment without an end")
	}
	if why := p.scan(text); why != "" {
		return time.Time{}, false, invalid(why, s)
	}
	t, why := p.time()
	if why != "" {
		return time.Time{}, false, invalid(why, s)
	}
	if p.repaired != "" {
		defects.AddText(diag.DateRepaired, p.repaired, s)
	}
	return t, true, defects
}

func invalid(why, s string) (l defect.List) {
	l.AddText(diag.DateInvalid, why, s)
	return l
}

// Format returns t as RFC 5322 section 3.3 writes it, in t's own zone, such as
// "Wed, 12 Jan 2005 08:08:12 +0100". The year must lie in 0 to 9999 and the
// zone's offset consist of whole minutes.
func Format(t time.Time) string {
	var b [32]byte
	return string(t.AppendFormat(b[:0], "Mon, 2 Jan 2006 15:04:05 -0700"))
}
