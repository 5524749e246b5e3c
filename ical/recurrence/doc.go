// Package recurrence reads and writes the recurrence of Outlook's appointments
// and tasks: the binary AppointmentRecurrencePattern and RecurrencePattern of
// [MS-OXOCAL], sections 2.2.1.44.1 to 2.2.1.44.5, which are the values of
// PidLidAppointmentRecur and PidLidTaskRecurrence.
//
// [Decode] and [AppointmentPattern.Encode] are the codec. [AppointmentPattern.Occurrences]
// lists the occurrences. A [Series] makes a pattern of an iCalendar rule, which
// [ParseRule] reads, with its excluded and changed occurrences, and
// [AppointmentPattern.Rule] goes back.
//
// All times here are those that a clock in the zone of the series shows: a time in
// a pattern is a [Minutes], and where a time.Time stands for one it is in UTC
// whatever the zone is. Occurrences keep the clock's time when clocks change, in a
// pattern as in an RRULE.
//
// # What a pattern can't hold
//
// A pattern has days, weeks, months or years at a fixed distance, and at most one
// occurrence a day. A rule beyond that is an *[UnsupportedError], whose [Reason]
// names the construct. Two differences are accepted as Outlook accepts them, unless
// [Series.Strict] is set, and [AppointmentPattern] is then marked Approximate: the
// 29th, 30th or 31st falls on the last day of shorter months, which a rule skips;
// and a yearly rule with a day but no month means the month where the series begins.
package recurrence
