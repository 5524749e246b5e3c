package mime2mapi

import (
	"bytes"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/htmltext"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/rtf"
	"github.com/contentconv/contentconv/tnef"
)

// nativeRTF is the value of PidTagNativeBody for RTF ([MS-OXBBODY] 2.1.3.1).
const nativeRTF = 2

// startFromTNEF gives the message the properties of its TNEF stream. Those that the
// header fields give are set later, and win: who sent the message to whom, and its
// envelope, are told by the fields ([MS-OXCMAIL] 2.2.3.1.3, 2.2.3.1.6).
func (m *message) startFromTNEF() {
	if m.tnef == nil {
		return
	}
	to := m.properties()
	for p := range m.tnef.message.Properties.All() {
		switch p.Key() {
		case mapi.PidTagDisplayTo.Key(), mapi.PidTagDisplayCc.Key(), mapi.PidTagDisplayBcc.Key():
		default:
			to.Set(p.Key(), p.Value)
		}
	}
	m.into.Attachments = append(m.into.Attachments, m.tnef.message.Attachments...)
}

// recipientsFromTNEF adds what the stream knows of the recipients.
func (m *message) recipientsFromTNEF() error {
	if m.tnef != nil {
		tnef.EnrichRecipients(m.into.Recipients, m.tnef.message.Recipients)
	}
	return nil
}

// bodyFromTNEF decides between the bodies of the stream and the text parts beside
// it, which only stand in for them. A stream with RTF alone gets the plain text. It
// reports whether the text parts are no longer needed.
func (m *message) bodyFromTNEF() (done bool, err error) {
	if m.tnef == nil {
		return false, nil
	}
	m.body.used.add(m.tnef.part)
	m.part(m.tnef.part, ToProperty, -1, "")
	if m.tnef.damaged {
		m.body.whole = append(m.body.whole, m.tnef.part)
	}
	p := m.properties()
	hasRTF := mapi.PidTagRtfCompressed.Has(p)
	if !hasRTF && !mapi.PidTagBody.Has(p) && !mapi.PidTagHtml.Has(p) {
		return false, nil
	}
	t := m.body.texts
	if hasRTF && !mapi.PidTagBody.Has(p) && t.plain != nil {
		codepage, hasCodepage := mapi.PidTagInternetCodepage.Get(p)
		native := mapi.PidTagNativeBody.Or(p, nativeRTF)
		if err := m.storePlain(t.plain); err != nil {
			return true, err
		}
		if hasCodepage {
			mapi.PidTagInternetCodepage.Set(p, codepage)
		}
		mapi.PidTagNativeBody.Set(p, native)
		t.plain = nil
	}
	for _, e := range []*mimescan.Entity{t.plain, t.html, t.enriched} {
		if e != nil {
			m.body.used.add(e)
			m.part(e, Dropped, -1, SupersededPart)
		}
	}
	m.body.texts, m.body.aggregate = texts{}, nil
	m.completeBodies(hasRTF)
	return true, nil
}

// completeBodies makes the bodies of a stream agree: the best of them is named, and
// there is a plain text for readers that know no other.
func (m *message) completeBodies(hasRTF bool) {
	p := m.properties()
	hasHTML := mapi.PidTagHtml.Has(p)
	switch native := mapi.PidTagNativeBody.Or(p, 0); {
	case native == nativeHTML && hasHTML, native == nativeRTF && hasRTF, native == nativePlain && mapi.PidTagBody.Has(p):
	case hasRTF && !hasHTML:
		mapi.PidTagNativeBody.Set(p, nativeRTF)
	case hasHTML:
		mapi.PidTagNativeBody.Set(p, nativeHTML)
	default:
		mapi.PidTagNativeBody.Set(p, nativePlain)
	}
	if hasRTF && !mapi.PidTagRtfInSync.Has(p) {
		mapi.PidTagRtfInSync.Set(p, mapi.PidTagNativeBody.Or(p, 0) == nativeRTF)
	}
	if hasRTF && !mapi.PidTagBody.Has(p) {
		compressed, _ := mapi.PidTagRtfCompressed.Get(p)
		if text := m.textOfRTF(compressed); text != "" {
			mapi.PidTagBody.Set(p, text)
		}
	}
}

// textOfRTF returns the text of compressed RTF, or "" where it cannot be read: the
// RTF itself is kept as it is.
func (m *message) textOfRTF(compressed []byte) string {
	b, said, err := rtf.Decompress(compressed)
	if err == nil {
		var doc *rtf.Document
		if doc, err = rtf.Decode(m.ctx, bytes.NewReader(b), &rtf.DecodeOptions{MaxOutput: m.o.maxBodyText()}); err == nil {
			for _, d := range append(said, doc.Diagnostics...) {
				m.rec.Add(d.Code, m.tnef.part.Section(), "", d.Detail)
			}
			if doc.Kind == rtf.HTML {
				return htmltext.Convert(doc.HTML)
			}
			return doc.Text
		}
	}
	m.rec.Add(diag.RTFNotConverted, m.tnef.part.Section(), "", err.Error())
	return ""
}

// keepFromTNEF takes back from the stream what says the same as the header fields
// and says more: times beyond the second, and, from a trusted source, the addresses
// that a person has within the organisation. From any other source they could make a
// client show someone else than the fields name.
func (m *message) keepFromTNEF() error {
	if m.tnef == nil {
		return nil
	}
	from, to := &m.tnef.message.Properties, m.properties()
	for _, tag := range []mapi.Tag[mapi.Time]{mapi.PidTagClientSubmitTime, mapi.PidTagMessageDeliveryTime} {
		fine, ok := tag.Get(from)
		if coarse, set := tag.Get(to); ok && set && fine/ticksPerSecond == coarse/ticksPerSecond {
			tag.Set(to, fine)
		}
	}
	if !m.o.Trusted {
		return nil
	}
	if t, ok := mapi.PidTagMessageDeliveryTime.Get(from); ok {
		mapi.PidTagMessageDeliveryTime.Set(to, t) // the Received field is that of the last server
	}
	for _, group := range []*mapi.AddressGroup{&mapi.SentRepresentingGroup, &mapi.SenderGroup} {
		inner := group.Get(from)
		if inner == (mapi.Address{}) || inner.SMTP != "" && !strings.EqualFold(inner.SMTP, group.Get(to).SMTP) {
			continue
		}
		for _, key := range []mapi.Key{
			group.Name.Key(), group.AddressType.Key(), group.EmailAddress.Key(), group.SmtpAddress.Key(), group.EntryID.Key(), group.SearchKey.Key(),
		} {
			if v, ok := from.Get(key); ok {
				to.Set(key, v)
			}
		}
	}
	return nil
}

// ticksPerSecond is the number of units of a [mapi.Time] in a second.
const ticksPerSecond = 10_000_000
