package ical

import (
	"bytes"
	"context"
	"errors"
	"io"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/internal/derive"
	"github.com/contentconv/contentconv/internal/filename"
	"github.com/contentconv/contentconv/mapi"
)

// ExportOptions say how a calendar is written. Nil and the zero value are the
// defaults. A value can be shared by any number of goroutines.
type ExportOptions struct {
	// Now is the DTSTAMP of an object that doesn't say when it last changed. Zero
	// means the clock's.
	Now time.Time
	// Key fixes the UID of an object that has no id: the same object gives the same
	// UID. Nil means a new random key for each call.
	Key []byte
	// TimeZone is the zone whose days all-day events have, where the object names
	// none. Nil means that the nearest midnight in UTC counts.
	TimeZone *time.Location
	// InMail says that the calendar is a part of a mail. Then its attachments are
	// those of the mail, and its HTML is beside it.
	InMail *InMail
	// Address returns the Internet address of the person that a group of properties
	// tells of, or "". Nil means the one that is among the properties. Its errors are
	// returned as they are.
	Address func(g *mapi.AddressGroup, p *mapi.Properties) (string, error)
	// MaxAttachments bounds the bytes of the attachments that are written within the
	// calendar; those that no longer fit are left out, with a diagnostic. Zero means
	// DefaultMaxAttachments.
	MaxAttachments int64
}

// DefaultMaxAttachments bounds the attachments within a calendar.
const DefaultMaxAttachments = 32 << 20

// InMail is what a calendar within a mail has to do with the rest of it.
type InMail struct {
	// Text is the text of the mail. A mail that has HTML alone has one made of that.
	Text string
	// ContentID returns the Content-ID, without brackets, that an attachment of the
	// message has in the mail, or "" for one that isn't there.
	ContentID func(*mapi.Attachment) string
}

// Exported is a calendar that was made of a message object.
type Exported struct {
	// Calendar is the VCALENDAR.
	Calendar *tree.Component
	// Method is the value of METHOD, which a Content-Type field has to repeat as its
	// parameter "method" (RFC 6047, section 2.4).
	Method string
	// Name is a name for a file, such as "Meeting.ics".
	Name string
	// Diagnostics holds every repair and loss, in order.
	Diagnostics []diag.Diagnostic
}

// ErrNoCalendar says that messages of the class have no form in iCalendar.
var ErrNoCalendar = errors.New("messages of this class have no form in iCalendar")

// Export writes m as iCalendar ([MS-OXCICAL], section 2.1.3): one VCALENDAR in
// UTF-8. Nothing is written when it fails. The error is a *[diag.Error], or the
// context's own when that is done. A class without a calendar is [ErrNoCalendar],
// with [diag.Unsupported]; a recurrence that can't be read, or that no RRULE can say,
// is [diag.CorruptContent].
func Export(ctx context.Context, w io.Writer, m *mapi.Message, o *ExportOptions) (*Exported, error) {
	e, err := Build(ctx, m, o)
	if err != nil {
		return nil, err
	}
	b, err := e.Bytes()
	if err != nil {
		return nil, outbound(diag.Internal, err)
	}
	if _, err := w.Write(b); err != nil {
		return nil, outbound(diag.IO, err)
	}
	return e, nil
}

// Bytes returns the calendar as it is written.
func (e *Exported) Bytes() ([]byte, error) {
	var b bytes.Buffer
	err := tree.Write(&b, e.Calendar)
	return b.Bytes(), err
}

// Build makes the calendar of m without writing it. The errors are those of
// [Export].
func Build(ctx context.Context, m *mapi.Message, o *ExportOptions) (*Exported, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if m == nil {
		return nil, outbound(diag.CorruptContent, errors.New("there is no message"))
	}
	if o == nil {
		o = new(ExportOptions)
	}
	e := &exporter{ctx: ctx, o: o, m: m, rec: new(diag.Recorder), zones: newExportZones(), left: o.MaxAttachments}
	if e.left == 0 {
		e.left = DefaultMaxAttachments
	}
	form, ok := formOf(&m.Properties)
	if !ok {
		return nil, outbound(diag.Unsupported, ErrNoCalendar)
	}
	e.form = form
	calendar, err := e.calendar()
	if err != nil {
		var known *diag.Error
		if ctx.Err() != nil || errors.As(err, &known) {
			return nil, err
		}
		return nil, outbound(diag.CorruptContent, err)
	}
	return &Exported{Calendar: calendar, Method: form.method, Name: fileNameOf(m), Diagnostics: e.rec.Diagnostics()}, nil
}

func outbound(reason diag.Reason, err error) error {
	return &diag.Error{Direction: diag.Outbound, Reason: reason, Err: err}
}

// fileNameOf returns a name for the calendar of m as a file.
func fileNameOf(m *mapi.Message) string {
	name, _ := filename.Sanitize(mapi.Subject(&m.Properties))
	if name == "" {
		name = "calendar"
	}
	return name + ".ics"
}

// An exporter makes one calendar.
type exporter struct {
	ctx   context.Context
	o     *ExportOptions
	m     *mapi.Message
	rec   *diag.Recorder
	form  form
	zones *exportZones
	left  int64 // bytes of attachments that may still be written
}

// productID is PRODID. It doesn't look like Outlook's, whose versions up to 11 make
// readers take an UNTIL for the end of its day ([MS-OXCICAL], section 2.1.3.2.4).
const productID = "-//contentconv//contentconv 1.0//EN"

// calendar returns the VCALENDAR: its properties, the zones that its components use,
// and these.
func (e *exporter) calendar() (*tree.Component, error) {
	c := tree.NewComponent("VCALENDAR")
	c.Add("METHOD", e.form.method)
	c.AddText("PRODID", productID)
	c.Add("VERSION", "2.0")
	var list []*tree.Component
	if e.form.task {
		list = []*tree.Component{e.task()}
	} else {
		var err error
		if list, err = e.events(c); err != nil {
			return nil, err
		}
	}
	c.Components = append(e.zones.components(), list...)
	return c, nil
}

// stamp returns DTSTAMP: when the object last changed for those whom it is sent to.
func (e *exporter) stamp(it *item) time.Time {
	tag := mapi.PidLidOwnerCriticalChange
	if e.form.answer() {
		tag = mapi.PidLidAttendeeCriticalChange
	}
	if t, ok := it.time(tag); ok {
		return t
	}
	if e.o.Now.IsZero() {
		return time.Now()
	}
	return e.o.Now
}

// uid returns UID: that of the meeting's id, else one that is made of the object.
func (e *exporter) uid() string {
	p := &e.m.Properties
	for _, tag := range []mapi.Named[[]byte]{mapi.PidLidGlobalObjectId, mapi.PidLidCleanGlobalObjectId} {
		b, ok := tag.Get(p)
		if !ok {
			continue
		}
		if id, err := ParseGlobalObjectID(b); err == nil {
			return id.UID()
		}
	}
	start, _ := mapi.PidLidAppointmentStartWhole.Get(p)
	created, _ := mapi.PidTagCreationTime.Get(p)
	when := [2]string{}
	for i, t := range []mapi.Time{start, created} {
		if t, ok := t.Time(); ok {
			when[i] = tree.FormatUTC(t)
		}
	}
	return derive.New(e.o.Key).GUID("uid", mapi.Subject(p), when[0], when[1])
}
