package ical

import (
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/mapi"
)

// An event is the conversion of one VEVENT.
type event struct {
	*importer
	c *tree.Component
	m *mapi.Message
	// series says that it has changed occurrences; embedded that it is one of those
	// that stand beside their series.
	series, embedded bool

	start, end eventTime
	// original is when an occurrence beside its series was meant to begin.
	original *eventTime
	allDay   bool
	people   people
	known    knownRule
}

func (e *event) properties() *mapi.Properties { return &e.m.Properties }

// convert makes the message object of the event and of what changed of it.
func (e *event) convert(overrides []*tree.Component) error {
	if err := e.times(); err != nil {
		return err
	}
	if err := e.readPeople(); err != nil {
		return err
	}
	if err := e.setClass(); err != nil {
		return err
	}
	steps := []func() error{e.setTimes, e.setZones, e.setIdentity, e.setPeople, e.setAttachments}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	e.setText()
	e.setDirect()
	e.setChanges()
	e.setBusy()
	e.setAlarm(e.start, e.end)
	e.setState()
	return e.setRecurrence(overrides)
}

// setClass sets the message class ([MS-OXCICAL], section 2.1.3.1.1.1).
func (e *event) setClass() error {
	p := e.properties()
	var partStat string
	if e.answering() {
		var err error
		if partStat, err = e.answer(); err != nil {
			return err
		}
	}
	for _, m := range methods {
		if m.name == e.method && (m.partStat == "" || m.partStat == partStat) {
			mapi.PidTagMessageClass.Set(p, m.class)
			if m.counter {
				mapi.PidLidAppointmentCounterProposal.Set(p, true)
			}
			return nil
		}
	}
	return unheld(ConstructReply, e.c, nil, "METHOD %s with PARTSTAT %s", e.method, diag.Quote(partStat))
}

// meeting reports whether the class is one of meeting messages.
func (e *event) meeting() bool { return e.scheduling() }

// setIdentity sets the ids of the meeting and, for one occurrence, which it is
// ([MS-OXCICAL], sections 2.1.3.1.1.20.26 and 2.1.3.1.1.20.20).
func (e *event) setIdentity() error {
	p := e.properties()
	var instance time.Time
	if id := e.c.Property("RECURRENCE-ID"); id != nil {
		at := e.original
		if at == nil {
			t, err := e.occurrence(id)
			if err != nil {
				return err
			}
			at = &t
		}
		instance = at.wall
		setTime(p, mapi.PidLidExceptionReplaceTime, at.instant())
		if e.meeting() && !e.embedded {
			mapi.PidLidIsException.Set(p, true)
			y, mo, d := instance.Date()
			h, mi, s := instance.Clock()
			mapi.PidLidStartRecurrenceDate.Set(p, int32(y<<9|int(mo)<<5|d))
			mapi.PidLidStartRecurrenceTime.Set(p, int32(h<<12|mi<<6|s))
		}
	}
	uid := e.c.Text("UID")
	if uid == "" {
		return nil
	}
	g := GlobalObjectIDOf(uid)
	if _, ok := g.Date(); !ok {
		g = g.WithDate(instance)
	}
	mapi.PidLidGlobalObjectId.Set(p, g.Bytes())
	mapi.PidLidCleanGlobalObjectId.Set(p, g.Clean().Bytes())
	return nil
}

// occurrence reads a RECURRENCE-ID, by the clock of the event's zone.
//
// QUIRK: the id of an occurrence comes in UTC, or in another zone than the event's
// (RFC 5545, 3.8.4.4).
func (e *event) occurrence(id *tree.Property) (eventTime, error) {
	at, err := e.readTime(e.c, id, id.Value)
	if err != nil {
		return at, err
	}
	if !at.isDate && e.start.named && !at.named {
		at.wall, at.zone, at.floating = at.in(e.start.zone), e.start.zone, false
	}
	return at, nil
}

// setDirect sets what is copied as it is.
func (e *event) setDirect() {
	for _, row := range directRows {
		p := e.c.Property(row.name)
		if p == nil {
			continue
		}
		if v, ok := row.kind.read(p); ok {
			e.properties().Set(row.key, v)
		} else {
			e.invalid(p, "no value of its kind")
		}
	}
}

// setChanges sets when the event was changed, and how often ([MS-OXCICAL], sections
// 2.1.3.1.1.20.9, 2.1.3.1.1.20.19, 2.1.3.1.1.20.29, 2.1.3.1.1.20.35).
func (e *event) setChanges() {
	tag, name := mapi.PidLidOwnerCriticalChange, "X-MICROSOFT-CDO-OWNER-CRITICAL-CHANGE"
	if e.answering() {
		tag, name = mapi.PidLidAttendeeCriticalChange, "X-MICROSOFT-CDO-ATTENDEE-CRITICAL-CHANGE"
	}
	for _, name := range []string{name, "DTSTAMP"} {
		p := e.c.Property(name)
		if p == nil {
			continue
		}
		if t, ok := parseUTC(p.Value); ok {
			tag.Set(e.properties(), t)
			break
		}
		e.invalid(p, "no time in UTC")
	}
	for _, name := range []string{"X-MICROSOFT-CDO-APPT-SEQUENCE", "SEQUENCE"} {
		p := e.c.Property(name)
		if p == nil {
			continue
		}
		if v, ok := integerValue.read(p); ok {
			e.properties().Set(mapi.PidLidAppointmentSequence.Key(), v)
			break
		}
		e.invalid(p, "no number")
	}
}

// firstNumber returns the number of the first of some properties whose value is a
// word of the list.
func firstNumber(c *tree.Component, list []word, names ...string) (int32, bool) {
	for _, name := range names {
		if p := c.Property(name); p != nil {
			if n, ok := numberOf(list, p.Value); ok {
				return n, true
			}
		}
	}
	return 0, false
}
