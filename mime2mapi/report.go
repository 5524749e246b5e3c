package mime2mapi

import (
	"io"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/internal/reportcode"
	"github.com/contentconv/contentconv/internal/reportfield"
	"github.com/contentconv/contentconv/mapi"
)

// report is what the fields of a report say of it as a whole.
type report struct {
	kind reportcode.Kind
	// part holds the fields, text is its content.
	part *mimescan.Entity
	text string
	// partial is true when the properties do not hold all that the fields say: the
	// part becomes an attachment, too.
	partial bool
}

// convertReport makes a report of a message whose fields say what happened
// ([MS-OXCMAIL] 2.2.3.7). Without such fields the message stays a mail.
//
// The part with the fields is consumed. What [MS-OXCMAIL] has no property for, such
// as the Arrival-Date, would be lost by that; where there is any the part is an
// attachment as well.
func (m *message) convertReport() error {
	if m.form != formReport {
		return nil
	}
	found, err := m.findReport()
	if err != nil {
		return err
	}
	if !found {
		m.form = formMail
		return m.convertNoticeBody()
	}
	r := &m.notice
	if r.kind.Receipt() {
		m.convertReceipt()
	} else if err := m.convertDelivery(); err != nil {
		return err
	}
	if err := m.convertReportTime(); err != nil {
		return err
	}
	if !r.partial {
		m.use(r.part, ToProperty)
	}
	return m.convertNoticeBody()
}

// findReport finds the first part whose fields say what happened.
func (m *message) findReport() (bool, error) {
	candidates := m.job.root.Children
	if !m.job.root.Multipart {
		candidates = []*mimescan.Entity{m.job.root}
	}
	for _, e := range candidates {
		part := reportPartKind(e)
		if part == noReport {
			continue
		}
		text, whole, err := m.reportText(e)
		if err != nil {
			return false, err
		}
		kind, ok := deliveryKind(text)
		if part == receiptPart {
			kind, ok = receiptKind(text)
		}
		if ok {
			m.notice = report{kind: kind, part: e, text: text, partial: !whole}
			return true, nil
		}
	}
	return false, nil
}

// deliveryKind returns the gravest action that the fields name ([MS-OXCMAIL]
// 2.2.3.7.1.1).
func deliveryKind(text string) (kind reportcode.Kind, ok bool) {
	for g := range reportfield.Groups(text) {
		if k, known := reportcode.OfAction(g.Get(reportfield.Action)); known && (!ok || k > kind) {
			kind, ok = k, true
		}
	}
	return kind, ok
}

// reportText returns the text of a part with fields, at most MaxBodyText bytes of
// it.
func (m *message) reportText(e *mimescan.Entity) (text string, whole bool, err error) {
	r, err := m.earlyContent(e).Open(m.ctx)
	if err != nil {
		return "", false, err
	}
	defer r.Close()
	max := m.o.maxBodyText()
	b, err := io.ReadAll(io.LimitReader(r, max+1))
	if err != nil {
		return "", false, err
	}
	whole = int64(len(b)) <= max
	if !whole {
		b = b[:max]
		m.rec.Addf(diag.BodyTooLarge, e.Section(), "", "the first %d bytes of a report were read", max)
	}
	return string(b), whole, nil
}

// convertReportTime sets when the report was made: when it was sent ([MS-OXCMAIL]
// 2.2.3.7.1).
func (m *message) convertReportTime() error {
	p := m.properties()
	t, ok := mapi.PidTagClientSubmitTime.Get(p)
	if !ok {
		if t, ok = mapi.PidTagMessageDeliveryTime.Get(p); !ok {
			return nil
		}
	}
	r := &m.notice
	mapi.PidTagReportTime.Set(p, t)
	if r.kind.Receipt() {
		mapi.PidTagReceiptTime.Set(p, t)
		mapi.PidTagOriginalDeliveryTime.Set(p, t)
	}
	for i := range m.into.Recipients {
		row := &m.into.Recipients[i].Properties
		mapi.PidTagReportTime.Set(row, t)
		if !r.kind.Receipt() && r.kind != reportcode.Failed {
			mapi.PidTagDeliverTime.Set(row, t)
		}
	}
	return nil
}

// convertNoticeBody makes a body of the notice that people read, where its part
// has the type of the fields.
//
// QUIRK: RFC 6522 3 has a text first. Some servers send it as a
// message/delivery-status, in front of the real one.
func (m *message) convertNoticeBody() error {
	root := m.job.root
	if len(root.Children) == 0 || !m.body.none() || m.body.aggregate != nil {
		return nil
	}
	first := root.Children[0]
	if reportPartKind(first) == noReport || first == m.notice.part {
		return nil
	}
	text, _, err := m.reportText(first)
	if err != nil {
		return err
	}
	for g := range reportfield.Groups(text) {
		if g.Known() {
			return nil
		}
	}
	m.body.plain = first
	return m.storePlain(first)
}

// fieldText returns the text of a report's field. Beyond MaxMimeTextHeaderLength
// it is cut: the part that it stands in becomes an attachment then, and a report
// about a failure is worth more than a failure of its own.
func (m *message) fieldText(g *reportfield.Group, n reportfield.Name) string {
	f := g.Field(n)
	return m.shortened(m.text(&f, headerprop.Words, m.notice.part.Section()), n)
}

func (m *message) shortened(s string, n reportfield.Name) string {
	rule := m.limitRule(m.limits.TextHeader(), m.notice.part.Section(), n.String())
	rule.Shorten = true
	short, _ := rule.Text(s)
	m.notice.partial = m.notice.partial || len(short) < len(s)
	return short
}
