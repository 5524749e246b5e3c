package mime2mapi

import (
	"bytes"
	"io"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/htmlscan"
	"github.com/contentconv/contentconv/internal/htmltext"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/internal/textconv"
	"github.com/contentconv/contentconv/internal/transfer"
	"github.com/contentconv/contentconv/mapi"
)

// The values of PidTagNativeBody ([MS-OXBBODY] 2.1.3.1).
const (
	nativePlain = 1
	nativeHTML  = 3
)

// codePageUTF8 is the code page of UTF-8.
const codePageUTF8 = 65001

// convertBody chooses the body and stores it ([MS-OXCMAIL] 2.2.3.3).
func (m *message) convertBody() error {
	m.chooseBody()
	if done, err := m.bodyFromTNEF(); done || err != nil {
		return err
	}
	m.calendarConsumed()
	if m.body.aggregate != nil {
		return m.convertAggregate()
	}
	t := m.body.texts
	if t.none() {
		return nil
	}
	if t.plain != nil {
		if err := m.storePlain(t.plain); err != nil {
			return err
		}
	}
	if err := m.storeRich(t); err != nil {
		return err
	}
	if p := m.properties(); m.calendar != nil && !mapi.PidTagBody.Has(p) && !mapi.PidTagHtml.Has(p) {
		m.calendarBody()
	}
	m.synthesize()
	m.convertBodyFields(t.best())
	return nil
}

// storePlain sets PidTagBody: the text in UTF-16 terms, with CRLF and without
// NUL, and the code page that it came in.
func (m *message) storePlain(e *mimescan.Entity) error {
	s, used, err := m.partText(e)
	if err != nil {
		return err
	}
	s, removed := textconv.RemoveNUL(s)
	if removed {
		m.rec.Add(diag.TextNULRemoved, e.Section(), "", "")
	}
	m.use(e, ToBody)
	if s == "" {
		return nil // no text is no body
	}
	p := m.properties()
	mapi.PidTagBody.Set(p, s)
	mapi.PidTagInternetCodepage.Set(p, codePage(used))
	mapi.PidTagNativeBody.Set(p, nativePlain)
	return nil
}

// partText returns the text of a part with CRLF, and the charset it was in.
func (m *message) partText(e *mimescan.Entity) (s string, used *charset.Charset, err error) {
	flowed := m.o.Unflow && strings.EqualFold(e.ContentType.Get("format"), "flowed")
	if e.Size() > largeText && !flowed && !m.mayHaveFiles(e) {
		if s, used, err = m.largeText(e, m.earlyContent(e)); used != nil || err != nil {
			return s, used, err
		}
	}
	b, err := m.readText(e)
	if err != nil {
		return "", nil, err
	}
	if b, err = m.extractFiles(e, b); err != nil {
		return "", nil, err
	}
	if len(b) > largeText && !flowed {
		if s, used, err = m.largeText(e, mapi.Bytes(b)); used != nil || err != nil {
			return s, used, err
		}
	}
	s, used = m.decodeText(e, b, m.declared(e, nil))
	if flowed {
		s = textconv.Unflow(s, strings.EqualFold(e.ContentType.Get("delsp"), "yes"))
	}
	return textconv.CRLF(s), used, nil
}

// storeRich sets PidTagHtml from the HTML, or else from the enriched text.
func (m *message) storeRich(t texts) error {
	switch {
	case t.html != nil:
		return m.storeHTML(t.html)
	case t.enriched != nil:
		return m.storeEnriched(t.enriched)
	}
	return nil
}

// storeHTML keeps the bytes as they are, and names their charset. Only HTML
// whose charset has no code page, or is not one that HTML may be sent in, is
// turned into UTF-8.
func (m *message) storeHTML(e *mimescan.Entity) error {
	b, err := m.readText(e)
	if err != nil {
		return err
	}
	m.use(e, ToBody)
	if len(bytes.TrimSpace(b)) == 0 {
		return nil // it would hide the plain text
	}
	used := m.htmlCharset(e, b)
	if used.CodePage() == 0 || !used.ASCIICompatible() && !strings.HasPrefix(used.Name(), "iso-2022-") {
		s, _ := used.Decode(b)
		b, used = htmlscan.SetCharset([]byte(charset.TrimBOM(s)), "utf-8"), charset.UTF8()
	}
	m.setHTML(b, used)
	return nil
}

