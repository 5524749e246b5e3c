package mapi2mime

import (
	"bytes"
	"encoding/binary"

	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/mimeparam"
	"github.com/contentconv/contentconv/internal/textconv"
	"github.com/contentconv/contentconv/internal/transfer"
)

// planBody makes the parts of the bodies. A message without one has an empty
// text, because some readers show nothing of a message without a body.
func (m *message) planBody() error {
	b := &m.body
	var err error
	if b.hasText || !b.hasHTML {
		c := b.textCharset
		if c == nil {
			c = charset.ASCII()
		}
		if b.plain, err = m.textPart("text/plain", b.encoded, c, b.lent); err != nil {
			return err
		}
	}
	best := b.plain
	if b.hasHTML {
		if b.rich, err = m.textPart("text/html", b.html, b.htmlCharset, false); err != nil {
			return err
		}
		best = b.rich
	}
	for _, row := range headerprop.All(headerprop.OnBody) {
		if err := m.addRow(best, &m.m.Properties, row); err != nil {
			return err
		}
	}
	return nil
}

// textPart makes a part of a text, whose memory may be lent.
func (m *message) textPart(mediaType string, b []byte, c *charset.Charset, lent bool) (*part, error) {
	p, err := m.newPart(mediaType, m.place)
	if err != nil {
		return nil, err
	}
	p.source, p.lent = FromBody, lent
	if value := mediaType + "; charset=" + c.Name(); len("Content-Type: ")+len(value) < foldAt && isToken(c.Name()) {
		p.add("Content-Type", value) // as it comes out in the long way
	} else {
		p.add("Content-Type", joinParams("Content-Type", mediaType, mimeparam.FormatParam("charset", c.Name())))
	}
	m.setText(p, b)
	return p, nil
}

// setText gives a part its text in the transfer encoding that suits it (RFC 2045
// 6): none where every line passes any mail system as it is, else the shorter one
// of quoted-printable and base64. Every line end becomes CRLF.
func (m *message) setText(p *part, b []byte) {
	s := judgeText(b)
	if s.bareEnds {
		b, p.lent = canonical(b), false
		s = judgeText(b)
	}
	plain := s.sendable && s.passes && !bytes.Contains(b, []byte(m.token))
	encoding := transfer.QuotedPrintable
	if int64(len(b)+2*s.escapes) > transfer.Base64Size(int64(len(b))) {
		encoding = transfer.Base64
	}
	switch {
	case m.o.TextEncoding == Base64:
		encoding = transfer.Base64
	case m.o.TextEncoding == QuotedPrintable:
		encoding = transfer.QuotedPrintable
	case plain && !s.eightBit:
		encoding = transfer.SevenBit
	case plain && m.o.EightBit:
		encoding, p.eightBit = transfer.EightBit, true
	}
	switch encoding {
	case transfer.QuotedPrintable:
		b = transfer.AppendQP(make([]byte, 0, qpSize(len(b)+2*s.escapes)), b, transfer.QPText)
	case transfer.Base64:
		b = transfer.AppendBase64(nil, b)
	}
	p.body = b
	p.lent = p.lent && (encoding == transfer.SevenBit || encoding == transfer.EightBit)
	p.add("Content-Transfer-Encoding", encoding.String())
}

// qpSize is about the length of quoted-printable of which n characters are known: each
// line of them can have a soft line break.
func qpSize(n int) int { return n + n/73*len("=\r\n") + 64 }

// A textStat is what the choice of a transfer encoding depends on.
type textStat struct {
	sendable bool // lines may be sent as they are, if their bytes may
	passes   bool // nothing on the way changes them
	eightBit bool // there are bytes beyond ASCII
	bareEnds bool // there is a CR or an LF alone, so that the rest means nothing
	escapes  int  // bytes that quoted-printable has to escape
}

// judgeText looks at canonical text: line ends are CRLF.
func judgeText(b []byte) textStat {
	s := textStat{sendable: true, passes: true}
	for len(b) > 0 {
		n := bytes.IndexByte(b, '\n')
		line := b
		if n < 0 {
			b = nil
		} else {
			s.bareEnds = s.bareEnds || n == 0 || b[n-1] != '\r'
			line, b = b[:max(n-1, 0)], b[n+1:]
		}
		s.line(line)
	}
	return s
}

// line judges a line without its line end. One that an mbox file or a careless
// SMTP server would change, or whose blanks at its end a gateway would strip, does
// not pass.
func (s *textStat) line(line []byte) {
	all := byteClass(0)
	rest := line
	for len(rest) > 0 {
		if len(rest) >= 8 && ordinary(binary.LittleEndian.Uint64(rest)) {
			rest = rest[8:]
			continue
		}
		k := min(len(rest), 8)
		for _, c := range rest[:k] {
			class := byteClasses[c]
			s.escapes += int(class & escaped)
			all |= class
		}
		rest = rest[k:]
	}
	n := len(line)
	s.eightBit = s.eightBit || all&eightBit != 0
	s.sendable = s.sendable && all&unsendable == 0 && n <= maxLine
	s.bareEnds = s.bareEnds || all&lineEnd != 0
	if n > 0 && (line[0] == '.' || line[n-1] == ' ' || line[n-1] == '\t') ||
		n >= len(mboxMark) && string(line[:len(mboxMark)]) == mboxMark {
		s.passes = false
	}
}

// byteClass says what a byte means for the transfer encoding.
type byteClass uint8

const (
	escaped    byteClass = 1 << iota // quoted-printable escapes it
	eightBit                         // it is beyond ASCII
	unsendable                       // it may stand in no line (RFC 5321 4.5.2)
	lineEnd                          // it is CR or LF
)

var byteClasses = func() (list [256]byteClass) {
	for c := range list {
		switch {
		case c >= 0x80:
			list[c] = escaped | eightBit
		case c == '\r', c == '\n':
			list[c] = escaped | unsendable | lineEnd
		case c == 0:
			list[c] = escaped | unsendable
		case c < ' ' && c != '\t', c == '=':
			list[c] = escaped
		}
	}
	return list
}()

// mboxMark begins a message in an mbox file (RFC 4155).
const mboxMark = "From "

// canonical returns text with every line end as CRLF.
func canonical(b []byte) []byte {
	for i := 0; ; {
		n := bytes.IndexByte(b[i:], '\n')
		if n < 0 {
			break
		}
		if i += n; i == 0 || b[i-1] != '\r' {
			return []byte(textconv.CRLF(string(b)))
		}
		i++
	}
	if bytes.Count(b, []byte{'\r'}) != bytes.Count(b, []byte{'\n'}) {
		return []byte(textconv.CRLF(string(b)))
	}
	return b
}
