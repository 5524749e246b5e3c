package ical

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/contentconv/contentconv/ical/recurrence"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/mapi"
)

// An exception is a changed occurrence of a series.
type exception struct {
	*event
	info recurrence.Exception
	// start and end are by the clock of the series.
	start, end time.Time
}

// overrides reads the changed occurrences of a series, and tells the series of them
// ([MS-OXCICAL], section 2.1.3.1.1.20.20).
func (e *event) overrides(s *recurrence.Series, list []*tree.Component) ([]*exception, error) {
	if err := e.tooMany("changed occurrences", len(list)); err != nil {
		return nil, err
	}
	var out []*exception
	for _, c := range list {
		if err := e.ctx.Err(); err != nil {
			return nil, err
		}
		id := c.Property("RECURRENCE-ID")
		original, err := e.occurrence(id)
		if err != nil {
			return nil, err
		}
		if original.isDate && !e.start.isDate {
			// QUIRK: the occurrence is named by its date alone (RFC 5545, 3.8.4.4, wants
			// the same type as DTSTART).
			original = eventTime{wall: e.atStart(original.wall), zone: e.start.zone, named: e.start.named, floating: e.start.floating}
		}
		if e.method != "CANCEL" && strings.EqualFold(c.Value("STATUS"), "CANCELLED") {
			s.Excluded = append(s.Excluded, e.wallOf(original))
			continue
		}
		x, err := e.exception(c, original)
		if err != nil {
			return nil, err
		}
		s.Exceptions = append(s.Exceptions, x.info)
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b *exception) int { return a.original.wall.Compare(b.original.wall) })
	return out, nil
}

// exception converts a changed occurrence to the message of its attachment.
func (e *event) exception(c *tree.Component, original eventTime) (*exception, error) {
	x := &exception{event: &event{importer: e.importer, c: c, m: new(mapi.Message), embedded: true, original: &original}}
	x.m.Properties.Grow(usualProperties * 2 / 3)
	if err := x.times(); err != nil {
		return nil, err
	}
	if err := x.readPeople(); err != nil {
		return nil, err
	}
	steps := []func() error{x.setTimes, x.setZones, x.setIdentity, x.setAttachments}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	x.setRecipients()
	x.setText()
	x.setDirect()
	x.setChanges()
	x.setBusy()
	x.setAlarm(x.event.start, x.event.end)
	p := x.properties()
	mapi.PidTagMessageClass.Set(p, classException)
	mapi.PidLidRecurring.Set(p, false)
	x.start, x.end = e.wallOf(x.event.start), e.wallOf(x.event.end)
	if err := x.setInfo(e); err != nil {
		return nil, err
	}
	for _, k := range notInExceptions {
		p.Delete(k)
	}
	return x, nil
}

// notInExceptions are the properties that a changed occurrence has from its series
// ([MS-OXOCAL], section 2.2.10.2).
var notInExceptions = []mapi.Key{
	mapi.PidLidAppointmentLastSequence.Key(), mapi.PidLidMeetingWorkspaceUrl.Key(), mapi.PidLidContacts.Key(),
	mapi.PidTagSensitivity.Key(), mapi.PidLidPrivate.Key(), mapi.PidNameKeywords.Key(),
}

// setInfo sets what the pattern says of the occurrence: its times, and what of it is
// different from the series ([MS-OXOCAL], section 2.2.1.44.2).
func (x *exception) setInfo(series *event) error {
	i := &x.info
	var ok [3]bool
	i.Start, ok[0] = recurrence.MinutesOf(x.start)
	i.End, ok[1] = recurrence.MinutesOf(x.end)
	i.Original, ok[2] = recurrence.MinutesOf(series.wallOf(*x.original))
	if !ok[0] || !ok[1] || !ok[2] {
		return unheld(ConstructTime, x.c, nil, "not within the years 1601 to 4500")
	}
	for _, d := range differences {
		if d.differs(x, series) {
			i.Flags |= d.flag
			if d.set != nil {
				d.set(x, i)
			}
		}
	}
	p := x.properties()
	mapi.PidLidFExceptionalBody.Set(p, i.Flags&recurrence.OverrideBody != 0)
	if len(x.people.attendees) > 0 && !maps.Equal(x.people.attendeeSet(), series.people.attendeeSet()) {
		mapi.PidLidFExceptionalAttendees.Set(p, true)
	}
	return nil
}

