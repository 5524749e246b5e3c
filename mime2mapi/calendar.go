package mime2mapi

import (
	"bytes"
	"fmt"
	"io"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/internal/address"
	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/mapi"
)

// calendarType is the media type of iCalendar (RFC 5545, section 8.1). Calendars of
// other types are files.
const calendarType = "text/calendar"

// Calendars says which calendars make a calendar object of the message that they
// come in.
type Calendars uint8

const (
	// ConvertCalendars converts each that calendar objects can hold.
	ConvertCalendars Calendars = iota
	// ConvertMeetings leaves those that only publish an event as files, since Outlook
	// reads none of these in a mail.
	ConvertMeetings
	// KeepCalendars leaves all as files.
	KeepCalendars
)

func (c Calendars) String() string {
	switch c {
	case ConvertMeetings:
		return "ConvertMeetings"
	case KeepCalendars:
		return "KeepCalendars"
	}
	return "ConvertCalendars"
}

// A meeting is a calendar that was converted.
type meeting struct {
	part    *mimescan.Entity
	message *mapi.Message
	method  string
	stream  []byte
}

// openCalendar converts the calendar that the message is about, if there is one: the
// first part that is a calendar and no attachment. What calendar objects can't hold
// stays a file ([MS-OXCICAL], section 2.1.3).
func (m *message) openCalendar() error {
	if m.form != formMail || m.tnef != nil || m.o.Calendars == KeepCalendars {
		return nil
	}
	e := m.findCalendar(false)
	if e == nil && m.o.AttachedCalendars {
		e = m.findCalendar(true)
	}
	if e == nil {
		return nil
	}
	data, whole, err := m.calendarText(e)
	if err != nil {
		return err
	}
	if !whole {
		m.fallBack(e, &ical.Fallback{Construct: ical.ConstructTooLarge, Detail: fmt.Sprintf("more than %d bytes", tree.DefaultMaxSize)})
		return nil
	}
	got, err := ical.Import(m.ctx, data, &ical.ImportOptions{
		Limits: m.limits, Charset: m.typeParam(e, "charset"), Method: m.typeParam(e, "method"),
		Sender: m.senderAddress(), Single: true, Tasks: m.o.Tasks, Location: m.o.TimeZone, Part: e.Section(),
	})
	if err != nil {
		return failure.InPart(err, e.Section())
	}
	if got.Fallback == nil && got.Method == "PUBLISH" && m.o.Calendars == ConvertMeetings {
		return nil
	}
	for _, d := range got.Diagnostics {
		m.rec.AddDiagnostic(d)
	}
	if got.Fallback != nil {
		m.fallbacks++
		return nil
	}
	m.countCalendar(&meeting{part: e, message: got.Messages[0], method: got.Method, stream: data})
	return nil
}

// countCalendar makes the calendar the one of the message, unless it holds more
// entities than a message may have.
func (m *message) countCalendar(c *meeting) {
	n := int64(len(c.message.Attachments))
	for _, a := range c.message.Attachments {
		if a.Message != nil {
			n += int64(len(a.Message.Attachments))
		}
	}
	if l := m.limits.BodyParts(); l.Exceeded(m.entities + n) {
		m.fallBack(c.part, &ical.Fallback{Construct: ical.ConstructTooLarge, Detail: fmt.Sprintf("%d entities; %s is %d", m.entities+n, l.Name, l.Max)})
		return
	}
	m.entities += n
	m.calendar = c
}

// fallBack notes why a calendar stays a file.
func (m *message) fallBack(e *mimescan.Entity, f *ical.Fallback) {
	m.rec.Add(diag.CalendarFallback, e.Section(), "", f.Error())
	m.fallbacks++
}

// findCalendar returns the first calendar of the message itself, or nil. Those that
// say that they are attachments are files, unless attached is set.
func (m *message) findCalendar(attached bool) *mimescan.Entity {
	var found *mimescan.Entity
	m.job.root.Walk(func(e *mimescan.Entity) bool {
		if found != nil || !attached && m.isAttachment(e) {
			return false
		}
		if e.Leaf() && e.ContentType.Full == calendarType {
			found = e
		}
		return e.Message == nil
	})
	return found
}

// calendarText returns the decoded bytes of a calendar, and whether they are all of
// them.
func (m *message) calendarText(e *mimescan.Entity) ([]byte, bool, error) {
	r, err := m.earlyContent(e).Open(m.ctx)
	if err != nil {
		return nil, false, err
	}
	defer r.Close()
	// What is decoded is never longer than what it is decoded of.
	var b bytes.Buffer
	b.Grow(int(min(e.End-e.Body, tree.DefaultMaxSize)) + bytes.MinRead)
	_, err = b.ReadFrom(io.LimitReader(r, tree.DefaultMaxSize+1))
	return b.Bytes(), b.Len() <= tree.DefaultMaxSize, err
}

// senderAddress returns the address that the message comes from, or "".
func (m *message) senderAddress() string {
	for _, f := range []*mimescan.Field{m.fields.from, m.fields.sender} {
		if f == nil {
			continue
		}
		if r := address.ParseMax(f.Unfolded(), m.fallback, 1); len(r.Mailboxes) > 0 {
			return r.Mailboxes[0].Addr
		}
	}
	return ""
}

// checkPeople bounds the recipients of the fields and those of the calendar together.
func (m *message) checkPeople() error {
	return failure.Exceeded(m.limits.Recipients(), int64(len(m.into.Recipients)), m.calendar.part.Section(), "")
}
