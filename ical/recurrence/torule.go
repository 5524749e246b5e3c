package recurrence

import (
	"fmt"
	"time"

	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/internal/walltime"
)

// RuleOptions say how [AppointmentPattern.Rule] writes a rule. Nil and the zero
// value are the defaults.
type RuleOptions struct {
	// Location is the zone of the series, in which UNTIL becomes a time in UTC; nil
	// is UTC.
	Location *time.Location
	// AllDay writes UNTIL as a date.
	AllDay bool
	// Exact writes the 29th and 30th of a month as what a pattern means by them, the
	// last day of shorter months, as BYMONTHDAY=28,29;BYSETPOS=-1. Other software
	// understands it; Outlook doesn't.
	Exact bool
}

// Rule returns the rule of the series ([MS-OXCICAL], section 2.1.3.2.2), without its
// exceptions. A pattern that no RRULE can express is an error.
//
// The rule of a calendar that isn't Gregorian is one for X-MICROSOFT-RRULE, see
// [CalendarType.Scale].
func (p *AppointmentPattern) Rule(o *RuleOptions) (*Rule, error) {
	if o == nil {
		o = &RuleOptions{}
	}
	r := &Rule{Interval: int(min(p.Period, 1<<30))}
	if p.Period == 0 || p.PatternType == PatternDay && p.Period%uint32(day) != 0 {
		return nil, fmt.Errorf("a recurrence pattern of type %#x with a period of %d", uint16(p.PatternType), p.Period)
	}
	switch p.PatternType {
	case PatternDay:
		r.Freq, r.Interval = "DAILY", int(p.Period/uint32(day))
	case PatternWeek:
		r.Freq, r.ByDay = "WEEKLY", p.Days.days()
		r.HasWeekStart = p.FirstDOW <= 6 && (p.Period > 1 || p.FirstDOW != 0)
		r.WeekStart = time.Weekday(p.FirstDOW % 7)
	default:
		p.monthRule(r, o)
	}
	if (p.PatternType == PatternWeek || p.PatternType == PatternMonthNth || p.PatternType == PatternHijriNth) && len(r.ByDay) == 0 {
		return nil, fmt.Errorf("a recurrence pattern without a day of the week")
	}
	p.ruleEnd(r, o)
	return r, nil
}

// days returns the set's weekdays, from Sunday on.
func (m DayMask) days() []Day {
	var out []Day
	for d := time.Sunday; d <= time.Saturday; d++ {
		if m.Has(d) {
			out = append(out, Day{Weekday: d})
		}
	}
	return out
}

// monthRule sets what counts in months and years.
func (p *AppointmentPattern) monthRule(r *Rule, o *RuleOptions) {
	r.Freq = "MONTHLY"
	if p.Period%12 == 0 {
		r.Freq, r.Interval = "YEARLY", int(p.Period/12)
		r.ByMonth = []int{int(p.StartDate.Time().Month())}
	}
	if p.PatternType == PatternMonthNth || p.PatternType == PatternHijriNth {
		r.ByDay, r.BySetPos = p.Days.days(), []int{int(min(p.Nth, lastNth))}
		if p.Nth >= lastNth {
			r.BySetPos[0] = -1
		}
		return
	}
	r.ByMonthDay = []int{int(p.Day)}
	switch {
	case p.Day >= 31 || p.PatternType == PatternMonthEnd || p.PatternType == PatternHijriEnd:
		r.ByMonthDay[0] = -1
	case o.Exact && p.Day > 28:
		r.ByMonthDay, r.BySetPos = []int{28, 29, 30}[:p.Day-27], []int{-1}
	}
}

// ruleEnd sets COUNT or UNTIL.
func (p *AppointmentPattern) ruleEnd(r *Rule, o *RuleOptions) {
	switch {
	case p.EndType.Never() || p.EndDate >= lastDate:
	case p.EndType == EndByCount:
		r.Count, r.HasCount = int(min(p.OccurrenceCount, 1<<30)), true
	case o.AllDay:
		r.Until = &tree.DateTime{Wall: p.EndDate.Date().Time(), IsDate: true}
	default:
		end := p.EndDate.Date().Time().Add(time.Duration(p.StartTimeOffset) * time.Minute)
		if o.Location != nil {
			end = walltime.Instant(end, o.Location)
		}
		r.Until = &tree.DateTime{Wall: end, UTC: true}
	}
}
