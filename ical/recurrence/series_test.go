package recurrence_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/ical/recurrence"
)

func times(t *testing.T, list ...string) []time.Time {
	t.Helper()
	var out []time.Time
	for _, s := range list {
		out = append(out, at(t, s))
	}
	return out
}

func dates(list []recurrence.Minutes) string {
	var out []string
	for _, m := range list {
		out = append(out, m.Time().Format("01-02"))
	}
	return strings.Join(out, " ")
}

// occurrences shows the first n as "11-23 09:00", with "!" behind changed ones.
func occurrences(t *testing.T, p *recurrence.AppointmentPattern, n int) string {
	t.Helper()
	seq, err := p.Occurrences()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for o := range seq {
		s := o.Start.Time().Format("01-02 15:04")
		if o.Exception != nil {
			s += "!"
		}
		if out = append(out, s); len(out) == n {
			break
		}
	}
	return strings.Join(out, ", ")
}

func TestICAL_IN_111_FirstDateTime(t *testing.T) {
	for dow, want := range []recurrence.Minutes{8640, 0, 1440, 2880, 4320, 5760, 7200} {
		p, err := series(t, "2026-11-25", "FREQ=WEEKLY;WKST="+[]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}[dow]).Pattern()
		if err != nil || p.FirstDateTime != want || p.FirstDOW != uint32(dow) {
			t.Errorf("weeks from day %d: %d, %v; want %d", dow, p.FirstDateTime, err, want)
		}
	}
}

func TestICAL_IN_112_Phase(t *testing.T) {
	for _, c := range []struct {
		start, rule string
		want        recurrence.Minutes
	}{
		{"2008-02-13", "FREQ=WEEKLY;INTERVAL=2;WKST=SU", 18720},
		{"2008-02-13", "FREQ=WEEKLY;INTERVAL=2;WKST=MO", 0},
		{"2026-11-23", "FREQ=DAILY;INTERVAL=3", 1440},
		{"2026-12-31", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1", 44640},
		{"2027-01-31", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1", 0},
		{"2026-02-01", "FREQ=MONTHLY;INTERVAL=3", 44640},
		{"2026-03-01", "FREQ=YEARLY", 84960},
		{"2026-12-01", "FREQ=YEARLY", 480960},
		{"2026-01-01", "FREQ=YEARLY;INTERVAL=2", 525600},           // 425 years are odd
		{"2027-01-01", "FREQ=YEARLY;INTERVAL=2", 0},                // 426 are even
		{"2027-02-01", "FREQ=YEARLY;INTERVAL=3", 44640},            // 426 mod 3 is 0
		{"2026-02-01", "FREQ=YEARLY;INTERVAL=3", 2*525600 + 44640}, // 425 mod 3 is 2
	} {
		p, err := series(t, c.start, c.rule).Pattern()
		if err != nil || p.FirstDateTime != c.want {
			t.Errorf("%s from %s: %d, %v; want %d", c.rule, c.start, p.FirstDateTime, err, c.want)
		}
	}
}

func TestSeriesEnd(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, rule string
		legacy     bool
		want       string
	}{
		{"ICAL-IN-117 never", "FREQ=DAILY", false, "0x2023 10 4500-12-31 23:59"},
		{"count", "FREQ=DAILY;COUNT=3", false, "0x2022 3 2026-11-25 00:00"},
		{"ICAL-IN-116 until between two", "FREQ=DAILY;INTERVAL=2;UNTIL=20261126T230000Z", false, "0x2021 2 2026-11-25 00:00"},
		{"ICAL-IN-116 until counts excluded ones", "FREQ=DAILY;UNTIL=20261125T080000Z", false, "0x2021 3 2026-11-25 00:00"},
		{"until a minute too early", "FREQ=DAILY;UNTIL=20261125T075900Z", false, "0x2021 2 2026-11-24 00:00"},
		{"until a date", "FREQ=DAILY;UNTIL=20261125", false, "0x2021 3 2026-11-25 00:00"},
		{"until floating", "FREQ=DAILY;UNTIL=20261125T090000", false, "0x2021 3 2026-11-25 00:00"},
		{"until floating, a minute too early", "FREQ=DAILY;UNTIL=20261125T085900", false, "0x2021 2 2026-11-24 00:00"},
		{"ICAL-IN-130 until the start", "FREQ=DAILY;UNTIL=20261123T080000Z", false, "0x2021 1 2026-11-23 00:00"},
		{"ICAL-IN-118 legacy until", "FREQ=DAILY;UNTIL=20261125T000000Z", true, "0x2021 3 2026-11-25 00:00"},
		{"ICAL-IN-118 the same by the standard", "FREQ=DAILY;UNTIL=20261125T000000Z", false, "0x2021 2 2026-11-24 00:00"},
		{"until in 4501", "FREQ=YEARLY;UNTIL=45010101T000000Z", false, "0x2023 10 4500-12-31 23:59"},
		{"until in 4500", "FREQ=YEARLY;INTERVAL=2;UNTIL=45001231T000000Z", false, "0x2021 1238 4500-11-23 00:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := series(t, "2026-11-23 09:00", c.rule)
			s.Location, s.LegacyUntil = berlin, c.legacy
			s.Excluded = times(t, "2026-11-24")
			p, err := s.Pattern()
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprintf("%#x %d %v", uint32(p.EndType), p.OccurrenceCount, p.EndDate); got != c.want {
				t.Errorf("got %s; want %s", got, c.want)
			}
		})
	}
}

