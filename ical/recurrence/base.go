package recurrence

import (
	"fmt"
	"slices"
	"time"
)

// The bounds of INTERVAL, [MS-OXCICAL], section 2.1.3.2.1.2, and of COUNT.
const (
	maxDays   = 999
	maxWeeks  = 99
	maxMonths = 99
	maxCount  = 999
)

// base makes the pattern of a rule, without its end and its exceptions
// ([MS-OXCICAL], section 2.1.3.2.2). approximate says that the pattern is not quite
// the rule.
func (r *Rule) base(start Minutes) (p Pattern, approximate bool, err error) {
	if err := r.check(start); err != nil {
		return p, false, err
	}
	p = Pattern{ReaderVersion: version, WriterVersion: version, StartDate: start.Date(), EndDate: Never, EndType: EndNever}
	if r.HasWeekStart {
		p.FirstDOW = uint32(r.WeekStart)
	}
	switch r.Freq {
	case "DAILY":
		err = r.daily(&p)
	case "WEEKLY":
		err = r.weekly(&p)
	case "MONTHLY":
		approximate, err = r.monthly(&p)
	case "YEARLY":
		approximate, err = r.yearly(&p)
	default:
		err = unsupported(ReasonFrequency, "FREQ="+r.Freq)
	}
	if err != nil {
		return p, false, err
	}
	p.FirstDateTime = p.firstDateTime()
	if first, ok := p.next(start); !ok || first != start.Date() {
		return p, false, unsupported(ReasonStart, fmt.Sprintf("%v is no date of %s", start, r))
	}
	return p, approximate || r.skips(&p), nil
}

// skips reports whether the rule leaves out months that are too short for its day,
// where the pattern takes their last day.
func (r *Rule) skips(p *Pattern) bool {
	if p.PatternType != PatternMonth || len(r.ByMonthDay) > 1 || len(r.ByMonthDay) == 1 && r.ByMonthDay[0] == -1 {
		return false
	}
	for i := range 12 {
		n := (p.StartDate.month() + i*int(p.Period)) % 12 // of 1601, which is no leap year
		if int(p.Day) > monthDays(n) {
			return true
		}
	}
	return false
}

// check looks at the parts that are the same for every frequency.
func (r *Rule) check(start Minutes) error {
	h, m, _ := start.Time().Clock()
	switch {
	case r.RScale != "" && r.RScale != "GREGORIAN" || r.Skip != "" && r.Skip != "OMIT":
		return unsupported(ReasonCalendar, fmt.Sprintf("RSCALE=%s;SKIP=%s", r.RScale, r.Skip))
	case len(r.ByYearDay) > 0 || len(r.ByWeekNo) > 0:
		return unsupported(ReasonYearDay, r.String())
	case !single(r.ByHour, 0, 23) || !single(r.ByMinute, 0, 59) || len(r.BySecond) > 1:
		return unsupported(ReasonTime, r.String())
	case !same(r.ByHour, h) || !same(r.ByMinute, m):
		return unsupported(ReasonStart, fmt.Sprintf("%v is no time of %s", start, r))
	case r.HasCount && (r.Count < 1 || r.Count > maxCount):
		return unsupported(ReasonCount, fmt.Sprintf("COUNT=%d", r.Count))
	case r.HasCount && r.Until != nil:
		return unsupported(ReasonEnd, "COUNT and UNTIL")
	}
	return nil
}

// single reports whether there is at most one value, and that within bounds.
func single(values []int, low, high int) bool {
	return len(values) == 0 || len(values) == 1 && values[0] >= low && values[0] <= high
}

func same(values []int, v int) bool { return len(values) == 0 || values[0] == v }

func (r *Rule) interval(bound int) error {
	if r.Interval < 1 || r.Interval > bound {
		return unsupported(ReasonInterval, fmt.Sprintf("%s every %d; it can be 1 to %d", r.Freq, r.Interval, bound))
	}
	return nil
}

// daily: days at a distance; or weekdays, which make a weekly rule if the distance
// is one day.
func (r *Rule) daily(p *Pattern) error {
	switch {
	case len(r.ByMonth) > 0:
		return unsupported(ReasonMonth, r.String())
	case len(r.ByMonthDay) > 0:
		return unsupported(ReasonMonthDay, r.String())
	case len(r.BySetPos) > 0:
		return unsupported(ReasonPosition, r.String())
	case len(r.ByDay) > 0 && r.Interval == 1:
		return r.weekly(p)
	case len(r.ByDay) > 0:
		return unsupported(ReasonWeekday, r.String())
	}
	p.RecurFrequency, p.PatternType, p.Period = Daily, PatternDay, uint32(r.Interval)*uint32(day)
	return r.interval(maxDays)
}

func (r *Rule) weekly(p *Pattern) error {
	switch {
	case len(r.ByMonth) > 0:
		return unsupported(ReasonMonth, r.String())
	case len(r.ByMonthDay) > 0:
		return unsupported(ReasonMonthDay, r.String())
	case len(r.BySetPos) > 0:
		return unsupported(ReasonPosition, r.String())
	case slices.ContainsFunc(r.ByDay, func(d Day) bool { return d.N != 0 }):
		return unsupported(ReasonWeekday, r.String())
	}
	p.RecurFrequency, p.PatternType, p.Period = Weekly, PatternWeek, uint32(r.Interval)
	p.Days = mask(r.ByDay)
	if p.Days == 0 {
		p.Days = 1 << p.StartDate.weekday()
	}
	if !r.HasWeekStart && r.Interval > 1 {
		// [MS-OXCICAL] has Sunday for a rule without WKST, but its writer means what
		// RFC 5545 says. Only here does it make a difference.
		p.FirstDOW = uint32(time.Monday)
	}
	return r.interval(maxWeeks)
}

