package mapi2mime

import (
	"encoding/base64"
	"os"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/reportcode"
	"github.com/contentconv/contentconv/mapi"
)

// noticeFields writes the fields of a report from its properties.
func (m *message) noticeFields() ([]byte, error) {
	if m.notice.kind.Receipt() {
		return m.receiptFields()
	}
	return m.deliveryFields()
}

// appendGroup appends the fields of a group, and the empty line that ends it.
func appendGroup(b []byte, p *part) []byte {
	for _, f := range p.header {
		b = appendField(b, f)
	}
	return append(b, "\r\n"...)
}

// deliveryFields writes those of a delivery report: one group for the report, one
// for each recipient ([MS-OXCMAIL] 2.1.3.6.1, RFC 3464 2).
func (m *message) deliveryFields() ([]byte, error) {
	var report part
	m.addText(&report, "Reporting-MTA", mtaName(m.reportingMTA()), headerprop.Raw)
	b := appendGroup(nil, &report)
	for i := range m.m.Recipients {
		row := &m.m.Recipients[i]
		var group part
		if err := m.addReported(&group, row); err != nil {
			return nil, err
		}
		b = appendGroup(b, &group)
	}
	if len(m.m.Recipients) == 0 {
		// Without a recipient there is no Action, and no report (RFC 3464 2.1).
		var group part
		group.add("Final-Recipient", "rfc822;")
		m.addText(&group, "Action", m.notice.kind.Word(), headerprop.Raw)
		m.addText(&group, "Status", m.notice.kind.GeneralStatus().String(), headerprop.Raw)
		m.addText(&group, "X-Display-Name", mapi.PidTagOriginalDisplayTo.Or(&m.m.Properties, ""), headerprop.Words)
		b = appendGroup(b, &group)
	}
	return b, nil
}

// reportingMTA returns who made the report: what the property says, else this host.
func (m *message) reportingMTA() string {
	if s := clean(mapi.PidTagReportingMessageTransferAgent.Or(&m.m.Properties, "")); strings.TrimSpace(s) != "" {
		return s
	}
	if m.o.Domain != "" {
		return m.o.Domain
	}
	host, err := os.Hostname()
	if err != nil || host == "" {
		return "localhost"
	}
	return host
}

// mtaName returns the name of a mail system with the type that names have (RFC
// 3464 2.1.2).
func mtaName(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.Contains(s, ";") {
		return s
	}
	return "dns; " + s
}

// addReported writes what happened to the message for one recipient. A recipient
// without an address is told of all the same, because of what happened.
func (m *message) addReported(p *part, row *mapi.Recipient) error {
	props := &row.Properties
	name, err := m.addPerson(p, person{Address: row.Address(), group: &mapi.RecipientGroup, props: props})
	if err != nil {
		return err
	}
	m.addText(p, "Action", m.notice.kind.Word(), headerprop.Raw)
	info := clean(mapi.PidTagSupplementaryInfo.Or(props, ""))
	status := reportedStatus(m.notice.kind, props, info)
	m.addText(p, "Status", status.String(), headerprop.Raw)
	m.addText(p, "Remote-MTA", mtaName(clean(mapi.PidTagRemoteMessageTransferAgent.Or(props, ""))), headerprop.Raw)
	m.addText(p, "Diagnostic-Code", diagnosticCode(info), headerprop.Words)
	m.addText(p, "X-Supplementary-Info", info, headerprop.Words)
	m.addText(p, "X-Display-Name", name, headerprop.Words)
	return nil
}

// addPerson writes the address of a person as Final-Recipient, and returns the name
// if it says more than the address. An address beyond ASCII is of type utf-8 (RFC
// 6533 3); without an address the type stands alone.
func (m *message) addPerson(p *part, who person) (string, error) {
	const field = "Final-Recipient"
	if ok, err := m.limitAddress(&who.Address, field); !ok || err != nil {
		p.add(field, "rfc822;")
		return "", err
	}
	addr, _, err := m.internetAddress(&who, field)
	if err != nil {
		return "", err
	}
	kind := "rfc822;"
	if !isASCII(addr) {
		kind = "utf-8;"
	}
	switch {
	case len(addr) > maxToken:
		m.report(diag.HeaderNotWritten, field, "longer than a line: "+diag.Quote(addr))
		p.add(field, kind)
	case addr == "":
		p.add(field, kind)
	case len(field)+len(": ")+len(kind)+len(" ")+len(addr) <= foldAt:
		p.add(field, kind+" "+addr)
	default:
		p.add(field, kind+"\r\n "+addr)
	}
	if name := m.displayName(&who); !strings.EqualFold(name, addr) {
		return name, nil
	}
	return "", nil
}

