package mapi2mime_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/msg"
)

// enveloped and signedCMS are the beginnings of CMS data, which is as much as is
// looked at.
var (
	enveloped = []byte("\x30\x80\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03\xA0\x80 encrypted")
	signedCMS = []byte("\x30\x82\x01\x00\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02\xA0\x80 signed")
)

// signedHead and signedBody are an entity of S/MIME, with every sort of line that
// other parts would encode.
const (
	signedHead = "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; \r\n\tmicalg=sha-256; boundary=\"sig\"\r\n\r\n"
	signedBody = "preamble  \r\n--sig\r\n\r\nFrom here\r\n.\r\n=20 \r\n\t\r\n--sig\r\nContent-Type: application/pkcs7-signature\r\n\r\nMIIB\r\n--sig--\r\nepilogue\r\n"
)

func smime(class string, attachments ...*mapi.Attachment) *mapi.Message {
	m := with(func(p *props) { mapi.PidTagMessageClass.Set(p, class) })
	m.Attachments = attachments
	return m
}

// bodyOf returns what stands behind the header block.
func bodyOf(w written) string {
	_, body, _ := strings.Cut(w.raw, "\r\n\r\n")
	return body
}

func TestClearSigned(t *testing.T) {
	const class = "IPM.Note.SMIME.MultipartSigned"
	typ := "multipart/signed; protocol=\"application/pkcs7-signature\"; \tmicalg=sha-256; boundary=\"sig\""
	for _, c := range []struct {
		name, class, content string
		typ, body, encoding  string
	}{
		{"OUT-SPC-007 as it is", class, signedHead + signedBody, typ, signedBody, ""},
		{"another case", "ipm.note.smime.multipartsigned", signedHead + signedBody, typ, signedBody, ""},
		{"of a form", "IPM.InfoPathForm.X.SMIME.MultipartSigned", signedHead + signedBody, typ, signedBody, ""},
		{"the class of opaque S/MIME", "IPM.Note.SMIME", signedHead + signedBody, typ, signedBody, ""},
		{"a class below", class + ".Custom", signedHead + signedBody, typ, signedBody, ""},
		{"8-bit text", class, signedHead + strings.Replace(signedBody, "here", "h\xE4re", 1), typ, strings.Replace(signedBody, "here", "h\xE4re", 1), "8bit"},
		{"no line end at the end", class, signedHead + "--sig--", typ, "--sig--\r\n", ""},
		{"other fields of the entity", class, "Content-Transfer-Encoding: 7bit\r\n" + signedHead + signedBody, typ, signedBody, ""},
		{"lines of LF", class, strings.ReplaceAll(signedHead+signedBody, "\r\n", "\n"), typ, signedBody, ""},
		{"a type that cannot stand so", class, "Content-Type: multipart/signed; boundary=sig; name=\"\xE4\"\r\n\r\n--sig--\r\n", "multipart/signed; boundary=sig", "--sig--\r\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := write(t, smime(c.class, file(c.content, nil)), nil)
			w.want(t, "Content-Type", c.typ, "Content-Transfer-Encoding", c.encoding, "Subject", "Hello", "X-MS-Has-Attach", "")
			if diff := cmp.Diff(c.body, bodyOf(w)); diff != "" {
				t.Errorf("body (-want +got):\n%s", diff)
			}
			if w.res.EightBit != (c.encoding != "") {
				t.Errorf("EightBit is %v", w.res.EightBit)
			}
		})
	}
}

