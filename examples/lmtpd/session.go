package main

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/emersion/go-smtp"

	"github.com/contentconv/contentconv/dsn"
	"github.com/contentconv/contentconv/examples/store"
)

// A session is one connection; it takes one message after another.
type session struct {
	ctx      context.Context
	delivery *delivery
	from     net.Addr
	envelope dsn.Envelope
	users    []string // of envelope.Recipients
}

func (s *session) Reset() { s.envelope, s.users = dsn.Envelope{}, nil }

func (s *session) Logout() error { return nil }

// Mail begins a message.
func (s *session) Mail(from string, o *smtp.MailOptions) error {
	s.Reset()
	s.envelope.ReturnPath = from
	if o != nil {
		s.envelope.EnvelopeID = o.EnvelopeID
		s.envelope.SMTPUTF8 = o.UTF8
		switch o.Return {
		case smtp.DSNReturnHeaders:
			s.envelope.Return = dsn.ReturnHeaders
		case smtp.DSNReturnFull:
			s.envelope.Return = dsn.ReturnFull
		}
	}
	return nil
}

// notifyBits are the keywords of NOTIFY.
var notifyBits = map[smtp.DSNNotify]dsn.Notify{
	smtp.DSNNotifyNever:   dsn.NotifyNever,
	smtp.DSNNotifyDelayed: dsn.NotifyDelay,
	smtp.DSNNotifyFailure: dsn.NotifyFailure,
	smtp.DSNNotifySuccess: dsn.NotifySuccess,
}

// Rcpt adds a recipient, whose mailbox is the one of the local part.
func (s *session) Rcpt(to string, o *smtp.RcptOptions) error {
	user, _, _ := strings.Cut(to, "@")
	if _, err := s.delivery.store.Messages(user); errors.Is(err, store.ErrUser) {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	} else if err != nil {
		return err
	}
	r := dsn.Recipient{Address: to}
	if o != nil {
		if o.OriginalRecipient != "" {
			r.Original = string(o.OriginalRecipientType) + ";" + o.OriginalRecipient
		}
		for _, n := range o.Notify {
			r.Notify |= notifyBits[n]
		}
	}
	s.envelope.Recipients = append(s.envelope.Recipients, r)
	s.users = append(s.users, user)
	return nil
}

// Data delivers the message to all its recipients (SMTP, which has one answer).
func (s *session) Data(r io.Reader) error {
	answers, err := s.delivery.deliver(s.ctx, r, s.envelope, s.users)
	for _, answer := range answers {
		if answer != nil {
			return answer
		}
	}
	return err
}

// LMTPData delivers the message, with an answer for each recipient.
func (s *session) LMTPData(r io.Reader, status smtp.StatusCollector) error {
	answers, err := s.delivery.deliver(s.ctx, r, s.envelope, s.users)
	for i, answer := range answers {
		status.SetStatus(s.envelope.Recipients[i].Address, answer)
	}
	return err
}
