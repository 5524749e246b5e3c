package timezone

import (
	"time"

	"github.com/contentconv/contentconv/internal/walltime"
)

// A yearlyClock is a zone whose clock changes twice in every year from 1900 on, on the same
// dates: what nearly every VTIMEZONE says. It tells the time from the two dates alone,
// where a [time.Location] has to be made of all changes first, which costs many times
// what else there is to do for a meeting.
//
// It is for dates that lie in the middle of the year and far apart, so that no offset
// moves one to another year or behind the other one.
type yearlyClock struct {
	before        int64 // the offset before 1900, in seconds
	first, second yearlyChange
}

// A yearlyChange is one of the two. Offsets are in seconds.
type yearlyChange struct {
	month, day int // day is that of the month, unless nth is set
	nth        int // which weekday of the month; 5 is the last
	weekday    time.Weekday
	clock      int64 // less the offset before
	to         int64
}

// yearlyOf returns the yearlyClock that stands for observances, or nil.
func yearlyOf(list []observance) *yearlyClock {
	if len(list) != 2 || list[0].daylight == list[1].daylight || len(list[0].dates)+len(list[1].dates) > 0 {
		return nil
	}
	if !list[0].endless() || !list[1].endless() {
		return nil
	}
	first, second, ok := alternate(&list[0], &list[1])
	if !ok {
		return nil
	}
	return newYearlyClock(list[0].from, onset{first, list[0].from, list[0].to}, onset{second, list[1].from, list[1].to})
}

// yearly returns the yearlyClock that stands for the rule, or nil.
func (r Rule) yearly() *yearlyClock {
	if !r.HasDaylight() {
		return nil
	}
	standard, daylight := r.Offsets()
	return newYearlyClock(standard, onset{r.DaylightDate, standard, daylight}, onset{r.StandardDate, daylight, standard})
}

// An onset is a change from one offset to another in every year.
type onset struct {
	date     SystemTime
	from, to time.Duration
}

// newYearlyClock returns the clock with two onsets, or nil for dates that it is not for.
func newYearlyClock(before time.Duration, a, b onset) *yearlyClock {
	if b.date.Month < a.date.Month {
		a, b = b, a
	}
	if !a.everyYear() || !b.everyYear() || a.date.Month < 2 || b.date.Month > 11 || b.date.Month-a.date.Month < 2 {
		return nil
	}
	return &yearlyClock{int64(before / time.Second), a.change(), b.change()}
}

// everyYear reports whether every year has the date.
func (o *onset) everyYear() bool { return o.date.Year == 0 || o.date.Day <= 28 }

func (o *onset) change() yearlyChange {
	s := o.date
	c := yearlyChange{month: int(s.Month), day: int(s.Day), clock: int64((s.clock() - o.from) / time.Second), to: int64(o.to / time.Second)}
	if s.Year == 0 {
		c.nth, c.weekday = int(s.Day), time.Weekday(s.DayOfWeek)
	}
	return c
}

// in returns the change in a year, in seconds since 1970.
func (c *yearlyChange) in(year int) int64 {
	day := int64(c.day)
	switch {
	case c.nth == 5:
		last := dayNumber(year, c.month+1) - 1
		return (last-int64(weekdayOf(last)-c.weekday+7)%7)*secondsPerDay + c.clock
	case c.nth > 0:
		first := weekdayOf(dayNumber(year, c.month))
		day = 1 + int64(c.weekday-first+7)%7 + 7*int64(c.nth-1)
	}
	return (dayNumber(year, c.month)+day-1)*secondsPerDay + c.clock
}

// at returns the offset at a moment, and when it ends.
func (y *yearlyClock) at(t int64) (offset, end int64) {
	year := time.Unix(t, 0).UTC().Year()
	if year < firstListed {
		return y.before, y.first.in(firstListed)
	}
	first, second := y.first.in(year), y.second.in(year)
	switch {
	case t < first && year == firstListed:
		return y.before, first
	case t < first:
		return y.second.to, first
	case t < second:
		return y.first.to, second
	}
	return y.second.to, y.first.in(year + 1)
}

// instant returns when the clock shows wall, by the rules of [walltime.Instant].
func (y *yearlyClock) instant(wall int64) int64 {
	const most = 26 * 60 * 60 // away from UTC
	t := wall - most
	before, _ := y.at(t)
	for {
		offset, end := y.at(t)
		switch u := wall - offset; {
		case u < t:
			return wall - before
		case u < end:
			return u
		}
		before, t = offset, end
	}
}

// Instant returns when the clock of the zone shows wall, a time in UTC whose date and
// clock count. Of two such moments it is the first one, and where the clock skips
// wall, the moment by the offset before the skip (RFC 5545, section 3.3.5).
func (z *Zone) Instant(wall time.Time) time.Time {
	if z.yearly != nil {
		return moved(wall, z.yearly.instant(wall.Unix()))
	}
	return walltime.Instant(wall, z.Location())
}

// Wall returns what the clock of the zone shows at t, as a time in UTC.
func (z *Zone) Wall(t time.Time) time.Time {
	if z.yearly != nil {
		offset, _ := z.yearly.at(t.Unix())
		return moved(t, t.Unix()+offset)
	}
	return walltime.Of(t, z.Location())
}

// moved returns the time in UTC of so many seconds since 1970, with the fraction of t.
func moved(t time.Time, seconds int64) time.Time {
	return time.Unix(seconds, int64(t.Nanosecond())).UTC()
}
