package mime2mapi_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	gomessage "github.com/emersion/go-message"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/trace"
)

const withFile = minimal + "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" +
	"--b\r\nContent-Type: text/plain\r\n\r\nbody\r\n" +
	"--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8gd29ybGQ=\r\n" +
	"--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nU3ViamVjdDogaW5uZXINCg0KaW5uZXIgYm9keQ0K\r\n--b--\r\n"

func attached(t *testing.T, a *mapi.Attachment) string {
	t.Helper()
	r, err := a.Content.Open(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestContentIsReadOftenAndConcurrently(t *testing.T) {
	res := convert(t, withFile, nil)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if got := attached(t, res.Message.Attachments[0]); got != "hello world" {
					t.Errorf("read %q", got)
				}
				if n, err := res.Message.Attachments[0].Content.Size(context.Background()); n != 11 || err != nil {
					t.Errorf("size %d, %v", n, err)
				}
			}
		})
	}
	wg.Wait()
}

func TestCloseIsIdempotentAndShutsContents(t *testing.T) {
	res, err := mime2mapi.Convert(context.Background(), strings.NewReader(withFile), nil)
	if err != nil {
		t.Fatal(err)
	}
	a := res.Message.Attachments[0]
	open, err := a.Content.Open(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := res.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}
	if _, err := a.Content.Open(context.Background()); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("Open after Close: %v; want fs.ErrClosed", err)
	}
	if _, err := io.ReadAll(open); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("a reader opened before: %v; want fs.ErrClosed", err)
	}
}

func TestDetachOutlivesTheSource(t *testing.T) {
	res := convert(t, withFile, nil)
	if err := res.Message.Detach(context.Background(), 1<<20); err != nil {
		t.Fatal(err)
	}
	res.Close()
	if got := attached(t, res.Message.Attachments[0]); got != "hello world" {
		t.Errorf("read %q", got)
	}
}

// failingAt fails, or panics, at an offset.
type failingAt struct {
	s     string
	at    int64
	err   error
	panic bool
}

func (f failingAt) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > f.at {
		if f.panic {
			panic("the caller's own")
		}
		n := copy(p, f.s[off:max(f.at, off)])
		return n, f.err
	}
	return copy(p, f.s[off:]), nil
}

func TestReaderErrorAtEveryOffset(t *testing.T) {
	broken := errors.New("disk on fire")
	for n := range len(withFile) {
		r := io.MultiReader(strings.NewReader(withFile[:n]), iotest.ErrReader(broken))
		_, err := mime2mapi.Convert(context.Background(), r, nil)
		var failure *diag.Error
		if !errors.As(err, &failure) || failure.Reason != diag.IO || !errors.Is(err, broken) {
			t.Fatalf("Convert, offset %d: %v; want reason input/output with the reader's error", n, err)
		}
		res, err := mime2mapi.ConvertAt(context.Background(), failingAt{s: withFile, at: int64(n), err: broken}, int64(len(withFile)), nil)
		if err == nil {
			err = res.Verify(context.Background())
			res.Close()
			if !errors.Is(err, broken) {
				t.Fatalf("ConvertAt, offset %d: Verify returns %v", n, err)
			}
			continue
		}
		if !errors.As(err, &failure) || failure.Reason != diag.IO || !errors.Is(err, broken) {
			t.Fatalf("ConvertAt, offset %d: %v; want reason input/output with the reader's error", n, err)
		}
	}
}

func TestSourceThatShrinks(t *testing.T) {
	_, err := mime2mapi.ConvertAt(context.Background(), strings.NewReader(withFile), int64(len(withFile))+1, nil)
	var failure *diag.Error
	if !errors.As(err, &failure) || failure.Reason != diag.IO {
		t.Errorf("a source shorter than its size: %v; want reason input/output", err)
	}
}

func TestCallersPanicPasses(t *testing.T) {
	defer func() {
		if v := recover(); v != "the caller's own" {
			t.Errorf("recovered %v; want the caller's panic as it is", v)
		}
	}()
	mime2mapi.ConvertAt(context.Background(), failingAt{s: withFile, at: 10, panic: true}, int64(len(withFile)), nil)
	t.Error("the panic was swallowed")
}

func TestContextEndsTheConversion(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := mime2mapi.Convert(ctx, strings.NewReader(withFile), &mime2mapi.Options{Trace: failingSink{t}})
	var failure *diag.Error
	if !errors.Is(err, context.Canceled) || errors.As(err, &failure) {
		t.Errorf("%v; want the context's error and no failure", err)
	}
}

