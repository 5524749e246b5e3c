package securemime_test

import (
	"testing"

	"github.com/contentconv/contentconv/internal/securemime"
	"github.com/contentconv/contentconv/mapi"
)

func TestIsEntity(t *testing.T) {
	for _, c := range []struct {
		name, tag       string
		hidden, content bool
		want            bool
	}{
		{"signed", "multipart/signed", true, true, true},
		{"encrypted", "multipart/encrypted", true, true, true},
		{"visible", "multipart/signed", false, true, false},
		{"another type", "multipart/mixed", true, true, false},
		{"no content", "multipart/signed", true, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := new(mapi.Attachment)
			mapi.PidTagAttachMimeTag.Set(&a.Properties, c.tag)
			mapi.PidTagAttachmentHidden.Set(&a.Properties, c.hidden)
			if c.content {
				a.Content = mapi.Bytes("x")
			}
			if got := securemime.IsEntity(a); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestTypes(t *testing.T) {
	for _, c := range []struct {
		in         string
		smime, pgp bool
	}{
		{"application/pkcs7-signature", true, false},
		{" Application/X-PKCS7-Signature", true, false},
		{"application/pkcs7-mime", true, false},
		{"application/pgp-signature", false, true},
		{"application/PGP-encrypted", false, true},
		{"application/x-pgp-signature", false, true},
		{"application/x-pgp-encrypted", false, true},
		{"application/octet-stream", false, false},
		{"", false, false},
	} {
		if s, p := securemime.IsSMIMESignature(c.in), securemime.IsPGP(c.in); s != c.smime || p != c.pgp {
			t.Errorf("%q: S/MIME %v, PGP %v", c.in, s, p)
		}
	}
	if got := securemime.EntityFileName("multipart/signed"); got != "signed.eml" {
		t.Errorf("the file name is %q", got)
	}
}
