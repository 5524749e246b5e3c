package timezone

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical/recurrence"
	"github.com/contentconv/contentconv/ical/tree"
)

// The bounds of a VTIMEZONE.
const (
	maxObservances = 1000
	maxChanges     = 20_000
)

// An observance is a STANDARD or DAYLIGHT component (RFC 5545, section 3.6.5).
// Moments are in seconds since 1970.
type observance struct {
	daylight bool
	from, to time.Duration
	start    time.Time // by the clock that is in force before
	rule     *recurrence.Rule
	year     yearDates // those of the rule
	until    int64     // the last moment of an onset by the rule, if bounded is set
	bounded  bool
	dates    []int64 // the onsets by RDATE, and by DTSTART where there is no rule
	lastDate int64   // the last of them
}

// parseObservances reads the observances of a VTIMEZONE.
func parseObservances(c *tree.Component) ([]observance, error) {
	var out []observance
	for _, child := range c.Components {
		if child.Name != "STANDARD" && child.Name != "DAYLIGHT" {
			continue
		}
		o, err := parseObservance(child)
		if err != nil {
			return nil, fmt.Errorf("%s of line %d: %w", child.Name, child.Line, err)
		}
		if out = append(out, o); len(out) > maxObservances {
			return nil, fmt.Errorf("more than %d observances", maxObservances)
		}
	}
	if len(out) == 0 {
		return nil, errors.New("no STANDARD or DAYLIGHT")
	}
	slices.SortStableFunc(out, func(a, b observance) int { return a.start.Compare(b.start) })
	return out, nil
}

func parseObservance(c *tree.Component) (o observance, err error) {
	o.daylight = c.Name == "DAYLIGHT"
	start := c.Property("DTSTART")
	if start == nil {
		return o, errors.New("no DTSTART")
	}
	t, err := tree.ParseDateTime(start.Value)
	if err != nil || t.UTC || start.HasParam("TZID") {
		return o, fmt.Errorf("DTSTART %s is no local time", diag.Quote(start.Value))
	}
	o.start = t.Wall
	if o.to, err = tree.ParseUTCOffset(c.Value("TZOFFSETTO")); err != nil {
		return o, fmt.Errorf("TZOFFSETTO: %w", err)
	}
	// QUIRK: without TZOFFSETFROM (3.6.5 requires it) the offset is taken not to
	// change, which is right within hours.
	if o.from, err = tree.ParseUTCOffset(c.Value("TZOFFSETFROM")); err != nil {
		o.from = o.to
	}
	rules := c.All("RRULE")
	if len(rules) > 1 {
		return o, errors.New("several RRULEs")
	}
	if len(rules) == 1 {
		if err := o.setRule(rules[0].Value); err != nil {
			return o, err
		}
	}
	err = o.setDates(c)
	return o, err
}

// setDates lists the onsets that no rule names.
func (o *observance) setDates(c *tree.Component) error {
	if o.rule == nil {
		o.addDate(o.start)
	}
	rest := maxChanges
	for _, p := range c.All("RDATE") {
		for _, s := range tree.SplitList(p.Value) {
			s, _, _ = strings.Cut(s, "/")
			d, err := tree.ParseDateTime(s)
			if rest--; err != nil || rest < 0 {
				return fmt.Errorf("RDATE: %s", diag.Quote(s))
			}
			o.addDate(d.Wall)
		}
	}
	return nil
}

func (o *observance) addDate(wall time.Time) {
	at := wall.Add(-o.from).Unix()
	if len(o.dates) == 0 || at > o.lastDate {
		o.lastDate = at
	}
	o.dates = append(o.dates, at)
}

// setRule reads the rule, which must say dates of a year.
func (o *observance) setRule(s string) error {
	r, err := recurrence.ParseRule(s)
	if err != nil {
		return err
	}
	if r.Freq != "YEARLY" || r.Interval != 1 || len(r.ByYearDay)+len(r.ByWeekNo)+len(r.BySetPos)+len(r.BySecond) > 0 ||
		len(r.ByHour)+len(r.ByMinute) > 0 || r.RScale != "" || r.HasCount && r.Count < 1 {
		return fmt.Errorf("RRULE %s does not say dates of every year", diag.Quote(s))
	}
	for _, m := range r.ByMonth {
		if m < 1 || m > 12 {
			return fmt.Errorf("RRULE %s", diag.Quote(s))
		}
	}
	o.rule, o.year = r, datesOf(r, o.start)
	if r.Until != nil {
		until := r.Until.Wall
		switch {
		case r.Until.IsDate:
			until = until.Add(24*time.Hour - time.Second - o.from)
		case !r.Until.UTC:
			until = until.Add(-o.from)
		}
		o.bind(until.Unix())
	}
	if r.HasCount {
		o.bindCount(r.Count)
	}
	return nil
}

// lastYear is more than a date of iCalendar can have.
const lastYear = 9999

// firstYear is the first one whose onsets by the rule are listed.
func (o *observance) firstYear() int { return max(o.start.Year(), firstListed) }

