package recurrence

import (
	"cmp"
	"fmt"
	"slices"
)

// pair makes a moved occurrence of each extra date and an excluded one ([MS-OXCICAL],
// section 2.1.3.1.1.20.18): the extra date lies between the neighbours of the
// occurrence it replaces.
func (s *Series) pair(p *AppointmentPattern) error {
	var extra []Minutes
	for _, t := range s.Extra {
		m, ok := MinutesOf(t)
		if !ok {
			return unsupported(ReasonRange, t.Format("2006-01-02"))
		}
		extra = append(extra, m)
	}
	slices.Sort(extra)
	free := p.freeDates()
	for _, m := range slices.Compact(extra) {
		if m == m.Date()+Minutes(p.StartTimeOffset) && p.has(m) && !slices.Contains(p.Deleted, m.Date()) {
			continue // an occurrence anyway
		}
		i := slices.IndexFunc(free, func(d Minutes) bool { return p.between(m, d) })
		if i < 0 {
			return unsupported(ReasonExtraDate, fmt.Sprintf("%v replaces no deleted occurrence", m))
		}
		p.Exceptions = append(p.Exceptions, Exception{
			Start: m, End: m + Minutes(p.EndTimeOffset-p.StartTimeOffset),
			Original: free[i] + Minutes(p.StartTimeOffset),
		})
		free = slices.Delete(free, i, i+1)
	}
	slices.SortStableFunc(p.Exceptions, byOriginal)
	return nil
}

func byOriginal(a, b Exception) int { return cmp.Compare(a.Original, b.Original) }
func byStart(a, b Exception) int    { return cmp.Compare(a.Start, b.Start) }

// freeDates returns the deleted dates that no exception replaces.
func (p *AppointmentPattern) freeDates() []Minutes {
	var out []Minutes
	for _, m := range p.Excluded() {
		out = append(out, m.Date())
	}
	return out
}

// between reports whether m lies between the dates of the pattern before and after
// the date d.
func (p *AppointmentPattern) between(m, d Minutes) bool {
	if before, ok := p.previous(d); ok && m.Date() <= before {
		return false
	}
	after, ok := p.next(d + day)
	return !ok || m.Date() < after
}

// place checks that changed occurrences keep their place between their neighbours,
// as Outlook wants it, and notes their dates. Exceptions are sorted by Original.
func (p *AppointmentPattern) place() error {
	for i := range p.Exceptions {
		p.Deleted = append(p.Deleted, p.Exceptions[i].Original.Date())
	}
	slices.Sort(p.Deleted)
	p.Deleted = slices.Compact(p.Deleted)
	for i := range p.Exceptions {
		e := &p.Exceptions[i]
		if e.Start == e.Original && e.End-e.Start == Minutes(p.EndTimeOffset-p.StartTimeOffset) {
			continue
		}
		before, okBefore := p.neighbour(i, -1)
		after, okAfter := p.neighbour(i, +1)
		if okBefore && (before.Start.Date() >= e.Start.Date() || before.End > e.Start) ||
			okAfter && (after.Start.Date() <= e.Start.Date() || after.Start < e.End) {
			return unsupported(ReasonOverride, fmt.Sprintf("that of %v, moved to %v, collides with another", e.Original, e.Start))
		}
	}
	for i := range p.Exceptions {
		p.Modified = append(p.Modified, p.Exceptions[i].Start.Date())
	}
	slices.Sort(p.Modified)
	slices.SortStableFunc(p.Exceptions, byStart)
	return nil
}

// neighbour returns the occurrence before or after the i-th exception, which is
// another exception or a date of the pattern that isn't deleted.
func (p *AppointmentPattern) neighbour(i, step int) (Occurrence, bool) {
	var other *Exception
	if j := i + step; j >= 0 && j < len(p.Exceptions) {
		other = &p.Exceptions[j]
	}
	d, ok := p.Exceptions[i].Original.Date(), true
	for {
		if step < 0 {
			d, ok = p.previous(d)
		} else {
			d, ok = p.next(d + day)
		}
		if !ok {
			return Occurrence{}, false
		}
		if other != nil && other.Original.Date() == d {
			return Occurrence{Start: other.Start, End: other.End}, true
		}
		if _, gone := slices.BinarySearch(p.Deleted, d); !gone {
			return Occurrence{Start: d + Minutes(p.StartTimeOffset), End: d + Minutes(p.EndTimeOffset)}, true
		}
	}
}
