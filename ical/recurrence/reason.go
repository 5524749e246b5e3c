package recurrence

// A Reason names what of a rule or a series has no form in a pattern.
type Reason string

// The reasons.
const (
	// ReasonSyntax: the rule can't be read, or a part of it is unknown or repeated.
	ReasonSyntax Reason = "syntax"
	// ReasonFrequency: FREQ is SECONDLY, MINUTELY or HOURLY.
	ReasonFrequency Reason = "frequency"
	// ReasonTime: BYSECOND, BYMINUTE or BYHOUR has several values or one out of range.
	ReasonTime Reason = "time of day"
	// ReasonYearDay: BYYEARDAY or BYWEEKNO.
	ReasonYearDay Reason = "day or week of the year"
	// ReasonMonthDay: BYMONTHDAY has several values, or one that is not -1 or 1 to
	// 31, or stands with a frequency that has no such part.
	ReasonMonthDay Reason = "day of the month"
	// ReasonWeekday: BYDAY has a number beyond -1 and 1 to 4, several numbers, or one
	// with a frequency that has none.
	ReasonWeekday Reason = "number of a weekday"
	// ReasonEveryWeekday: every such weekday of a month, or of the year.
	ReasonEveryWeekday Reason = "every weekday of a month"
	// ReasonBothDays: BYDAY beside BYMONTHDAY.
	ReasonBothDays Reason = "weekday beside a day of the month"
	// ReasonMonth: BYMONTH has several values or one out of range, or stands with a
	// frequency that has no such part.
	ReasonMonth Reason = "month"
	// ReasonPosition: BYSETPOS has several values or one that is not -1 or 1 to 4,
	// or stands without BYDAY or with a frequency that has no such part.
	ReasonPosition Reason = "position"
	// ReasonInterval: INTERVAL is 0 or beyond 999 days, 99 weeks or 99 months.
	ReasonInterval Reason = "interval"
	// ReasonCount: COUNT is 0 or beyond 999.
	ReasonCount Reason = "count"
	// ReasonEnd: COUNT stands beside UNTIL, or UNTIL lies before the start.
	ReasonEnd Reason = "end"
	// ReasonStart: the start is no occurrence of the rule.
	ReasonStart Reason = "start off the rule"
	// ReasonCalendar: RSCALE, SKIP, or a calendar whose dates are not known.
	ReasonCalendar Reason = "calendar"
	// ReasonShortMonth: the rule differs from the pattern in short months, and the
	// series is strict.
	ReasonShortMonth Reason = "short months"
	// ReasonExtraDate: an RDATE replaces no deleted occurrence.
	ReasonExtraDate Reason = "extra date"
	// ReasonOverride: a changed occurrence that is none of the rule's, is changed
	// twice, or collides with its neighbours.
	ReasonOverride Reason = "changed occurrence"
	// ReasonTooMany: more deleted and changed occurrences than are allowed.
	ReasonTooMany Reason = "too many exceptions"
	// ReasonRange: a date before 1601 or after 4500.
	ReasonRange Reason = "date out of range"
)

// An UnsupportedError says what a pattern can't hold.
type UnsupportedError struct {
	Reason Reason
	Detail string
}

func (e *UnsupportedError) Error() string {
	return "no recurrence pattern can hold the " + string(e.Reason) + ": " + e.Detail
}

func unsupported(r Reason, detail string) error { return &UnsupportedError{r, detail} }
