package ical_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical"
	"github.com/contentconv/contentconv/ical/recurrence"
	"github.com/contentconv/contentconv/ical/timezone"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/mapi"
)

func mins(t testing.TB, s string) recurrence.Minutes {
	t.Helper()
	m, ok := recurrence.MinutesOf(unix(t, s))
	if !ok {
		t.Fatalf("%q is out of range", s)
	}
	return m
}

// masterOf returns the VEVENT without a RECURRENCE-ID, and the others.
func masterOf(t testing.TB, s string) (master *tree.Component, others []*tree.Component) {
	t.Helper()
	for _, c := range readBack(t, s).Children("VEVENT") {
		switch {
		case c.Property("RECURRENCE-ID") != nil:
			others = append(others, c)
		case master != nil:
			t.Fatal("two masters")
		default:
			master = c
		}
	}
	if master == nil {
		t.Fatal("no master")
	}
	return master, others
}

func TestICAL_OUT_024_Patterns(t *testing.T) {
	date := mins(t, "2026-11-02") // a Monday
	for _, c := range []struct {
		name, want string
		change     func(p *recurrence.AppointmentPattern)
	}{
		{"daily", "FREQ=DAILY", func(*recurrence.AppointmentPattern) {}},
		{"every three days", "FREQ=DAILY;INTERVAL=3", func(p *recurrence.AppointmentPattern) { p.Period = 4320 }},
		{"workdays as daily", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", func(p *recurrence.AppointmentPattern) {
			p.PatternType, p.Period, p.Days = recurrence.PatternWeek, 1, recurrence.WorkDays
		}},
		{"every second week", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=MO", func(p *recurrence.AppointmentPattern) {
			p.RecurFrequency, p.PatternType, p.Period, p.Days, p.FirstDOW = recurrence.Weekly, recurrence.PatternWeek, 2, 2, 1
			p.FirstDateTime = mins(t, "1601-01-08")
		}},
		{"monthly", "FREQ=MONTHLY;BYMONTHDAY=2", func(p *recurrence.AppointmentPattern) {
			p.RecurFrequency, p.PatternType, p.Period, p.Day = recurrence.Monthly, recurrence.PatternMonth, 1, 2
		}},
		{"the last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1", func(p *recurrence.AppointmentPattern) {
			p.RecurFrequency, p.PatternType, p.Period, p.Day, p.StartDate = recurrence.Monthly, recurrence.PatternMonth, 1, 31, mins(t, "2026-11-30")
		}},
		{"the first Monday", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1", func(p *recurrence.AppointmentPattern) {
			p.RecurFrequency, p.PatternType, p.Period, p.Days, p.Nth = recurrence.Monthly, recurrence.PatternMonthNth, 1, 2, 1
		}},
		{"yearly as 200C", "FREQ=YEARLY;INTERVAL=2;BYMONTHDAY=2;BYMONTH=11", func(p *recurrence.AppointmentPattern) {
			p.RecurFrequency, p.PatternType, p.Period, p.Day = recurrence.Monthly, recurrence.PatternMonth, 24, 2
			p.FirstDateTime = mins(t, "1602-11-01")
		}},
		{"the last Monday of November", "FREQ=YEARLY;BYDAY=MO;BYMONTH=11;BYSETPOS=-1", func(p *recurrence.AppointmentPattern) {
			p.RecurFrequency, p.PatternType, p.Period, p.Days, p.Nth, p.StartDate = recurrence.Yearly, recurrence.PatternMonthNth, 12, 2, 5, mins(t, "2026-11-30")
			p.FirstDateTime = mins(t, "1601-11-01")
		}},
		{"ICAL-OUT-026 the other never", "FREQ=DAILY", func(p *recurrence.AppointmentPattern) { p.EndType = 0xFFFFFFFF }},
		{"COUNT", "FREQ=DAILY;COUNT=3", func(p *recurrence.AppointmentPattern) {
			p.EndType, p.OccurrenceCount, p.EndDate = recurrence.EndByCount, 3, date+2*1440
		}},
		{"ICAL-OUT-025 UNTIL is the start of the last one in UTC", "FREQ=DAILY;UNTIL=20261104T080000Z", func(p *recurrence.AppointmentPattern) {
			p.EndType, p.OccurrenceCount, p.EndDate = recurrence.EndByDate, 3, date+2*1440
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := daily()
			c.change(p)
			s, _ := export(t, newMeeting(t, appointment).recurs("W. Europe Standard Time", berlin, p).Message, exportOptions)
			master, _ := masterOf(t, s)
			if got := master.Value("RRULE"); got != c.want {
				t.Errorf("RRULE:%s; want %s", got, c.want)
			}
			if got, want := master.Property("DTSTART").Param("TZID"), "W. Europe Standard Time"; got != want {
				t.Errorf("ICAL-OUT-006: TZID %q", got)
			}
		})
	}
}

