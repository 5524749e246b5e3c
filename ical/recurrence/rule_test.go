package recurrence_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/contentconv/contentconv/ical/recurrence"
)

func series(t *testing.T, start, text string) *recurrence.Series {
	t.Helper()
	return &recurrence.Series{Rule: rule(t, text), Start: at(t, start), Duration: time.Hour}
}

// specific is what a rule decides of a pattern.
type specific struct {
	Freq       recurrence.Frequency
	Type       recurrence.PatternType
	Period     uint32
	Days       recurrence.DayMask
	Day, Nth   uint32
	FirstDOW   uint32
	Approximae bool
}

func TestRuleToPattern(t *testing.T) {
	const (
		su = 1 << iota
		mo
		tu
		we
		th
		fr
		sa
	)
	for _, c := range []struct {
		name, start, rule string
		want              specific
	}{
		{"daily", "2026-11-23", "FREQ=DAILY", specific{Freq: recurrence.Daily, Period: 1440}},
		{"every 999 days", "2026-11-23", "FREQ=DAILY;INTERVAL=999", specific{Freq: recurrence.Daily, Period: 999 * 1440}},
		{"ICAL-FALLBACK-020 weekdays as a daily rule are a weekly one", "2026-11-23", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
			specific{Freq: recurrence.Weekly, Type: 1, Period: 1, Days: recurrence.WorkDays}},
		{"ICAL-IN-115 weekly on the day of the start", "2026-11-25", "FREQ=WEEKLY", specific{Freq: recurrence.Weekly, Type: 1, Period: 1, Days: we}},
		{"weekly on some days", "2026-11-25", "freq=weekly;byday=we,sa", specific{Freq: recurrence.Weekly, Type: 1, Period: 1, Days: we | sa}},
		{"every second week begins on Monday", "2026-11-25", "FREQ=WEEKLY;INTERVAL=2", specific{Freq: recurrence.Weekly, Type: 1, Period: 2, Days: we, FirstDOW: 1}},
		{"every second week from Sunday", "2026-11-25", "FREQ=WEEKLY;INTERVAL=2;WKST=SU", specific{Freq: recurrence.Weekly, Type: 1, Period: 2, Days: we}},
		{"ICAL-IN-115 monthly on the day of the start", "2026-11-25", "FREQ=MONTHLY", specific{Freq: recurrence.Monthly, Type: 2, Period: 1, Day: 25}},
		{"last day of the month", "2026-11-30", "FREQ=MONTHLY;BYMONTHDAY=-1", specific{Freq: recurrence.Monthly, Type: 2, Period: 1, Day: 31}},
		{"the 31st", "2026-12-31", "FREQ=MONTHLY;BYMONTHDAY=31", specific{Freq: recurrence.Monthly, Type: 2, Period: 1, Day: 31, Approximae: true}},
		{"the 31st where there always is one", "2026-01-31", "FREQ=MONTHLY;INTERVAL=6", specific{Freq: recurrence.Monthly, Type: 2, Period: 6, Day: 31}},
		{"the 30th or the last", "2026-11-30", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", specific{Freq: recurrence.Monthly, Type: 2, Period: 1, Day: 30}},
		{"the 29th or the last", "2026-11-29", "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1", specific{Freq: recurrence.Monthly, Type: 2, Period: 1, Day: 29}},
		{"ICAL-IN-114 last Friday by number", "2026-11-27", "FREQ=MONTHLY;BYDAY=-1FR", specific{Freq: recurrence.Monthly, Type: 3, Period: 1, Days: fr, Nth: 5}},
		{"ICAL-IN-114 last Friday by position", "2026-11-27", "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1", specific{Freq: recurrence.Monthly, Type: 3, Period: 1, Days: fr, Nth: 5}},
		{"second weekend day", "2026-11-07", "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=2", specific{Freq: recurrence.Monthly, Type: 3, Period: 1, Days: sa | su, Nth: 2}},
		{"last day by position", "2026-11-30", "FREQ=MONTHLY;BYDAY=SU,MO,TU,WE,TH,FR,SA;BYSETPOS=-1", specific{Freq: recurrence.Monthly, Type: 3, Period: 1, Days: 0x7F, Nth: 5}},
		{"every Monday of the month", "2026-11-23", "FREQ=MONTHLY;BYDAY=MO,TU", specific{Freq: recurrence.Weekly, Type: 1, Period: 1, Days: mo | tu}},
		{"ICAL-IN-113 yearly", "2026-11-23", "FREQ=YEARLY", specific{Freq: recurrence.Yearly, Type: 2, Period: 12, Day: 23}},
		{"ICAL-IN-113 every third year", "2026-11-23", "FREQ=YEARLY;INTERVAL=3", specific{Freq: recurrence.Monthly, Type: 2, Period: 36, Day: 23}},
		{"ICAL-IN-115 yearly without a month", "2026-11-23", "FREQ=YEARLY;BYMONTHDAY=23", specific{Freq: recurrence.Yearly, Type: 2, Period: 12, Day: 23, Approximae: true}},
		{"yearly with a month", "2026-11-23", "FREQ=YEARLY;BYMONTHDAY=23;BYMONTH=11", specific{Freq: recurrence.Yearly, Type: 2, Period: 12, Day: 23}},
		{"leap day", "2028-02-29", "FREQ=YEARLY", specific{Freq: recurrence.Yearly, Type: 2, Period: 12, Day: 29, Approximae: true}},
		{"third Thursday of November", "2026-11-19", "FREQ=YEARLY;BYDAY=3TH;BYMONTH=11", specific{Freq: recurrence.Yearly, Type: 3, Period: 12, Days: th, Nth: 3}},
		{"hour and minute of the start", "2026-11-23 09:30", "FREQ=DAILY;BYHOUR=9;BYMINUTE=30;BYSECOND=0", specific{Freq: recurrence.Daily, Period: 1440}},
		{"parts that change nothing", "2026-11-23", "RSCALE=GREGORIAN;FREQ=DAILY;SKIP=OMIT;WKST=MO;", specific{Freq: recurrence.Daily, Period: 1440, FirstDOW: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := series(t, c.start, c.rule).Pattern()
			if err != nil {
				t.Fatal(err)
			}
			got := specific{p.RecurFrequency, p.PatternType, p.Period, p.Days, p.Day, p.Nth, p.FirstDOW, p.Approximate}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestRuleUnsupported(t *testing.T) {
	const start = "2026-11-23 09:00:30" // a Monday
	for _, c := range []struct {
		name, rule string
		want       recurrence.Reason
	}{
		{"ICAL-FALLBACK-004 RSCALE", "RSCALE=HEBREW;FREQ=DAILY", recurrence.ReasonCalendar},
		{"ICAL-FALLBACK-004 SKIP", "FREQ=MONTHLY;SKIP=FORWARD", recurrence.ReasonCalendar},
		{"ICAL-FALLBACK-016 SECONDLY", "FREQ=SECONDLY", recurrence.ReasonFrequency},
		{"ICAL-FALLBACK-016 MINUTELY", "FREQ=MINUTELY", recurrence.ReasonFrequency},
		{"ICAL-FALLBACK-016 HOURLY", "FREQ=HOURLY", recurrence.ReasonFrequency},
		{"ICAL-FALLBACK-017 BYSECOND list", "FREQ=DAILY;BYSECOND=0,30", recurrence.ReasonTime},
		{"ICAL-FALLBACK-017 another BYSECOND", "FREQ=DAILY;BYSECOND=0", recurrence.ReasonTime},
		{"ICAL-FALLBACK-017 BYHOUR list", "FREQ=DAILY;BYHOUR=9,10", recurrence.ReasonTime},
		{"ICAL-FALLBACK-017 BYMINUTE list", "FREQ=DAILY;BYMINUTE=0,30", recurrence.ReasonTime},
		{"ICAL-IN-129 BYHOUR=24", "FREQ=DAILY;BYHOUR=24", recurrence.ReasonTime},
		{"ICAL-IN-129 BYMINUTE=60", "FREQ=DAILY;BYMINUTE=60", recurrence.ReasonTime},
		{"ICAL-IN-129 BYMONTH=0", "FREQ=YEARLY;BYMONTH=0", recurrence.ReasonMonth},
		{"ICAL-IN-129 BYMONTH=13", "FREQ=YEARLY;BYMONTH=13", recurrence.ReasonMonth},
		{"ICAL-FALLBACK-018 BYYEARDAY", "FREQ=YEARLY;BYYEARDAY=100", recurrence.ReasonYearDay},
		{"ICAL-FALLBACK-018 BYWEEKNO", "FREQ=YEARLY;BYWEEKNO=20", recurrence.ReasonYearDay},
		{"ICAL-FALLBACK-019 BYMONTHDAY list", "FREQ=MONTHLY;BYMONTHDAY=23,24", recurrence.ReasonMonthDay},
		{"ICAL-FALLBACK-019 BYMONTHDAY=-2", "FREQ=MONTHLY;BYMONTHDAY=-2", recurrence.ReasonMonthDay},
		{"ICAL-FALLBACK-019 BYMONTHDAY=0", "FREQ=MONTHLY;BYMONTHDAY=0", recurrence.ReasonMonthDay},
		{"ICAL-FALLBACK-019 BYMONTHDAY=32", "FREQ=MONTHLY;BYMONTHDAY=32", recurrence.ReasonMonthDay},
		{"ICAL-FALLBACK-019 BYMONTHDAY with weeks", "FREQ=WEEKLY;BYMONTHDAY=23", recurrence.ReasonMonthDay},
		{"ICAL-FALLBACK-020 every second day if it is a Monday", "FREQ=DAILY;INTERVAL=2;BYDAY=MO", recurrence.ReasonWeekday},
		{"ICAL-FALLBACK-020 DAILY with BYMONTH", "FREQ=DAILY;BYMONTH=11", recurrence.ReasonMonth},
		{"ICAL-FALLBACK-020 WEEKLY with BYMONTH", "FREQ=WEEKLY;BYMONTH=11", recurrence.ReasonMonth},
		{"ICAL-FALLBACK-020 MONTHLY with BYMONTH", "FREQ=MONTHLY;BYMONTH=11", recurrence.ReasonMonth},
		{"ICAL-FALLBACK-020 YEARLY with two months", "FREQ=YEARLY;BYMONTH=11,12", recurrence.ReasonMonth},
		{"ICAL-FALLBACK-020 DAILY with BYSETPOS", "FREQ=DAILY;BYDAY=MO;BYSETPOS=1", recurrence.ReasonPosition},
		{"ICAL-FALLBACK-021 BYSETPOS list", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1,4", recurrence.ReasonPosition},
		{"ICAL-FALLBACK-021 BYSETPOS=0", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", recurrence.ReasonPosition},
		{"ICAL-FALLBACK-021 BYSETPOS=5", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=5", recurrence.ReasonPosition},
		{"ICAL-FALLBACK-021 BYSETPOS=-2", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-2", recurrence.ReasonPosition},
		{"ICAL-FALLBACK-021 BYSETPOS alone", "FREQ=MONTHLY;BYSETPOS=1", recurrence.ReasonPosition},
		{"ICAL-FALLBACK-021 BYSETPOS with weeks", "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1", recurrence.ReasonPosition},
		{"ICAL-FALLBACK-021 BYSETPOS of other days", "FREQ=MONTHLY;BYMONTHDAY=27,28;BYSETPOS=-1", recurrence.ReasonPosition},
		{"ICAL-FALLBACK-021 BYSETPOS of the first", "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=1", recurrence.ReasonPosition},
		{"ICAL-FALLBACK-022 5MO", "FREQ=MONTHLY;BYDAY=5MO", recurrence.ReasonWeekday},
		{"ICAL-FALLBACK-022 -2FR", "FREQ=MONTHLY;BYDAY=-2FR", recurrence.ReasonWeekday},
		{"ICAL-FALLBACK-022 1MO,3MO", "FREQ=MONTHLY;BYDAY=1MO,3MO", recurrence.ReasonWeekday},
		{"ICAL-FALLBACK-022 numbers with weeks", "FREQ=WEEKLY;BYDAY=1MO", recurrence.ReasonWeekday},
		{"ICAL-FALLBACK-022 number and position", "FREQ=MONTHLY;BYDAY=4MO;BYSETPOS=1", recurrence.ReasonWeekday},
		{"ICAL-FALLBACK-023 every Monday of every second month", "FREQ=MONTHLY;INTERVAL=2;BYDAY=MO", recurrence.ReasonEveryWeekday},
		{"ICAL-FALLBACK-024 20MO", "FREQ=YEARLY;BYDAY=20MO", recurrence.ReasonEveryWeekday},
		{"ICAL-FALLBACK-024 nth of the year", "FREQ=YEARLY;BYDAY=MO;BYSETPOS=1", recurrence.ReasonEveryWeekday},
		{"ICAL-FALLBACK-024 every Monday of a month", "FREQ=YEARLY;BYDAY=MO;BYMONTH=11", recurrence.ReasonEveryWeekday},
		{"ICAL-FALLBACK-025 Friday the 13th", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", recurrence.ReasonBothDays},
		{"ICAL-FALLBACK-025 in a year", "FREQ=YEARLY;BYDAY=FR;BYMONTHDAY=13;BYMONTH=11", recurrence.ReasonBothDays},
		{"ICAL-FALLBACK-026 INTERVAL=0", "FREQ=DAILY;INTERVAL=0", recurrence.ReasonInterval},
		{"ICAL-FALLBACK-026 negative INTERVAL", "FREQ=DAILY;INTERVAL=-1", recurrence.ReasonInterval},
		{"ICAL-FALLBACK-026 1000 days", "FREQ=DAILY;INTERVAL=1000", recurrence.ReasonInterval},
		{"ICAL-FALLBACK-026 100 weeks", "FREQ=WEEKLY;INTERVAL=100", recurrence.ReasonInterval},
		{"ICAL-FALLBACK-026 100 months", "FREQ=MONTHLY;INTERVAL=100", recurrence.ReasonInterval},
		{"ICAL-FALLBACK-026 9 years", "FREQ=YEARLY;INTERVAL=9", recurrence.ReasonInterval},
		{"ICAL-FALLBACK-026 a great INTERVAL", "FREQ=WEEKLY;INTERVAL=2147483647", recurrence.ReasonInterval},
		{"ICAL-FALLBACK-026 COUNT=0", "FREQ=DAILY;COUNT=0", recurrence.ReasonCount},
		{"ICAL-FALLBACK-026 COUNT=1000", "FREQ=DAILY;COUNT=1000", recurrence.ReasonCount},
		{"ICAL-FALLBACK-027 COUNT and UNTIL", "FREQ=DAILY;COUNT=2;UNTIL=20270101", recurrence.ReasonEnd},
		{"ICAL-FALLBACK-027 UNTIL before the start", "FREQ=DAILY;UNTIL=20261122T085959Z", recurrence.ReasonEnd},
		{"ICAL-FALLBACK-027 UNTIL on the day before", "FREQ=DAILY;UNTIL=20261122", recurrence.ReasonEnd},
		{"ICAL-FALLBACK-027 a part twice", "FREQ=DAILY;INTERVAL=2;INTERVAL=3", recurrence.ReasonSyntax},
		{"ICAL-FALLBACK-029 another weekday", "FREQ=WEEKLY;BYDAY=TU", recurrence.ReasonStart},
		{"ICAL-FALLBACK-029 another day", "FREQ=MONTHLY;BYMONTHDAY=24", recurrence.ReasonStart},
		{"ICAL-FALLBACK-029 another month", "FREQ=YEARLY;BYMONTH=12", recurrence.ReasonStart},
		{"ICAL-FALLBACK-029 another week", "FREQ=MONTHLY;BYDAY=1MO", recurrence.ReasonStart},
		{"ICAL-FALLBACK-029 another hour", "FREQ=DAILY;BYHOUR=10", recurrence.ReasonStart},
		{"ICAL-FALLBACK-029 another minute", "FREQ=DAILY;BYMINUTE=10", recurrence.ReasonStart},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &recurrence.Series{Start: at(t, start), Duration: time.Hour}
			var err error
			if s.Rule, err = recurrence.ParseRule(c.rule); err == nil {
				_, err = s.Pattern()
			}
			var u *recurrence.UnsupportedError
			if !errors.As(err, &u) || u.Reason != c.want {
				t.Errorf("got %v; want the reason %q", err, c.want)
			}
		})
	}
}

func TestICAL_FALLBACK_026_BoundsAreAllowed(t *testing.T) {
	for _, r := range []string{"FREQ=DAILY;INTERVAL=999", "FREQ=WEEKLY;INTERVAL=99", "FREQ=MONTHLY;INTERVAL=99", "FREQ=YEARLY;INTERVAL=8",
		"FREQ=DAILY;COUNT=1", "FREQ=DAILY;COUNT=999"} {
		if _, err := series(t, "2026-11-23", r).Pattern(); err != nil {
			t.Errorf("%s: %v", r, err)
		}
	}
}

func TestParseRuleSyntax(t *testing.T) {
	for _, bad := range []string{"", "FREQ", "FREQ=", "INTERVAL=2", "FREQ=DAILY;INTERVAL=x", "FREQ=DAILY;BYDAY=XX", "FREQ=DAILY;BYDAY=M", "FREQ=DAILY;BYDAY=MO,", "FREQ=DAILY;BYDAY=1", "FREQ=DAILY;BYDAY=0MO",
		"FREQ=DAILY;UNTIL=tomorrow", "FREQ=DAILY;WKST=1", "FREQ=DAILY;X=1", "FREQ=DAILY;BYMONTH=", "FREQ=DAILY;COUNT=99999999999"} {
		if r, err := recurrence.ParseRule(bad); err == nil {
			t.Errorf("ParseRule(%q) = %v", bad, r)
		}
	}
	const full = "RSCALE=GREGORIAN;FREQ=YEARLY;UNTIL=20270101T000000Z;INTERVAL=2;BYDAY=-1SU,3MO,TU;BYSECOND=1,2;BYMINUTE=3;BYHOUR=4;" +
		"BYMONTHDAY=-1;BYYEARDAY=5;BYWEEKNO=6;BYMONTH=7;BYSETPOS=8,-9;WKST=WE;SKIP=OMIT"
	if got := rule(t, full).String(); got != full {
		t.Errorf("got  %s\nwant %s", got, full)
	}
	got := rule(t, " freq=Weekly ; byday = mo , -1fr;count=03;")
	want := &recurrence.Rule{Freq: "WEEKLY", Interval: 1, Count: 3, HasCount: true,
		ByDay: []recurrence.Day{{Weekday: time.Monday}, {Weekday: time.Friday, N: -1}}}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
