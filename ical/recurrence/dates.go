package recurrence

import (
	"iter"
	"time"
)

// Dates lists the dates of the pattern in order, as midnights, deleted and changed
// ones among them. It stops where the series ends, at the end of the year 4500 at
// the latest. A pattern whose dates can't be known is an error.
func (p *Pattern) Dates() (iter.Seq[Minutes], error) {
	if err := p.invalid(); err != nil {
		return nil, err
	}
	return func(yield func(Minutes) bool) {
		n := uint32(0)
		for d := range p.from(p.StartDate) {
			if p.EndType == EndByDate && d > p.EndDate || p.EndType == EndByCount && n >= p.OccurrenceCount || !yield(d) {
				return
			}
			n++
		}
	}, nil
}

// from lists the dates of the pattern from the day of m on, without regard to its
// end. The pattern is valid.
func (p *Pattern) from(m Minutes) iter.Seq[Minutes] {
	m = max(m.Date(), p.StartDate.Date())
	switch p.PatternType {
	case PatternDay:
		return p.days(m)
	case PatternWeek:
		return p.weeks(m)
	}
	return p.months(m)
}

func (p *Pattern) days(m Minutes) iter.Seq[Minutes] {
	return func(yield func(Minutes) bool) {
		start, step := int64(p.StartDate.Date()), int64(p.Period)
		for d := start + (int64(m)-start+step-1)/step*step; d <= int64(lastDate); d += step {
			if !yield(Minutes(d)) {
				return
			}
		}
	}
}

func (p *Pattern) weeks(m Minutes) iter.Seq[Minutes] {
	return func(yield func(Minutes) bool) {
		first, step := p.firstWeek(), int64(p.Period)*int64(week)
		begin := m.weekStart(time.Weekday(p.FirstDOW))
		for w := first + max(0, begin-first)/step*step; w <= int64(lastDate); w += step {
			for d := w; d < w+int64(week); d += int64(day) {
				if d < int64(m) || !p.Days.Has(Minutes(d).weekday()) {
					continue
				}
				if d > int64(lastDate) || !yield(Minutes(d)) {
					return
				}
			}
		}
	}
}

// firstWeek returns the beginning of a week in which there are occurrences: the one
// of StartDate, or one that is at most a period later.
//
// QUIRK: FirstDateTime of other clients isn't always what [MS-OXOCAL], section
// 2.2.1.44.1, says. So it counts only where StartDate isn't an occurrence itself.
func (p *Pattern) firstWeek() int64 {
	start := p.StartDate.weekStart(time.Weekday(p.FirstDOW))
	if p.Days.Has(p.StartDate.weekday()) {
		return start
	}
	away := start - int64(p.FirstDateTime)
	if away%int64(week) != 0 {
		return start
	}
	step := int64(p.Period)
	return start + ((-away/int64(week))%step+step)%step*int64(week)
}

func (p *Pattern) months(m Minutes) iter.Seq[Minutes] {
	return func(yield func(Minutes) bool) {
		first, step, last := p.firstMonth(), int64(p.Period), int64(lastDate.month())
		skip := max(0, int64(m.month())-first)
		for n := first + skip/step*step; n <= last; n += step {
			d, ok := p.inMonth(int(n))
			if ok && d >= m && !yield(d) {
				return
			}
		}
	}
}

// firstMonth is to months what firstWeek is to weeks.
func (p *Pattern) firstMonth() int64 {
	start := p.StartDate.month()
	if d, ok := p.inMonth(start); ok && d == p.StartDate.Date() {
		return int64(start)
	}
	step := int64(p.Period)
	away := int64(start) - int64(p.FirstDateTime.month())
	return int64(start) + (-away%step+step)%step
}

// inMonth returns the date of the pattern in the n-th month since January 1601.
func (p *Pattern) inMonth(n int) (Minutes, bool) {
	begin, length := monthStart(n), monthDays(n)
	switch p.PatternType {
	case PatternMonth:
		return begin + Minutes(min(int(p.Day), length)-1)*day, true
	case PatternMonthEnd:
		return begin + Minutes(length-1)*day, true
	}
	i, ok := nthDay(p.Days, int(p.Nth), begin.weekday(), length)
	return begin + Minutes(i)*day, ok
}

// nthDay returns which day of a month, from 0, is the n-th of the set, 5 meaning
// the last.
func nthDay(days DayMask, n int, first time.Weekday, length int) (int, bool) {
	if n == lastNth {
		for i := length - 1; i >= 0; i-- {
			if days.Has((first + time.Weekday(i)) % 7) {
				return i, true
			}
		}
		return 0, false
	}
	for i := range length {
		if days.Has((first + time.Weekday(i)) % 7) {
			if n--; n == 0 {
				return i, true
			}
		}
	}
	return 0, false
}

// has reports whether the day of m is a date of the pattern, within its end date.
func (p *Pattern) has(m Minutes) bool {
	d, ok := p.next(m)
	return ok && d == m.Date()
}

// next returns the first date of the pattern on the day of m or later.
func (p *Pattern) next(m Minutes) (Minutes, bool) {
	for d := range p.from(m) {
		return d, d <= p.EndDate
	}
	return 0, false
}

// previous returns the last date of the pattern before the day of m.
func (p *Pattern) previous(m Minutes) (Minutes, bool) {
	found, ok := Minutes(0), false
	if m = m.Date(); m == 0 {
		return 0, false
	}
	// Two spans back there is one for certain, if there is one at all.
	back := int64(m) - 2*p.span()
	for d := range p.from(Minutes(max(back, 0))) {
		if d >= m {
			break
		}
		found, ok = d, true
	}
	return found, ok
}

// span returns the longest time between a date of the pattern and the next.
func (p *Pattern) span() int64 {
	switch p.PatternType {
	case PatternDay:
		return int64(p.Period)
	case PatternWeek:
		return int64(p.Period+1) * int64(week)
	}
	return int64(p.Period+1) * 31 * int64(day)
}