// bindCount turns the COUNT of the rule into an end. Years of one length that begin on
// one weekday have as many dates, so that the cost depends on neither of both.
func (o *observance) bindCount(count int) {
	var numbers [14]int // of dates, and one, by the kind of the year
	first := o.firstYear()
	day := dayNumber(first, 1)
	for year := first; year <= lastYear; year++ {
		next := day + daysIn(year)
		kind := 2*int(weekdayOf(day)) + int(next-day) - 365
		if numbers[kind] == 0 {
			numbers[kind] = len(o.year.inYear(nil, year)) + 1
		}
		n := numbers[kind] - 1
		if year == first || n >= count {
			onsets := o.inYear(nil, year, false)
			if n = len(onsets); n >= count {
				o.bind(onsets[count-1])
				return
			}
		}
		count -= n
		day = next
	}
}

// bind sets the last moment of an onset by the rule, unless there is an earlier one.
func (o *observance) bind(at int64) {
	if !o.bounded || at < o.until {
		o.until, o.bounded = at, true
	}
}

// inYear appends the onsets by the rule in a year. always takes those before DTSTART,
// too.
func (o *observance) inYear(out []int64, year int, always bool) []int64 {
	start, from := o.start.Unix(), int64(o.from/time.Second)
	clock := start - floorDiv(start, secondsPerDay)*secondsPerDay
	n := len(out)
	out = o.year.inYear(out, year)
	kept := out[:n]
	for _, day := range out[n:] {
		wall := day*secondsPerDay + clock
		if (always || wall >= start) && (!o.bounded || wall-from <= o.until) {
			kept = append(kept, wall-from)
		}
	}
	return kept
}

// changes appends the onsets in the years up to last, in no order. always takes the rule
// from 1900 on, even before DTSTART. It stops beyond maxChanges.
func (o *observance) changes(out []change, last int, always bool) []change {
	for _, at := range o.dates {
		out = append(out, change{at, o.to})
	}
	if o.rule == nil {
		return out
	}
	first := firstListed
	if !always {
		first = o.firstYear()
	}
	var buffer [64]int64
	for year := first; year <= last && len(out) <= maxChanges; year++ {
		for _, at := range o.inYear(buffer[:0], year, always) {
			out = append(out, change{at, o.to})
		}
	}
	return out
}

// over reports whether the observance's last onset is more than a year before wall.
func (o *observance) over(wall time.Time) bool {
	if o.endless() || wall.Before(o.start) {
		return false
	}
	limit := wall.Add(-withinYear)
	if len(o.dates) > 0 && o.lastDate > limit.Unix() {
		return false
	}
	if o.rule == nil {
		return true
	}
	var buffer [64]int64
	// An offset from UTC can move an onset to the next year.
	for year := max(o.firstYear(), limit.Year()-1); year <= wall.Year()+1; year++ {
		onsets := o.inYear(buffer[:0], year, false)
		if n := len(onsets); n > 0 && onsets[n-1] > limit.Unix() {
			return false
		}
	}
	return true
}

// systemTime returns the onset as Windows has it ([MS-OXCICAL], section
// 2.1.3.1.1.19.2), or an error if that can't say it.
func (o *observance) systemTime() (SystemTime, error) {
	h, m, s := o.start.Clock()
	st := SystemTime{Month: uint16(o.start.Month()), Hour: uint16(h), Minute: uint16(m), Second: uint16(s)}
	if o.rule == nil {
		d := o.start.Day()
		st.DayOfWeek, st.Day = uint16(o.start.Weekday()), uint16((d-1)/7+1)
		if o.start.AddDate(0, 0, 7).Month() != o.start.Month() {
			st.Day = 5
		}
		return st, nil
	}
	r := o.rule
	if len(r.ByMonth) > 1 {
		return st, o.noSystemTime()
	}
	if len(r.ByMonth) == 1 {
		st.Month = uint16(r.ByMonth[0])
	}
	n := 0
	switch {
	case len(r.ByDay) == 1 && len(r.ByMonthDay) == 0:
		n = r.ByDay[0].N
	case len(r.ByDay) == 1 && r.ByDay[0].N == 0:
		n = weekOf(r.ByMonthDay, time.Month(st.Month))
	case len(r.ByDay) == 0 && len(r.ByMonthDay) == 1 && r.ByMonthDay[0] >= 1 && r.ByMonthDay[0] <= 31:
		st.Year, st.Day = 1, uint16(r.ByMonthDay[0])
		return st, nil
	}
	if n == -1 {
		n = 5
	}
	if n < 1 || n > 5 || n == 5 && r.ByDay[0].N == 5 {
		return st, o.noSystemTime()
	}
	st.DayOfWeek, st.Day = uint16(r.ByDay[0].Weekday), uint16(n)
	return st, nil
}

func (o *observance) noSystemTime() error {
	return fmt.Errorf("RRULE %v is not one day of every year by its number", o.rule)
}

// weekOf returns the number that seven days of a month in a row give a weekday, 5 for
// the last, or 0.
// QUIRK: zones say "BYDAY=SU;BYMONTHDAY=8,9,10,11,12,13,14" for the second Sunday.
func weekOf(days []int, month time.Month) int {
	if len(days) != 7 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(days))
	for i, d := range sorted {
		if d != sorted[0]+i {
			return 0
		}
	}
	switch first := sorted[0]; {
	case month != time.February && sorted[6] == time.Date(2001, month+1, 0, 0, 0, 0, 0, time.UTC).Day():
		return 5
	case first >= 1 && first <= 22 && first%7 == 1:
		return first/7 + 1
	}
	return 0
}
