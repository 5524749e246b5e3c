package ical

import (
	"time"

	"github.com/contentconv/contentconv/ical/timezone"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/mapi"
)

// times are when an event is.
type times struct{ start, end moment }

// span returns the start and the end of an item that say its properties, with the
// names of a counter proposal's properties where they are given. An end before the
// start is none.
func (it *item) span(startTag, endTag mapi.Named[mapi.Time]) (start, end time.Time, ok bool) {
	start, ok = calendarTime(startTag.Or(&it.m.Properties, 0))
	if !ok {
		return start, end, false
	}
	end, ok = calendarTime(endTag.Or(&it.m.Properties, 0))
	if !ok || end.Before(start) {
		minutes := propOr(it, mapi.PidLidAppointmentDuration, 0)
		end = start.Add(time.Duration(max(minutes, 0)) * time.Minute)
	}
	return start, end, true
}

// own returns when the item itself says it is. Objects made by hand may have
// the old names of the times alone.
func (it *item) own() (start, end time.Time, ok bool) {
	if start, end, ok = it.span(mapi.PidLidAppointmentStartWhole, mapi.PidLidAppointmentEndWhole); ok {
		return start, end, true
	}
	if start, end, ok = it.span(mapi.PidLidCommonStart, mapi.PidLidCommonEnd); ok {
		return start, end, true
	}
	start, ok = calendarTime(mapi.PidTagStartDate.Or(&it.m.Properties, 0))
	if !ok {
		return start, start, false
	}
	if end, ok = calendarTime(mapi.PidTagEndDate.Or(&it.m.Properties, 0)); !ok || end.Before(start) {
		end = start
	}
	return start, end, true
}

// single returns the times of an event that doesn't recur ([MS-OXCICAL], sections
// 2.1.3.1.1.20.10 and .8): days for an all-day event, else times in the zones that
// they are shown in, or in UTC.
func (e *exporter) single(it *item, start, end time.Time) times {
	p := &e.m.Properties
	zone := e.zones.defined(p, mapi.PidLidAppointmentTimeZoneDefinitionStartDisplay, start)
	if propOr(it, mapi.PidLidAppointmentSubType, false) {
		if zone == nil {
			zone = e.zones.ofSeries(p, start)
		}
		return e.days(zone, start, end)
	}
	endZone := e.zones.defined(p, mapi.PidLidAppointmentTimeZoneDefinitionEndDisplay, end)
	if endZone == nil {
		endZone = zone
	}
	return times{momentOf(start, zone), momentOf(end, endZone)}
}

// days returns the days of an all-day event. The last one is the day after.
func (e *exporter) days(zone *exportZone, start, end time.Time) times {
	clock := zone.clock()
	if zone == nil {
		clock = timezone.Of(e.o.TimeZone)
	}
	t := times{dayOf(start, clock), dayOf(end, clock)}
	if !t.end.wall.After(t.start.wall) {
		t.end.wall = t.start.wall.AddDate(0, 0, 1)
	}
	return t
}

// addTimes writes DTSTART and DTEND. A counter proposal has the times that it
// proposes there, and beside them those of the event as it is.
func (e *exporter) addTimes(c *tree.Component, it *item, t times) {
	if e.form.method != "COUNTER" {
		addMoment(c, "DTSTART", t.start)
		addMoment(c, "DTEND", t.end)
		return
	}
	start, end, ok := it.span(mapi.PidLidAppointmentProposedStartWhole, mapi.PidLidAppointmentProposedEndWhole)
	if !ok {
		addMoment(c, "DTSTART", t.start)
		addMoment(c, "DTEND", t.end)
	} else {
		proposed := e.single(it, start, end)
		addMoment(c, "DTSTART", proposed.start)
		addMoment(c, "DTEND", proposed.end)
	}
	if start, end, ok := it.own(); ok {
		c.Add("X-MS-OLK-ORIGINALSTART", tree.FormatUTC(start))
		c.Add("X-MS-OLK-ORIGINALEND", tree.FormatUTC(end))
	}
}
