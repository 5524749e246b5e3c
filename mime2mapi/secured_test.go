package mime2mapi_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
)

// What the attachment of a clear-signed message holds is what was signed: openssl
// verifies it, and gives back the signed part; with one byte changed it does not.
func TestIN_SPC_001_SignatureVerifies(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl is not installed")
	}
	verify := func(entity []byte) ([]byte, error) {
		file := filepath.Join(t.TempDir(), "entity")
		if err := os.WriteFile(file, entity, 0o600); err != nil {
			t.Fatal(err)
		}
		return exec.Command(openssl, "cms", "-verify", "-noverify", "-inform", "SMIME", "-in", file).Output()
	}
	for _, file := range []string{"smime-clear-signed.eml", "smime-embedded.eml", "smime-infopath.eml"} {
		m := convert(t, string(readTestdata(t, file)), nil).Message
		if e := m.Attachments[0].Message; e != nil {
			m = e
		}
		entity := content(t, m.Attachments[0])
		signed, err := verify(entity)
		if err != nil {
			t.Errorf("%s: %v: %s", file, err, err.(*exec.ExitError).Stderr)
			continue
		}
		if !bytes.Contains(entity, signed) || !bytes.Contains(signed, []byte("The order is signed.")) {
			t.Errorf("%s: openssl gives back what was not signed:\n%s", file, signed)
		}
		if _, err := verify(bytes.Replace(entity, []byte("The order"), []byte("The 0rder"), 1)); err == nil {
			t.Errorf("%s: openssl verifies what was changed", file)
		}
	}
}

// The attachment begins with the Content-Type field of the message and has no
// other field of it, whatever the field looks like.
func TestIN_SPC_030_ContentTypeOfEntity(t *testing.T) {
	const rest = "--b\r\n\r\nx\r\n--b\r\nContent-Type: application/pkcs7-signature\r\n\r\ny\r\n--b--\r\n"
	for _, c := range []struct{ name, field, want string }{
		{"plain", "Content-Type: multipart/signed; boundary=b\r\n", "Content-Type: multipart/signed; boundary=b\r\n\r\n"},
		{"case and blanks", "CONTENT-type :multipart/Signed;boundary=b\r\n", "CONTENT-type:multipart/Signed;boundary=b\r\n\r\n"},
		{"folded", "Content-Type: multipart/signed;\r\n\tmicalg=sha1;\r\n boundary=b\r\n", "Content-Type: multipart/signed;\r\n\tmicalg=sha1;\r\n boundary=b\r\n\r\n"},
		{"folded without white space", "Content-Type: multipart/signed;\r\nboundary=b\r\n", "Content-Type: multipart/signed; boundary=b\r\n\r\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := convert(t, "Subject: x\r\n"+c.field+"X-Other: y\r\n\r\n"+rest, nil).Message
			if len(m.Attachments) != 1 {
				t.Fatalf("%d attachments", len(m.Attachments))
			}
			if diff := cmp.Diff(c.want+rest, string(content(t, m.Attachments[0]))); diff != "" {
				t.Errorf("entity (-want +got):\n%s", diff)
			}
		})
	}
}

// Every leaf of a signed message is in its one attachment, but those that are
// bodies; those of a PGP message are where they are in any mail.
func TestSecuredParts(t *testing.T) {
	type parts []mime2mapi.Part
	body := func(number, media string) mime2mapi.Part {
		return mime2mapi.Part{Number: number, Type: media, To: mime2mapi.ToBody, Attachment: -1}
	}
	file := func(number, media string, i int) mime2mapi.Part {
		return mime2mapi.Part{Number: number, Type: media, To: mime2mapi.ToAttachment, Attachment: i}
	}
	for name, want := range map[string]parts{
		"smime-clear-signed.eml": {body("1.1.1", "text/plain"), body("1.1.2", "text/html"), file("1.2", "application/pdf", 0), file("2", "application/pkcs7-signature", 0)},
		"smime-opaque.eml":       {file("1", "application/pkcs7-mime", 0)},
		"pgp-signed.eml":         {body("1", "text/plain"), file("2", "application/pgp-signature", 0)},
		"pgp-encrypted.eml":      {file("1", "application/pgp-encrypted", 0), file("2", "application/octet-stream", 1)},
	} {
		t.Run(name, func(t *testing.T) {
			res := convert(t, string(readTestdata(t, name)), nil)
			if diff := cmp.Diff(want, parts(res.Parts)); diff != "" {
				t.Errorf("parts (-want +got):\n%s", diff)
			}
		})
	}
}

