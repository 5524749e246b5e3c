package msg_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/msg"
)

// nested is a message in a message in a message, each with a recipient and named
// properties.
func nested() *mapi.Message {
	var m *mapi.Message
	for i := range 3 {
		outer := new(mapi.Message)
		mapi.PidTagSubject.Set(&outer.Properties, fmt.Sprint("level ", 2-i))
		outer.Properties.Set(mapi.Key{Name: mapi.Name{Set: mapi.PSETID_Common, LID: uint32(0x8500 + i)}}, mapi.Int32(int32(i)))
		outer.Properties.Set(mapi.HeaderKey("X-Mailer"), mapi.String("m"))
		outer.Recipients = make([]mapi.Recipient, 1)
		outer.Recipients[0].SetInternet(&mapi.InternetAddress{Name: "R", Address: "r@example.com"}, mapi.RecipientTo, 0)
		outer.Attachments = []*mapi.Attachment{{Content: mapi.Bytes("file")}}
		if m != nil {
			outer.Attachments = append(outer.Attachments, &mapi.Attachment{Message: m})
		}
		m = outer
	}
	return m
}

// levels returns the storages of the messages in nested.
func levels(t *testing.T, root *cfb.Entry) []*cfb.Entry {
	out := []*cfb.Entry{root}
	for range 2 {
		e := out[len(out)-1].Child("__attach_version1.0_#00000001")
		if e = e.Child("__substg1.0_3701000D"); e == nil {
			t.Fatal("there is no embedded message")
		}
		out = append(out, e)
	}
	return out
}

func TestWriteNested(t *testing.T) {
	m := nested()
	file := write(t, m, &msg.WriteOptions{Strict: true})
	for i, e := range levels(t, open(t, file)) {
		headerSize, attachments := 24, 2
		if i == 0 {
			headerSize = 32
		}
		if i == 2 {
			attachments = 1
		}
		t.Run(fmt.Sprint("MSG-W-021 names at the top alone, level ", i), func(t *testing.T) {
			names := e.Child("__nameid_version1.0")
			if (names != nil) != (i == 0) {
				t.Errorf("names: %v", names)
			}
			for _, s := range []string{"00020102", "00030102", "00040102"} {
				if i == 0 && names.Child("__substg1.0_"+s) == nil {
					t.Errorf("%s is missing", s)
				}
			}
		})
		t.Run(fmt.Sprint("MSG-W-022 header sizes, MSG-W-023 counts, level ", i), func(t *testing.T) {
			header, entries := entriesOf(t, e, headerSize)
			want := make([]byte, headerSize)
			for at, n := range map[int]int{8: 1, 12: attachments, 16: 1, 20: attachments} {
				binary.LittleEndian.PutUint32(want[at:], uint32(n))
			}
			if !bytes.Equal(header, want) {
				t.Errorf("header %x; want %x", header, want)
			}
			if got, _ := find(entries, 0x340D0003); got != 0x40E79 {
				t.Errorf("MSG-W-029 PidTagStoreSupportMask is %#x", got)
			}
		})
		entriesOf(t, e.Child("__recip_version1.0_#00000000"), 8)
		_, entries := entriesOf(t, e.Child("__attach_version1.0_#00000000"), 8)
		if size, _ := find(entries, 0x37010102); size != 4 {
			t.Errorf("MSG-W-024 the size of the data is %d", size)
		}
		if i == 2 {
			break
		}
		_, entries = entriesOf(t, e.Child("__attach_version1.0_#00000001"), 8)
		if got, _ := find(entries, 0x3701000D); got != 0x00000001_FFFFFFFF {
			t.Errorf("MSG-W-024 the object's entry is %#x", got)
		}
		if size, _ := find(entries, 0x0E200003); size == 0 {
			t.Error("the embedded message has no size")
		}
	}
	if problems := check(t, file); len(problems) > 0 {
		t.Error(problems)
	}
	if d := differences(m, read(t, file, nil).Message); len(d) > 0 {
		t.Error(d)
	}
}

