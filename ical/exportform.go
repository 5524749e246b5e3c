package ical

import (
	"strings"

	"github.com/contentconv/contentconv/mapi"
)

// A form says what a message of a class is in iCalendar.
type form struct {
	method string
	// partStat is the answer that a response gives.
	partStat string
	task     bool
}

// answer reports whether the calendar is what an attendee sends the organizer.
func (f form) answer() bool { return f.method == "REPLY" || f.method == "COUNTER" }

// formOf returns the form of a message object, by its class or the one above it. Of
// responses those that propose another time are counter proposals; whatever they
// answer beside that is PARTSTAT ([MS-OXCICAL], section 2.1.3.1.1.1).
func formOf(p *mapi.Properties) (form, bool) {
	class := mapi.PidTagMessageClass.Or(p, "")
	if isClass(class, classTask) {
		return form{method: "PUBLISH", task: true}, true
	}
	for _, row := range methods {
		if !isClass(class, row.class) {
			continue
		}
		f := form{method: row.name, partStat: row.partStat}
		if f.answer() && mapi.PidLidAppointmentCounterProposal.Or(p, false) {
			f.method = "COUNTER"
		}
		return f, true
	}
	return form{}, false
}

// isClass reports whether a class is another one, or below it.
func isClass(class, other string) bool {
	return len(class) >= len(other) && strings.EqualFold(class[:len(other)], other) &&
		(len(class) == len(other) || class[len(other)] == '.')
}

// HasCalendar reports whether messages of the object's class have a form in
// iCalendar, which [Export] writes.
func HasCalendar(m *mapi.Message) bool {
	_, ok := formOf(&m.Properties)
	return ok
}
