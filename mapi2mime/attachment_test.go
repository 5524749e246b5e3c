package mapi2mime_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/macfile"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/mime2mapi"
)

// file returns an attachment by value.
func file(content string, set func(p *props)) *mapi.Attachment {
	a := &mapi.Attachment{Content: mapi.Bytes(content)}
	mapi.PidTagAttachMethod.Set(&a.Properties, mapi.AttachByValue)
	if set != nil {
		set(&a.Properties)
	}
	return a
}

// attached writes the small message with an attachment, and returns the header
// block of its part.
func attached(t *testing.T, a *mapi.Attachment) (w written, part string) {
	t.Helper()
	m := note()
	m.Attachments = []*mapi.Attachment{a}
	w = write(t, m, nil)
	boundary := strings.Split(w.raw, "\r\n--=_")
	if len(boundary) < 4 {
		t.Fatalf("there is no second part in %q", w.raw)
	}
	_, part, _ = strings.Cut(boundary[2], "\r\n")
	return w, part
}

func wantFields(t *testing.T, part string, pairs ...string) {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		got := strings.Join(fieldsOf(part, pairs[i]), "|")
		if got != pairs[i+1] {
			t.Errorf("%s is %q; want %q", pairs[i], got, pairs[i+1])
		}
	}
}

func TestOUT_ATT_006_FieldsOfAFile(t *testing.T) {
	_, part := attached(t, file("x", func(p *props) {
		mapi.PidTagAttachLongFilename.Set(p, "a.txt")
		mapi.PidTagAttachContentId.Set(p, "<a@example.com>")
		mapi.PidTagAttachContentLocation.Set(p, "http://example.com/a.txt")
		mapi.PidTagAttachContentBase.Set(p, "http://example.com/")
		mapi.PidTagTextAttachmentCharset.Set(p, "koi8-r")
		mapi.PidTagAttachPayloadClass.Set(p, "x")
		mapi.PidTagCreationTime.Set(p, sent)
		mapi.PidTagLastModificationTime.Set(p, mapi.TimeNone)
	}))
	wantFields(t, part,
		"Content-Type", `text/plain; charset=koi8-r; name="a.txt"`,
		"Content-Disposition", `attachment; filename=a.txt; size=1; creation-date="Tue, 5 Mar 2024 13:07:09 +0000"`,
		"Content-ID", "<a@example.com>",
		"Content-Location", "http://example.com/a.txt",
		"Content-Base", "http://example.com/",
		"X-Payload-Class", "x",
		"Content-Transfer-Encoding", "base64")
}

func TestSMIMEFileKeepsItsParameters(t *testing.T) {
	_, part := attached(t, file("x", func(p *props) {
		mapi.PidTagAttachMimeTag.Set(p, "application/pkcs7-mime")
		mapi.PidNameContentType.Set(p, `application/pkcs7-mime; smime-type=signed-data; name="x.p7m"; bad name=y`)
		mapi.PidTagAttachLongFilename.Set(p, "smime.p7m")
	}))
	wantFields(t, part, "Content-Type", `application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"`)
	_, part = attached(t, file("x", func(p *props) {
		mapi.PidTagAttachMimeTag.Set(p, "application/pkcs7-mime")
		mapi.PidNameContentType.Set(p, `application/pdf; smime-type=signed-data`)
	}))
	wantFields(t, part, "Content-Type", "application/pkcs7-mime")
}

func TestOUT_ATT_005_DispositionOfInlineImages(t *testing.T) {
	m := with(func(p *props) { mapi.PidTagHtml.Set(p, []byte(`<img src="cid:a">`)) })
	for _, id := range []string{"a", "b"} {
		m.Attachments = append(m.Attachments, file("x", func(p *props) {
			mapi.PidTagAttachContentId.Set(p, id)
			mapi.PidTagAttachFlags.Set(p, 4)
		}))
	}
	root := write(t, m, nil).tree(t)
	shown, other := root.part(t, 0, 1), root.part(t, 1)
	if a, b := shown.Get("Content-Disposition"), other.Get("Content-Disposition"); a != "inline; size=1" || b != "attachment; size=1" {
		t.Errorf("dispositions are %q and %q", a, b)
	}
}

