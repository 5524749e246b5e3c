package tree

import (
	"fmt"
	"strings"
	"time"

	"github.com/contentconv/contentconv/diag"
)

// A Period is a PERIOD value (RFC 5545, section 3.3.9): a start, and an end or a
// duration.
type Period struct {
	Start DateTime
	// End is set unless HasDuration is true.
	End         DateTime
	Duration    Duration
	HasDuration bool
}

// ParsePeriod reads a PERIOD.
func ParsePeriod(s string) (Period, error) {
	a, b, ok := strings.Cut(s, "/")
	start, err := ParseDateTime(a)
	if !ok || err != nil {
		return Period{}, fmt.Errorf("%s is no period", diag.Quote(s))
	}
	if end, err := ParseDateTime(b); err == nil {
		return Period{Start: start, End: end}, nil
	}
	d, err := ParseDuration(b)
	if err != nil || d.Days < 0 || d.Time < 0 {
		return Period{}, fmt.Errorf("%s is no period", diag.Quote(s))
	}
	return Period{Start: start, Duration: d, HasDuration: true}, nil
}

// ParseUTCOffset reads a UTC-OFFSET (RFC 5545, section 3.3.14), such as "-0500" or
// "+013015": the time of the zone less UTC.
//
// QUIRK: blanks around it, a colon between hours and minutes, no sign for a plus,
// hours alone.
func ParseUTCOffset(s string) (time.Duration, error) {
	t := strings.ReplaceAll(strings.TrimSpace(s), ":", "")
	sign := time.Duration(1)
	switch {
	case strings.HasPrefix(t, "-"):
		sign, t = -1, t[1:]
	case strings.HasPrefix(t, "+"):
		t = t[1:]
	}
	if len(t)%2 != 0 || len(t) == 0 || len(t) > 6 {
		return 0, fmt.Errorf("%s is no offset from UTC", diag.Quote(s))
	}
	var part [3]int
	for i := range len(t) / 2 {
		part[i] = digits(t[2*i : 2*i+2])
	}
	if part[0] < 0 || part[0] > 23 || part[1] < 0 || part[1] > 59 || part[2] < 0 || part[2] > 59 {
		return 0, fmt.Errorf("%s is no offset from UTC", diag.Quote(s))
	}
	return sign * (time.Duration(part[0])*time.Hour + time.Duration(part[1])*time.Minute + time.Duration(part[2])*time.Second), nil
}

// FormatUTCOffset returns an offset as a UTC-OFFSET; seconds stand there only if
// there are any.
func FormatUTCOffset(d time.Duration) string {
	sign := '+'
	s := int64(d / time.Second)
	if s < 0 {
		sign, s = '-', -s
	}
	if s%60 != 0 {
		return fmt.Sprintf("%c%02d%02d%02d", sign, s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%c%02d%02d", sign, s/3600, s/60%60)
}
