package ical_test

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/ical"
	"github.com/contentconv/contentconv/mapi"
)

// calendarOf returns a calendar with one event of those lines. What an event needs and
// the lines lack is added.
func calendarOf(method string, lines ...string) string {
	event := strings.Join(lines, "\n") + "\n"
	given := "\n" + event
	for _, line := range []struct{ name, text string }{
		{"UID", "UID:abc@example.com"}, {"DTSTART", "DTSTART:20261123T090000Z"}, {"DTEND", "DTEND:20261123T100000Z"},
		{"ORGANIZER", "ORGANIZER;CN=Olga:mailto:olga@example.com"},
	} {
		switch {
		case strings.Contains(given, "\n"+line.name), line.name == "DTEND" && strings.Contains(given, "\nDTSTART"),
			line.name == "ORGANIZER" && method == "":
		default:
			event += line.text + "\n"
		}
	}
	return "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n" + methodLine(method) + zones +
		"BEGIN:VEVENT\n" + event + "END:VEVENT\nEND:VCALENDAR\n"
}

func methodLine(method string) string {
	if method == "" {
		return ""
	}
	return "METHOD:" + method + "\n"
}

const zones = `BEGIN:VTIMEZONE
TZID:Mitte
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
`

// importOne converts a calendar that is one message.
func importOne(t *testing.T, calendar string, o *ical.ImportOptions) (*mapi.Message, *ical.Imported) {
	t.Helper()
	got, err := ical.Import(context.Background(), []byte(strings.ReplaceAll(calendar, "\n", "\r\n")), o)
	if err != nil {
		t.Fatal(err)
	}
	if got.Fallback != nil {
		t.Fatalf("fallback: %v", got.Fallback)
	}
	if len(got.Messages) != 1 {
		t.Fatalf("%d messages", len(got.Messages))
	}
	return got.Messages[0], got
}

// shown returns a property as text; "-" when it is not set.
func shown(t *testing.T, p *mapi.Properties, name string) string {
	t.Helper()
	key, _, ok := mapi.KeyOf(name)
	if !ok {
		t.Fatalf("no property has the name %s", name)
	}
	v, ok := p.Get(key)
	if !ok {
		return "-"
	}
	if b, ok := v.Bool(); ok {
		return fmt.Sprint(b)
	}
	if ft, ok := v.Time(); ok {
		u, _ := ft.Time()
		return u.Format("2006-01-02T15:04:05Z")
	}
	if n, ok := v.Int(); ok {
		return fmt.Sprint(n)
	}
	if b, ok := v.Bytes(); ok {
		return hex.EncodeToString(b)
	}
	if s, ok := v.Text(); ok {
		return strings.ReplaceAll(s, "\r\n", "|")
	}
	if list, ok := v.Elements().([]string); ok {
		return strings.Join(list, "|")
	}
	return fmt.Sprint(v.Any())
}

// check compares properties with "Name=value" lines.
func check(t *testing.T, p *mapi.Properties, want string) {
	t.Helper()
	got, wanted := map[string]string{}, map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(want), "\n") {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		wanted[name], got[name] = value, shown(t, p, name)
	}
	if diff := cmp.Diff(wanted, got); diff != "" {
		t.Errorf("properties (-want +got):\n%s", diff)
	}
}

// An importCase is an event and what becomes of it.
type importCase struct {
	name, method, lines, want string
}

func runImport(t *testing.T, cases []importCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			m, _ := importOne(t, calendarOf(c.method, c.lines), nil)
			check(t, &m.Properties, c.want)
		})
	}
}

const attendee = "ATTENDEE;CN=Anna;PARTSTAT="