type failingSink struct{ t *testing.T }

func (s failingSink) Trace(context.Context, *trace.Record) error {
	s.t.Error("a cancelled conversion was traced")
	return nil
}

type recordingSink struct {
	record  trace.Record
	message string
	err     error
}

func (s *recordingSink) Trace(ctx context.Context, r *trace.Record) error {
	s.record = *r
	if rc, err := r.Message.Open(ctx); err == nil {
		b, _ := io.ReadAll(rc)
		s.message = string(b)
	}
	return s.err
}

func TestFailureIsTraced(t *testing.T) {
	sink := new(recordingSink)
	o := &mime2mapi.Options{Trace: sink, Key: []byte("secret-key"), Limits: limits.Limits{MaxBodyPartsTotal: 2}}
	_, err := mime2mapi.Convert(context.Background(), strings.NewReader(withFile), o)
	var failure *diag.Error
	if !errors.As(err, &failure) {
		t.Fatal(err)
	}
	if sink.message != withFile {
		t.Errorf("the record has %d bytes of the message, the message %d", len(sink.message), len(withFile))
	}
	if failure.TraceID == "" || failure.TraceID != sink.record.ID || sink.record.Err != failure {
		t.Errorf("the record is %q, the error names %q", sink.record.ID, failure.TraceID)
	}
	if !strings.HasPrefix(string(failure.RootHeader), "From: a@example.com\r\n") {
		t.Errorf("the error has the header %q", failure.RootHeader)
	}
	for _, option := range sink.record.Options {
		if strings.Contains(option.Value, "secret-key") {
			t.Errorf("option %s shows the key", option.Name)
		}
	}
}

func TestFailingSinkIsADiagnostic(t *testing.T) {
	for want, err := range map[diag.Code]error{diag.TraceFailed: errors.New("x\ny"), diag.TraceFull: trace.ErrFull} {
		o := &mime2mapi.Options{Trace: &recordingSink{err: err}, Limits: limits.Limits{MaxBodyPartsTotal: 2}}
		_, err := mime2mapi.Convert(context.Background(), strings.NewReader(withFile), o)
		var failure *diag.Error
		if !errors.As(err, &failure) || failure.Reason != diag.LimitExceeded || failure.TraceID != "" {
			t.Fatalf("%v; want the conversion's own failure, and no trace's id", err)
		}
		wantCode(t, failure.Diagnostics, want)
	}
}

func TestConvertEntity(t *testing.T) {
	e, err := gomessage.Read(strings.NewReader(withFile))
	if err != nil {
		t.Fatal(err)
	}
	res, err := mime2mapi.ConvertEntity(context.Background(), e, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Close()
	if s := mapi.PidTagSubject.Or(&res.Message.Properties, ""); s != "x" {
		t.Errorf("subject %q", s)
	}
	if got := attached(t, res.Message.Attachments[0]); got != "hello world" {
		t.Errorf("attachment %q", got)
	}
}

func TestNoFileIsLeftBehind(t *testing.T) {
	dir := t.TempDir()
	big := minimal + "Content-Type: application/octet-stream\r\n\r\n" + strings.Repeat("0123456789abcdef", 1<<17)
	res := convert(t, big, &mime2mapi.Options{TempDir: dir})
	if got := attached(t, res.Message.Attachments[0]); len(got) != 1<<21 {
		t.Errorf("the attachment has %d bytes", len(got))
	}
	res.Close()
	_, err := mime2mapi.Convert(context.Background(), strings.NewReader(big), &mime2mapi.Options{TempDir: dir, Limits: limits.Limits{MSize: 2 << 20}})
	if err == nil {
		t.Error("a message over MSize converts")
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestSameInputSameObject(t *testing.T) {
	o := &mime2mapi.Options{Key: []byte("k")}
	a, b := convert(t, withFile, o), convert(t, withFile, o)
	for i := range a.Message.Attachments {
		if !a.Message.Attachments[i].Equal(b.Message.Attachments[i]) {
			t.Errorf("attachment %d differs between two conversions", i)
		}
	}
	if !a.Message.Properties.Equal(b.Message.Properties) {
		t.Error("the properties differ between two conversions")
	}
}

func TestReaderThatMakesNoProgress(t *testing.T) {
	_, err := mime2mapi.Convert(context.Background(), stuck{}, nil)
	if !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("%v; want io.ErrNoProgress", err)
	}
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }
