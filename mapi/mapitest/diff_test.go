package mapitest_test

import (
	"strings"
	"testing"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi/mapitest"
)

func message() *mapi.Message {
	m := new(mapi.Message)
	mapi.PidTagSubject.Set(&m.Properties, "Hello")
	mapi.PidNameKeywords.Set(&m.Properties, []string{"a"})
	m.Recipients = make([]mapi.Recipient, 1)
	m.Recipients[0].SetInternet(&mapi.InternetAddress{Name: "Jo", Address: "jo@x.org"}, mapi.RecipientTo, 0)
	inner := new(mapi.Message)
	mapi.PidTagBody.Set(&inner.Properties, "inner")
	m.Attachments = []*mapi.Attachment{{Content: mapi.Bytes("text")}, {Message: inner}}
	return m
}

func TestDiff(t *testing.T) {
	if diff := mapitest.Diff(message(), message()); diff != "" {
		t.Error(diff)
	}
	if diff := mapitest.Diff(nil, nil); diff != "" {
		t.Error(diff)
	}
	for name, tt := range map[string]struct {
		change func(*mapi.Message)
		shown  []string
	}{
		"property":           {func(m *mapi.Message) { mapi.PidTagSubject.Set(&m.Properties, "Bye") }, []string{`"PidTagSubject"`, `"Hello"`, `"Bye"`}},
		"type":               {func(m *mapi.Message) { m.Properties.Set(mapi.PidTagSubject.Key(), mapi.String8("Hello")) }, []string{`"PidTagSubject PtypString8"`}},
		"named property":     {func(m *mapi.Message) { mapi.PidNameKeywords.Delete(&m.Properties) }, []string{`"PidNameKeywords"`}},
		"unknown tag":        {func(m *mapi.Message) { m.Properties.Set(mapi.Key{ID: 0x6FFF}, mapi.Int32(1)) }, []string{`"0x6FFF0003"`}},
		"unknown name":       {func(m *mapi.Message) { m.Properties.Set(mapi.HeaderKey("X-A"), mapi.Int32(1)) }, []string{"X-A", "PtypInteger32"}},
		"recipient":          {func(m *mapi.Message) { mapi.PidTagDisplayName.Set(&m.Recipients[0].Properties, "Al") }, []string{"Recipients", `"PidTagDisplayName"`}},
		"content":            {func(m *mapi.Message) { m.Attachments[0].Content = mapi.Bytes("other") }, []string{"text", "other"}},
		"large content":      {func(m *mapi.Message) { m.Attachments[0].Content = mapi.Bytes(strings.Repeat("x", 5000)) }, []string{"5000 bytes, sha256 "}},
		"no content":         {func(m *mapi.Message) { m.Attachments[0].Content = nil }, []string{"text"}},
		"empty content":      {func(m *mapi.Message) { m.Attachments[1].Content = mapi.Bytes("") }, []string{"Content"}},
		"attached message":   {func(m *mapi.Message) { mapi.PidTagBody.Set(&m.Attachments[1].Message.Properties, "x") }, []string{"Message", `"PidTagBody"`}},
		"missing attachment": {func(m *mapi.Message) { m.Attachments = m.Attachments[:1] }, []string{"Attachments"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := message()
			tt.change(got)
			diff := mapitest.Diff(message(), got)
			for _, s := range tt.shown {
				if !strings.Contains(diff, s) {
					t.Errorf("%q is not in %q", s, diff)
				}
			}
		})
	}
}
