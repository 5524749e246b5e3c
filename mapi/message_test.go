package mapi_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/mapi"
)

func TestMethod(t *testing.T) {
	for name, tt := range map[string]struct {
		attachment mapi.Attachment
		want       int32
	}{
		"nothing": {mapi.Attachment{}, mapi.AttachNone},
		"file":    {mapi.Attachment{Content: mapi.Bytes(nil)}, mapi.AttachByValue},
		"message": {mapi.Attachment{Message: new(mapi.Message)}, mapi.AttachEmbeddedMessage},
	} {
		if got := tt.attachment.Method(); got != tt.want {
			t.Errorf("%s: %d, want %d", name, got, tt.want)
		}
		mapi.PidTagAttachMethod.Set(&tt.attachment.Properties, mapi.AttachOLE)
		if got := tt.attachment.Method(); got != mapi.AttachOLE {
			t.Errorf("%s: the property does not count: %d", name, got)
		}
	}
}

func TestDetach(t *testing.T) {
	open := func(s string) *brokenContent { return &brokenContent{data: s, size: int64(len(s))} }
	contents := func(m *mapi.Message) string {
		var s []string
		for ; m != nil; m = m.Attachments[len(m.Attachments)-1].Message {
			for _, a := range m.Attachments {
				s = append(s, fmt.Sprintf("%T", a.Content))
			}
		}
		return strings.Join(s, " ")
	}
	const before = "*mapi_test.brokenContent mapi.Bytes <nil> *mapi_test.brokenContent"
	message := func(inner mapi.Content) *mapi.Message {
		return &mapi.Message{Attachments: []*mapi.Attachment{
			{Content: open("abc")}, {Content: mapi.Bytes("de")}, {Message: nested(1, &mapi.Attachment{Content: inner})},
		}}
	}
	fail := errors.New("broken disk")
	for _, tt := range []struct {
		name  string
		inner mapi.Content
		max   int64
		check func(error) bool // nil: no error
	}{
		{"all of it", open("fghi"), 9, nil},
		{"no bound", open("fghi"), -1, nil},
		{"empty content", open(""), 5, nil},
		{"one byte too many", open("fghij"), 9, func(err error) bool {
			var e *mapi.SizeError
			return errors.As(err, &e) && e.Max == 9 && e.Actual == 10 && err.Error() == "mapi: contents of 10 bytes, 9 allowed"
		}},
		{"longer than its size", &brokenContent{data: "xy", size: 1}, 9, func(err error) bool { return strings.Contains(err.Error(), "more than the 1 bytes") }},
		{"shorter than its size", &brokenContent{data: "xy", size: 3}, 9, func(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) }},
		{"fails in the middle", &brokenContent{data: "xy", size: 3, fail: fail}, 9, func(err error) bool { return errors.Is(err, fail) }},
		{"fails at the end", &brokenContent{data: "xy", size: 2, fail: fail}, 9, func(err error) bool { return errors.Is(err, fail) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := message(tt.inner)
			err := m.Detach(t.Context(), tt.max)
			if tt.check != nil {
				if err == nil || !tt.check(err) {
					t.Errorf("%v", err)
				}
				if got := contents(m); got != before {
					t.Errorf("changed to %s", got)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := contents(m); got != "mapi.Bytes mapi.Bytes <nil> mapi.Bytes" {
				t.Error(got)
			}
			if diff := cmp.Diff(message(tt.inner), m); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("message within itself", func(t *testing.T) {
		loop := nested(1, &mapi.Attachment{Content: open("abc")})
		loop.Attachments[0].Message = loop
		if err := loop.Detach(t.Context(), 3); err != nil {
			t.Error(err)
		}
	})
}

func TestEqual(t *testing.T) {
	file := func(s string) *mapi.Message { return nested(3, &mapi.Attachment{Content: mapi.Bytes(s)}) }
	lazy := func(s string, fail error) *mapi.Message {
		return nested(3, &mapi.Attachment{Content: &brokenContent{data: s, fail: fail}})
	}
	with := func(change func(inner *mapi.Message)) *mapi.Message {
		m := file("abc")
		change(m.Attachments[0].Message)
		return m
	}
	long := strings.Repeat("x", 70_000)
	for _, tt := range []struct {
		name string
		a, b *mapi.Message
		want bool
	}{
		{"same", file("abc"), file("abc"), true},
		{"in memory and not", file(long), lazy(long, nil), true},
		{"not in memory", lazy(long, nil), lazy(long, nil), true},
		{"other bytes", file("abc"), file("abd"), false},
		{"other length", file("abc"), lazy("abcd", nil), false},
		{"long and longer", file(long), lazy(long+"x", nil), false},
		{"unreadable", file("abc"), lazy("abc", errors.New("broken disk")), false},
		{"no content", file(""), nested(3, &mapi.Attachment{}), false},
		{"property", file("abc"), with(func(m *mapi.Message) { mapi.PidTagSubject.Set(&m.Properties, "x") }), false},
		{"recipient", file("abc"), with(func(m *mapi.Message) { m.Recipients = make([]mapi.Recipient, 1) }), false},
		{"attachment", file("abc"), with(func(m *mapi.Message) { m.Attachments = append(m.Attachments, &mapi.Attachment{}) }), false},
		{"property of an attachment", file("abc"), with(func(m *mapi.Message) { mapi.PidTagAttachNumber.Set(&m.Attachments[0].Properties, 1) }), false},
		{"no message", file("abc"), with(func(m *mapi.Message) { m.Attachments[0].Message = nil }), false},
		{"nil attachment", nested(3, nil), nested(3, nil), true},
		{"nil and an attachment", nested(3, nil), nested(3, &mapi.Attachment{}), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if cmp.Equal(tt.a, tt.b) != tt.want || cmp.Equal(tt.b, tt.a) != tt.want {
				t.Errorf("want %v", tt.want)
			}
		})
	}
	t.Run("recipients' properties", func(t *testing.T) {
		one := func(n int32) *mapi.Message {
			m := &mapi.Message{Recipients: make([]mapi.Recipient, 1)}
			mapi.PidTagRowid.Set(&m.Recipients[0].Properties, n)
			return &mapi.Message{Attachments: []*mapi.Attachment{{Message: m}}}
		}
		if !cmp.Equal(one(1), one(1)) || cmp.Equal(one(1), one(2)) {
			t.Error("wrong")
		}
	})
}

func TestBytes(t *testing.T) {
	c := mapi.Bytes("abc")
	if n, err := c.Size(context.Background()); n != 3 || err != nil {
		t.Error(n, err)
	}
	for range 2 {
		r, err := c.Open(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if b, err := io.ReadAll(r); string(b) != "abc" || err != nil {
			t.Error(b, err)
		}
	}
}

func TestTransmittable(t *testing.T) {
	tagged := func(id uint16) mapi.Property { return mapi.Property{ID: id, Value: mapi.Int32(0)} }
	named := func(set mapi.GUID, lid uint32) mapi.Property {
		return mapi.Property{Name: &mapi.Name{Set: set, LID: lid}, Value: mapi.Int32(0)}
	}
	page := func(set mapi.GUID, lid uint32, s string) mapi.Property {
		return mapi.Property{Name: &mapi.Name{Set: set, LID: lid}, Value: mapi.String(s)}
	}
	for _, tt := range []struct {
		name string
		f    func(mapi.Property) bool
		want bool
		list []mapi.Property
	}{
		{"MAPI-X-001 do not export", mapi.Transmittable, false, []mapi.Property{
			tagged(0x0FFF), tagged(0x0FFB), tagged(0x0E09), tagged(0x65E0), tagged(0x65E1), tagged(0x65E2), tagged(0x65E3),
			tagged(0x6600), tagged(0x66FF), tagged(0x6700), tagged(0x67FF), tagged(0x0FF6), tagged(0x0FF8), tagged(0x0E08),
			tagged(0x0E17), tagged(0x0E23), tagged(0x0E28), tagged(0x0E29),
			named(mapi.PSETID_Common, 0x8520), named(mapi.PSETID_Common, 0x8540), named(mapi.PSETID_Common, 0x8580), named(mapi.PSETID_Common, 0x8581),
		}},
		{"MAPI-X-001 export", mapi.Transmittable, true, []mapi.Property{
			tagged(0x0037), tagged(0x65E4), tagged(0x65FF), tagged(0x6800), tagged(0x300B), tagged(0x0E06), tagged(0x0E02), tagged(0x007D),
			named(mapi.PSETID_Common, 0x8530), named(mapi.PSETID_Task, 0x8520),
		}},
		{"acts on the client", mapi.ActsOnClient, true, []mapi.Property{
			tagged(0x3708), tagged(0x370D), named(mapi.PSETID_Common, 0x851F), named(mapi.PSETID_Common, 0x851E), named(mapi.PSETID_Common, 0x851C),
			named(mapi.PSETID_Appointment, 0x8244), named(mapi.PSETID_Appointment, 0x8247), named(mapi.PSETID_Appointment, 0x8248),
			named(mapi.PSETID_Common, 0x8540), named(mapi.PSETID_Common, 0x8541), named(mapi.PSETID_Common, 0x850F),
			tagged(0x0E99), tagged(0x0E9A), tagged(0x65EE), tagged(0x67AA), tagged(0x6645), named(mapi.PSETID_Appointment, 0x8242),
			page(mapi.PSETID_Address, 0x80D8, `\\host\share\fb.vfb`), page(mapi.PSETID_Address, 0x80D8, " file://host/share"),
			page(mapi.PSETID_Sharing, 0x8A24, "//host/share"), page(mapi.PSETID_Sharing, 0x8A51, `"C:\x"`),
			{Name: &mapi.Name{Set: mapi.PS_INTERNET_HEADERS, String: "x-sharing-config-url"}, Value: mapi.String(`\\host\x`)},
		}},
		{"does not act on the client", mapi.ActsOnClient, false, []mapi.Property{
			tagged(0x3707), tagged(0x0037), named(mapi.PSETID_Common, 0x8503), named(mapi.PSETID_Common, 0x8530), named(mapi.PSETID_Appointment, 0x851F),
			page(mapi.PSETID_Address, 0x80D8, "https://example.com/fb.vfb"), page(mapi.PSETID_Sharing, 0x8A24, "HTTP://example.com"),
			page(mapi.PSETID_Sharing, 0x8A04, "calendar"), page(mapi.PSETID_Common, 0x8A04, `\\host\share`),
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, p := range tt.list {
				if tt.f(p) != tt.want {
					t.Errorf("0x%04X %#v: want %v", p.ID, p.Name, tt.want)
				}
			}
		})
	}
	t.Run("names behind the numbers", func(t *testing.T) {
		for name, k := range map[string]mapi.Key{
			"PidLidReminderFileParameter": mapi.PidLidReminderFileParameter.Key(), "PidLidVerbStream": mapi.PidLidVerbStream.Key(),
			"PidLidInternetAccountName": mapi.PidLidInternetAccountName.Key(), "PidLidNetShowUrl": mapi.PidLidNetShowUrl.Key(),
		} {
			if p := (mapi.Property{Name: &k.Name}); mapi.Transmittable(p) && !mapi.ActsOnClient(p) {
				t.Errorf("%s passes", name)
			}
		}
	})
}