func TestOUT_ATT_007_EmbeddedMessage(t *testing.T) {
	inner := with(func(p *props) { mapi.PidTagSubject.Set(p, "Inner") })
	inner.Attachments = []*mapi.Attachment{file("deep", nil)}
	a := &mapi.Attachment{Message: inner}
	mapi.PidTagAttachMethod.Set(&a.Properties, mapi.AttachEmbeddedMessage)
	mapi.PidTagDisplayName.Set(&a.Properties, "Name")
	mapi.PidTagAttachContentId.Set(&a.Properties, "x@example.com")
	w, part := attached(t, a)
	header, _, _ := strings.Cut(part, "\r\n\r\n")
	if header != "Content-Type: message/rfc822" {
		t.Errorf("OUT-ATT-015 header block is %q", header)
	}
	root := readTree(t, w.tree(t).part(t, 1).body)
	if got := root.shape(); got != "mixed(plain, application/octet-stream)" {
		t.Errorf("embedded structure is %s", got)
	}
	if got := root.Header.Get("Subject"); got != "Inner" {
		t.Errorf("embedded subject is %q", got)
	}
	if got := string(root.part(t, 1).body); got != "deep" {
		t.Errorf("embedded file is %q", got)
	}
}

// A message that is there is written, whatever its method says.
func TestMessageWithoutItsMethod(t *testing.T) {
	a := &mapi.Attachment{Message: note()}
	mapi.PidTagAttachMethod.Set(&a.Properties, mapi.AttachByValue)
	m := note()
	m.Attachments = []*mapi.Attachment{a}
	if got := write(t, m, nil).tree(t).shape(); got != "mixed(plain, message/rfc822)" {
		t.Errorf("structure is %s", got)
	}
}

// A message made by hand may have the data as a property.
func TestDataAsAProperty(t *testing.T) {
	a := new(mapi.Attachment)
	mapi.PidTagAttachMethod.Set(&a.Properties, mapi.AttachByValue)
	mapi.PidTagAttachDataBinary.Set(&a.Properties, []byte("data"))
	m := note()
	m.Attachments = []*mapi.Attachment{a}
	if got := string(write(t, m, nil).tree(t).part(t, 1).body); got != "data" {
		t.Errorf("data is %q", got)
	}
}

// An entry of the list that is nil is no attachment.
func TestNilAttachment(t *testing.T) {
	m := note()
	m.Attachments = []*mapi.Attachment{nil, file("x", nil)}
	w := write(t, m, nil)
	if got := w.tree(t).shape(); got != "mixed(plain, application/octet-stream)" || w.res.Parts[1].Place != "2" {
		t.Errorf("structure is %s, parts %+v", got, w.res.Parts)
	}
}

func TestOUT_ATT_009_ExceptionsAreNoAttachments(t *testing.T) {
	m := note()
	m.Attachments = []*mapi.Attachment{{Message: with(func(p *props) {
		mapi.PidTagMessageClass.Set(p, "IPM.OLE.CLASS.{00061055-0000-0000-C000-000000000046}")
	})}}
	w := write(t, m, nil)
	if got := w.tree(t).shape(); got != "plain" {
		t.Errorf("structure is %s", got)
	}
	if last := w.res.Parts[len(w.res.Parts)-1]; last.Reason != mapi2mime.Exception || last.Place != "1" {
		t.Errorf("parts are %+v", w.res.Parts)
	}
}

func TestOUT_ATT_010_MacBinary(t *testing.T) {
	const eml = "../testdata/eml/attach-appledouble.eml"
	raw := readFile(t, eml)
	first := toMAPI(t, raw)
	w := write(t, first.Message, nil)
	root := w.tree(t)
	if !strings.Contains(root.shape(), "appledouble(application/applefile, ") {
		t.Fatalf("structure is %s", root.shape())
	}
	second := toMAPI(t, []byte(w.raw))
	for i, a := range first.Message.Attachments {
		if want, got := digest(t, a), digest(t, second.Message.Attachments[i]); got != want {
			t.Errorf("attachment %d is %s; want %s", i+1, got, want)
		}
	}
}

// What a MacBinary file knows stands in its header file; what the attachment came
// with stays where it knows as much.
func TestOUT_ATT_010_HeaderFile(t *testing.T) {
	f := macfile.File{Name: "Read Me", Type: [4]byte{'T', 'E', 'X', 'T'}, Created: 3700000000}
	head, _ := f.MacBinary(4, 3)
	f.Resource.Len = 3
	binary := string(head) + "data" + strings.Repeat("\x00", 124) + "res" + strings.Repeat("\x00", 125)
	made := string(f.HeaderFile()) + "res"
	richer := strings.Replace(made, "\x00\x02\x00\x00"+strings.Repeat("\x00", 16), "\x00\x02\x00\x00Mac OS X        ", 1)
	other := macfile.File{Name: "Other"}
	for _, c := range []struct {
		name, info, contentType string
		header, typ             string
	}{
		{"made", "", "text/plain; charset=x", made, "text/plain; charset=x; name=\"Read Me\""},
		{"kept", richer, "", richer, "application/octet-stream; name=\"Read Me\""},
		{"of another file", string(other.HeaderFile()), "multipart/mixed", made, "application/octet-stream; name=\"Read Me\""},
		{"damaged", "junk", "junk", made, "application/octet-stream; name=\"Read Me\""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := file(binary, func(p *props) {
				mapi.PidTagAttachEncoding.Set(p, []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x14, 0x03, 0x0B, 0x01})
				mapi.PidNameAttachmentMacInfo.Set(p, []byte(c.info))
				mapi.PidNameAttachmentMacContentType.Set(p, c.contentType)
			})
			m := note()
			m.Attachments = []*mapi.Attachment{a}
			root := write(t, m, nil).tree(t)
			header, data := root.part(t, 1, 0), root.part(t, 1, 1)
			if string(header.body) != c.header {
				t.Errorf("header file is %q; want %q", header.body, c.header)
			}
			if string(data.body) != "data" || data.Get("Content-Type") != c.typ {
				t.Errorf("data is %q of type %s; want %s", data.body, data.Get("Content-Type"), c.typ)
			}
		})
	}
}

