package htmlscan

import (
	"strings"
	"testing"
)

func TestIN_BODY_018_CharsetOf(t *testing.T) {
	tests := []struct{ name, html, want string }{
		{"none", "<html><body>é", ""},
		{"charset", `<meta charset="utf-8">`, "utf-8"},
		{"charset unquoted", "<META CHARSET=KOI8-R>", "KOI8-R"},
		{"http-equiv", `<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">`, "iso-8859-1"},
		{"content first", `<meta content='text/html;charset = "windows-1251" ' http-equiv=content-type>`, "windows-1251"},
		{"http-equiv of another name", `<meta http-equiv=refresh content="0; charset=koi8-r">`, ""},
		{"no http-equiv", `<meta name=x content="charset=koi8-r">`, ""},
		{"second occurrence of the word", `<meta http-equiv=content-type content="charset; charset=big5">`, "big5"},
		{"word that starts like it", `<meta http-equiv=content-type content="Character; CHARSET=big5">`, "big5"},
		{"no charset in content", `<meta http-equiv=content-type content="text/html; c">`, ""},
		{"entities", `<meta http-equiv=content-type content="text/html; charset&#61;big5">`, "big5"},
		{"unclosed quote in content", `<meta http-equiv=content-type content="text/html; charset='big5">`, "big5"},
		{"semicolon in content", `<meta http-equiv=content-type content="charset=big5; x">`, "big5"},
		{"in the body", "<body><meta charset=big5>", ""},
		{"in a comment", "<!-- <meta charset=big5> -->", ""},
		{"in a script", "<script>'<meta charset=big5>'</script>", ""},
		{"in a title", "<title><meta charset=big5></title><meta charset=koi8-r>", "koi8-r"},
		{"first counts", "<meta charset=big5><meta charset=koi8-r>", "big5"},
		{"invalid, then valid", "<meta charset='no name'><meta charset=koi8-r>", "koi8-r"},
		{"too long", "<meta charset=" + strings.Repeat("a", 41) + ">", ""},
		{"empty", "<meta charset=''>", ""},
		{"UTF-16 read as bytes", "<meta charset=UTF-16LE>", ""},
		{"unicode", `<meta http-equiv=Content-Type content="text/html; charset=unicode">`, ""},
		{"UCS-2", "<meta charset=ucs-2>", ""},
		{"UTF-7 stays the caller's decision", "<meta charset=utf-7>", "utf-7"},
		{"within 16 KiB", strings.Repeat(" ", 16<<10-30) + "<meta charset=big5>", "big5"},
		{"beyond 16 KiB", strings.Repeat(" ", 16<<10) + "<meta charset=big5>", ""},
		{"cut at 16 KiB", strings.Repeat(" ", 16<<10-16) + "<meta charset=big5hkscs>", ""},
	}
	for _, tt := range tests {
		t.Run("IN-BODY-018 "+tt.name, func(t *testing.T) {
			got, ok := CharsetOf([]byte(tt.html))
			if got != tt.want || ok != (tt.want != "") {
				t.Errorf("CharsetOf = %q, %v, want %q", got, ok, tt.want)
			}
		})
	}
}

func TestSetCharset(t *testing.T) {
	const meta = `<meta http-equiv="Content-Type" content="text/html; charset=utf-8">`
	tests := []struct{ name, label, html, want string }{
		{"replaced", "utf-8", "<head><meta charset=big5><title>x</title>", "<head>" + meta + "<title>x</title>"},
		{"same already", "utf-8", "<head><meta charset=UTF-8>", "<head><meta charset=UTF-8>"},
		{"further ones removed", "utf-8", "<meta charset=big5>a<meta charset=koi8-r>b", meta + "ab"},
		{"two that agree", "utf-8", "<meta charset=utf-8>a<meta charset=utf-8>b", meta + "ab"},
		{"other metas stay", "utf-8", "<head><meta name=a content=b>", "<head>" + meta + "<meta name=a content=b>"},
		{"into the head", "utf-8", "<!DOCTYPE html><html><head lang=en><title>", "<!DOCTYPE html><html><head lang=en>" + meta + "<title>"},
		{"into html", "utf-8", "<!DOCTYPE html><html><body>", "<!DOCTYPE html><html>" + meta + "<body>"},
		{"behind the document type", "utf-8", "<?xml version='1.0'?>\n<!DOCTYPE html>a<!x>", "<?xml version='1.0'?>\n<!DOCTYPE html>" + meta + "a<!x>"},
		{"no tags", "utf-8", "a", meta + "a"},
		{"head in the body is none", "utf-8", "<html><body><head>", "<html>" + meta + "<body><head>"},
		{"in a comment stays", "utf-8", "<!--<meta charset=big5>-->", meta + "<!--<meta charset=big5>-->"},
		{"beyond 16 KiB", "utf-8", strings.Repeat(" ", 20<<10) + "<meta charset=big5>", strings.Repeat(" ", 20<<10) + meta},
		{"cut off", "utf-8", "<head><meta charset=big5", "<head>" + meta + "<meta charset=big5"},
		{"label that would break out", `x"><script>`, "<meta charset=big5>a", "a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := string(SetCharset([]byte(tt.html), tt.label)); got != tt.want {
				t.Errorf("SetCharset(%.80q) =\n%q, want\n%q", tt.html, got, tt.want)
			}
		})
	}
	t.Run("CharsetOf reads what SetCharset wrote", func(t *testing.T) {
		for _, html := range seeds {
			got, ok := CharsetOf(SetCharset([]byte(html), "koi8-r"))
			if !ok || got != "koi8-r" {
				t.Errorf("of %q: %q, %v", html, got, ok)
			}
		}
	})
}

func TestStripMetaCharset(t *testing.T) {
	got := string(StripMetaCharset([]byte("<head><meta charset=a><meta name=n content=c><META http-equiv=content-type content='text/html; charset=b'></head>c")))
	if want := "<head><meta name=n content=c></head>c"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	unchanged := []byte("<b>")
	if got := StripMetaCharset(unchanged); &got[0] != &unchanged[0] {
		t.Error("a document without charset was copied")
	}
}
