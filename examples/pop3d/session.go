package main

import (
	"bufio"
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strings"
	"time"

	"github.com/contentconv/contentconv/mailbox"
)

// maxLine bounds a command's line, which RFC 2449 lets have 255 octets.
const maxLine = 1024

// A session is one connection.
type session struct {
	server *server
	conn   net.Conn
	in     *bufio.Reader
	out    *textproto.Writer

	name   string // of USER
	user   string // logged in; "" before
	drop   *maildrop
	closed bool
}

func newSession(s *server, conn net.Conn) *session {
	return &session{
		server: s,
		conn:   conn,
		in:     bufio.NewReaderSize(conn, maxLine),
		out:    textproto.NewWriter(bufio.NewWriterSize(conn, 64<<10)),
	}
}

// A reply is an error that the client is told of, after which the session goes on.
type reply string

func (r reply) Error() string { return string(r) }

func (s *session) run(ctx context.Context) error {
	defer s.release()
	if err := s.ok("ready"); err != nil {
		return err
	}
	for !s.closed {
		line, err := s.readLine()
		if errors.Is(err, io.EOF) {
			return nil // without QUIT: nothing is removed
		}
		if err != nil {
			return err
		}
		err = s.command(ctx, line)
		var no reply
		if errors.As(err, &no) {
			err = s.out.PrintfLine("-ERR %s", string(no))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *session) readLine() (string, error) {
	if err := s.conn.SetDeadline(time.Now().Add(s.server.config.idle)); err != nil {
		return "", err
	}
	line, err := s.in.ReadSlice('\n')
	if err != nil {
		return "", err
	}
	return strings.TrimRight(string(line), "\r\n"), nil
}

func (s *session) ok(format string, args ...any) error {
	return s.out.PrintfLine("+OK "+format, args...)
}

// commands are those of RFC 1939 and CAPA of RFC 2449; those with a maildrop need
// a login.
var commands = map[string]struct {
	login bool
	run   func(*session, context.Context, []string) error
}{
	"CAPA": {false, (*session).capa},
	"USER": {false, (*session).userName},
	"PASS": {false, (*session).pass},
	"QUIT": {false, (*session).quit},
	"NOOP": {true, (*session).noop},
	"STAT": {true, (*session).stat},
	"LIST": {true, (*session).list},
	"UIDL": {true, (*session).uidl},
	"RETR": {true, (*session).retr},
	"TOP":  {true, (*session).top},
	"DELE": {true, (*session).dele},
	"RSET": {true, (*session).rset},
}

func (s *session) command(ctx context.Context, line string) error {
	name, rest, _ := strings.Cut(line, " ")
	c, ok := commands[strings.ToUpper(name)]
	switch {
	case !ok:
		return reply("no such command")
	case c.login && s.user == "":
		return reply("log in first")
	}
	args := strings.Fields(rest)
	if strings.EqualFold(name, "PASS") {
		args = []string{rest} // a password can have blanks
	}
	return c.run(s, ctx, args)
}

func (s *session) capa(context.Context, []string) error {
	if err := s.ok("capabilities"); err != nil {
		return err
	}
	for _, c := range []string{"USER", "TOP", "UIDL", "RESP-CODES", "AUTH-RESP-CODE", "IMPLEMENTATION contentconv"} {
		if err := s.out.PrintfLine("%s", c); err != nil {
			return err
		}
	}
	return s.out.PrintfLine(".")
}

func (s *session) userName(_ context.Context, args []string) error {
	if len(args) != 1 || s.user != "" {
		return reply("USER name, before the login")
	}
	s.name = args[0]
	return s.ok("and the password?")
}

func (s *session) pass(ctx context.Context, args []string) error {
	if s.name == "" || s.user != "" {
		return reply("USER first")
	}
	passwords, err := loadPasswords(s.server.config.passwords)
	if err != nil {
		s.server.log.Print(err)
		return reply("[SYS/TEMP] no login now")
	}
	password, known := passwords[s.name]
	if subtle.ConstantTimeCompare([]byte(password), []byte(args[0])) != 1 || !known {
		return reply("[AUTH] wrong name or password")
	}
	if !s.server.lock(s.name) {
		return reply("[IN-USE] the mailbox has another session")
	}
	l, err := s.server.mail.judge(ctx, s.name)
	if err != nil {
		s.server.unlock(s.name)
		s.server.log.Printf("%s: %v", s.name, err)
		return reply("[SYS/TEMP] the mailbox cannot be read")
	}
	s.user, s.drop = s.name, newMaildrop(l)
	n, octets := s.drop.stat()
	return s.ok("%d messages (%d octets)", n, octets)
}

// release gives the maildrop back.
func (s *session) release() {
	if s.user != "" {
		s.server.unlock(s.user)
		s.user = ""
	}
}

// quit is the UPDATE state of RFC 1939, section 6. The lock goes before the reply,
// so that a client that has read it can log in again at once.
func (s *session) quit(context.Context, []string) error {
	s.closed = true
	err := s.update()
	s.release()
	if err != nil {
		s.server.log.Print(err)
		return reply("some messages were not removed")
	}
	return s.ok("bye")
}

// update removes what DELE has marked.
func (s *session) update() error {
	if s.drop == nil {
		return nil
	}
	for _, e := range s.drop.deleted() {
		if err := s.server.mail.store.Remove(s.user, e.message.Name); err != nil {
			return err
		}
	}
	return nil
}

func (s *session) noop(context.Context, []string) error { return s.ok("") }

func (s *session) stat(context.Context, []string) error {
	n, octets := s.drop.stat()
	return s.ok("%d %d", n, octets)
}

func (s *session) rset(ctx context.Context, args []string) error {
	s.drop.reset()
	return s.stat(ctx, args)
}

func (s *session) dele(_ context.Context, args []string) error {
	e, err := s.drop.entry(args, 1)
	if err != nil {
		return err
	}
	e.deleted = true
	return s.ok("message %d deleted", e.number)
}

func (s *session) list(_ context.Context, args []string) error {
	return s.listing(args, func(e *entry) string { return fmt.Sprint(e.verdict.Size) })
}

func (s *session) uidl(_ context.Context, args []string) error {
	return s.listing(args, (*entry).uid)
}

// listing writes a fact of one message or of all.
func (s *session) listing(args []string, fact func(*entry) string) error {
	if len(args) > 0 {
		e, err := s.drop.entry(args, 1)
		if err != nil {
			return err
		}
		return s.ok("%d %s", e.number, fact(e))
	}
	if err := s.ok("messages"); err != nil {
		return err
	}
	for _, e := range s.drop.entries {
		if !e.deleted {
			if err := s.out.PrintfLine("%d %s", e.number, fact(e)); err != nil {
				return err
			}
		}
	}
	return s.out.PrintfLine(".")
}

func (s *session) retr(ctx context.Context, args []string) error {
	e, err := s.drop.entry(args, 1)
	if err != nil {
		return err
	}
	return s.send(ctx, e, func(w io.Writer) io.Writer { return w })
}

func (s *session) top(ctx context.Context, args []string) error {
	e, err := s.drop.entry(args, 2)
	if err != nil {
		return err
	}
	lines, err := number(args[1], 0)
	if err != nil {
		return err
	}
	return s.send(ctx, e, func(w io.Writer) io.Writer { return &topWriter{w: w, lines: lines} })
}

// send writes a message. Once its first octet is out, a failure can only end the
// connection, so that no client takes half a message for a whole one.
func (s *session) send(ctx context.Context, e *entry, through func(io.Writer) io.Writer) error {
	if e.verdict.State == mailbox.Failed {
		return reply("[SYS/PERM] " + e.verdict.Reason)
	}
	if err := s.ok("%d octets", e.verdict.Size); err != nil {
		return err
	}
	body := s.out.DotWriter()
	w := &patientWriter{body, s.conn, s.server.config.idle}
	if err := s.server.mail.policy.Write(ctx, through(w), e.item, e.verdict); err != nil {
		return fmt.Errorf("%s/%s: %w", s.user, e.message.Name, err)
	}
	return body.Close()
}

// A patientWriter gives the client its time for each piece, not for the whole.
type patientWriter struct {
	io.Writer
	conn net.Conn
	idle time.Duration
}

func (w *patientWriter) Write(p []byte) (int, error) {
	if err := w.conn.SetDeadline(time.Now().Add(w.idle)); err != nil {
		return 0, err
	}
	return w.Writer.Write(p)
}
