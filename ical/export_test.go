package ical_test

import (
	"bytes"
	"errors"
	"fmt"
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

func unix(t testing.TB, s string) time.Time {
	t.Helper()
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02"} {
		if v, err := time.Parse(layout, s); err == nil {
			return v
		}
	}
	t.Fatalf("%q is no time", s)
	return time.Time{}
}

func filetime(t testing.TB, s string) mapi.Time {
	t.Helper()
	v, ok := mapi.TimeOf(unix(t, s))
	if !ok {
		t.Fatalf("%q has no FILETIME", s)
	}
	return v
}

// meeting is a message object that tests change.
type meeting struct {
	testing.TB
	*mapi.Message
}

// p returns the properties.
func (m meeting) p() *mapi.Properties { return &m.Properties }

// at sets when it is, in UTC.
func (m meeting) at(start, end string) meeting {
	mapi.PidLidAppointmentStartWhole.Set(m.p(), filetime(m.TB, start))
	mapi.PidLidAppointmentEndWhole.Set(m.p(), filetime(m.TB, end))
	return m
}

var (
	berlin  = timezone.Rule{Bias: -60, DaylightBias: -60, StandardDate: timezone.SystemTime{Month: 10, Day: 5, Hour: 3}, DaylightDate: timezone.SystemTime{Month: 3, Day: 5, Hour: 2}}
	pacific = timezone.Rule{Bias: 480, DaylightBias: -60, StandardDate: timezone.SystemTime{Month: 11, Day: 1, Hour: 2}, DaylightDate: timezone.SystemTime{Month: 3, Day: 2, Hour: 2}}
)

// in sets the zones that a single event is shown in.
func (m meeting) in(name string, r timezone.Rule) meeting {
	b := timezone.NewDefinition(name, r, false).Encode()
	mapi.PidLidAppointmentTimeZoneDefinitionStartDisplay.Set(m.p(), b)
	return m
}

// recurs makes it a series in a zone.
func (m meeting) recurs(zone string, r timezone.Rule, p *recurrence.AppointmentPattern) meeting {
	m.Helper()
	b, err := p.Encode(1252)
	if err != nil {
		m.Fatal(err)
	}
	mapi.PidLidAppointmentRecur.Set(m.p(), b)
	mapi.PidLidTimeZoneStruct.Set(m.p(), r.EncodeStruct())
	mapi.PidLidTimeZoneDescription.Set(m.p(), "described")
	mapi.PidLidAppointmentTimeZoneDefinitionRecur.Set(m.p(), timezone.NewDefinition(zone, r, true).Encode())
	return m
}

func (m meeting) person(kind int32, name, address string, set ...func(*mapi.Properties)) meeting {
	var r mapi.Recipient
	r.SetInternet(&mapi.InternetAddress{Name: name, Address: address}, kind, int32(len(m.Recipients)))
	for _, f := range set {
		f(&r.Properties)
	}
	m.Recipients = append(m.Recipients, r)
	return m
}

func flags(n int32) func(*mapi.Properties) {
	return func(p *mapi.Properties) { mapi.PidTagRecipientFlags.Set(p, n) }
}

func track(n int32) func(*mapi.Properties) {
	return func(p *mapi.Properties) { mapi.PidTagRecipientTrackStatus.Set(p, n) }
}

func newMeeting(t testing.TB, class string) meeting {
	m := meeting{t, new(mapi.Message)}
	mapi.PidTagMessageClass.Set(m.p(), class)
	return m.at("2026-11-02 09:00", "2026-11-02 10:00")
}

const (
	appointment = "IPM.Appointment"
	request     = "IPM.Schedule.Meeting.Request"
	canceled    = "IPM.Schedule.Meeting.Canceled"
	accepted    = "IPM.Schedule.Meeting.Resp.Pos"
	declined    = "IPM.Schedule.Meeting.Resp.Neg"
	tentative   = "IPM.Schedule.Meeting.Resp.Tent"
)

var exportOptions = &ical.ExportOptions{Now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Key: []byte("key")}

func export(t testing.TB, m *mapi.Message, o *ical.ExportOptions) (string, *ical.Exported) {
	t.Helper()
	var b bytes.Buffer
	e, err := ical.Export(t.Context(), &b, m, o)
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), e
}

// lines returns the content lines of a calendar.
func lines(s string) []string {
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(s, "\r\n ", ""), "\r\n"), "\r\n")
}

// An exportCase says which lines an object's calendar has, and which beginnings of
// lines it has not.
type exportCase struct {
	name  string
	m     func(t testing.TB) meeting
	want  []string
	none  []string
	lines []string // the whole, where that is given
}

func runExport(t *testing.T, cases []exportCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, _ := export(t, c.m(t).Message, exportOptions)
			have := lines(s)
			for _, w := range c.want {
				if !has(have, w) {
					t.Errorf("no line %q in\n%s", w, s)
				}
			}
			for _, n := range c.none {
				for _, l := range have {
					if strings.HasPrefix(l, n) {
						t.Errorf("a line %q", l)
					}
				}
			}
			if c.lines != nil {
				if d := cmp.Diff(c.lines, have); d != "" {
					t.Error(d)
				}
			}
		})
	}
}

