package ical

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical/recurrence"
	"github.com/contentconv/contentconv/ical/timezone"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/mapi"
)

// events returns the VEVENTs: of a series the master first, then its exceptions by
// their original times ([MS-OXCICAL], section 2.1.3.1.1.20).
func (e *exporter) events(calendar *tree.Component) ([]*tree.Component, error) {
	it := &item{m: e.m}
	b, ok := mapi.PidLidAppointmentRecur.Get(&e.m.Properties)
	if !ok || len(b) == 0 {
		c, err := e.lone(it)
		return []*tree.Component{c}, err
	}
	pattern, err := recurrence.Decode(b, int(mapi.PidTagMessageCodepage.Or(&e.m.Properties, 0)))
	if err != nil {
		return nil, fmt.Errorf("PidLidAppointmentRecur: %w", err)
	}
	s, err := e.newSeries(it, pattern)
	if err != nil {
		return nil, err
	}
	return s.events(calendar)
}

// lone returns the VEVENT of an event that doesn't recur, or of one occurrence.
func (e *exporter) lone(it *item) (*tree.Component, error) {
	start, end, ok := it.own()
	if !ok {
		return nil, errors.New("the event has no start")
	}
	t := e.single(it, start, end)
	return e.event(it, t, func(c *tree.Component) { e.addRecurrenceID(c, it, t) })
}

// addRecurrenceID says which occurrence of a series the event is, if it is one: the
// one that it replaces, or the one on the day that the meeting's id has, at the time
// of day that occurrences have ([MS-OXCICAL], section 2.1.3.1.1.20.20).
func (e *exporter) addRecurrenceID(c *tree.Component, it *item, t times) {
	p := &e.m.Properties
	replaced, ok := it.time(mapi.PidLidExceptionReplaceTime)
	if ok {
		zone := e.zones.ofSeries(p, replaced)
		if zone == nil {
			zone = e.zones.defined(p, mapi.PidLidAppointmentTimeZoneDefinitionStartDisplay, replaced)
		}
		m := momentOf(replaced, zone)
		if t.start.date {
			m = dayOf(replaced, zone.clock())
		}
		addMoment(c, "RECURRENCE-ID", m)
		return
	}
	b, _ := mapi.PidLidGlobalObjectId.Get(p)
	id, err := ParseGlobalObjectID(b)
	date, dated := id.Date()
	if err != nil || !dated {
		return
	}
	clock, ok := mapi.PidLidStartRecurrenceTime.Get(p)
	if !ok || t.start.date {
		addMoment(c, "RECURRENCE-ID", moment{wall: date, date: true})
		return
	}
	wall := date.Add(time.Duration(clock>>12&0x1F)*time.Hour + time.Duration(clock>>6&0x3F)*time.Minute + time.Duration(clock&0x3F)*time.Second)
	addMoment(c, "RECURRENCE-ID", moment{wall: wall, zone: e.zones.ofSeries(p, date)})
}

// A series is a recurring event.
type series struct {
	*exporter
	it      *item
	pattern *recurrence.AppointmentPattern
	zone    *exportZone
	allDay  bool
	first   times
}

// newSeries finds the zone and the first occurrence. The pattern counts, since its
// dates are those that the rule gives, in the way the clock shows them.
func (e *exporter) newSeries(it *item, pattern *recurrence.AppointmentPattern) (*series, error) {
	start, end, known := it.own()
	if pattern.WriterVersion2 == 0 && !known {
		return nil, errors.New("the recurring event has no start")
	}
	s := &series{exporter: e, it: it, pattern: pattern, allDay: propOr(it, mapi.PidLidAppointmentSubType, false)}
	date := pattern.StartDate.Date().Time()
	s.zone = e.zones.ofSeries(&e.m.Properties, date)
	offset, length := minutes(pattern.StartTimeOffset), minutes(pattern.EndTimeOffset)-minutes(pattern.StartTimeOffset)
	if s.zone == nil {
		s.zone = e.zones.implied(pattern, date.Add(offset), start)
	}
	if s.zone == nil {
		return nil, errors.New("the recurring event has a time zone that says no times")
	}
	if pattern.WriterVersion2 == 0 {
		// A bare RecurrencePattern has no times of day.
		wall := s.zone.zone.Wall(start)
		offset, length = wall.Sub(wall.Truncate(24*time.Hour)), end.Sub(start)
		pattern.StartTimeOffset = uint32(offset / time.Minute)
	}
	if first, ok := firstDate(pattern); ok {
		date = first
	}
	s.first = s.at(date.Add(offset), date.Add(offset+max(length, 0)), s.allDay)
	return s, nil
}