func TestExportSeries(t *testing.T) {
	allDay := func(p *recurrence.AppointmentPattern) func(testing.TB) meeting {
		return func(t testing.TB) meeting {
			p.StartTimeOffset, p.EndTimeOffset = 0, 1440
			p.EndType, p.OccurrenceCount, p.EndDate = recurrence.EndByDate, 4, p.StartDate+3*1440
			p.Deleted = []recurrence.Minutes{p.StartDate + 1440}
			m := newMeeting(t, appointment).at("2026-11-01 23:00", "2026-11-02 23:00").recurs("W. Europe Standard Time", berlin, p)
			mapi.PidLidAppointmentSubType.Set(m.p(), true)
			return m
		}
	}
	deleted := daily()
	deleted.Deleted = []recurrence.Minutes{deleted.StartDate + 1440, deleted.StartDate + 3*1440}
	hijri := daily()
	hijri.RecurFrequency, hijri.PatternType, hijri.Period, hijri.Day = recurrence.Yearly, recurrence.PatternHijri, 12, 2
	hijri.Deleted = []recurrence.Minutes{hijri.StartDate + 1440}
	runExport(t, []exportCase{
		{name: "ICAL-OUT-006 times of the clock, and the zone", m: func(t testing.TB) meeting {
			return newMeeting(t, appointment).recurs("W. Europe Standard Time", berlin, deleted)
		}, want: []string{"DTSTART;TZID=W. Europe Standard Time:20261102T090000", "DTEND;TZID=W. Europe Standard Time:20261102T100000", "RRULE:FREQ=DAILY",
			"EXDATE;TZID=W. Europe Standard Time:20261103T090000,20261105T090000", "TZID:W. Europe Standard Time"}, none: []string{"RDATE", "X-MICROSOFT-RRULE", "X-MICROSOFT-CALSCALE"}},
		{name: "ICAL-OUT-006 no zone at all is UTC", m: func(t testing.TB) meeting {
			m := newMeeting(t, appointment).recurs("x", berlin, daily())
			return m.without(mapi.PidLidTimeZoneStruct.Key(), mapi.PidLidAppointmentTimeZoneDefinitionRecur.Key())
		}, want: []string{"DTSTART;TZID=UTC:20261102T090000", "TZID:UTC"}},
		{name: "ICAL-OUT-006 no zone, but another time in UTC", m: func(t testing.TB) meeting {
			m := newMeeting(t, appointment).at("2026-11-02 07:00", "2026-11-02 08:00").recurs("x", berlin, daily())
			return m.without(mapi.PidLidTimeZoneStruct.Key(), mapi.PidLidAppointmentTimeZoneDefinitionRecur.Key())
		}, want: []string{`DTSTART;TZID="UTC+02:00":20261102T090000`, "TZOFFSETTO:+0200"}},
		{name: "ICAL-OUT-025 ICAL-OUT-008 all-day", m: allDay(daily()), want: []string{"DTSTART;VALUE=DATE:20261102", "DTEND;VALUE=DATE:20261103",
			"RRULE:FREQ=DAILY;UNTIL=20261105", "EXDATE;VALUE=DATE:20261103"}},
		{name: "ICAL-OUT-043 ICAL-OUT-046 a calendar that isn't Gregorian", m: func(t testing.TB) meeting {
			return newMeeting(t, appointment).recurs("Z", berlin, hijri)
		}, want: []string{"X-MICROSOFT-CALSCALE:Hijri", "X-MICROSOFT-RRULE;VALUE=RECUR;X-MICROSOFT-ISLEAPMONTH=FALSE:FREQ=YEARLY;BYMONTHDAY=2;BYMONTH=11",
			"X-MICROSOFT-EXDATE;VALUE=DATE-TIME;TZID=Z:20261103T090000"}, none: []string{"RRULE:FREQ=YEARLY;BYMONTHDAY", "EXDATE"}},
		{name: "a series that says it is one without a pattern is none", m: func(t testing.TB) meeting {
			m := newMeeting(t, appointment)
			mapi.PidLidRecurring.Set(m.p(), true)
			return m
		}, want: []string{"DTSTART:20261102T090000Z"}, none: []string{"RRULE"}},
	})
}

