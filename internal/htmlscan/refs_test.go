package htmlscan

import (
	"fmt"
	"strings"
	"testing"
)

func TestHasCID(t *testing.T) {
	tests := []struct {
		name, html, id string
		cid, img       bool
	}{
		{"IN-ATT-017 img", `<img src="cid:a@b">`, "a@b", true, true},
		{"IN-ATT-017 upper case", `<IMG SRC=CID:a@b>`, "a@b", true, true},
		{"IN-ATT-017 id in brackets", `<img src="cid:a@b">`, "<a@b>", true, true},
		{"IN-ATT-017 id with NUL", `<img src="cid:a@b">`, "a@b\x00", true, true},
		{"IN-ATT-017 URL in brackets and blanks", "<img src=' cid:<a@b> '>", "a@b", true, true},
		{"IN-ATT-017 wrapped URL", "<img src='cid:aaa\r\n bbb@c'>", "aaa bbb@c", true, true},
		{"IN-ATT-017 srcset", `<img srcset="x.png 1x, cid:a@b 2x">`, "a@b", true, true},
		{"IN-ATT-017 cut off", `<img src="cid:a@b"`, "a@b", true, true},
		{"IN-ATT-017 longdesc is no image", `<img longdesc="cid:a@b">`, "a@b", true, false},
		{"IN-ATT-019 not referenced", `<img src="cid:c@b">`, "a@b", false, false},
		{"IN-ATT-019 id in the text", `cid:a@b <p title="cid:a@b">`, "a@b", false, false},
		{"IN-ATT-019 in a comment", `<!-- <img src="cid:a@b"> -->`, "a@b", false, false},
		{"IN-ATT-019 in a script", `<script>"<img src=cid:a@b>"</script>`, "a@b", false, false},
		{"IN-ATT-019 prefix only", `<img src="cid:a@bc">`, "a@b", false, false},
		{"IN-ATT-019 empty id", `<img src="cid:"><img src="">`, "", false, false},
		{"IN-ATT-019 id of brackets", `<img src="cid:">`, "<>", false, false},
		{"IN-ATT-019 id of a location", `<img src="a@b">`, "a@b", false, false},
		{"IN-ATT-022 percent", `<img src="cid:a%40b%2520c">`, "a@b%20c", true, true},
		{"IN-ATT-022 bad percent", `<img src="cid:a%4xb%">`, "a%4xb%", true, true},
		{"IN-ATT-022 id holds escapes", `<img src="cid:a%40b">`, "a%40b", true, true},
		{"IN-ATT-022 entities", `<img src="cid:a&amp;b&#64;c">`, "a&b@c", true, true},
		{"IN-ATT-022 UTF-8", `<img src="cid:%C3%A9@b">`, "é@b", true, true},
		{"case of the domain", `<img src="cid:a@B.Example">`, "a@b.eXAMPLE", true, true},
		{"case of the local part", `<img src="cid:A@b">`, "a@b", false, false},
		{"case without domain", `<img src="cid:Image1">`, "image1", false, false},
		{"background", `<td background="cid:a@b">`, "a@b", true, false},
		{"input", `<input type=image src="cid:a@b">`, "a@b", true, false},
		{"embed", `<embed src="cid:a@b">`, "a@b", true, false},
		{"object", `<object data="cid:a@b">`, "a@b", true, false},
		{"poster", `<video poster="cid:a@b">`, "a@b", true, false},
		{"source", `<source srcset="cid:a@b">`, "a@b", true, false},
		{"link", `<link href="cid:a@b">`, "a@b", true, false},
		{"style attribute", `<p style="background: URL( 'cid:a@b' )">`, "a@b", true, false},
		{"style attribute with entities", `<p style="background:url(&quot;cid:a@b&quot;)">`, "a@b", true, false},
		{"style sheet", `<style>p { background: url(cid:a@b) }</style>`, "a@b", true, false},
		{"style sheet with an unclosed quote", `<style>p { background: url("cid:a@b) }</style>`, "a@b", true, false},
		{"style sheet, cut off", `<style>p { background: url(cid:a@b`, "a@b", true, false},
		{"no url function", `<style>p { x: furl(cid:x) y(cid:a@b) }</style>`, "a@b", false, false},
		{"conditional comment", `<!--[if vml]><v:imagedata src="cid:a@b"/><![endif]-->`, "a@b", true, false},
		{"img in a conditional comment", `<!--[if mso]><img src="cid:a@b"><![endif]-->`, "a@b", true, false},
		{"both", `<td background="cid:a@b"><img src="cid:a@b">`, "a@b", true, true},
		{"both, other order", `<img src="cid:a@b"><td background="cid:a@b">`, "a@b", true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := References([]byte(tt.html))
			if got := r.HasCID(tt.id); got != tt.cid {
				t.Errorf("HasCID(%q) = %v in %s", tt.id, got, tt.html)
			}
			if got := r.HasImageCID(tt.id); got != tt.img {
				t.Errorf("HasImageCID(%q) = %v in %s", tt.id, got, tt.html)
			}
		})
	}
}

