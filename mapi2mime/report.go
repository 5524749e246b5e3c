package mapi2mime

import (
	"slices"
	"strings"

	"github.com/contentconv/contentconv/internal/mimeparam"
	"github.com/contentconv/contentconv/internal/reportcode"
	"github.com/contentconv/contentconv/internal/reportfield"
	"github.com/contentconv/contentconv/internal/transfer"
	"github.com/contentconv/contentconv/mapi"
)

// A notice is a delivery report or a receipt. It is rebuilt as it came, or as it
// would have been sent ([MS-OXCMAIL] 2.1.3.6): a multipart/report of a text, the
// fields that programs read, and what is returned of the original message.
type notice struct {
	kind     reportcode.Kind
	fields   *part
	stored   *mapi.Attachment // holds the fields, where properties don't hold all of them
	returned *part            // the original message, or its header block
}

// noticeOf returns the kind of report that messages of a class are: that of the
// class, or of the nearest one above it that has one.
func noticeOf(class string) (reportcode.Kind, bool) {
	for class != "" {
		if _, kind, ok := reportcode.OfClass(class); ok {
			return kind, true
		}
		class = class[:max(strings.LastIndexByte(class, '.'), 0)]
	}
	return 0, false
}

func (m *message) findNotice() {
	if kind, ok := noticeOf(m.class); ok {
		m.notice = &notice{kind: kind}
	}
}

// planNotice plans the fields of a report: those that it came with, where they say
// more than the properties do, else those that the properties say.
func (m *message) planNotice() error {
	if m.notice == nil {
		return nil
	}
	text, err := m.storedFields()
	if err == nil && text == nil {
		text, err = m.noticeFields()
	}
	if err != nil {
		return err
	}
	p, err := m.newPart("message/"+m.noticeType(!isASCII(string(text))), m.place)
	if err != nil {
		return err
	}
	p.source = FromProperties
	if m.notice.stored != nil {
		p.source = FromAttachment
	}
	p.add("Content-Type", p.mediaType)
	m.setFields(p, text)
	m.notice.fields = p
	return nil
}

// noticeType returns the subtype of the part with the fields: another one where
// these have characters beyond ASCII (RFC 6533 4, 5).
func (m *message) noticeType(global bool) string {
	subtype := "delivery-status"
	if m.notice.kind.Receipt() {
		subtype = "disposition-notification"
	}
	if global {
		subtype = "global-" + subtype
	}
	return subtype
}

// setFields gives the part its text. In ASCII it must not be encoded (RFC 3464 2.1,
// RFC 8098 3); beyond that it must be where 8-bit bytes don't pass (RFC 6533 8).
func (m *message) setFields(p *part, text []byte) {
	if s := judgeText(text); s.eightBit || !s.sendable {
		m.setText(p, text)
		return
	}
	p.body = text
	p.add("Content-Transfer-Encoding", transfer.SevenBit.String())
}

// storedFields returns the text of the attachment that has the fields of the
// report as they came, if there is one that says what the class says; else nil.
func (m *message) storedFields() ([]byte, error) {
	for i, object := range m.m.Attachments {
		if object == nil {
			continue
		}
		a := m.attachment(object, m.attachmentPlace(i))
		if !a.mayHaveFields() {
			continue
		}
		text, err := a.shortText()
		if err != nil {
			return nil, err
		}
		if kind, ok := kindOfFields(string(text), m.notice.kind.Receipt()); ok && kind == m.notice.kind {
			m.notice.stored = object
			return text, nil
		}
	}
	return nil, nil
}

func (a *attachment) mayHaveFields() bool {
	typ := strings.ToLower(a.mimeTag())
	return a.content() != nil && (typ == "message/"+a.m.noticeType(false) || typ == "message/"+a.m.noticeType(true))
}

// kindOfFields returns what fields say: the gravest action of a delivery report
// ([MS-OXCMAIL] 2.2.3.7.1.1), the disposition of a receipt.
func kindOfFields(text string, receipt bool) (kind reportcode.Kind, ok bool) {
	for g := range reportfield.Groups(text) {
		if receipt {
			_, typ, _ := strings.Cut(g.Get(reportfield.Disposition), ";")
			if kind, ok = reportcode.OfDisposition(typ); ok {
				return kind, true
			}
			continue
		}
		if k, known := reportcode.OfAction(g.Get(reportfield.Action)); known && (!ok || k > kind) {
			kind, ok = k, true
		}
	}
	return kind, ok
}

// headerTypes are those of the header block of a returned message (RFC 6522 4, RFC
// 6533 6).
var headerTypes = []string{"text/rfc822-headers", "message/rfc822-headers", "message/global-headers"}

// planReturnedHeader plans a file that is the header block of the original message
// as what a report returns of it. It reports false for other files.
func (a *attachment) planReturnedHeader() (bool, error) {
	n := a.m.notice
	if n == nil || n.returned != nil || a.content() == nil || !slices.Contains(headerTypes, strings.ToLower(a.mimeTag())) {
		return false, nil
	}
	text, err := a.shortText()
	if text == nil || err != nil {
		return false, err
	}
	p, err := a.newPart(strings.ToLower(a.mimeTag()), a.place)
	if err != nil {
		return false, err
	}
	p.source = FromAttachment
	var params [][]string
	if label := clean(mapi.PidTagTextAttachmentCharset.Or(a.props, "")); label != "" && strings.HasPrefix(p.mediaType, "text/") {
		params = append(params, mimeparam.FormatParam("charset", label))
	}
	p.add("Content-Type", joinParams("Content-Type", p.mediaType, params...))
	a.m.setFields(p, text)
	n.returned = p
	return true, nil
}

// shortText returns the content of a text of at most maxComposite bytes, with
// CRLF, else nil.
func (a *attachment) shortText() ([]byte, error) {
	c := a.content()
	size, err := contentSize(a.ctx, c)
	if err != nil {
		return nil, contentFailure(a.ctx, err, a.place)
	}
	if size > maxComposite {
		return nil, nil
	}
	b, err := readContent(a.ctx, c, size, size)
	if err != nil {
		return nil, contentFailure(a.ctx, err, a.place)
	}
	return canonical(b), nil
}

// noticeStructure puts a report together (RFC 6522 3). Its first part is what
// people read, files that are no returned message with it; the third may be
// missing.
func (m *message) noticeStructure() (*part, error) {
	n := m.notice
	if n.returned == nil {
		i := slices.IndexFunc(m.files, func(p *part) bool { return p.source == FromMessage })
		if i >= 0 {
			n.returned = m.files[i]
			m.files = slices.Delete(m.files, i, i+1)
		}
	}
	text, err := m.bodyStructure()
	if err != nil {
		return nil, err
	}
	parts := []*part{text, n.fields}
	if n.returned != nil {
		parts = append(parts, n.returned)
	}
	_, kind, _ := strings.Cut(n.fields.mediaType, "/")
	return m.multipart("report", parts, mimeparam.FormatParam("report-type", kind)...)
}
