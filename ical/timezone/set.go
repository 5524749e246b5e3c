package timezone

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical/tree"
)

// Source says where a zone comes from.
type Source int

// The sources, in the order in which they count.
const (
	FromCalendar Source = iota + 1 // a VTIMEZONE
	FromWindowsKey
	FromIANA
	FromOffset // a distance from UTC that the name says
)

// A Zone is a time zone that a calendar uses.
type Zone struct {
	// ID is the TZID as it stands in the calendar, without quotation marks.
	ID string
	// KeyName is the zone's key in Windows, or ID if there is none.
	KeyName string
	Source  Source

	observances []observance
	rule        *Rule        // of a zone that has no observances
	yearly      *yearlyClock // tells the time without a location; nil where only that can
	once        sync.Once
	location    *time.Location
	nameOnce    sync.Once
	named       *Zone // what the name alone means; of a zone whose own rules say too little
}

// UTC returns the zone of times that end in "Z".
func UTC() *Zone { return &Zone{ID: "UTC", KeyName: "UTC", Source: FromIANA, location: time.UTC} }

// Of returns the zone of a location; nil is UTC. It has no source.
func Of(loc *time.Location) *Zone {
	if loc == nil || loc == time.UTC {
		return UTC()
	}
	name := loc.String()
	return &Zone{ID: name, KeyName: keyName(name), location: loc}
}

// Zone returns a zone that follows the rule, as [Rule.Location] does. It has no source.
func (r Rule) Zone(name string) (*Zone, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	z := &Zone{ID: name, KeyName: name, rule: &r, yearly: r.yearly()}
	if z.yearly == nil {
		var err error
		if z.location, err = r.Location(name); err != nil {
			return nil, err
		}
	}
	return z, nil
}

// Location returns the zone as package time has it; it is never nil. To convert single
// times, [Zone.Instant] and [Zone.Wall] cost less.
func (z *Zone) Location() *time.Location {
	z.once.Do(func() {
		// Of what a yearlyClock stands for there is no error.
		switch {
		case z.location != nil:
		case z.rule != nil:
			z.location, _ = z.rule.Location(z.ID)
		case z.observances != nil:
			z.location, _ = location(z.ID, z.observances)
		}
		if z.location == nil {
			z.location = time.UTC
		}
	})
	return z.location
}

// RuleAt returns the rule that stands for the zone around t in a binary value. A
// zone whose dates no rule can say is an error.
func (z *Zone) RuleAt(t time.Time) (Rule, error) {
	if z.observances == nil {
		return RuleAt(z.Location(), t)
	}
	r, err := ruleAt(z.observances, t, z.Wall(t))
	if err == nil {
		return r, nil
	}
	z.nameOnce.Do(func() { z.named = Named(z.ID) })
	if z.named != nil {
		return RuleAt(z.named.Location(), t)
	}
	return Rule{}, err
}

// Definition returns the zone around t as PidLidAppointmentTimeZoneDefinition
// properties hold it; recur is as in [NewDefinition].
func (z *Zone) Definition(t time.Time, recur bool) (*Definition, error) {
	r, err := z.RuleAt(t)
	if err != nil {
		return nil, err
	}
	return NewDefinition(z.KeyName, r, recur), nil
}

// A Set is the zones of one calendar. It is not for several goroutines.
type Set struct {
	zones    map[string]*setZone // by the TZID in lower case
	recorder *diag.Recorder
	part     string

	last   *setZone // what lastID was looked up as
	lastID string
}

// A setZone is a zone that is declared, or was looked up.
type setZone struct {
	declared *tree.Component
	known    bool // zone and err are set
	zone     *Zone
	err      error
}

// NewSet returns the zones that a VCALENDAR declares. Zones that are known by their
// names alone are reported to the recorder, at the MIME part; nil drops that.
func NewSet(calendar *tree.Component, r *diag.Recorder, part string) *Set {
	s := &Set{zones: make(map[string]*setZone), recorder: r, part: part}
	for _, c := range calendar.Components {
		if c.Name != "VTIMEZONE" {
			continue
		}
		id := strings.ToLower(cleanID(c.Text("TZID")))
		if _, twice := s.zones[id]; !twice {
			s.zones[id] = &setZone{declared: c}
		}
	}
	return s
}

// cleanID returns a TZID without blanks and quotation marks around it.
// QUIRK: Outlook puts the parameter in quotes and the property not, other programs
// both (RFC 5545, 3.2.19).
func cleanID(id string) string {
	return strings.TrimSpace(strings.Trim(strings.TrimSpace(id), `"'`))
}

// Lookup returns the zone that a TZID means, whatever its case. A zone that the
// calendar doesn't declare, or not usably, and that isn't known by its name is an
// error.
func (s *Set) Lookup(tzid string) (*Zone, error) {
	if s.last != nil && s.lastID == tzid {
		return s.last.zone, s.last.err
	}
	id := cleanID(tzid)
	key := strings.ToLower(id)
	z := s.zones[key]
	if z == nil {
		z = new(setZone)
		s.zones[key] = z
	}
	if !z.known {
		z.zone, z.err = s.lookup(id, z.declared)
		z.known = true
	}
	s.last, s.lastID = z, tzid
	return z.zone, z.err
}

var errUndeclared = errors.New("the calendar does not declare it")

func (s *Set) lookup(id string, declared *tree.Component) (*Zone, error) {
	reason := errUndeclared
	names := []string{id}
	if declared != nil {
		z, err := parse(id, declared)
		if err == nil {
			return z, nil
		}
		reason = err
		names = append(names, declared.Text("X-LIC-LOCATION"))
	}
	for _, name := range names {
		if z := Named(name); z != nil {
			s.recorder.Addf(diag.TimeZoneAssumed, s.part, "", "%s: %v; taken for %s", diag.Quote(id), reason, z.Location())
			z.ID = id
			return z, nil
		}
	}
	return nil, fmt.Errorf("time zone %s: %w", diag.Quote(id), reason)
}

// parse makes a zone of a VTIMEZONE.
func parse(id string, c *tree.Component) (*Zone, error) {
	list, err := parseObservances(c)
	if err != nil {
		return nil, err
	}
	z := &Zone{ID: id, KeyName: keyName(id), Source: FromCalendar, observances: list, yearly: yearlyOf(list)}
	if z.yearly == nil {
		if z.location, err = location(id, list); err != nil {
			return nil, err
		}
	}
	return z, nil
}

// ParseComponent returns the zone that a VTIMEZONE describes.
func ParseComponent(c *tree.Component) (*Zone, error) {
	return parse(cleanID(c.Text("TZID")), c)
}
