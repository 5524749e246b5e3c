package recurrence

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical/tree"
)

// A Rule is an RRULE (RFC 5545, section 3.3.10), every part of it.
type Rule struct {
	// Freq is the frequency in upper case.
	Freq string
	// Interval is at least 1 for a rule without the part.
	Interval int
	// Count is 0 without the part; HasCount tells that from COUNT=0.
	Count    int
	HasCount bool
	Until    *tree.DateTime

	BySecond, ByMinute, ByHour, ByMonthDay, ByYearDay, ByWeekNo, ByMonth, BySetPos []int
	ByDay                                                                          []Day
	// WeekStart counts if HasWeekStart is true.
	WeekStart    time.Weekday
	HasWeekStart bool
	// RScale and Skip are the parts of RFC 7529.
	RScale, Skip string
}

// A Day is an item of BYDAY: a weekday, with its number in the month or year, or 0.
type Day struct {
	Weekday time.Weekday
	N       int
}

var dayNames = [...]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

// maxValues bounds the values of one part.
const maxValues = 400

// ParseRule reads the value of an RRULE. Letters may be in any case. The error is an
// *[UnsupportedError] with [ReasonSyntax].
//
// QUIRK: blanks, and a semicolon at the end (RFC 5545, 3.3.10, has neither).
func ParseRule(s string) (*Rule, error) {
	r := &Rule{Interval: 1}
	seen := make([]string, 0, 16) // at most one of each part
	for part := range strings.SplitSeq(s, ";") {
		if part = strings.ToUpper(strings.TrimSpace(part)); part == "" {
			continue
		}
		name, value, ok := strings.Cut(part, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if !ok || value == "" || slices.Contains(seen, name) {
			return nil, unsupported(ReasonSyntax, diag.Quote(part))
		}
		if err := r.part(name, value); err != nil {
			return nil, unsupported(ReasonSyntax, err.Error())
		}
		seen = append(seen, name)
	}
	if r.Freq == "" {
		return nil, unsupported(ReasonSyntax, "no FREQ in "+diag.Quote(s))
	}
	return r, nil
}

func (r *Rule) part(name, value string) (err error) {
	switch name {
	case "FREQ":
		r.Freq = value
	case "INTERVAL":
		r.Interval, err = number(value)
	case "COUNT":
		r.HasCount = true
		r.Count, err = number(value)
	case "UNTIL":
		var t tree.DateTime
		t, err = tree.ParseDateTime(value)
		r.Until = &t
	case "WKST":
		r.HasWeekStart = true
		r.WeekStart, err = weekday(value)
	case "BYDAY":
		r.ByDay, err = days(value)
	case "RSCALE":
		r.RScale = value
	case "SKIP":
		r.Skip = value
	default:
		list := r.list(name)
		if list == nil {
			return fmt.Errorf("unknown part %s", diag.Quote(name))
		}
		*list, err = numbers(value)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// list returns where the numbers of a part stand, or nil.
func (r *Rule) list(name string) *[]int {
	for i, n := range listNames {
		if n == name {
			return r.lists()[i]
		}
	}
	return nil
}

var listNames = [...]string{"BYSECOND", "BYMINUTE", "BYHOUR", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS"}

// lists returns the numbers of each of listNames.
func (r *Rule) lists() [len(listNames)]*[]int {
	return [...]*[]int{&r.BySecond, &r.ByMinute, &r.ByHour, &r.ByMonthDay, &r.ByYearDay, &r.ByWeekNo, &r.ByMonth, &r.BySetPos}
}

func number(s string) (int, error) {
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil {
		return 0, fmt.Errorf("%s is no number", diag.Quote(s))
	}
	return int(n), nil
}

func numbers(s string) ([]int, error) {
	var out []int
	for item := range strings.SplitSeq(s, ",") {
		n, err := number(strings.TrimSpace(item))
		if err != nil || len(out) == maxValues {
			return nil, fmt.Errorf("%s is no list of at most %d numbers", diag.Quote(s), maxValues)
		}
		out = append(out, n)
	}
	return out, nil
}

func weekday(s string) (time.Weekday, error) {
	for i, name := range dayNames {
		if s == name {
			return time.Weekday(i), nil
		}
	}
	return 0, fmt.Errorf("%s is no weekday", diag.Quote(s))
}

func days(s string) ([]Day, error) {
	var out []Day
	for item := range strings.SplitSeq(s, ",") {
		item = strings.TrimSpace(item)
		if len(item) < 2 || len(out) == maxValues {
			return nil, fmt.Errorf("%s is no list of at most %d weekdays", diag.Quote(s), maxValues)
		}
		d, err := weekday(item[len(item)-2:])
		if err != nil {
			return nil, err
		}
		n := 0
		if num := strings.TrimSpace(item[:len(item)-2]); num != "" {
			if n, err = number(num); err != nil || n == 0 {
				return nil, fmt.Errorf("%s is no weekday", diag.Quote(item))
			}
		}
		out = append(out, Day{d, n})
	}
	return out, nil
}

// String returns the rule as the value of an RRULE.
func (r *Rule) String() string {
	var b strings.Builder
	if r.RScale != "" {
		b.WriteString("RSCALE=" + r.RScale + ";")
	}
	b.WriteString("FREQ=" + r.Freq)
	if r.HasCount || r.Count > 0 {
		fmt.Fprintf(&b, ";COUNT=%d", r.Count)
	}
	if r.Until != nil {
		b.WriteString(";UNTIL=" + r.Until.String())
	}
	if r.Interval != 1 {
		fmt.Fprintf(&b, ";INTERVAL=%d", r.Interval)
	}
	if len(r.ByDay) > 0 {
		b.WriteString(";BYDAY=")
		for i, d := range r.ByDay {
			if i > 0 {
				b.WriteByte(',')
			}
			if d.N != 0 {
				b.WriteString(strconv.Itoa(d.N))
			}
			b.WriteString(dayNames[d.Weekday])
		}
	}
	for part, values := range r.lists() {
		for i, n := range *values {
			if i == 0 {
				b.WriteString(";" + listNames[part] + "=")
			} else {
				b.WriteByte(',')
			}
			b.WriteString(strconv.Itoa(n))
		}
	}
	if r.HasWeekStart {
		b.WriteString(";WKST=" + dayNames[r.WeekStart])
	}
	if r.Skip != "" {
		b.WriteString(";SKIP=" + r.Skip)
	}
	return b.String()
}
