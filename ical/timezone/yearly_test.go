package timezone

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/internal/walltime"
)

// twoRules returns a VTIMEZONE of two rules.
func twoRules(standard, daylight string) string {
	return "BEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\n" + standard + "\nEND:STANDARD\nBEGIN:DAYLIGHT\n" + daylight + "\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
}

const (
	october = "DTSTART:19701025T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
	march   = "DTSTART:19700329T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
)

func parsed(t *testing.T, vtimezone string) *Zone {
	t.Helper()
	s, err := tree.Parse([]byte(vtimezone), nil)
	if err != nil {
		t.Fatal(err)
	}
	z, err := ParseComponent(s.Components[0])
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// agrees compares what a zone says of a moment with what its location says.
func agrees(t *testing.T, z *Zone, at time.Time) {
	t.Helper()
	if got, want := z.Wall(at), walltime.Of(at, z.Location()); !got.Equal(want) {
		t.Errorf("at %v the clock of %v shows %v; want %v", at, z.observances, got, want)
	}
	if got, want := z.Instant(at), walltime.Instant(at, z.Location()); !got.Equal(want) {
		t.Errorf("the clock of %v shows %v at %v; want %v", z.observances, at, got, want)
	}
}

// A zone says of every moment what its location says, most of all about the changes.
func TestYearlyClock(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for name, zone := range map[string]string{
		"northern":               twoRules(october+"RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", march+"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
		"southern":               twoRules("DTSTART:16010401T030000\nTZOFFSETFROM:+1100\nTZOFFSETTO:+1000\nRRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU", "DTSTART:16011001T020000\nTZOFFSETFROM:+1000\nTZOFFSETTO:+1100\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1SU"),
		"days of the month":      twoRules(october+"RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=28", march+"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28"),
		"seven days":             twoRules(october+"RRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=SA;BYMONTHDAY=24,25,26,27,28,29,30", march+"RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=TU;BYMONTHDAY=8,9,10,11,12,13,14"),
		"begins with summer":     twoRules("DTSTART:19701025T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "DTSTART:19800329T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
		"far from UTC":           twoRules("DTSTART:19701025T235959\nTZOFFSETFROM:-2300\nTZOFFSETTO:+2359\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=-1SU", "DTSTART:19700329T000000\nTZOFFSETFROM:+2359\nTZOFFSETTO:-2300\nRRULE:FREQ=YEARLY;BYMONTH=2;BYDAY=1SU"),
		"summer is behind":       twoRules(october+"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", march+"RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
		"the months of DTSTARTs": twoRules(october+"RRULE:FREQ=YEARLY;BYDAY=4SU", march+"RRULE:FREQ=YEARLY;BYDAY=1WE"),
	} {
		t.Run(name, func(t *testing.T) {
			z := parsed(t, zone)
			if z.yearly == nil {
				t.Fatal("it is not told by two dates")
			}
			for range 2000 {
				agrees(t, z, time.Unix(r.Int64N(20_000_000_000)-4_000_000_000, 0))
			}
			for year := 1898; year < 2110; year++ {
				for _, c := range []*yearlyChange{&z.yearly.first, &z.yearly.second} {
					for _, seconds := range []int64{-1, 0, 1, int64(r.IntN(7200)), c.to, c.to - 1, z.yearly.first.to, z.yearly.second.to - 1} {
						agrees(t, z, time.Unix(c.in(year)+seconds, 0))
					}
				}
			}
		})
	}
}

// What two dates can't say exactly is left to the list of the changes.
func TestNoYearlyClock(t *testing.T) {
	last := "RRULE:FREQ=YEARLY;BYMONTH=%d;BYDAY=-1SU%s"
	for name, zone := range map[string]string{
		"a rule with an end":      twoRules(october+fmt.Sprintf(last, 10, ";UNTIL=20300101T000000Z"), march+fmt.Sprintf(last, 3, "")),
		"a count":                 twoRules(october+fmt.Sprintf(last, 10, ""), march+fmt.Sprintf(last, 3, ";COUNT=50")),
		"a date beside the rule":  twoRules(october+fmt.Sprintf(last, 10, "\nRDATE:20260601T000000"), march+fmt.Sprintf(last, 3, "")),
		"no rule":                 twoRules(october, march),
		"January":                 twoRules(october+fmt.Sprintf(last, 10, ""), march+fmt.Sprintf(last, 1, "")),
		"December":                twoRules(october+fmt.Sprintf(last, 12, ""), march+fmt.Sprintf(last, 3, "")),
		"months beside another":   twoRules(october+fmt.Sprintf(last, 4, ""), march+fmt.Sprintf(last, 3, "")),
		"a day of some years":     twoRules(october+"RRULE:FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=31", march+"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
		"several days":            twoRules(october+fmt.Sprintf(last, 10, ",1SU"), march+fmt.Sprintf(last, 3, "")),
		"offsets that don't meet": twoRules("DTSTART:19701025T030000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0100\n"+fmt.Sprintf(last, 10, ""), march+fmt.Sprintf(last, 3, "")),
	} {
		t.Run(name, func(t *testing.T) {
			z := parsed(t, zone)
			if z.yearly != nil {
				t.Error("it is told by two dates")
			}
			agrees(t, z, time.Unix(1_800_000_000, 0))
		})
	}
}

// The zone of a rule says what its location says; most rules need no location for that.
func TestRuleZone(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	date := func() SystemTime {
		s := SystemTime{Month: uint16(r.IntN(14)), DayOfWeek: uint16(r.IntN(7)), Day: uint16(r.IntN(6)), Hour: uint16(r.IntN(24))}
		if r.IntN(4) == 0 {
			s.Hour, s.Minute, s.Second, s.Milliseconds = 23, 59, 59, 999
		}
		if r.IntN(4) == 0 {
			s.Year, s.Day = 1, uint16(1+r.IntN(31))
		}
		return s
	}
	fast := 0
	for range 300 {
		rule := Rule{Bias: int32(r.IntN(1500) - 750), DaylightBias: int32(r.IntN(1300) - 650), StandardDate: date(), DaylightDate: date()}
		z, err := rule.Zone("x")
		if err != nil {
			t.Fatal(err)
		}
		if z.yearly != nil {
			fast++
			for range 20 {
				year := 1890 + r.IntN(300)
				agrees(t, z, time.Unix(z.yearly.first.in(year)+int64(r.IntN(9)-4)*1800, 0))
				agrees(t, z, time.Unix(z.yearly.second.in(year)+int64(r.IntN(9)-4)*1800, 0))
			}
		}
		for range 40 {
			agrees(t, z, time.Unix(r.Int64N(20_000_000_000)-4_000_000_000, 0))
		}
		if t.Failed() {
			t.Fatalf("%+v", rule)
		}
	}
	if fast < 50 || fast > 290 {
		t.Errorf("%d of 300 rules need no location", fast)
	}
	if _, err := (Rule{Bias: 2000}).Zone("x"); err == nil {
		t.Error("a day and more from UTC is a zone")
	}
}
