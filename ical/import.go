package ical

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical/recurrence"
	"github.com/contentconv/contentconv/ical/timezone"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
)

// ImportOptions control an import. Nil and the zero value are the defaults.
type ImportOptions struct {
	// Limits are the bounds. MSize bounds the calendar, MaxMimeRecipients the people
	// of an event. Longer names are cut at MaxRecipientPropertyLength, and people with
	// longer addresses left out, both with a diagnostic.
	Limits limits.Limits

	// Charset and Method are the parameters of the media type, where there is one.
	// The METHOD property counts more than the parameter.
	Charset, Method string

	// Sender is the address of who sent the mail that the calendar came in. Of a
	// reply that names several attendees, it is the one who answers.
	Sender string

	// Single falls back where there would be several messages, as a mail can't hold
	// them. Otherwise every event that was published becomes one.
	Single bool

	// Tasks converts a single VTODO to a task. By default tasks fall back, as Outlook
	// and Exchange have no form for them in iCalendar.
	Tasks bool

	// Location is the zone of times that say none, and the one that decides on which
	// day a task is due. Nil is UTC.
	Location *time.Location

	// Strict falls back where a recurrence can be held only approximately: a rule for
	// the 29th to 31st skips shorter months, Outlook takes their last day.
	Strict bool

	// MoveStart lets a series begin at the first date of its rule, where the event
	// itself is at none: a combination that RFC 5545, section 3.8.5.3, leaves
	// undefined. By default it falls back, as one occurrence would be lost.
	MoveStart bool

	// MaxExceptions bounds the deleted and changed occurrences of a series; 0 means
	// [recurrence.DefaultMaxExceptions].
	MaxExceptions int

	// Part is the number of the MIME part that diagnostics name, or "".
	Part string
}

// Imported is what a calendar was converted to.
type Imported struct {
	// Messages are the calendar objects: one as a rule, more for a calendar that was
	// published with events of several UIDs. There is none where Fallback is set.
	Messages []*mapi.Message
	// Fallback, if not nil, says that the calendar can't be held, and why.
	Fallback *Fallback
	// Method is the METHOD in upper case; PUBLISH for a calendar without one.
	Method      string
	Diagnostics []diag.Diagnostic
}