func (m meeting) without(keys ...mapi.Key) meeting {
	for _, k := range keys {
		m.p().Delete(k)
	}
	return m
}

// seriesWithExceptions has a deleted occurrence, one with a message of its own, and
// one that the pattern alone tells of.
func seriesWithExceptions(t testing.TB) meeting {
	p := daily()
	p.Deleted = []recurrence.Minutes{mins(t, "2026-11-03"), mins(t, "2026-11-04"), mins(t, "2026-11-05")}
	p.Modified = []recurrence.Minutes{mins(t, "2026-11-04"), mins(t, "2026-11-06")}
	p.Exceptions = []recurrence.Exception{
		{Start: mins(t, "2026-11-04 10:00"), End: mins(t, "2026-11-04 10:30"), Original: mins(t, "2026-11-04 09:00"), Flags: recurrence.OverrideSubject, Subject: "Ünusual"},
		{Start: mins(t, "2026-11-05 00:00"), End: mins(t, "2026-11-06 00:00"), Original: mins(t, "2026-11-05 09:00"), SubType: 1, BusyStatus: 3, Location: "Łódź", ReminderSet: 1, ReminderDelta: 5,
			Flags: recurrence.OverrideSubType | recurrence.OverrideBusyStatus | recurrence.OverrideLocation | recurrence.OverrideReminder | recurrence.OverrideReminderDelta},
	}
	m := newMeeting(t, request).at("2026-11-02 08:00", "2026-11-02 09:00").recurs("W. Europe Standard Time", berlin, p)
	mapi.PidLidGlobalObjectId.Set(m.p(), ical.GlobalObjectIDOf("series@example.com").Bytes())
	mapi.PidTagSubject.Set(m.p(), "Series")
	mapi.PidLidLocation.Set(m.p(), "Room")
	mapi.PidTagBody.Set(m.p(), "of all")
	mapi.PidNameKeywords.Set(m.p(), []string{"Kind"})
	mapi.PidLidAppointmentStateFlags.Set(m.p(), 3)
	m.Message.Recipients = m.person(1, "Ann", "ann@example.com").Message.Recipients

	x := new(mapi.Message)
	mapi.PidTagMessageClass.Set(&x.Properties, "IPM.OLE.CLASS.{00061055-0000-0000-C000-000000000046}")
	mapi.PidLidExceptionReplaceTime.Set(&x.Properties, filetime(t, "2026-11-04 08:00"))
	mapi.PidTagSubject.Set(&x.Properties, "Special")
	mapi.PidTagBody.Set(&x.Properties, "of one")
	mapi.PidNameKeywords.Set(&x.Properties, []string{"ignored"})
	var a mapi.Properties
	mapi.PidTagAttachmentFlags.Set(&a, 2)
	m.Attachments = append(m.Attachments, &mapi.Attachment{Properties: a, Message: x})
	return m
}

func TestExportExceptions(t *testing.T) {
	m := seriesWithExceptions(t)
	s, e := export(t, m.Message, exportOptions)
	if len(e.Diagnostics) > 0 {
		t.Error(e.Diagnostics)
	}
	master, others := masterOf(t, s)
	check := func(name string, got, want any) {
		t.Helper()
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
		})
	}
	check("ICAL-OUT-027 EXDATE has the deleted one alone", master.Value("EXDATE"), "20261103T090000")
	if len(others) != 2 {
		t.Fatalf("%d exceptions in\n%s", len(others), s)
	}
	type view struct{ UID, ID, Start, End, Summary, Location, Description, Categories, Attendee string }
	see := func(c *tree.Component) view {
		return view{c.Value("UID"), c.Value("RECURRENCE-ID"), c.Value("DTSTART"), c.Value("DTEND"), c.Text("SUMMARY"), c.Text("LOCATION"), c.Text("DESCRIPTION"), c.Value("CATEGORIES"), c.Value("ATTENDEE")}
	}
	check("ICAL-OUT-028 ICAL-OUT-004 with a message; the rest is the series'", see(others[0]), view{"series@example.com", "20261104T090000", "20261104T100000", "20261104T103000",
		"Special", "Room", "of one", "Kind", "mailto:ann@example.com"})
	check("ICAL-OUT-029 of the pattern alone, in Unicode", see(others[1]), view{"series@example.com", "20261105T090000", "20261105", "20261106",
		"Series", "Łódź", "of all", "Kind", "mailto:ann@example.com"})
	check("ICAL-OUT-028 RECURRENCE-ID is in the zone of the series", others[0].Property("RECURRENCE-ID").Param("TZID"), "W. Europe Standard Time")
	check("ICAL-OUT-029 the state", []string{others[1].Value("X-MICROSOFT-CDO-BUSYSTATUS"), others[1].Children("VALARM")[0].Value("TRIGGER")}, []string{"OOF", "-PT5M"})
	t.Run("ICAL-OUT-030 ICAL-OUT-050 nothing of the rule", func(t *testing.T) {
		for _, c := range others {
			for _, name := range []string{"RRULE", "EXDATE", "RDATE"} {
				if c.Property(name) != nil {
					t.Error(name)
				}
			}
		}
		if strings.Contains(s, "RDATE") {
			t.Error("RDATE beside an exception")
		}
	})
	t.Run("a message of no occurrence is reported", func(t *testing.T) {
		x := new(mapi.Message)
		mapi.PidTagMessageClass.Set(&x.Properties, "IPM.OLE.CLASS.{00061055-0000-0000-C000-000000000046}")
		m.Attachments = append(slices.Clip(m.Attachments), &mapi.Attachment{Message: x})
		_, e := export(t, m.Message, exportOptions)
		if len(e.Diagnostics) != 1 || e.Diagnostics[0].Code != diag.CalendarExceptionLost {
			t.Error(e.Diagnostics)
		}
	})
}

