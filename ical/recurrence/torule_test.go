package recurrence_test

import (
	"testing"
	"time"

	"github.com/contentconv/contentconv/ical/recurrence"
)

func TestICAL_OUT_024_PatternToRule(t *testing.T) {
	start, end := minutes(t, "2026-11-23"), minutes(t, "2027-11-22")
	base := recurrence.Pattern{EndType: recurrence.EndNever, StartDate: start, EndDate: recurrence.Never}
	with := func(f func(*recurrence.Pattern)) recurrence.Pattern {
		p := base
		f(&p)
		return p
	}
	for _, c := range []struct {
		name string
		p    recurrence.Pattern
		o    *recurrence.RuleOptions
		want string // "" for an error
	}{
		{name: "daily", p: with(func(p *recurrence.Pattern) { p.Period = 1440 }), want: "FREQ=DAILY"},
		{name: "every third day", p: with(func(p *recurrence.Pattern) { p.Period = 3 * 1440 }), want: "FREQ=DAILY;INTERVAL=3"},
		{name: "every one and a half day", p: with(func(p *recurrence.Pattern) { p.Period = 2160 })},
		{name: "no period", p: with(func(p *recurrence.Pattern) {})},
		{name: "weekly", p: with(func(p *recurrence.Pattern) { p.PatternType, p.Period, p.Days = 1, 1, 0x12 }), want: "FREQ=WEEKLY;BYDAY=MO,TH"},
		{name: "weekday as daily", p: with(func(p *recurrence.Pattern) {
			p.RecurFrequency, p.PatternType, p.Period, p.Days = recurrence.Daily, 1, 1, recurrence.WorkDays
		}), want: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
		{name: "every second week", p: with(func(p *recurrence.Pattern) { p.PatternType, p.Period, p.Days = 1, 2, 2 }), want: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU"},
		{name: "weeks from Monday", p: with(func(p *recurrence.Pattern) { p.PatternType, p.Period, p.Days, p.FirstDOW = 1, 1, 2, 1 }), want: "FREQ=WEEKLY;BYDAY=MO;WKST=MO"},
		{name: "weekly on no day", p: with(func(p *recurrence.Pattern) { p.PatternType, p.Period = 1, 1 })},
		{name: "monthly", p: with(func(p *recurrence.Pattern) { p.PatternType, p.Period, p.Day = 2, 2, 23 }), want: "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=23"},
		{name: "the 31st", p: with(func(p *recurrence.Pattern) { p.PatternType, p.Period, p.Day = 2, 1, 31 }), want: "FREQ=MONTHLY;BYMONTHDAY=-1"},
		{name: "the 30th", p: with(func(p *recurrence.Pattern) { p.PatternType, p.Period, p.Day = 2, 1, 30 }), want: "FREQ=MONTHLY;BYMONTHDAY=30"},
		{name: "the 30th exactly", p: with(func(p *recurrence.Pattern) { p.PatternType, p.Period, p.Day = 2, 1, 30 }),
			o: &recurrence.RuleOptions{Exact: true}, want: "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"},
		{name: "the 28th exactly", p: with(func(p *recurrence.Pattern) { p.PatternType, p.Period, p.Day = 2, 1, 28 }),
			o: &recurrence.RuleOptions{Exact: true}, want: "FREQ=MONTHLY;BYMONTHDAY=28"},
		{name: "month end", p: with(func(p *recurrence.Pattern) { p.PatternType, p.Period, p.Day = 4, 1, 30 }), want: "FREQ=MONTHLY;BYMONTHDAY=-1"},
		{name: "nth", p: with(func(p *recurrence.Pattern) { p.PatternType, p.Period, p.Days, p.Nth = 3, 1, 2, 4 }), want: "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=4"},
		{name: "last", p: with(func(p *recurrence.Pattern) { p.PatternType, p.Period, p.Days, p.Nth = 3, 1, 0x41, 5 }), want: "FREQ=MONTHLY;BYDAY=SU,SA;BYSETPOS=-1"},
		{name: "yearly", p: with(func(p *recurrence.Pattern) { p.PatternType, p.Period, p.Day = 2, 12, 23 }), want: "FREQ=YEARLY;BYMONTHDAY=23;BYMONTH=11"},
		{name: "yearly as monthly", p: with(func(p *recurrence.Pattern) {
			p.RecurFrequency, p.PatternType, p.Period, p.Day = recurrence.Monthly, 2, 24, 23
		}), want: "FREQ=YEARLY;INTERVAL=2;BYMONTHDAY=23;BYMONTH=11"},
		{name: "yearly nth", p: with(func(p *recurrence.Pattern) { p.PatternType, p.Period, p.Days, p.Nth = 3, 12, 2, 4 }), want: "FREQ=YEARLY;BYDAY=MO;BYMONTH=11;BYSETPOS=4"},
		{name: "Hijri month", p: with(func(p *recurrence.Pattern) { p.PatternType, p.Period, p.Day = recurrence.PatternHijri, 1, 5 }), want: "FREQ=MONTHLY;BYMONTHDAY=5"},
		{name: "Hijri nth", p: with(func(p *recurrence.Pattern) {
			p.PatternType, p.Period, p.Days, p.Nth = recurrence.PatternHijriNth, 12, 2, 5
		}), want: "FREQ=YEARLY;BYDAY=MO;BYMONTH=11;BYSETPOS=-1"},
		{name: "ICAL-OUT-026 the other never", p: with(func(p *recurrence.Pattern) { p.Period, p.EndType, p.EndDate = 1440, 0xFFFFFFFF, end }), want: "FREQ=DAILY"},
		{name: "ICAL-OUT-026 never with a count", p: with(func(p *recurrence.Pattern) { p.Period, p.OccurrenceCount = 1440, 10 }), want: "FREQ=DAILY"},
		{name: "count", p: with(func(p *recurrence.Pattern) {
			p.Period, p.EndType, p.OccurrenceCount, p.EndDate = 1440, recurrence.EndByCount, 7, end
		}), want: "FREQ=DAILY;COUNT=7"},
		{name: "ICAL-OUT-025 until is UTC", p: with(func(p *recurrence.Pattern) { p.Period, p.EndType, p.EndDate = 1440, recurrence.EndByDate, end }),
			o: &recurrence.RuleOptions{Location: time.FixedZone("", 2*3600)}, want: "FREQ=DAILY;UNTIL=20271122T073000Z"},
		{name: "ICAL-OUT-025 until is a date", p: with(func(p *recurrence.Pattern) { p.Period, p.EndType, p.EndDate = 1440, recurrence.EndByDate, end }),
			o: &recurrence.RuleOptions{AllDay: true}, want: "FREQ=DAILY;UNTIL=20271122"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := (&recurrence.AppointmentPattern{Pattern: c.p, StartTimeOffset: 570}).Rule(c.o)
			got := ""
			if err == nil {
				got = r.String()
			}
			if got != c.want {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}
}

func TestICAL_OUT_043_Calendars(t *testing.T) {
	for scale, want := range map[string]recurrence.CalendarType{"GREGORIAN": 1, "hijri": 6, " Umalqura ": 0x17, "ChineseLunar": 0xF} {
		if c, ok := recurrence.CalendarTypeOf(scale); !ok || c != want {
			t.Errorf("%q is %d, %v; want %d", scale, c, ok, want)
		}
	}
	if c, ok := recurrence.CalendarTypeOf("Martian"); ok {
		t.Errorf("Martian is %d", c)
	}
	if s := recurrence.CalendarType(0xE).Scale(); s != "JapanLunar" {
		t.Errorf("0xE is %q", s)
	}
	for c := recurrence.CalendarType(0); c < 0x20; c++ {
		lunar := c == 6 || c == 8 || c > 0xC
		if c.Gregorian() == lunar {
			t.Errorf("calendar %#x counts as Gregorian: %v", c, c.Gregorian())
		}
		if back, ok := recurrence.CalendarTypeOf(c.Scale()); c.Scale() != "" && (!ok || back != c) {
			t.Errorf("%#x comes back as %#x", c, back)
		}
	}
}

// Excluded occurrences are those that no exception replaces.
func TestICAL_OUT_027_Excluded(t *testing.T) {
	p := &recurrence.AppointmentPattern{StartTimeOffset: 540}
	p.Deleted = []recurrence.Minutes{minutes(t, "2026-11-24"), minutes(t, "2026-11-25")}
	p.Exceptions = []recurrence.Exception{{Original: minutes(t, "2026-11-25 09:00"), Start: minutes(t, "2026-11-26 09:00")}}
	if got := p.Excluded(); len(got) != 1 || got[0] != minutes(t, "2026-11-24 09:00") {
		t.Errorf("got %v", got)
	}
}
