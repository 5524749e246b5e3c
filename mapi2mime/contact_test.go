package mapi2mime_test

import (
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
)

func contactOf(name string) *mapi.Message {
	m := new(mapi.Message)
	mapi.PidTagMessageClass.Set(&m.Properties, "IPM.Contact")
	mapi.PidTagDisplayName.Set(&m.Properties, name)
	mapi.PidTagSurname.Set(&m.Properties, "Ünal")
	return m
}

func TestContacts(t *testing.T) {
	outer := note(func(m *mapi.Message, _ *props) {
		m.Attachments = append(m.Attachments, &mapi.Attachment{Message: contactOf("Eve: Ünal")})
	})
	t.Run("OUT-ATT-008 VC-OUT-150 an embedded contact is a vCard", func(t *testing.T) {
		w := write(t, outer, nil)
		w.wantNoDiagnostics(t)
		root := w.tree(t)
		if got := root.shape(); got != "mixed(plain, directory)" {
			t.Fatal(got)
		}
		p := root.part(t, 1)
		if kind, params, err := p.ContentType(); err != nil || kind != "text/directory" || params["profile"] != "vCard" || params["charset"] != "utf-8" {
			t.Errorf("%s %v %v", kind, params, err)
		}
		if got := p.Get("Content-Transfer-Encoding"); got != "quoted-printable" {
			t.Error(got)
		}
		if _, params, err := p.ContentDisposition(); err != nil || !strings.HasSuffix(params["filename"], "Ünal.vcf") {
			t.Errorf("%v %v", params, err)
		}
		if s := string(p.body); !strings.HasPrefix(s, "BEGIN:VCARD\r\nVERSION:3.0\r\n") || !strings.Contains(s, "\r\nN:Ünal;;;;\r\n") {
			t.Error(s)
		}
		if got := w.res.Parts[1]; got.Source != mapi2mime.FromMessage || got.Place != "1" {
			t.Errorf("%+v", got)
		}
	})
	t.Run("OUT-ATT-008 an option keeps it a message", func(t *testing.T) {
		w := write(t, outer, &mapi2mime.Options{ContactsAsMessages: true, Key: []byte("test")})
		if got := w.tree(t).shape(); got != "mixed(plain, message/rfc822)" {
			t.Error(got)
		}
	})
	t.Run("VC-OUT-150 a contact that is sent itself", func(t *testing.T) {
		w := write(t, contactOf("Eve"), nil)
		w.wantNoDiagnostics(t)
		if got := w.tree(t).shape(); got != "mixed(plain, directory)" {
			t.Error(got)
		}
	})
	t.Run("VC-OUT-150 files of a contact stand beside its card, those of an embedded one are told", func(t *testing.T) {
		with := func() *mapi.Message {
			m := contactOf("Eve")
			a := &mapi.Attachment{Content: mapi.Bytes("x")}
			mapi.PidTagAttachLongFilename.Set(&a.Properties, "x.bin")
			m.Attachments = append(m.Attachments, a)
			return m
		}
		w := write(t, with(), nil)
		w.wantNoDiagnostics(t)
		if got := w.tree(t).shape(); got != "mixed(plain, application/octet-stream, directory)" {
			t.Error(got)
		}
		w = write(t, note(func(m *mapi.Message, _ *props) {
			m.Attachments = append(m.Attachments, &mapi.Attachment{Message: with()})
		}), nil)
		if d := w.res.Diagnostics; len(d) != 1 || d[0].Code != diag.AttachmentDropped {
			t.Errorf("%v", d)
		}
	})
}
