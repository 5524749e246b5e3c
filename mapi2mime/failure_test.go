package mapi2mime_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/msg"
	"github.com/contentconv/contentconv/trace"
)

var errBroken = errors.New("broken")

// content is a content that misbehaves.
type content struct {
	size             int64
	sizeErr, openErr error
	r                func() io.Reader
}

func (c content) Size(context.Context) (int64, error) { return c.size, c.sizeErr }

func (c content) Open(context.Context) (io.ReadCloser, error) {
	if c.r == nil {
		return nil, c.openErr
	}
	return io.NopCloser(c.r()), c.openErr
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestContentsThatFail(t *testing.T) {
	text := func(s string, err error) func() io.Reader {
		return func() io.Reader {
			return io.MultiReader(strings.NewReader(s), readerFunc(func([]byte) (int, error) { return 0, err }))
		}
	}
	for _, c := range []struct {
		name    string
		c       content
		written bool // something was written before the failure
		cause   error
	}{
		{"size", content{sizeErr: errBroken}, false, errBroken},
		{"negative size", content{size: -1}, false, nil},
		{"open", content{size: 5, openErr: errBroken}, true, errBroken},
		{"no reader", content{size: 5}, true, nil},
		{"read", content{size: 5, r: text("ab", errBroken)}, true, errBroken},
		{"too short", content{size: 5, r: text("ab", io.EOF)}, true, nil},
		{"too long", content{size: 5, r: text("abcdef", io.EOF)}, true, nil},
		{"empty", content{size: 5, r: text("", io.EOF)}, true, nil},
		{"longer than nothing", content{size: 0, r: text("x", io.EOF)}, true, nil},
		{"nothing, for ever", content{size: 5, r: func() io.Reader { return readerFunc(func([]byte) (int, error) { return 0, nil }) }}, true, io.ErrNoProgress},
		{"more than asked for", content{size: 5, r: func() io.Reader { return readerFunc(func(p []byte) (int, error) { return len(p) + 1, nil }) }}, true, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := note()
			m.Attachments = []*mapi.Attachment{file("x", nil), {Content: c.c}}
			var b bytes.Buffer
			res, err := mapi2mime.Convert(context.Background(), &b, m, nil)
			var failure *diag.Error
			if !errors.As(err, &failure) || failure.Reason != diag.IO || failure.Part != "2" || failure.Direction != diag.Outbound || res != nil {
				t.Fatalf("error is %v", err)
			}
			if c.cause != nil && !errors.Is(err, c.cause) {
				t.Errorf("cause is %v; want %v", err, c.cause)
			}
			if (b.Len() > 0) != c.written {
				t.Errorf("%d bytes were written", b.Len())
			}
			if !bytes.Contains(failure.RootHeader, []byte("From: Ann <ann@example.com>\r\n")) {
				t.Errorf("root header is %q", failure.RootHeader)
			}
		})
	}
}

// Readers are closed, whatever happens.
func TestReadersAreClosed(t *testing.T) {
	for name, w := range map[string]io.Writer{"whole": io.Discard, "failing writer": &limitedWriter{left: 30_000}} {
		c := &closing{text: strings.Repeat("x", 100_000)}
		m := note()
		for _, tag := range []string{"application/pdf", "message/delivery-status"} {
			a := &mapi.Attachment{Content: c}
			mapi.PidTagAttachMimeTag.Set(&a.Properties, tag)
			m.Attachments = append(m.Attachments, a)
		}
		mapi2mime.Convert(context.Background(), w, m, nil)
		if c.opened < 2 || c.opened != c.closed {
			t.Errorf("%s: %d readers were opened, %d closed", name, c.opened, c.closed)
		}
	}
}

type closing struct {
	text           string
	opened, closed int
}

func (c *closing) Size(context.Context) (int64, error) { return int64(len(c.text)), nil }

func (c *closing) Open(context.Context) (io.ReadCloser, error) {
	c.opened++
	return &closingReader{strings.NewReader(c.text), c}, nil
}

type closingReader struct {
	io.Reader
	c *closing
}

func (r *closingReader) Close() error { r.c.closed++; return nil }

