// Package dsn writes the delivery status notification (RFC 3464) that tells a
// sender that a message could not be converted.
//
// [New] decides whether one is due and what it says; [Notification.Write]
// writes it. The notification is a multipart/report (RFC 6522) of three parts:
// a text for people, a message/delivery-status for programs, and the header of
// the message or, where it was asked for, the message. With internationalized
// addresses the parts are those of RFC 6533.
//
// A notification is sent with the null return path, to the return path of the
// message, and never to an address that only stands in the message's header.
package dsn

import (
	"context"
	"errors"
	"io"

	"github.com/contentconv/contentconv/diag"
)

// A Notification is ready to be sent.
type Notification struct {
	// From is the return path to send it with: always "", the null path, so that
	// no notification can cause another (RFC 5321, section 4.5.5).
	From string
	// To is the address to send it to: the return path of the message.
	To string
	// MessageID is that of the notification, with its angle brackets.
	MessageID string
	// SMTPUTF8 says that it has internationalized addresses, and so must be sent
	// with the extension of that name (RFC 6531).
	SMTPUTF8 bool
	// EightBit says that it has bytes beyond ASCII, and so must be sent with the
	// extension 8BITMIME (RFC 6152).
	EightBit bool
	// Returned is what the third part holds.
	Returned Returned
	// Recipients are those that it tells of.
	Recipients []Recipient

	header   []headerField
	boundary string
	text     string
	status   string
	headers  headerBlock
	original *original
}

// Returned says what of the message a notification holds.
type Returned uint8

const (
	// ReturnedNothing: there is no third part.
	ReturnedNothing Returned = iota
	// ReturnedHeaders: the header of the message.
	ReturnedHeaders
	// ReturnedMessage: the message.
	ReturnedMessage
)

// New returns the notification for the failure err of the message that came in
// that envelope. Nil options are the defaults.
//
// The error is a [SuppressedError] when no notification must be sent, an
// [EnvelopeError] or [OptionError] when an address or a name is not one, and
// otherwise an error of the context or of the original's content.
func New(ctx context.Context, err *diag.Error, env Envelope, o *Options) (*Notification, error) {
	if err == nil {
		return nil, errors.New("dsn: there is no failure to tell of")
	}
	c, cerr := newConfig(o)
	if cerr != nil {
		return nil, cerr
	}
	e, cerr := env.check()
	if cerr != nil {
		return nil, cerr
	}
	h := readHeader(err.RootHeader)
	if cerr := suppressed(e, h, c.AnswerAutomatic); cerr != nil {
		return nil, cerr
	}
	e.global = !c.SevenBit && (e.SMTPUTF8 || e.international())
	if c.SevenBit && !isASCII(e.ReturnPath) {
		return nil, &OptionError{"SevenBit", "", "the return path is not ASCII"}
	}
	n := &Notification{
		To:         e.ReturnPath,
		SMTPUTF8:   e.global,
		Recipients: e.Recipients,
	}
	g := newGenerator(c.Key, err, e, c.Now)
	n.MessageID = "<" + g.id("message-id", 0) + "@" + c.ReportingMTA + ">"
	if cerr := n.chooseOriginal(ctx, c, e, h, g); cerr != nil {
		return nil, cerr
	}
	f := newFailure(err)
	if n.status, cerr = statusPart(c, e, f); cerr != nil {
		return nil, cerr
	}
	n.text = textPart(c, e, h, f, n.Returned)
	n.chooseBoundary(g)
	n.header = n.topHeader(c, h)
	n.EightBit = e.global || n.original != nil && n.original.eightBit
	return n, nil
}

// Write writes the notification, with CRLF line ends and without dot-stuffing.
// It can be called again. Where the original message is part of it, the
// original's content is read once more, and must be what it was.
func (n *Notification) Write(ctx context.Context, w io.Writer) error {
	mw, err := createMultipart(w, n.header)
	if err != nil {
		return err
	}
	for _, p := range n.parts(ctx) {
		if err := writePart(mw, p); err != nil {
			return err
		}
	}
	return mw.Close()
}
