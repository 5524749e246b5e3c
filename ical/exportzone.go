package ical

import (
	"fmt"
	"strings"
	"time"

	"github.com/contentconv/contentconv/ical/recurrence"
	"github.com/contentconv/contentconv/ical/timezone"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/mapi"
)

// An exportZone is a time zone of the calendar.
type exportZone struct {
	id   string
	rule timezone.Rule
	zone *timezone.Zone
	used bool
}

// utcZone is the zone of a series that names none.
const utcZone = "UTC"

// exportZones are the zones of a calendar. No two of them share an id.
type exportZones struct {
	list []*exportZone
	byID map[string]*exportZone // by the id in lower case
	next map[string]int         // how many have the id, with a number behind it
}

func newExportZones() *exportZones {
	return &exportZones{byID: make(map[string]*exportZone), next: make(map[string]int)}
}

// add returns the zone with a name and a rule, or nil for a rule that says no
// times. Another zone of that name makes it one with a number.
func (z *exportZones) add(name string, r timezone.Rule) *exportZone {
	name = zoneID(name)
	key := strings.ToLower(name)
	for id := key; ; id = fmt.Sprintf("%s %d", key, z.next[key]+1) {
		old := z.byID[id]
		if old != nil && old.rule == r {
			return old
		}
		if old != nil {
			z.next[key]++
			continue
		}
		zone, err := r.Zone(name)
		if err != nil {
			return nil
		}
		added := &exportZone{id: name + id[len(key):], rule: r, zone: zone}
		z.list = append(z.list, added)
		z.byID[id] = added
		return added
	}
}

// zoneID returns the TZID for a zone's name, which has to be the same text as a
// parameter and as a value.
func zoneID(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F || r == '"' || r == '^' || r == '\\' || r == '\uFFFD' {
			return -1
		}
		return r
	}, name)
	if name = strings.TrimSpace(name); name == "" {
		return "Customized Time Zone"
	}
	return name
}

// components returns a VTIMEZONE for each zone that is used.
func (z *exportZones) components() []*tree.Component {
	var out []*tree.Component
	for _, zone := range z.list {
		if zone.used {
			out = append(out, zone.rule.Component(zone.id))
		}
	}
	return out
}

// defined returns the zone of a time zone definition, which counts around t, or nil.
func (z *exportZones) defined(p *mapi.Properties, tag mapi.Named[[]byte], t time.Time) *exportZone {
	b, ok := tag.Get(p)
	if !ok {
		return nil
	}
	d, err := timezone.DecodeDefinition(b)
	if err != nil || len(d.Rules) == 0 {
		return nil
	}
	return z.add(d.KeyName, d.Effective(t.Year()))
}

// ofSeries returns the zone of a series, or nil: that of the definition if it says
// what PidLidTimeZoneStruct says, else the latter ([MS-OXOCAL], section 2.2.1.41).
func (z *exportZones) ofSeries(p *mapi.Properties, t time.Time) *exportZone {
	b, ok := mapi.PidLidTimeZoneStruct.Get(p)
	if !ok {
		return z.defined(p, mapi.PidLidAppointmentTimeZoneDefinitionRecur, t)
	}
	rule, err := timezone.DecodeStruct(b)
	if err != nil {
		return z.defined(p, mapi.PidLidAppointmentTimeZoneDefinitionRecur, t)
	}
	if b, ok := mapi.PidLidAppointmentTimeZoneDefinitionRecur.Get(p); ok {
		if d, err := timezone.DecodeDefinition(b); err == nil && len(d.Rules) > 0 && d.Consistent(rule) {
			return z.add(d.KeyName, d.Effective(t.Year()))
		}
	}
	return z.add(mapi.PidLidTimeZoneDescription.Or(p, ""), rule)
}

// implied returns the zone of a series that names none: the distance from UTC that
// the start of its pattern has from the start of the object, or UTC.
func (z *exportZones) implied(pattern *recurrence.AppointmentPattern, first, start time.Time) *exportZone {
	const quarter = 15 * time.Minute
	offset := first.Sub(start.Truncate(time.Minute))
	if pattern.WriterVersion2 == 0 || start.IsZero() || offset%quarter != 0 || offset.Abs() > 14*time.Hour || offset == 0 {
		return z.add(utcZone, timezone.Rule{})
	}
	return z.add(utcZone+offsetName(offset), timezone.Rule{Bias: int32(-offset / time.Minute)})
}

// offsetName returns a distance from UTC as +02:00.
func offsetName(d time.Duration) string {
	s := tree.FormatUTCOffset(d)
	return s[:3] + ":" + s[3:]
}

// A moment is a time as an event has it.
type moment struct {
	wall time.Time   // what the clock of zone shows, in UTC
	zone *exportZone // nil means UTC
	date bool        // a day without a time
}

// momentOf returns the moment of an instant. One that the zone's clock shows twice, or not
// at all, is in UTC.
func momentOf(t time.Time, z *exportZone) moment {
	if z != nil {
		if wall := z.zone.Wall(t); z.zone.Instant(wall).Equal(t) {
			return moment{wall: wall, zone: z}
		}
	}
	return moment{wall: t.UTC()}
}

// dayOf returns the day of the midnight that is nearest to an instant in a zone.
//
// QUIRK: clients store all-day events as midnights of a zone that they don't name, or
// that has changed since ([MS-OXOCAL], section 2.2.1.9, has exact midnights).
func dayOf(t time.Time, zone *timezone.Zone) moment {
	wall := zone.Wall(t).Add(12 * time.Hour)
	y, mo, d := wall.Date()
	return moment{wall: time.Date(y, mo, d, 0, 0, 0, 0, time.UTC), date: true}
}

// clock returns the zone that tells the time.
func (z *exportZone) clock() *timezone.Zone {
	if z == nil {
		return timezone.UTC()
	}
	return z.zone
}

// text returns the moment's value.
func (m moment) text() string {
	switch {
	case m.date:
		return tree.FormatDate(m.wall)
	case m.zone == nil:
		return tree.FormatUTC(m.wall)
	}
	return tree.FormatLocal(m.wall)
}

// params returns the parameters that a property with the moment as its value has.
func (m moment) params() []tree.Param {
	switch {
	case m.date:
		return []tree.Param{tree.P("VALUE", "DATE")}
	case m.zone == nil:
		return nil
	}
	m.zone.used = true
	return []tree.Param{tree.P("TZID", m.zone.id)}
}

// addMoment adds a property with a time.
func addMoment(c *tree.Component, name string, m moment) {
	c.Add(name, m.text(), m.params()...)
}
