package ical

import (
	"errors"
	"fmt"
	"strings"

	"github.com/contentconv/contentconv/ical/recurrence"
	"github.com/contentconv/contentconv/ical/tree"
)

// A Construct names what of a calendar the calendar objects of Outlook can't hold.
type Construct string

// The constructs. Those of a rule have the name of their [recurrence.Reason] behind
// "recurrence: ".
const (
	// ConstructMalformed: what can't be read as a calendar without losing some of it.
	ConstructMalformed Construct = "malformed calendar"
	// ConstructNoEvent: a calendar without an event.
	ConstructNoEvent Construct = "no event"
	// ConstructVersion: vCalendar 1.0, for example.
	ConstructVersion Construct = "version"
	// ConstructScale: dates of a calendar that isn't Gregorian.
	ConstructScale Construct = "calendar scale"
	// ConstructComponent: a task, a journal or free/busy times.
	ConstructComponent Construct = "component"
	// ConstructMethod: ADD, REFRESH, DECLINECOUNTER or an unknown METHOD.
	ConstructMethod Construct = "method"
	// ConstructReply: an answer that isn't that of one attendee, or is none.
	ConstructReply Construct = "reply"
	// ConstructSeveralEvents: events of several UIDs where there can be one.
	ConstructSeveralEvents Construct = "several events"
	// ConstructSeveralCalendars: a second VCALENDAR.
	ConstructSeveralCalendars Construct = "several calendars"
	// ConstructNoUID: a meeting without a UID.
	ConstructNoUID Construct = "no UID"
	// ConstructTime: a time that is missing, badly formed or out of range.
	ConstructTime Construct = "time"
	// ConstructEnd: an end that doesn't go with the start.
	ConstructEnd Construct = "end"
	// ConstructTimeZone: a zone that is unknown, or declared in no usable way.
	ConstructTimeZone Construct = "time zone"
	// ConstructSeveralRules: several RRULEs, an EXRULE, or an X-MICROSOFT-RRULE that
	// isn't alone or has no calendar.
	ConstructSeveralRules Construct = "several rules"
	// ConstructExtraDate: an RDATE that replaces no occurrence.
	ConstructExtraDate Construct = "extra date"
	// ConstructRange: a RECURRENCE-ID that means more than one occurrence.
	ConstructRange Construct = "range of occurrences"
	// ConstructSeries: components of one UID that don't make a series.
	ConstructSeries Construct = "inconsistent series"
	// ConstructOrganizer: a request whose organizer has no address.
	ConstructOrganizer Construct = "organizer"
	// ConstructTooLarge: more than the bounds allow.
	ConstructTooLarge Construct = "too large"
	// ConstructTask: a task that recurs or that is assigned to somebody.
	ConstructTask Construct = "task"
)

// ConstructOf returns the construct that stands for a reason.
func ConstructOf(r recurrence.Reason) Construct { return Construct("recurrence: " + string(r)) }

// A Fallback says why a calendar was not converted: the calendar itself should then
// be attached, as it is. It is an error for those who want one, but no failure.
type Fallback struct {
	Construct Construct
	// Component and Property are the names of where it stands, or "".
	Component, Property string
	// Line is the number of the line in the calendar, from 1; 0 where there is none.
	Line   int
	Detail string
}

func (f *Fallback) Error() string {
	var b strings.Builder
	b.WriteString(string(f.Construct))
	if where := strings.TrimSpace(f.Component + " " + f.Property); where != "" {
		b.WriteString(" in " + where)
	}
	if f.Line > 0 {
		fmt.Fprintf(&b, ", line %d", f.Line)
	}
	if f.Detail != "" {
		b.WriteString(": " + f.Detail)
	}
	return b.String()
}

// unheld returns a Fallback of a component, or of a property of it; either can be
// nil.
func unheld(what Construct, c *tree.Component, p *tree.Property, format string, args ...any) *Fallback {
	f := &Fallback{Construct: what, Detail: fmt.Sprintf(format, args...)}
	if c != nil {
		f.Component, f.Line = c.Name, c.Line
	}
	if p != nil {
		f.Property, f.Line = p.Name, p.Line
	}
	return f
}

// unheldRule returns the Fallback that an error of package recurrence stands for.
func unheldRule(err error, c *tree.Component, p *tree.Property) error {
	var u *recurrence.UnsupportedError
	if !errors.As(err, &u) {
		return err
	}
	return unheld(ConstructOf(u.Reason), c, p, "%s", u.Detail)
}
