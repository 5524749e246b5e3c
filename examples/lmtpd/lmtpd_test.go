package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-message"
	"github.com/emersion/go-smtp"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/msg"
)

// start serves a new store with mailboxes of anna and berta until the test ends.
func start(t *testing.T, flags ...string) (d *delivery, address string) {
	t.Helper()
	c, err := parseFlags(append(append([]string{"-store", t.TempDir(), "-hostname", "mx.example.org"}, flags...), "anna", "berta"), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if d, err = c.open(log.New(io.Discard, "", 0)); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- serve(ctx, d, c, l) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		d.close()
	})
	return d, l.Addr().String()
}

const (
	good = "From: Alice <alice@example.com>\r\nTo: anna@example.org\r\nSubject: Hello\r\nMessage-ID: <1@example.com>\r\n\r\nText\r\n"
	bad  = "From: Alice <alice@example.com>\r\nTo: anna@example.org\r\nMessage-ID: <2@example.com>\r\nSubject: "
)

// badMessage passes MaxMimeSubjectLength.
func badMessage() string { return bad + strings.Repeat("long ", 60) + "\r\n\r\nText\r\n" }

// send sends a message by LMTP and returns the answer for each recipient.
func send(t *testing.T, address, text string, to ...string) map[string]error {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	c := smtp.NewClientLMTP(conn)
	defer c.Close()
	if err := c.Mail("alice@example.com", &smtp.MailOptions{EnvelopeID: "QQ1"}); err != nil {
		t.Fatal(err)
	}
	answers := make(map[string]error)
	for _, r := range to {
		if err := c.Rcpt(r, nil); err != nil {
			answers[r] = err
		}
	}
	w, err := c.Data()
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(w, text)
	_, err = w.CloseWithLMTPResponse()
	var each smtp.LMTPDataError
	if errors.As(err, &each) {
		for r, e := range each {
			answers[r] = e
		}
	} else if err != nil {
		t.Fatal(err)
	}
	return answers
}

// subjects returns those of a mailbox.
func subjects(t *testing.T, d *delivery, user string) (list []string) {
	t.Helper()
	messages, err := d.store.Messages(user)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range messages {
		f, err := d.store.Open(user, m.Name)
		if err != nil {
			t.Fatal(err)
		}
		res, err := msg.Read(t.Context(), f, m.Size, nil)
		if err != nil {
			t.Fatal(err)
		}
		s, _ := mapi.PidTagSubject.Get(&res.Message.Properties)
		list = append(list, s)
		_ = f.Close()
	}
	return list
}

func TestDelivered(t *testing.T) {
	d, address := start(t)
	answers := send(t, address, good, "anna@example.org", "berta@example.org", "nobody@example.org")
	if answers["anna@example.org"] != nil || answers["berta@example.org"] != nil {
		t.Errorf("%v", answers)
	}
	if err := answers["nobody@example.org"]; err == nil || !strings.Contains(err.Error(), "no such user") {
		t.Errorf("%v", err)
	}
	for _, user := range []string{"anna", "berta"} {
		if got := subjects(t, d, user); len(got) != 1 || got[0] != "Hello" {
			t.Errorf("%s has %q", user, got)
		}
	}
	if got := d.counts.String(); got != `{"delivered": 2}` {
		t.Error(got)
	}
}

// A message that cannot be converted is refused with 554 5.6.0, traced and counted.
func TestRefused(t *testing.T) {
	traces := t.TempDir()
	d, address := start(t, "-ContentConversionTracingEnabled", "-PipelineTracingPath", traces)
	answers := send(t, address, badMessage(), "anna@example.org", "berta@example.org")
	for _, user := range []string{"anna@example.org", "berta@example.org"} {
		var e *smtp.SMTPError
		if !errors.As(answers[user], &e) || e.Code != 554 || e.EnhancedCode != (smtp.EnhancedCode{5, 6, 0}) {
			t.Fatalf("%s: %v", user, answers[user])
		}
		if !strings.Contains(e.Message, "MaxMimeSubjectLength") {
			t.Errorf("%q", e.Message)
		}
		id := regexp.MustCompile(`\(trace ([0-9a-f-]{36})\)`).FindStringSubmatch(e.Message)
		if id == nil {
			t.Fatalf("no trace in %q", e.Message)
		}
		folder := filepath.Join(traces, "ContentConversionTracing", "InboundFailures")
		if eml, err := os.ReadFile(filepath.Join(folder, id[1]+".eml")); err != nil || string(eml) != badMessage() {
			t.Errorf("traced %q, %v", eml, err)
		}
		if txt, err := os.ReadFile(filepath.Join(folder, id[1]+".txt")); err != nil || !bytes.Contains(txt, []byte("MaxMimeSubjectLength")) {
			t.Errorf("traced %q, %v", txt, err)
		}
	}
	if got := d.counts.String(); got != `{"failed: limit exceeded": 1}` {
		t.Error(got)
	}
	if got := subjects(t, d, "anna"); len(got) != 0 {
		t.Errorf("delivered %q", got)
	}
}