// A difference is one flag of a changed occurrence.
type difference struct {
	flag    recurrence.OverrideFlags
	differs func(x *exception, series *event) bool
	set     func(x *exception, i *recurrence.Exception)
}

// differences are the flags that an import sets. What the changed occurrence doesn't
// say is that of the series, except for reminders: an occurrence without VALARM has
// none.
var differences = []difference{
	{recurrence.OverrideSubject, func(x *exception, s *event) bool {
		return x.c.Property("SUMMARY") != nil && mapi.Subject(x.properties()) != mapi.Subject(s.properties())
	}, func(x *exception, i *recurrence.Exception) { i.Subject = mapi.Subject(x.properties()) }},
	{recurrence.OverrideLocation, textDiffers(mapi.PidLidLocation), func(x *exception, i *recurrence.Exception) {
		i.Location = mapi.PidLidLocation.Or(x.properties(), "")
	}},
	{recurrence.OverrideReminder, func(x *exception, s *event) bool {
		return mapi.PidLidReminderSet.Or(x.properties(), false) != mapi.PidLidReminderSet.Or(s.properties(), false)
	}, func(x *exception, i *recurrence.Exception) {
		if mapi.PidLidReminderSet.Or(x.properties(), false) {
			i.ReminderSet = 1
		}
	}},
	{recurrence.OverrideReminderDelta, numberDiffers(mapi.PidLidReminderDelta), func(x *exception, i *recurrence.Exception) {
		i.ReminderDelta = uint32(mapi.PidLidReminderDelta.Or(x.properties(), 0))
	}},
	{recurrence.OverrideBusyStatus, numberDiffers(mapi.PidLidBusyStatus), func(x *exception, i *recurrence.Exception) {
		i.BusyStatus = uint32(mapi.PidLidBusyStatus.Or(x.properties(), 0))
	}},
	{recurrence.OverrideSubType, func(x *exception, s *event) bool { return x.allDay != s.allDay }, func(x *exception, i *recurrence.Exception) {
		if x.allDay {
			i.SubType = 1
		}
	}},
	{recurrence.OverrideBody, bodyDiffers, nil},
	{recurrence.OverrideAttachment, func(x *exception, _ *event) bool { return len(x.m.Attachments) > 0 },
		func(_ *exception, i *recurrence.Exception) { i.Attachment = 1 }},
}

func textDiffers(tag mapi.Named[string]) func(*exception, *event) bool {
	return func(x *exception, s *event) bool {
		v, ok := tag.Get(x.properties())
		return ok && v != tag.Or(s.properties(), "")
	}
}

func numberDiffers(tag mapi.Named[int32]) func(*exception, *event) bool {
	return func(x *exception, s *event) bool {
		v, ok := tag.Get(x.properties())
		w, has := tag.Get(s.properties())
		return ok && (!has || v != w)
	}
}

func bodyDiffers(x *exception, s *event) bool {
	p, q := x.properties(), s.properties()
	text, hasText := mapi.PidTagBody.Get(p)
	html, hasHTML := mapi.PidTagHtml.Get(p)
	was, _ := mapi.PidTagHtml.Get(q)
	return hasText && text != mapi.PidTagBody.Or(q, "") || hasHTML && !bytes.Equal(html, was)
}

// attachment returns the attachment that holds the occurrence ([MS-OXOCAL], section
// 2.2.10.1).
func (x *exception) attachment() *mapi.Attachment {
	a := &mapi.Attachment{Message: x.m}
	p := &a.Properties
	p.Grow(attachmentProperties)
	mapi.PidTagAttachMethod.Set(p, mapi.AttachEmbeddedMessage)
	mapi.PidTagAttachmentFlags.Set(p, attachmentException)
	mapi.PidTagAttachmentHidden.Set(p, true)
	setAttachmentDefaults(p)
	name := mapi.Subject(x.properties())
	if name == "" {
		name = "Untitled"
	}
	mapi.PidTagDisplayName.Set(p, name)
	for _, t := range []struct {
		tag mapi.Tag[mapi.Time]
		at  time.Time
	}{
		{mapi.PidTagExceptionStartTime, x.start}, {mapi.PidTagExceptionEndTime, x.end},
		{mapi.PidTagExceptionReplaceTime, x.original.instant()},
	} {
		if v, ok := timeOf(t.at); ok {
			t.tag.Set(p, v)
		}
	}
	return a
}
