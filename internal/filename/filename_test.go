package filename

import (
	"mime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/contentconv/contentconv/limits"
)

func TestIN_ATT_011_Sanitize(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "Report 1.docx", "Report 1.docx"},
		{"beyond ASCII", "Żółw 报告 😀.pdf", "Żółw 报告 😀.pdf"},
		{"illegal characters", `a":<>|*?b.txt`, "ab.txt"},
		{"control characters", "a\x00\x01\r\n\t\x1f\x7f\u0085b", "ab"},
		{"Windows path", `C:\x\y.doc`, "y.doc"},
		{"path up", "../../x", "x"},
		{"path up with backslashes", `..\..\x`, "x"},
		{"path of a directory", "a/b/", "b"},
		{"mixed path", `a/b\c/d`, "d"},
		{"path of nothing", "/", ""},
		{"only dots", "..", ""},
		{"drive alone", "C:", "C"},
		{"dots and blanks at the ends", " .. a.b.txt . \u00a0", "a.b.txt"},
		{"dots that removal uncovers", "<.>a", "a"},
		{"right-to-left override", "ann\u202Egpj.exe", "anngpj.exe"},
		{"isolates", "a\u2066b\u2069c\u2028d", "abcd"},
		{"right-to-left letters stay", "שלום\u200f.txt", "שלום\u200f.txt"},
		{"device", "con", "_con"},
		{"device in upper case", "NUL.txt", "_NUL.txt"},
		{"device with two extensions", "lpt1.tar.gz", "_lpt1.tar.gz"},
		{"device with blanks", "aux .txt", "_aux .txt"},
		{"device with superscript", "COM¹", "_COM¹"},
		{"device behind a cut", "com1" + strings.Repeat("\u00a0", 300) + ".txt", "_com1.txt"},
		{"no device", "console.txt", "console.txt"},
		{"no device number", "com10", "com10"},
		{"device that removal uncovers", "c:on", "_con"},
		{"255", strings.Repeat("a", 251) + ".txt", strings.Repeat("a", 251) + ".txt"},
		{"256", strings.Repeat("a", 252) + ".txt", strings.Repeat("a", 251) + ".txt"},
		{"cut before a blank", strings.Repeat("a", 250) + "  .txt", strings.Repeat("a", 250) + ".txt"},
		{"cut at a surrogate pair", strings.Repeat("😀", 128), strings.Repeat("😀", 127)},
		{"long without extension", strings.Repeat("a", 300) + "." + strings.Repeat("b", 15), strings.Repeat("a", 255)},
		{"no UTF-8", "a\xffb", "a\uFFFDb"},
		{"empty", "", ""},
	}
	for _, tt := range tests {
		t.Run("IN-ATT-011 "+tt.name, func(t *testing.T) {
			got, changed := Sanitize(tt.in)
			if got != tt.want || changed != (tt.in != tt.want) {
				t.Errorf("Sanitize(%q) = %q, %v, want %q", tt.in, got, changed, tt.want)
			}
		})
	}
}