func TestMacBinaryThatIsNone(t *testing.T) {
	for _, content := range []string{"", "x", strings.Repeat("\x00", 128), strings.Repeat("x", 1000)} {
		w, part := attached(t, file(content, func(p *props) {
			mapi.PidTagAttachEncoding.Set(p, []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x14, 0x03, 0x0B, 0x01})
			mapi.PidTagAttachMimeTag.Set(p, "application/applefile")
		}))
		typ, _, _ := strings.Cut(fieldsOf(part, "Content-Type")[0], ";")
		if typ != "application/octet-stream" {
			t.Errorf("%d bytes: type is %s", len(content), typ)
		}
		if got := string(w.tree(t).part(t, 1).body); got != content {
			t.Errorf("%d bytes came back as %d", len(content), len(got))
		}
	}
}

func TestOUT_ATT_011_References(t *testing.T) {
	for _, c := range []struct {
		name    string
		method  int32
		path    string
		trusted bool
		url     string // of the link, "" for a note
	}{
		{"OUT-ATT-011 a file", mapi.AttachByReference, "/etc/passwd", false, ""},
		{"OUT-ATT-011 a share", mapi.AttachByReferenceResolve, `\\server\share\x`, false, ""},
		{"OUT-ATT-011 only a reference", mapi.AttachByReferenceOnly, `C:\x`, false, ""},
		{"OUT-ATT-011 a web page that is a file", mapi.AttachByWebReference, "file:///etc/passwd", false, ""},
		{"OUT-ATT-011 a web page with line breaks", mapi.AttachByWebReference, "https://example.com/\r\nX: y", false, ""},
		{"a web page", mapi.AttachByWebReference, "https://example.com/doc", false, "https://example.com/doc"},
		{"a share, inside", mapi.AttachByReference, `\\server\my share\x`, true, "file://server/my%20share/x"},
		{"a disk, inside", mapi.AttachByReference, `C:\a#b`, true, "file:///C:/a%23b"},
		{"line breaks, inside", mapi.AttachByReference, "C:\\a\r\nb", true, ""},
		{"a path of another system, inside", mapi.AttachByReference, "/etc/passwd", true, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := new(mapi.Attachment)
			mapi.PidTagAttachMethod.Set(&a.Properties, c.method)
			mapi.PidTagAttachLongPathname.Set(&a.Properties, c.path)
			mapi.PidTagAttachLongFilename.Set(&a.Properties, "report.doc")
			m := note()
			m.Attachments = []*mapi.Attachment{a}
			w := write(t, m, &mapi2mime.Options{Trusted: c.trusted})
			root := w.tree(t)
			part := root.part(t, 1)
			if c.url != "" {
				if _, params, _ := part.ContentDisposition(); params["filename"] != "report.doc.url" {
					t.Errorf("the name is %q", params["filename"])
				}
				if got := string(part.body); got != "[InternetShortcut]\r\nURL="+c.url+"\r\n" {
					t.Errorf("the link is %q", got)
				}
				w.wantNoDiagnostics(t)
				return
			}
			w.wantCode(t, diag.AttachmentDropped)
			if root.shape() != "mixed(plain, plain)" || strings.Contains(w.raw, c.path) {
				t.Errorf("structure is %s", root.shape())
			}
			if got := string(part.body); !strings.Contains(got, `"report.doc"`) || strings.Contains(got, c.path) {
				t.Errorf("the note is %q", got)
			}
		})
	}
}

// Data that is there is written, whatever the method.
func TestReferencesWithData(t *testing.T) {
	a := file("data", nil)
	mapi.PidTagAttachMethod.Set(&a.Properties, mapi.AttachByReference)
	m := note()
	m.Attachments = []*mapi.Attachment{a}
	if got := string(write(t, m, nil).tree(t).part(t, 1).body); got != "data" {
		t.Errorf("data is %q", got)
	}
}