func has(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}

func TestExportForm(t *testing.T) {
	method := func(name, class string, counter bool, want ...string) exportCase {
		return exportCase{name: name, want: want, m: func(t testing.TB) meeting {
			m := newMeeting(t, class)
			mapi.SentRepresentingGroup.Set(m.p(), mapi.Address{Name: "Ann", SMTP: "ann@example.com"})
			if counter {
				mapi.PidLidAppointmentCounterProposal.Set(m.p(), true)
			}
			return m
		}}
	}
	runExport(t, []exportCase{
		method("ICAL-OUT-001 appointment", appointment, false, "METHOD:PUBLISH"),
		method("ICAL-OUT-001 class below", "ipm.appointment.custom", false, "METHOD:PUBLISH"),
		method("ICAL-OUT-001 request", request, false, "METHOD:REQUEST"),
		method("ICAL-OUT-001 cancellation", canceled, false, "METHOD:CANCEL"),
		method("ICAL-OUT-001 accepted", accepted, false, "METHOD:REPLY", "ATTENDEE;CN=Ann;PARTSTAT=ACCEPTED:mailto:ann@example.com"),
		method("ICAL-OUT-001 declined", declined, false, "METHOD:REPLY", "ATTENDEE;CN=Ann;PARTSTAT=DECLINED:mailto:ann@example.com"),
		method("ICAL-OUT-001 tentative", tentative, false, "METHOD:REPLY", "ATTENDEE;CN=Ann;PARTSTAT=TENTATIVE:mailto:ann@example.com"),
		method("ICAL-OUT-001 counter", tentative, true, "METHOD:COUNTER", "ATTENDEE;CN=Ann;PARTSTAT=TENTATIVE:mailto:ann@example.com"),
		method("ICAL-OUT-001 counter of a refusal", declined, true, "METHOD:COUNTER", "ATTENDEE;CN=Ann;PARTSTAT=DECLINED:mailto:ann@example.com"),
		{
			name: "ICAL-OUT-002 ICAL-OUT-040 ICAL-OUT-007 ICAL-OUT-010 a whole one, in its order",
			m:    func(t testing.TB) meeting { return newMeeting(t, appointment) },
			lines: []string{
				"BEGIN:VCALENDAR", "METHOD:PUBLISH", "PRODID:-//contentconv//contentconv 1.0//EN", "VERSION:2.0",
				"BEGIN:VEVENT", "UID:fab38b4c-1559-4c29-9fa5-6c6924426652", "DTSTART:20261102T090000Z", "DTEND:20261102T100000Z",
				"DTSTAMP:20260102T030405Z", "SEQUENCE:0", "SUMMARY:", "CLASS:PUBLIC", "PRIORITY:5", "END:VEVENT", "END:VCALENDAR",
			},
		},
	})
	for _, class := range []string{"IPM.Note", "IPM.AppointmentX", "IPM.Schedule.Meeting.Notification.Forward", "IPM.Contact", ""} {
		_, err := ical.Export(t.Context(), new(bytes.Buffer), newMeeting(t, class).Message, nil)
		var failure *diag.Error
		if !errors.Is(err, ical.ErrNoCalendar) || !errors.As(err, &failure) || failure.Reason != diag.Unsupported {
			t.Errorf("class %q: %v", class, err)
		}
	}
}

