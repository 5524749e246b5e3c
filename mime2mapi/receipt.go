package mime2mapi

import (
	"encoding/base64"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/reportcode"
	"github.com/contentconv/contentconv/internal/reportfield"
	"github.com/contentconv/contentconv/mapi"
)

// receiptKind returns what the disposition of a receipt says: that the message was
// read, or that it was not ([MS-OXCMAIL] 2.2.3.7.2).
func receiptKind(text string) (reportcode.Kind, bool) {
	g, ok := groupWith(text, reportfield.Disposition)
	if !ok {
		return 0, false
	}
	_, typ := splitDisposition(g.Get(reportfield.Disposition))
	return reportcode.OfDisposition(typ)
}

// splitDisposition returns the mode and the type of a disposition (RFC 8098
// 3.2.6).
//
// QUIRK: the mode is missing in receipts of some programs.
func splitDisposition(value string) (mode, typ string) {
	mode, typ, ok := strings.Cut(value, ";")
	if !ok {
		return "", value
	}
	return strings.TrimSpace(mode), strings.TrimSpace(typ)
}

// groupWith returns the first group that has the field. The fields of a receipt
// are one group (RFC 8098 3.1); empty lines between them do no harm.
func groupWith(text string, n reportfield.Name) (*reportfield.Group, bool) {
	for g := range reportfield.Groups(text) {
		if g.Has(n) {
			found := *g
			return &found, true
		}
	}
	return new(reportfield.Group), false
}

// convertReceipt sets the properties of a receipt's fields.
func (m *message) convertReceipt() {
	r, p := &m.notice, m.properties()
	for g := range reportfield.Groups(r.text) {
		m.noteJunk(g)
		r.partial = r.partial || g.Others > 0
	}
	m.convertDisposition()
	m.convertReader()
	if g, ok := groupWith(r.text, reportfield.OriginalMessageID); ok {
		mapi.PidTagOriginalMessageId.Set(p, m.fieldText(g, reportfield.OriginalMessageID))
	}
	if g, ok := groupWith(r.text, reportfield.DisplayName); ok {
		mapi.PidTagDisplayName.Set(p, m.fieldText(g, reportfield.DisplayName))
	}
	if g, ok := groupWith(r.text, reportfield.CorrelationKey); ok {
		m.convertCorrelationKey(g.Get(reportfield.CorrelationKey))
	}
}

func (m *message) convertDisposition() {
	p := m.properties()
	g, _ := groupWith(m.notice.text, reportfield.Disposition)
	s := m.fieldText(g, reportfield.Disposition)
	mapi.PidTagReportText.Set(p, s)
	mode, typ := splitDisposition(s)
	if mode != "" {
		mapi.PidTagReportDispositionMode.Set(p, mode)
	}
	if i := strings.IndexAny(typ, "/ \t(,"); i >= 0 {
		typ = typ[:i] // what follows are modifiers, which PidTagReportText keeps
	}
	mapi.PidTagReportDisposition.Set(p, strings.ToLower(typ))
}

// convertReader sets who the receipt is about. The Final-Recipient is who sends
// the receipt, and has no property of its own ([MS-OXCMAIL] 2.1.3.6.2).
func (m *message) convertReader() {
	r, p := &m.notice, m.properties()
	finalGroup, _ := groupWith(r.text, reportfield.FinalRecipient)
	originalGroup, _ := groupWith(r.text, reportfield.OriginalRecipient)
	final, internet := m.addressOf(finalGroup, reportfield.FinalRecipient)
	original, _ := m.addressOf(originalGroup, reportfield.OriginalRecipient)
	sender := mapi.SenderGroup.Get(p)
	if final != "" && (!internet || !strings.EqualFold(final, sender.SMTP)) || original != "" && !strings.EqualFold(original, final) {
		r.partial = true
	}
	if original == "" {
		original = final
	}
	if original != "" {
		mapi.PidTagOriginalDisplayTo.Set(p, m.shortened(original, reportfield.OriginalRecipient))
	}
}

// convertCorrelationKey sets the key by which the server of the original message
// knows it again.
func (m *message) convertCorrelationKey(value string) {
	key, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(value), ""))
	if err != nil || len(key) == 0 {
		m.rec.Add(diag.ReportFieldInvalid, m.notice.part.Section(), reportfield.CorrelationKey.String(), diag.Quote(value))
		m.notice.partial = true
		return
	}
	mapi.PidTagParentKey.Set(m.properties(), key)
}
