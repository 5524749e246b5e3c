package htmltext

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// seeds are documents of every kind, small.
var seeds = []string{
	"", "<", "<a ", "&", "a\x00b", "é€𝄞&Eacute\x00", "\xff\xfe", "\xc2", "\xe2\x80",
	"<html><head><meta charset=utf-8><title>t</title></head><body>b</body></html>",
	"<!DOCTYPE html><p class=MsoNormal>a&nbsp;<a href='http://x'>b</a><img src=\"cid:a@b\">",
	"<table><tr><td>a<td colspan=3>b<tr><td><p>c</table><ol start=3><li>a<ul><li>b</ul></ol><dl><dt>a<dd>b</dl>",
	"<blockquote type=cite>a<pre>\n b\n</pre></blockquote><hr><style>a{background:url('x')}</style>",
	"<blockquote style='border:none'>a</blockquote><div style='display:none'><p>x<div>y</div></div>z<td hidden>",
	"<title>a<textarea>b<xmp>c</xmp><script>d<plaintext>e", "&zwnj;&nbsp;&#847;&shy;&#8203;",
}

// hostile returns documents that make careless converters slow or greedy, each of
// some multiple of n bytes.
func hostile(n int) []string {
	r := strings.Repeat
	return []string{
		r("<div>", n), r("<table>", n), r("<table><tr><td>", n), r("</table></td>", n), r("<b><i>", n) + r("</b>", n),
		r("<ul><li>", n), r("<ol><li>a", n), r("<ul><li>", n) + r("<br>a", n), r("<dl><dd>a", n), r("</ul></li>", n),
		r("<ol start=999999999><li>", n) + r("a<br>", n), r("<blockquote type=cite>a<br>", n), r("<blockquote>", n) + r("<br>", n) + "a",
		r("<blockquote style=border:none>", n) + r("a<br>", n), r("</blockquote>", n), r("<pre>\n", n) + "a", r("<blockquote>", 9) + "<pre>" + r("a\n", n),
		r("<div style=display:none>", n), r("<p hidden>", n), r("<td hidden>a", n), r("<div hidden>a</td>", n), "<b hidden>" + r("</p>", n),
		"<p style=\"" + r(";", n) + "\">", "<p style=\"" + r("height:0;", n) + "\">a", r("&nbsp;", n) + "a<b>", r("<p>&nbsp;", n), "<b>" + r("&zwnj;", n) + "a",
		r("<td colspan=999999999>", n) + "a", r("<tr>"+r("<td colspan=8>", 9)+"a", n/9), r("<tr><td>a<td>", n), r("&", n), r("&amp;", n),
		"<a href=\"http://x/" + r("y", n) + "\">z</a>", r("<a href=http://x/>", n), r("<a href=x>y", n), r("<img src=http://x>", n), r("<q>", n),
		r("<td>", n) + "a", r("<li>", n) + "a", r("<hr>", n), r("<br>", n) + "a", r(" \t", n) + "<b>", r("\x00", n), r("<p class=Mso>", n) + "a",
		r("<user@example.com>", n), "<plaintext>" + r("<", n), r("<", n), r("<title><textarea><xmp><xml>", n), "<!--" + r("-", n),
	}
}

// check converts and reports what must never happen.
func check(t *testing.T, html string) {
	t.Helper()
	got := Convert(html)
	if len(got) > 16*len(html)+64 {
		t.Errorf("text of %d bytes (%.60q) has %d bytes", len(html), html, len(got))
	}
	if utf8.ValidString(html) && !utf8.ValidString(got) {
		t.Errorf("text of valid UTF-8 (%.60q) is not valid: %.60q", html, got)
	}
	if strings.ContainsAny(strings.ReplaceAll(got, "\r\n", ""), "\r\n\x00") {
		t.Errorf("text of %.60q has bare line ends or NUL: %.60q", html, got)
	}
}

// TestHostile takes seconds when something is quadratic in the input, and
// milliseconds when not.
func TestHostile(t *testing.T) {
	for _, html := range append(hostile(20000), seeds...) {
		check(t, html)
	}
}

func TestNestedTags(t *testing.T) {
	html := strings.Repeat("<div><table><tr><td>", 10000) + "a" + strings.Repeat("</td></tr></table></div>", 10000) + "b"
	if got := Convert(html); got != "a\r\nb" {
		t.Errorf("text is %.40q", got)
	}
}

func FuzzConvert(f *testing.F) {
	for _, html := range append(seeds, hostile(3)...) {
		f.Add(html)
	}
	f.Fuzz(check)
}

// BenchmarkHostile reports the time of the slowest hostile document a byte, at
// two sizes. The two are alike as long as everything is linear.
func BenchmarkHostile(b *testing.B) {
	for _, n := range []int{100000, 200000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			worst := 0.0
			for b.Loop() {
				for _, html := range hostile(n) {
					start := time.Now()
					Convert(html)
					worst = max(worst, float64(time.Since(start).Nanoseconds())/float64(len(html)))
				}
			}
			b.ReportMetric(worst, "worst-ns/byte")
		})
	}
}
