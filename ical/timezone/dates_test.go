package timezone

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/ical/recurrence"
)

// named is one day of a rule as RFC 5545 says it, by a look at every day.
func named(r *recurrence.Rule, start, day time.Time) bool {
	length := day.AddDate(0, 1, -day.Day()).Day()
	d := day.Day()
	if len(r.ByMonth) == 0 && day.Month() != start.Month() || len(r.ByMonth) > 0 && !slices.Contains(r.ByMonth, int(day.Month())) {
		return false
	}
	if len(r.ByMonthDay) > 0 && !slices.Contains(r.ByMonthDay, d) && !slices.Contains(r.ByMonthDay, d-length-1) {
		return false
	}
	if len(r.ByDay) > 0 {
		return slices.ContainsFunc(r.ByDay, func(w recurrence.Day) bool {
			return w.Weekday == day.Weekday() && (w.N == 0 || w.N == (d-1)/7+1 || w.N == -((length-d)/7+1))
		})
	}
	return len(r.ByMonthDay) > 0 || d == start.Day()
}

// randomRule returns a rule of a zone.
func randomRule(r *rand.Rand) string {
	one := func(list ...string) string { return list[r.IntN(len(list))] }
	return "FREQ=YEARLY" + one("", ";BYMONTH=2", ";BYMONTH=10", ";BYMONTH=1,12,4,4") +
		one("", ";BYMONTHDAY=31", ";BYMONTHDAY=-1,-31,40,-40", ";BYMONTHDAY=8,9,10,11,12,13,14", fmt.Sprintf(";BYMONTHDAY=%d", r.IntN(71)-35)) +
		one("", ";BYDAY=-1SU", ";BYDAY=SU", ";BYDAY=2MO,-2MO,FR", fmt.Sprintf(";BYDAY=%dTH", 1+r.IntN(7)), ";BYDAY=5SA,6SA,-5SA,-6SU") +
		one("", "", fmt.Sprintf(";COUNT=%d", 1+r.IntN(90))) +
		one("", "", ";UNTIL=20100328T010000Z", ";UNTIL=20100328", ";UNTIL=20100328T020000")
}

func randomObservance(t *testing.T, r *rand.Rand) observance {
	t.Helper()
	o := observance{from: time.Hour, to: 2 * time.Hour,
		start: time.Date(1880+r.IntN(150), time.Month(1+r.IntN(12)), 1+r.IntN(31), r.IntN(24), 30, 0, 0, time.UTC)}
	if err := o.setRule(randomRule(r)); err != nil {
		t.Fatal(err)
	}
	return o
}

// onsets lists the onsets of an observance up to a year, day by day.
func onsets(o *observance, last int) (out []int64) {
	n := 0
	for day := time.Date(o.firstYear(), 1, 1, 0, 0, 0, 0, time.UTC); day.Year() <= last; day = day.AddDate(0, 0, 1) {
		wall := day.Add(o.start.Sub(o.start.Truncate(24 * time.Hour)))
		if !named(o.rule, o.start, day) || wall.Before(o.start) {
			continue
		}
		at := wall.Add(-o.from)
		if u := o.rule.Until; u != nil {
			until := u.Wall
			switch {
			case u.IsDate:
				until = until.Add(24*time.Hour - time.Second - o.from)
			case !u.UTC:
				until = until.Add(-o.from)
			}
			if at.After(until) {
				break
			}
		}
		if n++; o.rule.HasCount && n > o.rule.Count {
			break
		}
		out = append(out, at.Unix())
	}
	return out
}

// The dates of a rule, with its COUNT and UNTIL, are those found by a look at every day.
func TestOnsets(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		o := randomObservance(t, r)
		const last = 2045
		var got []int64
		for _, c := range o.changes(nil, last, false) {
			if c.offset != o.to {
				t.Fatalf("%v: an onset of %v", o.rule, c.offset)
			}
			got = append(got, c.at)
		}
		if diff := cmp.Diff(onsets(&o, last), got); diff != "" {
			t.Fatalf("%v from %v (-want +got):\n%s", o.rule, o.start, diff)
		}
	}
}

// An observance is over where none of its onsets is within the year before.
func TestOver(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	seen := make(map[bool]int)
	for range 100 {
		o := randomObservance(t, r)
		wall := time.Date(1900+r.IntN(160), time.Month(1+r.IntN(12)), 1+r.IntN(28), r.IntN(24), 0, 0, 0, time.UTC)
		list := onsets(&o, wall.Year()+1)
		recent := slices.ContainsFunc(list, func(at int64) bool { return at > wall.Add(-withinYear).Unix() })
		want := (o.rule.HasCount || o.rule.Until != nil) && !wall.Before(o.start) && !recent
		if got := o.over(wall); got != want {
			t.Fatalf("%v from %v at %v: %t", o.rule, o.start, wall, got)
		}
		seen[want]++
	}
	if seen[true] < 10 || seen[false] < 10 {
		t.Errorf("%v: too few cases", seen)
	}
}

// A day's number is that of package time.
func TestDayNumber(t *testing.T) {
	for year := 1; year < 2500; year++ {
		for month := 1; month <= 13; month++ {
			first := time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
			if n := dayNumber(year, month); n*secondsPerDay != first.Unix() || weekdayOf(n) != first.Weekday() {
				t.Fatalf("%v is day %d, a %v", first, n, weekdayOf(n))
			}
		}
		if n := dayNumber(year+1, 1) - dayNumber(year, 1); n != daysIn(year) {
			t.Fatalf("%d has %d days", year, n)
		}
	}
}
