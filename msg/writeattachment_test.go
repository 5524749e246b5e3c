package msg_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/msg"
)

// A fake is a content that says one size and has another, or fails.
type fake struct {
	says, has        int64
	size, open, read error
}

func (f *fake) Size(context.Context) (int64, error) { return f.says, f.size }

func (f *fake) Open(context.Context) (io.ReadCloser, error) {
	if f.open != nil {
		return nil, f.open
	}
	var r io.Reader = io.LimitReader(pattern{}, f.has)
	if f.read != nil {
		r = io.MultiReader(r, failing{f.read})
	}
	return io.NopCloser(r), nil
}

// pattern is an endless reader.
type pattern struct{}

func (pattern) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(i)
	}
	return len(p), nil
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func withContent(c mapi.Content) *mapi.Message {
	return &mapi.Message{Attachments: []*mapi.Attachment{new(mapi.Attachment), {Content: c}}}
}

func TestWriteContentsThatFail(t *testing.T) {
	failure := errors.New("disk on fire")
	for _, c := range []struct {
		name   string
		fake   fake
		want   error
		before bool // no byte is written
	}{
		{"size fails", fake{size: failure}, failure, true},
		{"open fails", fake{says: 5000, open: failure}, failure, false},
		{"read fails", fake{says: 5000, has: 100, read: failure}, failure, false},
		{"read fails at the end", fake{says: 100, has: 100, read: failure}, failure, false},
		{"too short", fake{says: 5000, has: 4999}, msg.ErrSize, false},
		{"too long", fake{says: 5000, has: 5001}, msg.ErrSize, false},
		{"small and too short", fake{says: 10, has: 9}, msg.ErrSize, false},
		{"small and too long", fake{says: 10, has: 11}, msg.ErrSize, false},
		{"4 GiB", fake{says: 1<<32 - 1}, msg.ErrTooLarge, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			var buf bytes.Buffer
			n, _, err := msg.Write(t.Context(), &buf, withContent(&c.fake), nil)
			var typed *msg.Error
			if !errors.Is(err, c.want) || !errors.As(err, &typed) || typed.Where != "attachment 1" {
				t.Errorf("%v; want an *Error of attachment 1 that is %v", err, c.want)
			}
			if n != int64(buf.Len()) || c.before && n > 0 {
				t.Errorf("says %d bytes, wrote %d", n, buf.Len())
			}
		})
	}
	t.Run("the destination fails", func(t *testing.T) {
		_, _, err := msg.Write(t.Context(), failingWriter{failure}, withContent(&fake{says: 1 << 20, has: 1 << 20}), nil)
		if !errors.Is(err, failure) || !errors.As(err, new(*msg.Error)) {
			t.Error(err)
		}
	})
	t.Run("the context ends", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		w := writerFunc(func(p []byte) (int, error) { cancel(); return len(p), nil })
		_, _, err := msg.Write(ctx, w, withContent(&fake{says: 1 << 30, has: 1 << 30}), nil)
		if !errors.Is(err, context.Canceled) || errors.As(err, new(*msg.Error)) {
			t.Error(err)
		}
	})
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// TestWriteIsStreaming writes and reads 200 MB in a few megabytes of memory.
func TestWriteIsStreaming(t *testing.T) {
	const size = 200 << 20
	m := withContent(&fake{says: size, has: size})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	n, _, err := msg.Write(t.Context(), io.Discard, m, nil)
	runtime.ReadMemStats(&after)
	if err != nil || n < size {
		t.Fatalf("%d bytes, %v", n, err)
	}
	if got := after.TotalAlloc - before.TotalAlloc; got > 4<<20 {
		t.Errorf("%d bytes were allocated", got)
	}
}

// TestWriteVersion4 asks for the version of large files, and gets it beyond 2 GiB.
func TestWriteVersion4(t *testing.T) {
	file := write(t, nested(), &msg.WriteOptions{Version: 4})
	if file[26] != 4 {
		t.Errorf("version %d", file[26])
	}
	if d := differences(nested(), read(t, file, nil).Message); len(d) > 0 {
		t.Error(d)
	}
	size, err := msg.Size(t.Context(), withContent(&fake{says: 3 << 30}), nil)
	if err != nil || size%4096 != 0 || size < 3<<30 {
		t.Errorf("3 GiB make a file of %d bytes, %v", size, err)
	}
	if _, err := msg.Size(t.Context(), withContent(&fake{says: 3 << 30}), &msg.WriteOptions{Version: 3}); !errors.Is(err, msg.ErrTooLarge) {
		t.Errorf("3 GiB in version 3: %v", err)
	}
	if _, err := msg.Size(t.Context(), nested(), &msg.WriteOptions{Version: 5}); err == nil {
		t.Error("there is a version 5")
	}
}

