package recurrence

import (
	"cmp"
	"iter"
	"slices"
)

// An Occurrence is one event of a series.
type Occurrence struct {
	Start, End Minutes
	// Original is when it would start if it weren't changed.
	Original Minutes
	// Exception is what has changed, or nil.
	Exception *Exception
}

// Occurrences lists the events of the series, without the deleted ones, in the
// order of their original times. It ends where [Pattern.Dates] does. A pattern
// whose dates can't be known is an error.
//
// An exception that replaces no date of the pattern is an event too.
func (p *AppointmentPattern) Occurrences() (iter.Seq[Occurrence], error) {
	dates, err := p.Dates()
	if err != nil {
		return nil, err
	}
	return func(yield func(Occurrence) bool) {
		changed := p.byOriginal()
		deleted := make(map[Minutes]struct{}, len(p.Deleted))
		for _, d := range p.Deleted {
			deleted[d.Date()] = struct{}{}
		}
		// exceptions yields those of the days up to limit, and reports whether one
		// was on that day itself.
		exceptions := func(limit Minutes) (on, more bool) {
			for len(changed) > 0 && changed[0].Original.Date() <= limit {
				e := changed[0]
				changed = changed[1:]
				on = on || e.Original.Date() == limit
				if !yield(Occurrence{e.Start, e.End, e.Original, e}) {
					return on, false
				}
			}
			return on, true
		}
		for d := range dates {
			on, more := exceptions(d)
			if !more {
				return
			}
			if _, gone := deleted[d]; gone || on {
				continue
			}
			start := d + Minutes(p.StartTimeOffset)
			if !yield(Occurrence{start, d + Minutes(p.EndTimeOffset), start, nil}) {
				return
			}
		}
		exceptions(^Minutes(0))
	}, nil
}

// byOriginal returns the exceptions by their original times.
func (p *AppointmentPattern) byOriginal() []*Exception {
	out := make([]*Exception, len(p.Exceptions))
	for i := range p.Exceptions {
		out[i] = &p.Exceptions[i]
	}
	slices.SortStableFunc(out, func(a, b *Exception) int { return cmp.Compare(a.Original, b.Original) })
	return out
}

// Excluded returns the original starts of the deleted occurrences: those of Deleted
// that no exception replaces.
func (p *AppointmentPattern) Excluded() []Minutes {
	changed := make(map[Minutes]struct{}, len(p.Exceptions))
	for i := range p.Exceptions {
		changed[p.Exceptions[i].Original.Date()] = struct{}{}
	}
	var out []Minutes
	for _, d := range p.Deleted {
		if _, ok := changed[d.Date()]; !ok {
			out = append(out, d.Date()+Minutes(p.StartTimeOffset))
		}
	}
	return out
}
