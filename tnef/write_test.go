package tnef_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/tnef"
)

// theTime is 2026-11-21 09:30:00, a Saturday.
const theTime mapi.Time = 134397270000000000

// worked is the message of which the bytes of attMsgProps are known.
func worked() *mapi.Message {
	var m mapi.Message
	mapi.PidTagImportance.Set(&m.Properties, 2)
	mapi.PidTagRtfInSync.Set(&m.Properties, true)
	mapi.PidTagSubject.Set(&m.Properties, "Hi")
	mapi.PidLidPrivate.Set(&m.Properties, true)
	mapi.PidNameKeywords.Set(&m.Properties, []string{"Red"})
	return &m
}

// full has a value of every type, of all kinds of attachments and recipients.
func full(t testing.TB) *mapi.Message {
	m := worked()
	p := &m.Properties
	mapi.PidTagMessageClass.Set(p, "IPM.Note.Mine")
	mapi.PidTagClientSubmitTime.Set(p, theTime)
	mapi.PidTagMessageFlags.Set(p, 0x11)
	mapi.PidTagSearchKey.Set(p, []byte{0, 0xFF})
	mapi.PidTagInternetMessageId.Set(p, "<1@example.com>")
	mapi.PidTagBody.Set(p, strings.Repeat("line €\r\n", 2000))
	mapi.PidTagHtml.Set(p, bytes.Repeat([]byte("<p>text</p>"), 1000))
	mapi.SenderGroup.Set(p, mapi.Address{Name: "Jane Doe", Type: "SMTP", Email: "jane@example.com"})
	mapi.SentRepresentingGroup.Set(p, mapi.Address{Name: "Böss", Type: "EX", Email: "/o=x/cn=boss"})
	for i, v := range []mapi.Value{
		mapi.Int16(-2), mapi.Int32(-3), mapi.Float32(1.5), mapi.Float64(2.5), mapi.CurrencyValue(7), mapi.FloatingTimeValue(3.5), mapi.ErrorCodeValue(0x8004010F),
		mapi.Bool(true), mapi.Int64(-5), mapi.String("\U0001F600"), mapi.String(""), mapi.TimeValue(theTime), mapi.GUIDValue(mapi.PSETID_Task),
		mapi.Binary(nil), mapi.Binary([]byte{1, 2, 3}),
		mapi.List([]int16{-1, 2}), mapi.List([]int32{1}), mapi.List([]float32{1}), mapi.List([]float64{1, 2}), mapi.List([]mapi.Currency{3}), mapi.List([]mapi.FloatingTime{4}),
		mapi.List([]int64{5}), mapi.List([]string{"a", "", "bcd"}), mapi.List([]mapi.Time{theTime}), mapi.List([]mapi.GUID{mapi.PSETID_Task}), mapi.List([][]byte{{1}, {}, {2, 3}}),
	} {
		p.Set(mapi.Key{Name: mapi.Name{Set: mapi.PSETID_Common, LID: uint32(0x9000 + i)}}, v)
	}
	m.Recipients = []mapi.Recipient{person("Joe", "joe@example.com"), person("Jane", "jane@example.com")}
	file := &mapi.Attachment{Content: mapi.Bytes("the data")}
	mapi.PidTagAttachLongFilename.Set(&file.Properties, "a long näme.txt")
	mapi.PidTagAttachRendering.Set(&file.Properties, []byte{1, 2, 3})
	mapi.PidTagCreationTime.Set(&file.Properties, theTime)
	ole := &mapi.Attachment{Content: mapi.Bytes(compound(t))}
	mapi.PidTagAttachMethod.Set(&ole.Properties, mapi.AttachOLE)
	inner := &mapi.Attachment{Message: worked()}
	inner.Message.Recipients = []mapi.Recipient{person("Eve", "eve@example.com")}
	mapi.PidTagMessageFlags.Set(&inner.Message.Properties, 3)
	inner.Message.Attachments = []*mapi.Attachment{{Content: mapi.Bytes("inside")}, {Message: worked()}, {Content: mapi.Bytes("behind")}}
	m.Attachments = []*mapi.Attachment{file, ole, inner, {}}
	return m
}

