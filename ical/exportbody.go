package ical

import (
	"bytes"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/htmlscan"
	"github.com/contentconv/contentconv/internal/htmltext"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/rtf"
)

// A bodyText is the body of an event: a text, and HTML if it was written as such.
type bodyText struct{ text, html string }

// bodyOf returns the body of an item. That of the message that is a mail itself is
// beside the calendar as HTML.
func (e *exporter) bodyOf(it *item) bodyText {
	if e.o.InMail != nil && it.m == e.m {
		return bodyText{text: e.o.InMail.Text}
	}
	for _, m := range []*mapi.Message{it.m, it.series} {
		if m == nil {
			continue
		}
		if e.o.InMail != nil && m == e.m {
			return bodyText{text: e.o.InMail.Text}
		}
		if b := e.bodyIn(&m.Properties); b != (bodyText{}) {
			return b
		}
	}
	return bodyText{}
}

// bodyIn returns the body among properties: HTML goes before RTF, and the text is
// made of them where there is none.
func (e *exporter) bodyIn(p *mapi.Properties) bodyText {
	text, hasText := mapi.PidTagBody.Get(p)
	b := bodyText{text: text, html: htmlOf(p)}
	compressed, _ := mapi.PidTagRtfCompressed.Get(p)
	if b.html == "" && len(compressed) > 0 {
		doc, err := rtf.DecodeCompressed(e.ctx, bytes.NewReader(compressed), &rtf.DecodeOptions{
			CodePage: int(mapi.PidTagMessageCodepage.Or(p, 0)),
		})
		switch {
		case err != nil:
			e.rec.Add(diag.RTFNotConverted, "", "", err.Error())
		case doc.Kind == rtf.HTML:
			b.html = doc.HTML
		case !hasText:
			b.text, hasText = doc.Text, true
		}
	}
	if !hasText && b.html != "" {
		b.text = htmltext.Convert(b.html)
	}
	return b
}

// htmlOf returns PidTagHtml, or its twin of type string.
func htmlOf(p *mapi.Properties) string {
	v, _ := p.Get(mapi.PidTagHtml.Key())
	if s, ok := v.Text(); ok {
		return s
	}
	raw, _ := v.Bytes()
	if raw = bytes.TrimRight(raw, "\x00"); len(raw) == 0 {
		return ""
	}
	var declared *charset.Charset
	if cp, ok := mapi.PidTagInternetCodepage.Get(p); ok {
		declared = charset.ByCodePage(int(cp))
	}
	if label, ok := htmlscan.CharsetOf(raw); ok && declared == nil {
		declared = charset.Lookup(label)
	}
	s, _, _ := charset.DecodeDeclared(declared, raw)
	return charset.TrimBOM(s)
}