func TestHasLocation(t *testing.T) {
	tests := []struct {
		name, html, loc, base string
		want, img             bool
	}{
		{"IN-ATT-017 same text", `<img src="a.png">`, "a.png", "", true, true},
		{"IN-ATT-017 same URL", `<img src="http://x/a.png">`, " http://x/a.png", "", true, true},
		{"IN-ATT-017 other", `<img src="b.png">`, "a.png", "", false, false},
		{"IN-ATT-017 empty", `<img src="">`, "", "http://x/", false, false},
		{"IN-ATT-017 escaped", `<img src="a%20b.png">`, "a b.png", "", true, true},
		{"IN-ATT-017 not escaped", `<img src="a b.png">`, "a%20b.png", "", true, true},
		{"location relative to Content-Base", `<img src="http://x/y/a.png">`, "a.png", "http://x/y/z.html", true, true},
		{"location beyond Content-Base", `<img src="http://x/a.png">`, "../a.png", "http://x/y/z.html", true, true},
		{"reference relative to Content-Base", `<img src="a.png">`, "http://x/y/a.png", "http://x/y/", true, true},
		{"reference relative to Content-Base, with a dot", `<img src="./a.png">`, "http://x/y/a.png", "http://x/y/", true, true},
		{"other directory", `<img src="a.png">`, "http://x/z/a.png", "http://x/y/", false, false},
		{"reference relative to base", `<base href="http://x/y/"><img src="a.png">`, "http://x/y/a.png", "", true, true},
		{"base behind the reference", `<img src="../a.png"><base href="http://x/y/">`, "http://x/a.png", "", true, true},
		{"location relative to base", `<base href="http://x/y/"><img src="http://x/y/a.png">`, "a.png", "", true, true},
		{"first base counts", `<base href="http://x/y/"><base href="http://q/"><img src="a.png">`, "http://q/a.png", "", false, false},
		{"bad base", `<base href="http://[x"><img src="a.png">`, "a.png", "http://%zz/", true, true},
		{"background", `<body background="a.png">`, "a.png", "", true, false},
		{"cid in Content-Location", `<img src="cid:a@b">`, "cid:a@b", "", true, true},
		{"data", `<img src="data:image/png;base64,AAAA">`, "data:image/png;base64,AAAA", "", false, false},
		{"fragment", `<a href="#a">`, "#a", "", false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := References([]byte(tt.html))
			if got := r.HasLocation(tt.loc, tt.base); got != tt.want {
				t.Errorf("HasLocation(%q, %q) = %v in %s", tt.loc, tt.base, got, tt.html)
			}
			if got := r.HasImageLocation(tt.loc, tt.base); got != tt.img {
				t.Errorf("HasImageLocation(%q, %q) = %v in %s", tt.loc, tt.base, got, tt.html)
			}
		})
	}
}

func TestReferencesAreBounded(t *testing.T) {
	var b strings.Builder
	for i := range maxReferences + 1000 {
		fmt.Fprintf(&b, "<img src=cid:%d><img src=%d>", i, i)
	}
	b.WriteString("<td background=cid:1 style='background:url(1)'>")
	r := References([]byte(b.String()))
	if len(r.cids) > maxReferences || len(r.locations) > maxReferences {
		t.Errorf("%d ids and %d locations kept, want at most %d", len(r.cids), len(r.locations), maxReferences)
	}
	if !r.HasImageCID("1") || r.HasCID(fmt.Sprint(maxReferences+10)) {
		t.Error("the first references are not those that were kept")
	}
}

func TestNilRefs(t *testing.T) {
	var r *Refs
	if r.HasCID("a") || r.HasLocation("a", "b") {
		t.Error("nil refers to something")
	}
}
