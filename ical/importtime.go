package ical

import (
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical/timezone"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/mapi"
)

// An eventTime is a time of an event in the zone that it was given in.
type eventTime struct {
	// wall is what the clock of the zone shows, in UTC whatever the zone is.
	wall time.Time
	zone *timezone.Zone
	// isDate says that it is a date, floating that it is in no zone of its own, named
	// that its zone is that of a TZID.
	isDate, floating, named bool
}

// A knownRule is the rule of a zone when an event begins.
type knownRule struct {
	zone *timezone.Zone
	at   time.Time // by the clock of the event's own zone
	rule timezone.Rule
}

// instant returns when that is.
func (t eventTime) instant() time.Time { return t.zone.Instant(t.wall) }

// midnight reports whether the clock shows midnight.
func (t eventTime) midnight() bool {
	h, m, s := t.wall.Clock()
	return h == 0 && m == 0 && s == 0
}

// in returns what the clock of a zone shows then. Floating times are the same in
// every zone.
func (t eventTime) in(z *timezone.Zone) time.Time {
	if t.floating || t.zone == z {
		return t.wall
	}
	return z.Wall(t.instant())
}

// floatingZone returns the zone of times that say none.
func (im *importer) floatingZone() *timezone.Zone {
	if im.floating == nil {
		im.floating = timezone.Of(im.Location)
	}
	return im.floating
}

// readTime reads a time. The shape of the value says whether it is a date ([MS-OXCICAL],
// section 2.1.3.1.1.20.8); "Z" counts more than a TZID.
func (im *importer) readTime(c *tree.Component, p *tree.Property, value string) (eventTime, error) {
	t, err := tree.ParseDateTime(value)
	if err != nil {
		return eventTime{}, unheld(ConstructTime, c, p, "%v", err)
	}
	if y := t.Wall.Year(); y < 1601 || y > 4500 {
		return eventTime{}, unheld(ConstructTime, c, p, "%s is not within the years 1601 to 4500", diag.Quote(value))
	}
	out := eventTime{wall: t.Wall, isDate: t.IsDate}
	tzid := p.Param("TZID")
	switch {
	case t.UTC:
		out.zone = timezone.UTC()
	case t.IsDate || tzid == "":
		// QUIRK: dates come with a TZID, which RFC 5545, 3.2.19, forbids; it doesn't
		// change the date.
		out.zone, out.floating = im.floatingZone(), true
	default:
		if out.zone, err = im.zones.Lookup(tzid); err != nil {
			return eventTime{}, unheld(ConstructTimeZone, c, p, "%v", err)
		}
		out.named = true
	}
	return out, nil
}

// times sets the start and the end of the event ([MS-OXCICAL], sections
// 2.1.3.1.1.20.8, 2.1.3.1.1.20.10 and 2.1.3.1.1.20.11).
func (e *event) times() error {
	start, end, duration := e.c.Property("DTSTART"), e.c.Property("DTEND"), e.c.Property("DURATION")
	if start == nil && (end == nil || duration == nil) {
		return unheld(ConstructTime, e.c, nil, "no DTSTART")
	}
	var err error
	if start != nil {
		if e.start, err = e.readTime(e.c, start, start.Value); err != nil {
			return err
		}
	}
	if end != nil {
		if e.end, err = e.readTime(e.c, end, end.Value); err != nil {
			return err
		}
	}
	switch {
	case start == nil:
		e.start, err = e.shift(e.end, duration, -1)
	case end != nil && e.start.isDate != e.end.isDate:
		return unheld(ConstructEnd, e.c, end, "a date beside a time")
	case end == nil && duration != nil:
		e.end, err = e.shift(e.start, duration, 1)
	case end == nil:
		e.end = e.start
	}
	if err != nil {
		return err
	}
	if e.start.isDate && e.end.wall.Equal(e.start.wall) {
		e.end.wall = e.end.wall.AddDate(0, 0, 1)
	}
	if e.end.instant().Before(e.start.instant()) {
		return unheld(ConstructEnd, e.c, end, "before the start")
	}
	if e.end.wall.Year() > 4500 || e.start.wall.Year() < 1601 {
		return unheld(ConstructTime, e.c, end, "not within the years 1601 to 4500")
	}
	e.allDay = e.isAllDay()
	return nil
}

// shift returns the time a DURATION after t, or before it. Days are those of the
// clock (RFC 5545, section 3.3.6).
func (e *event) shift(t eventTime, p *tree.Property, sign int) (eventTime, error) {
	d, err := tree.ParseDuration(p.Value)
	if err != nil || d.Days < 0 || d.Time < 0 {
		return t, unheld(ConstructEnd, e.c, p, "%s", diag.Quote(p.Value))
	}
	const most = 3000 * 366 // days, within which nothing overflows
	if d.Days > most {
		return t, unheld(ConstructTime, e.c, p, "%s", diag.Quote(p.Value))
	}
	if sign < 0 {
		d.Days, d.Time = -d.Days, -d.Time
	}
	at := d.AddTo(t.wall, t.zone.Instant)
	t.wall = t.zone.Wall(at)
	if h, m, s := t.wall.Clock(); t.isDate && h+m+s > 0 {
		return t, unheld(ConstructEnd, e.c, p, "%s of a date", diag.Quote(p.Value))
	}
	return t, nil
}