func TestExportIdentity(t *testing.T) {
	with := func(id []byte, set ...func(meeting)) func(testing.TB) meeting {
		return func(t testing.TB) meeting {
			m := newMeeting(t, request)
			mapi.PidLidGlobalObjectId.Set(m.p(), id)
			for _, f := range set {
				f(m)
			}
			return m
		}
	}
	wrapped := ical.GlobalObjectIDOf("abc@example.com")
	dated := wrapped.WithDate(time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC))
	native := ical.GlobalObjectID{Year: 2026, Month: 11, Day: 30, Data: []byte{1, 2, 3}}
	clock := func(h, m, s int32) func(meeting) {
		return func(x meeting) { mapi.PidLidStartRecurrenceTime.Set(x.p(), h<<12|m<<6|s) }
	}
	zone := func(x meeting) {
		mapi.PidLidTimeZoneStruct.Set(x.p(), berlin.EncodeStruct())
		mapi.PidLidTimeZoneDescription.Set(x.p(), "Berlin")
	}
	runExport(t, []exportCase{
		{name: "ICAL-OUT-003 wrapped", m: with(wrapped.Bytes()), want: []string{"UID:abc@example.com"}, none: []string{"RECURRENCE-ID"}},
		{name: "ICAL-OUT-003 native, without its date", m: with(native.Bytes()), want: []string{
			"UID:040000008200E00074C5B7101A82E0080000000000000000000000000000000000000000" + "03000000" + "010203",
		}},
		{name: "ICAL-OUT-003 a wrapped UID can begin no line", m: with(ical.GlobalObjectIDOf("a\r\nATTENDEE:b,;\\").Bytes()), want: []string{`UID:a\nATTENDEE:b\,\;\\`}},
		{name: "ICAL-OUT-003 clean id alone", want: []string{"UID:abc@example.com"}, m: func(t testing.TB) meeting {
			m := newMeeting(t, request)
			mapi.PidLidGlobalObjectId.Set(m.p(), []byte("broken"))
			mapi.PidLidCleanGlobalObjectId.Set(m.p(), wrapped.Bytes())
			return m
		}},
		{name: "ICAL-OUT-031 day of the id and time of day", m: with(dated.Bytes(), clock(9, 30, 15), zone), want: []string{"RECURRENCE-ID;TZID=Berlin:20261130T093015", "TZID:Berlin"}},
		{name: "ICAL-OUT-031 without a zone", m: with(dated.Bytes(), clock(9, 30, 0)), want: []string{"RECURRENCE-ID:20261130T093000Z"}},
		{name: "ICAL-OUT-031 without a time", m: with(dated.Bytes(), zone), want: []string{"RECURRENCE-ID;VALUE=DATE:20261130"}},
		{name: "ICAL-OUT-031 ICAL-OUT-030 the replaced time goes first", none: []string{"RRULE:FREQ=DAILY", "EXDATE", "RDATE"}, want: []string{"RECURRENCE-ID;TZID=Berlin:20261130T100000"},
			m: with(dated.Bytes(), clock(9, 30, 0), zone, func(x meeting) {
				mapi.PidLidExceptionReplaceTime.Set(x.p(), filetime(x.TB, "2026-11-30 09:00"))
			})},
		{name: "ICAL-OUT-031 of an all-day series", want: []string{"RECURRENCE-ID;VALUE=DATE:20261130"},
			m: with(dated.Bytes(), zone, func(x meeting) {
				mapi.PidLidAppointmentSubType.Set(x.p(), true)
				mapi.PidLidExceptionReplaceTime.Set(x.p(), filetime(x.TB, "2026-11-29 23:00"))
			})},
	})
}

func TestExportStamp(t *testing.T) {
	both := func(class string) func(testing.TB) meeting {
		return func(t testing.TB) meeting {
			m := newMeeting(t, class)
			mapi.PidLidOwnerCriticalChange.Set(m.p(), filetime(t, "2026-01-01 10:00"))
			mapi.PidLidAttendeeCriticalChange.Set(m.p(), filetime(t, "2026-01-01 11:00"))
			mapi.PidTagCreationTime.Set(m.p(), filetime(t, "2026-01-01 12:00:01"))
			mapi.PidTagLastModificationTime.Set(m.p(), filetime(t, "2026-01-01 13:00"))
			return m
		}
	}
	runExport(t, []exportCase{
		{name: "ICAL-OUT-005 request", m: both(request), want: []string{"DTSTAMP:20260101T100000Z", "CREATED:20260101T120001Z", "LAST-MODIFIED:20260101T130000Z",
			"X-MICROSOFT-CDO-OWNER-CRITICAL-CHANGE:20260101T100000Z", "X-MICROSOFT-CDO-ATTENDEE-CRITICAL-CHANGE:20260101T110000Z"}},
		{name: "ICAL-OUT-005 reply", m: both(accepted), want: []string{"DTSTAMP:20260101T110000Z"}},
		{name: "ICAL-OUT-005 the caller's clock", m: func(t testing.TB) meeting { return newMeeting(t, request) }, want: []string{"DTSTAMP:20260102T030405Z"}},
	})
}

