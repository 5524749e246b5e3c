package mime2mapi

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/maildate"
	"github.com/contentconv/contentconv/internal/mimeparam"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/internal/transfer"
	"github.com/contentconv/contentconv/mapi"
)

// convertAttachments makes an attachment of every leaf that is no body
// ([MS-OXCMAIL] 2.2.3.4).
func (m *message) convertAttachments() error {
	if done, err := m.attachSecured(); done || err != nil {
		return err
	}
	var err error
	m.job.root.Walk(func(e *mimescan.Entity) bool {
		switch {
		case err != nil:
			return false
		case isAppleDouble(e):
			var done bool
			done, err = m.attachMacintosh(macPart{envelope: e, header: e.Children[0], data: e.Children[1]})
			return !done
		case e.Multipart:
			return true
		case m.body.used.has(e):
		default:
			err = m.attach(e)
		}
		return false // an embedded message is a job of its own
	})
	if err != nil {
		return err
	}
	for _, e := range m.body.whole {
		if err := m.attachFile(e); err != nil {
			return err
		}
	}
	if err := m.attachTextFiles(); err != nil {
		return err
	}
	m.hideAll()
	return nil
}

// attach makes an attachment of a leaf by its kind.
func (m *message) attach(e *mimescan.Entity) error {
	switch e.ContentType.Full {
	case "message/rfc822", "message/global", "message/news":
		return m.attachMessage(e)
	case "message/external-body":
		return m.attachExternal(e)
	}
	if done, err := m.attachContact(e); done || err != nil {
		return err
	}
	if m.maybeMacintosh(e) {
		if done, err := m.attachMacintosh(macPart{envelope: e, header: e}); done || err != nil {
			return err
		}
	}
	return m.attachFile(e)
}

// attachFile makes a file of a leaf ([MS-OXCMAIL] 2.2.3.4.1).
func (m *message) attachFile(e *mimescan.Entity) error {
	d := m.disposition(e)
	description := m.description(e)
	name := m.fileName(e, d, description)
	mac, err := m.macBinary(e)
	if err != nil {
		return err
	}
	if mac != nil && name == "" {
		name = mac.Name
	}
	if e.Size() == 0 && name == "" && e.ContentType.Type == "text" {
		m.part(e, Dropped, -1, EmptyPart)
		return nil
	}
	a := &mapi.Attachment{Content: m.content(e)}
	p := &a.Properties
	p.Grow(12)
	mapi.PidTagAttachMethod.Set(p, mapi.AttachByValue)
	mapi.PidTagAttachMimeTag.Set(p, m.mimeTag(e))
	m.setFileName(p, e, name, description)
	if mac != nil {
		markMacBinary(p, mac)
	}
	if e.ContentType.Type == "text" {
		m.setTextCharset(p, e)
	}
	switch e.ContentType.Full {
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		if f, ok := e.Header.Get("Content-Type"); ok {
			mapi.PidNameContentType.Set(p, m.text(&f, headerprop.Raw, e.Path))
		}
	}
	m.keepCalendarType(p, e)
	m.setDates(p, e, d)
	if err := m.convertAttachmentFields(p, e); err != nil {
		return err
	}
	m.convertInline(p, e)
	m.attached(e, a, ToAttachment)
	return nil
}

// attached adds the attachment to the message.
func (m *message) attached(e *mimescan.Entity, a *mapi.Attachment, to Disposition) {
	m.into.Attachments = append(m.into.Attachments, a)
	if m.body.used.has(e) {
		return // a part that is a body too has its line already
	}
	m.part(e, to, len(m.into.Attachments)-1, "")
}

// content returns the leaf's content, which stays in the source.
func (m *message) content(e *mimescan.Entity) *partContent {
	if c := m.early[e]; c != nil {
		// What was read without success: the damage that was met is known.
		m.res.contents = append(m.res.contents, c)
		return c
	}
	c := m.rangeContent(e.Body, e.End, e.Encoding, e.Section())
	if e.ContentType.Type == "message" && !e.Encoding.Encoded() {
		// Such a part is lines of text, and may have no encoding that would keep
		// line ends other than CRLF (RFC 2045 6.4): reports, above all.
		c.lines, c.size = true, -1
	}
	return c
}

func (m *message) rangeContent(off, end int64, enc transfer.Encoding, part string) *partContent {
	c := m.unlistedContent(off, end, enc, part)
	m.res.contents = append(m.res.contents, c)
	return c
}

