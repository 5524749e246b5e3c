package ical_test

import (
	"context"
	"io"
	"testing"

	"github.com/contentconv/contentconv/ical"
)

// Every input is converted to messages or falls back; what was converted can be
// written, or the error says why it can't.
func FuzzImport(f *testing.F) {
	f.Add([]byte(calendarOf("REQUEST", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.com\nATTACH;VALUE=BINARY;ENCODING=BASE64:aGVsbG8=")), false)
	f.Add([]byte(calendarOf("", "DTSTART;TZID=Mitte:20261123T090000\nRRULE:FREQ=WEEKLY;COUNT=5\nEXDATE;TZID=Mitte:20261207T090000\nBEGIN:VALARM\nTRIGGER:-PT5M\nEND:VALARM")), true)
	f.Add([]byte(with(ruled("FREQ=DAILY;COUNT=5"), override(":20261124T090000Z", ":20261124T110000Z"))), false)
	f.Add([]byte(calendarOf("COUNTER", "ATTENDEE;PARTSTAT=TENTATIVE:mailto:a@example.com\nX-MS-OLK-ORIGINALSTART:20261120T090000Z\nX-MS-OLK-ORIGINALEND:20261120T093000Z")), false)
	f.Add([]byte(taskOf("DTSTART;VALUE=DATE:20261123\nDURATION:P2D\nPERCENT-COMPLETE:50\nSTATUS:IN-PROCESS")), true)
	f.Fuzz(func(t *testing.T, data []byte, move bool) {
		got, err := ical.Import(context.Background(), data, &ical.ImportOptions{Tasks: true, MoveStart: move})
		if err != nil {
			t.Fatal(err)
		}
		if (got.Fallback == nil) != (len(got.Messages) > 0) {
			t.Fatalf("%d messages with fallback %v", len(got.Messages), got.Fallback)
		}
		for _, m := range got.Messages {
			if _, err := ical.Export(context.Background(), io.Discard, m, &ical.ExportOptions{Key: []byte("k")}); err != nil {
				t.Logf("not written: %v", err)
			}
		}
	})
}
