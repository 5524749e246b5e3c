package ical_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical"
	"github.com/contentconv/contentconv/ical/recurrence"
	"github.com/contentconv/contentconv/ical/timezone"
	"github.com/contentconv/contentconv/mapi"
)

// patternOf returns the recurrence of a message.
func patternOf(t *testing.T, m *mapi.Message) *recurrence.AppointmentPattern {
	t.Helper()
	b, _ := mapi.PidLidAppointmentRecur.Get(&m.Properties)
	p, err := recurrence.Decode(b, 0)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestImportBlobs has the examples of the digest as Outlook stores them.
func TestImportBlobs(t *testing.T) {
	for _, c := range []struct{ name, calendar, want string }{
		{"ICAL-IN-110 A", calendarOf("", "DTSTART;TZID=Mitte:20080213T140000\nDURATION:PT30M\nRRULE:FREQ=WEEKLY;BYDAY=WE"),
			"043004300b2001000000c0210000010000000000000008000000232000000a000000000000000000000000000000003fc30cdf80e95a06300000093000004803" +
				"00006603000000000000000000000000"},
		{"ICAL-IN-110 B", calendarOf("", "DTSTART;TZID=Mitte:20261123T153000\nDTEND;TZID=Mitte:20261123T160000\nRRULE:FREQ=DAILY;INTERVAL=3;COUNT=30\nEXDATE;TZID=Mitte:20261129T153000"),
			"043004300a2000000000a0050000e010000000000000222000001e000000000000000100000000115a0d0000000040ef590da0d85b0d0630000009300000a203" +
				"0000c003000000000000000000000000"},
		{"ICAL-IN-110 C", calendarOf("", "DTSTART;VALUE=DATE:20261231\nRRULE:FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1;UNTIL=20270630"),
			"043004300c200200000060ae000002000000000000001f000000212000000400000000000000000000000000000000c55a0d20bf5e0d06300000093000000000" +
				"0000a005000000000000000000000000"},
		{"ICAL-IN-110 D", calendarOf("", "DTSTART:20261130T090000Z\nDTEND:20261130T091500Z\nRRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=12"),
			"043004300c20030000000000000001000000000000003e00000005000000222000000c000000000000000000000000000000a0165a0dc067610d063000000930" +
				"00001c0200002b02000000000000000000000000"},
		{"ICAL-IN-110 E", calendarOf("", "DTSTART:20270620T100000Z\nDTEND:20270620T110000Z\nRRULE:FREQ=YEARLY;BYDAY=SU;BYSETPOS=3;BYMONTH=6"),
			"043004300d2003000000605103000c000000000000000100000003000000232000000a000000000000000000000000000000e0865e0ddf80e95a063000000930" +
				"0000580200009402000000000000000000000000"},
		{"ICAL-IN-110 F; ICAL-IN-120", with(calendarOf("", "DTSTART;TZID=Mitte:20261123T090000\nDTEND;TZID=Mitte:20261123T100000\nRRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=5;WKST=MO"),
			eventOf("UID:abc@example.com\nRECURRENCE-ID;TZID=Mitte:20261130T090000\nDTSTART;TZID=Mitte:20261201T110000\nDTEND;TZID=Mitte:20261201T123000\nSUMMARY:Moved: Café\nLOCATION:Room B")),
			"043004300b20010000000000000001000000000000000200000022200000050000000100000001000000a0165a0d01000000401c5a0d40ef590dc08c5a0d0630" +
				"0000093000001c020000580200000100d41e5a0d2e1f5a0dbc185a0d11000c000b004d6f7665643a20436166e907000600526f6f6d2042000000000400000000" +
				"00000000000000d41e5a0d2e1f5a0dbc185a0d0b004d006f007600650064003a002000430061006600e900060052006f006f006d002000420000000000000000" +
				"00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, _ := importOne(t, c.calendar, nil)
			b, _ := mapi.PidLidAppointmentRecur.Get(&m.Properties)
			if got := hex.EncodeToString(b); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestImportSeries(t *testing.T) {
	runImport(t, []importCase{
		{"ICAL-IN-081 zone of the series", "REQUEST", "DTSTART;TZID=Mitte:20261123T090000\nRRULE:FREQ=WEEKLY", "PidLidTimeZoneDescription=Mitte\nPidLidRecurring=true\nPidLidIsRecurring=true\nPidLidRecurrenceType=2\n" +
			"PidLidTimeZoneStruct=c4ffffff00000000c4ffffff000000000a0000000500030000000000000000000000030000000500020000000000" + "0000"},
		{"ICAL-IN-117 never ends", "", "DTSTART:20261123T090000Z\nRRULE:FREQ=DAILY", "PidLidClipStart=2026-11-23T00:00:00Z\nPidLidClipEnd=4500-08-31T23:59:00Z\nPidLidRecurrenceType=1\nPidTagIconIndex=1025"},
		{"3.2 the last date", "", "DTSTART:20261123T090000Z\nRRULE:FREQ=MONTHLY;COUNT=2", "PidLidClipEnd=2026-12-23T00:00:00Z\nPidLidRecurrenceType=3"},
		{"3.2 years", "", "DTSTART:20261123T090000Z\nRRULE:FREQ=YEARLY", "PidLidRecurrenceType=4"},
	})
	t.Run("ICAL-IN-081 both say the same", func(t *testing.T) {
		m, _ := importOne(t, calendarOf("", "DTSTART;TZID=Mitte:20261123T090000\nRRULE:FREQ=WEEKLY"), nil)
		blob, _ := mapi.PidLidAppointmentTimeZoneDefinitionRecur.Get(&m.Properties)
		reg, _ := mapi.PidLidTimeZoneStruct.Get(&m.Properties)
		d, err := timezone.DecodeDefinition(blob)
		r, err2 := timezone.DecodeStruct(reg)
		if err != nil || err2 != nil || !d.Consistent(r) || d.KeyName != "Mitte" {
			t.Errorf("%+v, %+v, %v, %v", d, r, err, err2)
		}
	})
	t.Run("ICAL-IN-080 zones to show; ICAL-IN-082 declared later, in another case; ICAL-IN-131 quoted", func(t *testing.T) {
		calendar := "BEGIN:VCALENDAR\nVERSION:2.0\n" + eventOf("UID:x\nDTSTART;TZID=\"mitte\":20261123T090000\nDTEND;TZID=Tokyo Standard Time:20261123T180000") + "\n" + zones + "END:VCALENDAR\n"
		m, got := importOne(t, calendar, nil)
		check(t, &m.Properties, "PidLidAppointmentStartWhole=2026-11-23T08:00:00Z\nPidLidAppointmentEndWhole=2026-11-23T09:00:00Z\nPidLidTimeZoneStruct=-")
		for _, c := range []struct {
			tag  mapi.Named[[]byte]
			name string
			bias int32
		}{{mapi.PidLidAppointmentTimeZoneDefinitionStartDisplay, "mitte", -60}, {mapi.PidLidAppointmentTimeZoneDefinitionEndDisplay, "Tokyo Standard Time", -540}} {
			b, _ := c.tag.Get(&m.Properties)
			d, err := timezone.DecodeDefinition(b)
			if err != nil || d.KeyName != c.name || d.Effective(2026).Bias != c.bias {
				t.Errorf("%s: %+v, %v", c.name, d, err)
			}
		}
		if !reported(got.Diagnostics, diag.TimeZoneAssumed) { // ICAL-IN-087
			t.Error("a zone without VTIMEZONE is not reported")
		}
	})
	t.Run("ICAL-IN-086 IANA name", func(t *testing.T) {
		m, _ := importOne(t, calendarOf("", "DTSTART;TZID=Europe/Berlin:20261123T090000\nRRULE:FREQ=DAILY"), nil)
		check(t, &m.Properties, "PidLidTimeZoneDescription=Europe/Berlin")
		b, _ := mapi.PidLidAppointmentTimeZoneDefinitionRecur.Get(&m.Properties)
		if d, err := timezone.DecodeDefinition(b); err != nil || d.KeyName != "W. Europe Standard Time" {
			t.Errorf("%+v, %v", d, err)
		}
	})
	t.Run("ICAL-IN-118 UNTIL of old Outlook", func(t *testing.T) {
		for prodID, last := range map[string]string{
			"-//Microsoft Corporation//Outlook 11.0 MIMEDIR//EN": "2026-11-26 00:00",
			"-//Microsoft Corporation//Outlook 12.0 MIMEDIR//EN": "2026-11-25 00:00",
			"-//Microsoft Corporation//Outlook 9 MIMEDIR//EN":    "2026-11-25 00:00",
		} {
			m, _ := importOne(t, strings.Replace(ruled("FREQ=DAILY;UNTIL=20261126T000000Z"), "-//test//EN", prodID, 1), nil)
			if got := patternOf(t, m).EndDate.String(); got != last {
				t.Errorf("%s: the last date is %s, want %s", prodID, got, last)
			}
		}
	})
	t.Run("ICAL-IN-119 excluded dates", func(t *testing.T) {
		m, _ := importOne(t, calendarOf("", "DTSTART;TZID=Mitte:20261123T003000\nRRULE:FREQ=DAILY;COUNT=9\nEXDATE;TZID=Mitte:20261124T003000,20261126T003000\nEXDATE:20261126T233000Z\nEXDATE;VALUE=DATE:20261129\nEXDATE:20270101T000000Z"), nil)
		var got []string
		for _, d := range patternOf(t, m).Deleted {
			got = append(got, d.String()[:10])
		}
		if diff := cmp.Diff([]string{"2026-11-24", "2026-11-26", "2026-11-27", "2026-11-29"}, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("ICAL-IN-124 days", func(t *testing.T) {
		m, _ := importOne(t, with(calendarOf("", "DTSTART;VALUE=DATE:20261123\nDTEND;VALUE=DATE:20261125\nRRULE:FREQ=WEEKLY;COUNT=5\nEXDATE;VALUE=DATE:20261207"),
			override(";VALUE=DATE:20261130", ";VALUE=DATE:20261201")), nil)
		p := patternOf(t, m)
		if p.StartTimeOffset != 0 || p.EndTimeOffset != 2880 || len(p.Deleted) != 2 || len(p.Exceptions) != 1 || p.Exceptions[0].Start.String() != "2026-12-01 00:00" {
			t.Errorf("%+v", p)
		}
	})
	t.Run("ICAL-IN-111 the first week", func(t *testing.T) {
		for day, want := range map[string]recurrence.Minutes{"SU": 8640, "MO": 0, "TU": 1440, "WE": 2880, "TH": 4320, "FR": 5760, "SA": 7200} {
			m, _ := importOne(t, ruled("FREQ=WEEKLY;WKST="+day), nil)
			if p := patternOf(t, m); p.FirstDateTime != want {
				t.Errorf("%s: %d, want %d", day, p.FirstDateTime, want)
			}
		}
	})
	t.Run("ICAL-IN-112 the phase", func(t *testing.T) {
		// 2026-11-23 lies 22222 weeks, and 5110 months, behind the beginning of 1601.
		for rule, want := range map[string]recurrence.Minutes{
			"FREQ=WEEKLY;INTERVAL=2;WKST=MO": 0, "FREQ=WEEKLY;INTERVAL=3;WKST=MO": 10080, "FREQ=WEEKLY;INTERVAL=5;WKST=MO": 2 * 10080,
			"FREQ=MONTHLY;INTERVAL=2": 0, "FREQ=MONTHLY;INTERVAL=3": 44640, "FREQ=YEARLY;INTERVAL=2": 963360,
			"FREQ=DAILY;INTERVAL=3": 1440,
		} {
			m, _ := importOne(t, ruled(rule), nil)
			if p := patternOf(t, m); p.FirstDateTime != want {
				t.Errorf("%s: %d, want %d", rule, p.FirstDateTime, want)
			}
		}
	})
	t.Run("ICAL-IN-125 the clock's time stays when clocks change", func(t *testing.T) {
		m, _ := importOne(t, calendarOf("", "DTSTART;TZID=Mitte:20261024T090000\nRRULE:FREQ=DAILY;COUNT=3"), nil)
		list, err := patternOf(t, m).Occurrences()
		if err != nil {
			t.Fatal(err)
		}
		for o := range list {
			if h := o.Start.Time().Hour(); h != 9 {
				t.Errorf("%v", o.Start)
			}
		}
		check(t, &m.Properties, "PidLidAppointmentStartWhole=2026-10-24T07:00:00Z\nPidLidClipEnd=2026-10-26T00:00:00Z")
	})
	t.Run("MoveStart", func(t *testing.T) {
		calendar := calendarOf("", "DTSTART;TZID=Mitte:20261123T090000\nDTEND;TZID=Mitte:20261123T100000\nRRULE:FREQ=WEEKLY;BYDAY=WE")
		m, got := importOne(t, calendar, &ical.ImportOptions{MoveStart: true})
		check(t, &m.Properties, "PidLidAppointmentStartWhole=2026-11-25T08:00:00Z\nPidLidAppointmentEndWhole=2026-11-25T09:00:00Z\nPidLidClipStart=2026-11-25T00:00:00Z")
		if !reported(got.Diagnostics, diag.CalendarApproximated) {
			t.Error("not reported")
		}
	})
	t.Run("Strict", func(t *testing.T) {
		calendar := calendarOf("", "DTSTART:20261130T090000Z\nRRULE:FREQ=MONTHLY;BYMONTHDAY=30")
		if _, got := importOne(t, calendar, nil); !reported(got.Diagnostics, diag.CalendarApproximated) {
			t.Error("not reported")
		}
		got, err := ical.Import(t.Context(), []byte(calendar), &ical.ImportOptions{Strict: true})
		if err != nil || got.Fallback == nil || got.Fallback.Construct != ical.ConstructOf(recurrence.ReasonShortMonth) {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

func TestImportExceptions(t *testing.T) {
	master := calendarOf("REQUEST", "DTSTART;TZID=Mitte:20261123T090000\nDTEND;TZID=Mitte:20261123T100000\nRRULE:FREQ=WEEKLY;COUNT=5\nSUMMARY:weekly\nLOCATION:A\nDESCRIPTION:text\nCATEGORIES:Red\nATTENDEE:mailto:a@x.example")
	id, start := ";TZID=Mitte:20261130T090000", ";TZID=Mitte:20261201T110000"
	t.Run("ICAL-IN-009 one message; ICAL-IN-121; ICAL-IN-122", func(t *testing.T) {
		m, _ := importOne(t, with(master, override(id, start, "DTEND;TZID=Mitte:20261201T123000\nLOCATION:B\nCATEGORIES:Blue\nCLASS:PRIVATE")), nil)
		if len(m.Attachments) != 1 || m.Attachments[0].Message == nil {
			t.Fatalf("%d attachments", len(m.Attachments))
		}
		check(t, &m.Properties, "PidLidSmartNoAttach=true\nPidTagSubject=weekly")
		a := m.Attachments[0]
		check(t, &a.Properties, "PidTagAttachMethod=5\nPidTagAttachmentFlags=2\nPidTagAttachmentHidden=true\nPidTagAttachmentLinkId=0\nPidTagAttachFlags=0\nPidTagAttachEncoding=\nPidTagDisplayName=changed\nPidTagRenderingPosition=-1\nPidTagAttachmentContactPhoto=false\n"+
			"PidTagExceptionStartTime=2026-12-01T11:00:00Z\nPidTagExceptionEndTime=2026-12-01T12:30:00Z\nPidTagExceptionReplaceTime=2026-11-30T08:00:00Z")
		check(t, &a.Message.Properties, "PidTagMessageClass=IPM.OLE.CLASS.{00061055-0000-0000-C000-000000000046}\nPidLidAppointmentStartWhole=2026-12-01T10:00:00Z\nPidLidAppointmentEndWhole=2026-12-01T11:30:00Z\nPidLidCommonStart=2026-12-01T10:00:00Z\nPidLidAppointmentDuration=90\n"+
			"PidLidExceptionReplaceTime=2026-11-30T08:00:00Z\nPidLidBusyStatus=1\nPidLidLocation=B\nPidTagSubject=changed\nPidNameKeywords=-\nPidTagSensitivity=-\nPidLidPrivate=-")
		goid, _ := mapi.PidLidGlobalObjectId.Get(&a.Message.Properties)
		g, err := ical.ParseGlobalObjectID(goid)
		if day, _ := g.Date(); err != nil || day.Format("2006-01-02") != "2026-11-30" {
			t.Errorf("the id is of %v, %v", day, err)
		}
	})
	for _, c := range []struct {
		name, lines string
		want        recurrence.OverrideFlags
	}{
		{"ICAL-IN-123 nothing", "SUMMARY:weekly\nLOCATION:A\nDESCRIPTION:text", 0},
		{"ICAL-IN-123 subject", "SUMMARY:other", recurrence.OverrideSubject},
		{"ICAL-IN-123 place", "LOCATION:B", recurrence.OverrideLocation},
		{"ICAL-IN-123 body", "DESCRIPTION:other", recurrence.OverrideBody},
		{"ICAL-IN-123 reminder", "BEGIN:VALARM\nTRIGGER:-PT5M\nEND:VALARM", recurrence.OverrideReminder | recurrence.OverrideReminderDelta},
		{"ICAL-IN-123 file", "ATTACH;VALUE=BINARY;ENCODING=BASE64:aGVsbG8=", recurrence.OverrideAttachment},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, _ := importOne(t, with(master, eventOf("UID:abc@example.com\nRECURRENCE-ID"+id+"\nDTSTART"+start+"\n"+c.lines)), nil)
			e := patternOf(t, m).Exceptions[0]
			if e.Flags != c.want {
				t.Errorf("flags %#x, want %#x", e.Flags, c.want)
			}
			check(t, &m.Attachments[0].Message.Properties, "PidLidFExceptionalBody="+map[bool]string{true: "true", false: "false"}[c.want&recurrence.OverrideBody != 0])
		})
	}
	t.Run("3.6 other people", func(t *testing.T) {
		m, _ := importOne(t, with(master, override(id, start, "ATTENDEE:mailto:b@x.example")), nil)
		x := m.Attachments[0].Message
		check(t, &x.Properties, "PidLidFExceptionalAttendees=true")
		if diff := cmp.Diff([]string{"1 1 b@x.example <b@x.example> 0"}, rows(x)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("3.6 an occurrence that was cancelled", func(t *testing.T) {
		m, _ := importOne(t, with(master, override(id, start, "STATUS:CANCELLED")), nil)
		if p := patternOf(t, m); len(p.Deleted) != 1 || len(p.Exceptions) != 0 || len(m.Attachments) != 0 {
			t.Errorf("%+v, %d attachments", p, len(m.Attachments))
		}
	})
	t.Run("3.6 the cancellation of an occurrence", func(t *testing.T) {
		m, _ := importOne(t, strings.Replace(with(master, override(id, start, "STATUS:CANCELLED")), "METHOD:REQUEST", "METHOD:CANCEL", 1), nil)
		if p := patternOf(t, m); len(p.Exceptions) != 1 || len(m.Attachments) != 1 {
			t.Errorf("%+v, %d attachments", p, len(m.Attachments))
		}
	})
	t.Run("the id of an occurrence in UTC, and as a date", func(t *testing.T) {
		for _, id := range []string{":20261130T080000Z", ";VALUE=DATE:20261130"} {
			m, _ := importOne(t, with(master, override(id, ":20261130T083000Z")), nil)
			check(t, &m.Attachments[0].Properties, "PidTagExceptionReplaceTime=2026-11-30T08:00:00Z\nPidTagExceptionStartTime=2026-11-30T09:30:00Z")
			if e := patternOf(t, m).Exceptions[0]; e.Original.String() != "2026-11-30 09:00" || e.Start.String() != "2026-11-30 09:30" {
				t.Errorf("%s: %v at %v", id, e.Original, e.Start)
			}
		}
	})
	t.Run("3.6 the attachments are in the order of the original dates", func(t *testing.T) {
		m, _ := importOne(t, with(master, override(";TZID=Mitte:20261207T090000", ";TZID=Mitte:20261207T110000"), override(id, start)), nil)
		check(t, &m.Attachments[0].Properties, "PidTagExceptionReplaceTime=2026-11-30T08:00:00Z")
		check(t, &m.Attachments[1].Properties, "PidTagExceptionReplaceTime=2026-12-07T08:00:00Z")
	})
}