func TestSeriesWithExceptions(t *testing.T) {
	change := func(original, start, end string) recurrence.Exception {
		return recurrence.Exception{Original: minutes(t, original), Start: minutes(t, start), End: minutes(t, end)}
	}
	list := func(e ...recurrence.Exception) []recurrence.Exception { return e }
	for _, c := range []struct {
		name, rule        string
		excluded, extra   []time.Time
		exceptions        []recurrence.Exception
		deleted, modified string
		want              string
		reason            recurrence.Reason
	}{
		{name: "ICAL-IN-119 excluded dates are sorted, once each, whatever their time", rule: "FREQ=DAILY;COUNT=5",
			excluded: times(t, "2026-11-25 09:00", "2026-11-24", "2026-11-25"), deleted: "11-24 11-25", want: "11-23 09:00, 11-26 09:00, 11-27 09:00"},
		{name: "excluded dates that are no occurrence", rule: "FREQ=DAILY;INTERVAL=2;COUNT=3",
			excluded: times(t, "2026-11-24", "2026-11-21", "2026-11-29", "1500-01-01"), want: "11-23 09:00, 11-25 09:00, 11-27 09:00"},
		{name: "ICAL-IN-120 changed occurrences", rule: "FREQ=DAILY;INTERVAL=3;COUNT=4",
			exceptions: list(change("2026-11-29 09:00", "2026-11-28 10:00", "2026-11-28 11:00"), change("2026-11-23 09:00", "2026-11-24 09:00", "2026-11-24 10:00")),
			deleted:    "11-23 11-29", modified: "11-24 11-28", want: "11-24 09:00!, 11-26 09:00, 11-28 10:00!, 12-02 09:00"},
		{name: "changed in text alone", rule: "FREQ=DAILY;COUNT=2", exceptions: list(change("2026-11-24 09:00", "2026-11-24 09:00", "2026-11-24 10:00")),
			deleted: "11-24", modified: "11-24", want: "11-23 09:00, 11-24 09:00!"},
		{name: "an extra date for an excluded one", rule: "FREQ=WEEKLY;COUNT=3", excluded: times(t, "2026-11-30"), extra: times(t, "2026-12-01 11:00"),
			deleted: "11-30", modified: "12-01", want: "11-23 09:00, 12-01 11:00!, 12-07 09:00"},
		{name: "an extra date that is an occurrence", rule: "FREQ=WEEKLY;COUNT=2", extra: times(t, "2026-11-30 09:00"), want: "11-23 09:00, 11-30 09:00"},
		{name: "an extra date that is an occurrence, and one for an excluded one", rule: "FREQ=WEEKLY;COUNT=3", excluded: times(t, "2026-12-07"),
			extra: times(t, "2026-11-30 09:00", "2026-12-08 09:00"), deleted: "12-07", modified: "12-08", want: "11-23 09:00, 11-30 09:00, 12-08 09:00!"},
		{name: "two extra dates find their places", rule: "FREQ=WEEKLY;COUNT=4", excluded: times(t, "2026-11-30", "2026-12-07"),
			extra: times(t, "2026-12-08 09:00", "2026-12-01 09:00"), deleted: "11-30 12-07", modified: "12-01 12-08",
			want: "11-23 09:00, 12-01 09:00!, 12-08 09:00!, 12-14 09:00"},
		{name: "excluded and changed", rule: "FREQ=DAILY;COUNT=2", excluded: times(t, "2026-11-24"), exceptions: list(change("2026-11-24 09:00", "2026-11-25 09:00", "2026-11-25 10:00")),
			deleted: "11-24", modified: "11-25", want: "11-23 09:00, 11-25 09:00!"},
		{name: "ICAL-FALLBACK-030 an extra date alone", rule: "FREQ=WEEKLY;COUNT=3", extra: times(t, "2026-11-25 09:00"), reason: recurrence.ReasonExtraDate},
		{name: "ICAL-FALLBACK-030 an extra date behind the neighbour", rule: "FREQ=WEEKLY;COUNT=3", excluded: times(t, "2026-11-23"), extra: times(t, "2026-12-01 09:00"), reason: recurrence.ReasonExtraDate},
		{name: "ICAL-FALLBACK-030 an extra date on the day of the neighbour", rule: "FREQ=WEEKLY;COUNT=3", excluded: times(t, "2026-11-23"), extra: times(t, "2026-11-30 11:00"), reason: recurrence.ReasonExtraDate},
		{name: "ICAL-FALLBACK-031 on the day to which the next moves", rule: "FREQ=DAILY", exceptions: list(change("2026-11-24 09:00", "2026-11-25 10:00", "2026-11-25 11:00"), change("2026-11-25 09:00", "2026-11-25 12:00", "2026-11-25 13:00")), reason: recurrence.ReasonOverride},
		{name: "ICAL-FALLBACK-031 no occurrence", rule: "FREQ=WEEKLY;COUNT=3", exceptions: list(change("2026-11-24 09:00", "2026-11-24 10:00", "2026-11-24 11:00")), reason: recurrence.ReasonOverride},
		{name: "ICAL-FALLBACK-031 another time of the day", rule: "FREQ=WEEKLY;COUNT=3", exceptions: list(change("2026-11-30 10:00", "2026-11-30 11:00", "2026-11-30 12:00")), reason: recurrence.ReasonOverride},
		{name: "ICAL-FALLBACK-031 behind the end", rule: "FREQ=WEEKLY;COUNT=3", exceptions: list(change("2026-12-14 09:00", "2026-12-14 10:00", "2026-12-14 11:00")), reason: recurrence.ReasonOverride},
		{name: "ICAL-FALLBACK-031 twice", rule: "FREQ=DAILY", exceptions: list(change("2026-11-24 09:00", "2026-11-24 10:00", "2026-11-24 11:00"), change("2026-11-24 09:00", "2026-11-24 12:00", "2026-11-24 13:00")), reason: recurrence.ReasonOverride},
		{name: "ICAL-FALLBACK-031 on the day of the next", rule: "FREQ=DAILY", exceptions: list(change("2026-11-24 09:00", "2026-11-25 06:00", "2026-11-25 07:00")), reason: recurrence.ReasonOverride},
		{name: "ICAL-FALLBACK-031 on the day of the one before", rule: "FREQ=DAILY", exceptions: list(change("2026-11-24 09:00", "2026-11-23 18:00", "2026-11-23 19:00")), reason: recurrence.ReasonOverride},
		{name: "ICAL-FALLBACK-031 behind the next", rule: "FREQ=WEEKLY", exceptions: list(change("2026-11-30 09:00", "2026-12-08 09:00", "2026-12-08 10:00")), reason: recurrence.ReasonOverride},
		{name: "ICAL-FALLBACK-031 into the next", rule: "FREQ=DAILY", exceptions: list(change("2026-11-24 09:00", "2026-11-24 10:00", "2026-11-25 09:01")), reason: recurrence.ReasonOverride},
		{name: "up to the next", rule: "FREQ=DAILY;COUNT=3", exceptions: list(change("2026-11-24 09:00", "2026-11-24 10:00", "2026-11-25 09:00")),
			deleted: "11-24", modified: "11-24", want: "11-23 09:00, 11-24 10:00!, 11-25 09:00"},
		{name: "to the day of the next, which moves too", rule: "FREQ=DAILY;COUNT=3", deleted: "11-24 11-25", modified: "11-25 11-26",
			exceptions: list(change("2026-11-24 09:00", "2026-11-25 09:00", "2026-11-25 10:00"), change("2026-11-25 09:00", "2026-11-26 09:00", "2026-11-26 10:00")),
			want:       "11-23 09:00, 11-25 09:00!, 11-26 09:00!"},
		{name: "to the day of the next, which is excluded", rule: "FREQ=DAILY;COUNT=4", excluded: times(t, "2026-11-25"),
			exceptions: list(change("2026-11-24 09:00", "2026-11-25 09:00", "2026-11-25 10:00")), deleted: "11-24 11-25", modified: "11-25",
			want: "11-23 09:00, 11-25 09:00!, 11-26 09:00"},
		{name: "ends before it starts", rule: "FREQ=DAILY", exceptions: list(change("2026-11-24 09:00", "2026-11-24 09:00", "2026-11-24 08:00")), reason: recurrence.ReasonRange},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := series(t, "2026-11-23 09:00", c.rule)
			s.Excluded, s.Extra, s.Exceptions = c.excluded, c.extra, c.exceptions
			p, err := s.Pattern()
			var u *recurrence.UnsupportedError
			if c.reason != "" {
				if !errors.As(err, &u) || u.Reason != c.reason {
					t.Errorf("got %v; want the reason %q", err, c.reason)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got := []string{dates(p.Deleted), dates(p.Modified), occurrences(t, p, 10)}
			if diff := cmp.Diff([]string{c.deleted, c.modified, c.want}, got); diff != "" {
				t.Errorf("deleted, modified, occurrences: -want +got:\n%s", diff)
			}
			if len(c.extra) > 0 {
				for _, e := range p.Exceptions {
					if e.End != e.Start+60 {
						t.Errorf("a moved occurrence ends at %v", e.End)
					}
				}
			}
			for i := 1; i < len(p.Exceptions); i++ {
				if p.Exceptions[i-1].Start > p.Exceptions[i].Start {
					t.Error("the exceptions are not sorted")
				}
			}
		})
	}
}