// A message within the signed part is in the attachment, too.
func TestSignedMessageWithin(t *testing.T) {
	res := convert(t, "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=b\r\n\r\n--b\r\n"+
		"Content-Type: message/rfc822\r\n\r\nSubject: y\r\n\r\ntext\r\n--b\r\nContent-Type: application/pkcs7-signature\r\n\r\nz\r\n--b--\r\n", nil)
	if n := len(res.Message.Attachments); n != 1 {
		t.Fatalf("IN-SPC-001: %d attachments; want exactly one", n)
	}
	for _, p := range res.Parts {
		if p.To != mime2mapi.ToAttachment || p.Attachment != 0 {
			t.Errorf("part %s goes to %s %d", p.Number, p.To, p.Attachment)
		}
	}
	if n := len(res.Parts); n != 3 {
		t.Errorf("%d parts; want the message, its text and the signature", n)
	}
}

// Who signed decides what a multipart/signed is.
func TestSignedClasses(t *testing.T) {
	const smime, note = "IPM.Note.SMIME.MultipartSigned", "IPM.Note"
	for _, c := range []struct{ name, params, second, class string }{
		{"IN-SPC-001 S/MIME", `; protocol="application/pkcs7-signature"`, "application/pkcs7-signature", smime},
		{"IN-SPC-001 S/MIME of old", `; protocol="application/x-pkcs7-signature"`, "application/x-pkcs7-signature", smime},
		{"IN-SPC-001 letter case", `; Protocol="Application/PKCS7-Signature"`, "text/plain", smime},
		{"IN-SPC-001 by the second part", "", "application/x-pkcs7-signature", smime},
		{"IN-SPC-003 PGP", `; protocol="application/pgp-signature"`, "application/pgp-signature", note},
		{"IN-SPC-003 PGP by the second part", "", "application/pgp-signature", note},
		{"another protocol", `; protocol="application/x-other"`, "application/pkcs7-signature", note},
		{"no protocol", "", "text/plain", note},
	} {
		t.Run(c.name, func(t *testing.T) {
			eml := "Content-Type: multipart/signed; boundary=b" + c.params + "\r\n\r\n--b\r\n\r\nx\r\n--b\r\nContent-Type: " + c.second + "\r\n\r\ny\r\n--b--\r\n"
			m := convert(t, eml, nil).Message
			if got := mapi.PidTagMessageClass.Or(&m.Properties, ""); got != c.class {
				t.Errorf("class %q; want %q", got, c.class)
			}
			if got := mapi.PidTagBody.Or(&m.Properties, ""); got != "x" {
				t.Errorf("IN-SPC-002: body %q", got)
			}
		})
	}
}

// A Content-Class does not make something else of an S/MIME message.
func TestSecuredContentClass(t *testing.T) {
	eml := strings.Replace(string(readTestdata(t, "smime-opaque.eml")), "MIME-Version", "Content-Class: urn:content-class:custom.x\r\nMIME-Version", 1)
	if got := mapi.PidTagMessageClass.Or(converted(t, eml, nil), ""); got != "IPM.Note.SMIME" {
		t.Errorf("class %q", got)
	}
}

// An entity is read from the source: as often as wanted, until the result is
// closed.
func TestEntityContent(t *testing.T) {
	ctx := context.Background()
	res := convert(t, string(readTestdata(t, "smime-clear-signed.eml")), nil)
	c := res.Message.Attachments[0].Content
	first, second := content(t, res.Message.Attachments[0]), content(t, res.Message.Attachments[0])
	if !bytes.Equal(first, second) || len(first) == 0 {
		t.Error("the content differs when it is read again")
	}
	r, err := c.Open(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	res.Close()
	if _, err := c.Open(ctx); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("opened after Close: %v", err)
	}
	if _, err := io.ReadAll(r); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("read after Close: %v", err)
	}
}

// Only what was signed can be the body, and CMS data never is.
func TestIN_SPC_002_BodyOfSecured(t *testing.T) {
	for name, eml := range map[string]string{
		"text behind the signature": "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=b\r\n\r\n--b\r\nContent-Type: application/pdf\r\n\r\nx\r\n" +
			"--b\r\nContent-Type: application/pkcs7-signature\r\n\r\ny\r\n--b\r\n\r\nAdded by a list.\r\n--b--\r\n",
		"IN-SPC-031 a text by its first type": "Content-Type: text/plain\r\nContent-Type: application/pkcs7-mime; name=smime.p7m\r\n\r\nx\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			m := convert(t, eml, nil).Message
			if class := mapi.PidTagMessageClass.Or(&m.Properties, ""); !strings.HasPrefix(class, "IPM.Note.SMIME") {
				t.Errorf("class %q", class)
			}
			if mapi.PidTagBody.Has(&m.Properties) || len(m.Attachments) != 1 {
				t.Errorf("body %q and %d attachments; want none and one", mapi.PidTagBody.Or(&m.Properties, ""), len(m.Attachments))
			}
		})
	}
}
