package mime2mapi

import (
	"strconv"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/address"
	"github.com/contentconv/contentconv/internal/reportfield"
	"github.com/contentconv/contentconv/mapi"
)

// reportedAddress fills in who a group is about: the Final-Recipient, and without
// one the Original-Recipient. A recipient without an address is one all the same,
// because of what happened to it. It reports false for one whose address is over
// its limit and was dropped.
func (m *message) reportedAddress(row int, box *mapi.InternetAddress, g *reportfield.Group) (bool, error) {
	r := &m.notice
	final, internet := m.addressOf(g, reportfield.FinalRecipient)
	original, _ := m.addressOf(g, reportfield.OriginalRecipient)
	switch {
	case final == "":
		m.rec.Addf(diag.ReportFieldInvalid, r.part.Section(), reportfield.FinalRecipient.String(), "recipient %d has none", row+1)
		final = original
	case !internet || original != "" && !strings.EqualFold(original, final):
		r.partial = true
	}
	box.Name = m.fieldText(g, reportfield.DisplayName)
	return m.limitReported(box, final)
}

// limitReported applies MaxRecipientPropertyLength as it is applied to the
// recipients of a header block.
func (m *message) limitReported(box *mapi.InternetAddress, addr string) (ok bool, err error) {
	limit, part := m.limits.RecipientProperty(), m.notice.part.Section()
	if m.o.ShortenText {
		if over := limit.Check(limitsLength(addr, limit)); over != nil {
			m.rec.Add(diag.ItemsDropped, part, reportfield.FinalRecipient.String(), over.Error())
			m.notice.partial = true
			return false, nil
		}
	}
	if box.Name, err = m.limited(box.Name, limit, part, reportfield.DisplayName.String()); err != nil {
		return false, err
	}
	box.Address, err = m.limited(addr, limit, part, reportfield.FinalRecipient.String())
	return err == nil, err
}

// addressOf returns the address that a field names, and whether it is an Internet
// address (RFC 3464 2.3.2, RFC 6533 3).
//
// QUIRK: the type in front of the address is missing in reports of some servers,
// and the address stands in angle brackets or has a comment.
func (m *message) addressOf(g *reportfield.Group, n reportfield.Name) (addr string, internet bool) {
	if !g.Has(n) {
		return "", true
	}
	f := g.Field(n)
	value := f.Unfolded()
	kind, addr, typed := strings.Cut(value, ";")
	if !typed || strings.ContainsAny(kind, "@<\"") {
		kind, addr = "", value
	}
	switch strings.ToLower(strings.TrimSpace(kind)) {
	case "", "rfc822", "smtp", "utf-8":
		internet = true
	}
	r := address.ParseMax(unescapeUTF8(addr), m.fallback, 1)
	if internet && len(r.Mailboxes) > 0 {
		m.report(r.Defects, m.notice.part.Section(), n.String())
		return r.Mailboxes[0].Addr, true
	}
	text, defects := plainText(strings.TrimSpace(addr), m.fallback)
	m.report(defects, m.notice.part.Section(), n.String())
	return text, internet
}

// unescapeUTF8 reads the form of addresses of type utf-8 that is ASCII alone: \x{E9}
// stands for a character (RFC 6533 3). No other address has such a sequence.
func unescapeUTF8(s string) string {
	if !strings.Contains(s, `\x{`) {
		return s
	}
	var b strings.Builder
	for {
		i := strings.Index(s, `\x{`)
		if i < 0 {
			return b.String() + s
		}
		b.WriteString(s[:i])
		s = s[i:]
		digits, _, closed := strings.Cut(s[3:min(len(s), 3+maxEscape)], "}")
		n, err := strconv.ParseUint(digits, 16, 21)
		if !closed || err != nil {
			b.WriteString(s[:3])
			s = s[3:]
			continue
		}
		b.WriteRune(rune(n))
		s = s[3+len(digits)+1:]
	}
}

// maxEscape is the length of the digits of an escaped character, and its bracket.
const maxEscape = 7