// A content that has to be looked at is found out before anything is written.
func TestContentsThatAreLookedAt(t *testing.T) {
	for name, set := range map[string]func(p *props){
		"report": func(p *props) { mapi.PidTagAttachMimeTag.Set(p, "message/delivery-status") },
		"MacBinary": func(p *props) {
			mapi.PidTagAttachEncoding.Set(p, []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x14, 0x03, 0x0B, 0x01})
		},
	} {
		for size, open := range map[int64]error{500: nil, 3: nil, 5: errBroken} {
			if size == 3 && name == "MacBinary" {
				size = 2 // no header at all, so all is read
			}
			a := &mapi.Attachment{Content: content{size: size, openErr: open, r: func() io.Reader { return strings.NewReader("short") }}}
			set(&a.Properties)
			m := note()
			m.Attachments = []*mapi.Attachment{a}
			var b bytes.Buffer
			_, err := mapi2mime.Convert(context.Background(), &b, m, nil)
			var failure *diag.Error
			if !errors.As(err, &failure) || failure.Reason != diag.IO || failure.Part != "1" || b.Len() > 0 {
				t.Errorf("%s of %d bytes: %v, %d bytes written", name, size, err, b.Len())
			}
		}
	}
}

// A writer that fails at any byte fails the conversion with its own error, once.
func TestWriterThatFails(t *testing.T) {
	m := note()
	m.Attachments = []*mapi.Attachment{file(strings.Repeat("x", 60_000), nil), {Message: note()}}
	size := int(write(t, m, nil).res.Size)
	for _, at := range []int{0, 1, 100, 300, 1000, 40_000, size - 1} {
		w := &limitedWriter{left: at}
		_, err := mapi2mime.Convert(context.Background(), w, m, nil)
		var failure *diag.Error
		if !errors.As(err, &failure) || failure.Reason != diag.IO || !errors.Is(err, errBroken) || w.after > 0 {
			t.Errorf("at %d: %v, %d writes after the failure", at, err, w.after)
		}
	}
	_, err := mapi2mime.Convert(context.Background(), shortWriter{}, m, nil)
	if !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("short writes: %v", err)
	}
}

type limitedWriter struct{ left, after int }

func (w *limitedWriter) Write(p []byte) (int, error) {
	if w.left < 0 {
		w.after++
	}
	if w.left -= len(p); w.left < 0 {
		return 0, errBroken
	}
	return len(p), nil
}

type shortWriter struct{}

func (shortWriter) Write(p []byte) (int, error) { return len(p) / 2, nil }

// The end of the context is no failure of the conversion.
func TestCancelledContext(t *testing.T) {
	sink := new(recordingSink)
	ctx, cancel := context.WithCancel(context.Background())
	m := note()
	m.Attachments = []*mapi.Attachment{{Content: content{size: 100_000, r: func() io.Reader {
		return readerFunc(func(p []byte) (int, error) {
			cancel()
			return len(p), nil
		})
	}}}}
	_, err := mapi2mime.Convert(ctx, io.Discard, m, &mapi2mime.Options{Trace: sink})
	var failure *diag.Error
	if err != context.Canceled || errors.As(err, &failure) || sink.n > 0 {
		t.Errorf("cancelled while reading: %v, %d records", err, sink.n)
	}
	var b bytes.Buffer
	if _, err := mapi2mime.Convert(ctx, &b, note(), nil); err != context.Canceled || b.Len() > 0 {
		t.Errorf("cancelled before: %v, %d bytes", err, b.Len())
	}
}

// Panics of a caller's code stay what they are; the same goes for what is read
// through an entity.
func TestPanicsOfCallers(t *testing.T) {
	boom := func() io.Reader { return readerFunc(func([]byte) (int, error) { panic("boom") }) }
	m := note()
	m.Attachments = []*mapi.Attachment{{Content: content{size: 5, r: boom}}}
	wantPanic := func(name string, f func()) {
		defer func() {
			if v := recover(); v != "boom" {
				t.Errorf("%s: recovered %v", name, v)
			}
		}()
		f()
	}
	wantPanic("reader", func() { mapi2mime.Convert(context.Background(), io.Discard, m, nil) })
	wantPanic("writer", func() {
		mapi2mime.Convert(context.Background(), writerFunc(func([]byte) (int, error) { panic("boom") }), note(), nil)
	})
	wantPanic("resolver", func() {
		ex := note()
		ex.Recipients = []mapi.Recipient{row(func(p *props) { mapi.RecipientGroup.Set(p, mapi.Address{Type: "EX", Email: dn}) })}
		mapi2mime.Convert(context.Background(), io.Discard, ex, &mapi2mime.Options{Resolver: panicking{}})
	})
	wantPanic("entity", func() {
		e, err := mapi2mime.Entity(context.Background(), m, nil)
		if err != nil {
			t.Fatal(err)
		}
		e.WriteTo(io.Discard)
	})
}

type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

