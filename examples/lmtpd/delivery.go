package main

import (
	"context"
	"errors"
	"expvar"
	"io"
	"log"
	"os"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/dsn"
	"github.com/contentconv/contentconv/examples/store"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/trace"
)

// A delivery converts messages and puts them into mailboxes.
type delivery struct {
	store    *store.Store
	options  mime2mapi.Options
	trace    *trace.Dir // nil without tracing
	notifier *notifier  // nil: messages that cannot be converted are refused
	hostname string
	log      *log.Logger
	counts   *expvar.Map // delivered, and failures by reason
}

func (d *delivery) close() {
	if d.trace != nil {
		_ = d.trace.Close()
	}
	if d.store != nil {
		_ = d.store.Close()
	}
}

// deliver takes a message. It returns the server's answer for each user, or the one
// for all.
func (d *delivery) deliver(ctx context.Context, r io.Reader, env dsn.Envelope, users []string) ([]error, error) {
	env.Arrival = time.Now()
	spool, err := d.receive(r)
	if err != nil {
		return nil, temporary(err)
	}
	defer spool.remove()
	res, err := mime2mapi.ConvertAt(ctx, spool, spool.size, &d.options)
	if err != nil {
		return nil, d.failed(ctx, err, env, spool)
	}
	defer res.Close()
	for _, diagnostic := range res.Diagnostics {
		if diagnostic.Severity == diag.Loss {
			d.log.Printf("from <%s>: %v", env.ReturnPath, diagnostic)
		}
	}
	answers := make([]error, len(users))
	for i, user := range users {
		if _, err := d.store.Deliver(ctx, user, res.Message, env.Arrival); err != nil {
			d.log.Printf("to %s: %v", user, err)
			answers[i] = temporary(err)
			continue
		}
		d.counts.Add("delivered", 1)
	}
	return answers, nil
}

// temporary is the answer to a failure that is none of the message.
func temporary(err error) error {
	return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "not delivered: " + diag.Quote(err.Error())}
}

// failed answers for a message that could not be converted: it is refused, or
// accepted where a notification takes the place of the answer. A failure to read or
// write is no fault of the message, and always refused, so that it comes again.
func (d *delivery) failed(ctx context.Context, err error, env dsn.Envelope, s *spool) error {
	var failure *diag.Error
	if !errors.As(err, &failure) {
		return temporary(err) // the server is stopping
	}
	d.counts.Add("failed: "+failure.Reason.String(), 1)
	d.log.Printf("from <%s>: %v (trace %s)", env.ReturnPath, failure, failure.TraceID)
	if d.notifier != nil && failure.Reason != diag.IO {
		err := d.notifier.notify(ctx, failure, env, s)
		if err == nil {
			d.counts.Add("notified", 1)
			return nil
		}
		d.log.Printf("no notification: %v", err)
	}
	code, enhanced, text := failure.SMTPReply()
	return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: text}
}

// A spool is a received message in a file without a name in any folder, where the
// system allows.
type spool struct {
	*os.File
	size int64
}

// receive reads a message, to the bound of its size and no further: what is over it
// is read and dropped.
func (d *delivery) receive(r io.Reader) (*spool, error) {
	f, err := os.CreateTemp("", "lmtpd-*.eml") // mode 0600
	if err != nil {
		return nil, err
	}
	s := &spool{File: f}
	most := r
	if size := d.options.Limits.Size(); size.Max != limits.None {
		most = io.LimitReader(r, size.Max+1)
	}
	if s.size, err = io.Copy(f, most); err == nil {
		_, err = io.Copy(io.Discard, r)
	}
	if err != nil {
		s.remove()
		return nil, err
	}
	return s, nil
}

func (s *spool) remove() {
	_ = s.Close()
	_ = os.Remove(s.Name())
}

// Open and Size make the message the original of a notification.
func (s *spool) Open(context.Context) (io.ReadCloser, error) {
	return io.NopCloser(io.NewSectionReader(s, 0, s.size)), nil
}

func (s *spool) Size(context.Context) (int64, error) { return s.size, nil }
