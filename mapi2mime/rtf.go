package mapi2mime

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/rtf"
)

// convertRTF makes a body of RTF, which is the best one: the HTML or the text that
// it encapsulates ([MS-OXRTFEX]), or HTML and text made of it ([MS-OXCMAIL]
// 2.1.3.3.5). Where it holds neither, the next best body stands in; RTF alone that
// cannot be read is kept as a file, so that nothing is lost.
func (m *message) convertRTF(s *sources) (native, error) {
	places := m.renderedAttachments()
	doc, err := rtf.DecodeCompressed(m.ctx, bytes.NewReader(s.rtf), &rtf.DecodeOptions{
		CodePage:   int(mapi.PidTagMessageCodepage.Or(&m.m.Properties, 0)),
		Place:      func(n int) rtf.Place { return m.rendering(places, n) },
		PictureURL: func(n int) string { return "cid:" + m.pictureID(n) },
	})
	if m.ctx.Err() != nil {
		return nativeNone, context.Cause(m.ctx)
	}
	if err != nil {
		return m.withoutRTF(s, err), nil
	}
	for _, d := range doc.Diagnostics {
		m.rec.Add(d.Code, m.place, d.Header, d.Detail)
	}
	if blankRTF(doc) && (s.hasText || s.hasHTML) {
		return s.withoutRTF(), nil
	}
	return m.useRTF(s, doc), nil
}

// useRTF makes the body of a document.
func (m *message) useRTF(s *sources, doc *rtf.Document) native {
	if doc.Kind == rtf.Text {
		s.text, s.hasText = doc.Text, true
		return nativePlain
	}
	m.setHTML(doc.HTML)
	m.body.pictures = doc.Pictures
	// A text that is not in step with the RTF is one of an earlier state.
	if inSync, known := mapi.PidTagRtfInSync.Get(&m.m.Properties); !s.hasText || known && !inSync {
		s.text, s.hasText = doc.Text, doc.Kind == rtf.Plain
	}
	return nativeHTML
}

// blankRTF reports whether a document shows nothing. Programs that know no RTF
// write an empty one beside their text.
func blankRTF(doc *rtf.Document) bool {
	return strings.TrimSpace(doc.Text) == "" && doc.Kind != rtf.HTML && len(doc.Pictures) == 0 && doc.Places == 0
}

// withoutRTF returns the best body beside RTF that cannot be read.
func (m *message) withoutRTF(s *sources, err error) native {
	best := s.withoutRTF()
	detail := "another body was written"
	if best == nativeNone {
		m.body.rtf = s.rtf
		best = nativePlain
		detail = "it was kept as a file"
	}
	m.report(diag.RTFNotConverted, "", err.Error()+"; "+detail)
	return best
}

func (s *sources) withoutRTF() native {
	switch {
	case s.hasHTML:
		return nativeHTML
	case s.hasText:
		return nativePlain
	}
	return nativeNone
}

// pictureID returns the Content-ID of a picture within RTF.
func (m *message) pictureID(n int) string {
	id := mapi.PidTagInternetMessageId.Or(&m.m.Properties, "")
	return fmt.Sprintf("picture%d.%s@%s", n+1, m.random.Hex("picture", m.place, id, mapi.Subject(&m.m.Properties)), defaultDomain)
}

// planPictures makes parts of the pictures that stand in the RTF itself: those that
// its HTML shows stand with it, others are files.
func (m *message) planPictures() error {
	for i, picture := range m.body.pictures {
		object := &mapi.Attachment{Content: mapi.Bytes(picture.Data)}
		p := &object.Properties
		mapi.PidTagAttachLongFilename.Set(p, picture.Name)
		mapi.PidTagAttachMimeTag.Set(p, picture.Type)
		if picture.URL != "" {
			mapi.PidTagAttachContentId.Set(p, m.pictureID(i))
			mapi.PidTagAttachFlags.Set(p, renderedInBody)
		}
		a := m.attachment(object, m.place)
		f := a.file(object.Content)
		f.source = FromBody
		if err := a.addFile(f); err != nil {
			return err
		}
	}
	return nil
}

// keepRTF keeps a body of RTF that cannot be read as a file, compressed as it is.
func (m *message) keepRTF() error {
	if m.body.rtf == nil {
		return nil
	}
	return m.addBodyFile("body.rtf.lzfu", octetStream, m.body.rtf)
}

// attachRTF adds the RTF as a file, where an option asks for it.
func (m *message) attachRTF() error {
	compressed, _ := mapi.PidTagRtfCompressed.Get(&m.m.Properties)
	if !m.o.AttachRTF || len(compressed) == 0 || m.body.rtf != nil {
		return nil
	}
	b, _, err := rtf.Decompress(compressed)
	if err != nil {
		return m.addBodyFile("body.rtf.lzfu", octetStream, compressed)
	}
	return m.addBodyFile("body.rtf", "text/rtf", b)
}

func (m *message) addBodyFile(name, mediaType string, b []byte) error {
	a := m.attachment(&mapi.Attachment{Content: mapi.Bytes(b)}, m.place)
	return a.addFile(file{content: a.a.Content, mediaType: mediaType, name: name, source: FromBody})
}
