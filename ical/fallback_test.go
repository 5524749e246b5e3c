package ical_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical"
	"github.com/contentconv/contentconv/ical/recurrence"
)

// inCalendar returns a calendar of those lines.
func inCalendar(lines string) string {
	return "BEGIN:VCALENDAR\nVERSION:2.0\n" + lines + "\nEND:VCALENDAR\n"
}

// eventOf returns an event without anything that isn't given.
func eventOf(lines string) string { return "BEGIN:VEVENT\n" + lines + "\nEND:VEVENT" }

// ruled returns a calendar with a series that begins on Monday, 2026-11-23.
func ruled(rule string, lines ...string) string {
	return calendarOf("", append([]string{"DTSTART:20261123T090000Z\nDTEND:20261123T100000Z\nRRULE:" + rule}, lines...)...)
}

// override returns the changed occurrence of a series.
func override(id, start string, lines ...string) string {
	return eventOf("UID:abc@example.com\nRECURRENCE-ID" + id + "\nDTSTART" + start + "\nSUMMARY:changed\n" + strings.Join(lines, "\n"))
}

// with adds components to a calendar.
func with(calendar string, components ...string) string {
	return strings.Replace(calendar, "END:VCALENDAR", strings.Join(components, "\n")+"\nEND:VCALENDAR", 1)
}