// compound is a compound file.
func compound(t testing.TB) []byte {
	t.Helper()
	var buf bytes.Buffer
	plan, err := cfb.Prepare(&cfb.Node{Children: []*cfb.Node{{Name: "CONTENTS", Content: cfb.Bytes("object")}}}, nil)
	if err == nil {
		_, err = plan.WriteTo(&buf)
	}
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// TestExample reproduces bytes that are known from the format's description.
func TestExample(t *testing.T) {
	want := join(
		u32(6), // one more than there: the class
		[]byte{0x03, 0x00, 0x17, 0x00, 0x02, 0x00, 0x00, 0x00},
		[]byte{0x0B, 0x00, 0x1F, 0x0E, 0x01, 0x00, 0x00, 0x00},
		[]byte{0x1F, 0x00, 0x37, 0x00, 0x01, 0x00, 0x00, 0x00, 0x06, 0x00, 0x00, 0x00, 0x48, 0x00, 0x69, 0x00, 0x00, 0x00, 0x00, 0x00},
		[]byte{0x0B, 0x00, 0x00, 0x80, 0x08, 0x20, 0x06, 0x00, 0x00, 0x00, 0x00, 0x00, 0xC0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46, 0x00, 0x00, 0x00, 0x00, 0x06, 0x85, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00},
		[]byte{0x1F, 0x10, 0x01, 0x80, 0x29, 0x03, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0xC0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46, 0x01, 0x00, 0x00, 0x00, 0x12, 0x00, 0x00, 0x00,
			0x4B, 0x00, 0x65, 0x00, 0x79, 0x00, 0x77, 0x00, 0x6F, 0x00, 0x72, 0x00, 0x64, 0x00, 0x73, 0x00, 0x00, 0x00, 0x00, 0x00,
			0x01, 0x00, 0x00, 0x00, 0x08, 0x00, 0x00, 0x00, 0x52, 0x00, 0x65, 0x00, 0x64, 0x00, 0x00, 0x00},
		text(0x001A001F, "IPM.Note"),
	)
	s := write(t, worked(), nil)
	t.Run("TNEF-W-001 the list of properties", func(t *testing.T) {
		if diff := cmp.Diff(want, attributeOf(t, s, attMsgProps)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
	t.Run("TNEF-W-001 what comes before it", func(t *testing.T) {
		head := []byte{0x78, 0x9F, 0x3E, 0x22, 0x01, 0x00, 0x01, 0x06, 0x90, 0x08, 0x00, 0x04, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01, 0x00,
			0x01, 0x07, 0x90, 0x06, 0x00, 0x08, 0x00, 0x00, 0x00, 0xE4, 0x04, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xE8, 0x00,
			0x01, 0x08, 0x80, 0x07, 0x00, 0x18, 0x00, 0x00, 0x00}
		head = append(append(head, z("IPM.Microsoft Mail.Note")...), 0x31, 0x08)
		if !bytes.HasPrefix(s, head) {
			t.Errorf("% X", s)
		}
	})
	t.Run("date", func(t *testing.T) {
		m := worked()
		mapi.PidTagClientSubmitTime.Set(&m.Properties, theTime)
		want := []byte{0x01, 0x05, 0x80, 0x03, 0x00, 0x0E, 0x00, 0x00, 0x00, 0xEA, 0x07, 0x0B, 0x00, 0x15, 0x00, 0x09, 0x00, 0x1E, 0x00, 0x00, 0x00, 0x07, 0x00, 0x3F, 0x01}
		if s := write(t, m, nil); !bytes.Contains(s, want) {
			t.Errorf("% X", s)
		}
	})
	t.Run("sender", func(t *testing.T) {
		m := worked()
		mapi.SenderGroup.Set(&m.Properties, mapi.Address{Name: "Jane Doe", Type: "SMTP", Email: "jane@example.com"})
		want := join([]byte{0x01, 0x00, 0x80, 0x00, 0x00, 0x30, 0x00, 0x00, 0x00, 0x04, 0x00, 0x30, 0x00, 0x0A, 0x00, 0x16, 0x00},
			[]byte("Jane Doe\x00\x00SMTP:jane@example.com\x00"), make([]byte, 8), []byte{0xBF, 0x0A})
		if s := write(t, m, nil); !bytes.Contains(s, want) {
			t.Errorf("% X", s)
		}
	})
}

// TestOrder: version and code page come first, the properties last; of an
// attachment its description first, its properties last.
func TestOrder(t *testing.T) {
	order := func(s []byte) (list []string) {
		for _, p := range split(t, s) {
			list = append(list, fmt.Sprintf("%d %04X", p.level, uint16(p.id)))
		}
		return list
	}
	s := write(t, full(t), nil)
	t.Run("TNEF-W-002 a message and its attachments", func(t *testing.T) {
		want := []string{"1 9006", "1 9007", "1 8008", "1 800D", "1 8004", "1 8005", "1 8000", "1 0001", "1 8009", "1 9003",
			"2 9002", "2 8010", "2 8012", "2 8011", "2 800F", "2 9005", "2 9002", "2 9005", "2 9002", "2 9005", "2 9002", "2 9005"}
		if diff := cmp.Diff(want, order(s)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
	t.Run("TNEF-W-002 a message within has its recipients and its status", func(t *testing.T) {
		var lists [][]byte
		for _, p := range split(t, s) {
			if p.id == attAttachment {
				lists = append(lists, p.data)
			}
		}
		head, inner, ok := bytes.Cut(lists[2], iidMessage[:])
		if !ok {
			t.Fatal("there is no message")
		}
		inner = inner[:le.Uint32(head[len(head)-4:])-16]
		want := []string{"1 9006", "1 9007", "1 8008", "1 800D", "1 8004", "1 8007", "1 9004", "1 9003", "2 9002", "2 800F", "2 9005", "2 9002", "2 9005", "2 9002", "2 800F", "2 9005"}
		if diff := cmp.Diff(want, order(inner)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
	t.Run("TNEF-W-002 a stream on its own", func(t *testing.T) {
		got := order(write(t, full(t), &tnef.WriteOptions{Standalone: true}))
		for _, id := range []string{"1 8007", "1 9004"} {
			if !slices.Contains(got, id) {
				t.Errorf("%s is missing in %q", id, got)
			}
		}
	})
	t.Run("TNEF-W-002 a meeting", func(t *testing.T) {
		m := worked()
		p := &m.Properties
		mapi.PidTagMessageClass.Set(p, "IPM.Schedule.Meeting.Request")
		mapi.PidTagStartDate.Set(p, theTime)
		mapi.PidTagEndDate.Set(p, theTime)
		mapi.PidTagOwnerAppointmentId.Set(p, 5)
		mapi.PidTagResponseRequested.Set(p, true)
		mapi.SentRepresentingGroup.Set(p, mapi.Address{Name: "Joe", Type: "SMTP", Email: "x@y"})
		s := write(t, m, nil)
		want := []string{"1 9006", "1 9007", "1 8008", "1 800D", "1 8004", "1 0009", "1 0001", "1 0000", "1 0006", "1 0007", "1 0008", "1 9003"}
		if diff := cmp.Diff(want, order(s)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if got := attributeOf(t, s, attOwner); !bytes.Equal(got, counted("Joe", "SMTP:x@y")) {
			t.Errorf("owner % X", got)
		}
	})
}

// TestRoundTrip: what is written is read as it was, and makes the same bytes again.
func TestRoundTrip(t *testing.T) {
	odd := worked()
	odd.Attachments = []*mapi.Attachment{nil, {}, {Message: new(mapi.Message), Content: mapi.Bytes("x")}}
	mapi.PidTagAttachMethod.Set(&odd.Attachments[2].Properties, mapi.AttachByValue)
	mapi.PidTagAttachFilename.Set(&odd.Attachments[1].Properties, "a name longer than eight.three")
	parts := new(mapi.Message)
	mapi.PidTagSubjectPrefix.Set(&parts.Properties, "RE: ")
	mapi.PidTagNormalizedSubject.Set(&parts.Properties, "x")
	mapi.PidTagSenderName.Set(&parts.Properties, "a name alone")
	mapi.PidTagSentRepresentingEntryId.Set(&parts.Properties, (&mapi.OneOff{Name: "n", AddressType: "SMTP", Address: "a@b"}).Bytes())
	bin := &mapi.Message{Attachments: []*mapi.Attachment{{}}}
	mapi.PidTagAttachDataBinary.Set(&bin.Attachments[0].Properties, []byte("data"))
	streamed := &mapi.Message{Attachments: []*mapi.Attachment{{Content: mapi.Bytes("no storage")}}}
	mapi.PidTagAttachMethod.Set(&streamed.Attachments[0].Properties, mapi.AttachOLE)
	lazy := worked()
	lazy.Properties.Set(mapi.PidTagRtfCompressed.Key(), mapi.LazyBinary((*mapi.InternetAddress)(&mapi.InternetAddress{Address: "a@b"}).EntryID()))
	for _, tt := range []struct {
		name string
		m    *mapi.Message
	}{
		{"empty", new(mapi.Message)}, {"worked", worked()}, {"full", full(t)}, {"odd", odd}, {"parts", parts}, {"data as a property", bin},
		{"OLE that is no storage", streamed}, {"a value that is made", lazy},
	} {
		for _, o := range []*tnef.WriteOptions{nil, {Standalone: true, Key: 7, CodePage: 1251}} {
			t.Run(fmt.Sprintf("TNEF-W-009 %s, standalone %v", tt.name, o != nil), func(t *testing.T) {
				s := write(t, tt.m, o)
				if !bytes.Equal(s, write(t, tt.m, o)) {
					t.Error("the same message makes two streams")
				}
				res := read(t, s, &tnef.ReadOptions{Trusted: true})
				checkReport(t, res, "")
				if again := write(t, res.Message, o); !bytes.Equal(s, again) {
					t.Errorf("what was read makes another stream\n%s", cmp.Diff(describe(t, res.Message), describe(t, read(t, again, nil).Message)))
				}
				for _, d := range differences(tt.m, res.Message, o != nil) {
					t.Error(d)
				}
			})
		}
	}
	t.Run("TNEF-W-008 messages within", func(t *testing.T) {
		m := read(t, write(t, full(t), nil), nil).Message.Attachments[2].Message
		if got := mapi.Subject(&m.Attachments[1].Message.Properties); got != "Hi" {
			t.Errorf("subject %q", got)
		}
		if got := string(content(t, m.Attachments[2])); got != "behind" {
			t.Errorf("the attachment behind the message has %q", got)
		}
	})
	t.Run("TNEF-W-008 the length counts the interface", func(t *testing.T) {
		m := &mapi.Message{Attachments: []*mapi.Attachment{{Message: new(mapi.Message)}}}
		list := attributeOf(t, write(t, m, nil), attAttachment)
		head, inner, _ := bytes.Cut(list, iidMessage[:])
		size := int(le.Uint32(head[len(head)-4:]))
		if len(inner)+16-size != -size&3 || size != 16+len(bytes.TrimRight(inner, "\x00")) {
			t.Errorf("the length is %d, the stream has %d bytes", size, len(inner))
		}
		if !bytes.Equal(head[len(head)-12:len(head)-4], join(u32(0x3701000D), u32(1))) {
			t.Errorf("% X", head)
		}
	})
	t.Run("data as a property is the content", func(t *testing.T) {
		a := read(t, write(t, bin, nil), nil).Message.Attachments[0]
		if got := string(content(t, a)); got != "data" || a.Method() != mapi.AttachByValue {
			t.Errorf("%q by method %d", got, a.Method())
		}
	})
	t.Run("the title is the long name, or the short one", func(t *testing.T) {
		for _, tt := range []struct{ long, short, want string }{{"long name.txt", "LONGNA~1.TXT", "long name.txt\x00"}, {"", "SHORT.TXT", "SHORT.TXT\x00"}, {"", "", ""}} {
			m := &mapi.Message{Attachments: []*mapi.Attachment{{}}}
			for tag, s := range map[mapi.Tag[string]]string{mapi.PidTagAttachLongFilename: tt.long, mapi.PidTagAttachFilename: tt.short} {
				if s != "" {
					tag.Set(&m.Attachments[0].Properties, s)
				}
			}
			if got := string(attributeOf(t, write(t, m, nil), attAttachTitle)); got != tt.want {
				t.Errorf("%q; want %q", got, tt.want)
			}
		}
	})
	t.Run("TNEF-W-011 an OLE object", func(t *testing.T) {
		s := write(t, &mapi.Message{Attachments: []*mapi.Attachment{full(t).Attachments[1]}}, nil)
		if got := attributeOf(t, s, attAttachRendData); !bytes.Equal(got, join(u16(2), u32(0xFFFFFFFF), u16(0xFFFF), u16(0xFFFF), u32(0))) {
			t.Errorf("description % X", got)
		}
		if got := attributeOf(t, s, attAttachment); !bytes.Contains(got, join(u32(0x3701000D), u32(1), u32(uint32(len(compound(t))+16)), iidStorage[:], compound(t))) {
			t.Error("there is no storage")
		}
		if attributeOf(t, s, attAttachData) != nil {
			t.Error("there is an attAttachData")
		}
		s = write(t, streamed, nil)
		if got := attributeOf(t, s, attAttachment); !bytes.Contains(got, join(iidStream[:], []byte("no storage"))) {
			t.Error("there is no stream")
		}
	})
}

// left are the properties that a list does not hold, or that Write adds or changes;
// see TestExclusions.
var left = map[string]bool{
	"PidTagMessageClass": true, "PidTagSubject": true, "PidTagImportance": true, "PidTagInternetCodepage": true, "PidTagTnefCorrelationKey": true,
	"PidTagMessageFlags": true, "PidTagAttachMethod": true, "PidTagAttachTag": true, "PidTagRenderingPosition": true, "PidTagAttachFilename": true,
	"PidTagAttachLongFilename": true, "PidTagAttachDataBinary": true,
}

// differences says what got, which was written and read, has not in common with
// want, but for what Write documents.
func differences(want, got *mapi.Message, recipients bool) (out []string) {
	out = append(out, bagDifferences("message", &want.Properties, &got.Properties)...)
	if !recipients {
		if len(got.Recipients) > 0 {
			out = append(out, "the outermost message has recipients")
		}
	} else if len(want.Recipients) != len(got.Recipients) {
		out = append(out, fmt.Sprintf("%d recipients, not %d", len(got.Recipients), len(want.Recipients)))
	} else {
		for i := range want.Recipients {
			out = append(out, bagDifferences(fmt.Sprint("recipient ", i), &want.Recipients[i].Properties, &got.Recipients[i].Properties)...)
		}
	}
	if len(want.Attachments) != len(got.Attachments) {
		return append(out, fmt.Sprintf("%d attachments, not %d", len(got.Attachments), len(want.Attachments)))
	}
	for i, a := range want.Attachments {
		if a == nil {
			a = new(mapi.Attachment)
		}
		b := got.Attachments[i]
		out = append(out, bagDifferences(fmt.Sprint("attachment ", i), &a.Properties, &b.Properties)...)
		if a.Content != nil {
			if !(&mapi.Attachment{Content: a.Content}).Equal(&mapi.Attachment{Content: b.Content}) {
				out = append(out, fmt.Sprintf("attachment %d has another content", i))
			}
		} else if a.Message != nil {
			if b.Message == nil {
				out = append(out, fmt.Sprintf("attachment %d has no message", i))
				continue
			}
			for _, d := range differences(a.Message, b.Message, true) {
				out = append(out, fmt.Sprintf("attachment %d: %s", i, d))
			}
		}
	}
	return out
}

func bagDifferences(where string, want, got *mapi.Properties) (out []string) {
	name := func(q mapi.Property) string {
		s, _ := mapi.TagName(q.Tag())
		return s
	}
	for q := range want.All() {
		v, ok := got.Get(q.Key())
		same := v.Equal(q.Value)
		if s, isText := q.Value.Text(); isText {
			u, _ := v.Text()
			same = ok && strings.TrimRight(s, "\x00") == u
		}
		if !same && !left[name(q)] {
			out = append(out, fmt.Sprintf("%s: %s %#v is %.60v, not %.60v", where, name(q), q.Name, v.Any(), q.Value.Any()))
		}
	}
	for q := range got.All() {
		if _, ok := want.Get(q.Key()); !ok && !left[name(q)] {
			out = append(out, fmt.Sprintf("%s: %s %#v is new", where, name(q), q.Name))
		}
	}
	return out
}

// zeros is a content of zeros and a one at its end.
type zeros int64

func (z zeros) Size(context.Context) (int64, error) { return int64(z), nil }

func (z zeros) Open(context.Context) (io.ReadCloser, error) {
	return io.NopCloser(io.MultiReader(io.LimitReader(zeroReader{}, int64(z)-1), strings.NewReader("\x01"))), nil
}

type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// TestLargeAttachments: lengths have 32 bits, checksums are of all bytes, and the
// content is in no memory.
func TestLargeAttachments(t *testing.T) {
	for _, size := range []int64{65535, 65536, 65537, 16<<20 - 1, 16 << 20, 16<<20 + 5} {
		t.Run(fmt.Sprintf("TNEF-W-003 %d bytes", size), func(t *testing.T) {
			m := &mapi.Message{Attachments: []*mapi.Attachment{{Content: zeros(size)}}}
			s := write(t, m, nil)
			for _, p := range split(t, s) {
				if p.id == attAttachData && int64(len(p.data)) != size {
					t.Errorf("%d bytes", len(p.data))
				}
			}
			checkReport(t, read(t, s, nil), "")
		})
	}
	t.Run("TNEF-W-003 written without being held", func(t *testing.T) {
		m := &mapi.Message{Attachments: []*mapi.Attachment{{Content: zeros(256 << 20)}}}
		if n := allocated(func() {
			if _, _, err := tnef.Write(t.Context(), io.Discard, m, nil); err != nil {
				t.Fatal(err)
			}
		}); n > 1<<20 {
			t.Errorf("%d bytes were allocated", n)
		}
	})
}

// TestStrings: strings are Unicode, have their NUL and are padded with zeros.
func TestStrings(t *testing.T) {
	for n := range 6 {
		t.Run(fmt.Sprintf("TNEF-W-004 %d characters", n), func(t *testing.T) {
			var m mapi.Message
			s := strings.Repeat("x", n)
			mapi.PidTagConversationTopic.Set(&m.Properties, s+"\x00\x00")
			m.Properties.Set(mapi.Key{ID: 0x3600}, mapi.List([]string{s, s}))
			m.Properties.Set(mapi.Key{ID: 0x3601}, mapi.Binary([]byte(s)))
			list := attributeOf(t, write(t, &m, nil), attMsgProps)
			for _, want := range [][]byte{text(0x0070001F, s), variable(0x3600101F, utf16z(s), utf16z(s)), variable(0x36010102, []byte(s))} {
				if !bytes.Contains(list, want) {
					t.Errorf("% X\nis not in % X", want, list)
				}
			}
			if len(list)%4 != 0 {
				t.Errorf("the list has %d bytes", len(list))
			}
		})
	}
	t.Run("TNEF-W-005 no 8-bit strings among the properties", func(t *testing.T) {
		m := worked()
		m.Properties.Set(mapi.PidTagBody.Key(), mapi.String8("bödy"))
		m.Properties.Set(mapi.Key{ID: 0x3600}, mapi.Tag[[]string](mapi.PtypMultipleString8).Value([]string{"a"}))
		for p := range read(t, write(t, m, nil), nil).Message.Properties.All() {
			if p.Value.Type().Base() == mapi.PtypString8 {
				t.Errorf("0x%08X", p.Tag())
			}
		}
	})
	for _, tt := range []struct {
		name, subject, want string
		page                uint32
		set                 func(*mapi.Properties)
		options             *tnef.WriteOptions
	}{
		{"windows-1252", "€é", "\x80\xE9", 1252, nil, nil},
		{"ASCII", "Hi", "Hi", 1252, func(p *mapi.Properties) { mapi.PidTagMessageCodepage.Set(p, 932) }, nil},
		{"the message's code page", "日本", "\x93\xFA\x96{", 932, func(p *mapi.Properties) { mapi.PidTagMessageCodepage.Set(p, 932) }, nil},
		{"the message's language", "Мир", "\xCC\xE8\xF0", 1251, func(p *mapi.Properties) { mapi.PidTagMessageLocaleId.Set(p, 1049) }, nil},
		{"the body's code page", "Мир", "\xED\xC9\xD2", 20866, func(p *mapi.Properties) { mapi.PidTagInternetCodepage.Set(p, 20866) }, nil},
		{"UTF-8", "日€", "日€", 65001, func(p *mapi.Properties) { mapi.PidTagInternetCodepage.Set(p, 65001) }, nil},
		{"what can't be written", "x日", "x?", 1252, nil, nil},
		{"a code page that is no ASCII", "日", "?", 1252, func(p *mapi.Properties) { mapi.PidTagInternetCodepage.Set(p, 50220) }, nil},
		{"the options", "Мир", "\xCC\xE8\xF0", 1251, nil, &tnef.WriteOptions{CodePage: 1251}},
		{"a NUL within", "a\x00b", "ab", 1252, nil, nil},
	} {
		t.Run("TNEF-W-005 "+tt.name, func(t *testing.T) {
			var m mapi.Message
			mapi.PidTagSubject.Set(&m.Properties, tt.subject)
			if tt.set != nil {
				tt.set(&m.Properties)
			}
			s := write(t, &m, tt.options)
			if got := attributeOf(t, s, attSubject); string(got) != tt.want+"\x00" {
				t.Errorf("%q", got)
			}
			if got := attributeOf(t, s, attOemCodepage); !bytes.Equal(got, join(u32(tt.page), u32(0))) {
				t.Errorf("code page % X", got)
			}
			if got := mapi.PidTagSubject.Or(&read(t, s, nil).Message.Properties, ""); got != tt.subject {
				t.Errorf("it is read as %q", got)
			}
		})
	}
}

// TestCodePageOf: every 8-bit string of a message counts.
func TestCodePageOf(t *testing.T) {
	for name, set := range map[string]func(*mapi.Message){
		"subject":        func(m *mapi.Message) { mapi.PidTagSubject.Set(&m.Properties, "日") },
		"class":          func(m *mapi.Message) { mapi.PidTagMessageClass.Set(&m.Properties, "IPM.日") },
		"sender":         func(m *mapi.Message) { mapi.PidTagSenderName.Set(&m.Properties, "日") },
		"represented":    func(m *mapi.Message) { mapi.PidTagSentRepresentingName.Set(&m.Properties, "日") },
		"long file name": func(m *mapi.Message) { mapi.PidTagAttachLongFilename.Set(&m.Attachments[0].Properties, "日") },
		"file name":      func(m *mapi.Message) { mapi.PidTagAttachFilename.Set(&m.Attachments[0].Properties, "日") },
	} {
		t.Run("TNEF-W-005 "+name, func(t *testing.T) {
			m := worked()
			m.Attachments = []*mapi.Attachment{{}, nil}
			mapi.PidTagMessageCodepage.Set(&m.Properties, 932)
			set(m)
			if got := attributeOf(t, write(t, m, nil), attOemCodepage); !bytes.Equal(got, join(u32(932), u32(0))) {
				t.Errorf("% X", got)
			}
		})
	}
}

// TestNesting: messages can be nested so deep, and no deeper.
func TestNesting(t *testing.T) {
	m := new(mapi.Message)
	for range 256 {
		m = &mapi.Message{Attachments: []*mapi.Attachment{{Message: m}}}
	}
	write(t, m, nil)
	m = &mapi.Message{Attachments: []*mapi.Attachment{{Message: m}}}
	if _, err := tnef.Size(t.Context(), m, nil); !errors.Is(err, tnef.ErrTooLarge) {
		t.Error(err)
	}
}

func TestCorrelationKey(t *testing.T) {
	set := func(key, id string) *mapi.Message {
		m := worked()
		if key != "" {
			mapi.PidTagTnefCorrelationKey.Set(&m.Properties, []byte(key))
		}
		if id != "" {
			mapi.PidTagInternetMessageId.Set(&m.Properties, id)
		}
		return m
	}
	for _, tt := range []struct {
		name, want string
		m          *mapi.Message
		options    *tnef.WriteOptions
	}{
		{"TNEF-W-006 of the Message-ID", "<1@x>\x00", set("", "<1@x>"), nil},
		{"TNEF-W-006 of the options", "<2@x>\x00", set("<3@x>", "<1@x>"), &tnef.WriteOptions{CorrelationKey: "<2@x>"}},
		{"TNEF-W-006 the message's own", "<3@x>\x00", set("<3@x>", "<1@x>"), nil},
		{"TNEF-W-006 none", "", set("", ""), nil},
		{"TNEF-W-006 a stream on its own needs none", "", set("", "<1@x>"), &tnef.WriteOptions{Standalone: true}},
		{"TNEF-W-006 a message within needs none", "<1@x>\x00", &mapi.Message{Properties: set("", "<1@x>").Properties, Attachments: []*mapi.Attachment{{Message: set("", "<4@x>")}}}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := read(t, write(t, tt.m, tt.options), nil).Message
			if got := string(mapi.PidTagTnefCorrelationKey.Or(&m.Properties, nil)); got != tt.want {
				t.Errorf("%q; want %q", got, tt.want)
			}
			if len(m.Attachments) > 0 && mapi.PidTagTnefCorrelationKey.Has(&m.Attachments[0].Message.Properties) {
				t.Error("the message within has a key")
			}
		})
	}
}

func TestPriority(t *testing.T) {
	for importance, want := range map[int32]byte{2: 1, 1: 2, 0: 3, 99: 1, -1: 3} {
		t.Run(fmt.Sprint("TNEF-W-010 ", importance), func(t *testing.T) {
			m := worked()
			mapi.PidTagImportance.Set(&m.Properties, importance)
			if got := attributeOf(t, write(t, m, nil), attPriority); !bytes.Equal(got, []byte{want, 0}) {
				t.Errorf("% X", got)
			}
		})
	}
}

// failing writes so many bytes and no more.
type failing int

var errFull = errors.New("full")

func (f *failing) Write(p []byte) (int, error) {
	if len(p) > int(*f) {
		n := int(*f)
		*f = 0
		return n, errFull
	}
	*f -= failing(len(p))
	return len(p), nil
}

func TestWriteErrors(t *testing.T) {
	self := new(mapi.Message)
	self.Attachments = []*mapi.Attachment{{Message: &mapi.Message{Attachments: []*mapi.Attachment{{Message: self}}}}}
	deep := new(mapi.Message)
	for range 300 {
		deep = &mapi.Message{Attachments: []*mapi.Attachment{{Message: deep}}}
	}
	wide := &mapi.Message{Attachments: make([]*mapi.Attachment, 1000)}
	for range 3 {
		a := &mapi.Attachment{Message: wide}
		wide = &mapi.Message{Attachments: slices.Repeat([]*mapi.Attachment{a}, 1000)}
	}
	unwritable := func(id uint16, name *mapi.Name, v mapi.Value) *mapi.Message {
		m := new(mapi.Message)
		k := mapi.Key{ID: id}
		if name != nil {
			k.Name = *name
		}
		m.Properties.Set(k, v)
		return m
	}
	attached := func(c mapi.Content) *mapi.Message {
		return &mapi.Message{Attachments: []*mapi.Attachment{{Content: c}}}
	}
	strict := &tnef.WriteOptions{Strict: true}
	for _, tt := range []struct {
		name    string
		m       *mapi.Message
		options *tnef.WriteOptions
		want    error
		text    string
	}{
		{"a message that holds itself", self, nil, tnef.ErrTooLarge, "tnef: attachment 0 of attachment 0: too large: a message holds itself"},
		{"too deep", deep, nil, tnef.ErrTooLarge, "nested more than 256 deep"},
		{"too many", wide, nil, tnef.ErrTooLarge, "more than 262144 recipients"},
		{"an unknown code page", worked(), &tnef.WriteOptions{CodePage: 7}, tnef.ErrOption, "tnef: impossible option: code page 7"},
		{"a code page of 16 bits", worked(), &tnef.WriteOptions{CodePage: 1200}, tnef.ErrOption, "tnef: impossible option: code page 1200"},
		{"a content that is too short", attached(sized{mapi.Bytes("abc"), 4}), nil, tnef.ErrSize, "tnef: attachment 0: "},
		{"a content that is too long", attached(sized{mapi.Bytes("abc"), 2}), nil, tnef.ErrSize, "tnef: attachment 0: "},
		{"a content beyond 4 GiB", attached(zeros(1 << 32)), nil, tnef.ErrTooLarge, "tnef: attachment 0: too large: the content has 4294967296 bytes"},
		{"a content of a negative size", attached(sized{mapi.Bytes("abc"), -2}), nil, tnef.ErrTooLarge, "tnef: attachment 0: "},
		{"a content without a size", attached(sized{broken{}, 0}), nil, iotest.ErrTimeout, "tnef: attachment 0: "},
		{"a content that does not open", attached(sized{broken{}, 1}), nil, iotest.ErrTimeout, "tnef: attachment 0: "},
		{"an OLE object that does not open", func() *mapi.Message {
			m := attached(sized{broken{}, 1})
			mapi.PidTagAttachMethod.Set(&m.Attachments[0].Properties, mapi.AttachOLE)
			return m
		}(), nil, iotest.ErrTimeout, "tnef: attachment 0: "},
		{"messages beyond 4 GiB", &mapi.Message{Attachments: []*mapi.Attachment{{Message: attached(zeros(1<<32 - 100))}}}, nil, tnef.ErrTooLarge, "tnef: attachment 0: too large: PidTagAttachDataObject has "},
		{"a type that no list holds", unwritable(0x3600, nil, mapi.Opaque(mapi.PtypRuleAction, nil)), strict, tnef.ErrStrict, "tnef: the message does not fit the format: property 0x360000FE: no stream can hold its type"},
		{"an unknown type", unwritable(0x3600, nil, mapi.Opaque(0x1099, nil)), strict, tnef.ErrStrict, "no stream can hold its type"},
		{"an id without a name", unwritable(0x8000, nil, mapi.Int32(1)), strict, tnef.ErrStrict, "it has no name"},
		{"no name at all", unwritable(0, nil, mapi.Int32(1)), strict, tnef.ErrStrict, "its name is empty"},
		{"a name that ends in NUL", unwritable(0, &mapi.Name{Set: mapi.PS_PUBLIC_STRINGS, String: "x\x00"}, mapi.Int32(1)), strict, tnef.ErrStrict, "its name ends in NUL"},
		{"a name that is too long", unwritable(0, &mapi.Name{Set: mapi.PS_PUBLIC_STRINGS, String: strings.Repeat("x", 512)}, mapi.Int32(1)), strict, tnef.ErrStrict, "its name has more than 511 characters"},
		{"a content and a message", &mapi.Message{Attachments: []*mapi.Attachment{{Content: mapi.Bytes("x"), Message: worked()}}}, strict, tnef.ErrStrict, "tnef: attachment 0: "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := tnef.Write(t.Context(), io.Discard, tt.m, tt.options)
			if !errors.As(err, new(*tnef.Error)) || !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.text) {
				t.Errorf("%v; want %v, %q", err, tt.want, tt.text)
			}
			if tt.options != strict {
				return
			}
			_, list, err := tnef.Write(t.Context(), io.Discard, tt.m, nil)
			if err != nil || len(list) != 1 || list[0].Code != "property-unwritable" {
				t.Errorf("without Strict: %v, %v", list, err)
			}
		})
	}
	t.Run("a destination that fails", func(t *testing.T) {
		m := full(t)
		size := len(write(t, m, nil))
		for n := 0; n < size; n += 997 {
			f := failing(n)
			k, _, err := tnef.Write(t.Context(), &f, m, nil)
			if !errors.Is(err, errFull) || k > int64(n) {
				t.Fatalf("after %d bytes: %d, %v", n, k, err)
			}
		}
	})
	t.Run("a context that has ended", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, _, err := tnef.Write(ctx, io.Discard, full(t), nil); err != context.Canceled {
			t.Error(err)
		}
		s := sample()
		if _, err := tnef.Read(ctx, bytes.NewReader(s), int64(len(s)), nil); err != context.Canceled {
			t.Error(err)
		}
	})
}

// sized is a content of any size it says.
type sized struct {
	mapi.Content
	size int64
}

func (s sized) Size(ctx context.Context) (int64, error) {
	if s.size == 0 {
		return s.Content.Size(ctx)
	}
	return s.size, nil
}

// broken is a content that cannot be had.
type broken struct{}

func (broken) Size(context.Context) (int64, error)         { return 0, iotest.ErrTimeout }
func (broken) Open(context.Context) (io.ReadCloser, error) { return nil, iotest.ErrTimeout }

// TestContent reads a stream while it is made.
func TestContent(t *testing.T) {
	m := full(t)
	want := write(t, m, nil)
	c := tnef.Content(m, nil)
	if size, err := c.Size(t.Context()); err != nil || size != int64(len(want)) {
		t.Errorf("size %d, %v", size, err)
	}
	for range 2 {
		r, err := c.Open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(iotest.OneByteReader(r))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes, %v; want %d", len(got), err, len(want))
		}
		r.Close()
	}
	if _, err := tnef.Content(m, &tnef.WriteOptions{CodePage: 7}).Open(t.Context()); !errors.Is(err, tnef.ErrOption) {
		t.Error(err)
	}
	if _, err := tnef.Size(t.Context(), m, &tnef.WriteOptions{CodePage: 7}); !errors.Is(err, tnef.ErrOption) {
		t.Error(err)
	}
}