// TestWriteMessageThatHoldsItself must end.
func TestWriteMessageThatHoldsItself(t *testing.T) {
	m := new(mapi.Message)
	m.Attachments = []*mapi.Attachment{{Message: m}, {Message: m}}
	if _, _, err := msg.Write(t.Context(), io.Discard, m, nil); !errors.Is(err, msg.ErrTooLarge) || !strings.Contains(err.Error(), "holds itself") {
		t.Error(err)
	}
	deep := new(mapi.Message)
	for range 256 {
		deep = &mapi.Message{Attachments: []*mapi.Attachment{{Message: deep}}}
	}
	write(t, deep, nil)
	deep = &mapi.Message{Attachments: []*mapi.Attachment{{Message: deep}}}
	if _, _, err := msg.Write(t.Context(), io.Discard, deep, nil); !errors.Is(err, msg.ErrTooLarge) {
		t.Error(err)
	}
}

// oneWay hides that a content can be read at any place.
type oneWay struct{ mapi.Content }

func (o oneWay) Open(ctx context.Context) (io.ReadCloser, error) {
	r, err := o.Content.Open(ctx)
	return io.NopCloser(fewBytes{r}), err
}

// TestWriteOLE_MSG_R_031 writes an OLE object as a storage, and reads it.
func TestWriteOLE_MSG_R_031(t *testing.T) {
	object := storage("", stream("CONTENTS", bytes.Repeat([]byte("object"), 1000)), storage("inner", stream("x", []byte("y"))))
	object.CLSID = [16]byte{0x0A, 0x03}
	whole := compound(t, object)
	fromFile := read(t, compound(t, top(nil, storage("__attach_version1.0_#00000000", properties(8, entry{0x37050003, 6}),
		&cfb.Node{Name: "__substg1.0_3701000D", CLSID: object.CLSID, Children: object.Children}))), nil).Message.Attachments[0].Content
	for name, c := range map[string]mapi.Content{
		"bytes": mapi.Bytes(whole), "one way": oneWay{mapi.Bytes(whole)}, "from a file": fromFile,
	} {
		t.Run(name, func(t *testing.T) {
			a := &mapi.Attachment{Content: c}
			mapi.PidTagAttachMethod.Set(&a.Properties, mapi.AttachOLE)
			file := write(t, &mapi.Message{Attachments: []*mapi.Attachment{a}}, nil)
			at := open(t, file).Child("__attach_version1.0_#00000000")
			_, entries := entriesOf(t, at, 8)
			if got, _ := find(entries, 0x3701000D); got != 0x00000004_FFFFFFFF {
				t.Errorf("the object's entry is %#x", got)
			}
			s := at.Child("__substg1.0_3701000D")
			if s == nil || s.CLSID != object.CLSID || string(bytesOf(t, s, "inner", "x")) != "y" {
				t.Fatalf("the storage is %v", s)
			}
			got := content(t, read(t, file, nil).Message.Attachments[0])
			if !bytes.Equal(got, content(t, &mapi.Attachment{Content: fromFile})) {
				t.Error("the object that was read is another one")
			}
		})
	}
	t.Run("what is no compound file", func(t *testing.T) {
		a := &mapi.Attachment{Content: mapi.Bytes("a metafile")}
		mapi.PidTagAttachMethod.Set(&a.Properties, mapi.AttachOLE)
		got := read(t, write(t, &mapi.Message{Attachments: []*mapi.Attachment{a}}, nil), nil).Message
		if s := string(content(t, got.Attachments[0])); s != "a metafile" {
			t.Errorf("content %q", s)
		}
	})
}

// closing is a content that can be read at any place until it is closed.
type closing struct{ mapi.Bytes }

type closingReader struct {
	*bytes.Reader
	closed bool
}

func (c *closingReader) ReadAt(p []byte, off int64) (int, error) {
	if c.closed {
		return 0, errors.New("closed")
	}
	return c.Reader.ReadAt(p, off)
}

func (c *closingReader) Close() error { c.closed = true; return nil }

func (c closing) Open(context.Context) (io.ReadCloser, error) {
	return &closingReader{Reader: bytes.NewReader(c.Bytes)}, nil
}

// TestWriteOLEFromOpenFile reads an object while the file is written.
func TestWriteOLEFromOpenFile(t *testing.T) {
	whole := compound(t, storage("", stream("CONTENTS", make([]byte, 10_000))))
	a := &mapi.Attachment{Content: closing{whole}}
	mapi.PidTagAttachMethod.Set(&a.Properties, mapi.AttachOLE)
	m := &mapi.Message{Attachments: []*mapi.Attachment{a}}
	want := write(t, m, nil)
	r, err := msg.Content(m, nil).Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes, %v; want the %d that Write writes", len(got), err, len(want))
	}
}

