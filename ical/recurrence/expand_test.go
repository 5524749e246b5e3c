package recurrence_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	rrule "github.com/teambition/rrule-go"

	"github.com/contentconv/contentconv/ical/recurrence"
	"github.com/contentconv/contentconv/internal/walltime"
)

// generated is one rule of chance that a pattern holds exactly.
func generated(r *rand.Rand) string {
	names := []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}
	days := func(n int) string {
		var out []string
		for _, i := range r.Perm(7)[:n] {
			out = append(out, names[i])
		}
		return strings.Join(out, ",")
	}
	position := func() int { return []int{1, 2, 3, 4, -1}[r.IntN(5)] }
	monthDay := func() int { return []int{-1, 1 + r.IntN(28)}[r.IntN(2)] }
	interval := func(max int) string {
		if r.IntN(2) == 0 {
			return ""
		}
		return fmt.Sprintf(";INTERVAL=%d", 1+r.IntN(max))
	}
	switch r.IntN(11) {
	case 0:
		return "FREQ=DAILY" + interval(999)
	case 1:
		return "FREQ=DAILY;BYDAY=" + days(1+r.IntN(7))
	case 2:
		return "FREQ=WEEKLY" + interval(20)
	case 3:
		return "FREQ=WEEKLY;BYDAY=" + days(1+r.IntN(7)) + ";WKST=" + names[r.IntN(7)] + interval(9)
	case 4:
		return "FREQ=WEEKLY;BYDAY=" + days(1+r.IntN(7)) + interval(9)
	case 5:
		return fmt.Sprintf("FREQ=MONTHLY;BYMONTHDAY=%d", monthDay()) + interval(30)
	case 6:
		return fmt.Sprintf("FREQ=MONTHLY;BYDAY=%d%s", position(), days(1)) + interval(30)
	case 7:
		return fmt.Sprintf("FREQ=MONTHLY;BYDAY=%s;BYSETPOS=%d", days(1+r.IntN(7)), position()) + interval(30)
	case 8:
		return "FREQ=MONTHLY;BYDAY=" + days(1+r.IntN(3))
	case 9:
		return fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYMONTHDAY=%d", 1+r.IntN(12), monthDay()) + interval(8)
	}
	return fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYDAY=%s;BYSETPOS=%d", 1+r.IntN(12), days(1+r.IntN(7)), position()) + interval(8)
}

// expand lists what rrule-go makes of a rule, in the clock's time or in a zone.
func expand(t *testing.T, text string, start time.Time, n int) []time.Time {
	t.Helper()
	o, err := rrule.StrToROption(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	o.Dtstart = start
	rr, err := rrule.NewRRule(*o)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	var out []time.Time
	for next := rr.Iterator(); len(out) < n; {
		v, ok := next()
		if !ok {
			break
		}
		out = append(out, v)
	}
	return out
}

var zones = []string{"UTC", "Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata",
	"America/Santiago", "Pacific/Chatham", "Europe/Dublin", "Africa/Casablanca", "Pacific/Apia"}

// For thousands of rules the blob's occurrences are those of the rule, by another
// implementation: on the clock and as instants, over changes of clocks, with a
// count, an end or none, with excluded dates, and again by the rule that comes back.
func TestICAL_IN_125_OccurrencesEqualTheRules(t *testing.T) {
	const rules, listed = 4000, 40
	r := rand.New(rand.NewPCG(1, 2))
	var locations []*time.Location
	for _, name := range zones {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		locations = append(locations, loc)
	}
	for i := range rules {
		text, loc := generated(r), locations[i%len(locations)]
		from := time.Date(1990+r.IntN(50), time.Month(1+r.IntN(12)), 1+r.IntN(28), r.IntN(24), 15*r.IntN(4), 0, 0, time.UTC)
		start := expand(t, text, from, 1)[0]
		switch r.IntN(3) {
		case 0:
			text += fmt.Sprintf(";COUNT=%d", 1+r.IntN(60))
		case 1:
			until := walltime.Instant(start.AddDate(0, 0, r.IntN(3000)), loc)
			text += ";UNTIL=" + until.Format("20060102T150405Z")
		}
		if s, err := recurrence.ParseRule(text); err == nil && s.Until != nil && s.Until.Wall.Before(walltime.Instant(start, loc)) {
			continue // the start is in a gap
		}
		checkSeries(t, r, text, start, loc, listed)
		if t.Failed() {
			return
		}
	}
}

func checkSeries(t *testing.T, r *rand.Rand, text string, start time.Time, loc *time.Location, listed int) {
	t.Helper()
	wall := text
	if rule := rule(t, text); rule.Until != nil {
		// The other implementation gets the end by the clock, too.
		end := walltime.Of(rule.Until.Wall, loc).Format("20060102T150405Z")
		wall = strings.Replace(text, rule.Until.String(), end, 1)
	}
	want := expand(t, wall, start, listed)
	s := &recurrence.Series{Rule: rule(t, text), Start: start, Duration: time.Hour, Location: loc}
	kept := want[:0:0]
	for _, v := range want {
		if r.IntN(5) == 0 {
			s.Excluded = append(s.Excluded, v)
		} else {
			kept = append(kept, v)
		}
	}
	p, err := s.Pattern()
	if err != nil {
		t.Errorf("%s from %v: %v", text, start, err)
		return
	}
	blob, err := p.Encode(0)
	if err != nil {
		t.Errorf("%s: %v", text, err)
		return
	}
	if p, err = recurrence.Decode(blob, 0); err != nil {
		t.Errorf("%s: %v", text, err)
		return
	}
	got := wallTimes(t, p, len(kept))
	if !slices.EqualFunc(kept, got, time.Time.Equal) {
		t.Errorf("%s from %v in %v without %v:\nrule %v\nblob %v", text, start, loc, s.Excluded, kept, got)
	}
	checkInstants(t, loc, want)
	back, err := p.Rule(&recurrence.RuleOptions{Location: loc})
	if err != nil {
		t.Errorf("%s: %v", text, err)
		return
	}
	again := &recurrence.Series{Rule: back, Start: start, Duration: time.Hour, Location: loc, Excluded: s.Excluded}
	q, err := again.Pattern()
	if err != nil || !slices.EqualFunc(kept, wallTimes(t, q, len(kept)), time.Time.Equal) {
		t.Errorf("%s comes back as %v: %v", text, back, err)
	}
}

// wallTimes lists at most n occurrences, and one more than n if n is not reached.
func wallTimes(t *testing.T, p *recurrence.AppointmentPattern, n int) []time.Time {
	t.Helper()
	seq, err := p.Occurrences()
	if err != nil {
		t.Fatal(err)
	}
	var out []time.Time
	for o := range seq {
		if len(out) == n {
			break
		}
		out = append(out, o.Start.Time())
	}
	return out
}

// checkInstants compares with package time's opinion, where the clock shows the time.
func checkInstants(t *testing.T, loc *time.Location, walls []time.Time) {
	t.Helper()
	for _, wall := range walls {
		y, m, d := wall.Date()
		got, want := walltime.Instant(wall, loc), time.Date(y, m, d, wall.Hour(), wall.Minute(), 0, 0, loc)
		if !walltime.Of(want, loc).Equal(wall) {
			continue // the clock skips it
		}
		twice := got.Before(want) && walltime.Of(got, loc).Equal(wall)
		if !got.Equal(want) && !twice {
			t.Errorf("%v in %v is %v; want %v", wall, loc, got, want.UTC())
		}
	}
}