// What calendar objects can't hold falls back, with the construct and where it is.
func TestFallback(t *testing.T) {
	of := ical.ConstructOf
	const daily = "FREQ=DAILY;COUNT=5"
	for _, c := range []struct {
		name, calendar string
		want           ical.Construct
		where          string // component and property
	}{
		{"ICAL-FALLBACK-001 no calendar", "hello\n", ical.ConstructMalformed, ""},
		{"ICAL-FALLBACK-001 no colon", calendarOf("", "ATTENDEE;CN=foo"), ical.ConstructMalformed, "VCALENDAR"},
		{"ICAL-FALLBACK-001 cut off", strings.TrimSuffix(calendarOf("", ""), "END:VEVENT\nEND:VCALENDAR\n"), ical.ConstructMalformed, "VCALENDAR"},
		{"ICAL-FALLBACK-002 no event", inCalendar("X-WR-CALNAME:x"), ical.ConstructNoEvent, "VCALENDAR"},
		{"ICAL-FALLBACK-002 only a zone", inCalendar(strings.TrimSpace(zones)), ical.ConstructNoEvent, "VCALENDAR"},
		{"ICAL-FALLBACK-003 vCalendar", strings.Replace(calendarOf("", ""), "VERSION:2.0", "VERSION:1.0", 1), ical.ConstructVersion, "VCALENDAR VERSION"},
		{"ICAL-FALLBACK-004 CALSCALE", strings.Replace(calendarOf("", ""), "VERSION:2.0", "VERSION:2.0\nCALSCALE:HEBREW", 1), ical.ConstructScale, "VCALENDAR CALSCALE"},
		{"ICAL-FALLBACK-004 RSCALE", ruled("RSCALE=CHINESE;FREQ=YEARLY"), of(recurrence.ReasonCalendar), "VEVENT RRULE"},
		{"ICAL-FALLBACK-004 SKIP", ruled("RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD"), of(recurrence.ReasonCalendar), "VEVENT RRULE"},
		{"ICAL-FALLBACK-005 task", inCalendar("BEGIN:VTODO\nUID:x\nEND:VTODO"), ical.ConstructComponent, "VTODO"},
		{"ICAL-FALLBACK-005 journal", inCalendar("BEGIN:VJOURNAL\nUID:x\nEND:VJOURNAL"), ical.ConstructComponent, "VJOURNAL"},
		{"ICAL-FALLBACK-005 free and busy", inCalendar("BEGIN:VFREEBUSY\nUID:x\nEND:VFREEBUSY"), ical.ConstructComponent, "VFREEBUSY"},
		{"ICAL-FALLBACK-006 ADD", calendarOf("ADD", ""), ical.ConstructMethod, "VCALENDAR METHOD"},
		{"ICAL-FALLBACK-006 REFRESH", calendarOf("REFRESH", ""), ical.ConstructMethod, "VCALENDAR METHOD"},
		{"ICAL-FALLBACK-006 DECLINECOUNTER", calendarOf("DECLINECOUNTER", ""), ical.ConstructMethod, "VCALENDAR METHOD"},
		{"ICAL-FALLBACK-006 unknown", calendarOf("X-OTHER", ""), ical.ConstructMethod, "VCALENDAR METHOD"},
		{"ICAL-FALLBACK-007 no PARTSTAT", calendarOf("REPLY", "ATTENDEE:mailto:a@x.example"), ical.ConstructReply, "VEVENT ATTENDEE"},
		{"ICAL-FALLBACK-007 no answer", calendarOf("REPLY", "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:a@x.example"), ical.ConstructReply, "VEVENT"},
		{"ICAL-FALLBACK-007 no attendee", calendarOf("REPLY", ""), ical.ConstructReply, "VEVENT"},
		{"ICAL-FALLBACK-007 two attendees", calendarOf("REPLY", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x.example\nATTENDEE;PARTSTAT=ACCEPTED:mailto:b@x.example"), ical.ConstructReply, "VEVENT"},
		{"ICAL-FALLBACK-007 a counter proposal that accepts", calendarOf("COUNTER", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x.example"), ical.ConstructReply, "VEVENT"},
		{"ICAL-IN-136 two PARTSTAT", calendarOf("REPLY", "ATTENDEE;PARTSTAT=ACCEPTED;PARTSTAT=DECLINED:mailto:a@x.example"), ical.ConstructReply, "VEVENT ATTENDEE"},
		{"ICAL-FALLBACK-008 two UIDs of a request", with(calendarOf("REQUEST", ""), eventOf("UID:other\nDTSTART:20261123T090000Z\nORGANIZER:mailto:o@x.example")), ical.ConstructSeveralEvents, "VEVENT"},
		{"ICAL-FALLBACK-009 two UIDs, published, in a mail", with(calendarOf("PUBLISH", ""), eventOf("UID:other\nDTSTART:20261123T090000Z")), ical.ConstructSeveralEvents, "VEVENT"},
		{"ICAL-FALLBACK-010 two calendars", calendarOf("", "") + calendarOf("", "UID:2"), ical.ConstructSeveralCalendars, "VCALENDAR"},
		{"ICAL-FALLBACK-011 no UID", calendarOf("REQUEST", "UID:"), ical.ConstructNoUID, "VEVENT"},
		{"ICAL-FALLBACK-012 no start", inCalendar(eventOf("UID:x\nDTEND:20261123T090000Z")), ical.ConstructTime, "VEVENT"},
		{"ICAL-FALLBACK-012 month 13", calendarOf("", "DTSTART:20261323T090000Z"), ical.ConstructTime, "VEVENT DTSTART"},
		{"ICAL-FALLBACK-012 31 February", calendarOf("", "DTSTART:20260231"), ical.ConstructTime, "VEVENT DTSTART"},
		{"ICAL-FALLBACK-012 year 1600", calendarOf("", "DTSTART:16001231T090000Z"), ical.ConstructTime, "VEVENT DTSTART"},
		{"ICAL-FALLBACK-012 year 4501", calendarOf("", "DTSTART:45010101T090000Z"), ical.ConstructTime, "VEVENT DTSTART"},
		{"ICAL-FALLBACK-013 end before start", calendarOf("", "DTSTART:20261123T090000Z\nDTEND:20261123T080000Z"), ical.ConstructEnd, "VEVENT DTEND"},
		{"ICAL-FALLBACK-013 negative duration", calendarOf("", "DTSTART:20261123T090000Z\nDURATION:-PT1H"), ical.ConstructEnd, "VEVENT DURATION"},
		{"ICAL-FALLBACK-013 a date beside a time", calendarOf("", "DTSTART:20261123\nDTEND:20261124T080000Z"), ical.ConstructEnd, "VEVENT DTEND"},
		{"ICAL-FALLBACK-013 a series in two zones", calendarOf("", "DTSTART;TZID=Mitte:20261123T090000\nDTEND:20261123T100000Z\nRRULE:"+daily), ical.ConstructEnd, "VEVENT DTEND"},
		{"ICAL-FALLBACK-014 unknown zone", calendarOf("", "DTSTART;TZID=Nowhere:20261123T090000"), ical.ConstructTimeZone, "VEVENT DTSTART"},
		{"ICAL-IN-088 no zone of the host", calendarOf("", "DTSTART;TZID=Local:20261123T090000"), ical.ConstructTimeZone, "VEVENT DTSTART"},
		{"ICAL-FALLBACK-015 unusable zone", with(calendarOf("", "DTSTART;TZID=Odd:20261123T090000"), "BEGIN:VTIMEZONE\nTZID:Odd\nEND:VTIMEZONE"), ical.ConstructTimeZone, "VEVENT DTSTART"},
		{"ICAL-FALLBACK-016 hourly", ruled("FREQ=HOURLY"), of(recurrence.ReasonFrequency), "VEVENT RRULE"},
		{"ICAL-FALLBACK-016 minutely", ruled("FREQ=MINUTELY"), of(recurrence.ReasonFrequency), "VEVENT RRULE"},
		{"ICAL-FALLBACK-016 secondly", ruled("FREQ=SECONDLY"), of(recurrence.ReasonFrequency), "VEVENT RRULE"},
		{"ICAL-FALLBACK-017 another second", ruled("FREQ=DAILY;BYSECOND=5"), of(recurrence.ReasonTime), "VEVENT RRULE"},
		{"ICAL-FALLBACK-017 two hours", ruled("FREQ=DAILY;BYHOUR=9,12"), of(recurrence.ReasonTime), "VEVENT RRULE"},
		{"ICAL-FALLBACK-017 two minutes", ruled("FREQ=DAILY;BYMINUTE=0,30"), of(recurrence.ReasonTime), "VEVENT RRULE"},
		{"ICAL-IN-129 hour 24", ruled("FREQ=DAILY;BYHOUR=24"), of(recurrence.ReasonTime), "VEVENT RRULE"},
		{"ICAL-IN-129 minute 60", ruled("FREQ=DAILY;BYMINUTE=60"), of(recurrence.ReasonTime), "VEVENT RRULE"},
		{"ICAL-IN-129 month 13", ruled("FREQ=YEARLY;BYMONTH=13"), of(recurrence.ReasonMonth), "VEVENT RRULE"},
		{"ICAL-FALLBACK-018 day of the year", ruled("FREQ=YEARLY;BYYEARDAY=327"), of(recurrence.ReasonYearDay), "VEVENT RRULE"},
		{"ICAL-FALLBACK-018 week of the year", ruled("FREQ=YEARLY;BYWEEKNO=48"), of(recurrence.ReasonYearDay), "VEVENT RRULE"},
		{"ICAL-FALLBACK-019 two days of the month", ruled("FREQ=MONTHLY;BYMONTHDAY=1,23"), of(recurrence.ReasonMonthDay), "VEVENT RRULE"},
		{"ICAL-FALLBACK-019 the day before the last", ruled("FREQ=MONTHLY;BYMONTHDAY=-2"), of(recurrence.ReasonMonthDay), "VEVENT RRULE"},
		{"ICAL-FALLBACK-020 days of a daily rule", ruled("FREQ=DAILY;BYDAY=MO;INTERVAL=2"), of(recurrence.ReasonWeekday), "VEVENT RRULE"},
		{"ICAL-FALLBACK-020 month of a daily rule", ruled("FREQ=DAILY;BYMONTH=11"), of(recurrence.ReasonMonth), "VEVENT RRULE"},
		{"ICAL-FALLBACK-021 several positions", ruled("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1,2"), of(recurrence.ReasonPosition), "VEVENT RRULE"},
		{"ICAL-FALLBACK-022 the fifth Monday", ruled("FREQ=MONTHLY;BYDAY=5MO"), of(recurrence.ReasonWeekday), "VEVENT RRULE"},
		{"ICAL-FALLBACK-023 every Monday of every other month", ruled("FREQ=MONTHLY;BYDAY=MO;INTERVAL=2"), of(recurrence.ReasonEveryWeekday), "VEVENT RRULE"},
		{"ICAL-FALLBACK-024 days of a year", ruled("FREQ=YEARLY;BYDAY=20MO"), of(recurrence.ReasonEveryWeekday), "VEVENT RRULE"},
		{"ICAL-FALLBACK-025 Friday the 13th", ruled("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"), of(recurrence.ReasonBothDays), "VEVENT RRULE"},
		{"ICAL-FALLBACK-026 interval 0", ruled("FREQ=DAILY;INTERVAL=0"), of(recurrence.ReasonInterval), "VEVENT RRULE"},
		{"ICAL-FALLBACK-026 interval 1000", ruled("FREQ=DAILY;INTERVAL=1000"), of(recurrence.ReasonInterval), "VEVENT RRULE"},
		{"ICAL-FALLBACK-026 count 1000", ruled("FREQ=DAILY;COUNT=1000"), of(recurrence.ReasonCount), "VEVENT RRULE"},
		{"ICAL-FALLBACK-027 two ends", ruled("FREQ=DAILY;COUNT=3;UNTIL=20261231T000000Z"), of(recurrence.ReasonEnd), "VEVENT RRULE"},
		{"ICAL-FALLBACK-027 end before start", ruled("FREQ=DAILY;UNTIL=20261101T000000Z"), of(recurrence.ReasonEnd), "VEVENT RRULE"},
		{"ICAL-FALLBACK-027 a part twice", ruled("FREQ=DAILY;COUNT=3;COUNT=4"), of(recurrence.ReasonSyntax), "VEVENT RRULE"},
		{"ICAL-FALLBACK-028 two rules", ruled(daily, "RRULE:FREQ=WEEKLY"), ical.ConstructSeveralRules, "VEVENT RRULE"},
		{"ICAL-FALLBACK-028 a rule that excludes", ruled(daily, "EXRULE:FREQ=WEEKLY"), ical.ConstructSeveralRules, "VEVENT EXRULE"},
		{"ICAL-IN-128 X-MICROSOFT-RRULE beside RRULE", ruled(daily, "X-MICROSOFT-RRULE:FREQ=WEEKLY"), ical.ConstructSeveralRules, "VEVENT X-MICROSOFT-RRULE"},
		{"ICAL-IN-128 X-MICROSOFT-RRULE without a calendar", strings.Replace(ruled(daily), "\nRRULE:"+daily, "\nX-MICROSOFT-RRULE:"+daily, 1), ical.ConstructSeveralRules, "VEVENT X-MICROSOFT-RRULE"},
		{"ICAL-FALLBACK-029 start off the rule", ruled("FREQ=WEEKLY;BYDAY=TU"), of(recurrence.ReasonStart), "VEVENT RRULE"},
		{"ICAL-FALLBACK-030 extra date", ruled(daily, "RDATE:20261225T090000Z"), of(recurrence.ReasonExtraDate), "VEVENT RRULE"},
		{"ICAL-FALLBACK-030 period", ruled(daily, "RDATE;VALUE=PERIOD:20261225T090000Z/PT1H"), ical.ConstructExtraDate, "VEVENT RDATE"},
		{"ICAL-FALLBACK-030 extra date without a rule", calendarOf("", "RDATE:20261225T090000Z"), ical.ConstructExtraDate, "VEVENT RDATE"},
		{"ICAL-FALLBACK-031 of no occurrence", with(ruled(daily), override(":20261201T090000Z", ":20261201T100000Z")), of(recurrence.ReasonOverride), "VEVENT RRULE"},
		{"ICAL-FALLBACK-031 twice", with(ruled(daily), override(":20261124T090000Z", ":20261124T100000Z"), override(":20261124T090000Z", ":20261124T110000Z")), of(recurrence.ReasonOverride), "VEVENT RRULE"},
		{"ICAL-FALLBACK-031 behind its neighbour", with(ruled(daily), override(":20261124T090000Z", ":20261126T100000Z")), of(recurrence.ReasonOverride), "VEVENT RRULE"},
		{"ICAL-FALLBACK-032 range", calendarOf("REQUEST", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261123T090000Z"), ical.ConstructRange, "VEVENT RECURRENCE-ID"},
		{"ICAL-FALLBACK-033 two masters", with(calendarOf("", ""), eventOf("UID:abc@example.com\nDTSTART:20261124T090000Z")), ical.ConstructSeries, "VEVENT"},
		{"ICAL-FALLBACK-033 an occurrence with a rule", calendarOf("", "RECURRENCE-ID:20261123T090000Z\nRRULE:FREQ=DAILY"), ical.ConstructSeries, "VEVENT RRULE"},
		{"ICAL-FALLBACK-033 an occurrence of what does not recur", with(calendarOf("", ""), override(":20261123T090000Z", ":20261123T100000Z")), ical.ConstructSeries, "VEVENT"},
		{"ICAL-FALLBACK-033 two occurrences alone", inCalendar(override(":20261123T090000Z", ":20261123T100000Z") + "\n" + override(":20261124T090000Z", ":20261124T100000Z")), ical.ConstructSeries, "VEVENT"},
		{"ICAL-FALLBACK-034 a lunar calendar", strings.NewReplacer("RRULE:", "X-MICROSOFT-RRULE:", "VERSION:2.0", "VERSION:2.0\nX-MICROSOFT-CALSCALE:Hijri").Replace(ruled("FREQ=YEARLY")), of(recurrence.ReasonCalendar), "VEVENT X-MICROSOFT-RRULE"},
		{"ICAL-FALLBACK-035 too many exceptions", ruled("FREQ=DAILY", "EXDATE:"+dates(1025)), of(recurrence.ReasonTooMany), "VEVENT RRULE"},
		{"ICAL-FALLBACK-035 too large", calendarOf("", "DESCRIPTION:"+strings.Repeat("x", 17<<20)), ical.ConstructTooLarge, ""},
		{"ICAL-FALLBACK-035 too many attachments", calendarOf("", strings.Repeat("ATTACH:http://example.com/x\n", 251)), ical.ConstructTooLarge, "VEVENT"},
		{"ICAL-FALLBACK-035 too long", calendarOf("", "DTSTART:20261123T090000Z\nDURATION:P2000000D"), ical.ConstructTime, "VEVENT DURATION"},
		{"2 row 48 a request of nobody", calendarOf("REQUEST", "ORGANIZER;CN=Olga:invalid:nomail"), ical.ConstructOrganizer, "VEVENT ORGANIZER"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ical.Import(context.Background(), []byte(c.calendar), &ical.ImportOptions{Single: true})
			if err != nil {
				t.Fatal(err)
			}
			f := got.Fallback
			if f == nil || f.Construct != c.want || strings.TrimSpace(f.Component+" "+f.Property) != c.where {
				t.Fatalf("fallback %+v, want %q in %q", f, c.want, c.where)
			}
			if f.Component != "" && f.Line == 0 {
				t.Errorf("no line: %v", f)
			}
			if len(got.Messages) > 0 || !reported(got.Diagnostics, diag.CalendarFallback) {
				t.Errorf("ICAL-FALLBACK-037: %d messages, diagnostics %v", len(got.Messages), got.Diagnostics)
			}
		})
	}
}

// Series that together have more dates than can be looked at fall back.
func TestFallbackWork(t *testing.T) {
	var events []string
	for i := range 25 {
		events = append(events, eventOf(fmt.Sprintf("UID:%d\nDTSTART:16010101T090000Z\nRRULE:FREQ=DAILY;INTERVAL=999;UNTIL=45001231T000000Z", i)))
	}
	got, err := ical.Import(context.Background(), []byte(inCalendar(strings.Join(events, "\n"))), nil)
	if err != nil || got.Fallback == nil || got.Fallback.Construct != ical.ConstructTooLarge {
		t.Errorf("%+v, %v", got, err)
	}
}

// dates returns a list of days in a row.
func dates(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = time.Date(2026, 11, 24+i, 9, 0, 0, 0, time.UTC).Format("20060102T150405Z")
	}
	return strings.Join(list, ",")
}

// What looks like a fallback and is none.
func TestNoFallback(t *testing.T) {
	for _, c := range []struct {
		name, calendar string
		messages       int
	}{
		{"several published events", with(calendarOf("PUBLISH", ""), eventOf("UID:other\nDTSTART:20261123T090000Z"), eventOf("DTSTART:20261124T090000Z")), 3},
		{"several calendars", calendarOf("", "") + calendarOf("", "UID:2"), 2},
		{"a task beside an event", with(calendarOf("", ""), "BEGIN:VTODO\nUID:y\nEND:VTODO"), 1},
		{"the same event twice", with(inCalendar(eventOf("UID:a\nDTSTART:20261123")), eventOf("UID:a\nDTSTART:20261123")), 1},
		{"no VERSION", strings.Replace(calendarOf("", ""), "VERSION:2.0\n", "", 1), 1},
		{"ICAL-IN-130 UNTIL is the start", ruled("FREQ=DAILY;UNTIL=20261123T090000Z"), 1},
		{"row 20 the second of the start", ruled("FREQ=DAILY;BYSECOND=0"), 1},
		{"row 24 work days", ruled("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"), 1},
		{"row 29 every Monday of the month", ruled("FREQ=MONTHLY;BYDAY=MO"), 1},
		{"row 15 two zones", calendarOf("", "DTSTART;TZID=Mitte:20261123T090000\nDTEND:20261123T100000Z"), 1},
		{"row 39 EXDATE without a rule", calendarOf("", "EXDATE:20261123T090000Z"), 1},
		{"row 45 another numbering of years", strings.NewReplacer("RRULE:", "X-MICROSOFT-RRULE:", "VERSION:2.0", "VERSION:2.0\nX-MICROSOFT-CALSCALE:Thai").Replace(ruled("FREQ=YEARLY")), 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ical.Import(context.Background(), []byte(c.calendar), nil)
			if err != nil || got.Fallback != nil || len(got.Messages) != c.messages {
				t.Errorf("%d messages, fallback %v, %v", len(got.Messages), got.Fallback, err)
			}
		})
	}
}