// TestWriteDataOnce has the data of an attachment as a property as well.
func TestWriteDataOnce(t *testing.T) {
	a := &mapi.Attachment{Content: mapi.Bytes("content")}
	mapi.PidTagAttachDataBinary.Set(&a.Properties, []byte("property"))
	file := write(t, &mapi.Message{Attachments: []*mapi.Attachment{a}}, nil)
	if p := check(t, file); len(p) > 0 {
		t.Error(p)
	}
	if got := string(content(t, read(t, file, nil).Message.Attachments[0])); got != "content" {
		t.Errorf("content %q", got)
	}
	a.Content = nil
	file = write(t, &mapi.Message{Attachments: []*mapi.Attachment{a}}, nil)
	if got := string(content(t, read(t, file, nil).Message.Attachments[0])); got != "property" {
		t.Errorf("content %q", got)
	}
}

// TestWriteContentAndMessage has both in one attachment; one of them is left out.
func TestWriteContentAndMessage(t *testing.T) {
	for _, c := range []struct {
		method  int32
		message bool
	}{{mapi.AttachEmbeddedMessage, true}, {mapi.AttachByValue, false}} {
		a := &mapi.Attachment{Content: mapi.Bytes("x"), Message: new(mapi.Message)}
		mapi.PidTagAttachMethod.Set(&a.Properties, c.method)
		m := &mapi.Message{Attachments: []*mapi.Attachment{a}}
		var buf bytes.Buffer
		_, diagnostics, err := msg.Write(t.Context(), &buf, m, nil)
		if err != nil || len(diagnostics) != 1 || diagnostics[0].Code != diag.PropertyUnwritable {
			t.Fatalf("method %d: %v, %v; want one diagnostic", c.method, err, diagnostics)
		}
		got := read(t, buf.Bytes(), nil).Message.Attachments[0]
		if (got.Message != nil) != c.message || (got.Content != nil) == c.message {
			t.Errorf("method %d: message %v, content %v", c.method, got.Message, got.Content)
		}
	}
}

// TestReadTruncated has streams that are shorter than the file says.
func TestReadTruncated(t *testing.T) {
	data := bytes.Repeat([]byte("0123456789abcdef"), 1000)
	a := &mapi.Attachment{Content: mapi.Bytes(data)}
	m := &mapi.Message{Attachments: []*mapi.Attachment{a}}
	file := write(t, m, nil)
	res := read(t, file[:len(file)-4096], nil)
	if diff := cmp.Diff([]diag.Code{diag.StreamTruncated}, codesOf(res)); diff != "" {
		t.Errorf("diagnostics: -want +got:\n%s", diff)
	}
	got := content(t, res.Message.Attachments[0])
	if len(got) == 0 || len(got) >= len(data) || !bytes.HasPrefix(data, got) {
		t.Errorf("the content has %d of %d bytes", len(got), len(data))
	}
	write(t, res.Message, nil)
}

// failAfter is a file that cannot be read any more after a while.
type failAfter struct {
	*bytes.Reader
	err error
}

func (f *failAfter) ReadAt(p []byte, off int64) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	return f.Reader.ReadAt(p, off)
}

// TestReadLargeValue reads a binary value that is not kept in memory.
func TestReadLargeValue(t *testing.T) {
	html := bytes.Repeat([]byte("<p>"), 1<<20)
	m := new(mapi.Message)
	mapi.PidTagHtml.Set(&m.Properties, html)
	file := write(t, m, nil)
	src := &failAfter{Reader: bytes.NewReader(file)}
	res, err := msg.Read(t.Context(), src, int64(len(file)), &msg.ReadOptions{MaxMemory: 100_000})
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := mapi.PidTagHtml.Get(&res.Message.Properties); !bytes.Equal(got, html) || res.Err() != nil {
		t.Errorf("%d bytes, %v", len(got), res.Err())
	}
	src.err = errors.New("unplugged")
	if got, _ := mapi.PidTagHtml.Get(&res.Message.Properties); len(got) > 0 || !errors.Is(res.Err(), src.err) {
		t.Errorf("%d bytes, %v; want the error of the file", len(got), res.Err())
	}
	src.err = nil
	if _, err := msg.Read(t.Context(), src, int64(len(file))+4096, nil); err != nil {
		t.Errorf("a size that is too large: %v", err)
	}
	src.err = errors.New("unplugged")
	if _, err := msg.Read(t.Context(), src, int64(len(file)), nil); !errors.Is(err, src.err) || !errors.As(err, new(*msg.Error)) {
		t.Error(err)
	}
}