// earlyContent is content that is read now, such as that of a text: Verify need
// not read it again, unless it becomes an attachment after all.
func (m *message) earlyContent(e *mimescan.Entity) *partContent {
	if c := m.early[e]; c != nil {
		return c
	}
	c := m.unlistedContent(e.Body, e.End, e.Encoding, e.Section())
	if e.Encoding.Encoded() {
		if m.early == nil {
			m.early = make(map[*mimescan.Entity]*partContent)
		}
		m.early[e] = c
	}
	return c
}

func (m *message) unlistedContent(off, end int64, enc transfer.Encoding, part string) *partContent {
	c := &partContent{src: m.job.src, off: off, end: end, encoding: enc, part: part, rec: m.rec, open: m.res.open, size: -1}
	if !enc.Encoded() {
		c.size = end - off
	}
	return c
}

// mimeTag returns the media type that the attachment is given. A TNEF part that
// was not read is a file of unknown type ([MS-OXCMAIL] 2.2.3.4.1.2).
func (m *message) mimeTag(e *mimescan.Entity) string {
	switch e.ContentType.Full {
	case "application/ms-tnef", "application/vnd.ms-tnef", "":
		return "application/octet-stream"
	}
	return e.ContentType.Full
}

func (m *message) setTextCharset(p *mapi.Properties, e *mimescan.Entity) {
	label := e.ContentType.Get("charset")
	if label == "" {
		return
	}
	if charset.Lookup(label) == nil {
		m.rec.Add(diag.CharsetUnknown, e.Section(), "Content-Type", diag.Quote(label))
	}
	mapi.PidTagTextAttachmentCharset.Set(p, label)
}

// disposition returns the parsed Content-Disposition of an entity.
func (m *message) disposition(e *mimescan.Entity) mimeparam.Value {
	f, ok := e.Header.Get("Content-Disposition")
	if !ok {
		return mimeparam.Value{}
	}
	d := mimeparam.ParseDisposition(f.Unfolded(), m.fallback)
	m.report(d.Defects, e.Path, f.Name)
	return d
}

// description returns the text of the Content-Description field.
func (m *message) description(e *mimescan.Entity) string {
	f, ok := e.Header.Get("Content-Description")
	if !ok {
		return ""
	}
	return m.limitedItems(m.text(&f, headerprop.Words, e.Path), m.limits.TextHeader(), e.Path, f.Name)
}

// setDates sets the times of the file ([MS-OXCMAIL] 2.2.3.4.1.3). What is
// missing or invalid is not set.
func (m *message) setDates(p *mapi.Properties, e *mimescan.Entity, d mimeparam.Value) {
	for _, date := range []struct {
		param string
		tag   mapi.Tag[mapi.Time]
	}{
		{"creation-date", mapi.PidTagCreationTime},
		{"modification-date", mapi.PidTagLastModificationTime},
	} {
		v := d.Get(date.param)
		if v == "" {
			continue
		}
		t, ok, _ := maildate.Parse(v)
		ft, inRange := mapi.TimeOf(t)
		if !ok || !inRange {
			m.rec.Add(diag.DateInvalid, e.Path, "Content-Disposition", date.param+" "+diag.Quote(v))
			continue
		}
		date.tag.Set(p, ft)
	}
}

// convertAttachmentFields sets the properties of the entity's own fields.
func (m *message) convertAttachmentFields(p *mapi.Properties, e *mimescan.Entity) error {
	for _, row := range headerprop.All(headerprop.OnAttachment) {
		f, ok := e.Header.Get(row.Header)
		if !ok {
			continue
		}
		s, err := m.limited(m.text(&f, row.Reading, e.Path), m.limits.TextHeader(), e.Path, f.Name)
		if err != nil {
			return err
		}
		if v, ok := row.Codec.Parse(s); ok {
			p.Set(row.Key, v)
		}
	}
	return nil
}

// typeParam returns a parameter of the Content-Type. The scanner does not know in
// which charset header text probably is, so a value with bytes beyond ASCII is
// read again.
func (m *message) typeParam(e *mimescan.Entity, name string) string {
	f, ok := e.Header.Get("Content-Type")
	if !ok {
		return ""
	}
	if m.fallback == nil || isASCII([]byte(f.Value)) {
		return e.ContentType.Get(name)
	}
	v := mimeparam.ParseContentType(f.Unfolded(), m.fallback)
	return strings.TrimSpace(v.Get(name))
}
