package tree

import (
	"fmt"
	"strings"
	"time"

	"github.com/contentconv/contentconv/diag"
)

// A DateTime is a DATE or DATE-TIME value (RFC 5545, sections 3.3.4 and 3.3.5).
type DateTime struct {
	// Wall is what the clock shows, as a time in UTC whatever the zone is.
	Wall time.Time
	// IsDate says that the value is a date without a time.
	IsDate bool
	// UTC says that the value ends in "Z". A date-time without it is in the zone
	// of its TZID parameter, or floats.
	UTC bool
}

// ParseDateTime reads a DATE or DATE-TIME, whichever the shape of the value says;
// the VALUE parameter doesn't count. A second of 60 is read as 59. Dates that are
// in no calendar are errors.
//
// QUIRK: blanks around the value and letters in lower case; a time without
// seconds (RFC 5545, 3.3.12, has none of these).
func ParseDateTime(s string) (DateTime, error) {
	t := strings.ToUpper(strings.TrimSpace(s))
	if len(t) < 8 {
		return DateTime{}, noDateTime(s)
	}
	year, month, day := digits(t[:4]), digits(t[4:6]), digits(t[6:8])
	if year < 0 || month < 1 || month > 12 || day < 1 {
		return DateTime{}, noDateTime(s)
	}
	d := DateTime{IsDate: len(t) == 8}
	var clock [3]int
	if !d.IsDate {
		if t[8] != 'T' {
			return DateTime{}, noDateTime(s)
		}
		t, d.UTC = strings.CutSuffix(t[9:], "Z")
		if !parseClock(t, &clock) {
			return DateTime{}, noDateTime(s)
		}
	}
	d.Wall = time.Date(year, time.Month(month), day, clock[0], clock[1], clock[2], 0, time.UTC)
	if d.Wall.Day() != day || d.Wall.Month() != time.Month(month) {
		return DateTime{}, noDateTime(s)
	}
	return d, nil
}

func noDateTime(s string) error { return fmt.Errorf("%s is no date or date-time", diag.Quote(s)) }

// parseClock reads HHMMSS or HHMM.
func parseClock(s string, clock *[3]int) bool {
	if len(s) != 4 && len(s) != 6 {
		return false
	}
	for i := 0; i < len(s)/2; i++ {
		clock[i] = digits(s[2*i : 2*i+2])
	}
	if clock[2] == 60 {
		clock[2] = 59
	}
	return clock[0] >= 0 && clock[0] < 24 && clock[1] >= 0 && clock[1] < 60 && clock[2] >= 0 && clock[2] < 60
}

// digits returns the number that s, of at most nine digits, is; or -1.
func digits(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// String returns the value as it is written.
func (d DateTime) String() string {
	switch {
	case d.IsDate:
		return d.Wall.Format("20060102")
	case d.UTC:
		return d.Wall.Format("20060102T150405Z")
	}
	return d.Wall.Format("20060102T150405")
}

// FormatUTC returns the instant t as a DATE-TIME in UTC.
func FormatUTC(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// FormatLocal returns what the clock of t shows as a DATE-TIME without a zone.
func FormatLocal(t time.Time) string { return t.Format("20060102T150405") }

// FormatDate returns the day of t as a DATE.
func FormatDate(t time.Time) string { return t.Format("20060102") }
