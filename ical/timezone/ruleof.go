package timezone

import (
	"fmt"
	"time"
)

// withinYear is the longest time within which a clock that changes every year does so.
const withinYear = 400 * 24 * time.Hour

// RuleAt returns the rule that a zone follows at t: how far it is from UTC, and its
// changes of the clock around t as dates of every year. Standard time is what is
// less ahead of UTC, whatever the zone itself calls so. A zone whose clock doesn't
// change around t both ways has a rule without changes.
//
// A zone that is not whole minutes from UTC then is an error.
func RuleAt(loc *time.Location, t time.Time) (Rule, error) {
	before, after := bounds(loc, t)
	_, now := t.In(loc).Zone()
	if now%60 != 0 {
		return Rule{}, fmt.Errorf("a time zone %d seconds from UTC", now)
	}
	fixed := Rule{Bias: int32(-now / 60)}
	if before.IsZero() || after.IsZero() || t.Sub(before) > withinYear || after.Sub(t) > withinYear || after.Sub(before) > withinYear {
		return fixed, nil
	}
	_, other := after.In(loc).Zone()
	if _, previous := before.Add(-time.Second).In(loc).Zone(); other != previous || other%60 != 0 || other == now {
		return fixed, nil
	}
	begin, end := changeDate(loc, before), changeDate(loc, after)
	if now > other {
		return Rule{Bias: int32(-other / 60), DaylightBias: int32(other-now) / 60, DaylightDate: begin, StandardDate: end}, nil
	}
	return Rule{Bias: int32(-now / 60), DaylightBias: int32(now-other) / 60, StandardDate: begin, DaylightDate: end}, nil
}

// bounds returns the last change of the offset at or before t, and the next one.
func bounds(loc *time.Location, t time.Time) (before, after time.Time) {
	after, _, _ = nextChange(loc, t)
	return lastChange(loc, t), after
}

// nextChange returns when the offset next changes after t, within a year or so, or
// the zero time, and the offsets before and after, in seconds.
//
// Package time's bounds of a zone may lie before the change, at the end of a year.
func nextChange(loc *time.Location, t time.Time) (at time.Time, from, to int) {
	_, from = t.In(loc).Zone()
	for at, limit := t, t.Add(withinYear); at.Before(limit); {
		_, end := at.In(loc).ZoneBounds()
		if end.IsZero() {
			break
		}
		if !end.After(at) {
			end = at.Add(24 * time.Hour)
		}
		if _, to = end.In(loc).Zone(); to != from {
			return end.UTC(), from, to
		}
		at = end
	}
	return time.Time{}, from, from
}

// lastChange returns when the offset last changed, at or before t.
func lastChange(loc *time.Location, t time.Time) time.Time {
	_, offset := t.In(loc).Zone()
	for at, limit := t, t.Add(-withinYear); at.After(limit); {
		start, _ := at.In(loc).ZoneBounds()
		if start.IsZero() {
			break
		}
		if start.After(at) {
			start = at.Add(-24 * time.Hour)
		}
		if _, o := start.Add(-time.Second).In(loc).Zone(); o != offset {
			return start.UTC()
		}
		at = start.Add(-time.Second)
	}
	return time.Time{}
}

// changeDate returns the change of the clock at a moment as a date of every year:
// which weekday of its month it is. A day that is both the fourth and the last, and
// a midnight that may be the end of the day before, are what agrees with the changes
// of the years around.
func changeDate(loc *time.Location, at time.Time) SystemTime {
	wall := changeWall(loc, at)
	list := candidates(wall)
	if len(list) == 1 {
		return list[0]
	}
	var others []time.Time
	for years := -4; years <= 6; years++ {
		if years != 0 {
			others = append(others, similar(loc, at, years)...)
		}
	}
	best, most := list[0], -1
	for _, c := range list {
		n := 0
		for _, other := range others {
			if c.in(other.Year()).Equal(other) {
				n++
			}
		}
		if n > most {
			best, most = c, n
		}
	}
	return best
}

// changeWall returns what the clock that is in force before a change shows then.
func changeWall(loc *time.Location, at time.Time) time.Time {
	_, before := at.Add(-time.Second).In(loc).Zone()
	return at.UTC().Add(time.Duration(before) * time.Second)
}

// candidates lists what a change at wall can be called; the last weekday of a month
// goes before its number, and midnight before the end of a day.
func candidates(wall time.Time) []SystemTime {
	list := numbers(wall, wall)
	if h, m, s := wall.Clock(); h == 0 && m == 0 && s == 0 {
		list = append(list, numbers(wall.AddDate(0, 0, -1), wall)...)
	}
	return list
}

func numbers(day, wall time.Time) []SystemTime {
	year, month, d := day.Date()
	h, m, s := wall.Clock()
	st := SystemTime{Month: uint16(month), DayOfWeek: uint16(day.Weekday()), Day: 5, Hour: uint16(h), Minute: uint16(m), Second: uint16(s)}
	if day.Before(wall) {
		st.Hour, st.Minute, st.Second, st.Milliseconds = 23, 59, 59, 999
	}
	var out []SystemTime
	if st.in(year).Day() == d || day.Before(wall) && st.in(year).Equal(wall) {
		out = append(out, st)
	}
	if n := (d-1)/7 + 1; n < 5 {
		st.Day = uint16(n)
		out = append(out, st)
	}
	return out
}

// similar returns the change in the same direction about so many years away, as the
// clock shows it, if there is one.
func similar(loc *time.Location, at time.Time, years int) []time.Time {
	_, o := at.In(loc).Zone()
	_, p := at.Add(-time.Second).In(loc).Zone()
	from := at.AddDate(years, 0, -20)
	c, before, after := nextChange(loc, from)
	if c.IsZero() || c.Sub(from) > 40*24*time.Hour || (o > p) != (after > before) {
		return nil
	}
	return []time.Time{c.Add(time.Duration(before) * time.Second)}
}
