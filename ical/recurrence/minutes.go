package recurrence

import "time"

// Minutes is a time of the clock, as the minutes since the beginning of 1601.
type Minutes uint32

const (
	hour Minutes = 60
	day          = 24 * hour
	week         = 7 * day
)

// Never is the EndDate of a pattern without an end: the end of the year 4500.
const Never Minutes = 0x5AE980DF

// lastDate is the last day that an occurrence can have.
const lastDate = Never - Never%day

var epoch = time.Date(1601, 1, 1, 0, 0, 0, 0, time.UTC)

// MinutesOf returns what the clock of t shows; seconds are dropped. It reports
// false when that is before 1601 or after 4500.
func MinutesOf(t time.Time) (Minutes, bool) {
	y, mo, d := t.Date()
	h, mi, _ := t.Clock()
	if y < 1601 || y > 4500 {
		return 0, false
	}
	s := time.Date(y, mo, d, h, mi, 0, 0, time.UTC).Unix() - epoch.Unix()
	return Minutes(s / 60), true
}

// Time returns the time of the clock as a time in UTC.
func (m Minutes) Time() time.Time { return time.Unix(epoch.Unix()+int64(m)*60, 0).UTC() }

// Date returns the midnight at which the day of m begins.
func (m Minutes) Date() Minutes { return m - m%day }

// String returns m as 2006-01-02 15:04.
func (m Minutes) String() string { return m.Time().Format("2006-01-02 15:04") }

// weekday returns the day of the week. 1601 began on a Monday.
func (m Minutes) weekday() time.Weekday { return time.Weekday((m/day + 1) % 7) }

// weekStart returns the midnight at which the week of m begins. It may lie before
// 1601.
func (m Minutes) weekStart(first time.Weekday) int64 {
	back := (int64(m.weekday()) - int64(first) + 7) % 7
	return int64(m.Date()) - back*int64(day)
}

// month returns the number of months since January 1601.
func (m Minutes) month() int {
	y, mo, _ := m.Time().Date()
	return (y-1601)*12 + int(mo) - 1
}

// monthStart returns the beginning of the n-th month since January 1601.
func monthStart(n int) Minutes {
	m, _ := MinutesOf(time.Date(1601+n/12, time.Month(n%12+1), 1, 0, 0, 0, 0, time.UTC))
	return m
}

// monthDays returns the length of the n-th month since January 1601, in days.
func monthDays(n int) int {
	return time.Date(1601+n/12, time.Month(n%12+2), 0, 0, 0, 0, 0, time.UTC).Day()
}
