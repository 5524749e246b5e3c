package timezone

import (
	"math/bits"
	"time"

	"github.com/contentconv/contentconv/ical/recurrence"
)

// yearDates are the days of every year that a rule of an observance names, in a form
// in which a month takes the same few steps whatever the rule is.
type yearDates struct {
	months uint16 // bit m is month m
	// all says that BYMONTHDAY leaves every day. fromStart and fromEnd are its days: bit
	// d is the d-th of the month, or the d-th before its end.
	all                bool
	fromStart, fromEnd uint32
	// byDay says that weekdays count, and which.
	byDay    bool
	weekdays [7]nthDays
}

// nthDays are the numbers that a weekday may have in its month.
type nthDays struct {
	every              bool
	fromStart, fromEnd uint8 // bit n is the n-th
}

// datesOf compiles a rule, which setRule has checked. What it doesn't say is as in
// DTSTART.
func datesOf(r *recurrence.Rule, start time.Time) yearDates {
	d := yearDates{byDay: len(r.ByDay) > 0, all: len(r.ByMonthDay) == 0}
	for _, m := range r.ByMonth {
		d.months |= 1 << m
	}
	if d.months == 0 {
		d.months = 1 << start.Month()
	}
	for _, n := range r.ByMonthDay {
		switch {
		case n >= 1 && n <= 31:
			d.fromStart |= 1 << n
		case n <= -1 && n >= -31:
			d.fromEnd |= 1 << -n
		}
	}
	for _, day := range r.ByDay {
		w := &d.weekdays[day.Weekday]
		switch {
		case day.N == 0:
			w.every = true
		case day.N >= 1 && day.N <= 5:
			w.fromStart |= 1 << day.N
		case day.N <= -1 && day.N >= -5:
			w.fromEnd |= 1 << -day.N
		}
	}
	if d.all && !d.byDay {
		d.all, d.fromStart = false, 1<<start.Day()
	}
	return d
}

// inMonth returns the days of a month of that length which begins on that weekday: bit
// d is the d-th.
func (d *yearDates) inMonth(first time.Weekday, length int) uint32 {
	days := uint32(1)<<(length+1) - 2
	if !d.all {
		// The d-th day before the end is the bit at length+1-d.
		days &= d.fromStart | bits.Reverse32(d.fromEnd)<<1>>(31-length)
	}
	if !d.byDay {
		return days
	}
	named := uint32(0)
	for w := range d.weekdays {
		named |= d.weekdays[w].inMonth(1+(w-int(first)+7)%7, length)
	}
	return days & named
}

// inMonth returns the days of a month in which the weekday's first one is that day.
func (n *nthDays) inMonth(first, length int) uint32 {
	if !n.every && n.fromStart|n.fromEnd == 0 {
		return 0
	}
	days := uint32(0)
	for d, nth := first, 1; d <= length; d, nth = d+7, nth+1 {
		if n.every || n.fromStart>>nth&1 != 0 || n.fromEnd>>((length-d)/7+1)&1 != 0 {
			days |= 1 << d
		}
	}
	return days
}

// inYear appends the dates of a year as days since 1970.
func (d *yearDates) inYear(out []int64, year int) []int64 {
	for months := d.months; months != 0; months &= months - 1 {
		month := bits.TrailingZeros16(months)
		first := dayNumber(year, month)
		length := int(dayNumber(year, month+1) - first)
		for days := d.inMonth(weekdayOf(first), length); days != 0; days &= days - 1 {
			out = append(out, first+int64(bits.TrailingZeros32(days))-1)
		}
	}
	return out
}

// dayNumber returns the first day of a month as days since 1970. Month 13 is January of
// the next year.
func dayNumber(year, month int) int64 {
	// In years that begin in March the leap day is the last one, and the lengths of the
	// months before it repeat every five.
	if month < 3 {
		year, month = year-1, month+12
	}
	y := int64(year)
	const march1970 = 365*1970 + 1970/4 - 1970/100 + 1970/400 - 59
	return 365*y + floorDiv(y, 4) - floorDiv(y, 100) + floorDiv(y, 400) + int64(153*(month-3)+2)/5 - march1970
}

// daysIn returns the length of a year.
func daysIn(year int) int64 {
	if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		return 366
	}
	return 365
}

const secondsPerDay = 24 * 60 * 60

// weekdayOf returns the weekday of a day since 1970, which began on a Thursday.
func weekdayOf(day int64) time.Weekday {
	return time.Weekday(((day+int64(time.Thursday))%7 + 7) % 7)
}

// floorDiv returns a/b, rounded down.
func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
