package dsn

import (
	"context"
	"io"
	"os"
	"time"
)

// DefaultMaxOriginal is the default of [Options.MaxOriginal]: 10 MiB.
const DefaultMaxOriginal = 10 << 20

// Options control a notification. Nil and the zero value are the defaults. A
// value can be shared by any number of goroutines.
type Options struct {
	// ReportingMTA is the host name of the system that reports, in ASCII. Empty
	// means the name of this host.
	ReportingMTA string

	// From is the address that the notification comes from. Empty means
	// postmaster at ReportingMTA.
	From string

	// FromName is the display name beside From. Empty means "Mail Delivery
	// System".
	FromName string

	// Include says what of the message comes back to the sender.
	Include Include

	// Original is the message, for a notification that holds it. Nil means that
	// it cannot be had; then its header comes back at most.
	Original Content

	// MaxOriginal bounds, in bytes, a message that comes back whole; of a larger
	// one the header comes back. Zero means [DefaultMaxOriginal].
	MaxOriginal int64

	// AnswerAutomatic judges by the envelope alone, as SMTP does (RFC 5321,
	// section 4.5.5): mail that was sent automatically, to a list or in bulk is
	// notified as well, so that the owner of a list, whose address its return
	// path is, learns of it. Otherwise such mail gets no notification.
	AnswerAutomatic bool

	// SevenBit writes the forms that need no extension of SMTP, whatever the
	// recipients' addresses are: message/delivery-status with addresses in
	// utf-8-addr-xtext (RFC 6533, section 3). Use it where the servers of the
	// return path are known not to have SMTPUTF8.
	SevenBit bool

	// Now is the time of the failure; zero means the current time.
	Now time.Time

	// Key fixes what is otherwise random: the Message-ID and the boundary, which
	// are derived from it and from the message by HMAC-SHA-256. Nil means a new
	// random key for each call.
	Key []byte
}

// Include says what of the message comes back to the sender.
type Include uint8

const (
	// IncludeRequested is what RET asks for (RFC 3461, section 4.3): the message
	// or its header, which it is also when there is no RET.
	IncludeRequested Include = iota
	// IncludeHeaders is the header, even when RET asks for the message.
	IncludeHeaders
	// IncludeMessage is the message, unless RET asks for the header.
	IncludeMessage
	// IncludeNothing leaves the third part out.
	IncludeNothing
)

// Content is a message's bytes. A conversion's content is one.
type Content interface {
	Open(ctx context.Context) (io.ReadCloser, error)
	Size(ctx context.Context) (int64, error)
}

// newConfig returns the options with their defaults, all checked.
func newConfig(o *Options) (*Options, error) {
	var c Options
	if o != nil {
		c = *o
	}
	if c.ReportingMTA == "" {
		if c.ReportingMTA, _ = os.Hostname(); !isHost(c.ReportingMTA) {
			c.ReportingMTA = "localhost"
		}
	}
	if !isHost(c.ReportingMTA) {
		return nil, &OptionError{"ReportingMTA", c.ReportingMTA, "is not a host name"}
	}
	if c.From == "" {
		c.From = "postmaster@" + c.ReportingMTA
	}
	if reason := checkMailbox(c.From); reason != "" {
		return nil, &OptionError{"From", c.From, reason}
	}
	if !isASCII(c.From) {
		return nil, &OptionError{"From", c.From, "is not ASCII"}
	}
	if c.FromName == "" {
		c.FromName = "Mail Delivery System"
	}
	if c.MaxOriginal == 0 {
		c.MaxOriginal = DefaultMaxOriginal
	}
	if c.Now.IsZero() {
		c.Now = time.Now()
	}
	return &c, nil
}
