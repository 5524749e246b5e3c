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
	if !ok || !everyYear(first) || !everyYear(second) {
		return nil
	}
	y := &yearlyClock{int64(list[0].from / time.Second), list[0].yearlyChange(first), list[1].yearlyChange(second)}
	if y.second.month < y.first.month {
		y.first, y.second = y.second, y.first
	}
	if y.first.month < 2 || y.second.month > 11 || y.second.month-y.first.month < 2 {
		return nil
	}
	return y
}

// everyYear reports whether every year has the date.
func everyYear(s SystemTime) bool { return s.Year == 0 || s.Day <= 28 }

// yearlyChange returns the onsets of an observance, which are at s.
func (o *observance) yearlyChange(s SystemTime) yearlyChange {
	c := yearlyChange{month: int(s.Month), day: int(s.Day), to: int64(o.to / time.Second)}
	if s.Year == 0 {
		c.nth, c.weekday = int(s.Day), time.Weekday(s.DayOfWeek)
	}
	c.clock = int64((s.clock() - o.from) / time.Second)
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
