package ical

import (
	"errors"
	"strings"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical/recurrence"
	"github.com/contentconv/contentconv/ical/timezone"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/internal/lcid"
	"github.com/contentconv/contentconv/mapi"
)

// setRecurrence sets the recurrence and its changed occurrences ([MS-OXCICAL], section
// 2.1.3.2).
func (e *event) setRecurrence(overrides []*tree.Component) error {
	p := e.properties()
	rule, err := e.rule()
	if err != nil {
		return err
	}
	if rule == nil {
		mapi.PidLidRecurring.Set(p, false)
		if e.meeting() {
			mapi.PidLidIsRecurring.Set(p, e.c.Property("RECURRENCE-ID") != nil)
		}
		return nil
	}
	zone := e.start.zone
	if e.end.zone.ID != zone.ID {
		return unheld(ConstructEnd, e.c, e.c.Property("DTEND"), "a recurring event that begins and ends in different time zones")
	}
	s := &recurrence.Series{
		Start: e.start.wall, Duration: e.end.wall.Sub(e.start.wall),
		LegacyUntil: e.legacyUntil, Strict: e.Strict, MaxExceptions: e.MaxExceptions,
	}
	if s.Rule, err = recurrence.ParseRule(rule.Value); err != nil {
		return unheldRule(err, e.c, rule)
	}
	if u := s.Rule.Until; u != nil && u.UTC {
		s.Location = zone.Location() // which is costly to make, and has no other use
	}
	if s.Start.Second() != 0 {
		e.noted(rule, "the seconds of the start are dropped")
	}
	if err := e.readDates(s, rule); err != nil {
		return err
	}
	changed, err := e.overrides(s, overrides)
	if err != nil {
		return err
	}
	if u := s.Rule.Until; u != nil && u.Wall.After(s.Start) {
		if err := e.spend(u.Wall.Unix()/86400 - s.Start.Unix()/86400); err != nil {
			return err
		}
	}
	pattern, err := e.pattern(s)
	if err != nil {
		return unheldRule(err, e.c, rule)
	}
	if pattern.Approximate {
		e.noted(rule, diag.Quote(rule.Value))
	}
	if rule.Name == "X-MICROSOFT-RRULE" {
		pattern.CalendarType = e.scale
	}
	if err := e.setPattern(pattern, rule); err != nil {
		return err
	}
	for _, x := range changed {
		e.m.Attachments = append(e.m.Attachments, x.attachment())
	}
	if len(changed) > 0 {
		mapi.PidLidSmartNoAttach.Set(p, len(changed) == len(e.m.Attachments))
	}
	return e.setSeriesZone(zone)
}

// pattern returns the series as Outlook stores it, and moves its start by option. A
// rule that leaves out weeks, months or years counts them from the start, so that
// there the start stays.
func (e *event) pattern(s *recurrence.Series) (*recurrence.AppointmentPattern, error) {
	const days = 8*366 + 1 // between two dates of any rule
	moved := s.Start
	for range days {
		if err := e.spend(100); err != nil {
			return nil, err
		}
		pattern, err := s.Pattern()
		var u *recurrence.UnsupportedError
		if !e.MoveStart || s.Rule.Interval > 1 || !errors.As(err, &u) || u.Reason != recurrence.ReasonStart {
			if err == nil && !s.Start.Equal(moved) {
				err = e.move(s.Start)
			}
			return pattern, err
		}
		s.Start = s.Start.AddDate(0, 0, 1)
	}
	s.Start = moved
	return s.Pattern()
}

// maxWork bounds what the series of a calendar together cost, in dates that are looked
// at. A single one, of all days until the year 4500, takes a million.
const maxWork = 20_000_000

// spend counts work on a series.
func (e *event) spend(n int64) error {
	if e.work += n; e.work > maxWork {
		return unheld(ConstructTooLarge, e.c, nil, "the series of the calendar have more than %d dates to look at", maxWork)
	}
	return nil
}

// move sets the times of the event anew for another day.
func (e *event) move(start time.Time) error {
	e.rec.Addf(diag.CalendarApproximated, e.Part, "", "line %d: the series begins at %s, the first date of its rule", e.c.Line, start.Format(time.DateTime))
	d := start.Sub(e.start.wall)
	e.start.wall, e.end.wall = e.start.wall.Add(d), e.end.wall.Add(d)
	e.setAlarm(e.start, e.end)
	return e.setTimes()
}

