package mapi2mime_test

import (
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
)

func TestFileNames(t *testing.T) {
	long, short, display := mapi.PidTagAttachLongFilename, mapi.PidTagAttachFilename, mapi.PidTagDisplayName
	for _, c := range []struct {
		name string
		set  func(p *props)
		want []string
	}{
		{"OUT-ATT-001 long name", func(p *props) {
			long.Set(p, "report.pdf")
			short.Set(p, "REPORT~1.PDF")
			display.Set(p, "The report")
		}, []string{"Content-Type", `application/pdf; name="report.pdf"`, "Content-Description", "The report",
			"Content-Disposition", "attachment; filename=report.pdf; size=1"}},
		{"OUT-ATT-001 short name", func(p *props) {
			short.Set(p, "REPORT~1.PDF")
		}, []string{"Content-Type", `application/pdf; name="REPORT~1.PDF"`, "Content-Disposition", "attachment; filename=REPORT~1.PDF; size=1"}},
		{"OUT-ATT-001 no description", func(p *props) {
			long.Set(p, "a.txt")
		}, []string{"Content-Description", "a.txt"}},
		{"OUT-ATT-001 none", func(p *props) {}, []string{"Content-Type", "application/octet-stream", "Content-Disposition", "attachment; size=1", "Content-Description", ""}},
		{"OUT-ATT-004 beyond ASCII", func(p *props) {
			long.Set(p, "Größe.pdf")
		}, []string{"Content-Type", `application/pdf; name="=?utf-8?B?R3LDtsOfZS5wZGY=?="`,
			"Content-Disposition", "attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe.pdf; size=1"}},
		{"blanks", func(p *props) {
			long.Set(p, "my report.pdf")
		}, []string{"Content-Disposition", `attachment; filename="my report.pdf"; size=1`}},
		{"a path", func(p *props) {
			long.Set(p, `..\..\C:\evil.exe`)
		}, []string{"Content-Disposition", `attachment; filename=evil.exe; size=1`}},
		{"line breaks and quotation marks", func(p *props) {
			long.Set(p, "a\"\r\nBcc: x@example.com\r\n\r\n<b>.txt")
		}, []string{"Content-Disposition", `attachment; filename="aBcc x@example.comb.txt"; size=1`}},
		{"only what no name may have", func(p *props) {
			long.Set(p, "///")
			short.Set(p, "B.TXT")
		}, []string{"Content-Disposition", `attachment; filename=B.TXT; size=1`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, part := attached(t, file("x", c.set))
			wantFields(t, part, c.want...)
			if strings.Contains(c.name, "path") {
				w.wantCode(t, diag.NameSanitized)
			}
		})
	}
}

// OUT-ATT-004: readers of both forms find the same name, however long.
func TestOUT_ATT_004_NamesOfBothForms(t *testing.T) {
	for _, name := range []string{"Größe.pdf", "日本語のファイル名.xlsx", strings.Repeat("ä", 120) + ".doc", strings.Repeat("x", 200) + ".doc", "=?x?.txt", "a%20b'c.txt"} {
		m := note()
		m.Attachments = []*mapi.Attachment{file("x", func(p *props) { mapi.PidTagAttachLongFilename.Set(p, name) })}
		part := write(t, m, nil).tree(t).part(t, 1)
		_, disposition, err := part.ContentDisposition()
		if got := disposition["filename"]; err != nil || got != strings.ReplaceAll(name, "?", "") {
			t.Errorf("RFC 2231: %q, %v; want %q", got, err, name)
		}
		_, params, err := part.ContentType()
		if got := params["name"]; err != nil || got != strings.ReplaceAll(name, "?", "") {
			t.Errorf("RFC 2047: %q, %v; want %q", got, err, name)
		}
	}
}

func TestMediaTypes(t *testing.T) {
	for _, c := range []struct {
		name, tag, file, want string
		code                  diag.Code
	}{
		{"OUT-ATT-002 the tag", "Image/PNG", "a.pdf", "image/png", ""},
		{"OUT-ATT-002 the extension", "", "a.pdf", "application/pdf", ""},
		{"OUT-ATT-002 neither", "", "a", "application/octet-stream", ""},
		{"OUT-ATT-002 parameters of the tag go", "text/plain; charset=x", "a.txt", "text/plain", ""},
		{"OUT-ATT-003 multipart", "multipart/mixed", "a", "application/octet-stream", diag.TypeReplaced},
		{"OUT-ATT-003 applefile", "application/applefile", "a", "application/octet-stream", diag.TypeReplaced},
		{"OUT-ATT-003 binhex", "application/mac-binhex40", "a", "application/octet-stream", diag.TypeReplaced},
		{"OUT-ATT-003 message", "message/rfc822", "a.eml", "application/octet-stream", diag.TypeReplaced},
		{"OUT-ATT-003 external body", "message/external-body", "a", "application/octet-stream", diag.TypeReplaced},
		{"OUT-ATT-003 no type", "pdf", "a", "application/octet-stream", diag.TypeReplaced},
		{"OUT-ATT-003 two slashes", "a/b/c", "a", "application/octet-stream", diag.TypeReplaced},
		{"OUT-ATT-003 blanks", "a b/c", "a", "application/octet-stream", diag.TypeReplaced},
		{"OUT-ATT-003 line break", "text/plain\r\nX: y", "a", "application/octet-stream", diag.TypeReplaced},
		{"OUT-ATT-003 NUL", "text/pl\x00ain", "a", "application/octet-stream", diag.TypeReplaced},
		{"OUT-ATT-003 beyond ASCII", "text/plän", "a", "application/octet-stream", diag.TypeReplaced},
		{"OUT-ATT-003 too long", "text/" + strings.Repeat("x", 200), "a", "application/octet-stream", diag.TypeReplaced},
		{"an .eml without a tag", "", "a.eml", "application/octet-stream", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, part := attached(t, file("x", func(p *props) {
				mapi.PidTagAttachMimeTag.Set(p, c.tag)
				mapi.PidTagAttachLongFilename.Set(p, c.file)
			}))
			typ, _, _ := strings.Cut(fieldsOf(part, "Content-Type")[0], ";")
			if typ != c.want {
				t.Errorf("type is %q; want %q", typ, c.want)
			}
			wantFields(t, part, "X", "")
			if c.code != "" {
				w.wantCode(t, c.code)
			} else {
				w.wantNoDiagnostics(t)
			}
		})
	}
}
