package timezone

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/contentconv/contentconv/ical/tree"
)

// tailYear is the year up to which the changes of a VTIMEZONE are listed; then its
// last rules go on forever, if they are such as a tail can say. Others are listed
// until endYear.
const (
	tailYear = 2037
	endYear  = 2200
)

// location makes a zone of observances, by the rules of RFC 5545, section 3.6.5.
//
// QUIRK: VTIMEZONEs begin after the events that use them, at the start of the
// current year for example. The rule of the first STANDARD and the first DAYLIGHT
// holds for the years before it, too.
func location(name string, list []observance) (*time.Location, error) {
	tail, ok := tailOf(list)
	last := tailYear
	if !ok {
		last = endYear
	}
	standard, daylight := pick(list, false, time.Time{}), pick(list, true, time.Time{})
	always := standard != nil && daylight != nil && standard.yearly() && daylight.yearly()
	var changes []change
	for i := range list {
		o := &list[i]
		changes = o.changes(changes, last, always && (o == standard || o == daylight))
		if len(changes) > maxChanges {
			return nil, fmt.Errorf("more than %d changes of the clock", maxChanges)
		}
	}
	slices.SortStableFunc(changes, func(a, b change) int { return cmp.Compare(a.at, b.at) })
	return newLocation(name, list[0].from, changes, tail)
}

// yearly reports whether the observance has a rule that isn't bound to its start.
func (o *observance) yearly() bool { return o.rule != nil && !o.rule.HasCount }

// endless reports whether the observance has a rule without an end.
func (o *observance) endless() bool { return o.rule != nil && !o.bounded && !o.rule.HasCount }

// tailOf returns what goes on forever, in the form of the TZ variable: two rules
// without an end, or none.
func tailOf(list []observance) (string, bool) {
	var endless []*observance
	for i := range list {
		if list[i].endless() {
			endless = append(endless, &list[i])
		}
	}
	if len(endless) != 2 {
		return "", len(endless) == 0
	}
	a, b := endless[0], endless[1]
	if a.to > b.to {
		a, b = b, a
	}
	standard, daylight, ok := alternate(a, b)
	if !ok {
		return "", false
	}
	return posixOffset(a.to) + posixOffset(b.to) + "," + daylight.posix() + "," + standard.posix(), true
}

// alternate returns the onsets of two observances. It reports false unless each leads to
// where the other begins, on a date that Windows has words for.
func alternate(a, b *observance) (onsetA, onsetB SystemTime, ok bool) {
	if a.to != b.from || b.to != a.from || a.to == b.to {
		return onsetA, onsetB, false
	}
	onsetA, errA := a.systemTime()
	onsetB, errB := b.systemTime()
	return onsetA, onsetB, errA == nil && errB == nil
}

// pick returns the last observance of a kind that begins at or before a time of the
// clock, else the first, or nil.
func pick(list []observance, daylight bool, wall time.Time) *observance {
	var found *observance
	for i := range list {
		if o := &list[i]; o.daylight == daylight && (found == nil || !o.start.After(wall)) {
			found = o
		}
	}
	return found
}

// ruleAt returns the rule of the observances in force at t, when the clock shows wall
// ([MS-OXCICAL], section 2.1.3.1.1.19).
func ruleAt(list []observance, t, wall time.Time) (Rule, error) {
	standard, daylight := pick(list, false, wall), pick(list, true, wall)
	if standard == nil {
		standard, daylight = daylight, nil
	}
	if daylight != nil && (daylight.over(wall) || standard.over(wall)) {
		return fixedRule(wall.Sub(t))
	}
	r, err := fixedRule(standard.to)
	if err != nil || daylight == nil {
		return r, err
	}
	d, err := fixedRule(daylight.to)
	if err != nil {
		return Rule{}, err
	}
	r.DaylightBias = d.Bias - r.Bias
	if r.StandardDate, err = standard.systemTime(); err != nil {
		return Rule{}, err
	}
	if r.DaylightDate, err = daylight.systemTime(); err != nil {
		return Rule{}, err
	}
	if !r.HasDaylight() {
		return fixedRule(standard.to)
	}
	return r, nil
}

func fixedRule(offset time.Duration) (Rule, error) {
	if offset%time.Minute != 0 {
		return Rule{}, fmt.Errorf("%v away from UTC, which is not whole minutes", offset)
	}
	return Rule{Bias: int32(-offset / time.Minute)}, nil
}

// Component returns the rule as a VTIMEZONE ([MS-OXCICAL], section 2.1.3.1.1.19). Its
// observances begin in 1601, as those of Outlook do.
func (r Rule) Component(tzid string) *tree.Component {
	c := tree.NewComponent("VTIMEZONE")
	c.AddText("TZID", tzid)
	standard, daylight := r.Offsets()
	c.AddComponent(observanceOf("STANDARD", r.StandardDate, daylight, standard, r.HasDaylight()))
	if r.HasDaylight() {
		c.AddComponent(observanceOf("DAYLIGHT", r.DaylightDate, standard, daylight, true))
	}
	return c
}

func observanceOf(name string, s SystemTime, from, to time.Duration, changes bool) *tree.Component {
	c := tree.NewComponent(name)
	start := time.Date(firstYear, 1, 1, 0, 0, 0, 0, time.UTC)
	if changes {
		s.Milliseconds = 0 // an iCalendar time can't say the end of the day either
		start = s.in(firstYear)
	}
	c.Add("DTSTART", tree.FormatLocal(start))
	if changes {
		c.Add("RRULE", "FREQ=YEARLY;"+s.byDay())
	}
	c.Add("TZOFFSETFROM", tree.FormatUTCOffset(from))
	c.Add("TZOFFSETTO", tree.FormatUTCOffset(to))
	return c
}

// byDay returns the parts of an RRULE that say the date.
func (s SystemTime) byDay() string {
	month := int(s.Month)
	switch {
	case s.Year != 0:
		return fmt.Sprintf("BYMONTHDAY=%d;BYMONTH=%d", s.Day, month)
	case s.Day == 5:
		return fmt.Sprintf("BYDAY=-1%s;BYMONTH=%d", weekdays[s.DayOfWeek%7], month)
	}
	return fmt.Sprintf("BYDAY=%d%s;BYMONTH=%d", s.Day, weekdays[s.DayOfWeek%7], month)
}

var weekdays = [...]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}