func TestICAL_FALLBACK_035_TooManyExceptions(t *testing.T) {
	s := series(t, "2026-11-23 09:00", "FREQ=DAILY")
	for i := range 1024 {
		s.Excluded = append(s.Excluded, s.Start.AddDate(0, 0, 2*i))
	}
	if p, err := s.Pattern(); err != nil || len(p.Deleted) != 1024 {
		t.Errorf("1024 of them: %v", err)
	}
	s.Excluded = append(s.Excluded, s.Start.AddDate(0, 0, 1))
	var u *recurrence.UnsupportedError
	if _, err := s.Pattern(); !errors.As(err, &u) || u.Reason != recurrence.ReasonTooMany {
		t.Errorf("1025 of them: %v", err)
	}
}

func TestICAL_IN_124_AllDay(t *testing.T) {
	s := series(t, "2026-11-23", "FREQ=WEEKLY;UNTIL=20261207")
	s.Duration, s.Excluded = 48*time.Hour, times(t, "2026-11-30")
	p, err := s.Pattern()
	if err != nil || p.StartTimeOffset != 0 || p.EndTimeOffset != 2880 || dates(p.Deleted) != "11-30" || p.EndDate != minutes(t, "2026-12-07") {
		t.Errorf("%+v, %v", p, err)
	}
}

