package ical

import (
	"strings"
	"time"

	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/mapi"
)

// reminderAllDayMinutes is how long before a whole day the reminder comes when its
// time can't be read ([MS-OXCICAL], section 2.1.3.1.1.20.62).
const reminderAllDayMinutes int32 = 18 * 60

// maxReminder bounds the time between a reminder and its event.
const maxReminder = 10 * 366 * 24 * time.Hour

// setAlarm sets the reminder by the first VALARM ([MS-OXCICAL], section
// 2.1.3.1.1.20.62). Its time doesn't depend on the current one: it is that of the
// first occurrence.
func (e *event) setAlarm(start, end eventTime) {
	p := e.properties()
	alarms := e.c.Children("VALARM")
	mapi.PidLidReminderSet.Set(p, len(alarms) > 0)
	if len(alarms) == 0 {
		return
	}
	alarm := alarms[0]
	for _, a := range alarms {
		if a.Property("TRIGGER") != nil {
			alarm = a
			break
		}
	}
	if len(alarms) > 1 {
		e.noted(&tree.Property{Name: "VALARM", Line: alarm.Line}, "one reminder of several is held")
	}
	at := start.instant()
	signal, ok := e.trigger(alarm, at, end.instant())
	if !ok {
		delta := reminderDefaultMinutes
		if e.allDay {
			delta = reminderAllDayMinutes
		}
		signal = at.Add(-time.Duration(delta) * time.Minute)
	}
	mapi.PidLidReminderDelta.Set(p, wholeMinutes(at.Sub(signal)))
	setTime(p, mapi.PidLidReminderTime, at)
	setTime(p, mapi.PidLidReminderSignalTime, signal)
}

// trigger returns when an alarm goes off. A duration counts before the start whatever
// its sign is, as Outlook has no reminder behind it. One before the end that lies
// behind the start becomes that.
func (e *event) trigger(alarm *tree.Component, start, end time.Time) (time.Time, bool) {
	t := alarm.Property("TRIGGER")
	if t == nil {
		return time.Time{}, false
	}
	if d, err := tree.ParseDuration(t.Value); err == nil {
		span := d.Approximate().Truncate(time.Minute)
		switch {
		case span > maxReminder || span < -maxReminder:
			return time.Time{}, false
		case strings.EqualFold(t.Param("RELATED"), "END"):
			if signal := end.Add(span); signal.Before(start) {
				return signal, true
			}
			return start, true
		}
		return start.Add(-span.Abs()), true
	}
	at, err := e.readTime(alarm, t, t.Value)
	if err != nil {
		e.invalid(t, "no time")
		return time.Time{}, false
	}
	signal := at.instant()
	if d := start.Sub(signal); d < 0 || d > maxReminder {
		return start, d < 0
	}
	return signal, true
}