// Import reads an iCalendar stream and makes the calendar objects of it
// ([MS-OXCICAL], section 2.1.3.1). All or nothing is converted: what the objects
// can't hold is no failure, but a [Fallback].
//
// The result depends on nothing but the arguments: not on the host's time zone, nor
// on the time of day. The error is that of ctx, or a *[limits.ExceededError].
func Import(ctx context.Context, data []byte, o *ImportOptions) (*Imported, error) {
	im := &importer{ctx: ctx, rec: new(diag.Recorder)}
	if o != nil {
		im.ImportOptions = *o
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := im.Limits.Size().Check(int64(len(data))); err != nil {
		return nil, err
	}
	out := new(Imported)
	var err error
	out.Messages, err = im.stream(data)
	out.Method = im.method
	if err != nil && !errors.As(err, &out.Fallback) {
		return nil, err
	}
	if f := out.Fallback; f != nil {
		out.Messages = nil
		im.rec.Add(diag.CalendarFallback, im.Part, "", f.Error())
	}
	out.Diagnostics = im.rec.Diagnostics()
	return out, nil
}

// An importer is the state of one Import. Its methods return a *Fallback as an error
// for what can't be held.
type importer struct {
	ImportOptions
	ctx context.Context
	rec *diag.Recorder

	calendar    *tree.Component
	method      string
	zones       *timezone.Set
	floating    *timezone.Zone // of times that say none; nil until one is needed
	scale       recurrence.CalendarType
	hasScale    bool
	work        int64 // what the series of the calendar cost so far
	legacyUntil bool
}

// stream converts what the input holds.
func (im *importer) stream(data []byte) ([]*mapi.Message, error) {
	s, err := tree.Parse(data, &tree.Options{Charset: im.Charset, Recorder: im.rec, Part: im.Part})
	if err != nil {
		return nil, unheld(ConstructTooLarge, nil, nil, "%v", err)
	}
	var calendars []*tree.Component
	for _, c := range s.Components {
		if c.Name == "VCALENDAR" {
			calendars = append(calendars, c)
		}
	}
	switch {
	case len(calendars) == 0:
		return nil, unheld(ConstructMalformed, nil, nil, "no VCALENDAR")
	case s.Lost > 0:
		f := unheld(ConstructMalformed, calendars[0], nil, "%d lines can't be read", s.Lost)
		f.Line = s.FirstLost
		return nil, f
	case len(calendars) > 1 && im.Single:
		return nil, unheld(ConstructSeveralCalendars, calendars[1], nil, "a second one")
	}
	var out []*mapi.Message
	for _, c := range calendars {
		if u := unclosed(c); u != nil {
			return nil, unheld(ConstructMalformed, u, nil, "no END")
		}
		im.calendar = c
		if err := im.header(); err != nil {
			return nil, err
		}
		if len(calendars) > 1 && im.scheduling() {
			return nil, unheld(ConstructSeveralCalendars, c, nil, "METHOD %s", im.method)
		}
		list, err := im.components()
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// unclosed returns a component without an END. The parser bounds the depth.
func unclosed(c *tree.Component) *tree.Component {
	if c.Unclosed {
		return c
	}
	for _, child := range c.Components {
		if u := unclosed(child); u != nil {
			return u
		}
	}
	return nil
}

// header reads the properties of the VCALENDAR ([MS-OXCICAL], section 2.1.3.1.1).
func (im *importer) header() error {
	c := im.calendar
	// QUIRK: calendars without a VERSION (RFC 5545, 3.7.4, requires it) are read as
	// those of 2.0.
	if v := c.Property("VERSION"); v != nil && strings.TrimSpace(v.Value) != "2.0" {
		return unheld(ConstructVersion, c, v, "%s", diag.Quote(v.Value))
	}
	if p := c.Property("CALSCALE"); p != nil && !strings.EqualFold(strings.TrimSpace(p.Value), "GREGORIAN") {
		return unheld(ConstructScale, c, p, "%s", diag.Quote(p.Value))
	}
	scale := c.Value("X-MICROSOFT-CALSCALE")
	if scale != "" {
		im.scale, im.hasScale = recurrence.CalendarTypeOf(scale)
	}
	im.legacyUntil = legacyOutlook(c.Value("PRODID"))
	im.zones = timezone.NewSet(c, im.rec, im.Part)
	return im.setMethod()
}

// setMethod finds the METHOD ([MS-OXCICAL], section 2.1.3.1.1.1).
func (im *importer) setMethod() error {
	p := im.calendar.Property("METHOD")
	im.method = strings.ToUpper(strings.TrimSpace(im.Method))
	if p != nil && strings.TrimSpace(p.Value) != "" {
		im.method = strings.ToUpper(strings.TrimSpace(p.Value))
	}
	if im.method == "" {
		im.method = "PUBLISH"
	}
	for _, m := range methods {
		if m.name == im.method {
			return nil
		}
	}
	return unheld(ConstructMethod, im.calendar, p, "%s", diag.Quote(im.method))
}

// legacyOutlook reports whether a PRODID is that of Outlook 2007 or older, which
// wrote UNTIL in a way of its own ([MS-OXCICAL], section 2.1.3.2.4).
func legacyOutlook(prodID string) bool {
	version, ok := strings.CutPrefix(prodID, "-//Microsoft Corporation//Outlook ")
	if !ok {
		return false
	}
	version, ok = strings.CutSuffix(version, " MIMEDIR//EN")
	major, minor, dot := strings.Cut(version, ".")
	if !ok || !dot || len(major) > 2 || strings.Trim(minor, "0123456789") != "" {
		return false
	}
	n := 0
	for _, c := range []byte(major) {
		if c < '0' || c > '9' {
			return false
		}
		n = 10*n + int(c-'0')
	}
	return n >= 1 && n <= 11
}

// scheduling reports whether the METHOD is one that meetings are arranged by.
func (im *importer) scheduling() bool { return im.method != "PUBLISH" }

// answering reports whether the METHOD is an attendee's.
func (im *importer) answering() bool { return im.method == "REPLY" || im.method == "COUNTER" }

// invalid reports a property whose value is ignored.
func (im *importer) invalid(p *tree.Property, why string) {
	im.rec.Addf(diag.CalendarValueInvalid, im.Part, "", "line %d: %s %s: %s", p.Line, p.Name, diag.Quote(p.Value), why)
}