// A smarthost that takes or refuses what it gets.
type smarthost struct {
	mu       sync.Mutex
	refuse   bool
	from, to string
	text     []byte
}

func (h *smarthost) NewSession(*smtp.Conn) (smtp.Session, error) { return h, nil }
func (h *smarthost) Reset()                                      {}
func (h *smarthost) Logout() error                               { return nil }
func (h *smarthost) Mail(from string, _ *smtp.MailOptions) error {
	h.from = from
	return nil
}
func (h *smarthost) Rcpt(to string, _ *smtp.RcptOptions) error {
	if h.refuse {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "not here"}
	}
	h.to = to
	return nil
}
func (h *smarthost) Data(r io.Reader) (err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.text, err = io.ReadAll(r)
	return err
}

func serveSmarthost(t *testing.T, h *smarthost) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := smtp.NewServer(h)
	s.Domain = "smarthost.example.org"
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { _ = s.Close() })
	return l.Addr().String()
}

func TestNotified(t *testing.T) {
	for _, test := range []struct {
		name         string
		refuse, none bool
	}{{name: "sent"}, {name: "kept when refused", refuse: true}, {name: "kept", none: true}} {
		t.Run(test.name, func(t *testing.T) {
			host := &smarthost{refuse: test.refuse}
			folder := t.TempDir()
			flags := []string{"-notifications", folder}
			if !test.none {
				flags = append(flags, "-notify", serveSmarthost(t, host))
			}
			d, address := start(t, flags...)
			if err := send(t, address, badMessage(), "anna@example.org")["anna@example.org"]; err != nil {
				t.Fatalf("refused: %v", err)
			}
			kept, _ := filepath.Glob(filepath.Join(folder, "*.eml"))
			text := host.text
			if test.refuse || test.none {
				if len(kept) != 1 || text != nil {
					t.Fatalf("kept %q, sent %q", kept, text)
				}
				var err error
				if text, err = os.ReadFile(kept[0]); err != nil {
					t.Fatal(err)
				}
				if !bytes.HasPrefix(text, []byte("X-Envelope-From: <>\r\nX-Envelope-To: <alice@example.com>\r\nX-Not-Sent: ")) {
					t.Errorf("%s", text)
				}
			} else if len(kept) != 0 || host.from != "" || host.to != "alice@example.com" {
				t.Errorf("kept %q, sent from %q to %q", kept, host.from, host.to)
			}
			checkNotification(t, text)
			_, sent, _ := bytes.Cut(append([]byte("\n"), text...), []byte("\nFrom:"))
			checkByPython(t, append([]byte("From:"), sent...)) // without the fields that a kept one has in front
			if got := d.counts.String(); got != `{"failed: limit exceeded": 1, "notified": 1}` {
				t.Error(got)
			}
		})
	}
}

