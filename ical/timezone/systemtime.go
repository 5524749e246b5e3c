package timezone

import (
	"encoding/binary"
	"time"
)

// A SystemTime is a SYSTEMTIME as zones use it: when in a year the clock changes,
// by the clock that is in force before.
//
// With Year 0, Day is which DayOfWeek of the month it is, 5 meaning the last one. With
// another Year, Day is the day of the month; [MS-OXCICAL] writes 1 for a date of
// every year.
type SystemTime struct {
	Year, Month, DayOfWeek, Day, Hour, Minute, Second, Milliseconds uint16
}

func (s *SystemTime) fields() [8]*uint16 {
	return [8]*uint16{&s.Year, &s.Month, &s.DayOfWeek, &s.Day, &s.Hour, &s.Minute, &s.Second, &s.Milliseconds}
}

func decodeSystemTime(b []byte) (s SystemTime) {
	for i, f := range s.fields() {
		*f = binary.LittleEndian.Uint16(b[2*i:])
	}
	return s
}

func (s SystemTime) append(b []byte) []byte {
	for _, f := range s.fields() {
		b = binary.LittleEndian.AppendUint16(b, *f)
	}
	return b
}

// valid reports whether s says when the clock changes.
func (s SystemTime) valid() bool {
	if s.Month < 1 || s.Month > 12 || s.Hour > 23 || s.Minute > 59 || s.Second > 59 {
		return false
	}
	if s.Year == 0 {
		return s.DayOfWeek <= 6 && s.Day >= 1 && s.Day <= 5
	}
	return s.Day >= 1 && s.Day <= 31
}

// clock returns the time of day. QUIRK: Windows has 23:59:59.999 for the end of the
// day, which its SYSTEMTIME can't say.
func (s SystemTime) clock() time.Duration {
	d := time.Duration(s.Hour)*time.Hour + time.Duration(s.Minute)*time.Minute + time.Duration(s.Second)*time.Second
	if s.Milliseconds > 0 {
		d += time.Second
	}
	return d
}

// in returns when the clock changes in a year, by the clock.
func (s SystemTime) in(year int) time.Time {
	day := int(s.Day)
	if s.Year == 0 {
		day = nthWeekday(year, time.Month(s.Month), time.Weekday(s.DayOfWeek), int(s.Day))
	} else if last := time.Date(year, time.Month(s.Month)+1, 0, 0, 0, 0, 0, time.UTC).Day(); day > last {
		day = last
	}
	return time.Date(year, time.Month(s.Month), day, 0, 0, 0, 0, time.UTC).Add(s.clock())
}

// nthWeekday returns the day of the month of its n-th such weekday; 5, or -1, is the
// last one.
func nthWeekday(year int, month time.Month, weekday time.Weekday, n int) int {
	if n == 5 || n == -1 {
		last := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC)
		return last.Day() - int(last.Weekday()-weekday+7)%7
	}
	first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC).Weekday()
	return 1 + int(weekday-first+7)%7 + (n-1)*7
}
