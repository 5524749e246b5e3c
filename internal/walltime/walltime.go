// Package walltime converts between instants and what the clock of a zone shows.
// A wall time is a time.Time in UTC whose date and clock are those of the zone.
package walltime

import "time"

// maxOffset is more than any zone is away from UTC.
const maxOffset = 26 * time.Hour

// Of returns what the clock of loc shows at t.
func Of(t time.Time, loc *time.Location) time.Time { return t.UTC().Add(offset(t, loc)) }

// Instant returns when the clock of loc shows wall, by the rules of RFC 5545,
// section 3.3.5: of two such moments the first one, and where the clock skips
// wall, the moment by the offset before the skip.
func Instant(wall time.Time, loc *time.Location) time.Time {
	wall = wall.UTC()
	t := wall.Add(-maxOffset)
	before := offset(t, loc)
	for {
		o := offset(t, loc)
		u := wall.Add(-o)
		if u.Before(t) {
			return wall.Add(-before).UTC()
		}
		_, end := t.In(loc).ZoneBounds()
		if !end.IsZero() && !end.After(t) {
			// Package time ends every year of a rule after 365 days, so the last day
			// of a leap year lies behind its own end.
			end = t.Add(24 * time.Hour)
		}
		if end.IsZero() || u.Before(end) {
			return u.UTC()
		}
		before, t = o, end
	}
}

func offset(t time.Time, loc *time.Location) time.Duration {
	_, s := t.In(loc).Zone()
	return time.Duration(s) * time.Second
}
