package mapi2mime_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/emersion/go-message"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/rtf"
	"github.com/contentconv/contentconv/tnef"
)

// capsuled is a message with all that TNEF tests look at.
func capsuled() *mapi.Message {
	m := new(mapi.Message)
	p := &m.Properties
	mapi.PidTagMessageClass.Set(p, "IPM.Task")
	mapi.PidTagSubject.Set(p, "Task")
	mapi.PidTagBody.Set(p, "Plain\r\n")
	mapi.PidTagInternetMessageId.Set(p, "<1@example.com>")
	m.Recipients = make([]mapi.Recipient, 2)
	m.Recipients[0].SetInternet(&mapi.InternetAddress{Name: "To", Address: "to@example.com"}, mapi.RecipientTo, 0)
	m.Recipients[1].SetInternet(&mapi.InternetAddress{Name: "Bcc", Address: "bcc@example.com"}, mapi.RecipientBcc, 1)
	report := new(mapi.Message)
	mapi.PidTagMessageClass.Set(&report.Properties, "REPORT.IPM.Note.NDR")
	report.Recipients = make([]mapi.Recipient, 3)
	report.Recipients[0].SetInternet(&mapi.InternetAddress{Address: "inner-to@example.com"}, mapi.RecipientTo, 0)
	report.Recipients[1].SetInternet(&mapi.InternetAddress{Address: "inner-cc@example.com"}, mapi.RecipientCc, 1)
	report.Recipients[2].SetInternet(&mapi.InternetAddress{Address: "inner-bcc@example.com"}, mapi.RecipientBcc, 2)
	m.Attachments = []*mapi.Attachment{{Content: mapi.Bytes("file")}, {Message: report}}
	return m
}

// carried is what a message that was written with TNEF consists of.
type carried struct {
	header message.Header
	types  []string
	text   string
	object *mapi.Message
}

