package mime2mapi

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/internal/reportcode"
	"github.com/contentconv/contentconv/internal/reportfield"
	"github.com/contentconv/contentconv/mapi"
)

// convertDelivery makes the recipient table of the recipients with the gravest
// action ([MS-OXCMAIL] 2.2.3.7.1), and sets what the report says of itself.
func (m *message) convertDelivery() error {
	r := &m.notice
	n := 0
	for g := range reportfield.Groups(r.text) {
		if m.reported(g) {
			n++
		}
	}
	if err := failure.Exceeded(m.limits.Recipients(), int64(n), r.part.Section(), reportfield.FinalRecipient.String()); err != nil {
		return err
	}
	m.keepAddressee()
	m.into.Recipients = make([]mapi.Recipient, n)
	boxes := make([]mapi.InternetAddress, n)
	row := 0
	for g := range reportfield.Groups(r.text) {
		m.convertGroup(g)
		if !m.reported(g) {
			continue
		}
		ok, err := m.convertReported(row, &boxes[row], g)
		if err != nil {
			return err
		}
		if ok {
			row++
		}
	}
	m.into.Recipients = m.into.Recipients[:row]
	if row > 0 {
		mapi.PidTagDisplayTo.Set(m.properties(), displayNames(m.into.Recipients))
	}
	return nil
}

// reported reports whether a group is that of a recipient who gets a row.
func (m *message) reported(g *reportfield.Group) bool {
	kind, ok := reportcode.OfAction(g.Get(reportfield.Action))
	return ok && kind == m.notice.kind
}

// convertGroup sets what a group says of the report, and notes whether there is
// more in it than properties hold.
func (m *message) convertGroup(g *reportfield.Group) {
	r, p := &m.notice, m.properties()
	if g.Has(reportfield.ReportingMTA) && !mapi.PidTagReportingMessageTransferAgent.Has(p) {
		mapi.PidTagReportingMessageTransferAgent.Set(p, m.fieldText(g, reportfield.ReportingMTA))
	}
	m.noteJunk(g)
	recipient := g.Has(reportfield.FinalRecipient) || g.Has(reportfield.OriginalRecipient) || g.Has(reportfield.Action)
	if g.Others > 0 || recipient && !m.reported(g) {
		r.partial = true
	}
}

// noteJunk tells of lines that are no fields.
func (m *message) noteJunk(g *reportfield.Group) {
	if g.Junk > 0 {
		m.notice.partial = true
		m.rec.Addf(diag.HeaderLineInvalid, m.notice.part.Section(), "", "%d in a report", g.Junk)
	}
}

// keepAddressee makes the one to whom the report was sent the one who received it
// ([MS-OXCMAIL] 2.1.3.1.1.1), because the recipients of a report are those that it
// tells of.
func (m *message) keepAddressee() {
	rows, p := m.into.Recipients, m.properties()
	if len(rows) == 0 {
		return
	}
	if len(rows) > 1 {
		m.rec.Addf(diag.ReportAddresseeDropped, m.job.root.Path, "", "%d recipients", len(rows))
	}
	a := rows[0].Address()
	mapi.ReceivedByGroup.Set(p, a)
	mapi.ReceivedRepresentingGroup.Set(p, a)
	for _, tag := range []mapi.Tag[string]{mapi.PidTagDisplayTo, mapi.PidTagDisplayCc, mapi.PidTagDisplayBcc} {
		tag.Delete(p)
	}
}

// convertReported makes the row of a recipient. It reports false for one whose
// address is too long.
func (m *message) convertReported(row int, box *mapi.InternetAddress, g *reportfield.Group) (bool, error) {
	ok, err := m.reportedAddress(row, box, g)
	if !ok || err != nil {
		return false, err
	}
	if err := m.setRecipient(row, box, mapi.RecipientTo); err != nil {
		return false, err
	}
	p := &m.into.Recipients[row].Properties
	mta := m.remoteMTA(g)
	if mta != "" {
		mapi.PidTagRemoteMessageTransferAgent.Set(p, mta)
	}
	status := m.reportedStatus(row, g)
	diagCode, reason := status.Codes()
	mapi.PidTagNonDeliveryReportStatusCode.Set(p, status.Number())
	mapi.PidTagNonDeliveryReportDiagCode.Set(p, diagCode)
	mapi.PidTagNonDeliveryReportReasonCode.Set(p, reason)
	mapi.PidTagSupplementaryInfo.Set(p, m.supplementaryInfo(g, mta, status))
	return true, nil
}

// remoteMTA returns the mta-name of the Remote-MTA field (RFC 3464 2.3.5).
func (m *message) remoteMTA(g *reportfield.Group) string {
	s := m.fieldText(g, reportfield.RemoteMTA)
	kind, name, ok := strings.Cut(s, ";")
	if !ok {
		return s
	}
	if !strings.EqualFold(strings.TrimSpace(kind), "dns") {
		m.notice.partial = true
	}
	return strings.TrimSpace(name)
}

// reportedStatus returns the status of a recipient; where it has none, what the
// action says already.
func (m *message) reportedStatus(row int, g *reportfield.Group) reportcode.Status {
	value := g.Get(reportfield.Status)
	if s, ok := reportcode.ParseStatus(value); ok {
		return s
	}
	m.rec.Addf(diag.ReportFieldInvalid, m.notice.part.Section(), reportfield.Status.String(), "recipient %d: %s", row+1, diag.Quote(value))
	m.notice.partial = m.notice.partial || value != ""
	return m.notice.kind.GeneralStatus()
}

// supplementaryInfo returns the X-Supplementary-Info field, or makes one of the
// other fields ([MS-OXCMAIL] 2.2.3.7.1.2).
func (m *message) supplementaryInfo(g *reportfield.Group, mta string, status reportcode.Status) string {
	code := m.fieldText(g, reportfield.DiagnosticCode)
	if g.Has(reportfield.SupplementaryInfo) {
		info := m.fieldText(g, reportfield.SupplementaryInfo)
		m.notice.partial = m.notice.partial || !strings.Contains(info, code)
		return info
	}
	info := "<" + mta + " #" + status.String()
	if code != "" {
		info += " " + code
	}
	return m.shortened(info+">", reportfield.DiagnosticCode)
}