func TestImportClass(t *testing.T) {
	const appointment = "PidTagMessageClass=IPM.Appointment\nPidLidAppointmentCounterProposal=-"
	runImport(t, []importCase{
		{"ICAL-IN-001 no METHOD", "", "", appointment},
		{"ICAL-IN-001 METHOD has no case", "publish", "", appointment + "\nPidTagIconIndex=1026"},
		{"ICAL-IN-002 request", "Request", "", "PidTagMessageClass=IPM.Schedule.Meeting.Request\nPidLidAppointmentStateFlags=3\nPidLidResponseStatus=5\nPidLidMeetingType=1\nPidTagIconIndex=1028"},
		{"ICAL-IN-003 cancellation", "CANCEL", "", "PidTagMessageClass=IPM.Schedule.Meeting.Canceled\nPidLidAppointmentStateFlags=7\nPidLidMeetingType=0\nPidTagIconIndex=1032"},
		{"ICAL-IN-004 accepted; ICAL-IN-006", "REPLY", attendee + "ACCEPTED:mailto:anna@example.com", "PidTagMessageClass=IPM.Schedule.Meeting.Resp.Pos\nPidLidAppointmentCounterProposal=-\nPidTagIconIndex=1029"},
		{"ICAL-IN-004 tentative; ICAL-IN-006", "REPLY", attendee + "TENTATIVE:mailto:anna@example.com", "PidTagMessageClass=IPM.Schedule.Meeting.Resp.Tent\nPidLidAppointmentCounterProposal=-"},
		{"ICAL-IN-004 declined; ICAL-IN-136 PARTSTAT has no case", "reply", attendee + "declined:mailto:anna@example.com", "PidTagMessageClass=IPM.Schedule.Meeting.Resp.Neg"},
		{"ICAL-IN-005 counter proposal", "COUNTER", attendee + "TENTATIVE:mailto:anna@example.com", "PidTagMessageClass=IPM.Schedule.Meeting.Resp.Tent\nPidLidAppointmentCounterProposal=true"},
	})
	t.Run("ICAL-IN-007 the property beats the parameter", func(t *testing.T) {
		m, _ := importOne(t, calendarOf("CANCEL", ""), &ical.ImportOptions{Method: "REQUEST"})
		check(t, &m.Properties, "PidTagMessageClass=IPM.Schedule.Meeting.Canceled")
		m, _ = importOne(t, calendarOf("", "ORGANIZER:mailto:o@example.com"), &ical.ImportOptions{Method: "request"})
		check(t, &m.Properties, "PidTagMessageClass=IPM.Schedule.Meeting.Request")
	})
	t.Run("1.1 of several attendees the sender answers", func(t *testing.T) {
		m, _ := importOne(t, calendarOf("REPLY", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.com\nATTENDEE;PARTSTAT=DECLINED:mailto:b@example.com"), &ical.ImportOptions{Sender: "B@example.com"})
		check(t, &m.Properties, "PidTagMessageClass=IPM.Schedule.Meeting.Resp.Neg\nPidTagSentRepresentingSmtpAddress=b@example.com")
	})
	t.Run("ICAL-IN-012 charset", func(t *testing.T) {
		for _, c := range []struct{ charset, text string }{{"", "Caf\xC3\xA9"}, {"", "Caf\xE9"}, {"iso-8859-2", "Caf\xE9"}, {"utf-8", "Caf\xC3\xA9"}} {
			m, _ := importOne(t, calendarOf("", "SUMMARY:"+c.text), &ical.ImportOptions{Charset: c.charset})
			check(t, &m.Properties, "PidTagSubject=Café")
		}
	})
}

func TestImportText(t *testing.T) {
	long := strings.Repeat("x", 254)
	runImport(t, []importCase{
		{"ICAL-IN-020 line breaks", "", `SUMMARY:one\ntwo`, "PidTagSubject=onetwo"},
		{"ICAL-IN-020 no surrogate is split", "", "SUMMARY:" + long + "\U0001F600", "PidTagSubject=" + long},
		{"ICAL-IN-020 255 characters", "", "SUMMARY:" + long + "yz", "PidTagSubject=" + long + "y"},
		{"ICAL-IN-020 no SUMMARY", "", "", "PidTagSubject="},
		{"ICAL-IN-021 language", "", "SUMMARY;LANGUAGE=de-de:Termin", "PidTagMessageLocaleId=1031"},
		{"ICAL-IN-021 unknown language", "", "SUMMARY;LANGUAGE=xx-yy:Termin", "PidTagMessageLocaleId=-"},
		{"ICAL-IN-022 place", "", `LOCATION;ALTREP="http://example.com/room":Room\n1`, "PidLidLocation=Room1\nPidNameLocationUrl=http://example.com/room\nPidLidWhere=-"},
		{"ICAL-IN-022 place of a meeting", "REQUEST", "LOCATION:" + long + "yz", "PidLidLocation=" + long + "y\nPidLidWhere=" + long + "y"},
		{"ICAL-IN-023 body", "REQUEST", `DESCRIPTION:one\ntwo` + "\nCOMMENT:no", "PidTagBody=one|two"},
		{"ICAL-IN-023 no body of a comment", "REQUEST", "COMMENT:no", "PidTagBody=-"},
		{"ICAL-IN-023 body of an answer", "REPLY", attendee + "ACCEPTED:mailto:a@example.com\nDESCRIPTION:no\nCOMMENT:yes", "PidTagBody=yes"},
		{"ICAL-IN-024 categories", "", "CATEGORIES:Red,  Big   Blue\nCATEGORIES:red,Gre\\;en,,\nCATEGORIES:" + strings.Repeat("y", 300), "PidNameKeywords=Red|Big Blue|Green|" + strings.Repeat("y", 255)},
		{"ICAL-IN-024 other semicolons", "", "CATEGORIES:a\u061Bb\uFE54c\uFF1Bd", "PidNameKeywords=abcd"},
		{"ICAL-IN-025 public by default", "", "", "PidTagSensitivity=0\nPidLidPrivate=false"},
		{"ICAL-IN-025 private", "", "CLASS:private", "PidTagSensitivity=2\nPidLidPrivate=true"},
		{"ICAL-IN-025 X-PERSONAL", "", "CLASS:X-PERSONAL", "PidTagSensitivity=1\nPidLidPrivate=false"},
		{"ICAL-IN-025 PERSONAL", "", "CLASS:PERSONAL", "PidTagSensitivity=1"},
		{"ICAL-IN-025 confidential", "", "CLASS:CONFIDENTIAL", "PidTagSensitivity=3\nPidLidPrivate=false"},
		{"ICAL-IN-025 unknown", "", "CLASS:X-SECRET", "PidTagSensitivity=0"},
		{"ICAL-IN-026 high", "", "PRIORITY:4", "PidTagImportance=2"},
		{"ICAL-IN-026 normal", "", "PRIORITY:5", "PidTagImportance=1"},
		{"ICAL-IN-026 low", "", "PRIORITY:6", "PidTagImportance=0"},
		{"ICAL-IN-026 none", "", "PRIORITY:0", "PidTagImportance=1"},
		{"ICAL-IN-026 Outlook's own counts more", "", "PRIORITY:1\nX-MICROSOFT-CDO-IMPORTANCE:0", "PidTagImportance=0"},
		{"ICAL-IN-026 a bad one of Outlook's doesn't", "", "PRIORITY:1\nX-MICROSOFT-CDO-IMPORTANCE:7", "PidTagImportance=2"},
		{"ICAL-IN-027 contacts", "", "CONTACT:Jim   Do;little\\, ABC\nCONTACT:jim dolittle\\, abc\nCONTACT:\nCONTACT:Ann", "PidLidContacts=Jim Dolittle, ABC|Ann"},
		{"ICAL-IN-027 resources", "", "RESOURCES:Projector , ,Whi\\;te  board\nRESOURCES:Car", "PidLidNonSendableBcc=Projector; White board; Car"},
		{"ICAL-IN-038 HTML", "", "X-ALT-DESC;FMTTYPE=Text/HTML:<p>a\\, b</p>", "PidTagHtml=" + hex.EncodeToString([]byte("<p>a, b</p>")) + "\nPidTagInternetCodepage=65001"},
		{"ICAL-IN-038 other types", "", "X-ALT-DESC;FMTTYPE=text/rtf:x\nX-ALT-DESC:y", "PidTagHtml=-"},
		{"ICAL-IN-039 escapes", "", `SUMMARY:a, b\, c\; d\: e\\`, `PidTagSubject=a, b, c; d: e\`},
		{"ICAL-IN-040 the first of a property counts", "", "SUMMARY:one\nSUMMARY:two\nPRIORITY:1\nPRIORITY:9", "PidTagSubject=one\nPidTagImportance=2"},
	})
}

func TestImportDetails(t *testing.T) {
	const anna = attendee + "TENTATIVE:mailto:a@example.com\n"
	runImport(t, []importCase{
		{"ICAL-IN-028 DTSTAMP", "REQUEST", "DTSTAMP:20261101T080000Z", "PidLidOwnerCriticalChange=2026-11-01T08:00:00Z\nPidLidAttendeeCriticalChange=-"},
		{"ICAL-IN-028 DTSTAMP of an answer", "COUNTER", anna + "DTSTAMP:20261101T080000Z", "PidLidOwnerCriticalChange=-\nPidLidAttendeeCriticalChange=2026-11-01T08:00:00Z"},
		{"ICAL-IN-028 Outlook's own counts more", "REQUEST", "DTSTAMP:20261101T080000Z\nX-MICROSOFT-CDO-OWNER-CRITICAL-CHANGE:20261102T080000Z", "PidLidOwnerCriticalChange=2026-11-02T08:00:00Z"},
		{"ICAL-IN-029 no sequence", "REQUEST", "", "PidLidAppointmentSequence=-"},
		{"ICAL-IN-029 sequence", "REQUEST", "SEQUENCE:3", "PidLidAppointmentSequence=3"},
		{"ICAL-IN-029 Outlook's own sequence", "REQUEST", "SEQUENCE:3\nX-MICROSOFT-CDO-APPT-SEQUENCE:2", "PidLidAppointmentSequence=2"},
		{"ICAL-IN-030 by STATUS", "", "STATUS:TENTATIVE", "PidLidBusyStatus=1"},
		{"ICAL-IN-030 by TRANSP", "", "STATUS:TENTATIVE\nTRANSP:transparent", "PidLidBusyStatus=0"},
		{"ICAL-IN-030 by MSNCALENDAR", "", "TRANSP:TRANSPARENT\nX-MICROSOFT-MSNCALENDAR-BUSYSTATUS:OOF", "PidLidBusyStatus=3"},
		{"ICAL-IN-030 by CDO", "", "X-MICROSOFT-MSNCALENDAR-BUSYSTATUS:OOF\nX-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE", "PidLidBusyStatus=4"},
		{"ICAL-IN-030 opaque", "CANCEL", "TRANSP:OPAQUE", "PidLidBusyStatus=2"},
		{"ICAL-IN-031 nothing said", "REQUEST", "", "PidLidIntendedBusyStatus=2\nPidLidBusyStatus=1"},
		{"ICAL-IN-031 busy said", "REQUEST", "X-MICROSOFT-CDO-BUSYSTATUS:OOF", "PidLidIntendedBusyStatus=3\nPidLidBusyStatus=1"},
		{"ICAL-IN-031 intended said", "REQUEST", "X-MICROSOFT-CDO-BUSYSTATUS:OOF\nX-MICROSOFT-CDO-INTENDEDSTATUS:FREE", "PidLidIntendedBusyStatus=0\nPidLidBusyStatus=1"},
		{"ICAL-IN-031 no request", "CANCEL", "X-MICROSOFT-CDO-BUSYSTATUS:FREE", "PidLidIntendedBusyStatus=-\nPidLidBusyStatus=0"},
		{"ICAL-IN-032 no counter proposals", "REQUEST", "X-MICROSOFT-DISALLOW-COUNTER:true", "PidLidAppointmentNotAllowPropose=true"},
		{"ICAL-IN-032 counter proposals", "REQUEST", "X-MICROSOFT-DISALLOW-COUNTER:FALSE", "PidLidAppointmentNotAllowPropose=false"},
		{"ICAL-IN-032 neither", "REQUEST", "X-MICROSOFT-DISALLOW-COUNTER:perhaps", "PidLidAppointmentNotAllowPropose=-"},
		{"ICAL-IN-033 owner's number", "REQUEST", "X-MICROSOFT-CDO-OWNERAPPTID:-2147483648", "PidTagOwnerAppointmentId=-2147483648"},
		{"ICAL-IN-033 too large", "REQUEST", "X-MICROSOFT-CDO-OWNERAPPTID:2147483648", "PidTagOwnerAppointmentId=-"},
		{"ICAL-IN-034 request", "REQUEST", "", "PidLidFInvited=true"},
		{"ICAL-IN-034 answer", "COUNTER", anna, "PidLidFInvited=true"},
		{"ICAL-IN-034 meeting", "PUBLISH", anna, "PidLidFInvited=true\nPidLidAppointmentStateFlags=1"},
		{"ICAL-IN-034 draft", "PUBLISH", anna + "X-MICROSOFT-ISDRAFT:TRUE", "PidLidFInvited=false"},
		{"ICAL-IN-034 appointment", "", "", "PidLidFInvited=false\nPidLidAppointmentStateFlags=0"},
		{"ICAL-IN-037 ignored", "", "CREATED:20260101T000000Z\nLAST-MODIFIED:20260101T000000Z\nX-MICROSOFT-CDO-INSTTYPE:1\nX-FOO;X-BAR=1:baz\nBEGIN:X-THING\nA:b\nEND:X-THING\nURL:http://example.com", "PidTagCreationTime=-\nPidLidRecurring=false\nPidTagSubject="},
		{"ICAL-IN-126 no recurrence", "REQUEST", "", "PidLidRecurring=false\nPidLidIsRecurring=false\nPidLidAppointmentRecur=-"},
	})
	for _, row := range []struct{ line, want string }{
		{"X-MICROSOFT-CDO-REPLYTIME:20261101T080000Z", "PidLidAppointmentReplyTime=2026-11-01T08:00:00Z"},
		{"X-MS-OLK-ALLOWEXTERNCHECK:TRUE", "PidLidAllowExternalCheck=true"},
		{"X-MS-OLK-APPTLASTSEQUENCE:4", "PidLidAppointmentLastSequence=4"},
		{"X-MS-OLK-APPTSEQTIME:20261101T080000Z", "PidLidAppointmentSequenceTime=2026-11-01T08:00:00Z"},
		{"X-MS-OLK-AUTOFILLLOCATION:FALSE", "PidLidAutoFillLocation=false"},
		{"X-MS-OLK-AUTOSTARTCHECK:TRUE", "PidLidAutoStartCheck=true"},
		{"X-MS-OLK-COLLABORATEDOC:a.doc", "PidLidCollaborateDoc=a.doc"},
		{"X-MS-OLK-CONFCHECK:TRUE", "PidLidConferencingCheck=true"},
		{"X-MS-OLK-CONFTYPE:1", "PidLidConferencingType=1"},
		{"X-MS-OLK-DIRECTORY:ils.example.com", "PidLidDirectory=ils.example.com"},
		{"X-MS-OLK-MWSURL:http://example.com/w", "PidLidMeetingWorkspaceUrl=http://example.com/w"},
		{"X-MS-OLK-NETSHOWURL:mms://example.com", "PidLidNetShowUrl=mms://example.com"},
		{"X-MS-OLK-ONLINEPASSWORD:pass", "PidLidOnlinePassword=pass"},
		{"X-MS-OLK-ORGALIAS:olga", "PidLidOrganizerAlias=olga"},
	} {
		name, _, _ := strings.Cut(row.line, ":")
		runImport(t, []importCase{{"ICAL-IN-035 " + name, "REQUEST", row.line, row.want}})
	}
}

func TestImportIdentity(t *testing.T) {
	const magic = "040000008200e00074c5b7101a82e008"
	const wrapped = magic + "00000000" + "0000000000000000" + "0000000000000000" + "1b000000" + "7643616c2d55696401000000" + "6162634065" + "78616d706c652e636f6d"
	runImport(t, []importCase{
		{"ICAL-IN-100 a UID of other software", "", "", "PidLidGlobalObjectId=" + wrapped + "\nPidLidCleanGlobalObjectId=" + wrapped},
		{"ICAL-IN-101 an instance; ICAL-IN-008", "REQUEST", "RECURRENCE-ID;TZID=Mitte:20261130T003000\nDTSTART;TZID=Mitte:20261130T100000",
			"PidLidGlobalObjectId=" + magic + "07ea0b1e" + wrapped[40:] + "\nPidLidCleanGlobalObjectId=" + wrapped +
				"\nPidLidExceptionReplaceTime=2026-11-29T23:30:00Z\nPidLidIsException=true\nPidTagMessageClass=IPM.Schedule.Meeting.Request\nPidLidStartRecurrenceTime=1920"},
		{"ICAL-IN-103 an id with a date", "", "UID:" + magic + "07ea0b1e000000000000000000000000000000000100000041", "PidLidGlobalObjectId=" + magic + "07ea0b1e" + "000000000000000000000000000000000100000041" +
			"\nPidLidCleanGlobalObjectId=" + magic + "00000000" + "000000000000000000000000000000000100000041"},
	})
}

func TestImportTimes(t *testing.T) {
	runImport(t, []importCase{
		{"ICAL-IN-070 VALUE doesn't count", "", "DTSTART;VALUE=date-time:20261123\nDTEND;VALUE=DATE-TIME:20261124", "PidLidAppointmentSubType=true"},
		{"ICAL-IN-070 a time said to be a date", "", "DTSTART;VALUE=date:20261123T090000Z", "PidLidAppointmentSubType=false\nPidLidAppointmentStartWhole=2026-11-23T09:00:00Z"},
		{"ICAL-IN-071 UTC", "", "DTSTART:20260623T090000Z", "PidLidAppointmentStartWhole=2026-06-23T09:00:00Z"},
		{"ICAL-IN-071 summer", "", "DTSTART;TZID=Mitte:20260623T090000", "PidLidAppointmentStartWhole=2026-06-23T07:00:00Z"},
		{"ICAL-IN-071 winter", "", "DTSTART;TZID=Mitte:20261123T090000", "PidLidAppointmentStartWhole=2026-11-23T08:00:00Z"},
		{"ICAL-IN-071 floating", "", "DTSTART:20261123T090000", "PidLidAppointmentStartWhole=2026-11-23T09:00:00Z"},
		{"ICAL-IN-071 Z beats TZID", "", "DTSTART;TZID=Mitte:20261123T090000Z", "PidLidAppointmentStartWhole=2026-11-23T09:00:00Z\nPidLidAppointmentTimeZoneDefinitionStartDisplay=-"},
		{"ICAL-IN-072 days", "", "DTSTART;VALUE=DATE:20261123\nDTEND;VALUE=DATE:20261125", "PidLidAppointmentSubType=true\nPidLidAppointmentStartWhole=2026-11-23T00:00:00Z\nPidLidAppointmentEndWhole=2026-11-25T00:00:00Z\nPidLidAppointmentDuration=2880"},
		{"ICAL-IN-072 a day of no length", "", "DTSTART;VALUE=DATE:20261123\nDTEND;VALUE=DATE:20261123", "PidLidAppointmentSubType=true\nPidLidAppointmentDuration=1440"},
		{"ICAL-IN-073 floating midnights", "", "DTSTART:20261123T000000\nDTEND:20261124T000000", "PidLidAppointmentSubType=true"},
		{"ICAL-IN-073 one end floats", "", "DTSTART:20261123T000000\nDTEND:20261124T000000Z", "PidLidAppointmentSubType=false"},
		{"ICAL-IN-073 midnights in UTC", "", "DTSTART:20261123T000000Z\nDTEND:20261124T000000Z", "PidLidAppointmentSubType=false"},
		{"ICAL-IN-074 midnights of a zone", "", "DTSTART;TZID=Mitte:20261123T000000\nDTEND;TZID=Mitte:20261124T000000", "PidLidAppointmentSubType=false"},
		{"ICAL-IN-074 with the flag", "", "DTSTART;TZID=Mitte:20261123T000000\nDTEND;TZID=Mitte:20261124T000000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE", "PidLidAppointmentSubType=true\nPidLidAppointmentStartWhole=2026-11-22T23:00:00Z"},
		{"ICAL-IN-074 the flag alone", "", "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT:TRUE", "PidLidAppointmentSubType=false"},
		{"ICAL-IN-075 duration", "", "DTSTART:20261123T090000Z\nDURATION:PT90M", "PidLidAppointmentEndWhole=2026-11-23T10:30:00Z\nPidLidAppointmentDuration=90"},
		{"ICAL-IN-075 the end wins", "", "DTSTART:20261123T090000Z\nDTEND:20261123T093000Z\nDURATION:PT90M", "PidLidAppointmentDuration=30"},
		{"ICAL-IN-075 neither", "", "DTSTART:20261123T090000Z", "PidLidAppointmentEndWhole=2026-11-23T09:00:00Z\nPidLidAppointmentDuration=0"},
		{"ICAL-IN-075 neither, a date", "", "DTSTART:20261123", "PidLidAppointmentEndWhole=2026-11-24T00:00:00Z"},
		{"ICAL-IN-076 weeks", "", "DTSTART:20261123T090000Z\nDURATION:P1W", "PidLidAppointmentDuration=10080"},
		{"ICAL-IN-076 days are those of the clock", "", "DTSTART;TZID=Mitte:20261024T120000\nDURATION:P1DT1H", "PidLidAppointmentEndWhole=2026-10-25T12:00:00Z\nPidLidAppointmentDuration=1560"},
		{"ICAL-IN-076 plus", "", "DTSTART:20261123T090000Z\nDURATION:+PT1H30M", "PidLidAppointmentDuration=90"},
		{"ICAL-IN-079 mirrors", "", "", "PidTagStartDate=2026-11-23T09:00:00Z\nPidTagEndDate=2026-11-23T10:00:00Z\nPidLidCommonStart=2026-11-23T09:00:00Z\nPidLidCommonEnd=2026-11-23T10:00:00Z"},
		{"ICAL-IN-077 counter proposal", "COUNTER", attendee + "TENTATIVE:mailto:a@example.com\nX-MS-OLK-ORIGINALSTART:20261120T090000Z\nX-MS-OLK-ORIGINALEND:20261120T093000Z",
			"PidLidAppointmentProposedStartWhole=2026-11-23T09:00:00Z\nPidLidAppointmentProposedEndWhole=2026-11-23T10:00:00Z\nPidLidAppointmentProposedDuration=60\nPidLidAppointmentStartWhole=2026-11-20T09:00:00Z\nPidLidAppointmentEndWhole=2026-11-20T09:30:00Z\nPidLidAppointmentDuration=30"},
		{"ICAL-IN-078 one original time is missing", "COUNTER", attendee + "TENTATIVE:mailto:a@example.com\nX-MS-OLK-ORIGINALSTART:20261120T090000Z",
			"PidLidAppointmentProposedStartWhole=2026-11-23T09:00:00Z\nPidLidAppointmentStartWhole=2026-11-23T09:00:00Z\nPidLidAppointmentEndWhole=2026-11-23T10:00:00Z"},
		{"ICAL-IN-077 no counter proposal", "REQUEST", "X-MS-OLK-ORIGINALSTART:20261120T090000Z\nX-MS-OLK-ORIGINALEND:20261120T093000Z", "PidLidAppointmentStartWhole=2026-11-23T09:00:00Z\nPidLidAppointmentProposedStartWhole=-"},
	})
	t.Run("ICAL-IN-071 floating in the caller's zone", func(t *testing.T) {
		m, _ := importOne(t, calendarOf("", "DTSTART:20261123T090000"), &ical.ImportOptions{Location: time.FixedZone("X", 3600)})
		check(t, &m.Properties, "PidLidAppointmentStartWhole=2026-11-23T08:00:00Z")
	})
	t.Run("ICAL-IN-089 the host's zone and clock don't matter", func(t *testing.T) {
		calendar := calendarOf("REQUEST", "DTSTART:20261123T090000\nBEGIN:VALARM\nTRIGGER:-PT5M\nEND:VALARM")
		a, _ := importOne(t, calendar, nil)
		local := time.Local
		defer func() { time.Local = local }()
		time.Local = time.FixedZone("elsewhere", -5*3600)
		b, _ := importOne(t, calendar, nil)
		if !a.Properties.Equal(b.Properties) {
			t.Error("the result depends on the host's time zone")
		}
	})
}

func TestImportAlarm(t *testing.T) {
	alarm := func(lines string) string { return "BEGIN:VALARM\n" + lines + "\nEND:VALARM" }
	const set = "PidLidReminderSet=true\nPidLidReminderDelta="
	runImport(t, []importCase{
		{"ICAL-IN-105 before", "", alarm("TRIGGER:-PT45M\nACTION:AUDIO"), set + "45\nPidLidReminderTime=2026-11-23T09:00:00Z\nPidLidReminderSignalTime=2026-11-23T08:15:00Z"},
		{"ICAL-IN-105 behind", "", alarm("TRIGGER:PT45M"), set + "45"},
		{"ICAL-IN-105 a date-time", "", alarm("TRIGGER;VALUE=DATE-TIME:20261123T080000Z"), set + "60\nPidLidReminderSignalTime=2026-11-23T08:00:00Z"},
		{"ICAL-IN-105 before the end", "", alarm("TRIGGER;RELATED=END:-PT90M"), set + "30"},
		{"ICAL-IN-105 before the end, behind the start", "", alarm("TRIGGER;RELATED=END:-PT10M"), set + "0"},
		{"ICAL-IN-106 not to be read", "", alarm("TRIGGER:soon"), set + "15"},
		{"ICAL-IN-106 no trigger, whole day", "", "DTSTART:20261123\n" + alarm("ACTION:DISPLAY"), set + "1080\nPidLidReminderSignalTime=2026-11-22T06:00:00Z"},
		{"ICAL-IN-107 none", "", "", "PidLidReminderSet=false\nPidLidReminderDelta=-"},
		{"ICAL-IN-135 no repetition", "", alarm("TRIGGER:-PT10M\nREPEAT:4\nDURATION:PT2M"), set + "10"},
		{"ICAL-IN-105 the first with a trigger", "", alarm("ACTION:DISPLAY") + "\n" + alarm("TRIGGER:-PT7M"), set + "7"},
	})
}