// TestWriteHeaderNames_MSG_W_028 writes names of header fields, which have no
// case, once and in lower case.
func TestWriteHeaderNames_MSG_W_028(t *testing.T) {
	m := &mapi.Message{Recipients: make([]mapi.Recipient, 1)}
	m.Properties.Set(mapi.HeaderKey("X-Mailer"), mapi.String("a"))
	m.Recipients[0].Properties.Set(mapi.HeaderKey("x-MAILER"), mapi.String("b"))
	names := open(t, write(t, m, nil)).Child("__nameid_version1.0")
	if got, want := bytesOf(t, names, "__substg1.0_00040102"), nameText("x-mailer"); !bytes.Equal(got, want) {
		t.Errorf("the names are %x; want %x", got, want)
	}
	if got := bytesOf(t, names, "__substg1.0_00030102"); len(got) != 8 {
		t.Errorf("%d names; want one", len(got)/8)
	}
}

// TestAttachRenumbers_MSG_W_031 writes a message that was read from a file into
// another one, and the other way round.
func TestAttachRenumbers_MSG_W_031(t *testing.T) {
	inner := read(t, write(t, worked(), nil), nil).Message
	outer := new(mapi.Message)
	for i := range 10 {
		outer.Properties.Set(mapi.Key{Name: mapi.Name{Set: mapi.PSETID_Address, LID: uint32(0x8000 + i)}}, mapi.Int32(1))
	}
	outer.Attachments = []*mapi.Attachment{{Message: inner}}
	got := read(t, write(t, outer, nil), nil).Message
	if d := differences(inner, got.Attachments[0].Message); len(d) > 0 {
		t.Error(d)
	}
	alone := read(t, write(t, got.Attachments[0].Message, nil), nil).Message
	if d := differences(inner, alone); len(d) > 0 {
		t.Error(d)
	}
}

// TestWriteValues looks at the entry and the stream of a value of each type.
func TestWriteValues(t *testing.T) {
	for _, c := range []struct {
		name   string
		v      mapi.Value
		tag    uint32 // 0: nothing is written
		entry  uint64
		stream string // as hexadecimal digits
	}{
		{"MSG-W-024 string", mapi.String("ab"), 0x3636001F, 6, "61006200"},
		{"MSG-W-025 string with NUL", mapi.String("ab\x00\x00"), 0x3636001F, 6, "61006200"},
		{"MSG-W-030 8-bit string", mapi.String8("ä"), 0x3636001F, 4, "e400"},
		{"beyond the BMP", mapi.String("😀"), 0x3636001F, 6, "3dd800de"},
		{"invalid UTF-8", mapi.String("\xff"), 0x3636001F, 4, "fdff"},
		{"MSG-W-027 empty string", mapi.String(""), 0, 0, ""},
		{"MSG-W-027 string of NULs", mapi.String("\x00"), 0, 0, ""},
		{"MSG-W-024 binary", mapi.Binary([]byte{1, 2, 3}), 0x36360102, 3, "010203"},
		{"empty binary", mapi.Binary(nil), 0x36360102, 0, ""},
		{"GUID", mapi.GUIDValue(mapi.PS_MAPI), 0x36360048, 16, "2803020000000000c000000000000046"},
		{"MSG-W-027 int16", mapi.Int16(-2), 0x36360002, 0xFFFE, ""},
		{"MSG-W-027 int32", mapi.Int32(-2), 0x36360003, 0xFFFFFFFE, ""},
		{"MSG-W-027 true", mapi.Bool(true), 0x3636000B, 1, ""},
		{"MSG-W-027 float32", mapi.Float32(1), 0x36360004, 0x3F800000, ""},
		{"int64", mapi.Int64(-2), 0x36360014, 0xFFFFFFFFFFFFFFFE, ""},
		{"double", mapi.Float64(1), 0x36360005, 0x3FF0000000000000, ""},
		{"time", mapi.TimeValue(5), 0x36360040, 5, ""},
		{"currency", mapi.CurrencyValue(-1), 0x36360006, 0xFFFFFFFFFFFFFFFF, ""},
		{"error", mapi.ErrorCodeValue(0x8004010F), 0x3636000A, 0x8004010F, ""},
		{"list of int16", mapi.List([]int16{1, -1}), 0x36361002, 4, "0100ffff"},
		{"list of times", mapi.List([]mapi.Time{7}), 0x36361040, 8, "0700000000000000"},
		{"list of GUIDs", mapi.List([]mapi.GUID{mapi.PS_MAPI}), 0x36361048, 16, "2803020000000000c000000000000046"},
		{"MSG-W-025 list of strings", mapi.List([]string{"a", ""}), 0x3636101F, 8, "0400000002000000"},
		{"MSG-W-026 list of binaries", mapi.List([][]byte{{9, 9}}), 0x36361102, 8, "0200000000000000"},
		{"MSG-W-030 list of 8-bit strings", mapi.Tag[[]string](0x3636101E).Value([]string{"a"}), 0x3636101F, 4, "04000000"},
		{"empty list", mapi.List([]string{}), 0x3636101F, 0, ""},
		{"unknown type", mapi.Opaque(0x0999, []byte{1}), 0x36360999, 1, "01"},
		{"object", mapi.Object(), 0, 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := new(mapi.Message)
			m.Properties.Set(mapi.Key{ID: 0x3636}, c.v)
			root := open(t, write(t, m, &msg.WriteOptions{Strict: true}))
			_, entries := entriesOf(t, root, 32)
			var got []entry
			for _, e := range entries {
				if e.tag>>16 == 0x3636 {
					got = append(got, e)
				}
			}
			var want []entry
			if c.tag != 0 {
				want = []entry{{c.tag, c.entry}}
			}
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(entry{})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if s := fmt.Sprintf("%x", bytesOf(t, root, fmt.Sprintf("__substg1.0_%08X", c.tag))); s != c.stream {
				t.Errorf("the stream is %s; want %s", s, c.stream)
			}
		})
	}
}

