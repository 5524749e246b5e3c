package vcard

import (
	"bytes"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/htmltext"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/rtf"
)

// body returns the text of the contact, made of its RTF or HTML where it has no other.
// Outlook writes RTF alone.
func (e *exporter) body() string {
	p := e.p
	if s, ok := mapi.PidTagBody.Get(p); ok {
		return s
	}
	if raw := mapi.PidTagHtml.Or(p, nil); len(raw) > 0 {
		declared := charset.ByCodePage(int(mapi.PidTagInternetCodepage.Or(p, 0)))
		s, _, _ := charset.DecodeDeclared(declared, raw)
		return htmltext.Convert(charset.TrimBOM(s))
	}
	compressed := mapi.PidTagRtfCompressed.Or(p, nil)
	if len(compressed) == 0 {
		return ""
	}
	doc, err := rtf.DecodeCompressed(e.ctx, bytes.NewReader(compressed), &rtf.DecodeOptions{
		CodePage: int(mapi.PidTagMessageCodepage.Or(p, 0)),
	})
	switch {
	case err != nil:
		e.rec.Add(diag.RTFNotConverted, "", "", err.Error())
		return ""
	case doc.Kind == rtf.HTML:
		return htmltext.Convert(doc.HTML)
	}
	return doc.Text
}
