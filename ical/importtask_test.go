package ical_test

import (
	"context"
	"testing"
	"time"

	"github.com/contentconv/contentconv/ical"
)

// taskOf returns a calendar with one task of those lines.
func taskOf(lines string) string { return inCalendar("BEGIN:VTODO\nUID:t1\n" + lines + "\nEND:VTODO") }

func TestImportTask(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	status := func(n, percent, complete string) string {
		return "PidLidTaskStatus=" + n + "\nPidLidPercentComplete=" + percent + "\nPidLidTaskComplete=" + complete
	}
	for _, c := range []struct{ name, lines, want string }{
		{"ICAL-TASK-002 texts", "SUMMARY:Write\nDESCRIPTION:it\nCATEGORIES:Red\nCLASS:PRIVATE\nPRIORITY:1", "PidTagMessageClass=IPM.Task\nPidTagSubject=Write\nPidTagBody=it\nPidNameKeywords=Red\nPidTagSensitivity=2\nPidTagImportance=2\nPidNameCalendarUid=t1\nPidLidTaskDueDate=-"},
		{"ICAL-TASK-003 nothing", "", status("0", "0", "false")},
		{"ICAL-TASK-003 in progress", "STATUS:IN-PROCESS", status("1", "0.01", "false")},
		{"ICAL-TASK-003 a percentage", "PERCENT-COMPLETE:50", status("1", "0.5", "false")},
		{"ICAL-TASK-003 all of it", "PERCENT-COMPLETE:100", status("2", "1", "true")},
		{"ICAL-TASK-003 completed", "STATUS:COMPLETED\nPERCENT-COMPLETE:30", status("2", "1", "true")},
		{"ICAL-TASK-003 cancelled", "STATUS:CANCELLED\nPERCENT-COMPLETE:30", status("4", "0.3", "false")},
		{"ICAL-TASK-003 no percentage", "PERCENT-COMPLETE:200", status("0", "0", "false")},
		{"ICAL-TASK-004 days", "DTSTART;VALUE=DATE:20261123\nDUE;VALUE=DATE:20261125", "PidLidTaskStartDate=2026-11-23T00:00:00Z\nPidLidTaskDueDate=2026-11-25T00:00:00Z\nPidLidCommonStart=2026-11-22T23:00:00Z\nPidLidCommonEnd=2026-11-24T23:00:00Z"},
		{"ICAL-TASK-004 the day in the user's zone", "DUE:20261123T233000Z", "PidLidTaskDueDate=2026-11-24T00:00:00Z\nPidLidCommonEnd=2026-11-23T23:00:00Z\nPidLidTaskStartDate=-"},
		{"ICAL-TASK-005 a start alone", "DTSTART;VALUE=DATE:20261123", "PidLidTaskStartDate=2026-11-23T00:00:00Z\nPidLidTaskDueDate=2026-11-23T00:00:00Z"},
		{"ICAL-TASK-005 a duration", "DTSTART;VALUE=DATE:20261123\nDURATION:P2D", "PidLidTaskDueDate=2026-11-24T00:00:00Z"},
		{"ICAL-TASK-005 due before the start", "DTSTART;VALUE=DATE:20261123\nDUE;VALUE=DATE:20261120", "PidLidTaskStartDate=-\nPidLidTaskDueDate=2026-11-20T00:00:00Z"},
		{"ICAL-TASK-006 when it was completed", "COMPLETED:20261123T150000Z", status("2", "1", "true") + "\nPidLidTaskDateCompleted=2026-11-22T23:00:00Z"},
		{"9 reminder", "DUE:20261123T090000Z\nBEGIN:VALARM\nTRIGGER:-PT1H\nEND:VALARM", "PidLidReminderSet=true\nPidLidReminderDelta=60\nPidLidReminderTime=2026-11-23T09:00:00Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, _ := importOne(t, taskOf(c.lines), &ical.ImportOptions{Tasks: true, Location: berlin})
			check(t, &m.Properties, c.want)
		})
	}
	for _, c := range []struct {
		name, calendar string
		tasks          bool
	}{
		{"ICAL-TASK-001 by default", taskOf(""), false},
		{"ICAL-TASK-008 a rule", taskOf("DTSTART:20261123\nRRULE:FREQ=DAILY"), true},
		{"ICAL-TASK-008 an organizer", taskOf("ORGANIZER:mailto:o@x.example"), true},
		{"ICAL-TASK-008 an attendee", taskOf("ATTENDEE:mailto:o@x.example"), true},
		{"ICAL-TASK-008 a second component", with(taskOf(""), "BEGIN:VTODO\nEND:VTODO"), true},
		{"ICAL-TASK-008 a request", inCalendar("METHOD:REQUEST\nBEGIN:VTODO\nEND:VTODO"), true},
		{"ICAL-TASK-010 a journal", inCalendar("BEGIN:VJOURNAL\nUID:x\nEND:VJOURNAL"), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ical.Import(context.Background(), []byte(c.calendar), &ical.ImportOptions{Tasks: c.tasks})
			if err != nil || got.Fallback == nil || got.Fallback.Construct != ical.ConstructTask && got.Fallback.Construct != ical.ConstructComponent {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}
