package ical

import (
	"math"
	"strconv"

	"github.com/contentconv/contentconv/ical/timezone"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/mapi"
)

// noDate stands for no date in a task ([MS-OXOTASK], section 2.2.2.2.5).
const noDate = mapi.TimeNone

// task returns the VTODO of a task ([MS-OXOTASK], section 2.2.2.2). Its dates are
// days; that of the completion is a midnight of the user's zone.
func (e *exporter) task() *tree.Component {
	it := &item{m: e.m}
	c := tree.NewComponent("VTODO")
	uid := mapi.PidNameCalendarUid.Or(&e.m.Properties, "")
	if uid == "" {
		uid = e.uid()
	}
	c.AddText("UID", uid)
	for _, row := range []struct {
		name string
		tag  mapi.Named[mapi.Time]
	}{{"DTSTART", mapi.PidLidTaskStartDate}, {"DUE", mapi.PidLidTaskDueDate}} {
		if v, ok := row.tag.Get(&e.m.Properties); ok && v != noDate {
			if t, ok := calendarTime(v); ok {
				addMoment(c, row.name, dayOf(t, timezone.UTC()))
			}
		}
	}
	e.addStamps(c, it)
	e.addTexts(c, it)
	e.addWords(c, it)
	e.addTaskStatus(c)
	e.addLists(c, it)
	e.addAlarm(c, it)
	return c
}

// addTaskStatus writes how far the task is.
func (e *exporter) addTaskStatus(c *tree.Component) {
	p := &e.m.Properties
	status := wordOf(taskStatuses, mapi.PidLidTaskStatus.Or(p, 0))
	complete := mapi.PidLidTaskComplete.Or(p, false)
	if complete {
		status = "COMPLETED"
	}
	if status != "" {
		c.Add("STATUS", status)
	}
	percent := mapi.PidLidPercentComplete.Or(p, 0)
	switch {
	case status == "COMPLETED":
		percent = 1
	case math.IsNaN(percent) || percent < 0:
		percent = 0
	}
	c.Add("PERCENT-COMPLETE", strconv.Itoa(int(math.Round(min(percent, 1)*100))))
	if v, ok := mapi.PidLidTaskDateCompleted.Get(p); ok && v != noDate && status == "COMPLETED" {
		if t, ok := calendarTime(v); ok {
			c.Add("COMPLETED", tree.FormatUTC(t))
		}
	}
}
