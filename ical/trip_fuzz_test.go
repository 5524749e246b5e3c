package ical_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/ical"
	"github.com/contentconv/contentconv/mapi"
)

// FuzzTrip converts any calendar to objects and each of these on: what is written is a
// calendar, of which an object of the same kind and time is made, and which from the
// second trip on is the same to the byte.
func FuzzTrip(f *testing.F) {
	for _, s := range []string{
		calendarOf("REQUEST", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.com\nATTACH;VALUE=BINARY;ENCODING=BASE64:aGVsbG8="),
		calendarOf("", "DTSTART;TZID=Mitte:20261123T090000\nRRULE:FREQ=WEEKLY;COUNT=5\nEXDATE;TZID=Mitte:20261207T090000\nBEGIN:VALARM\nTRIGGER:-PT5M\nEND:VALARM"),
		with(ruled("FREQ=DAILY;COUNT=5"), override(":20261124T090000Z", ":20261124T110000Z")),
		calendarOf("COUNTER", "ATTENDEE;PARTSTAT=TENTATIVE:mailto:a@example.com\nX-MS-OLK-ORIGINALSTART:20261120T090000Z\nX-MS-OLK-ORIGINALEND:20261120T093000Z"),
		calendarOf("CANCEL", "SEQUENCE:2\nCLASS:PRIVATE\nPRIORITY:1\nTRANSP:TRANSPARENT"),
		taskOf("DTSTART;VALUE=DATE:20261123\nDURATION:P2D\nPERCENT-COMPLETE:50\nSTATUS:IN-PROCESS"),
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := ical.Import(t.Context(), data, &ical.ImportOptions{Tasks: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range got.Messages {
			first, ok := exportTrip(t, m)
			if !ok {
				continue
			}
			again := importTrip(t, first)
			if diff := cmp.Diff(tripKind(m), tripKind(again)); diff != "" {
				t.Fatalf("%s\n%s", diff, first)
			}
			second, ok := exportTrip(t, again)
			if !ok {
				t.Fatalf("what was read cannot be written: %s", first)
			}
			if third, _ := exportTrip(t, importTrip(t, second)); third != second {
				t.Fatalf("the second trip changes the calendar:\n%s", cmp.Diff(second, third))
			}
		}
	})
}

// exportTrip writes an object; what was written is well formed.
func exportTrip(t *testing.T, m *mapi.Message) (string, bool) {
	t.Helper()
	var b bytes.Buffer
	if _, err := ical.Export(t.Context(), &b, m, exportOptions); err != nil {
		if b.Len() > 0 || strings.ContainsAny(err.Error(), "\r\n") {
			t.Fatalf("%d bytes were written before %q", b.Len(), err)
		}
		return "", false
	}
	checkExport(t, m)
	return b.String(), true
}

// importTrip reads a calendar that was written, which is converted as a whole.
func importTrip(t *testing.T, s string) *mapi.Message {
	t.Helper()
	got, err := ical.Import(t.Context(), []byte(s), &ical.ImportOptions{Tasks: true})
	if err != nil || got.Fallback != nil || len(got.Messages) != 1 {
		t.Fatalf("%v, %v, %d messages:\n%s", err, got.Fallback, len(got.Messages), s)
	}
	return got.Messages[0]
}

// tripKind tells what kind an object is of and when it is.
func tripKind(m *mapi.Message) string {
	p := &m.Properties
	return fmt.Sprintf("%s %v %v %v %d recipients", mapi.PidTagMessageClass.Or(p, ""), mapi.PidLidAppointmentStartWhole.Or(p, 0),
		mapi.PidLidAppointmentEndWhole.Or(p, 0), mapi.PidLidRecurring.Or(p, false), len(m.Recipients))
}
