package tree

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/contentconv/contentconv/diag"
)

// A Duration is a DURATION value (RFC 5545, section 3.3.6). Days are those of the
// calendar, which a change of clocks makes longer or shorter; the time is exact.
// Both have the same sign.
type Duration struct {
	Days int
	Time time.Duration
}

// maxDays bounds a duration; 9999 years are fewer.
const maxDays = 4_000_000

// ParseDuration reads a DURATION. Weeks are seven days each.
//
// QUIRK: letters in lower case; weeks beside other units; units in any order or
// repeated, "P1DT" without a time, and a fraction of a second, which is dropped
// (RFC 5545, 3.3.6, has none of these).
func ParseDuration(s string) (Duration, error) {
	t := strings.ToUpper(strings.TrimSpace(s))
	negative := strings.HasPrefix(t, "-")
	t = strings.TrimPrefix(strings.TrimLeft(t, "+-"), "P")
	if len(strings.TrimSpace(s))-len(t) > 2 || len(t) > 100 || t == "" {
		return Duration{}, noDuration(s)
	}
	days, seconds, inTime, seen := int64(0), int64(0), false, false
	for t != "" {
		if t[0] == 'T' && !inTime {
			inTime, t = true, t[1:]
			continue
		}
		n, unit, rest, ok := durationPart(t)
		if !ok {
			return Duration{}, noDuration(s)
		}
		switch size := units[unit]; {
		case unit == 'W' || unit == 'D':
			days += n * size
		case size > 0 && inTime:
			seconds += n * size
		default:
			return Duration{}, noDuration(s)
		}
		seen, t = true, rest
	}
	if !seen || days > maxDays || seconds > maxDays*86400 {
		return Duration{}, noDuration(s)
	}
	d := Duration{int(days), time.Duration(seconds) * time.Second}
	if negative {
		d = Duration{-d.Days, -d.Time}
	}
	return d, nil
}

func noDuration(s string) error { return fmt.Errorf("%s is no duration", diag.Quote(s)) }

// units are in days for 'W' and 'D', else in seconds.
var units = map[byte]int64{'W': 7, 'D': 1, 'H': 3600, 'M': 60, 'S': 1}

// durationPart reads a number and its unit.
func durationPart(t string) (n int64, unit byte, rest string, ok bool) {
	i := strings.IndexFunc(t, func(r rune) bool { return r < '0' || r > '9' })
	if i < 1 || i > 12 {
		return 0, 0, "", false
	}
	n, err := strconv.ParseInt(t[:i], 10, 64)
	unit, rest = t[i], t[i+1:]
	if unit == '.' {
		rest = strings.TrimLeft(rest, "0123456789")
		if rest == "" || rest[0] != 'S' {
			return 0, 0, "", false
		}
		unit, rest = 'S', rest[1:]
	}
	return n, unit, rest, err == nil
}

// AddTo returns the time d after a time that a clock shows, in the way of RFC
// 5545: the days are added to the date, then instant is asked for the moment, to
// which the exact time is added.
func (d Duration) AddTo(wall time.Time, instant func(wall time.Time) time.Time) time.Time {
	return instant(wall.AddDate(0, 0, d.Days)).Add(d.Time)
}

// Approximate returns d with days of 24 hours.
func (d Duration) Approximate() time.Duration { return time.Duration(d.Days)*24*time.Hour + d.Time }

// FormatDuration returns t, rounded to seconds, as a DURATION in its largest
// units, such as "-PT15M" or "P1DT2H".
func FormatDuration(t time.Duration) string {
	var b strings.Builder
	s := int64(t.Round(time.Second) / time.Second)
	if s < 0 {
		b.WriteByte('-')
		s = -s
	}
	b.WriteByte('P')
	if s >= 86400 {
		fmt.Fprintf(&b, "%dD", s/86400)
		s %= 86400
		if s == 0 {
			return b.String()
		}
	}
	b.WriteByte('T')
	for _, u := range []struct {
		size int64
		name byte
	}{{3600, 'H'}, {60, 'M'}} {
		if s >= u.size {
			fmt.Fprintf(&b, "%d%c", s/u.size, u.name)
			s %= u.size
		}
	}
	if last := b.String(); s > 0 || last[len(last)-1] == 'T' {
		fmt.Fprintf(&b, "%dS", s)
	}
	return b.String()
}
