package ical

import (
	"time"

	"github.com/contentconv/contentconv/ical/recurrence"
	"github.com/contentconv/contentconv/mapi"
)

// An item is one event to be written: a message object, or an exception of a series,
// which has of the series what it lacks itself ([MS-OXOCAL], section 2.2.10.2).
type item struct {
	m      *mapi.Message
	series *mapi.Message // nil unless the item is an exception
}

// seriesOnly are the properties that an exception has of its series alone.
var seriesOnly = map[mapi.Key]bool{
	mapi.PidLidAppointmentLastSequence.Key(): true,
	mapi.PidLidMeetingWorkspaceUrl.Key():     true,
	mapi.PidLidContacts.Key():                true,
	mapi.PidTagSensitivity.Key():             true,
	mapi.PidLidPrivate.Key():                 true,
	mapi.PidNameKeywords.Key():               true,
}

// of returns the properties among which the item has the one with that key.
func (it *item) of(k mapi.Key) *mapi.Properties {
	if it.series == nil {
		return &it.m.Properties
	}
	if _, own := it.m.Properties.Get(k); own && !seriesOnly[k] {
		return &it.m.Properties
	}
	return &it.series.Properties
}

// A property is a constant of package mapi.
type property[T any] interface {
	Get(*mapi.Properties) (T, bool)
	Key() mapi.Key
}

// propOf returns a property of the item.
func propOf[T any](it *item, tag property[T]) (T, bool) { return tag.Get(it.of(tag.Key())) }

// propOr returns a property of the item, or def.
func propOr[T any](it *item, tag property[T], def T) T {
	if v, ok := propOf(it, tag); ok {
		return v
	}
	return def
}

// time returns a time of the item.
func (it *item) time(tag property[mapi.Time]) (time.Time, bool) {
	v, ok := propOf(it, tag)
	if !ok {
		return time.Time{}, false
	}
	return calendarTime(v)
}

// calendarTime returns a time of the years that events have.
func calendarTime(v mapi.Time) (time.Time, bool) {
	t, ok := v.Time()
	if y := t.Year(); !ok || y < 1601 || y > 4500 {
		return time.Time{}, false
	}
	return t.Truncate(time.Second), true
}

// recipients returns the rows that the item's attendees are.
func (it *item) recipients() []mapi.Recipient {
	if it.series != nil && len(it.m.Recipients) == 0 {
		return it.series.Recipients
	}
	return it.m.Recipients
}

// overrides gives an exception what its ExceptionInfo says and the message doesn't.
func overrides(x *recurrence.Exception, p *mapi.Properties) {
	set := func(flag recurrence.OverrideFlags, k mapi.Key, v mapi.Value) {
		if _, has := p.Get(k); !has && x.Flags&flag != 0 {
			p.Set(k, v)
		}
	}
	set(recurrence.OverrideSubject, mapi.PidTagSubject.Key(), mapi.String(x.Subject))
	set(recurrence.OverrideLocation, mapi.PidLidLocation.Key(), mapi.String(x.Location))
	set(recurrence.OverrideBusyStatus, mapi.PidLidBusyStatus.Key(), mapi.Int32(int32(x.BusyStatus)))
	set(recurrence.OverrideSubType, mapi.PidLidAppointmentSubType.Key(), mapi.Bool(x.SubType != 0))
	set(recurrence.OverrideReminder, mapi.PidLidReminderSet.Key(), mapi.Bool(x.ReminderSet != 0))
	set(recurrence.OverrideReminderDelta, mapi.PidLidReminderDelta.Key(), mapi.Int32(int32(x.ReminderDelta)))
	set(recurrence.OverrideMeetingType, mapi.PidLidAppointmentStateFlags.Key(), mapi.Int32(int32(x.MeetingType)))
}