func TestIN_ATT_013_Extension(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"with dot", "a.txt", ".txt"},
		{"last dot", "a.tar.gz", ".gz"},
		{"case stays", "a.TXT", ".TXT"},
		{"none", "a", ""},
		{"dot at the end", "a.", ""},
		{"dot at the start", ".profile", ""},
		{"15 bytes", "a.12345678901234", ".12345678901234"},
		{"16 bytes", "a.123456789012345", ""},
		{"blank", "Dr. Who", ""},
	}
	for _, tt := range tests {
		t.Run("IN-ATT-013 "+tt.name, func(t *testing.T) {
			if got := Extension(tt.in); got != tt.want {
				t.Errorf("Extension(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestIN_ATT_012_Generated(t *testing.T) {
	tests := []struct {
		n          int
		media, out string
	}{
		{1, "text/plain", "ATT00001.txt"},
		{2, "TEXT/HTML; charset=utf-8", "ATT00002.htm"},
		{3, "image/png", "ATT00003.png"},
		{12345, "application/x-unknown", "ATT12345.bin"},
		{123456, "", "ATT123456.bin"},
		{4, "message/rfc822", "ATT00004.eml"},
	}
	for _, tt := range tests {
		t.Run("IN-ATT-012 "+tt.out, func(t *testing.T) {
			if got := Generated(tt.n, tt.media); got != tt.out {
				t.Errorf("Generated(%d, %q) = %q, want %q", tt.n, tt.media, got, tt.out)
			}
		})
	}
}

func TestTypes(t *testing.T) {
	for _, tt := range []struct{ media, ext string }{
		{"image/png", ".png"}, {"Image/PNG ; name=x", ".png"}, {"image/jpeg", ".jpg"}, {"image/pjpeg", ".jpg"},
		{"text/x-unknown", ".txt"}, {"application/vnd.example+xml", ".xml"}, {"application/vnd.example+json", ".json"},
		{"application/x-unknown", ""}, {"", ""}, {"# type", ""},
	} {
		if got := ForType(tt.media); got != tt.ext {
			t.Errorf("ForType(%q) = %q, want %q", tt.media, got, tt.ext)
		}
	}
	for _, tt := range []struct{ ext, media string }{
		{".png", "image/png"}, {"PNG", "image/png"}, {".jpeg", "image/jpeg"}, {".jpg", "image/jpeg"}, {".p7m", "application/pkcs7-mime"},
		{".ics", "text/calendar"}, {".htm", "text/html"}, {".zip", "application/zip"}, {".msg", "application/vnd.ms-outlook"}, {".wav", "audio/wav"},
		{".bin", "application/octet-stream"}, {".unknown", ""}, {"", ""}, {".", ""},
	} {
		if got := TypeFor(tt.ext); got != tt.media {
			t.Errorf("TypeFor(%q) = %q, want %q", tt.ext, got, tt.media)
		}
	}
}

// TestTypeTable holds the data file to its own rules.
func TestTypeTable(t *testing.T) {
	seen := map[string]bool{}
	for line := range strings.Lines(typesTSV) {
		if line[0] == '#' {
			continue
		}
		media, list, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok || list == "" || media != strings.ToLower(media) || strings.Count(media, "/") != 1 || seen[media] {
			t.Errorf("bad or repeated line %q", line)
		}
		seen[media] = true
		for ext := range strings.FieldsSeq(list) {
			if Extension("a."+ext) != "."+ext || ext != strings.ToLower(ext) {
				t.Errorf("%s: bad extension %q", media, ext)
			}
		}
		if _, _, err := mime.ParseMediaType(media); err != nil {
			t.Errorf("%q: %v", media, err)
		}
	}
	if len(seen) < 120 {
		t.Errorf("%d types, want at least 120", len(seen))
	}
}

func TestShort83(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Long File.docx", "LONGFI~1.DOC"},
		{"a.txt", "A.TXT"},
		{"winmail.dat", "WINMAIL.DAT"},
		{"12345678.123", "12345678.123"},
		{"123456789.123", "123456~1.123"},
		{"a b.txt", "AB~1.TXT"},
		{"a.tar.gz", "ATAR~1.GZ"},
		{"readme", "README"},
		{"Żółw.txt", "___W~1.TXT"},
		{"a+b=c.x", "A_B_C~1.X"},
		{"a.html", "A~1.HTM"},
		{"", "FILE"},
		{" ", "FILE~1"},
	}
	for _, tt := range tests {
		if got := Short83(tt.in); got != tt.want {
			t.Errorf("Short83(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func FuzzSanitize(f *testing.F) {
	for _, s := range []string{"", "a.txt", `C:\..\con.`, "../\u202E.", strings.Repeat("😀. ", 100) + ".txt", "\xff", "nul.\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, changed := Sanitize(s)
		if again, more := Sanitize(got); more {
			t.Errorf("%q became %q and then %q", s, got, again)
		}
		if changed != (got != s) || !utf8.ValidString(got) || limits.Length(got) > MaxLength || isDevice(got) || strings.ContainsFunc(got, forbidden) {
			t.Errorf("Sanitize(%q) = %q, %v", s, got, changed)
		}
		if got := Short83(got); len(got) > 12 {
			t.Errorf("short name %q", got)
		}
	})
}