func carry(t *testing.T, m *mapi.Message, o mapi2mime.Options) carried {
	t.Helper()
	var b bytes.Buffer
	if _, err := mapi2mime.Convert(t.Context(), &b, m, &o); err != nil {
		t.Fatal(err)
	}
	e, err := message.Read(&b)
	if err != nil {
		t.Fatal(err)
	}
	c := carried{header: e.Header}
	err = e.Walk(func(_ []int, e *message.Entity, err error) error {
		kind, params, _ := e.Header.ContentType()
		c.types = append(c.types, kind)
		switch {
		case err != nil || strings.HasPrefix(kind, "multipart/"):
			return err
		case kind == "text/plain":
			b, err := io.ReadAll(e.Body)
			c.text = string(b)
			return err
		case kind != "application/ms-tnef":
			return nil
		}
		if params["name"] != "winmail.dat" {
			t.Errorf("name %q", params["name"])
		}
		b, err := io.ReadAll(e.Body)
		if err != nil {
			return err
		}
		res, err := tnef.Read(t.Context(), bytes.NewReader(b), int64(len(b)), nil)
		if err == nil {
			c.object = res.Message
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func addresses(m *mapi.Message) (list []string) {
	for i := range m.Recipients {
		list = append(list, m.Recipients[i].Address().SMTP)
	}
	return list
}

func TestTNEF(t *testing.T) {
	always := mapi2mime.Options{TNEF: mapi2mime.AlwaysTNEF, Purpose: mapi2mime.Retrieval}
	for _, test := range []struct {
		name  string
		check func(*testing.T, carried)
	}{
		{"OUT-BODY-016 structure", func(t *testing.T, c carried) {
			if got := strings.Join(c.types, " "); got != "multipart/mixed text/plain application/ms-tnef" {
				t.Error(got)
			}
			if c.text != "Plain\r\n" {
				t.Errorf("%q", c.text)
			}
		}},
		{"OUT-BODY-016 everything is in the stream", func(t *testing.T, c carried) {
			if got, _ := mapi.PidTagBody.Get(&c.object.Properties); got != "Plain\r\n" {
				t.Errorf("%q", got)
			}
			if got, _ := mapi.PidTagMessageClass.Get(&c.object.Properties); got != "IPM.Task" || len(c.object.Attachments) != 2 {
				t.Errorf("%q, %d attachments", got, len(c.object.Attachments))
			}
		}},
		{"OUT-BODY-017 plain text has RTF beside it", func(t *testing.T, c carried) {
			compressed, _ := mapi.PidTagRtfCompressed.Get(&c.object.Properties)
			b, _, err := rtf.Decompress(compressed)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := rtf.Decode(t.Context(), bytes.NewReader(b), nil)
			if err != nil || doc.Kind != rtf.Text || strings.TrimSpace(doc.Text) != "Plain" {
				t.Errorf("%+v, %v", doc, err)
			}
		}},
		{"OUT-BODY-018 no recipients at the top, no blind copies within", func(t *testing.T, c carried) {
			if got := addresses(c.object); len(got) != 0 {
				t.Errorf("top: %q", got)
			}
		}},
		{"OUT-SPC-012 the recipients of an attached report", func(t *testing.T, c carried) {
			if got := strings.Join(addresses(c.object.Attachments[1].Message), " "); got != "inner-to@example.com inner-cc@example.com" {
				t.Errorf("%q", got)
			}
		}},
		{"OUT-HDR-019 the correlator is the key", func(t *testing.T, c carried) {
			key := tnef.CorrelationKey(c.object)
			if got := c.header.Get("X-MS-TNEF-Correlator"); got != "<1@example.com>" || got != key || c.header.Get("Message-ID") != got {
				t.Errorf("%q, %q", got, key)
			}
		}},
		{"addresses stand in the header", func(t *testing.T, c carried) {
			if got := c.header.Get("To"); got != "To <to@example.com>" {
				t.Errorf("%q", got)
			}
			if got := c.header.Get("X-MS-Has-Attach"); got != "yes" {
				t.Errorf("%q", got)
			}
		}},
	} {
		t.Run(test.name, func(t *testing.T) { test.check(t, carry(t, capsuled(), always)) })
	}
	t.Run("OUT-HDR-019 without a Message-ID", func(t *testing.T) {
		m := capsuled()
		mapi.PidTagInternetMessageId.Delete(&m.Properties)
		o := always
		o.NoMessageID = true
		c := carry(t, m, o)
		if key := tnef.CorrelationKey(c.object); key == "" || c.header.Get("X-MS-TNEF-Correlator") != key {
			t.Errorf("%q, %q", key, c.header.Get("X-MS-TNEF-Correlator"))
		}
	})
	t.Run("the message is left as it was", func(t *testing.T) {
		m := capsuled()
		carry(t, m, always)
		if mapi.PidTagRtfCompressed.Has(&m.Properties) {
			t.Error("it has RTF now")
		}
	})
}

// What a recipient reads decides where the mode leaves it to them.
func TestTNEFByRecipient(t *testing.T) {
	rich := func(values ...any) *mapi.Message {
		m := capsuled()
		for i, v := range values {
			if b, ok := v.(bool); ok {
				mapi.PidTagSendRichInfo.Set(&m.Recipients[i].Properties, b)
			}
		}
		return m
	}
	for name, test := range map[string]struct {
		m    *mapi.Message
		want bool
	}{
		"OUT-BODY-015 all do":                           {rich(true, true), true},
		"OUT-BODY-015 PidTagSendRichInfo false forbids": {rich(true, false), false},
		"OUT-BODY-015 not said of Internet addresses":   {rich(true, nil), false},
		"no recipients":                                 {&mapi.Message{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			c := carry(t, test.m, mapi2mime.Options{TNEF: mapi2mime.TNEFByRecipient})
			if got := c.object != nil; got != test.want {
				t.Errorf("%v", c.types)
			}
		})
	}
}

// OUT-SPC-010: the bytes of signed and encrypted messages are what counts.
func TestOUT_SPC_010_SignedNeverInTNEF(t *testing.T) {
	m := new(mapi.Message)
	mapi.PidTagMessageClass.Set(&m.Properties, "IPM.Note.SMIME")
	a := &mapi.Attachment{Content: mapi.Bytes("0\x80")}
	mapi.PidTagAttachMimeTag.Set(&a.Properties, "application/pkcs7-mime")
	mapi.PidTagAttachLongFilename.Set(&a.Properties, "smime.p7m")
	m.Attachments = []*mapi.Attachment{a}
	if c := carry(t, m, mapi2mime.Options{TNEF: mapi2mime.AlwaysTNEF}); c.object != nil || c.types[0] != "application/pkcs7-mime" {
		t.Errorf("%q", c.types)
	}
}

func TestTNEFLimits(t *testing.T) {
	deep := capsuled()
	for range 3 {
		outer := capsuled()
		outer.Attachments[1].Message = deep
		deep = outer
	}
	own := capsuled()
	own.Attachments[1].Message = own
	for name, test := range map[string]struct {
		m *mapi.Message
		l limits.Limits
		o error
	}{
		"MaxEmbeddedMessageDepth": {deep, limits.Limits{MaxEmbeddedMessageDepth: 3}, limits.ErrExceeded},
		"MaxBodyPartsTotal":       {deep, limits.Limits{MaxBodyPartsTotal: 6}, limits.ErrExceeded},
		"MSize":                   {deep, limits.Limits{MSize: 1000}, limits.ErrExceeded},
		"itself":                  {own, limits.Limits{}, nil},
		"itself, without a limit": {own, limits.Limits{MaxEmbeddedMessageDepth: limits.None, MaxBodyPartsTotal: limits.None}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := mapi2mime.Convert(t.Context(), io.Discard, test.m, &mapi2mime.Options{TNEF: mapi2mime.AlwaysTNEF, Limits: test.l})
			var failure *diag.Error
			if !errors.As(err, &failure) || test.o != nil && !errors.Is(err, test.o) {
				t.Fatal(err)
			}
			if test.o == nil && failure.Reason != diag.CorruptContent {
				t.Error(err)
			}
		})
	}
}