func (m *message) storeEnriched(e *mimescan.Entity) error {
	b, err := m.readText(e)
	if err != nil {
		return err
	}
	m.use(e, ToBody)
	if len(bytes.TrimSpace(b)) == 0 {
		return nil
	}
	s, _ := m.decodeText(e, b, m.declared(e, nil))
	convert := textconv.EnrichedToHTML
	if e.ContentType.Subtype == "richtext" {
		convert = textconv.RichtextToHTML
	}
	m.setHTML([]byte(convert(s)), charset.UTF8())
	return nil
}

func (m *message) setHTML(b []byte, used *charset.Charset) {
	p := m.properties()
	m.body.stored = b
	mapi.PidTagHtml.Set(p, b)
	mapi.PidTagInternetCodepage.Set(p, codePage(used))
	mapi.PidTagNativeBody.Set(p, nativeHTML)
	mapi.PidTagRtfInSync.Set(p, false)
}

// synthesize makes the body that the message lacks, where an option asks for it.
func (m *message) synthesize() {
	p := m.properties()
	text, plain := mapi.PidTagBody.Get(p)
	switch {
	case m.o.PlainFromHTML && !plain && m.body.stored != nil:
		c := charset.ByCodePage(int(mapi.PidTagInternetCodepage.Or(p, codePageUTF8)))
		s, _ := c.Decode(m.body.stored)
		mapi.PidTagBody.Set(p, htmltext.Convert(s))
	case m.o.HTMLFromPlain && plain && m.body.stored == nil:
		m.setHTML([]byte(textconv.ToHTML(text)), charset.UTF8())
		mapi.PidTagNativeBody.Set(p, nativePlain)
	}
}

// convertBodyFields sets the properties of the body entity's own header block.
func (m *message) convertBodyFields(e *mimescan.Entity) {
	for _, row := range headerprop.All(headerprop.OnBody) {
		f, ok := e.Header.Get(row.Header)
		if !ok {
			continue
		}
		s := m.limitedItems(m.text(&f, row.Reading, e.Path), m.limits.TextHeader(), e.Path, f.Name)
		if v, ok := row.Codec.Parse(s); ok {
			m.properties().Set(row.Key, v)
		}
	}
}

// readText returns the decoded bytes of a text part, at most MaxBodyText of
// them. Of a larger one the whole becomes an attachment as well.
func (m *message) readText(e *mimescan.Entity) ([]byte, error) {
	max := m.o.maxBodyText()
	if e.Size() <= 1<<20 && e.Size() <= max {
		raw, err := readRange(m.job.src, e.Body, e.End, e.Size())
		if err != nil || !e.Encoding.Encoded() {
			return raw, err
		}
		return transfer.DecodeInPlace(e.Encoding, raw, m.earlyContent(e).report), nil
	}
	r, err := m.earlyContent(e).Open(m.ctx)
	if err != nil {
		return nil, err
	}
	b := make([]byte, min(e.Size(), max)+lookahead) // no encoding makes a text longer
	n, err := io.ReadFull(r, b)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, err
	}
	if b = b[:n]; int64(n) > max {
		if c := m.declared(e, b); c != nil {
			b = c.Cut(b, int(max))
		}
		b = b[:min(len(b), int(max))]
		m.cutShort(e, len(b))
	}
	return b, nil
}

// cutShort notes that the body has only the first n bytes of a part.
func (m *message) cutShort(e *mimescan.Entity, n int) {
	m.rec.Addf(diag.BodyTooLarge, e.Section(), "", "the body has the first %d bytes", n)
	m.body.whole = append(m.body.whole, e)
}

// use notes that a leaf is part of the body.
func (m *message) use(e *mimescan.Entity, to Disposition) {
	m.body.used.add(e)
	m.part(e, to, -1, "")
}

// part notes where a leaf went.
func (m *message) part(e *mimescan.Entity, to Disposition, attachment int, reason DropReason) {
	m.res.Parts = append(m.res.Parts, Part{
		Number: e.Section(), Type: e.ContentType.Full, To: to, Attachment: attachment, Reason: reason,
	})
}

func codePage(c *charset.Charset) int32 {
	if cp := c.CodePage(); cp != 0 {
		return int32(cp)
	}
	return codePageUTF8
}