// TestWriteLeavesOut has what a file cannot hold or should not.
func TestWriteLeavesOut(t *testing.T) {
	long := mapi.Key{Name: mapi.Name{Set: mapi.PS_PUBLIC_STRINGS, String: strings.Repeat("x", 513)}}
	for _, c := range []struct {
		name   string
		key    mapi.Key
		v      mapi.Value
		code   diag.Code
		strict bool // refused by Strict
	}{
		{"PtypNull", mapi.Key{ID: 0x3636}, mapi.Opaque(mapi.PtypNull, nil), diag.PropertyUnwritable, true},
		{"an id without a name", mapi.Key{ID: 0x8005}, mapi.Int32(1), diag.PropertyUnwritable, true},
		{"a name too long", long, mapi.Int32(1), diag.PropertyUnwritable, true},
		{"a name that ends in NUL", mapi.Key{Name: mapi.Name{String: "x\x00"}}, mapi.Int32(1), diag.PropertyUnwritable, true},
		{"an entry id of a store", mapi.PidTagEntryId.Key(), mapi.Binary([]byte{1}), diag.PropertyDropped, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := new(mapi.Message)
			m.Properties.Set(c.key, c.v)
			var buf bytes.Buffer
			_, diagnostics, err := msg.Write(t.Context(), &buf, m, nil)
			if err != nil || len(diagnostics) != 1 || diagnostics[0].Code != c.code {
				t.Errorf("%v, %v; want one diagnostic %s", err, diagnostics, c.code)
			}
			if _, has := read(t, buf.Bytes(), nil).Message.Properties.Get(c.key); has {
				t.Error("it was written")
			}
			_, _, err = msg.Write(t.Context(), io.Discard, m, &msg.WriteOptions{Strict: true})
			if errors.Is(err, msg.ErrStrict) != c.strict || (err != nil) != c.strict {
				t.Errorf("strict: %v", err)
			}
		})
	}
}

