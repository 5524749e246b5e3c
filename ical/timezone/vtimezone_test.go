package timezone_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical/timezone"
	"github.com/contentconv/contentconv/ical/tree"
)

// observance writes one, such as observance("STANDARD", "20261025T030000", "+0200", "+0100", "RRULE:...").
func observance(kind, start, from, to string, more ...string) string {
	return "BEGIN:" + kind + "\nDTSTART:" + start + "\nTZOFFSETFROM:" + from + "\nTZOFFSETTO:" + to + "\n" +
		strings.Join(append(more, ""), "\n") + "END:" + kind + "\n"
}

const (
	yearlyOctober = "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"
	yearlyMarch   = "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"
)

var (
	berlinStandard = observance("STANDARD", "19701025T030000", "+0200", "+0100", yearlyOctober)
	berlinDaylight = observance("DAYLIGHT", "19700329T020000", "+0100", "+0200", yearlyMarch)
	berlinRule     = timezone.Rule{Bias: -60, DaylightBias: -60,
		StandardDate: timezone.SystemTime{Month: 10, Day: 5, Hour: 3}, DaylightDate: timezone.SystemTime{Month: 3, Day: 5, Hour: 2}}
)

func calendar(t *testing.T, zones ...string) *tree.Component {
	t.Helper()
	text := "BEGIN:VCALENDAR\n"
	for _, z := range zones {
		text += "BEGIN:VTIMEZONE\n" + z + "END:VTIMEZONE\n"
	}
	s, err := tree.Parse([]byte(text+"END:VCALENDAR\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	return s.Components[0]
}

func day(t *testing.T, s string) time.Time {
	t.Helper()
	d, err := time.Parse("2006-01-02", s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestVTimeZoneToRule(t *testing.T) {
	us := func(start, from, to, kind, rule string) string { return observance(kind, start, from, to, rule) }
	history := us("20070311T020000", "-0500", "-0400", "DAYLIGHT", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU") +
		us("20071104T020000", "-0400", "-0500", "STANDARD", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU") +
		us("19870405T020000", "-0500", "-0400", "DAYLIGHT", "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20060402T070000Z") +
		us("19671029T020000", "-0400", "-0500", "STANDARD", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20061029T060000Z")
	moscow := observance("STANDARD", "19961027T030000", "+0400", "+0300", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20101030T230000Z") +
		observance("DAYLIGHT", "19930328T020000", "+0300", "+0400", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20100327T230000Z") +
		observance("STANDARD", "20110327T020000", "+0300", "+0400") + observance("STANDARD", "20141026T020000", "+0400", "+0300")
	for _, c := range []struct {
		name, zone, when string
		want             timezone.Rule
		fail             string
	}{
		{name: "two rules", zone: berlinStandard + berlinDaylight, when: "2026-07-01", want: berlinRule},
		{name: "before the zone begins", zone: berlinStandard + berlinDaylight, when: "1965-07-01", want: berlinRule},
		{name: "ICAL-IN-083 no daylight time", zone: observance("STANDARD", "16010101T000000", "+0530", "+0530"), when: "2026-07-01", want: timezone.Rule{Bias: -330}},
		{name: "daylight time alone", zone: observance("DAYLIGHT", "16010101T000000", "+0530", "+0530"), when: "2026-07-01", want: timezone.Rule{Bias: -330}},
		{name: "ICAL-IN-085 the rules of 2006", zone: history, when: "2006-07-01", want: timezone.Rule{Bias: 300, DaylightBias: -60,
			StandardDate: timezone.SystemTime{Month: 10, Day: 5, Hour: 2}, DaylightDate: timezone.SystemTime{Month: 4, Day: 1, Hour: 2}}},
		{name: "ICAL-IN-085 the rules of 2008", zone: history, when: "2008-07-01", want: timezone.Rule{Bias: 300, DaylightBias: -60,
			StandardDate: timezone.SystemTime{Month: 11, Day: 1, Hour: 2}, DaylightDate: timezone.SystemTime{Month: 3, Day: 2, Hour: 2}}},
		{name: "ICAL-IN-085 before all of them", zone: history, when: "1950-07-01", want: timezone.Rule{Bias: 300, DaylightBias: -60,
			StandardDate: timezone.SystemTime{Month: 10, Day: 5, Hour: 2}, DaylightDate: timezone.SystemTime{Month: 4, Day: 1, Hour: 2}}},
		{name: "daylight time was given up", zone: moscow, when: "2012-07-01", want: timezone.Rule{Bias: -240}},
		{name: "and again", zone: moscow, when: "2026-07-01", want: timezone.Rule{Bias: -180}},
		{name: "while there was daylight time", zone: moscow, when: "2009-07-01", want: timezone.Rule{Bias: -180, DaylightBias: -60,
			StandardDate: timezone.SystemTime{Month: 10, Day: 5, Hour: 3}, DaylightDate: timezone.SystemTime{Month: 3, Day: 5, Hour: 2}}},
		{name: "ICAL-IN-084 a day of the month", when: "2026-07-01",
			zone: observance("STANDARD", "16010921T020000", "+0430", "+0330", "RRULE:FREQ=YEARLY;BYMONTHDAY=21;BYMONTH=9") +
				observance("DAYLIGHT", "16010321T020000", "+0330", "+0430", "RRULE:FREQ=YEARLY;BYMONTHDAY=21"),
			want: timezone.Rule{Bias: -210, DaylightBias: -60, StandardDate: timezone.SystemTime{Year: 1, Month: 9, Day: 21, Hour: 2},
				DaylightDate: timezone.SystemTime{Year: 1, Month: 3, Day: 21, Hour: 2}}},
		{name: "seven days in a row", when: "2026-07-01",
			zone: observance("STANDARD", "20071104T020000", "-0400", "-0500", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=SU;BYMONTHDAY=1,2,3,4,5,6,7") +
				observance("DAYLIGHT", "20070311T020000", "-0500", "-0400", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=SU;BYMONTHDAY=14,13,12,11,10,9,8"),
			want: timezone.Rule{Bias: 300, DaylightBias: -60, StandardDate: timezone.SystemTime{Month: 11, Day: 1, Hour: 2},
				DaylightDate: timezone.SystemTime{Month: 3, Day: 2, Hour: 2}}},
		{name: "the last seven days in a row", when: "2026-07-01",
			zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=SU;BYMONTHDAY=25,26,27,28,29,30,31") + berlinDaylight, want: berlinRule},
		{name: "seven days that are no week of the month", when: "2026-07-01",
			zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=SU;BYMONTHDAY=20,21,22,23,24,25,26") + berlinDaylight, fail: "not one day"},
		{name: "dates of one year", zone: observance("STANDARD", "20261025T030000", "+0200", "+0100") + observance("DAYLIGHT", "20260329T020000", "+0100", "+0200"),
			when: "2026-07-01", want: berlinRule},
		{name: "the same date twice", zone: observance("STANDARD", "20260329T020000", "+0200", "+0100", yearlyMarch) + observance("DAYLIGHT", "20260329T020000", "+0100", "+0200", yearlyMarch),
			when: "2026-07-01", want: timezone.Rule{Bias: -60}},
		{name: "without TZOFFSETFROM", zone: "BEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETTO:+0100\nEND:STANDARD\n", when: "2026-07-01", want: timezone.Rule{Bias: -60}},
		{name: "ICAL-FALLBACK-015 empty", zone: "", fail: "no STANDARD or DAYLIGHT"},
		{name: "ICAL-FALLBACK-015 no TZOFFSETTO", zone: "BEGIN:STANDARD\nDTSTART:16010101T000000\nEND:STANDARD\n", fail: "TZOFFSETTO"},
		{name: "ICAL-FALLBACK-015 no DTSTART", zone: "BEGIN:STANDARD\nTZOFFSETTO:+0100\nEND:STANDARD\n", fail: "DTSTART"},
		{name: "ICAL-FALLBACK-015 DTSTART in UTC", zone: observance("STANDARD", "16010101T000000Z", "+0100", "+0100"), fail: "no local time"},
		{name: "ICAL-FALLBACK-015 DTSTART in a zone", zone: "BEGIN:STANDARD\nDTSTART;TZID=X:16010101T000000\nTZOFFSETTO:+0100\nEND:STANDARD\n", fail: "no local time"},
		{name: "ICAL-FALLBACK-015 monthly", zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", "RRULE:FREQ=MONTHLY;BYDAY=-1SU") + berlinDaylight, fail: "every year"},
		{name: "ICAL-FALLBACK-015 every second year", zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", yearlyOctober+";INTERVAL=2") + berlinDaylight, fail: "every year"},
		{name: "ICAL-FALLBACK-015 BYHOUR", zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", yearlyOctober+";BYHOUR=4"), fail: "every year"},
		{name: "ICAL-FALLBACK-015 BYMINUTE", zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", yearlyOctober+";BYMINUTE=4"), fail: "every year"},
		{name: "ICAL-FALLBACK-015 BYSECOND", zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", yearlyOctober+";BYSECOND=4"), fail: "every year"},
		{name: "ICAL-FALLBACK-015 BYSETPOS", zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", yearlyOctober+";BYSETPOS=1"), fail: "every year"},
		{name: "ICAL-FALLBACK-015 BYYEARDAY", zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYYEARDAY=100"), fail: "every year"},
		{name: "ICAL-FALLBACK-015 BYWEEKNO", zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYWEEKNO=10"), fail: "every year"},
		{name: "ICAL-FALLBACK-015 RSCALE", zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", yearlyOctober+";RSCALE=HEBREW"), fail: "every year"},
		{name: "ICAL-FALLBACK-015 COUNT=0", zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", yearlyOctober+";COUNT=0"), fail: "every year"},
		{name: "month 0", zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYMONTH=0;BYDAY=1SU"), fail: "RRULE"},
		{name: "the first and the last day of a month", when: "2026-05-01",
			zone: observance("STANDARD", "16010801T020000", "+0430", "+0330", "RRULE:FREQ=YEARLY;BYMONTHDAY=1;BYMONTH=8") +
				observance("DAYLIGHT", "16010331T020000", "+0330", "+0430", "RRULE:FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=3"),
			want: timezone.Rule{Bias: -210, DaylightBias: -60, StandardDate: timezone.SystemTime{Year: 1, Month: 8, Day: 1, Hour: 2},
				DaylightDate: timezone.SystemTime{Year: 1, Month: 3, Day: 31, Hour: 2}}},
		{name: "ICAL-FALLBACK-015 a negative BYMONTHDAY", zone: observance("STANDARD", "19701031T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=10") + berlinDaylight, when: "2026-07-01", fail: "not one day"},
		{name: "ICAL-FALLBACK-015 BYMONTHDAY=0", zone: observance("STANDARD", "19701031T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYMONTHDAY=0;BYMONTH=10") + berlinDaylight, when: "2026-07-01", fail: "not one day"},
		{name: "ICAL-FALLBACK-015 two months", zone: observance("STANDARD", "19701031T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=10,11") + berlinDaylight, when: "2026-07-01", fail: "not one day"},
		{name: "ICAL-FALLBACK-015 no BYDAY", zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYMONTH=10") + berlinDaylight, when: "2026-07-01", fail: "not one day"},
		{name: "ICAL-FALLBACK-015 BYDAY list", zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU,-1SA;BYMONTH=10") + berlinDaylight, when: "2026-07-01", fail: "not one day"},
		{name: "ICAL-FALLBACK-015 BYDAY without a number", zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYDAY=SU;BYMONTH=10") + berlinDaylight, when: "2026-07-01", fail: "not one day"},
		{name: "ICAL-FALLBACK-015 BYDAY and BYMONTHDAY", zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYDAY=SU;BYMONTHDAY=20,21;BYMONTH=10") + berlinDaylight, when: "2026-07-01", fail: "not one day"},
		{name: "the second last Sunday", zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYDAY=-2SU;BYMONTH=10") + berlinDaylight, when: "2026-07-01", fail: "not one day"},
		{name: "seconds", zone: observance("STANDARD", "16010101T000000", "+001608", "+001608"), when: "2026-07-01", fail: "whole minutes"},
		{name: "two rules in one", zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", yearlyOctober, yearlyMarch), fail: "several RRULEs"},
		{name: "a bad RDATE", zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", "RDATE:x"), fail: "RDATE"},
		{name: "month 13", zone: observance("STANDARD", "19701025T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYMONTH=13;BYDAY=1SU"), fail: "RRULE"},
	} {
		t.Run(c.name, func(t *testing.T) {
			z, err := timezone.NewSet(calendar(t, "TZID:My Zone\n"+c.zone), nil, "").Lookup("My Zone")
			var got timezone.Rule
			if err == nil && c.when != "" {
				got, err = z.RuleAt(day(t, c.when))
			}
			if c.fail != "" {
				if err == nil || !strings.Contains(err.Error(), c.fail) {
					t.Errorf("got %+v, %v; want an error with %q", got, err, c.fail)
				}
				return
			}
			if diff := cmp.Diff(c.want, got); err != nil || diff != "" {
				t.Errorf("%v, -want +got:\n%s", err, diff)
			}
			if z.KeyName != "My Zone" || z.Source != timezone.FromCalendar {
				t.Errorf("the key is %q from %d", z.KeyName, z.Source)
			}
		})
	}
}

// Instants follow every observance, not only the one whose rule the binary has.
func TestVTimeZoneConverts(t *testing.T) {
	for _, c := range []struct {
		name, zone string
		like       string // an IANA zone that is the same in the years
		years      []int
	}{
		{"rules", berlinStandard + berlinDaylight, "Europe/Berlin", []int{1998, 2026, 2050, 2150, 2300}},
		{"rules that begin late", observance("STANDARD", "20261025T030000", "+0200", "+0100", yearlyOctober) + observance("DAYLIGHT", "20260329T020000", "+0100", "+0200", yearlyMarch), "Europe/Berlin", []int{1998, 2025, 2026}},
		{"the order does not matter", berlinDaylight + berlinStandard, "Europe/Berlin", []int{2026}},
		{"offsets that do not meet", strings.Replace(berlinStandard, "TZOFFSETFROM:+0200", "TZOFFSETFROM:+0201", 1) + berlinDaylight, "Europe/Berlin", []int{2026, 2150}},
		{"dates", observance("STANDARD", "20261025T030000", "+0200", "+0100", "RDATE:20271031T030000") + observance("DAYLIGHT", "20260329T020000", "+0100", "+0200", "RDATE:20270328T020000,20280326T020000"), "Europe/Berlin", []int{2027}},
		{"a count", observance("STANDARD", "20251026T030000", "+0200", "+0100", yearlyOctober+";COUNT=2") + observance("DAYLIGHT", "20250330T020000", "+0100", "+0200", yearlyMarch+";COUNT=2"), "Europe/Berlin", []int{2026}},
		{"an end in UTC", observance("STANDARD", "19961027T030000", "+0200", "+0100", yearlyOctober+";UNTIL=20261025T010000Z") + observance("DAYLIGHT", "19960331T020000", "+0100", "+0200", yearlyMarch+";UNTIL=20260329T010000Z"), "Europe/Berlin", []int{2026}},
		{"an end by date", observance("STANDARD", "19961027T030000", "+0200", "+0100", yearlyOctober+";UNTIL=20261025") + observance("DAYLIGHT", "19960331T020000", "+0100", "+0200", yearlyMarch+";UNTIL=20260329"), "Europe/Berlin", []int{2026}},
		{"a rule that no tail can say", observance("STANDARD", "19701025T030000", "+0200", "+0100", yearlyOctober) + observance("DAYLIGHT", "19700329T020000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYDAY=SU;BYMONTHDAY=-1,-2,-3,-4,-5,-6,-7;BYMONTH=3"), "Europe/Berlin", []int{1998, 2018, 2024, 2026, 2150}},
	} {
		z, err := timezone.NewSet(calendar(t, "TZID:x\n"+c.zone), nil, "").Lookup("X")
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		want, err := timezone.Load(c.like)
		if err != nil {
			t.Fatal(err)
		}
		for _, year := range c.years {
			if !same(offsets(want, year), offsets(z.Location(), year)) {
				t.Errorf("%s: in %d it isn't %s", c.name, year, c.like)
			}
		}
	}
}

func TestSet(t *testing.T) {
	odd := observance("STANDARD", "16010101T000000", "+0700", "+0700")
	for _, c := range []struct {
		name, id string
		zones    []string
		key      string
		source   timezone.Source
		hours    int // from UTC in July 2026
		report   string
		fail     string
	}{
		{name: "what the calendar says goes first", id: "Europe/Berlin", zones: []string{"TZID:Europe/Berlin\n" + odd}, key: "W. Europe Standard Time", source: timezone.FromCalendar, hours: 7},
		{name: "ICAL-IN-082 another case", id: "EUROPE/berlin", zones: []string{"TZID:Europe/Berlin\n" + odd}, key: "W. Europe Standard Time", source: timezone.FromCalendar, hours: 7},
		{name: "ICAL-IN-131 in quotes", id: `"My Zone"`, zones: []string{"TZID:My Zone\n" + odd}, key: "My Zone", source: timezone.FromCalendar, hours: 7},
		{name: "ICAL-IN-131 the property in quotes", id: "My Zone", zones: []string{"TZID:\"My Zone\"\n" + odd}, key: "My Zone", source: timezone.FromCalendar, hours: 7},
		{name: "escaped", id: "(UTC+07:00) Bangkok, Hanoi", zones: []string{`TZID:(UTC+07:00) Bangkok\, Hanoi` + "\n" + odd}, key: "(UTC+07:00) Bangkok, Hanoi", source: timezone.FromCalendar, hours: 7},
		{name: "Customized Time Zone", id: "Customized Time Zone", zones: []string{"TZID:Customized Time Zone\n" + odd}, key: "Customized Time Zone", source: timezone.FromCalendar, hours: 7},
		{name: "the first of two", id: "A", zones: []string{"TZID:A\n" + odd, "TZID:a\n" + berlinStandard}, key: "A", source: timezone.FromCalendar, hours: 7},
		{name: "ICAL-IN-087 not declared, a key of Windows", id: "W. Europe Standard Time", key: "W. Europe Standard Time", source: timezone.FromWindowsKey, hours: 2,
			report: `time-zone-assumed: "W. Europe Standard Time": the calendar does not declare it; taken for Europe/Berlin`},
		{name: "ICAL-IN-087 not declared, an IANA name", id: "America/New_York", key: "Eastern Standard Time", source: timezone.FromIANA, hours: -4,
			report: `time-zone-assumed: America/New_York: the calendar does not declare it; taken for America/New_York`},
		{name: "ICAL-IN-087 not declared, an offset", id: "UTC+2", key: "UTC+2", source: timezone.FromOffset, hours: 2,
			report: `time-zone-assumed: UTC+2: the calendar does not declare it; taken for UTC+2`},
		{name: "declared badly, a known name", id: "Europe/Berlin", zones: []string{"TZID:Europe/Berlin\n"}, key: "W. Europe Standard Time", source: timezone.FromIANA, hours: 2,
			report: `time-zone-assumed: Europe/Berlin: no STANDARD or DAYLIGHT; taken for Europe/Berlin`},
		{name: "declared badly, known by another name", id: "Mine", zones: []string{"TZID:Mine\nX-LIC-LOCATION:Europe/Berlin\n"}, key: "W. Europe Standard Time", source: timezone.FromIANA, hours: 2,
			report: `time-zone-assumed: Mine: no STANDARD or DAYLIGHT; taken for Europe/Berlin`},
		{name: "ICAL-FALLBACK-014 not declared and not known", id: "Nowhere", fail: "time zone Nowhere: the calendar does not declare it"},
		{name: "ICAL-IN-088 Local", id: "Local", fail: "time zone Local: the calendar does not declare it"},
		{name: "ICAL-IN-088 nothing", id: "", fail: `time zone "": the calendar does not declare it`},
		{name: "ICAL-FALLBACK-015 declared badly and not known", id: "Nowhere", zones: []string{"TZID:Nowhere\n"}, fail: "time zone Nowhere: no STANDARD or DAYLIGHT"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var r diag.Recorder
			s := timezone.NewSet(calendar(t, c.zones...), &r, "1.2")
			z, err := s.Lookup(c.id)
			if again, err2 := s.Lookup(c.id); again != z || (err2 == nil) != (err == nil) {
				t.Error("looked up again it is another zone")
			}
			if c.fail != "" {
				if err == nil || err.Error() != c.fail {
					t.Errorf("got %v, %v; want %q", z, err, c.fail)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			_, offset := day(t, "2026-07-01").In(z.Location()).Zone()
			if z.KeyName != c.key || z.Source != c.source || offset != c.hours*3600 || z.ID != strings.Trim(c.id, `"`) {
				t.Errorf("got %q %q %d %d seconds; want %q %d %d hours", z.ID, z.KeyName, z.Source, offset, c.key, c.source, c.hours)
			}
			report := ""
			for _, d := range r.Diagnostics() {
				report += string(d.Code) + ": " + d.Detail
			}
			if report != c.report {
				t.Errorf("diagnostics %q; want %q", report, c.report)
			}
		})
	}
}

// A rule without a day means that of DTSTART.
func TestVTimeZoneWithoutADay(t *testing.T) {
	zone := func(rule string) *time.Location {
		standard := observance("STANDARD", "19700921T020000", "+0430", "+0330", "RRULE:FREQ=YEARLY;BYMONTHDAY=21;BYMONTH=9")
		s := timezone.NewSet(calendar(t, "TZID:x\n"+standard+observance("DAYLIGHT", "19700321T020000", "+0330", "+0430", rule)), nil, "")
		z, err := s.Lookup("x")
		if err != nil {
			t.Fatal(err)
		}
		return z.Location()
	}
	want := offsets(zone("RRULE:FREQ=YEARLY;BYMONTHDAY=21;BYMONTH=3"), 2026)
	if !same(want, offsets(zone("RRULE:FREQ=YEARLY;BYMONTH=3"), 2026)) || !same(want, offsets(zone("RRULE:FREQ=YEARLY"), 2026)) {
		t.Error("it is another day")
	}
}

func TestVTimeZoneBounds(t *testing.T) {
	one := observance("STANDARD", "19701025T030000", "+0200", "+0100")
	for n, ok := range map[int]bool{1000: true, 1001: false} {
		_, err := timezone.NewSet(calendar(t, "TZID:x\n"+strings.Repeat(one, n)), nil, "").Lookup("x")
		if (err == nil) != ok {
			t.Errorf("%d observances: %v", n, err)
		}
	}
	daily := observance("STANDARD", "19700101T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=SU,MO,TU,WE,TH,FR,SA")
	if _, err := timezone.NewSet(calendar(t, "TZID:x\n"+daily), nil, "").Lookup("x"); err == nil {
		t.Error("a clock that changes every day is a zone")
	}
}

// An UNTIL that is a date means the end of that day in the zone.
func TestUntilDate(t *testing.T) {
	zone := func(until string) []int {
		standard := observance("STANDARD", "20201025T030000", "+1100", "+1000", yearlyOctober+";UNTIL="+until)
		daylight := observance("DAYLIGHT", "20200329T020000", "+1000", "+1100", yearlyMarch)
		z, err := timezone.NewSet(calendar(t, "TZID:x\n"+standard+daylight), nil, "").Lookup("x")
		if err != nil {
			t.Fatal(err)
		}
		return offsets(z.Location(), 2026)
	}
	if !same(zone("20261024"), zone("20261023T000000Z")) {
		t.Error("the change on the day after UNTIL took place")
	}
	if !same(zone("20261025"), zone("20261024T160000Z")) || same(zone("20261025"), zone("20261024")) {
		t.Error("the change on the day of UNTIL did not take place")
	}
}

// A zone whose declaration no rule can say has the rule of its known name.
func TestRuleOfKnownName(t *testing.T) {
	zone := observance("STANDARD", "19701025T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=SU;BYMONTHDAY=-1,-2,-3,-4,-5,-6,-7") + berlinDaylight
	z, err := timezone.NewSet(calendar(t, "TZID:Europe/Berlin\n"+zone), nil, "").Lookup("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	if r, err := z.RuleAt(day(t, "2026-07-01")); err != nil || r != berlinRule {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestICAL_OUT_032_Component(t *testing.T) {
	write := func(r timezone.Rule, id string) string {
		var b strings.Builder
		if err := tree.Write(&b, r.Component(id)); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	want := strings.ReplaceAll(`BEGIN:VTIMEZONE
TZID:Pacific Standard Time
BEGIN:STANDARD
DTSTART:16011104T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZOFFSETFROM:-0700
TZOFFSETTO:-0800
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010311T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZOFFSETFROM:-0800
TZOFFSETTO:-0700
END:DAYLIGHT
END:VTIMEZONE
`, "\n", "\r\n")
	if diff := cmp.Diff(want, write(pacific, "Pacific Standard Time")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	want = strings.ReplaceAll(`BEGIN:VTIMEZONE
TZID:(UTC+05:30) Chennai\, Kolkata
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0530
TZOFFSETTO:+0530
END:STANDARD
END:VTIMEZONE
`, "\n", "\r\n")
	india := timezone.Rule{Bias: -330, DaylightBias: -60} // as the registry of Windows has it
	if diff := cmp.Diff(want, write(india, "(UTC+05:30) Chennai, Kolkata")); diff != "" {
		t.Errorf("ICAL-OUT-033 without daylight time: -want +got:\n%s", diff)
	}
	dated := timezone.Rule{Bias: -210, DaylightBias: -60, StandardDate: timezone.SystemTime{Year: 1, Month: 9, Day: 21, Hour: 23, Minute: 59, Second: 59, Milliseconds: 999},
		DaylightDate: timezone.SystemTime{Month: 3, DayOfWeek: 5, Day: 5}}
	for _, line := range []string{"DTSTART:16010921T235959", "RRULE:FREQ=YEARLY;BYMONTHDAY=21;BYMONTH=9", "DTSTART:16010330T000000", "RRULE:FREQ=YEARLY;BYDAY=-1FR;BYMONTH=3"} {
		if got := write(dated, "x"); !strings.Contains(got, line+"\r\n") {
			t.Errorf("no line %s in\n%s", line, got)
		}
	}
}
