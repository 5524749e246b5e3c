// Pop3d serves a store of .msg files by POP3 (RFC 1939), each message converted to
// Internet mail when it is asked for. One that cannot be converted harms no other:
// see -on-failure.
//
//	pop3d [flags]                     serves
//	pop3d [flags] failed              lists the messages that cannot be converted
//	pop3d [flags] fetch USER MESSAGE  writes one as it stands in the store, a .msg
//
// It is an example: it has no TLS and keeps passwords as text, so let it listen on
// a loopback address.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if errors.Is(err, flag.ErrHelp) {
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "pop3d: %v\n", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	c, rest, err := parseFlags(args, stderr)
	if err != nil {
		return err
	}
	mail, err := c.open()
	if err != nil {
		return err
	}
	defer mail.close()
	switch {
	case len(rest) == 0:
		l, err := net.Listen("tcp", c.listen)
		if err != nil {
			return err
		}
		s := &server{config: c, mail: mail, log: log.New(stderr, "", log.LstdFlags)}
		s.log.Printf("serving %s on %s", c.store, l.Addr())
		return s.serve(ctx, l)
	case rest[0] == "failed" && len(rest) == 1:
		return mail.failed(ctx, stdout)
	case rest[0] == "fetch" && len(rest) == 3:
		return mail.fetch(stdout, rest[1], rest[2])
	}
	return fmt.Errorf("wrong arguments %q: failed, fetch USER MESSAGE, or none", rest)
}