// checkNotification reads a notification with go-message, and with our own inbound
// conversion.
func checkNotification(t *testing.T, text []byte) {
	t.Helper()
	e, err := message.Read(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if kind, params, _ := e.Header.ContentType(); kind != "multipart/report" || params["report-type"] != "delivery-status" {
		t.Errorf("%s %v", kind, params)
	}
	found := false
	err = e.Walk(func(_ []int, e *message.Entity, err error) error {
		if kind, _, _ := e.Header.ContentType(); kind == "message/delivery-status" {
			b, err := io.ReadAll(e.Body)
			found = bytes.Contains(b, []byte("Status: 5.6.0\r\n")) && bytes.Contains(b, []byte("Final-Recipient: rfc822; anna@example.org")) && bytes.Contains(b, []byte("Original-Envelope-Id: QQ1"))
			if !found {
				t.Errorf("%s", b)
			}
			return err
		}
		return err
	})
	if err != nil || !found {
		t.Errorf("found %v, %v", found, err)
	}
	res, err := mime2mapi.Convert(t.Context(), bytes.NewReader(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Close()
	if class, _ := mapi.PidTagMessageClass.Get(&res.Message.Properties); class != "REPORT.IPM.Note.NDR" {
		t.Errorf("class %q", class)
	}
}

// A notification that cannot be converted itself is dropped, not answered.
func TestNotificationOfANotification(t *testing.T) {
	folder := t.TempDir()
	_, address := start(t, "-notifications", folder)
	text := strings.Replace(badMessage(), "From:", "Auto-Submitted: auto-replied\r\nFrom:", 1)
	if err := send(t, address, text, "anna@example.org")["anna@example.org"]; err != nil {
		t.Fatal(err)
	}
	if kept, _ := filepath.Glob(filepath.Join(folder, "*")); len(kept) != 0 {
		t.Errorf("kept %q", kept)
	}
}

func TestCounters(t *testing.T) {
	d, _ := start(t)
	d.counts.Add("delivered", 3)
	stop, err := serveCounters("127.0.0.1:0", d)
	if err != nil {
		t.Fatal(err)
	}
	stop()
}

func TestFlags(t *testing.T) {
	for _, args := range [][]string{{"-ContentConversionTracingEnabled"}, {"-notify", "x:25"}, {"-huh"}} {
		if _, err := parseFlags(args, io.Discard); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
	if c, err := parseFlags([]string{"-reject"}, io.Discard); err != nil || c.options.Malformed != mime2mapi.Reject || c.tracing {
		t.Errorf("%+v, %v", c, err)
	}
}

// Programs that nobody here wrote send a message that is delivered and one that is
// refused.
func TestClients(t *testing.T) {
	for name, client := range map[string]struct {
		flags []string
		args  func(host, port, file string) []string
	}{
		"swaks": {nil, func(host, port, file string) []string {
			return []string{"--protocol", "LMTP", "--server", host, "--port", port, "--from", "alice@example.com", "--to", "anna@example.org", "--data", "@" + file}
		}},
		"curl": {[]string{"-smtp"}, func(host, port, file string) []string {
			return []string{"-sS", "-v", "smtp://" + host + ":" + port, "--mail-from", "alice@example.com", "--mail-rcpt", "anna@example.org", "--upload-file", file}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := exec.LookPath(name); err != nil {
				t.Skip(name + " is not installed")
			}
			d, address := start(t, client.flags...)
			host, port, _ := strings.Cut(address, ":")
			for _, text := range []string{good, badMessage()} {
				file := filepath.Join(t.TempDir(), "message")
				if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				out, err := exec.Command(name, client.args(host, port, file)...).CombinedOutput()
				if text == good && err != nil {
					t.Errorf("%v\n%s", err, out)
				}
				if text != good && (err == nil || !bytes.Contains(out, []byte("554 5.6.0 ")) || !bytes.Contains(out, []byte("content conversion failed: limit exceeded: Subject: "))) {
					t.Errorf("%v\n%s", err, out)
				}
			}
			if got := subjects(t, d, "anna"); len(got) != 1 || got[0] != "Hello" {
				t.Errorf("delivered %q", got)
			}
		})
	}
}

// Many connections at once.
func TestConcurrent(t *testing.T) {
	d, address := start(t)
	var wg sync.WaitGroup
	for i := range 32 {
		wg.Go(func() {
			text := strings.Replace(good, "Hello", fmt.Sprintf("Hello %d", i), 1)
			if err := smtpSend(address, text); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := subjects(t, d, "anna"); len(got) != 32 {
		t.Errorf("%d messages", len(got))
	}
}

func smtpSend(address, text string) error {
	conn, err := net.DialTimeout("tcp", address, 10*time.Second)
	if err != nil {
		return err
	}
	c := smtp.NewClientLMTP(conn)
	defer c.Close()
	if err := c.Mail("a@example.com", nil); err != nil {
		return err
	}
	if err := c.Rcpt("anna@example.org", nil); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, text); err != nil {
		return err
	}
	return w.Close()
}
