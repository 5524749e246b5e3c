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
type observance struct {
	daylight bool
	from, to time.Duration
	start    time.Time // by the clock that is in force before
	rule     *recurrence.Rule
	until    time.Time // the last moment of an onset by the rule; zero for none
	dates    []time.Time
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
	for _, p := range c.All("RDATE") {
		for _, s := range tree.SplitList(p.Value) {
			s, _, _ = strings.Cut(s, "/")
			d, err := tree.ParseDateTime(s)
			if err != nil || len(o.dates) == maxChanges {
				return o, fmt.Errorf("RDATE: %s", diag.Quote(s))
			}
			o.dates = append(o.dates, d.Wall)
		}
	}
	return o, nil
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
	o.rule = r
	if r.Until != nil {
		o.until = r.Until.Wall
		switch {
		case r.Until.IsDate:
			o.until = o.until.Add(24*time.Hour - time.Second - o.from)
		case !r.Until.UTC:
			o.until = o.until.Add(-o.from)
		}
	}
	return nil
}

// onsets lists when the observance begins, in the years up to last. always lists
// the rule from 1900 on, even before DTSTART.
func (o *observance) onsets(last int, always bool) []time.Time {
	if o.rule == nil {
		return o.instants(append([]time.Time{o.start}, o.dates...))
	}
	var out, walls []time.Time
	n, first := 0, max(o.start.Year(), firstListed)
	if always {
		first = firstListed
	}
	months := o.months()
	for year := first; year <= last; year++ {
		walls = o.inYear(walls[:0], year, months)
		for _, wall := range walls {
			if wall.Before(o.start) && !always {
				continue
			}
			if o.rule.HasCount && n == o.rule.Count || !o.until.IsZero() && wall.Add(-o.from).After(o.until) {
				return append(out, o.instants(o.dates)...)
			}
			n++
			out = append(out, wall.Add(-o.from))
		}
	}
	return append(out, o.instants(o.dates)...)
}

func (o *observance) instants(walls []time.Time) []time.Time {
	out := make([]time.Time, len(walls))
	for i, w := range walls {
		out[i] = w.Add(-o.from)
	}
	return out
}

// months lists the months of the rule in order.
func (o *observance) months() []int {
	if len(o.rule.ByMonth) == 0 {
		return []int{int(o.start.Month())}
	}
	return slices.Compact(slices.Sorted(slices.Values(o.rule.ByMonth)))
}

// inYear appends the dates of the rule in months of a year, at the time of DTSTART.
func (o *observance) inYear(out []time.Time, year int, months []int) []time.Time {
	clock := o.start.Sub(o.start.Truncate(24 * time.Hour))
	for _, m := range months {
		first := time.Date(year, time.Month(m), 1, 0, 0, 0, 0, time.UTC)
		length, weekday := first.AddDate(0, 1, -1).Day(), first.Weekday()
		for d := 1; d <= length; d++ {
			if o.matches(d, length, (weekday+time.Weekday(d-1))%7) {
				out = append(out, first.Add(time.Duration(d-1)*24*time.Hour+clock))
			}
		}
	}
	return out
}

// matches reports whether a day of a month of that length is one of the rule's.
func (o *observance) matches(d, length int, weekday time.Weekday) bool {
	if len(o.rule.ByMonthDay) > 0 && !slices.ContainsFunc(o.rule.ByMonthDay, func(n int) bool { return n == d || n == d-length-1 }) {
		return false
	}
	if len(o.rule.ByDay) > 0 {
		return slices.ContainsFunc(o.rule.ByDay, func(w recurrence.Day) bool {
			return w.Weekday == weekday && (w.N == 0 || w.N == (d-1)/7+1 || w.N == -((length-d)/7+1))
		})
	}
	return len(o.rule.ByMonthDay) > 0 || d == o.start.Day()
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
	bad := fmt.Errorf("RRULE %v is not one day of every year by its number", r)
	if len(r.ByMonth) > 1 {
		return st, bad
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
		return st, bad
	}
	st.DayOfWeek, st.Day = uint16(r.ByDay[0].Weekday), uint16(n)
	return st, nil
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