func mask(days []Day) DayMask {
	var m DayMask
	for _, d := range days {
		m |= 1 << d.Weekday
	}
	return m
}

func (r *Rule) monthly(p *Pattern) (approximate bool, err error) {
	if len(r.ByMonth) > 0 {
		return false, unsupported(ReasonMonth, r.String())
	}
	if len(r.ByDay) > 0 && len(r.BySetPos) == 0 && len(r.ByMonthDay) == 0 && r.Interval == 1 &&
		!slices.ContainsFunc(r.ByDay, func(d Day) bool { return d.N != 0 }) {
		return false, r.weekly(p) // every such weekday of every month
	}
	p.RecurFrequency, p.Period = Monthly, uint32(r.Interval)
	if err := r.inMonth(p); err != nil {
		return false, err
	}
	return false, r.interval(maxMonths)
}

func (r *Rule) yearly(p *Pattern) (approximate bool, err error) {
	p.RecurFrequency, p.Period = Yearly, uint32(r.Interval)*12
	if r.Interval > 1 {
		p.RecurFrequency = Monthly
	}
	_, month, _ := p.StartDate.Time().Date()
	switch {
	case !single(r.ByMonth, 1, 12):
		return false, unsupported(ReasonMonth, r.String())
	case !same(r.ByMonth, int(month)):
		return false, unsupported(ReasonStart, fmt.Sprintf("%v is no date of %s", p.StartDate, r))
	case len(r.ByDay) > 0 && len(r.ByMonth) == 0:
		return false, unsupported(ReasonEveryWeekday, r.String())
	}
	if err := r.inMonth(p); err != nil {
		return false, err
	}
	return len(r.ByMonthDay) > 0 && len(r.ByMonth) == 0, r.interval(maxMonths / 12)
}

// inMonth sets the day of the month or the weekday of it.
func (r *Rule) inMonth(p *Pattern) error {
	switch {
	case len(r.ByDay) > 0 && len(r.ByMonthDay) > 0:
		return unsupported(ReasonBothDays, r.String())
	case len(r.ByDay) > 0:
		return r.nth(p)
	case r.clamped(p):
		return nil
	case len(r.BySetPos) > 0:
		return unsupported(ReasonPosition, r.String())
	case !single(r.ByMonthDay, -1, 31) || slices.Contains(r.ByMonthDay, 0):
		return unsupported(ReasonMonthDay, r.String())
	}
	p.PatternType = PatternMonth
	switch {
	case len(r.ByMonthDay) == 0:
		p.Day = uint32(p.StartDate.Time().Day())
	case r.ByMonthDay[0] == -1:
		p.Day = 31
	default:
		p.Day = uint32(r.ByMonthDay[0])
	}
	return nil
}

// clamped takes BYMONTHDAY=28,29,30;BYSETPOS=-1, which is the 30th, or the last
// day of a shorter month, as a pattern has it.
func (r *Rule) clamped(p *Pattern) bool {
	n := len(r.ByMonthDay)
	if n < 2 || n > 4 || !slices.Equal(r.BySetPos, []int{-1}) {
		return false
	}
	for i, d := range r.ByMonthDay {
		if d != 28+i {
			return false
		}
	}
	p.PatternType, p.Day = PatternMonth, uint32(27+n)
	return true
}

// nth takes BYDAY with BYSETPOS, or with a number of its own.
func (r *Rule) nth(p *Pattern) error {
	p.PatternType, p.Days = PatternMonthNth, mask(r.ByDay)
	numbered := slices.ContainsFunc(r.ByDay, func(d Day) bool { return d.N != 0 })
	n := 0
	switch {
	case len(r.BySetPos) > 1 || len(r.BySetPos) == 1 && !position(r.BySetPos[0]):
		return unsupported(ReasonPosition, r.String())
	case numbered && (len(r.ByDay) > 1 || len(r.BySetPos) > 0 || !position(r.ByDay[0].N)):
		return unsupported(ReasonWeekday, r.String())
	case numbered:
		n = r.ByDay[0].N
	case len(r.BySetPos) == 0:
		return unsupported(ReasonEveryWeekday, r.String())
	default:
		n = r.BySetPos[0]
	}
	if p.Nth = uint32(n); n == -1 {
		p.Nth = lastNth
	}
	return nil
}

// position reports whether n is a number that Nth can have.
func position(n int) bool { return n == -1 || n >= 1 && n <= 4 }

// firstDateTime computes the field of that name ([MS-OXOCAL], section 2.2.1.44.1).
func (p *Pattern) firstDateTime() Minutes {
	switch p.PatternType {
	case PatternDay:
		return p.StartDate % Minutes(p.Period)
	case PatternWeek:
		step := int64(p.Period) * int64(week)
		return Minutes((p.StartDate.weekStart(time.Weekday(p.FirstDOW))%step + step) % step)
	}
	return monthStart(p.StartDate.month() % int(p.Period))
}
