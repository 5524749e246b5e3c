package mapi2mime

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/internal/htmltext"
	"github.com/contentconv/contentconv/internal/mimeparam"
	"github.com/contentconv/contentconv/mapi"
)

// hasCalendar reports whether the message is a meeting or an appointment, which has
// a calendar beside its bodies ([MS-OXCMAIL] 2.1.3.3.8). Tasks have none: no reader
// of mail looks for them there.
func (m *message) hasCalendar() bool { return ical.HasCalendar(m.m) && !m.hasClass("IPM.Task") }

// planCalendar makes the calendar's part. Its method parameter is its METHOD, by
// which readers know what to do with it (RFC 6047, section 2.4). A meeting that no
// calendar can be made of is written as an ordinary mail.
func (m *message) planCalendar() error {
	if !m.hasCalendar() || m.notice != nil {
		return nil
	}
	m.nameFiles()
	e, err := ical.Build(m.ctx, m.m, &ical.ExportOptions{
		Now: m.stamp(), Key: m.random.Bytes("calendar", m.place), TimeZone: m.o.TimeZone, Address: m.calendarAddress,
		InMail: &ical.InMail{Text: m.calendarText(), ContentID: func(a *mapi.Attachment) string { return m.calendarIDs[a] }},
	})
	if err != nil {
		return m.withoutCalendar(err)
	}
	for _, d := range e.Diagnostics {
		m.rec.Add(d.Code, m.calendarPlace(d.Part), d.Header, d.Detail)
	}
	b, err := e.Bytes()
	if err != nil {
		return err
	}
	p, err := m.newPart("text/calendar", m.place)
	if err != nil {
		return err
	}
	p.source = FromProperties
	p.add("Content-Type", joinParams("Content-Type", p.mediaType,
		mimeparam.FormatParam("charset", charset.UTF8().Name()), mimeparam.FormatParam("method", e.Method)))
	m.setText(p, b)
	m.body.calendar = p
	return nil
}

// withoutCalendar judges why there is no calendar: what the object holds is no reason
// not to send the mail.
func (m *message) withoutCalendar(err error) error {
	var known *diag.Error
	if !errors.As(err, &known) {
		return err
	}
	if known.Reason != diag.CorruptContent {
		return &failure.Failure{Reason: known.Reason, Part: m.place, Err: known.Err}
	}
	m.report(diag.CalendarNotWritten, "", known.Detail())
	return nil
}

// calendarPlace returns the place of an attachment that the calendar tells of.
func (m *message) calendarPlace(part string) string {
	if part == "" || m.place == "" {
		return part + m.place
	}
	return m.place + "." + part
}

// calendarText returns the text of the mail.
func (m *message) calendarText() string {
	b := &m.body
	if b.hasText || !b.hasHTML {
		return b.text
	}
	s, _ := b.htmlCharset.Decode(b.html)
	return htmltext.Convert(charset.TrimBOM(s))
}

// calendarAddress returns the address of a person of the calendar: the same that the
// header fields have, which tell of what is wrong with it.
func (m *message) calendarAddress(g *mapi.AddressGroup, p *mapi.Properties) (string, error) {
	told := m.rec
	m.rec = new(diag.Recorder)
	defer func() { m.rec = told }()
	who := personOf(g, p)
	header := "From"
	switch {
	case g == &mapi.SenderGroup:
		header = "Sender"
	case g == &mapi.RecipientGroup:
		row := mapi.Recipient{Properties: *p}
		who.Address = row.Address()
		header = "To"
		if row.Kind() == mapi.RecipientCc {
			header = "Cc"
		}
	}
	address, _, err := m.internetAddress(&who, header)
	return address, err
}

// nameFiles gives an id to every file of the message that the calendar refers to: not
// to what the HTML shows, nor to what becomes no part or several.
func (m *message) nameFiles() {
	m.calendarIDs = make(map[*mapi.Attachment]string)
	for i, object := range m.m.Attachments {
		if object == nil || object.Message != nil {
			continue
		}
		a := m.attachment(object, m.attachmentPlace(i))
		if a.content() == nil || object.Method() != mapi.AttachByValue || mapi.PidTagAttachmentHidden.Or(a.props, false) ||
			len(mapi.PidTagAttachEncoding.Or(a.props, nil)) > 0 || a.isInline() {
			continue
		}
		id := strings.Trim(clean(mapi.PidTagAttachContentId.Or(a.props, "")), "<> \t")
		if id == "" {
			id = fmt.Sprintf("file%d.%s@%s", i+1, m.random.Hex("file", m.place, m.res.MessageID), defaultDomain)
		}
		m.calendarIDs[object] = id
	}
}

// stamp returns the time of a calendar whose object does not say when it last
// changed for those whom it is sent to. It is the message's own where there is one,
// so that the same message gives the same bytes.
func (m *message) stamp() time.Time {
	if !m.o.Now.IsZero() {
		return m.o.Now
	}
	for _, tag := range []mapi.Tag[mapi.Time]{
		mapi.PidTagLastModificationTime, mapi.PidTagClientSubmitTime, mapi.PidTagMessageDeliveryTime, mapi.PidTagCreationTime,
	} {
		if ft, ok := tag.Get(&m.m.Properties); ok && ft != mapi.TimeNone {
			if t, ok := ft.Time(); ok {
				return t
			}
		}
	}
	return time.Now()
}