// The instants that the rule and the exceptions give are those of the pattern.
func TestExportedInstants(t *testing.T) {
	s, _ := export(t, seriesWithExceptions(t).Message, exportOptions)
	set := timezone.NewSet(readBack(t, s), nil, "")
	zone, err := set.Lookup("W. Europe Standard Time")
	if err != nil {
		t.Fatal(err)
	}
	master, _ := masterOf(t, s)
	start, err := tree.ParseDateTime(master.Value("DTSTART"))
	if err != nil {
		t.Fatal(err)
	}
	w := start.Wall
	if got := time.Date(w.Year(), w.Month(), w.Day(), w.Hour(), w.Minute(), 0, 0, zone.Location()).UTC(); !got.Equal(unix(t, "2026-11-02 08:00")) {
		t.Error(got)
	}
}

func TestICAL_TASK_009_Export(t *testing.T) {
	task := func(f func(p *mapi.Properties)) func(testing.TB) meeting {
		return func(t testing.TB) meeting {
			m := meeting{t, new(mapi.Message)}
			mapi.PidTagMessageClass.Set(m.p(), "IPM.Task")
			mapi.PidTagSubject.Set(m.p(), "Do")
			f(m.p())
			return m
		}
	}
	status := func(n int32, part float64) func(p *mapi.Properties) {
		return func(p *mapi.Properties) {
			mapi.PidLidTaskStatus.Set(p, n)
			mapi.PidLidPercentComplete.Set(p, part)
		}
	}
	runExport(t, []exportCase{
		{name: "ICAL-TASK-009 dates are days", m: task(func(p *mapi.Properties) {
			mapi.PidLidTaskStartDate.Set(p, filetime(t, "2026-11-02"))
			mapi.PidLidTaskDueDate.Set(p, filetime(t, "2026-11-05"))
		}), want: []string{"METHOD:PUBLISH", "BEGIN:VTODO", "SUMMARY:Do", "DTSTART;VALUE=DATE:20261102", "DUE;VALUE=DATE:20261105", "STATUS:NEEDS-ACTION", "PERCENT-COMPLETE:0"}, none: []string{"COMPLETED"}},
		{name: "ICAL-TASK-007 unset and far dates are none", m: task(func(p *mapi.Properties) {
			mapi.PidLidTaskDueDate.Set(p, mapi.TimeNone)
		}), none: []string{"DTSTART", "DUE"}},
		{name: "in work", m: task(status(1, 0.254)), want: []string{"STATUS:IN-PROCESS", "PERCENT-COMPLETE:25"}},
		{name: "waiting", m: task(status(3, 0.5)), want: []string{"STATUS:NEEDS-ACTION", "PERCENT-COMPLETE:50"}},
		{name: "deferred", m: task(status(4, 0)), want: []string{"STATUS:CANCELLED"}},
		{name: "done", m: task(func(p *mapi.Properties) {
			status(2, 0.3)(p)
			mapi.PidLidTaskComplete.Set(p, true)
			mapi.PidLidTaskDateCompleted.Set(p, filetime(t, "2026-11-04 23:00"))
		}), want: []string{"STATUS:COMPLETED", "PERCENT-COMPLETE:100", "COMPLETED:20261104T230000Z"}},
	})
}
