package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const meeting = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:u@example.com\r\n" +
	"DTSTAMP:20260101T000000Z\r\nDTSTART:20261102T090000Z\r\nDTEND:20261102T100000Z\r\nSUMMARY:Talk\r\n" +
	"ORGANIZER;CN=Olga:mailto:olga@example.com\r\nATTENDEE;PARTSTAT=ACCEPTED;CN=Ann:mailto:ann@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

func TestCalendars(t *testing.T) {
	several := strings.Replace(strings.Replace(meeting, "METHOD:REQUEST\r\n", "", 1), "END:VCALENDAR",
		"BEGIN:VEVENT\r\nUID:v@example.com\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20261103T090000Z\r\nSUMMARY:Walk\r\nEND:VEVENT\r\nEND:VCALENDAR", 1)
	for _, c := range []struct {
		name, text, class, subject string
		files                      int
	}{
		{"one event", meeting, "IPM.Schedule.Meeting.Request", "Talk", 0},
		{"a byte order mark", "\xEF\xBB\xBF" + meeting, "IPM.Schedule.Meeting.Request", "Talk", 0},
		{"several events", several, "IPM.Note", "Talk", 1},
		{"what no object can hold", strings.Replace(meeting, "SUMMARY", "RRULE:FREQ=HOURLY\r\nSUMMARY", 1), "IPM.Note", "Talk", 1},
		{"no calendar at all", "BEGIN:VCALENDAR\r\n", "IPM.Note", "calendar.ics", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := runCommand(t, c.text, "-to", "json", "-")
			if got.status != exitConverted {
				t.Fatalf("status %d, %s", got.status, got.stderr)
			}
			out := parse(t, got.stdout)
			if class, subject := out.property("PidTagMessageClass"), out.property("PidTagSubject"); class != c.class || subject != c.subject {
				t.Errorf("%v %v", class, subject)
			}
			if len(out.Message.Attachments) != c.files || c.files > 0 && out.Message.Attachments[0].Size != int64(len(c.text)) {
				t.Errorf("%+v", out.Message.Attachments)
			}
		})
	}
}

func TestCalendarThereAndBack(t *testing.T) {
	dir := t.TempDir()
	stored, back := filepath.Join(dir, "a.msg"), filepath.Join(dir, "a.ics")
	converts(t, meeting, "-", stored)
	converts(t, "", stored, back)
	b, err := os.ReadFile(back)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"METHOD:REQUEST", "UID:u@example.com", "DTSTART:20261102T090000Z", "DTEND:20261102T100000Z", "SUMMARY:Talk",
		"ORGANIZER;CN=Olga:mailto:olga@example.com", "ATTENDEE;CN=Ann;PARTSTAT=ACCEPTED:mailto:ann@example.com",
	} {
		if !strings.Contains(string(b), "\r\n"+want+"\r\n") {
			t.Errorf("no %s in\n%s", want, b)
		}
	}
	t.Run("a mail has no calendar", func(t *testing.T) {
		got := runCommand(t, mail, "-to", "ics", "-")
		if got.status != exitFailed || got.stdout != "" || !strings.Contains(got.stderr, "unsupported") {
			t.Errorf("status %d, %q, %s", got.status, got.stdout, got.stderr)
		}
	})
	t.Run("a limit", func(t *testing.T) {
		if got := runCommand(t, meeting, "-limit", "MSize=100", "-to", "json", "-"); got.status != exitFailed || !strings.Contains(got.stderr, "MSize") {
			t.Errorf("status %d, %s", got.status, got.stderr)
		}
	})
}
