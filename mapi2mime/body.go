package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/htmltext"
	"github.com/contentconv/contentconv/internal/textconv"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/rtf"
)

// A native is the form that a body was written in.
type native uint8

const (
	nativeNone native = iota
	nativePlain
	nativeRTF
	nativeHTML
)

// body is what was chosen as the message's body.
type body struct {
	native native // plain or HTML: what it is sent as

	text        string
	encoded     []byte // the text in textCharset
	lent        bool   // encoded is the memory of text, see [view]
	textCharset *charset.Charset
	hasText     bool

	html        []byte // in htmlCharset
	htmlCharset *charset.Charset
	hasHTML     bool

	rtf      []byte        // compressed, to be kept as a file
	pictures []rtf.Picture // that stand in RTF

	plain, rich, calendar *part // what is written
}

// sources are the bodies that a message object has.
type sources struct {
	text    string
	hasText bool
	hasHTML bool
	rtf     []byte
}

// bestBody returns which of the bodies is the best ([MS-OXBBODY] 2.1.3.1).
// PidTagNativeBody decides if it names one that is there; else the table does.
//
// The table of that specification has plain text for plain text and HTML without
// RTF; as most readers this library takes HTML, because such messages are written
// by programs that know no PidTagNativeBody, and their HTML is the original.
func bestBody(p *mapi.Properties, s sources) native {
	hasRTF := len(s.rtf) > 0
	switch mapi.PidTagNativeBody.Or(p, 0) {
	case 1:
		if s.hasText {
			return nativePlain
		}
	case 2:
		if hasRTF {
			return nativeRTF
		}
	case 3:
		if s.hasHTML {
			return nativeHTML
		}
	}
	inSync, known := mapi.PidTagRtfInSync.Get(p)
	switch {
	case hasRTF && s.hasHTML:
		if inSync {
			return nativeRTF
		}
		return nativeHTML
	case s.hasHTML:
		return nativeHTML
	case hasRTF && s.hasText:
		if inSync || !known {
			return nativeRTF
		}
		return nativePlain
	case hasRTF:
		return nativeRTF
	case s.hasText:
		return nativePlain
	}
	return nativeNone
}

// chooseBody chooses the body and sets the charset of the message's header
// fields: that of the best body, as whoever reads the message finds out.
func (m *message) chooseBody() error {
	p := &m.m.Properties
	s := m.sources()
	best := bestBody(p, s)
	if m.isProtected() {
		best = nativePlain
		if s.hasHTML {
			best = nativeHTML
		}
	}
	if best == nativeRTF {
		var err error
		if best, err = m.convertRTF(&s); err != nil {
			return err
		}
	}
	m.body.text, m.body.hasText = s.text, s.hasText
	if best == nativeNone && m.notice != nil {
		m.body.text, m.body.hasText = m.noticeText(), true
		best = nativePlain
	}
	m.body.native = best
	if best != nativeHTML {
		m.body.hasHTML = false
	}
	m.formatBody()
	m.charset = m.encodeTexts()
	return nil
}

// sources reads the body properties.
func (m *message) sources() sources {
	p := &m.m.Properties
	var s sources
	s.text, s.hasText = mapi.PidTagBody.Get(p)
	if s.hasText {
		var removed bool
		if s.text, removed = textconv.RemoveNUL(s.text); removed {
			m.report(diag.TextNULRemoved, "", "")
		}
		s.text = textconv.CRLF(validUTF8(s.text))
	}
	s.rtf, _ = mapi.PidTagRtfCompressed.Get(p)
	s.hasHTML = m.readHTML()
	return s
}

// isProtected reports whether the message is protected by rights management. Its
// bodies are not the sender's: each of them tells readers that cannot open the
// message what it is, so there is none to choose ([MS-OXBBODY] 1.5). Messages of
// opaque S/MIME, which that section names as well, have no body at all.
func (m *message) isProtected() bool {
	return m.hasClass(classNote) && strings.EqualFold(mapi.PidNameContentClass.Or(&m.m.Properties, ""), "rpmsg.message")
}

// formatBody makes the texts that the format asks for and the message lacks.
func (m *message) formatBody() {
	b := &m.body
	switch m.format() {
	case Plain:
		m.makeText()
		b.native, b.hasHTML = nativePlain, false
	case HTML:
		m.makeHTML()
		b.native, b.hasText = nativeHTML, false
	case Both:
		m.makeHTML()
		m.makeText()
		b.native = nativeHTML
	default:
		switch {
		case b.native == nativeHTML && m.hasClass(classFax):
			b.hasText = false
		case b.native == nativeHTML:
			m.makeText()
		}
	}
}

// classFax is that of messages which readers know by HTML in front of a picture, so
// that no text may stand beside it ([MS-OXCMAIL] 2.2.3.2.15.1).
const classFax = "IPM.Note.Microsoft.Fax"

// makeText makes a plain text of the HTML when there is none.
func (m *message) makeText() {
	b := &m.body
	if b.hasText || !b.hasHTML {
		return
	}
	s, _ := b.htmlCharset.Decode(b.html)
	b.text, b.hasText = htmltext.Convert(charset.TrimBOM(s)), true
}

// makeHTML makes HTML of the plain text when there is none.
func (m *message) makeHTML() {
	b := &m.body
	if b.hasHTML {
		return
	}
	b.html, b.htmlCharset, b.hasHTML = []byte(textconv.ToHTML(b.text)), charset.UTF8(), true
}

// Bits of PidTagInternetMailOverrideFormat ([MS-OXOMSG] 2.2.1.11).
const (
	overrideFormat1  = 0x00000007
	overrideP2       = 0x00020000
	overrideM4       = 0x00040000
	overrideE18      = 0x00180000
	format1PlainText = 2
)

// format returns the format of the bodies: that of the options, else the one
// that the message asks for. A message that asks for HTML and text asks for what
// is the default.
func (m *message) format() BodyFormat {
	switch {
	case m.encapsulated:
		return Plain
	case m.o.Body != Best:
		return m.o.Body
	}
	v := mapi.PidTagInternetMailOverrideFormat.Or(&m.m.Properties, 0)
	switch {
	case v&overrideFormat1 == format1PlainText:
		return Plain
	case v&overrideFormat1 != 0 || v&overrideP2 == 0:
		return Best
	case v&overrideM4 == 0 || v&overrideE18 == 0:
		return Plain
	}
	return Best
}
