// Lmtpd receives mail by LMTP or SMTP and delivers it, converted to MAPI message
// objects, into a store of .msg files, which pop3d serves.
//
//	lmtpd [flags] [USER ...]
//
// USERs get a mailbox if they have none. A message that cannot be converted is
// refused with 554 5.6.0 and the reason, or, with -notify or -notifications,
// accepted and followed by a delivery status notification. It is an example: it has
// no TLS and takes mail from whoever connects, so let it listen on a loopback
// address.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"github.com/emersion/go-smtp"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stderr)
	stop()
	if errors.Is(err, flag.ErrHelp) {
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "lmtpd: %v\n", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stderr io.Writer) error {
	c, err := parseFlags(args, stderr)
	if err != nil {
		return err
	}
	d, err := c.open(log.New(stderr, "", log.LstdFlags))
	if err != nil {
		return err
	}
	defer d.close()
	l, err := net.Listen("tcp", c.listen)
	if err != nil {
		return err
	}
	if c.counters != "" {
		stop, err := serveCounters(c.counters, d)
		if err != nil {
			return err
		}
		defer stop()
	}
	d.log.Printf("delivering to %s on %s", c.store, l.Addr())
	return serve(ctx, d, c, l)
}

// serve serves connections until ctx is done.
func serve(ctx context.Context, d *delivery, c *config, l net.Listener) error {
	s := smtp.NewServer(smtp.BackendFunc(func(conn *smtp.Conn) (smtp.Session, error) {
		return &session{ctx: ctx, delivery: d, from: conn.Conn().RemoteAddr()}, nil
	}))
	s.LMTP = !c.smtp
	s.Domain = c.hostname
	s.EnableSMTPUTF8 = true
	s.EnableDSN = true
	s.EnableBINARYMIME = true
	s.MaxRecipients = 1000
	s.MaxLineLength = 1 << 20 // of commands and of the message; real mail has lines beyond 998 octets
	s.ReadTimeout, s.WriteTimeout = c.idle, c.idle
	s.ErrorLog = d.log
	stop := context.AfterFunc(ctx, func() { _ = s.Close() })
	defer stop()
	err := s.Serve(l)
	if errors.Is(err, smtp.ErrServerClosed) || ctx.Err() != nil {
		return nil
	}
	return err
}

// serveCounters serves what was counted, as JSON, below /debug/vars.
func serveCounters(address string, d *delivery) (stop func(), err error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/vars", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		fmt.Fprintln(w, d.counts.String())
	})
	s := &http.Server{Handler: mux}
	go func() { _ = s.Serve(l) }()
	return func() { _ = s.Close() }, nil
}
