// Package ical converts between iCalendar (RFC 5545, RFC 5546) and the calendar
// objects of MAPI, as [MS-OXCICAL] and [MS-OXOCAL] say.
//
// The parts have packages of their own, each of use alone:
//
//   - [github.com/contentconv/contentconv/ical/tree] reads and writes the syntax:
//     lines, components, values. It repairs what calendars do wrong.
//   - [github.com/contentconv/contentconv/ical/recurrence] is the codec of
//     AppointmentRecurrencePattern, its translation to and from RRULE, and the
//     list of the occurrences.
//   - [github.com/contentconv/contentconv/ical/timezone] is the codec of the
//     binary time zones, VTIMEZONE, and the names of zones.
//
// Here are the identity of a meeting ([GlobalObjectID] and UID) and what puts the
// parts together: [Import] makes message objects of a calendar, and [Export] goes back.
//
// # What calendar objects can't hold
//
// A calendar can say more than a calendar object can hold: a rule for the 1st and the
// 15th, a journal, changes to all occurrences from one on. [Import] then converts
// nothing of it, and returns a [Fallback] that names the [Construct], its component, its
// property and its line. Whoever asked attaches the calendar as it is; that is no
// failure.
//
// Programs that use github.com/emersion/go-ical plug in through
// [tree.Component.GoICal] and [tree.FromGoICal]; package tree says why go-ical
// isn't what reads the text.
package ical