type panicking struct{}

func (panicking) Resolve(context.Context, string, string) (string, error) { panic("boom") }

func TestNoMessage(t *testing.T) {
	var failure *diag.Error
	if _, err := mapi2mime.Convert(context.Background(), io.Discard, nil, &mapi2mime.Options{Trace: new(recordingSink)}); !errors.As(err, &failure) || failure.Reason != diag.CorruptContent {
		t.Errorf("error is %v", err)
	}
	write(t, new(mapi.Message), nil)
}

type recordingSink struct {
	n       int
	record  trace.Record
	message []byte
	err     error
}

func (s *recordingSink) Trace(ctx context.Context, r *trace.Record) error {
	s.n++
	s.record = *r
	if r.Message == nil {
		return nil
	}
	size, err := r.Message.Size(ctx)
	if err != nil {
		s.err = err
		return nil
	}
	f, err := r.Message.Open(ctx)
	if err != nil {
		s.err = err
		return nil
	}
	defer f.Close()
	s.message, s.err = io.ReadAll(f)
	if int64(len(s.message)) != size {
		s.err = errors.New("size")
	}
	return nil
}

func failing() *mapi.Message {
	return with(func(p *props) { mapi.PidTagSubject.Set(p, strings.Repeat("x", 256)) })
}

func TestTraceKeepsTheOriginal(t *testing.T) {
	sink := new(recordingSink)
	o := &mapi2mime.Options{Trace: sink, Key: []byte("k"), Original: strings.NewReader("the file and more"), OriginalSize: 8, TimeZone: time.UTC}
	_, err := mapi2mime.Convert(context.Background(), io.Discard, failing(), o)
	var failure *diag.Error
	if !errors.As(err, &failure) || failure.TraceID == "" || failure.TraceID != sink.record.ID {
		t.Fatalf("error is %v with trace %q", err, failure.TraceID)
	}
	if string(sink.message) != "the file" || sink.record.Direction != diag.Outbound || sink.record.Err == nil {
		t.Errorf("record is %+v with %q", sink.record, sink.message)
	}
	for _, option := range sink.record.Options {
		if option.Name == "TimeZone" && option.Value != "UTC" {
			t.Errorf("the time zone in the record is %q", option.Value)
		}
		if option.Name == "Key" && option.Value != "set" {
			t.Errorf("the key is in the record: %s", option.Value)
		}
	}
}

func TestTraceMakesAMsgFile(t *testing.T) {
	sink := new(recordingSink)
	_, err := mapi2mime.Convert(context.Background(), io.Discard, failing(), &mapi2mime.Options{Trace: sink})
	if err == nil || sink.err != nil {
		t.Fatalf("%v, %v", err, sink.err)
	}
	res, err := msg.Read(context.Background(), bytes.NewReader(sink.message), int64(len(sink.message)), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := mapi.Subject(&res.Message.Properties); got != strings.Repeat("x", 256) {
		t.Errorf("subject in the record is %q", got)
	}
}

// No record is lost for a message of which no file can be made.
func TestTraceOfAMessageThatNoFileHolds(t *testing.T) {
	m := note()
	m.Attachments = []*mapi.Attachment{{Message: m}}
	sink := new(recordingSink)
	if _, err := mapi2mime.Convert(context.Background(), io.Discard, m, &mapi2mime.Options{Trace: sink}); err == nil {
		t.Fatal("no error")
	}
	if sink.n != 1 || sink.record.Message != nil || sink.record.MessageError == nil {
		t.Errorf("%d records, %+v", sink.n, sink.record)
	}
}

func TestConvertMsg(t *testing.T) {
	var f bytes.Buffer
	if _, _, err := msg.Write(context.Background(), &f, note(), nil); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := mapi2mime.ConvertMsg(context.Background(), &b, bytes.NewReader(f.Bytes()), int64(f.Len()), nil); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "From: Ann <ann@example.com>\r\n") || !strings.HasSuffix(b.String(), "\r\n\r\nText\r\n") {
		t.Errorf("mail is %s", b.String())
	}
	sink := new(recordingSink)
	junk := strings.Repeat("junk", 1000)
	_, err := mapi2mime.ConvertMsg(context.Background(), &b, strings.NewReader(junk), int64(len(junk)), &mapi2mime.Options{Trace: sink})
	var failure *diag.Error
	if !errors.As(err, &failure) || failure.Reason != diag.CorruptContent || string(sink.message) != junk {
		t.Errorf("error is %v, %d bytes traced", err, len(sink.message))
	}
}
