// Package timezone reads and writes the time zones of Outlook's appointments and of
// iCalendar, and finds zones by their names.
//
// A [Rule] is a zone as Windows sees it: a distance from UTC and two dates of every
// year. PidLidTimeZoneStruct holds one ([DecodeStruct]); a [Definition] holds some,
// with a name. [RuleAt] makes a rule of any zone for a certain time,
// [Rule.Location] makes a zone of a rule, and [Rule.Component] a VTIMEZONE.
//
// A [Set] finds the zones that a calendar's TZID parameters name. What the calendar
// declares in its VTIMEZONEs goes first; then come the keys of Windows, then IANA
// names, then plain distances from UTC, such as "UTC+2". Nothing depends on the
// host: the IANA database is part of this package.
package timezone