func TestExportTimes(t *testing.T) {
	allDay := func(class string, start, end string, set func(meeting)) func(testing.TB) meeting {
		return func(t testing.TB) meeting {
			m := newMeeting(t, class).at(start, end)
			mapi.PidLidAppointmentSubType.Set(m.p(), true)
			if set != nil {
				set(m)
			}
			return m
		}
	}
	inBerlin := func(m meeting) { m.in("W. Europe Standard Time", berlin) }
	runExport(t, []exportCase{
		{name: "ICAL-OUT-007 ICAL-OUT-051 in the zone that it is shown in", m: func(t testing.TB) meeting {
			return newMeeting(t, appointment).in("W. Europe Standard Time", berlin)
		}, want: []string{"TZID:W. Europe Standard Time", "DTSTART;TZID=W. Europe Standard Time:20261102T100000", "DTEND;TZID=W. Europe Standard Time:20261102T110000"}},
		{name: "ICAL-OUT-007 two zones", m: func(t testing.TB) meeting {
			m := newMeeting(t, appointment).in("W. Europe Standard Time", berlin)
			mapi.PidLidAppointmentTimeZoneDefinitionEndDisplay.Set(m.p(), timezone.NewDefinition("Pacific Standard Time", pacific, false).Encode())
			return m
		}, want: []string{"TZID:W. Europe Standard Time", "TZID:Pacific Standard Time", "DTEND;TZID=Pacific Standard Time:20261102T020000"}},
		{name: "ICAL-OUT-033 two rules of one name, in any case", m: func(t testing.TB) meeting {
			m := newMeeting(t, appointment).in("Zone", berlin)
			mapi.PidLidAppointmentTimeZoneDefinitionEndDisplay.Set(m.p(), timezone.NewDefinition("zONE", pacific, false).Encode())
			return m
		}, want: []string{"TZID:Zone", "TZID:zONE 2", "DTEND;TZID=zONE 2:20261102T020000"}},
		{name: "ICAL-OUT-007 an hour that comes twice is in UTC", m: func(t testing.TB) meeting {
			return newMeeting(t, appointment).at("2026-10-25 01:30", "2026-10-25 03:30").in("W. Europe Standard Time", berlin)
		}, want: []string{"DTSTART:20261025T013000Z", "DTEND;TZID=W. Europe Standard Time:20261025T043000"}},
		{name: "ICAL-OUT-007 seconds are kept, an end before the start is none", m: func(t testing.TB) meeting {
			return newMeeting(t, appointment).at("2026-10-25 01:30:15", "2026-10-25 01:00")
		}, want: []string{"DTSTART:20261025T013015Z", "DTEND:20261025T013015Z"}},
		{name: "ICAL-OUT-007 the duration stands for a missing end", m: func(t testing.TB) meeting {
			m := newMeeting(t, appointment)
			mapi.PidLidAppointmentEndWhole.Delete(m.p())
			mapi.PidLidAppointmentDuration.Set(m.p(), 45)
			return m
		}, want: []string{"DTEND:20261102T094500Z"}, none: []string{"DURATION"}},
		{name: "ICAL-OUT-008 all day in a zone", m: allDay(appointment, "2026-11-01 23:00", "2026-11-02 23:00", inBerlin),
			want: []string{"DTSTART;VALUE=DATE:20261102", "DTEND;VALUE=DATE:20261103"}, none: []string{"BEGIN:VTIMEZONE"}},
		{name: "ICAL-OUT-008 the nearest midnight", m: allDay(appointment, "2026-11-01 22:00", "2026-11-03 22:00", nil),
			want: []string{"DTSTART;VALUE=DATE:20261102", "DTEND;VALUE=DATE:20261104"}},
		{name: "ICAL-OUT-008 the nearest midnight, west of Greenwich", m: allDay(appointment, "2026-11-02 08:00", "2026-11-03 08:00", nil),
			want: []string{"DTSTART;VALUE=DATE:20261102", "DTEND;VALUE=DATE:20261103"}},
		{name: "ICAL-OUT-008 at least one day", m: allDay(appointment, "2026-11-02 00:00", "2026-11-02 00:00", nil),
			want: []string{"DTSTART;VALUE=DATE:20261102", "DTEND;VALUE=DATE:20261103"}},
		{name: "ICAL-OUT-009 proposed and original times", m: func(t testing.TB) meeting {
			m := newMeeting(t, tentative)
			mapi.PidLidAppointmentCounterProposal.Set(m.p(), true)
			mapi.PidLidAppointmentProposedStartWhole.Set(m.p(), filetime(t, "2026-11-03 13:00"))
			mapi.PidLidAppointmentProposedEndWhole.Set(m.p(), filetime(t, "2026-11-03 14:00"))
			return m
		}, want: []string{"DTSTART:20261103T130000Z", "DTEND:20261103T140000Z", "X-MS-OLK-ORIGINALSTART:20261102T090000Z", "X-MS-OLK-ORIGINALEND:20261102T100000Z"}},
		{name: "ICAL-OUT-049 no original times in a reply", m: func(t testing.TB) meeting {
			m := newMeeting(t, tentative)
			mapi.PidLidAppointmentProposedStartWhole.Set(m.p(), filetime(t, "2026-11-03 13:00"))
			return m
		}, want: []string{"DTSTART:20261102T090000Z"}, none: []string{"X-MS-OLK-ORIGINAL"}},
	})
	m := newMeeting(t, appointment)
	mapi.PidLidAppointmentStartWhole.Delete(m.p())
	if _, err := ical.Export(t.Context(), new(bytes.Buffer), m.Message, nil); err == nil {
		t.Error("an event without a start was written")
	}
}

