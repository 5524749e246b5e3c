package recurrence

import (
	"fmt"
	"time"
)

// Frequency is the RecurFrequency field.
type Frequency uint16

// The frequencies.
const (
	Daily   Frequency = 0x200A
	Weekly  Frequency = 0x200B
	Monthly Frequency = 0x200C
	Yearly  Frequency = 0x200D
)

// PatternType says how occurrences follow each other.
type PatternType uint16

// The pattern types.
const (
	PatternDay      PatternType = 0 // every so many days
	PatternWeek     PatternType = 1 // days of the week, every so many weeks
	PatternMonth    PatternType = 2 // a day of the month, or the last day of a shorter one
	PatternMonthNth PatternType = 3 // the first to fourth, or last, of some weekdays
	PatternMonthEnd PatternType = 4 // the last day of the month
	PatternHijri    PatternType = 0xA
	PatternHijriNth PatternType = 0xB
	PatternHijriEnd PatternType = 0xC
)

const (
	// lastNth is the value of Nth for the last one.
	lastNth = 5
	// defaultOccurrence is the OccurrenceCount of a series without an end.
	defaultOccurrence = 10
)

// EndType says what ends a series.
type EndType uint32

// The ends.
const (
	EndByDate  EndType = 0x2021
	EndByCount EndType = 0x2022
	EndNever   EndType = 0x2023
	// endNever2 is what some clients write for EndNever.
	endNever2 EndType = 0xFFFFFFFF
)

// Never reports whether a series with this end goes on forever.
func (e EndType) Never() bool { return e == EndNever || e == endNever2 }

// DayMask is a set of weekdays; Sunday is the lowest bit.
type DayMask uint32

// Sets with names.
const (
	EveryDay    DayMask = 0x7F
	WorkDays    DayMask = 0x3E
	WeekendDays DayMask = 0x41
)

// Has reports whether d is in the set.
func (m DayMask) Has(d time.Weekday) bool { return m&(1<<d) != 0 }

// A Pattern is a RecurrencePattern ([MS-OXOCAL], section 2.2.1.44.1). The fields
// have their names and values there; Day, Days and Nth are PatternTypeSpecific.
type Pattern struct {
	ReaderVersion, WriterVersion uint16
	RecurFrequency               Frequency
	PatternType                  PatternType
	CalendarType                 CalendarType
	FirstDateTime                Minutes
	// Period is in minutes for PatternDay, in weeks for PatternWeek, else in months.
	Period      uint32
	SlidingFlag uint32
	Days        DayMask // PatternWeek and PatternMonthNth
	Day         uint32  // PatternMonth and PatternMonthEnd: 1 to 31
	Nth         uint32  // PatternMonthNth: 1 to 4, or 5 for the last
	EndType     EndType
	// OccurrenceCount counts deleted and changed occurrences too.
	OccurrenceCount uint32
	FirstDOW        uint32 // 0 is Sunday
	// Deleted are the dates of occurrences that are deleted or changed, Modified
	// the new dates of the changed ones; midnights, ascending.
	Deleted, Modified []Minutes
	// StartDate and EndDate are the midnights of the first and last occurrence;
	// EndDate is Never for a series without an end.
	StartDate, EndDate Minutes
}

// invalid returns what makes it impossible to list the pattern's dates, or nil.
func (p *Pattern) invalid() error {
	switch {
	case !p.CalendarType.Gregorian() || p.PatternType >= PatternHijri:
		return fmt.Errorf("a recurrence pattern of type %#x in calendar %#x, whose dates are not known", uint16(p.PatternType), uint16(p.CalendarType))
	case p.PatternType > PatternMonthEnd:
		return fmt.Errorf("a recurrence pattern of the unknown type %#x", uint16(p.PatternType))
	case p.Period == 0 || p.PatternType == PatternDay && p.Period%uint32(day) != 0:
		return fmt.Errorf("a recurrence pattern of type %#x with a period of %d", uint16(p.PatternType), p.Period)
	case p.PatternType == PatternMonth && (p.Day < 1 || p.Day > 31):
		return fmt.Errorf("a recurrence pattern with day %d of the month", p.Day)
	case p.PatternType == PatternMonthNth && (p.Nth < 1 || p.Nth > lastNth):
		return fmt.Errorf("a recurrence pattern with weekday number %d of the month", p.Nth)
	case (p.PatternType == PatternWeek || p.PatternType == PatternMonthNth) && p.Days&EveryDay == 0:
		return fmt.Errorf("a recurrence pattern without a day of the week")
	case p.EndType != EndByDate && p.EndType != EndByCount && !p.EndType.Never():
		return fmt.Errorf("a recurrence pattern with the unknown end %#x", uint32(p.EndType))
	case p.FirstDOW > 6:
		return fmt.Errorf("a recurrence pattern whose week begins on day %d", p.FirstDOW)
	}
	return nil
}
