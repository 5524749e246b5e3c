package dsn

import (
	"context"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-message"

	"github.com/contentconv/contentconv/internal/rfc2047"
)

// A headerField is one field of the notification. Its value may be folded.
type headerField struct{ name, value string }

// A part is one part of the notification.
type part struct {
	header []headerField
	write  func(io.Writer) error
}

func newBoundary(g *generator, n uint64) string { return "=_" + g.id("boundary", n) }

// chooseBoundary finds a boundary that occurs in none of the texts.
func (n *Notification) chooseBoundary(g *generator) {
	if n.original != nil {
		return // the boundary is one that the message does not have
	}
	for i := uint64(0); ; i++ {
		n.boundary = newBoundary(g, i)
		if !strings.Contains(n.text+n.status+n.headers.text, n.boundary) {
			return
		}
	}
}

const maxSubject = 150

// topHeader returns the header of the notification.
func (n *Notification) topHeader(c *Options, h *headerBlock) []headerField {
	subject := "Undeliverable message"
	if s := shown(h.first("subject"), maxSubject); s != "" {
		subject = "Undeliverable: " + s
	}
	out := []headerField{
		{"From", rfc2047.EncodePhrase(c.FromName, nil, len("From: ")) + "\r\n <" + c.From + ">"},
		{"To", "<" + n.To + ">"},
		{"Subject", rfc2047.Encode(subject, nil, len("Subject: "))},
		{"Date", c.Now.Format(time.RFC1123Z)},
		{"Message-ID", n.MessageID},
	}
	if id := h.first("message-id"); isMessageID(id) {
		out = append(out, headerField{"In-Reply-To", id}, headerField{"References", id})
	}
	return append(out,
		headerField{"Auto-Submitted", "auto-replied"},
		headerField{"MIME-Version", "1.0"},
		headerField{"Content-Type", "multipart/report; report-type=delivery-status;\r\n boundary=\"" + n.boundary + "\""},
	)
}

// isMessageID reports whether s is a message id that can be repeated in a field.
func isMessageID(s string) bool {
	if len(s) < 3 || len(s) > 900 || s[0] != '<' || s[len(s)-1] != '>' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7F || i > 0 && c == '<' || i < len(s)-1 && c == '>' {
			return false
		}
	}
	return true
}

// parts returns the two or three parts.
func (n *Notification) parts(ctx context.Context) []part {
	text := []headerField{{"Content-Type", "text/plain; charset=utf-8"}, {"Content-Description", "Notification"}}
	if !isPlainText(n.text) {
		text = append(text, headerField{"Content-Transfer-Encoding", "quoted-printable"})
	}
	status := []headerField{{"Content-Type", "message/delivery-status"}, {"Content-Description", "Delivery status"}}
	if n.SMTPUTF8 {
		status[0].value = "message/global-delivery-status"
		status = append(status, headerField{"Content-Transfer-Encoding", "8bit"})
	}
	out := []part{{text, stringWriter(n.text)}, {status, stringWriter(n.status)}}
	switch n.Returned {
	case ReturnedHeaders:
		out = append(out, part{n.headersHeader(), stringWriter(n.headers.text)})
	case ReturnedMessage:
		out = append(out, part{n.messageHeader(), func(w io.Writer) error { return n.original.write(ctx, w) }})
	}
	return out
}

// headersHeader is that of a part that holds the header of the message (RFC
// 6522, section 4; RFC 6533, section 6).
func (n *Notification) headersHeader() []headerField {
	h := []headerField{{"Content-Type", "text/rfc822-headers"}, {"Content-Description", "Undelivered message headers"}}
	switch {
	case n.headers.ascii:
	case n.SMTPUTF8 && utf8.ValidString(n.headers.text):
		h[0].value = "message/global-headers"
		h = append(h, headerField{"Content-Transfer-Encoding", "8bit"})
	default:
		h = append(h, headerField{"Content-Transfer-Encoding", "quoted-printable"})
	}
	return h
}

// messageHeader is that of a part that holds the message.
func (n *Notification) messageHeader() []headerField {
	h := []headerField{{"Content-Type", "message/rfc822"}, {"Content-Description", "Undelivered message"}}
	if n.SMTPUTF8 && n.original.global {
		h[0].value = "message/global"
	}
	if n.original.eightBit {
		h = append(h, headerField{"Content-Transfer-Encoding", "8bit"})
	}
	return h
}

func stringWriter(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// isPlainText reports whether s can stand in a message unencoded.
func isPlainText(s string) bool {
	for line := range strings.SplitSeq(s, "\r\n") {
		if len(line) > maxLine || !isASCII(line) {
			return false
		}
	}
	return true
}

func createMultipart(w io.Writer, fields []headerField) (*message.Writer, error) {
	return message.CreateWriter(w, messageHeader(fields))
}

func writePart(mw *message.Writer, p part) error {
	w, err := mw.CreatePart(messageHeader(p.header))
	if err != nil {
		return err
	}
	if err := p.write(w); err != nil {
		return err
	}
	return w.Close()
}

// messageHeader returns the fields as go-message takes them: the last one first,
// and as lines, so that they are not folded once more.
func messageHeader(fields []headerField) message.Header {
	var h message.Header
	for i := len(fields) - 1; i >= 0; i-- {
		h.AddRaw([]byte(fields[i].name + ": " + fields[i].value + "\r\n"))
	}
	return h
}