func TestExportZone(t *testing.T) {
	fixed := timezone.Rule{Bias: -330, DaylightBias: -60}
	runExport(t, []exportCase{
		{name: "ICAL-OUT-032 offsets, rules and onsets", m: func(t testing.TB) meeting { return newMeeting(t, appointment).in("Pacific Standard Time", pacific) },
			want: []string{"BEGIN:STANDARD", "DTSTART:16011104T020000", "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11", "TZOFFSETFROM:-0700", "TZOFFSETTO:-0800",
				"BEGIN:DAYLIGHT", "DTSTART:16010311T020000", "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "TZOFFSETFROM:-0800", "TZOFFSETTO:-0700"}, none: []string{"TZNAME"}},
		{name: "ICAL-OUT-033 no daylight time", m: func(t testing.TB) meeting { return newMeeting(t, appointment).in("India Standard Time", fixed) },
			want: []string{"BEGIN:STANDARD", "DTSTART:16010101T000000", "TZOFFSETFROM:+0530", "TZOFFSETTO:+0530"}, none: []string{"BEGIN:DAYLIGHT", "RRULE"}},
		{name: "ICAL-OUT-034 the structure goes before another definition", m: func(t testing.TB) meeting {
			m := newMeeting(t, appointment).recurs("Pacific Standard Time", pacific, daily())
			mapi.PidLidTimeZoneStruct.Set(m.p(), berlin.EncodeStruct())
			return m
		}, want: []string{"TZID:described", "DTSTART;TZID=described:20261102T090000", "TZOFFSETTO:+0100"}, none: []string{"TZID:Pacific"}},
		{name: "ICAL-OUT-038 names of zones can be parameters", m: func(t testing.TB) meeting {
			return newMeeting(t, appointment).in("a\"b\r\nc^n;d:e,f\\", berlin)
		}, want: []string{`TZID:abcn\;d:e\,f`, `DTSTART;TZID="abcn;d:e,f":20261102T100000`}},
	})
}

func daily() *recurrence.AppointmentPattern {
	start, _ := recurrence.MinutesOf(time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC))
	return &recurrence.AppointmentPattern{
		Pattern: recurrence.Pattern{
			ReaderVersion: 0x3004, WriterVersion: 0x3004, RecurFrequency: recurrence.Daily, Period: 1440,
			EndType: recurrence.EndNever, OccurrenceCount: 10, StartDate: start, EndDate: recurrence.Never,
		},
		ReaderVersion2: 0x3006, WriterVersion2: 0x3009, StartTimeOffset: 540, EndTimeOffset: 600,
	}
}

func TestExportWords(t *testing.T) {
	set := func(class string, f func(p *mapi.Properties)) func(testing.TB) meeting {
		return func(t testing.TB) meeting {
			m := newMeeting(t, class)
			f(m.p())
			return m
		}
	}
	var cases []exportCase
	for n, want := range [][]string{
		{"PRIORITY:9", "X-MICROSOFT-CDO-IMPORTANCE:0"}, {"PRIORITY:5", "X-MICROSOFT-CDO-IMPORTANCE:1"}, {"PRIORITY:1", "X-MICROSOFT-CDO-IMPORTANCE:2"},
	} {
		cases = append(cases, exportCase{name: fmt.Sprint("ICAL-OUT-011 importance ", n), want: want,
			m: set(request, func(p *mapi.Properties) { mapi.PidTagImportance.Set(p, int32(n)) })})
	}
	for n, want := range []string{"PUBLIC", "PERSONAL", "PRIVATE", "CONFIDENTIAL"} {
		cases = append(cases, exportCase{name: fmt.Sprint("ICAL-OUT-012 sensitivity ", n), want: []string{"CLASS:" + want},
			m: set(request, func(p *mapi.Properties) { mapi.PidTagSensitivity.Set(p, int32(n)) })})
	}
	for n, want := range [][2]string{{"TRANSPARENT", "FREE"}, {"OPAQUE", "TENTATIVE"}, {"OPAQUE", "BUSY"}, {"OPAQUE", "OOF"}, {"TRANSPARENT", "WORKINGELSEWHERE"}} {
		cases = append(cases, exportCase{name: fmt.Sprint("ICAL-OUT-013 ICAL-OUT-044 busy status ", n), want: []string{"TRANSP:" + want[0], "X-MICROSOFT-CDO-BUSYSTATUS:" + want[1]},
			m: set(request, func(p *mapi.Properties) { mapi.PidLidBusyStatus.Set(p, int32(n)) })})
	}
	intended := func(p *mapi.Properties) { mapi.PidLidIntendedBusyStatus.Set(p, 2) }
	draft := func(p *mapi.Properties) {
		mapi.PidLidAppointmentStateFlags.Set(p, 1)
		mapi.PidLidFInvited.Set(p, false)
	}
	lists := func(p *mapi.Properties) {
		mapi.PidNameKeywords.Set(p, []string{"One", "Two, three", " "})
		mapi.PidLidContacts.Set(p, []string{"Eve; Adam", "Bob"})
		mapi.PidLidNonSendableBcc.Set(p, "Room 1; Beamer,big;")
	}
	reminder := func(set bool, delta int32) func(p *mapi.Properties) {
		return func(p *mapi.Properties) {
			mapi.PidLidReminderSet.Set(p, set)
			mapi.PidLidReminderDelta.Set(p, delta)
		}
	}
	cases = append(cases, []exportCase{
		{name: "ICAL-OUT-013 none", m: set(request, func(*mapi.Properties) {}), none: []string{"TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS"}},
		{name: "ICAL-OUT-014 intended status of a request", m: set(request, intended), want: []string{"X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY"}},
		{name: "ICAL-OUT-049 ICAL-OUT-014 intended status of others", m: set(appointment, intended), none: []string{"X-MICROSOFT-CDO-INTENDEDSTATUS"}},
		{name: "ICAL-OUT-049 draft", m: set(appointment, draft), want: []string{"X-MICROSOFT-ISDRAFT:TRUE"}},
		{name: "ICAL-OUT-049 no draft of a request", m: set(request, draft), none: []string{"X-MICROSOFT-ISDRAFT"}},
		{name: "ICAL-OUT-049 no draft of a received meeting", m: set(appointment, func(p *mapi.Properties) {
			draft(p)
			mapi.PidLidAppointmentStateFlags.Set(p, 3)
		}), none: []string{"X-MICROSOFT-ISDRAFT"}},
		{name: "ICAL-OUT-022 categories, contacts, resources", m: set(request, lists), want: []string{`CATEGORIES:One,Two\, three`, `CONTACT:Eve\; Adam`, "CONTACT:Bob", `RESOURCES:Room 1,Beamer\,big`}},
		{name: "ICAL-OUT-010 sequence", m: set(request, func(p *mapi.Properties) { mapi.PidLidAppointmentSequence.Set(p, 7) }), want: []string{"SEQUENCE:7", "SUMMARY:"}, none: []string{"X-MICROSOFT-CDO-APPT-SEQUENCE"}},
		{name: "ICAL-OUT-035 minutes", m: set(request, reminder(true, 90)), want: []string{"BEGIN:VALARM", "TRIGGER:-PT90M", "ACTION:DISPLAY", "DESCRIPTION:Reminder"}},
		{name: "ICAL-OUT-035 the default", m: set(request, reminder(true, 0x5AE980E1)), want: []string{"TRIGGER:-PT15M"}},
		{name: "ICAL-OUT-035 unset", m: set(request, func(p *mapi.Properties) { mapi.PidLidReminderSet.Set(p, true) }), want: []string{"TRIGGER:-PT15M"}},
		{name: "ICAL-OUT-035 at the start, and after it", m: set(request, reminder(true, 0)), want: []string{"TRIGGER:-PT0M"}},
		{name: "ICAL-OUT-035 after the start", m: set(request, reminder(true, -5)), want: []string{"TRIGGER:PT5M"}},
		{name: "ICAL-OUT-035 none in a response", m: set(accepted, reminder(true, 15)), none: []string{"BEGIN:VALARM"}},
		{name: "ICAL-OUT-052 a cancellation says what the message says", m: set(canceled, func(p *mapi.Properties) {
			reminder(false, 15)(p)
			mapi.PidTagSubject.Set(p, "Canceled: Talk")
			mapi.PidLidBusyStatus.Set(p, 0)
		}), want: []string{"SUMMARY:Canceled: Talk", "TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"}, none: []string{"BEGIN:VALARM", "STATUS"}},
		{name: "ICAL-OUT-040 properties that are one to one", m: set(request, func(p *mapi.Properties) {
			mapi.PidTagOwnerAppointmentId.Set(p, -5)
			mapi.PidLidAppointmentNotAllowPropose.Set(p, true)
			mapi.PidLidOnlinePassword.Set(p, "a,b")
			mapi.PidLidAppointmentReplyTime.Set(p, filetime(t, "2026-01-01 10:00"))
		}), want: []string{"X-MICROSOFT-CDO-OWNERAPPTID:-5", "X-MICROSOFT-DISALLOW-COUNTER:TRUE", `X-MS-OLK-ONLINEPASSWORD:a\,b`, "X-MICROSOFT-CDO-REPLYTIME:20260101T100000Z"}},
	}...)
	runExport(t, cases)
}

func TestExportText(t *testing.T) {
	set := func(class string, f func(p *mapi.Properties)) func(testing.TB) meeting {
		return func(t testing.TB) meeting {
			m := newMeeting(t, class)
			f(m.p())
			return m
		}
	}
	texts := func(p *mapi.Properties) {
		mapi.PidTagSubject.Set(p, "a\r\nb\\c;d,e\x00\x01f")
		mapi.PidTagMessageLocaleId.Set(p, 0x0407)
		mapi.PidLidLocation.Set(p, "Room\n1")
		mapi.PidNameLocationUrl.Set(p, "https://example.com/\"1")
		mapi.PidTagBody.Set(p, "one\r\ntwo")
	}
	runExport(t, []exportCase{
		{name: "ICAL-OUT-037 ICAL-OUT-015 escapes", m: set(request, texts), want: []string{
			`SUMMARY;LANGUAGE=de-DE:a\nb\\c\;d\,ef`, `LOCATION;ALTREP="https://example.com/'1":Room\n1`, `DESCRIPTION:one\ntwo`}},
		{name: "ICAL-OUT-015 a response comments", m: set(accepted, texts), want: []string{`COMMENT:one\ntwo`}, none: []string{"DESCRIPTION"}},
		{name: "ICAL-OUT-015 text made of HTML, and the HTML", m: set(request, func(p *mapi.Properties) {
			mapi.PidTagHtml.Set(p, []byte("<p>H\xE4</p>"))
			mapi.PidTagInternetCodepage.Set(p, 1252)
		}), want: []string{"DESCRIPTION:Hä", "X-ALT-DESC;FMTTYPE=text/html:<p>Hä</p>"}},
	})
	t.Run("ICAL-OUT-036 lines are folded by octets, between characters", func(t *testing.T) {
		m := newMeeting(t, request)
		mapi.PidTagSubject.Set(m.p(), strings.Repeat("€", 100))
		s, _ := export(t, m.Message, exportOptions)
		for _, l := range strings.Split(s, "\r\n") {
			if len(l) > 75 || strings.ContainsAny(l, "\r\n") || strings.ContainsRune(l, '\uFFFD') || l != strings.ToValidUTF8(l, "") {
				t.Errorf("line %q", l)
			}
		}
		if !has(lines(s), "SUMMARY:"+strings.Repeat("€", 100)) {
			t.Error("the text did not survive")
		}
	})
	t.Run("ICAL-OUT-023 ICAL-OUT-047 attachments", func(t *testing.T) {
		m := newMeeting(t, request)
		var p mapi.Properties
		mapi.PidTagAttachLongFilename.Set(&p, `C:\dir\a;b.txt`)
		mapi.PidTagAttachMimeTag.Set(&p, "text/plain")
		m.Attachments = []*mapi.Attachment{{Properties: p, Content: mapi.Bytes("data")}, {Content: mapi.Bytes("other")}, nil, {Message: new(mapi.Message)}}
		s, e := export(t, m.Message, exportOptions)
		for _, want := range []string{`ATTACH;ENCODING=BASE64;VALUE=BINARY;FMTTYPE=text/plain;X-FILENAME="a;b.txt":ZGF0YQ==`, "ATTACH;ENCODING=BASE64;VALUE=BINARY:b3RoZXI="} {
			if !has(lines(s), want) {
				t.Errorf("no %s in\n%s", want, s)
			}
		}
		if len(e.Diagnostics) != 1 || e.Diagnostics[0].Code != diag.AttachmentDropped {
			t.Error(e.Diagnostics)
		}
		o := *exportOptions
		o.MaxAttachments = 5
		if s, e = export(t, m.Message, &o); strings.Contains(s, "b3RoZXI=") || len(e.Diagnostics) != 2 {
			t.Error("the bound is none:", s, e.Diagnostics)
		}
		o.InMail = &ical.InMail{Text: "the mail's", ContentID: func(a *mapi.Attachment) string {
			if a == m.Attachments[0] {
				return "id@example.com"
			}
			return ""
		}}
		s, _ = export(t, m.Message, &o)
		if got := strings.Count(s, "ATTACH"); got != 1 || !has(lines(s), "ATTACH:cid:id@example.com") || !has(lines(s), "DESCRIPTION:the mail's") {
			t.Error(s)
		}
	})
}

func TestExportPeople(t *testing.T) {
	people := func(class string, state int32, set ...func(meeting)) func(testing.TB) meeting {
		return func(t testing.TB) meeting {
			m := newMeeting(t, class)
			mapi.PidLidAppointmentStateFlags.Set(m.p(), state)
			mapi.PidTagResponseRequested.Set(m.p(), true)
			mapi.SentRepresentingGroup.Set(m.p(), mapi.Address{Name: `Olga "O" Boss: x`, SMTP: "olga@example.com"})
			mapi.SenderGroup.Set(m.p(), mapi.Address{Name: "Olga", SMTP: "OLGA@example.com"})
			m.person(1, "Ann", "ann@example.com", track(3)).person(2, "Bob", "bob@example.com", track(4)).person(3, "Room", "room@example.com", track(2))
			for _, f := range set {
				f(m)
			}
			return m
		}
	}
	ex := func(m meeting) {
		var r mapi.Recipient
		mapi.RecipientGroup.Set(&r.Properties, mapi.Address{Name: "Ex", Type: "EX", Email: "/o=x/cn=ex"})
		m.Message.Recipients = append(m.Message.Recipients, r)
		mapi.PidLidNonSendableTo.Set(m.p(), "No One; Nobody")
		mapi.PidLidNonSendableCc.Set(m.p(), "Some")
	}
	const organizer = `ORGANIZER;CN="Olga 'O' Boss: x":mailto:olga@example.com`
	runExport(t, []exportCase{
		{name: "ICAL-OUT-016 ICAL-OUT-038 ICAL-OUT-018 ICAL-OUT-045 a meeting", m: people(request, 3), want: []string{
			organizer,
			"ATTENDEE;CN=Ann;PARTSTAT=ACCEPTED;RSVP=TRUE:mailto:ann@example.com",
			"ATTENDEE;CN=Bob;ROLE=OPT-PARTICIPANT;PARTSTAT=DECLINED;RSVP=TRUE:mailto:bob@example.com",
			"ATTENDEE;CN=Room;CUTYPE=RESOURCE;ROLE=NON-PARTICIPANT;PARTSTAT=TENTATIVE;RSVP=TRUE:mailto:room@example.com",
		}, none: []string{"X-MS-OLK-SENDER"}},
		{name: "ICAL-OUT-016 ICAL-OUT-048 no meeting", m: people(appointment, 0), none: []string{"ORGANIZER", "ATTENDEE", "X-MS-OLK-SENDER"}},
		{name: "ICAL-OUT-048 a request that says it is none", m: people(request, 0), none: []string{"ORGANIZER", "ATTENDEE", "X-MS-OLK-SENDER"}},
		{name: "ICAL-OUT-017 rows that are no attendees", m: people(request, 3, func(m meeting) {
			m.person(0, "Originator", "origin@example.com").person(1, "Gone", "gone@example.com", flags(0x21))
			m.Recipients = m.person(1, "Org", "org@example.com", flags(3)).Recipients
		}), want: []string{"ORGANIZER;CN=Org:mailto:org@example.com"}, none: []string{"ATTENDEE;CN=Originator", "ATTENDEE;CN=Gone", "ATTENDEE;CN=Org"}},
		{name: "ICAL-OUT-019 a reply has one attendee and its organizer", m: people(accepted, 0, func(m meeting) {
			m.Message.Recipients = m.Message.Recipients[:1]
		}), want: []string{"ORGANIZER;CN=Ann:mailto:ann@example.com", `ATTENDEE;CN="Olga 'O' Boss: x";PARTSTAT=ACCEPTED:mailto:olga@example.com`},
			none: []string{"ATTENDEE;CN=Ann", "X-MS-OLK-SENDER"}},
		{name: "ICAL-OUT-020 those without an Internet address", m: people(request, 3, ex), want: []string{
			"ATTENDEE;CN=Ex;RSVP=TRUE:invalid:nomail", "ATTENDEE;CN=No One:invalid:nomail", "ATTENDEE;CN=Nobody:invalid:nomail", "ATTENDEE;CN=Some;ROLE=OPT-PARTICIPANT:invalid:nomail",
		}},
		{name: "ICAL-OUT-021 a sender for the organizer", m: people(request, 3, func(m meeting) {
			mapi.SenderGroup.Set(m.p(), mapi.Address{Name: "Del", SMTP: "del ?@example.com"})
		}), want: []string{"X-MS-OLK-SENDER;CN=Del:mailto:del%20%3F@example.com"}},
		{name: "ICAL-OUT-018 when someone answered", m: people(appointment, 1, func(m meeting) {
			mapi.PidTagRecipientTrackStatusTime.Set(&m.Message.Recipients[0].Properties, filetime(t, "2026-01-01 10:00"))
		}), want: []string{"ATTENDEE;CN=Ann;PARTSTAT=ACCEPTED;RSVP=TRUE;X-MS-OLK-RESPTIME=20260101T100000Z:mailto:ann@example.com"}},
	})
}

func TestICAL_OUT_041_CorruptPattern(t *testing.T) {
	good, err := daily().Encode(1252)
	if err != nil {
		t.Fatal(err)
	}
	huge := bytes.Clone(good)
	copy(huge[22+12:], []byte{0xFF, 0xFF, 0xFF, 0xFF}) // DeletedInstanceCount
	for name, b := range map[string][]byte{"cut": good[:30], "count": huge, "noise": []byte("noise")} {
		m := newMeeting(t, appointment)
		mapi.PidLidAppointmentRecur.Set(m.p(), b)
		var w bytes.Buffer
		_, err := ical.Export(t.Context(), &w, m.Message, nil)
		var failure *diag.Error
		var damage *recurrence.DecodeError
		if !errors.As(err, &failure) || failure.Reason != diag.CorruptContent || !errors.As(err, &damage) || w.Len() > 0 {
			t.Errorf("%s: %v, %d bytes written", name, err, w.Len())
		}
	}
}

// readBack reads a calendar that was exported, which takes no repair. A backslash in
// a parameter is reported though it may stand there.
func readBack(t testing.TB, s string) *tree.Component {
	t.Helper()
	rec := new(diag.Recorder)
	got, err := tree.Parse([]byte(s), &tree.Options{Recorder: rec})
	if err != nil || len(got.Components) != 1 {
		t.Fatalf("%v: %q", err, s)
	}
	for _, d := range rec.Diagnostics() {
		if !strings.HasSuffix(d.Detail, "a backslash in a parameter") {
			t.Fatalf("%v: %q", d, s)
		}
	}
	return got.Components[0]
}
