package ical

import (
	"strconv"
	"strings"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/mapi"
)

// The values of PidLidTaskStatus that go with a percentage ([MS-OXOTASK], section
// 2.2.2.2.2).
const (
	taskNotStarted int32 = 0
	taskInProgress int32 = 1
	taskComplete   int32 = 2
)

// leastPercent is the percentage of a task in progress that says none.
const leastPercent = 0.01

const iconTask int32 = 0x500

// task makes a task of a VTODO ([MS-OXOTASK], section 2.2.2.2). One that recurs or is
// assigned to somebody is held by no such task.
func (im *importer) task(c *tree.Component) (*mapi.Message, error) {
	if im.scheduling() {
		return nil, unheld(ConstructTask, c, im.calendar.Property("METHOD"), "METHOD %s", im.method)
	}
	for _, other := range im.calendar.Components {
		if other != c && other.Name != "VTIMEZONE" {
			return nil, unheld(ConstructTask, other, nil, "beside a VTODO")
		}
	}
	for _, name := range []string{"RRULE", "X-MICROSOFT-RRULE", "RDATE", "EXRULE", "RECURRENCE-ID", "ORGANIZER", "ATTENDEE"} {
		if p := c.Property(name); p != nil {
			return nil, unheld(ConstructTask, c, p, "a task that recurs or is assigned")
		}
	}
	t := &task{event: &event{importer: im, c: c, m: new(mapi.Message)}}
	p := t.properties()
	mapi.PidTagMessageClass.Set(p, classTask)
	mapi.PidTagIconIndex.Set(p, iconTask)
	if uid := c.Text("UID"); uid != "" {
		mapi.PidNameCalendarUid.Set(p, uid)
	}
	steps := []func() error{t.setDates, t.setProgress, t.setAttachments}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	t.setText()
	p.Delete(mapi.PidLidLocation.Key())
	return t.m, nil
}

// A task is the conversion of one VTODO.
type task struct {
	*event
}

// setDates sets when the task begins and is due: days, which are stored as if their
// midnights were in UTC, and beside them the instants of those midnights ([MS-OXOTASK],
// sections 2.2.2.2.4 and 2.2.2.2.5).
func (t *task) setDates() error {
	start, err := t.optional("DTSTART")
	if err != nil {
		return err
	}
	due, err := t.optional("DUE")
	if err != nil {
		return err
	}
	if d := t.c.Property("DURATION"); d != nil && due == nil && start != nil {
		end, err := t.shift(*start, d, 1)
		if err != nil {
			return err
		}
		if end.wall.After(start.wall) && end.midnight() {
			end.wall = end.wall.AddDate(0, 0, -1) // the last day, not the one behind it
		}
		due = &end
	}
	anchor := due
	if anchor == nil {
		anchor = start
	}
	p := t.properties()
	if anchor == nil {
		mapi.PidLidReminderSet.Set(p, false)
		return nil
	}
	t.allDay = anchor.isDate
	t.setAlarm(*anchor, *anchor)
	zone := t.floatingZone()
	dueDay := t.day(*anchor)
	if start != nil {
		if day := t.day(*start); !day.After(dueDay) {
			setTime(p, mapi.PidLidTaskStartDate, day)
			setTime(p, mapi.PidLidCommonStart, zone.Instant(day))
		} else {
			t.invalid(t.c.Property("DTSTART"), "behind DUE")
		}
	}
	setTime(p, mapi.PidLidTaskDueDate, dueDay)
	setTime(p, mapi.PidLidCommonEnd, zone.Instant(dueDay))
	return nil
}

// optional reads a time that the task may have.
func (t *task) optional(name string) (*eventTime, error) {
	p := t.c.Property(name)
	if p == nil {
		return nil, nil
	}
	at, err := t.readTime(t.c, p, p.Value)
	return &at, err
}

// day returns the day of a time in the user's zone, as its midnight.
func (t *task) day(at eventTime) time.Time {
	return at.in(t.floatingZone()).Truncate(24 * time.Hour)
}

// setProgress sets how far the task is. Status and percentage always agree
// ([MS-OXOTASK], sections 2.2.2.2.2 and 2.2.2.2.3).
func (t *task) setProgress() error {
	completed, err := t.optional("COMPLETED")
	if err != nil {
		return err
	}
	p := t.properties()
	status, _ := firstNumber(t.c, taskStatuses, "STATUS")
	percent := t.percent()
	switch {
	case completed != nil || status == taskComplete || percent == 1 && status < taskComplete:
		status, percent = taskComplete, 1
	case status == taskNotStarted && percent > 0:
		status = taskInProgress
	case status == taskInProgress && percent == 0:
		percent = leastPercent
	}
	mapi.PidLidTaskStatus.Set(p, status)
	mapi.PidLidPercentComplete.Set(p, percent)
	mapi.PidLidTaskComplete.Set(p, status == taskComplete)
	if completed != nil {
		setTime(p, mapi.PidLidTaskDateCompleted, t.floatingZone().Instant(t.day(*completed)))
	}
	return nil
}

// percent returns the part of the task that is done.
func (t *task) percent() float64 {
	p := t.c.Property("PERCENT-COMPLETE")
	if p == nil {
		return 0
	}
	n, err := strconv.Atoi(strings.TrimSpace(p.Value))
	if err != nil || n < 0 || n > 100 {
		t.invalid(p, "no percentage "+diag.Quote(p.Value))
		return 0
	}
	return float64(n) / 100
}