// TestWriteManyNames fills the mapping up.
func TestWriteManyNames(t *testing.T) {
	m := new(mapi.Message)
	for i := range 0x7FFE + 1 {
		m.Properties.Set(mapi.Key{Name: mapi.Name{Set: mapi.PSETID_Common, LID: uint32(i)}}, mapi.Int32(int32(i)))
	}
	var buf bytes.Buffer
	_, diagnostics, err := msg.Write(t.Context(), &buf, m, nil)
	if err != nil || len(diagnostics) != 1 || diagnostics[0].Code != diag.PropertyUnwritable {
		t.Fatalf("%v, %v; want one property that cannot be written", err, diagnostics)
	}
	got := read(t, buf.Bytes(), nil).Message
	if v, ok := got.Properties.Get(mapi.Key{Name: mapi.Name{Set: mapi.PSETID_Common, LID: 0x7FFD}}); !ok || v.Any() != int32(0x7FFD) {
		t.Errorf("the last name has %v", v.Any())
	}
}

// TestWriteMany_MSG_W_011 writes more rows than the format allows.
func TestWriteMany_MSG_W_011(t *testing.T) {
	for _, what := range []string{"recipients", "attachments"} {
		t.Run(what, func(t *testing.T) {
			m := new(mapi.Message)
			add := func() {
				if what == "recipients" {
					m.Recipients = append(m.Recipients, mapi.Recipient{})
				} else {
					m.Attachments = append(m.Attachments, new(mapi.Attachment))
				}
			}
			for range msg.MaxObjects {
				add()
			}
			strict := &msg.WriteOptions{Strict: true}
			if problems := check(t, write(t, m, strict)); len(problems) > 0 {
				t.Error(problems)
			}
			add()
			if _, _, err := msg.Write(t.Context(), io.Discard, m, strict); !errors.Is(err, msg.ErrStrict) {
				t.Errorf("strict: %v", err)
			}
			var buf bytes.Buffer
			_, diagnostics, err := msg.Write(t.Context(), &buf, m, nil)
			if err != nil || len(diagnostics) != 1 || diagnostics[0].Code != diag.MsgCountExceeds {
				t.Fatalf("%v, %v; want one diagnostic", err, diagnostics)
			}
			got := read(t, buf.Bytes(), nil).Message
			if n := len(got.Recipients) + len(got.Attachments); n != msg.MaxObjects+1 {
				t.Errorf("%d were written", n)
			}
		})
	}
}

// TestWriteIsDeterministic_MSG_W_009 writes the same message several times, and
// what was read of it, whose properties are in another order.
func TestWriteIsDeterministic_MSG_W_009(t *testing.T) {
	m := nested()
	file := write(t, m, nil)
	for range 5 {
		if !bytes.Equal(file, write(t, nested(), nil)) {
			t.Fatal("the same message makes two files")
		}
	}
	got := read(t, file, nil).Message
	if !bytes.Equal(file, write(t, got, nil)) {
		t.Error("the message that was read makes another file")
	}
}

func TestWriteKeepsTheMessage(t *testing.T) {
	m, same := nested(), nested()
	write(t, m, nil)
	a, b := &mapi.Attachment{Message: m}, &mapi.Attachment{Message: same}
	if !a.Equal(b) {
		t.Error("writing changed the message")
	}
}

func TestContentIsTheFile(t *testing.T) {
	m := nested()
	want := write(t, m, nil)
	c := msg.Content(m, nil)
	size, err := c.Size(t.Context())
	if err != nil || size != int64(len(want)) {
		t.Errorf("size %d, %v; want %d", size, err, len(want))
	}
	r, err := c.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(fewBytes{r})
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%v, %d bytes; want the %d that Write writes", err, len(got), len(want))
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	r, _ = c.Open(t.Context())
	r.Read(make([]byte, 10))
	r.Close()
	if n, err := r.Read(make([]byte, 10)); n != 0 || !errors.Is(err, fs.ErrClosed) {
		t.Errorf("read %d bytes after Close, %v", n, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	r, _ = c.Open(ctx)
	cancel()
	if _, err := io.ReadAll(r); err == nil {
		t.Error("reading goes on after the context has ended")
	}
	r.Close()
}

// fewBytes reads few bytes at a time.
type fewBytes struct{ io.Reader }

func (r fewBytes) Read(p []byte) (int, error) { return r.Reader.Read(p[:min(len(p), 7)]) }
