package ical

import (
	"slices"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/mapi"
)

// A group is the components of one UID.
type group struct {
	uid string
	// master is the component without a RECURRENCE-ID, or the only one; overrides are
	// those of its changed occurrences.
	master    *tree.Component
	overrides []*tree.Component
}

// components converts the components of the calendar.
func (im *importer) components() ([]*mapi.Message, error) {
	events := im.calendar.Children("VEVENT")
	if len(events) == 0 {
		return im.noEvents()
	}
	groups, err := im.groups(events)
	if err != nil {
		return nil, err
	}
	if len(groups) > 1 && (im.scheduling() || im.Single) {
		return nil, unheld(ConstructSeveralEvents, groups[1].master, nil, "%d of them", len(groups))
	}
	var out []*mapi.Message
	for i := range groups {
		if err := im.ctx.Err(); err != nil {
			return nil, err
		}
		m, err := im.group(&groups[i])
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}

// noEvents converts a calendar without an event.
func (im *importer) noEvents() ([]*mapi.Message, error) {
	for _, c := range im.calendar.Components {
		if c.Name == "VTIMEZONE" {
			continue
		}
		if c.Name == "VTODO" && im.Tasks {
			m, err := im.task(c)
			if err != nil {
				return nil, err
			}
			return []*mapi.Message{m}, nil
		}
		return nil, unheld(ConstructComponent, c, nil, "")
	}
	return nil, unheld(ConstructNoEvent, im.calendar, nil, "")
}

// groups sorts events by their UIDs, in the order of the first of each ([MS-OXCICAL],
// section 2.1.3.1.1.20).
func (im *importer) groups(events []*tree.Component) ([]group, error) {
	var out []group
	at := make(map[string]int)
	for _, c := range events {
		uid := c.Text("UID")
		i, seen := at[uid]
		if uid == "" {
			if im.scheduling() {
				return nil, unheld(ConstructNoUID, c, nil, "METHOD %s", im.method)
			}
			seen = false
		}
		if !seen {
			at[uid] = len(out)
			i = len(out)
			out = append(out, group{uid: uid})
		}
		if err := im.join(&out[i], c); err != nil {
			return nil, err
		}
	}
	for i := range out {
		if err := out[i].check(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// join adds an event to its group.
func (im *importer) join(g *group, c *tree.Component) error {
	id := c.Property("RECURRENCE-ID")
	switch {
	case id != nil && id.HasParam("RANGE"):
		return unheld(ConstructRange, c, id, "RANGE=%s", diag.Quote(id.Param("RANGE")))
	case id != nil && rulesOf(c) != nil:
		return unheld(ConstructSeries, c, rulesOf(c), "a changed occurrence with a rule")
	case id != nil:
		g.overrides = append(g.overrides, c)
	case g.master == nil:
		g.master = c
	case same(g.master, c):
		im.rec.Addf(diag.CalendarRestructured, im.Part, "", "line %d: %s occurs twice; the second one was ignored", c.Line, c.Name)
	default:
		return unheld(ConstructSeries, c, nil, "a second one of UID %s", diag.Quote(g.uid))
	}
	return nil
}

// check makes sure that the events of a group are one event, with what changed of it.
func (g *group) check() error {
	switch {
	case g.master == nil && len(g.overrides) > 1:
		return unheld(ConstructSeries, g.overrides[1], nil, "%d changed occurrences without their series", len(g.overrides))
	case g.master == nil:
		g.master, g.overrides = g.overrides[0], nil
	case len(g.overrides) > 0 && rulesOf(g.master) == nil:
		return unheld(ConstructSeries, g.master, nil, "changed occurrences of what does not recur")
	}
	return nil
}

// rulesOf returns the first rule of an event, or nil.
func rulesOf(c *tree.Component) *tree.Property {
	if p := c.Property("RRULE"); p != nil {
		return p
	}
	return c.Property("X-MICROSOFT-RRULE")
}

// same reports whether two events have the same properties, in the same order.
func same(a, b *tree.Component) bool {
	return len(a.Components) == 0 && len(b.Components) == 0 &&
		slices.EqualFunc(a.Properties, b.Properties, func(p, q tree.Property) bool {
			return p.Name == q.Name && p.Value == q.Value && slices.EqualFunc(p.Params, q.Params, func(x, y tree.Param) bool {
				return x.Name == y.Name && slices.Equal(x.Values, y.Values)
			})
		})
}

// usualProperties is what most meetings have at most.
const usualProperties = 64

// group converts the events of one UID.
func (im *importer) group(g *group) (*mapi.Message, error) {
	e := &event{importer: im, c: g.master, m: new(mapi.Message), series: len(g.overrides) > 0}
	e.m.Properties.Grow(usualProperties)
	if err := e.convert(g.overrides); err != nil {
		return nil, err
	}
	return e.m, nil
}