// An event without a duration is an event.
func TestNoDuration(t *testing.T) {
	s := series(t, "2026-11-23 09:00", "FREQ=DAILY")
	s.Duration = 0
	if p, err := s.Pattern(); err != nil || p.EndTimeOffset != 540 {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestOccurrenceEnds(t *testing.T) {
	s := series(t, "2026-11-23 23:30", "FREQ=DAILY")
	p, err := s.Pattern()
	if err != nil {
		t.Fatal(err)
	}
	seq, err := p.Occurrences()
	if err != nil {
		t.Fatal(err)
	}
	for o := range seq {
		if o.End != minutes(t, "2026-11-24 00:30") || o.Original != o.Start {
			t.Errorf("the first is %+v", o)
		}
		break
	}
}

func TestStrict(t *testing.T) {
	s := series(t, "2026-12-31", "FREQ=MONTHLY;BYMONTHDAY=31")
	p, err := s.Pattern()
	if err != nil || !p.Approximate || occurrences(t, p, 3) != "12-31 00:00, 01-31 00:00, 02-28 00:00" {
		t.Errorf("%+v, %v", p, err)
	}
	s.Strict = true
	var u *recurrence.UnsupportedError
	if _, err := s.Pattern(); !errors.As(err, &u) || u.Reason != recurrence.ReasonShortMonth {
		t.Errorf("strict: %v", err)
	}
}

func TestSeriesOutOfRange(t *testing.T) {
	for _, s := range []*recurrence.Series{
		{Start: time.Date(1600, 12, 31, 0, 0, 0, 0, time.UTC)},
		{Start: time.Date(4501, 1, 1, 0, 0, 0, 0, time.UTC)},
		{Start: at(t, "2026-11-23"), Duration: -time.Minute},
		{Start: at(t, "2026-11-23"), Duration: 40000 * 24 * time.Hour},
	} {
		s.Rule = rule(t, "FREQ=DAILY")
		var u *recurrence.UnsupportedError
		if _, err := s.Pattern(); !errors.As(err, &u) || u.Reason != recurrence.ReasonRange {
			t.Errorf("%v for %v: %v", s.Start, s.Duration, err)
		}
	}
}
