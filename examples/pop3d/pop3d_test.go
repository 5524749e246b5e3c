package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/contentconv/contentconv/examples/store"
	"github.com/contentconv/contentconv/mailbox"
	"github.com/contentconv/contentconv/mapi"
)

// A fixture is a served store with a mailbox "anna", password "secret word".
type fixture struct {
	config  *config
	address string
	store   *store.Store
	log     *bytes.Buffer
	stop    func()
}

// serve serves the store in dir, with flags, until the test ends or stop is called.
func serve(t *testing.T, dir string, flags ...string) *fixture {
	t.Helper()
	passwords := filepath.Join(t.TempDir(), "passwords")
	if err := os.WriteFile(passwords, []byte("anna:secret word\nberta:x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, _, err := parseFlags(append([]string{"-store", dir, "-passwords", passwords}, flags...), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	m, err := c.open()
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{config: c, address: l.Addr().String(), store: m.store, log: new(bytes.Buffer)}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		s := &server{config: c, mail: m, log: log.New(f.log, "", 0)}
		done <- s.serve(ctx, l)
	}()
	stopped := false
	f.stop = func() {
		if !stopped {
			stopped = true
			cancel()
			if err := <-done; err != nil {
				t.Error(err)
			}
			m.close()
		}
	}
	t.Cleanup(f.stop)
	return f
}

// fill makes a mailbox of good messages, with bad ones among them: files that are
// none, and messages that pass a limit.
func fill(t *testing.T, dir string, good, bad int) {
	t.Helper()
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Create("anna"); err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	for i := range good + bad {
		m := new(mapi.Message)
		mapi.PidTagMessageClass.Set(&m.Properties, "IPM.Note")
		mapi.PidTagSubject.Set(&m.Properties, fmt.Sprintf("message %d", i))
		mapi.PidTagBody.Set(&m.Properties, fmt.Sprintf("Line one\r\n.a dot first\r\n.\r\nand %s\r\nFrom here\r\n", strings.Repeat("more ", i)))
		kind := ""
		if bad > 0 && i%((good+bad)/bad) == 1 {
			kind = "corrupt"
			if i%2 == 0 || i%4 == 1 {
				kind = "limit"
				mapi.PidTagSubject.Set(&m.Properties, strings.Repeat("too long ", 40))
			}
		}
		name, err := s.Deliver(t.Context(), "anna", m, start.Add(time.Duration(i)*time.Second))
		if err != nil {
			t.Fatal(err)
		}
		if kind == "corrupt" {
			if err := os.Truncate(filepath.Join(dir, "anna", name+".msg"), 700); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// A client is a session of the test's own.
type client struct {
	t *testing.T
	*textproto.Conn
}

func login(t *testing.T, f *fixture) *client {
	t.Helper()
	conn, err := textproto.Dial("tcp", f.address)
	if err != nil {
		t.Fatal(err)
	}
	c := &client{t, conn}
	t.Cleanup(func() { _ = c.Close() })
	c.answer("+OK")
	c.do("+OK", "USER anna")
	c.do("+OK", "PASS secret word")
	return c
}

func (c *client) answer(want string) string {
	c.t.Helper()
	line, err := c.ReadLine()
	if err != nil {
		c.t.Fatal(err)
	}
	if !strings.HasPrefix(line, want) {
		c.t.Fatalf("%q, want %q", line, want)
	}
	return line
}

func (c *client) do(want, command string) string {
	c.t.Helper()
	if err := c.PrintfLine("%s", command); err != nil {
		c.t.Fatal(err)
	}
	return c.answer(want)
}

func (c *client) lines(command string) []string {
	c.t.Helper()
	c.do("+OK", command)
	lines, err := c.ReadDotLines()
	if err != nil {
		c.t.Fatal(err)
	}
	return lines
}

// octets returns what a command brings, with the dots unstuffed and CRLF.
func (c *client) octets(command string) string {
	c.t.Helper()
	lines := c.lines(command)
	return strings.Join(lines, "\r\n") + "\r\n"
}

func TestSession(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 4, 1) // the second is bad
	f := serve(t, dir)
	c := login(t, f)

	if got := c.lines("CAPA"); !strings.Contains(strings.Join(got, " "), "TOP UIDL") {
		t.Errorf("CAPA %q", got)
	}
	list := c.lines("LIST")
	uids := c.lines("UIDL")
	if len(list) != 4 || len(uids) != 4 {
		t.Fatalf("LIST %q, UIDL %q", list, uids)
	}
	var total int
	for i, line := range list {
		var n, size int
		if _, err := fmt.Sscan(line, &n, &size); err != nil || n != i+1 {
			t.Fatalf("LIST %q", list)
		}
		got := c.octets(fmt.Sprintf("RETR %d", n))
		if len(got) != size {
			t.Errorf("message %d has %d octets, LIST says %d", n, len(got), size)
		}
		if want := "a dot first\r\n"; !strings.Contains(got, want) {
			t.Errorf("message %d lacks %q:\n%s", n, want, got)
		}
		total += size
	}
	if got, want := c.do("+OK", "STAT"), fmt.Sprintf("+OK 4 %d", total); got != want {
		t.Errorf("STAT %q, want %q", got, want)
	}

	whole := c.octets("RETR 3")
	header, body, _ := strings.Cut(whole, "\r\n\r\n")
	if got := c.octets("TOP 3 0"); got != header+"\r\n\r\n" {
		t.Errorf("TOP 3 0: %q", got)
	}
	lines := strings.SplitAfter(body, "\r\n")
	if got := c.octets("TOP 3 2"); got != header+"\r\n\r\n"+lines[0]+lines[1] {
		t.Errorf("TOP 3 2: %q", got)
	}
	if got := c.octets("TOP 3 1000"); got != whole {
		t.Errorf("TOP 3 1000: %q", got)
	}

	for _, bad := range []string{"RETR", "RETR 0", "RETR 5", "RETR x", "RETR -1", "TOP 1", "TOP 1 -1", "LIST 9", "DELE 9", "HUH", "USER anna", "PASS x"} {
		c.do("-ERR", bad)
	}
	c.do("+OK", "DELE 1")
	c.do("-ERR", "RETR 1")
	c.do("-ERR", "LIST 1")
	c.do("+OK 3 ", "STAT")
	c.do("+OK 4 ", "RSET")
	c.do("+OK", "DELE 2")
	c.do("+OK", "NOOP")

	second, err := textproto.Dial("tcp", f.address)
	if err != nil {
		t.Fatal(err)
	}
	other := &client{t, second}
	other.answer("+OK")
	other.do("-ERR", "STAT")
	other.do("-ERR", "PASS secret word")
	other.do("+OK", "USER anna")
	other.do("-ERR [AUTH]", "PASS wrong")
	other.do("-ERR [IN-USE]", "PASS secret word")
	_ = other.Close()

	c.do("+OK", "QUIT")
	c = login(t, f)
	if got := c.lines("UIDL"); len(got) != 3 || got[0] != uids[0] || got[1] != "2 "+strings.TrimPrefix(uids[2], "3 ") {
		t.Errorf("UIDL %q after one of %q was removed", got, uids)
	}
}

// A client that has read the answer to QUIT can log in again at once.
func TestQuitGivesMaildropBack(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 1, 0)
	f := serve(t, dir)
	for range 300 {
		login(t, f).do("+OK", "QUIT")
	}
}

func TestOnFailure(t *testing.T) {
	for _, test := range []struct {
		onFailure string
		count     int
	}{{"hide", 4}, {"substitute", 5}, {"error", 5}} {
		t.Run(test.onFailure, func(t *testing.T) {
			dir, traces := t.TempDir(), t.TempDir()
			fill(t, dir, 4, 1)
			flags := []string{"-on-failure", test.onFailure, "-ContentConversionTracingEnabled", "-PipelineTracingPath", traces}
			f := serve(t, dir, flags...)
			c := login(t, f)
			if got := c.do("+OK", "STAT"); !strings.HasPrefix(got, fmt.Sprintf("+OK %d ", test.count)) {
				t.Errorf("STAT %q", got)
			}
			switch test.onFailure {
			case "hide":
				if got := c.octets("RETR 2"); !strings.Contains(got, "Subject: message 2\r\n") {
					t.Errorf("message 2:\n%s", got)
				}
			case "substitute":
				got := c.octets("RETR 2")
				if !strings.Contains(got, "could not be converted") || !strings.Contains(got, ".msg") {
					t.Errorf("message 2:\n%s", got)
				}
			case "error":
				c.do("-ERR [SYS/PERM] 5.6.0 ", "RETR 2")
				c.do("-ERR [SYS/PERM] 5.6.0 ", "TOP 2 1")
				if got := c.octets("RETR 3"); !strings.Contains(got, "Subject: message 2\r\n") {
					t.Errorf("message 3:\n%s", got)
				}
			}
			c.do("+OK", "QUIT")
			login(t, f).do("+OK", "QUIT")
			files, _ := filepath.Glob(filepath.Join(traces, "ContentConversionTracing", "OutboundFailures", "*.*"))
			if len(files) != 2+1 { // GUID.msg, GUID.txt and .lock
				t.Errorf("traced once: %q", files)
			}

			f.stop()
			f = serve(t, dir, flags...)
			login(t, f).do("+OK", "QUIT")
			if again, _ := filepath.Glob(filepath.Join(traces, "ContentConversionTracing", "OutboundFailures", "*.*")); len(again) != len(files) {
				t.Errorf("traced again after a restart: %q", again)
			}
		})
	}
}

// What cannot be converted stays in the store, where an administrator finds it.
func TestAdministrator(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 4, 1)
	var out bytes.Buffer
	if err := run(t.Context(), []string{"-store", dir, "failed"}, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(out.String())
	if len(fields) < 4 || fields[0] != "anna" || strings.Count(out.String(), "\n") != 1 {
		t.Fatalf("failed: %q", out.String())
	}
	out.Reset()
	if err := run(t.Context(), []string{"-store", dir, "fetch", "anna", fields[1]}, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join(dir, "anna", fields[1]+".msg"))
	if err != nil || !bytes.Equal(out.Bytes(), want) {
		t.Errorf("fetched %d bytes of %d, %v", out.Len(), len(want), err)
	}
	for _, args := range [][]string{{"fetch", "anna", "../../x"}, {"fetch", "..", "x"}, {"fetch", "anna"}, {"lost"}} {
		if err := run(t.Context(), append([]string{"-store", dir}, args...), io.Discard, io.Discard); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
}

// A message that was hidden is served when it can be converted: here, since it was
// replaced by a whole one.
func TestServedAgain(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 4, 1)
	f := serve(t, dir)
	c := login(t, f)
	before := c.lines("UIDL")
	c.do("+OK", "QUIT")
	names, _ := filepath.Glob(filepath.Join(dir, "anna", "*.msg"))
	whole, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(names[1], whole, 0o600); err != nil {
		t.Fatal(err)
	}
	c = login(t, f)
	after := c.lines("UIDL")
	if len(after) != 5 {
		t.Fatalf("UIDL %q", after)
	}
	var kept []string
	for i, line := range after {
		if i != 1 {
			kept = append(kept, strings.Fields(line)[1])
		}
	}
	for i, line := range before {
		if kept[i] != strings.Fields(line)[1] {
			t.Errorf("the id of %q is now %q", line, kept[i])
		}
	}
}

func TestTopWriterOfAnyPieces(t *testing.T) {
	const message = "A: b\r\nC: d\r\n\r\none\r\n\r\nthree\r\nfour\r\n"
	for lines, want := range []string{
		"A: b\r\nC: d\r\n\r\n",
		"A: b\r\nC: d\r\n\r\none\r\n",
		"A: b\r\nC: d\r\n\r\none\r\n\r\n",
		"A: b\r\nC: d\r\n\r\none\r\n\r\nthree\r\n",
		message, message,
	} {
		for size := 1; size <= len(message); size++ {
			var b bytes.Buffer
			w := bufio.NewWriterSize(&topWriter{w: &b, lines: lines}, 16)
			for i := 0; i < len(message); i += size {
				_, _ = w.WriteString(message[i:min(i+size, len(message))])
				_ = w.Flush()
			}
			if b.String() != want {
				t.Errorf("%d lines in pieces of %d: %q", lines, size, b.String())
			}
		}
	}
}

func TestFlags(t *testing.T) {
	for _, args := range [][]string{{"-on-failure", "ignore"}, {"-ContentConversionTracingEnabled"}, {"-huh"}} {
		if _, _, err := parseFlags(args, io.Discard); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
	c, _, err := parseFlags(nil, io.Discard)
	if err != nil || c.onFailure != mailbox.Hide || c.tracing {
		t.Errorf("%+v, %v", c, err)
	}
}
