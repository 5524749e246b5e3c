package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/dsn"
)

// A notifier sends delivery status notifications, and keeps those that nobody
// takes.
type notifier struct {
	smarthost string // "" keeps all
	folder    string
	hostname  string
}

// notify tells the sender of a message that it could not be converted. Where no
// notification must be sent, as for one that is a notification itself, there is
// nothing to do.
func (n *notifier) notify(ctx context.Context, failure *diag.Error, env dsn.Envelope, original dsn.Content) error {
	notification, err := dsn.New(ctx, failure, env, &dsn.Options{ReportingMTA: n.hostname, Original: original})
	if errors.Is(err, dsn.ErrSuppressed) {
		return nil
	}
	if err != nil {
		return err
	}
	var b bytes.Buffer // at most dsn.DefaultMaxOriginal and a little
	if err := notification.Write(ctx, &b); err != nil {
		return err
	}
	if n.smarthost == "" {
		return n.keep(notification, b.Bytes(), nil)
	}
	if err := n.send(notification, b.Bytes()); err != nil {
		return n.keep(notification, b.Bytes(), err)
	}
	return nil
}

func (n *notifier) send(notification *dsn.Notification, text []byte) error {
	c, err := smtp.Dial(n.smarthost)
	if err != nil {
		return err
	}
	defer c.Close()
	c.CommandTimeout, c.SubmissionTimeout = time.Minute, 5*time.Minute
	if err := c.Hello(n.hostname); err != nil {
		return err
	}
	o := &smtp.MailOptions{UTF8: notification.SMTPUTF8}
	if notification.EightBit {
		o.Body = smtp.Body8BitMIME
	}
	if err := c.Mail(notification.From, o); err != nil {
		return err
	}
	if err := c.Rcpt(notification.To, nil); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(text); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return c.Quit()
}

// keep writes a notification to the folder, with its envelope and why it was not
// sent in fields before its header.
func (n *notifier) keep(notification *dsn.Notification, text []byte, why error) error {
	f, err := os.CreateTemp(n.folder, "notification-*.eml") // mode 0600
	if err != nil {
		return errors.Join(err, why)
	}
	reason := "no server to send it to"
	if why != nil {
		reason = diag.Quote(why.Error())
	}
	_, err = fmt.Fprintf(f, "X-Envelope-From: <%s>\r\nX-Envelope-To: <%s>\r\nX-Not-Sent: %s\r\n", notification.From, notification.To, reason)
	if err == nil {
		_, err = f.Write(text)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(filepath.Join(n.folder, filepath.Base(f.Name())))
	}
	return err
}