// allDayFlags say that an event takes whole days.
var allDayFlags = []string{"X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT"}

// isAllDay reports whether the event takes whole days ([MS-OXCICAL], section
// 2.1.3.1.1.20.28): both ends are midnight in no zone, or in zones of their own where
// a flag says it.
func (e *event) isAllDay() bool {
	if !e.start.midnight() || !e.end.midnight() || !e.end.wall.After(e.start.wall) {
		return false
	}
	if e.start.floating && e.end.floating {
		return true
	}
	for _, name := range allDayFlags {
		if b, _ := parseBoolean(e.c.Value(name)); b {
			return true
		}
	}
	return false
}

// setTimes sets the properties of the start and the end.
func (e *event) setTimes() error {
	start, end := e.start.instant(), e.end.instant()
	p := e.properties()
	if e.method == "COUNTER" && !e.embedded {
		setTime(p, mapi.PidLidAppointmentProposedStartWhole, start)
		setTime(p, mapi.PidLidAppointmentProposedEndWhole, end)
		mapi.PidLidAppointmentProposedDuration.Set(p, wholeMinutes(end.Sub(start)))
		var err error
		if start, end, err = e.proposedFor(start, end); err != nil {
			return err
		}
	}
	setTime(p, mapi.PidLidAppointmentStartWhole, start)
	setTime(p, mapi.PidLidAppointmentEndWhole, end)
	setTime(p, mapi.PidLidCommonStart, start)
	setTime(p, mapi.PidLidCommonEnd, end)
	mapi.PidLidAppointmentDuration.Set(p, wholeMinutes(end.Sub(start)))
	mapi.PidLidAppointmentSubType.Set(p, e.allDay)
	if t, ok := timeOf(start); ok {
		mapi.PidTagStartDate.Set(p, t)
	}
	if t, ok := timeOf(end); ok {
		mapi.PidTagEndDate.Set(p, t)
	}
	return nil
}

// proposedFor returns when the meeting is that a counter proposal would move. Unless
// both times are there, the proposed ones count ([MS-OXCICAL], section 2.1.3.1.1.20.8).
func (e *event) proposedFor(start, end time.Time) (time.Time, time.Time, error) {
	ps, pe := e.c.Property("X-MS-OLK-ORIGINALSTART"), e.c.Property("X-MS-OLK-ORIGINALEND")
	if ps == nil || pe == nil {
		return start, end, nil
	}
	s, err := e.readTime(e.c, ps, ps.Value)
	if err != nil {
		return start, end, err
	}
	t, err := e.readTime(e.c, pe, pe.Value)
	if err != nil {
		return start, end, err
	}
	if t.instant().Before(s.instant()) {
		return start, end, unheld(ConstructEnd, e.c, pe, "before X-MS-OLK-ORIGINALSTART")
	}
	return s.instant(), t.instant(), nil
}

// setZones sets the zones in which start and end are shown ([MS-OXCICAL], section
// 2.1.3.1.1.19).
func (e *event) setZones() error {
	for _, z := range []struct {
		at  eventTime
		tag mapi.Named[[]byte]
	}{
		{e.start, mapi.PidLidAppointmentTimeZoneDefinitionStartDisplay},
		{e.end, mapi.PidLidAppointmentTimeZoneDefinitionEndDisplay},
	} {
		if !z.at.named && !(z.at.floating && z.at.zone.Location() != time.UTC) {
			continue
		}
		r, err := e.zoneRule(z.at.zone)
		if err != nil {
			return err
		}
		z.tag.Set(e.properties(), timezone.NewDefinition(z.at.zone.KeyName, r, false).Encode())
	}
	return nil
}

// zoneRule returns the rule of a zone when the event begins. The zone is asked once.
func (e *event) zoneRule(z *timezone.Zone) (timezone.Rule, error) {
	if k := &e.known; k.zone != z || !k.at.Equal(e.start.wall) {
		r, err := z.RuleAt(e.start.instant())
		if err != nil {
			return r, unheld(ConstructTimeZone, e.c, nil, "%s: %v", diag.Quote(z.ID), err)
		}
		*k = knownRule{z, e.start.wall, r}
	}
	return e.known.rule, nil
}

func setTime(p *mapi.Properties, tag mapi.Named[mapi.Time], t time.Time) {
	if v, ok := timeOf(t); ok {
		tag.Set(p, v)
	}
}

// wholeMinutes returns d in whole minutes.
func wholeMinutes(d time.Duration) int32 { return int32(d / time.Minute) }