// reportedStatus returns the status of a recipient ([MS-OXCMAIL] 2.1.3.6.1.2): the
// one that came, where it is stored, because its codes stand for others, too; else
// the one that the codes stand for.
func reportedStatus(kind reportcode.Kind, p *mapi.Properties, info string) reportcode.Status {
	if n, ok := mapi.PidTagNonDeliveryReportStatusCode.Get(p); ok {
		if s, ok := reportcode.OfNumber(n); ok {
			// The number has room for details of one digit.
			if exact, ok := infoStatus(info); ok && exact.Number() == n {
				return exact
			}
			return s
		}
	}
	diagCode, known := mapi.PidTagNonDeliveryReportDiagCode.Get(p)
	if !known {
		diagCode = reportcode.NoDiagnostic
	}
	reason, hasReason := mapi.PidTagNonDeliveryReportReasonCode.Get(p)
	if !known && !hasReason {
		return kind.GeneralStatus()
	}
	s := reportcode.OfCodes(diagCode, reason)
	if general := kind.GeneralStatus(); general.Class == 2 {
		return general // the codes have failures only
	}
	return s
}

// infoStatus returns the status in a text that readers make of the fields of a
// recipient, as in "<mx.example.com #5.1.1 smtp; 550 no such user>" ([MS-OXCMAIL]
// 2.2.3.7.1.2).
func infoStatus(info string) (reportcode.Status, bool) {
	_, rest, _ := strings.Cut(info, "#")
	return reportcode.ParseStatus(strings.TrimSuffix(rest, ">"))
}

// diagnosticCode returns the Diagnostic-Code in such a text, "" for none.
func diagnosticCode(info string) string {
	if !strings.HasPrefix(info, "<") || !strings.HasSuffix(info, ">") {
		return ""
	}
	_, rest, _ := strings.Cut(info[:len(info)-1], "#")
	if _, ok := reportcode.ParseStatus(rest); !ok {
		return ""
	}
	_, code, _ := strings.Cut(rest, " ")
	code = strings.TrimSpace(code)
	if kind, _, ok := strings.Cut(code, ";"); !ok || !isToken(strings.TrimSpace(kind)) {
		return ""
	}
	return code
}

// receiptFields writes those of a receipt ([MS-OXCMAIL] 2.1.3.6.2, RFC 8098 3.1).
func (m *message) receiptFields() ([]byte, error) {
	p := &m.m.Properties
	var g part
	reader := personOf(&mapi.SenderGroup, p)
	if reader.Address == (mapi.Address{}) {
		reader = personOf(&mapi.SentRepresentingGroup, p)
	}
	name, err := m.addPerson(&g, reader)
	if err != nil {
		return nil, err
	}
	m.addText(&g, "Original-Message-ID", mapi.PidTagOriginalMessageId.Or(p, ""), headerprop.Raw)
	m.addText(&g, "Disposition", m.disposition(), headerprop.Raw)
	if key, _ := mapi.PidTagParentKey.Get(p); len(key) > 0 {
		m.addText(&g, "X-MSExch-Correlation-Key", base64.StdEncoding.EncodeToString(key), headerprop.Raw)
	}
	m.addText(&g, "X-Display-Name", name, headerprop.Words)
	return appendGroup(nil, &g), nil
}

// defaultMode is that of receipts which say nothing of their own, as Exchange
// writes it.
const defaultMode = "automatic-action/MDN-sent-automatically"

// disposition returns what became of the message ([MS-OXCMAIL] 2.1.3.6.2.1): the
// disposition that came, or that other properties say, as long as it says what the
// class says.
func (m *message) disposition() string {
	p, kind := &m.m.Properties, m.notice.kind
	came := clean(mapi.PidTagReportText.Or(p, ""))
	mode, typ, ok := strings.Cut(came, ";")
	if k, known := reportcode.OfDisposition(typ); ok && known && k == kind && isMode(mode) && isASCII(came) {
		return came
	}
	if mode = strings.TrimSpace(mapi.PidTagReportDispositionMode.Or(p, "")); !isMode(mode) {
		mode = defaultMode
	}
	typ = strings.ToLower(strings.TrimSpace(mapi.PidTagReportDisposition.Or(p, "")))
	if k, known := reportcode.OfDisposition(typ); !known || k != kind || !isToken(typ) {
		typ = kind.Word()
	}
	return mode + "; " + typ
}

// isMode reports whether s is the mode of a disposition (RFC 8098 3.2.6).
func isMode(s string) bool {
	action, sending, ok := strings.Cut(strings.TrimSpace(s), "/")
	return ok && isToken(action) && isToken(sending)
}
