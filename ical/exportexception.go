package ical

import (
	"time"

	"github.com/contentconv/contentconv/ical/recurrence"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/mapi"
)

// exceptionMessages are the messages in the exception attachments of a series, by
// the instant that each replaces and by the start that the clock shows.
type exceptionMessages struct {
	replaced, started map[time.Time]*mapi.Message
	taken             map[*mapi.Message]bool
	count             int
}

// isException reports whether an attachment holds an exception ([MS-OXOCAL], section
// 2.2.10.1).
func isException(a *mapi.Attachment) bool {
	if a == nil || a.Message == nil {
		return false
	}
	return mapi.PidTagAttachmentFlags.Or(&a.Properties, 0)&attachmentException != 0 ||
		isClass(mapi.PidTagMessageClass.Or(&a.Message.Properties, ""), classException)
}

func (s *series) exceptionMessages() *exceptionMessages {
	list := &exceptionMessages{
		replaced: make(map[time.Time]*mapi.Message), started: make(map[time.Time]*mapi.Message),
		taken: make(map[*mapi.Message]bool),
	}
	for _, a := range s.m.Attachments {
		if !isException(a) {
			continue
		}
		list.count++
		replaced, ok := calendarTime(mapi.PidLidExceptionReplaceTime.Or(&a.Message.Properties, 0))
		if !ok {
			replaced, ok = calendarTime(mapi.PidTagExceptionReplaceTime.Or(&a.Properties, 0))
		}
		if ok {
			list.replaced[replaced.Truncate(time.Minute)] = a.Message
		}
		if start, ok := calendarTime(mapi.PidTagExceptionStartTime.Or(&a.Properties, 0)); ok {
			list.started[start.Truncate(time.Minute)] = a.Message
		}
	}
	return list
}

// take returns the message of an exception, or nil.
func (l *exceptionMessages) take(s *series, x *recurrence.Exception) *mapi.Message {
	m := l.replaced[s.zone.zone.Instant(x.Original.Time())]
	if m == nil || l.taken[m] {
		m = l.started[x.Start.Time()]
	}
	if m == nil || l.taken[m] {
		return nil
	}
	l.taken[m] = true
	return m
}

// left returns how many messages belong to no exception of the pattern.
func (l *exceptionMessages) left() int { return l.count - len(l.taken) }

// exception returns the VEVENT of an exception: the occurrence that it replaces, the
// times, and what is different in it, all else being that of the series
// ([MS-OXCICAL], section 2.1.3.1.1.20.20).
func (s *series) exception(x *recurrence.Exception, m *mapi.Message) (*tree.Component, error) {
	own := new(mapi.Message)
	if m != nil {
		*own = *m
		own.Properties = m.Properties.Clone()
	}
	overrides(x, &own.Properties)
	it := &item{m: own, series: s.m}
	end := max(x.Start, x.End)
	t := s.at(x.Start.Time(), end.Time(), propOr(it, mapi.PidLidAppointmentSubType, false))
	return s.event(it, t, func(c *tree.Component) { addMoment(c, "RECURRENCE-ID", s.original(x.Original)) })
}