// What mail systems would change stays as it is in a file.
func TestSignedEntityThatCannotBeSent(t *testing.T) {
	for name, bad := range map[string]string{"CR": "a\rb", "NUL": "a\x00b", "two CR": "a\r\r\n", "CR at the end": "\r"} {
		t.Run(name, func(t *testing.T) {
			content := signedHead + signedBody + bad
			w := write(t, smime("IPM.Note.SMIME.MultipartSigned", file(content, func(p *props) {
				mapi.PidTagAttachMimeTag.Set(p, "multipart/signed")
			})), nil)
			w.wantCode(t, diag.EntityNotKept)
			root := w.tree(t)
			if root.shape() != "mixed(plain, application/octet-stream)" {
				t.Fatalf("structure is %s", root.shape())
			}
			if diff := cmp.Diff(content, string(root.part(t, 1).body)); diff != "" {
				t.Errorf("content (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOUT_SPC_008_Opaque(t *testing.T) {
	typed := func(value string) func(p *props) {
		return func(p *props) { mapi.PidNameContentType.Set(p, value) }
	}
	none := func(*props) {}
	for _, c := range []struct {
		name     string
		content  []byte
		message  func(p *props)
		file     func(p *props)
		typ      string
		filename string
	}{
		{"OUT-SPC-008 the type that came", enveloped, typed(`application/pkcs7-mime; smime-type=enveloped-data; name="secret.p7m"`), none,
			`application/pkcs7-mime; smime-type=enveloped-data; name="secret.p7m"`, "secret.p7m"},
		{"OUT-SPC-008 of the attachment", enveloped, none, typed(`Application/X-Pkcs7-MIME; smime-type=signed-data`),
			`application/x-pkcs7-mime; smime-type=signed-data; name="smime.p7m"`, "smime.p7m"},
		{"no type: encrypted", enveloped, none, none, `application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"`, "smime.p7m"},
		{"no type: signed", signedCMS, none, none, `application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"`, "smime.p7m"},
		{"no type: known by its tag alone", []byte("data"), none, func(p *props) { mapi.PidTagAttachMimeTag.Set(p, "application/x-pkcs7-mime") },
			`application/x-pkcs7-mime; name="smime.p7m"`, "smime.p7m"},
		{"the name of the file", enveloped, typed("application/pkcs7-mime"), func(p *props) { mapi.PidTagAttachLongFilename.Set(p, "a.p7m") },
			`application/pkcs7-mime; name="a.p7m"`, "a.p7m"},
		{"a type that is none", enveloped, typed("text/html; x=y"), none, `application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"`, "smime.p7m"},
		{"a file of any type", enveloped, typed("application/octet-stream; name=smime.p7m"), none, `application/octet-stream; name="smime.p7m"`, "smime.p7m"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := smime("IPM.Note.SMIME", file(string(c.content), c.file))
			c.message(&m.Properties)
			w := write(t, m, nil)
			w.want(t, "Content-Type", c.typ, "Content-Disposition", "attachment; filename="+c.filename, "Content-Transfer-Encoding", "base64")
			if root := w.tree(t); !bytes.Equal(root.body, c.content) {
				t.Errorf("content is %q", root.body)
			}
		})
	}
}

func TestOUT_SPC_009_NotOneEntity(t *testing.T) {
	good := file(signedHead+signedBody, nil)
	for name, attachments := range map[string][]*mapi.Attachment{
		"OUT-SPC-009 none":         nil,
		"OUT-SPC-009 two":          {good, file("x", nil)},
		"OUT-SPC-009 no data":      {{}},
		"OUT-SPC-009 a message":    {{Message: note()}},
		"OUT-SPC-009 another file": {file("text", nil)},
		"OUT-SPC-009 another type": {file("Content-Type: text/plain\r\n\r\nx", nil)},
	} {
		t.Run(name, func(t *testing.T) {
			m := smime("IPM.Note.SMIME.MultipartSigned", attachments...)
			_, err := mapi2mime.Convert(context.Background(), io.Discard, m, nil)
			var failure *diag.Error
			if !errors.Is(err, mapi2mime.ErrSecuredInvalid) || !errors.As(err, &failure) || failure.Reason != diag.CorruptContent {
				t.Errorf("error is %v", err)
			}
			// Within another message it must not stop that.
			outer := note()
			outer.Attachments = []*mapi.Attachment{{Message: m}}
			write(t, outer, nil).wantCode(t, diag.ClassReduced)
		})
	}
	m := smime("IPM.Note.SMIME.MultipartSigned", nil, good)
	if got := bodyOf(write(t, m, nil)); got != signedBody {
		t.Errorf("an attachment that is nil counts: %q", got)
	}
}

func TestPGP(t *testing.T) {
	entity := func(hidden bool) *mapi.Attachment {
		return file(strings.Replace(signedHead, "pkcs7", "pgp", 1)+signedBody, func(p *props) {
			mapi.PidTagAttachMimeTag.Set(p, "multipart/signed")
			mapi.PidTagAttachmentHidden.Set(p, hidden)
		})
	}
	m := note()
	m.Attachments = []*mapi.Attachment{file("signature", nil), entity(true)}
	w := write(t, m, nil)
	if got := bodyOf(w); got != signedBody {
		t.Errorf("body is %q", got)
	}
	if typ := w.field(t, "Content-Type"); !strings.Contains(typ, `protocol="application/pgp-signature"`) {
		t.Errorf("Content-Type is %q", typ)
	}
	m.Attachments[1] = entity(false)
	if got := write(t, m, nil).tree(t).shape(); got != "mixed(plain, application/octet-stream, application/octet-stream)" {
		t.Errorf("an attachment that is not hidden: %s", got)
	}
	m.Attachments[1] = file("no entity", func(p *props) {
		mapi.PidTagAttachMimeTag.Set(p, "multipart/signed")
		mapi.PidTagAttachmentHidden.Set(p, true)
	})
	if got := write(t, m, nil).tree(t).shape(); got != "mixed(plain, application/octet-stream, application/octet-stream)" {
		t.Errorf("an attachment without an entity: %s", got)
	}
}

// A signed entity within another message keeps the line end before the delimiter
// that is its own, and no boundary stands in it.
func TestSignedWithinAMessage(t *testing.T) {
	o := &mapi2mime.Options{Key: []byte("k")}
	outer := note()
	outer.Attachments = []*mapi.Attachment{{Message: smime("IPM.Note.SMIME.MultipartSigned", file(signedHead+signedBody, nil))}, file("x", nil)}
	w := write(t, outer, o)
	boundary := w.boundary(t)
	if !strings.Contains(w.raw, "\r\n\r\n"+signedBody+"\r\n--"+boundary) {
		t.Errorf("the entity is not there:\n%s", w.raw)
	}
	// Who knows the key can guess the boundary.
	body := "--sig\r\n\r\n--" + boundary + "--\r\n--sig--\r\n"
	outer.Attachments[0].Message.Attachments[0] = file(signedHead+strings.Repeat("1234567890123456789012345678901234567890123456789012345678901\r\n", 520)+"12345"+body, nil)
	w = write(t, outer, o)
	if w.boundary(t) == boundary {
		t.Errorf("the boundary is that of the entity")
	}
	if got := w.tree(t).shape(); got != "mixed(plain, message/rfc822, application/octet-stream)" {
		t.Errorf("structure is %s", got)
	}
}

// Every message that is signed or encrypted comes back byte for byte.
func TestOUT_SPC_007_EntitiesComeBack(t *testing.T) {
	n := 0
	for _, name := range messages(t, "../testdata/eml") {
		raw := readFile(t, "../testdata/eml/"+name)
		first := toMAPI(t, raw)
		var b bytes.Buffer
		res, err := mapi2mime.Convert(context.Background(), &b, first.Message, &fixed)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !verbatim(res) || len(res.Parts) > 1 {
			continue
		}
		n++
		t.Run("OUT-SPC-007 "+name, func(t *testing.T) {
			_, want, _ := strings.Cut(crlf(string(raw)), "\r\n\r\n")
			if diff := cmp.Diff(want, bodyOf(written{b.String(), res})); diff != "" {
				t.Errorf("body (-came +written):\n%s", diff)
			}
			want = unfold(fieldsOf(crlf(string(raw)), "Content-Type")[0])
			if got := unfold(fieldsOf(b.String(), "Content-Type")[0]); got != want {
				t.Errorf("type is %q; want %q", got, want)
			}
		})
	}
	if n < 4 {
		t.Errorf("%d messages", n)
	}
}

func crlf(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n", "\r\n")
}

func unfold(s string) string { return strings.Join(strings.Fields(s), " ") }

// A signature verifies after the way through a message object, a .msg file, and
// back.
func TestOUT_SPC_007_SignatureVerifies(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("there is no openssl")
	}
	dir := t.TempDir()
	run := func(args ...string) {
		t.Helper()
		cmd := exec.Command(openssl, args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("openssl %v: %v\n%s", args, err, out)
		}
	}
	run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=Ann/emailAddress=ann@example.com")
	text := "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" +
		"Größe  \r\n.\r\nFrom me\r\n\r\n--b\r\nContent-Type: image/png; name=a.png\r\nContent-Disposition: attachment\r\n\r\nPNG\r\n--b--\r\n"
	if err := os.WriteFile(filepath.Join(dir, "text"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"OUT-SPC-007 clear-signed": {"-sign"},
		"OUT-SPC-007 opaque":       {"-sign", "-nodetach"},
		"OUT-SPC-007 encrypted":    {"-encrypt", "-aes256"},
	} {
		t.Run(name, func(t *testing.T) {
			sign := append([]string{"smime"}, args...)
			sign = append(sign, "-in", "text", "-out", "signed.eml", "-from", "ann@example.com", "-to", "bob@example.org", "-subject", "Hello")
			if args[0] == "-sign" {
				sign = append(sign, "-signer", "cert.pem", "-inkey", "key.pem")
			} else {
				sign = append(sign, "cert.pem")
			}
			run(sign...)
			if err := os.WriteFile(filepath.Join(dir, "again.eml"), throughMsg(t, readFile(t, filepath.Join(dir, "signed.eml"))), 0o600); err != nil {
				t.Fatal(err)
			}
			if args[0] == "-sign" {
				run("smime", "-verify", "-CAfile", "cert.pem", "-in", "again.eml", "-out", "out")
			} else {
				run("smime", "-decrypt", "-recip", "cert.pem", "-inkey", "key.pem", "-in", "again.eml", "-out", "out")
			}
			if diff := cmp.Diff(text, crlf(string(readFile(t, filepath.Join(dir, "out"))))); diff != "" {
				t.Errorf("text (-signed +verified):\n%s", diff)
			}
		})
	}
}

// throughMsg takes a message through an object, a .msg file, and back.
func throughMsg(t *testing.T, raw []byte) []byte {
	t.Helper()
	ctx := context.Background()
	in, err := mime2mapi.Convert(ctx, bytes.NewReader(raw), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var b bytes.Buffer
	if _, _, err := msg.Write(ctx, &b, in.Message, nil); err != nil {
		t.Fatal(err)
	}
	read, err := msg.Read(ctx, bytes.NewReader(b.Bytes()), int64(b.Len()), nil)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := mapi2mime.Convert(ctx, &out, read.Message, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
