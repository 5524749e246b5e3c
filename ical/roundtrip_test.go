package ical_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/ical"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi/mapitest"
)

// thereAndBack imports a calendar, and again what is exported of that.
func thereAndBack(t *testing.T, data []byte) (first, second *mapi.Message, text string) {
	t.Helper()
	in, err := ical.Import(t.Context(), data, &ical.ImportOptions{Single: true})
	if err != nil {
		t.Fatal(err)
	}
	if in.Fallback != nil {
		return nil, nil, ""
	}
	first = in.Messages[0]
	text, _ = export(t, first, exportOptions)
	back, err := ical.Import(t.Context(), []byte(text), &ical.ImportOptions{Single: true})
	if err != nil {
		t.Fatal(err)
	}
	if back.Fallback != nil {
		t.Fatalf("what was exported falls back, %v:\n%s", back.Fallback, text)
	}
	return first, back.Messages[0], text
}

func TestICAL_OUT_042_ThereAndBack(t *testing.T) {
	const zone = "BEGIN:VTIMEZONE\nTZID:W. Europe Standard Time\nBEGIN:STANDARD\nDTSTART:16011028T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\n" +
		"BEGIN:DAYLIGHT\nDTSTART:16010325T020000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
	calendar := func(head, event string) string {
		return strings.ReplaceAll("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n"+head+"BEGIN:VEVENT\nUID:u@example.com\nDTSTAMP:20260101T000000Z\nSEQUENCE:2\n"+event+"\nEND:VEVENT\nEND:VCALENDAR\n", "\n", "\r\n")
	}
	const people = "ORGANIZER;CN=Olga:mailto:olga@example.com\nATTENDEE;CN=Ann;PARTSTAT=ACCEPTED;RSVP=TRUE:mailto:ann@example.com\n" +
		"ATTENDEE;CN=Bob;ROLE=OPT-PARTICIPANT;PARTSTAT=TENTATIVE;RSVP=TRUE:mailto:bob@example.com\nATTENDEE;CN=Room;CUTYPE=RESOURCE;ROLE=NON-PARTICIPANT;RSVP=TRUE:mailto:room@example.com\nATTENDEE;CN=None:invalid:nomail"
	const berlin = ";TZID=W. Europe Standard Time:"
	recurring := func(rule string) string {
		return calendar(zone, "DTSTART"+berlin+"20261102T100000\nDTEND"+berlin+"20261102T110000\nRRULE:"+rule)
	}
	for name, text := range map[string]string{
		"single, UTC":     calendar("", "DTSTART:20261102T090000Z\nDTEND:20261102T100000Z\nSUMMARY:Talk"),
		"single, zone":    calendar(zone, "DTSTART"+berlin+"20261102T100000\nDTEND"+berlin+"20261102T110000\nSUMMARY:Talk\nLOCATION:Room"),
		"all day":         calendar("", "DTSTART;VALUE=DATE:20261102\nDTEND;VALUE=DATE:20261104"),
		"all day, series": calendar("", "DTSTART;VALUE=DATE:20261102\nDTEND;VALUE=DATE:20261103\nRRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261130\nEXDATE;VALUE=DATE:20261109"),
		"request":         calendar("METHOD:REQUEST\n", "DTSTART:20261102T090000Z\nDTEND:20261102T100000Z\nX-MICROSOFT-CDO-INTENDEDSTATUS:OOF\n"+people),
		"cancellation":    calendar("METHOD:CANCEL\n", "DTSTART:20261102T090000Z\nDTEND:20261102T100000Z\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\n"+people),
		"published":       calendar("METHOD:PUBLISH\n", "DTSTART:20261102T090000Z\nDTEND:20261102T100000Z\n"+people),
		"reply":           calendar("METHOD:REPLY\n", "DTSTART:20261102T090000Z\nDTEND:20261102T100000Z\nCOMMENT:well\nATTENDEE;PARTSTAT=DECLINED;CN=Ann:mailto:ann@example.com"),
		"occurrence":      calendar(zone+"METHOD:REQUEST\n", "RECURRENCE-ID"+berlin+"20261102T090000\nDTSTART"+berlin+"20261102T100000\nDTEND"+berlin+"20261102T110000\n"+people),
		"details": calendar("", "DTSTART:20261102T090000Z\nDTEND:20261102T100000Z\nDESCRIPTION:a\\nb\\, c\nCATEGORIES:One,Two\nCLASS:CONFIDENTIAL\nPRIORITY:1\nCONTACT:Eve\nRESOURCES:Beamer,Room\n"+
			"TRANSP:TRANSPARENT\nX-MICROSOFT-DISALLOW-COUNTER:TRUE\nX-MS-OLK-CONFTYPE:2\nX-MICROSOFT-CDO-OWNERAPPTID:-7\nBEGIN:VALARM\nTRIGGER:-PT90M\nACTION:DISPLAY\nEND:VALARM"),
		"file":                calendar("", "DTSTART:20261102T090000Z\nDTEND:20261102T100000Z\nATTACH;VALUE=BINARY;ENCODING=BASE64;FMTTYPE=text/plain;X-FILENAME=a.txt:ZGF0YQ=="),
		"daily":               recurring("FREQ=DAILY;INTERVAL=3;COUNT=5"),
		"workdays":            recurring("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
		"fortnightly":         recurring("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=MO;UNTIL=20271231T090000Z"),
		"monthly":             recurring("FREQ=MONTHLY;BYMONTHDAY=2"),
		"first Monday":        recurring("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1;COUNT=9"),
		"yearly":              recurring("FREQ=YEARLY;BYMONTHDAY=2;BYMONTH=11;COUNT=4"),
		"yearly, nth":         recurring("FREQ=YEARLY;BYDAY=MO;BYMONTH=11;BYSETPOS=1"),
		"series with changes": recurring("FREQ=DAILY;COUNT=9\nEXDATE" + berlin + "20261103T100000\nEND:VEVENT\nBEGIN:VEVENT\nUID:u@example.com\nDTSTAMP:20260101T000000Z\nSEQUENCE:2\nRECURRENCE-ID" + berlin + "20261105T100000\nDTSTART" + berlin + "20261105T140000\nDTEND" + berlin + "20261105T150000\nSUMMARY:Later\nLOCATION:There"),
	} {
		t.Run(name, func(t *testing.T) {
			first, second, exported := thereAndBack(t, []byte(text))
			if first == nil {
				t.Fatal("it falls back")
			}
			if d := mapitest.Diff(first, second); d != "" {
				t.Errorf("%s\n%s", d, exported)
			}
		})
	}
}

// What is exported of the calendars of the corpus can be imported again.
func TestCorpusThereAndBack(t *testing.T) {
	corpus := os.Getenv("CONTENTCONV_CORPUS")
	if corpus == "" {
		t.Skip("CONTENTCONV_CORPUS is not set")
	}
	files, err := filepath.Glob(filepath.Join(corpus, "ics", "*", "*.ics"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(name), func(t *testing.T) { thereAndBack(t, data) })
	}
}
