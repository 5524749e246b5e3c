package recurrence

import (
	"fmt"
	"slices"
	"time"

	"github.com/contentconv/contentconv/internal/walltime"
)

// maxDuration bounds how long an occurrence lasts.
const maxDuration = 36500 * 24 * time.Hour

// DefaultMaxExceptions bounds the deleted and changed occurrences of a series.
const DefaultMaxExceptions = 1024

// A Series is a recurring event as iCalendar describes it. Times are those of the
// clock in the series' zone, in UTC whatever the zone is; seconds are dropped.
type Series struct {
	Rule *Rule
	// Start is the first occurrence; for an all-day event its midnight.
	Start time.Time
	// Duration is how long the clock says an occurrence lasts: a multiple of 24
	// hours for an all-day event.
	Duration time.Duration
	// Location is the zone, which decides what an UNTIL in UTC means; nil is UTC.
	Location *time.Location
	// Excluded are the EXDATEs. Those that are no occurrence don't count, and the
	// time of day doesn't.
	Excluded []time.Time
	// Extra are the RDATEs. Each must be where an excluded occurrence was moved.
	Extra []time.Time
	// Exceptions are the changed occurrences; Original, Start, End and all that
	// Flags names are set.
	Exceptions []Exception
	// LegacyUntil reads an UNTIL in UTC as the end of its day in the zone, as
	// Outlook 2007 and older meant it ([MS-OXCICAL], section 2.1.3.2.4).
	LegacyUntil bool
	// Strict refuses what a pattern holds only approximately.
	Strict bool
	// MaxExceptions bounds Excluded, Extra and Exceptions together; 0 is
	// DefaultMaxExceptions.
	MaxExceptions int
}

// Pattern returns the series as Outlook stores it. The error is an
// *[UnsupportedError].
func (s *Series) Pattern() (*AppointmentPattern, error) {
	bound := s.MaxExceptions
	if bound == 0 {
		bound = DefaultMaxExceptions
	}
	if n := len(s.Excluded) + len(s.Extra) + len(s.Exceptions); n > bound {
		return nil, unsupported(ReasonTooMany, fmt.Sprintf("%d; there can be %d", n, bound))
	}
	start, ok := MinutesOf(s.Start)
	if !ok || s.Duration < 0 || s.Duration > maxDuration {
		return nil, unsupported(ReasonRange, fmt.Sprintf("%v for %v", s.Start.Format(time.DateTime), s.Duration))
	}
	if len(s.Rule.BySecond) == 1 && s.Rule.BySecond[0] != s.Start.Second() {
		return nil, unsupported(ReasonTime, s.Rule.String())
	}
	base, approximate, err := s.Rule.base(start)
	if err != nil {
		return nil, err
	}
	if approximate && s.Strict {
		return nil, unsupported(ReasonShortMonth, s.Rule.String())
	}
	offset := start - start.Date()
	p := &AppointmentPattern{
		Pattern: base, ReaderVersion2: readerVersion2, WriterVersion2: writerVersion2,
		StartTimeOffset: uint32(offset), EndTimeOffset: uint32(offset) + uint32(s.Duration/time.Minute),
		Approximate: approximate,
	}
	if err := s.end(p, start); err != nil {
		return nil, err
	}
	if err := s.exceptions(p); err != nil {
		return nil, err
	}
	return p, nil
}

// end sets what ends the pattern ([MS-OXCICAL], section 2.1.3.2.2).
func (s *Series) end(p *AppointmentPattern, start Minutes) error {
	p.EndType, p.OccurrenceCount, p.EndDate = EndNever, defaultOccurrence, Never
	if !s.Rule.HasCount && s.Rule.Until == nil {
		return nil
	}
	n, last, complete := 0, start.Date(), false
	for d := range p.from(start) {
		if s.Rule.HasCount && n == s.Rule.Count || s.Rule.Until != nil && s.past(d+Minutes(p.StartTimeOffset)) {
			complete = true
			break
		}
		n, last = n+1, d
	}
	complete = complete || s.Rule.HasCount && n == s.Rule.Count
	switch {
	case n == 0:
		return unsupported(ReasonEnd, fmt.Sprintf("UNTIL=%v lies before the start %v", s.Rule.Until, start))
	case !complete && (s.Rule.HasCount || s.Rule.Until.Wall.Year() > 4500):
		return nil // the last occurrence lies beyond the year 4500
	case s.Rule.HasCount:
		p.EndType = EndByCount
	default:
		p.EndType = EndByDate
	}
	p.OccurrenceCount, p.EndDate = uint32(n), last
	return nil
}

// maxOffset is more than any zone is away from UTC.
const maxOffset = 48 * time.Hour

// past reports whether an occurrence that starts then lies behind UNTIL.
func (s *Series) past(start Minutes) bool {
	u := s.Rule.Until
	switch {
	case u.IsDate || u.UTC && s.LegacyUntil:
		return start.Date().Time().After(u.Wall)
	case u.UTC && s.Location != nil:
		wall := start.Time()
		if d := wall.Sub(u.Wall); d > maxOffset || d < -maxOffset {
			return d > 0 // whatever the zone is
		}
		return walltime.Instant(wall, s.Location).After(u.Wall)
	}
	return start.Time().After(u.Wall)
}

// exceptions sets the deleted and changed occurrences.
func (s *Series) exceptions(p *AppointmentPattern) error {
	for _, t := range s.Excluded {
		if m, ok := MinutesOf(t); ok && p.has(m) {
			p.Deleted = append(p.Deleted, m.Date())
		}
	}
	slices.Sort(p.Deleted)
	p.Deleted = slices.Compact(p.Deleted)
	p.Exceptions = slices.Clone(s.Exceptions)
	slices.SortStableFunc(p.Exceptions, byOriginal)
	for i := range p.Exceptions {
		e := &p.Exceptions[i]
		switch {
		case !p.has(e.Original) || e.Original != e.Original.Date()+Minutes(p.StartTimeOffset):
			return unsupported(ReasonOverride, fmt.Sprintf("%v is no occurrence", e.Original))
		case i > 0 && p.Exceptions[i-1].Original == e.Original:
			return unsupported(ReasonOverride, fmt.Sprintf("%v is changed twice", e.Original))
		case e.Start.Date() > lastDate || e.End < e.Start:
			return unsupported(ReasonRange, fmt.Sprintf("an occurrence from %v to %v", e.Start, e.End))
		}
	}
	if err := s.pair(p); err != nil {
		return err
	}
	return p.place()
}