func minutes(n uint32) time.Duration { return time.Duration(n) * time.Minute }

// firstDate returns the first date of the pattern.
//
// QUIRK: the StartDate of some patterns is no date of theirs ([MS-OXOCAL], section
// 2.2.1.44.1, says that it is the first one).
func firstDate(p *recurrence.AppointmentPattern) (time.Time, bool) {
	dates, err := p.Dates()
	if err != nil {
		return time.Time{}, false
	}
	for d := range dates {
		return d.Time(), true
	}
	return time.Time{}, false
}

// at returns the times of an occurrence, of which the clock of the series says when
// it is.
func (s *series) at(start, end time.Time, allDay bool) times {
	if !allDay {
		return times{moment{wall: start, zone: s.zone}, moment{wall: end, zone: s.zone}}
	}
	t := times{dayOf(start, timezone.UTC()), dayOf(end, timezone.UTC())}
	if !t.end.wall.After(t.start.wall) {
		t.end.wall = t.start.wall.AddDate(0, 0, 1)
	}
	return t
}

// original returns the moment that names an occurrence in RECURRENCE-ID and EXDATE,
// in the form that DTSTART has.
func (s *series) original(m recurrence.Minutes) moment {
	return s.at(m.Time(), m.Time(), s.allDay).start
}

// events returns the master and the exceptions.
func (s *series) events(calendar *tree.Component) ([]*tree.Component, error) {
	o := &recurrence.RuleOptions{AllDay: s.allDay}
	if t := s.pattern.EndType; !s.allDay && !t.Never() && t != recurrence.EndByCount {
		o.Location = s.zone.zone.Location() // which is costly to make, and for an UNTIL alone
	}
	rule, err := s.pattern.Rule(o)
	if err != nil {
		return nil, err
	}
	master, err := s.event(s.it, s.first, func(c *tree.Component) { s.addRule(calendar, c, rule) })
	if err != nil {
		return nil, err
	}
	list := []*tree.Component{master}
	messages := s.exceptionMessages()
	for _, x := range s.byOriginal() {
		c, err := s.exception(x, messages.take(s, x))
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	if n := messages.left(); n > 0 {
		s.rec.Addf(diag.CalendarExceptionLost, "", "", "%d", n)
	}
	return list, nil
}

// addRule writes the rule and the deleted occurrences. A calendar that isn't
// Gregorian has properties of Microsoft's for them, which the standard has none for
// ([MS-OXCICAL], sections 2.1.3.1.1.20.35 to .37).
func (s *series) addRule(calendar, c *tree.Component, rule *recurrence.Rule) {
	foreign := s.foreign()
	name, excluded := "RRULE", "EXDATE"
	var params []tree.Param
	if foreign {
		name, excluded = "X-MICROSOFT-RRULE", "X-MICROSOFT-EXDATE"
		params = append(params, tree.P("VALUE", "RECUR"))
		if rule.Freq == "YEARLY" {
			params = append(params, tree.P("X-MICROSOFT-ISLEAPMONTH", "FALSE"))
		}
		calendar.Add("X-MICROSOFT-CALSCALE", s.scale())
	}
	c.Add(name, rule.String(), params...)
	var dates []string
	for _, m := range s.pattern.Excluded() {
		x := s.original(m)
		if foreign && x.date {
			x = moment{wall: x.wall, zone: s.zone}
		}
		if dates = append(dates, x.text()); len(dates) == 1 {
			params = x.params()
		}
	}
	if len(dates) == 0 {
		return
	}
	if foreign {
		params = append([]tree.Param{tree.P("VALUE", "DATE-TIME")}, params...)
	}
	c.Add(excluded, strings.Join(dates, ","), params...)
}

// foreign reports whether the rule counts months and years that are not Gregorian.
func (s *series) foreign() bool {
	return s.pattern.PatternType >= recurrence.PatternHijri || !s.pattern.CalendarType.Gregorian() && s.pattern.CalendarType != 0
}

// scale returns X-MICROSOFT-CALSCALE.
func (s *series) scale() string {
	if scale := s.pattern.CalendarType.Scale(); scale != "" {
		return scale
	}
	return "Hijri"
}

// byOriginal returns the exceptions by their original times, each time once.
func (s *series) byOriginal() []*recurrence.Exception {
	list := make([]*recurrence.Exception, len(s.pattern.Exceptions))
	for i := range list {
		list[i] = &s.pattern.Exceptions[i]
	}
	slices.SortStableFunc(list, func(a, b *recurrence.Exception) int { return cmp.Compare(a.Original, b.Original) })
	return slices.CompactFunc(list, func(a, b *recurrence.Exception) bool { return a.Original == b.Original })
}