func TestOUT_ATT_012_OLEIsKeptAndReported(t *testing.T) {
	a := file("compound file", func(p *props) {
		mapi.PidTagAttachMethod.Set(p, mapi.AttachOLE)
		mapi.PidTagDisplayName.Set(p, "Drawing")
	})
	w, part := attached(t, a)
	w.wantCode(t, diag.ObjectNotRendered)
	wantFields(t, part, "Content-Type", `application/octet-stream; name="Drawing.ole"`)
	if got := string(w.tree(t).part(t, 1).body); got != "compound file" {
		t.Errorf("data is %q", got)
	}
	m := note()
	m.Attachments = []*mapi.Attachment{file("", func(p *props) { mapi.PidTagAttachMethod.Set(p, mapi.AttachOLE) })}
	m.Attachments[0].Content = nil
	write(t, m, nil).wantCode(t, diag.AttachmentDropped)
}

// Parts of type message have no transfer encoding (OUT-BODY-019).
func TestReportPartsHaveNoEncoding(t *testing.T) {
	status := func(s string) *mapi.Attachment {
		return file(s, func(p *props) { mapi.PidTagAttachMimeTag.Set(p, "message/delivery-status") })
	}
	_, part := attached(t, status("Reporting-MTA: dns; x\n\nAction: failed\n"))
	wantFields(t, part, "Content-Type", "message/delivery-status", "Content-Transfer-Encoding", "7bit",
		"Content-Disposition", "attachment; size=41")
	if _, body, _ := strings.Cut(part, "\r\n\r\n"); body != "Reporting-MTA: dns; x\r\n\r\nAction: failed\r\n" {
		t.Errorf("content is %q", body)
	}
	for name, content := range map[string]string{
		"8-bit": "Größe", "binary": "a\x00b", "long line": strings.Repeat("x", 999), "large": strings.Repeat("x\r\n", 1<<19),
	} {
		w, part := attached(t, status(content))
		wantFields(t, part, "Content-Type", "application/octet-stream", "Content-Transfer-Encoding", "base64")
		w.wantCode(t, diag.TypeReplaced)
		if got := string(w.tree(t).part(t, 1).body); got != content {
			t.Errorf("%s: content changed", name)
		}
	}
}

func TestEveryByteOfAFileSurvives(t *testing.T) {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	for _, n := range []int{0, 1, 2, 3, 56, 57, 58, 57*512 - 1, 57 * 512, 57*512 + 1, 100_000} {
		content := strings.Repeat(string(all), n/256+1)[:n]
		for kind, c := range map[string]mapi.Content{"memory": mapi.Bytes(content), "stream": stream(content)} {
			m := note()
			m.Attachments = []*mapi.Attachment{{Content: c}}
			if got := string(write(t, m, nil).tree(t).part(t, 1).body); got != content {
				t.Errorf("%d bytes from %s came back as %d", n, kind, len(got))
			}
		}
	}
}

// stream is a content whose reader gives a few bytes at a time.
type stream string

func (s stream) Size(context.Context) (int64, error) { return int64(len(s)), nil }

func (s stream) Open(context.Context) (io.ReadCloser, error) {
	return io.NopCloser(&slowReader{r: strings.NewReader(string(s))}), nil
}

type slowReader struct {
	r io.Reader
	n int
}

func (r *slowReader) Read(p []byte) (int, error) {
	r.n++
	return r.r.Read(p[:min(len(p), r.n%7)])
}

// The parts of the result are those that mime2mapi finds.
func TestResultParts(t *testing.T) {
	inner := with(func(p *props) { mapi.PidTagHtml.Set(p, []byte("<p>x</p>")) })
	m := note()
	m.Attachments = []*mapi.Attachment{
		file("a", func(p *props) { mapi.PidTagAttachMimeTag.Set(p, "image/png") }), {}, {Message: inner}, file("b", nil),
	}
	w := write(t, m, nil)
	var got []string
	for _, p := range w.res.Parts {
		got = append(got, fmt.Sprintf("%s %s %v %s %s", p.Number, p.Type, p.Source, p.Place, p.Reason))
	}
	want := []string{
		"1 text/plain body  ", "2 image/png attachment 1 ", "3 message/rfc822 message 3 ",
		"3.1 text/plain body 3 ", "3.2 text/html body 3 ", "4 application/octet-stream attachment 4 ",
		"  attachment 2 no-data",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("parts are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	res, err := mime2mapi.Convert(context.Background(), bytes.NewReader([]byte(w.raw)), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Close()
	for i, p := range res.Parts {
		if mine := w.res.Parts[i]; mine.Number != p.Number || mine.Type != p.Type {
			t.Errorf("part %d is %s %s; mime2mapi finds %s %s", i, mine.Number, mine.Type, p.Number, p.Type)
		}
	}
	if w.res.Entities != 8 {
		t.Errorf("%d entities; want 8", w.res.Entities)
	}
}
