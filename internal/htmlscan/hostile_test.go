package htmlscan

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// seeds are documents of every kind, small.
var seeds = []string{
	"", "<", "</", "<!", "<!-", "<!--", "<a", "<a ", "<a b", "<a b=", "<a b='", "&", "&#", "&#x",
	"<html><head><meta charset=utf-8><title>t</title></head><body>b</body></html>",
	"<!DOCTYPE html><p class=MsoNormal>a&nbsp;<a href='http://x'>b</a><img src=\"cid:a@b\">",
	"<table><tr><td>a<td>b<tr><td><p>c</table><ol start=3><li>a<ul><li>b</ul></ol>",
	"<blockquote type=cite>a<pre>\n b\n</pre></blockquote><hr><style>a{background:url('x')}</style>",
	"<!--[if mso]><v:fill src=\"cid:x\"/><![endif]--><base href=\"http://x/y/\"><img srcset='a 1x,b 2x' style='x:url(y)'>",
	"<title>a<textarea>b<xmp>c</xmp><script>d<plaintext>e", "\x1b$B<R\x1b(B<b>\x1b$)C\x0e<\x0f", "é€𝄞&Eacute\x00",
}

// hostile returns documents that make careless parsers slow or greedy, each of
// some multiple of n bytes (the list of bad inputs, item 22).
func hostile(n int) []string {
	r := strings.Repeat
	return []string{
		r("<div>", n), r("<table>", n), r("<table><tr><td>", n), r("</table></td>", n), r("<b><i>", n) + r("</b>", n),
		r("<ul><li>", n), r("<ol><li>a", n), r("<blockquote type=cite>a<br>", n), r("<blockquote type=cite>", n) + r("<br>", n) + "a",
		r("<pre>\n", n) + "a", r("<blockquote type=cite>", 9) + "<pre>" + r("a\n", n),
		"<!--" + r("a", n), r("<!--", n), r("<!-", n), "<!--" + r("-", n), r("<!--[if mso]>", n), r("<![if", n), r("<?", n), r("</ ", n),
		r("&", n), r("&#", n), r("&#9;", n), r("&lt", n), r("&#x110000", n), "&#" + r("9", n), "&" + r("a", n), r("&amp;", n),
		r("&CounterClockwiseContourIntegral", n), r("&nGt;", n),
		"<a b=\"" + r("c", n) + "\">", "<a " + r("b ", n) + ">", "<a " + r("b=c ", n) + ">", "<a " + r("/", n), "<a b=\"" + r("'", n),
		r("<a b=\"", n), r("<a b='c\" ", n), r("<a b=\"'", n), r("<a b='\">", n), r("<a b=c", n), "<" + r("a", n), "<" + r("A", n) + ">",
		r("<script>", n), r("<title>", n), r("<title></titl", n), r("<textarea>", n), r("<xml>", n), r("<style></style", n), r("<xmp></", n),
		r("<title><textarea><xmp><xml>", n), "<style>" + r("url(", n), "<style>" + r("url('", n), "<style>" + r("url('x\"", n), "<style>" + r("(", n),
		"<a href=\"http://x/" + r("y", n) + "\">z</a>", r("<a href=http://x/>", n), r("<a href=x>y", n), "<img srcset=\"" + r(",", n) + "\">",
		"<img src=\"cid:" + r("%", n) + "\">", "<img src=\"cid:" + r("%40", n) + "\">", "<base href=http://x/><img src=\"" + r("../", n) + "\">",
		r("<base href=a>", n), r("<meta charset=utf-16>", n), r("<meta charset=x>", n),
		"<meta http-equiv=content-type content=\"" + r("charset", n) + "\">", r("\x1b$B<", n), r("\x1b$", n) + r("<", n), r("\x1b$)A\x0e<", n),
		r("<td>", n) + "a", r("<tr><td>a", n), r("<li>", n) + "a", r("<hr>", n), r("<br>", n) + "a", r("<td>a", n), r(" \t", n), r("\x00", n),
		r("<p class=Mso>", n) + "a", r("<user@example.com>", n), r("<img src=http://x>", n), r("<q>", n), "<plaintext>" + r("<", n), r("<", n),
	}
}

// check calls everything on html and reports what must never happen.
func check(t *testing.T, html string) {
	t.Helper()
	valid := utf8.ValidString(html)
	bounded := func(what, got string, factor, extra int) {
		if len(got) > factor*len(html)+extra {
			t.Errorf("%s of %d bytes (%.40q) has %d bytes", what, len(html), html, len(got))
		}
		if valid && !utf8.ValidString(got) {
			t.Errorf("%s of valid UTF-8 (%.60q) is not valid: %.60q", what, html, got)
		}
	}
	bounded("Unescape", Unescape(html), 2, 8)
	bounded("UnescapeAttr", UnescapeAttr(html), 2, 8)
	styles, content := Fragment(html)
	bounded("Fragment's styles", styles, 20, 64)
	bounded("Fragment's content", content, 8, 64)
	b := []byte(html)
	CharsetOf(b)
	bounded("SetCharset", string(SetCharset(b, "utf-8")), 1, 100)
	if label, ok := CharsetOf(StripMetaCharset(b)); ok {
		t.Errorf("a stripped document declares %q", label)
	}
	refs := References(b)
	if refs.HasCID("") || refs.HasLocation("", html[:min(len(html), 100)]) {
		t.Errorf("%.60q refers to the empty id", html)
	}
	refs.HasLocation("a.png", html[:min(len(html), 100)])
}

// TestHostile takes seconds when something is quadratic in the input, and
// milliseconds when not.
func TestHostile(t *testing.T) {
	for _, html := range hostile(20000) {
		check(t, html)
	}
	for _, html := range seeds {
		check(t, html)
	}
}

// TestLinear has input so long that a search that starts anew at each place,
// fast as it is, runs into the time limit of go test.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("long input")
	}
	r := strings.Repeat
	for _, html := range []string{r("<xmp>", 2<<20), r("<a b=\"", 2<<20), "<a " + r("=\"\x1b$B ", 1<<19), "<style>" + r("url('", 2<<20), "<style>" + r("url(\"'", 2<<20)} {
		References([]byte(html))
	}
}

func TestMegabyteAttribute(t *testing.T) {
	value := strings.Repeat("x", 1<<20)
	html := `<p title="` + value + `">a</p><img src="cid:a@b">`
	if !References([]byte(html)).HasImageCID("a@b") {
		t.Error("the reference behind the attribute was not found")
	}
}

func FuzzHTML(f *testing.F) {
	for _, html := range append(seeds, hostile(3)...) {
		f.Add(html)
	}
	f.Fuzz(check)
}