// rule returns the one rule of the event, or nil.
func (e *event) rule() (*tree.Property, error) {
	rules, own := e.c.All("RRULE"), e.c.All("X-MICROSOFT-RRULE")
	if p := e.c.Property("EXRULE"); p != nil {
		return nil, unheld(ConstructSeveralRules, e.c, p, "a rule that excludes")
	}
	all := append(rules, own...)
	switch {
	case len(all) == 0:
		if p := e.c.Property("RDATE"); p != nil {
			return nil, unheld(ConstructExtraDate, e.c, p, "without a rule")
		}
		return nil, nil
	case len(all) > 1:
		return nil, unheld(ConstructSeveralRules, e.c, all[1], "%d of them", len(all))
	case len(own) == 1 && !e.hasScale:
		return nil, unheld(ConstructSeveralRules, e.c, own[0], "X-MICROSOFT-CALSCALE says no calendar")
	case len(own) == 1 && !e.scale.Gregorian():
		return nil, unheld(ConstructOf(recurrence.ReasonCalendar), e.c, own[0], "in calendar %s", e.scale.Scale())
	}
	return all[0], nil
}

// readDates reads EXDATE and RDATE ([MS-OXCICAL], sections 2.1.3.1.1.20.13 and
// 2.1.3.1.1.20.18).
func (e *event) readDates(s *recurrence.Series, rule *tree.Property) error {
	excluded := e.c.All("EXDATE")
	if rule.Name == "X-MICROSOFT-RRULE" {
		excluded = append(excluded, e.c.All("X-MICROSOFT-EXDATE")...)
	}
	var err error
	if s.Excluded, err = e.dates(excluded); err != nil {
		return err
	}
	s.Extra, err = e.dates(e.c.All("RDATE"))
	return err
}

// dates returns the times of some properties by the clock of the event's zone.
func (e *event) dates(list []*tree.Property) ([]time.Time, error) {
	var out []time.Time
	for _, p := range list {
		for _, value := range tree.SplitList(p.Value) {
			if p.Name == "RDATE" && strings.Contains(value, "/") {
				return nil, unheld(ConstructExtraDate, e.c, p, "a period")
			}
			at, err := e.readTime(e.c, p, value)
			if err != nil {
				return nil, err
			}
			wall := at.in(e.start.zone)
			if at.isDate && p.Name == "RDATE" {
				wall = e.atStart(wall)
			}
			out = append(out, wall)
		}
	}
	return out, nil
}

// atStart returns the time on a day at which the event begins.
func (e *event) atStart(day time.Time) time.Time {
	return day.Add(e.start.wall.Sub(e.start.wall.Truncate(24 * time.Hour)))
}

// setPattern sets the properties of the recurrence ([MS-OXOCAL], sections 2.2.1.12 to
// 2.2.1.16 and 2.2.1.45).
func (e *event) setPattern(a *recurrence.AppointmentPattern, rule *tree.Property) error {
	p := e.properties()
	blob, err := a.Encode(e.codePage())
	if err != nil {
		return unheld(ConstructTooLarge, e.c, rule, "%v", err)
	}
	mapi.PidLidAppointmentRecur.Set(p, blob)
	mapi.PidLidRecurring.Set(p, true)
	mapi.PidLidRecurrenceType.Set(p, recurrenceType(a))
	if e.meeting() {
		mapi.PidLidIsRecurring.Set(p, true)
	}
	setTime(p, mapi.PidLidClipStart, a.StartDate.Time())
	end := a.EndDate.Time()
	if a.EndType.Never() {
		end = time.Date(4500, time.August, 31, 23, 59, 0, 0, time.UTC)
	}
	setTime(p, mapi.PidLidClipEnd, end)
	return nil
}

// recurrenceType returns PidLidRecurrenceType: 1 for days to 4 for years.
func recurrenceType(a *recurrence.AppointmentPattern) int32 {
	switch {
	case a.PatternType == recurrence.PatternDay:
		return 1
	case a.PatternType == recurrence.PatternWeek:
		return 2
	case a.Period%12 == 0:
		return 4
	}
	return 3
}

// codePage returns the code page of the 8-bit texts in binary values.
func (e *event) codePage() int {
	if id, ok := mapi.PidTagMessageLocaleId.Get(e.properties()); ok {
		return lcid.CodePage(uint32(id))
	}
	return 0
}

// setSeriesZone sets the zone whose clock the recurrence goes by ([MS-OXCICAL], section
// 2.1.3.1.1.19).
func (e *event) setSeriesZone(z *timezone.Zone) error {
	r, err := e.zoneRule(z)
	if err != nil {
		return err
	}
	p := e.properties()
	mapi.PidLidTimeZoneStruct.Set(p, r.EncodeStruct())
	mapi.PidLidTimeZoneDescription.Set(p, z.ID)
	mapi.PidLidAppointmentTimeZoneDefinitionRecur.Set(p, timezone.NewDefinition(z.KeyName, r, true).Encode())
	return nil
}

// wallOf returns what the clock of the series shows at a moment of another event of
// it. Dates mean midnight.
func (e *event) wallOf(t eventTime) time.Time {
	if t.isDate || t.floating {
		return t.wall
	}
	return e.start.zone.Wall(t.instant())
}
