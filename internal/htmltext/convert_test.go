package htmltext

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestConvert(t *testing.T) {
	long := strings.Repeat("x", maxLink)
	tests := []struct{ name, html, want string }{
		{"empty", "", ""},
		{"collapsed", "<p> a \r\n b\t<b> c</b> <i>d </i> ", "a b c d"},
		{"plain text sent as HTML", "a\n b &amp; c\n<http://x>\n\nd <e@f>\n", "a\r\n b & c\r\n<http://x>\r\n\r\nd <e@f>"},
		{"no blank from tags", "a<b>b</b>c", "abc"},
		{"no-break spaces", "<p>a&nbsp;&nbsp; b&nbsp; <p>&nbsp; c &nbsp;<p>&nbsp;</p>d", "a   b\r\n\r\n  c\r\n\r\n\r\nd"},
		{"no-break space in plain text", "a&nbsp;b\n&nbsp;c", "a b\r\n c"},
		{"what cannot be seen", "<p>a&zwnj;b&#8203;c&shy;d&#xfeff;</p><p>&nbsp;&zwnj;&#847; &zwnj;&nbsp;&#847;</p>e &zwj;👩&zwj;👧 f…", "a\u200cbcd\r\n\r\n\r\ne 👩\u200d👧 f…"},
		{"paragraphs", "<p>a</p><p>b<p>c", "a\r\n\r\nb\r\n\r\nc"},
		{"paragraph and text", "a<p>b</p>c", "a\r\n\r\nb\r\n\r\nc"},
		{"empty paragraphs", "<p></p><p> </p>a<p></p><p></p>b", "a\r\n\r\nb"},
		{"Office paragraphs", "<p class=MsoNormal>a</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>b</p>", "a\r\n\r\nb"},
		{"headings", "<h1>a</h1>b", "a\r\n\r\nb"},
		{"breaks", "a<br>b<br/><br />c</br>d", "a\r\nb\r\n\r\nc\r\nd"},
		{"break at the end of a block", "<div>a<br></div><div>b</div>", "a\r\nb"},
		{"break as an empty line", "<div>a</div><div><br></div><div>b</div>", "a\r\n\r\nb"},
		{"break first", "<br><br>a<br>", "a"},
		{"blocks", "<div>a</div><div><div>b</div></div>c<div>d<div>e</div></div>", "a\r\nb\r\nc\r\nd\r\ne"},
		{"unknown elements", "<x-y>a</x-y><o:p>b</o:p>", "ab"},
		{"rule", "a<hr>b", "a\r\n--------------------------------\r\nb"},
		{"entities", "&lt;b&gt; &#8364;&#128; &amp;lt;", "<b> €€ &lt;"},
		{"encoded white space collapses", "<p>a&#32;&#10; b", "a b"},
		{"head", "<html><head><title>x &amp; y</title><style>z</style><script>s</script></head><body>a", "a"},
		{"comment", "a<!-- x -->b", "ab"},
		{"conditional comments", "<!--[if mso]>x<![endif]-->a<![if !mso]>b<![endif]>", "ab"},
		{"XML island", "<xml><w:View>Normal</w:View></xml>a", "a"},
		{"unterminated comment", "a<!-- b", "a"},
		{"unterminated tag", "a<b c", "a"},
		{"less-than", "1 < 2 && 3 > 2", "1 < 2 && 3 > 2"},
		{"address that was not escaped", "Ann <ann@example.com> wrote <http://example.com/a?b> too", "Ann <ann@example.com> wrote <http://example.com/a?b> too"},
		{"NUL", "a\x00b<\x00br>c", "ab\r\nc"},
		{"pre", "<pre>\r\n a\n  b\r\n\r\nc\rd</pre>e", " a\r\n  b\r\n\r\nc\r\nd\r\ne"},
		{"textarea", "<textarea>a &amp; <b></textarea>", "a & <b>"},
		{"xmp", "<xmp>a &amp; <b></xmp>", "a &amp; <b>"},
		{"three blank lines and more", "a<br><br><br><br><br><br>b<p>&nbsp;<p>&nbsp;<p>&nbsp;<p>c", "a\r\n\r\n\r\nb\r\n\r\n\r\nc"},
		{"blank lines of pre", "<pre>a\n\n\n\n\nb</pre>", "a\r\n\r\n\r\n\r\n\r\nb"},
		{"quotation element", "a <q>b</q>.", `a "b".`},
		{"definition list", "<dl><dt>a<dd>b<dt>c<dd>d</dl>", "a\r\n    b\r\nc\r\n    d"},

		{"link", `<a href="http://x/">a</a> b`, "a <http://x/> b"},
		{"link with a blank at its end", `<a href="http://x/">a </a>b`, "a <http://x/> b"},
		{"link before a full stop", `see <a href="http://x/">here</a>.`, "see here <http://x/>."},
		{"link that is its text", `<a href="http://x/">http://x</a> <a href="mailto:a@b">a@b</a>`, "http://x a@b"},
		{"mail link", `<a href="mailto:a@b">Ann</a>`, "Ann <mailto:a@b>"},
		{"link without text", `a<a href="http://x/"><img src=y alt=""></a>`, "a <http://x/>"},
		{"link around blocks", `<a href="http://x/"><div>a</div></a>b`, "a <http://x/>\r\nb"},
		{"link with entities", `<a href="http://x/?a=1&amp;b=2&lt=3">a</a>`, "a <http://x/?a=1&b=2&lt=3>"},
		{"link not closed", `<a href="http://x/">a<a href="http://y/">b`, "a <http://x/>b <http://y/>"},
		{"links that say nothing", `<a href="#a">a</a><a href="javascript:b()">b</a><a name=c>c</a><a href="cid:d">d</a><a href="x-apple-data-detectors://1">e</a>`, "abcde"},
		{"long link", `<a href="` + long + `y">a</a>` + `<a href="` + long + `">b</a>`, "ab <" + long + ">"},
		{"link with long text", `<a href="http://x/">` + long + "y</a>", long + "y <http://x/>"},
		{"wrapped link", "<a href=\"http://x/\r\ny\">a</a>", "a <http://x/y>"},
		{"end tag alone", "</a></p></b>", ""},

		{"image with text", `a <img src="http://x" alt="b &amp; c"> d`, "a b & c d"},
		{"image on the web", `<IMG src="http://x">`, "<http://x>"},
		{"images that say nothing", `<img src="http://x" alt=""><img src=cid:a><img src=x.png><img src="http://x" width=1 height=1><img>`, ""},
		{"linked image without text", `<a href="http://x"><img src="http://y"></a>`, "<http://x>"},
		{"linked image", `<a href="http://x"><img src=y alt="Shop"></a>`, "Shop <http://x>"},

		{"unordered list", "a<ul><li>b</li><li>c</li></ul>d", "a\r\n* b\r\n* c\r\nd"},
		{"ordered list", "<ol><li>a<li>b</ol>", "1. a\r\n2. b"},
		{"numbers given", "<ol start=5><li>a<li value=9>b<li>c<li value=-3>d<li value=9999999999>e</ol>", "5. a\r\n9. b\r\n10. c\r\n11. d\r\n12. e"},
		{"nested lists", "<ol><li>a<ul><li>b<ol><li>c</ol></ul><li>d</ol>", "1. a\r\n   * b\r\n     1. c\r\n2. d"},
		{"further lines of an item", "<ul><li>a<br>b<p>c</p><ul><li>d<div>e</div></ul>f</ul>g", "* a\r\n  b\r\n\r\n  c\r\n\r\n  * d\r\n    e\r\n  f\r\ng"},
		{"list of two digits", "<ol start=10><li>a<br>b</ol>", "10. a\r\n    b"},
		{"list in a definition", "<dl><dt>a<dd>b<ul><li>c</ul><dt>d</dl>e", "a\r\n    b\r\n    * c\r\nd\r\ne"},
		{"list of Word", `<p class=MsoListParagraph><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>a · b</p>` +
			`<p class=MsoListParagraph><span style='mso-list:Ignore'>2.<span>&nbsp;&nbsp; </span></span>c`, "* a · b\r\n2. c"},
		{"item without list", "<li>a</ul></ul><li>b", "* a\r\n* b"},
		{"block in an item", "<ul><li><div>a</div></li><li><div>b</div></li></ul>", "* a\r\n* b"},

		{"table", "<table>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n<tr><td>c<td>d</table>e", "a\tb\r\nc\td\r\ne"},
		{"empty cells", "<table><tr><td></td><td>a</td><td></td><td> </td><td>b</td><td></td></tr></table>", "a\t\t\tb"},
		{"paragraphs in cells", "<table><tr><td><p>a</p></td><td><p>b</p></td></tr><tr><td><div>c</div><td><br>d</table>", "a\tb\r\nc\td"},
		{"cells of several lines", "<table><tr><td>a<br>b</td><td>c</td></tr></table>", "a\r\nb\r\nc"},
		{"nested tables", "<table><tr><td>a</td><td><table><tr><td>b</td><td>c</td></tr></table></td><td>d</td></tr></table>e", "a\r\nb\tc\r\nd\r\ne"},
		{"layout table", "<table><tr><td><table><tr><td>a</td></tr></table></td></tr><tr><td><p>b</p><p>c</p></td></tr></table>", "a\r\nb\r\n\r\nc"},
		{"cell of several columns", "<table><tr><td colspan=2>a</td><td>b</td></tr><tr><td>c</td><td>d</td><td>e</td></tr></table>", "a\t\tb\r\nc\td\te"},
		{"cells of no-break spaces", "<table><tr><td>&nbsp;</td></tr><tr><td>&nbsp;</td><td>a&nbsp;</td><td>b</td></tr></table>", "a\tb"},
		{"cell without table", "<td>a<td>b", "a\r\nb"},
		{"caption", "<table><caption>x</caption><tr><td>a</table>", "x\r\na"},

		{"quotation of mail", "a<blockquote type=cite>b<br>c<blockquote type=CITE>d<p>e</p></blockquote></blockquote>f", "a\r\n> b\r\n> c\r\n>> d\r\n>>\r\n>> e\r\n\r\nf"},
		{"blank lines around a quotation", "a<p><blockquote type=cite><p>b</p></blockquote><p>c", "a\r\n\r\n> b\r\n\r\nc"},
		{"Gmail", `<blockquote class="x gmail_quote">a</blockquote>b`, "> a\r\nb"},
		{"blockquote", "<blockquote>a</blockquote>b", "> a\r\nb"},
		{"indented block", `<blockquote style="margin:0 0 0 40px;border:none;padding:0px">a<br>b<blockquote style="BORDER-LEFT: 0">c</blockquote>d</blockquote>e`, "    a\r\n    b\r\n        c\r\n    d\r\ne"},
		{"cited block without a line", `<blockquote type=cite style="border:none">a</blockquote>b`, "> a\r\nb"},
		{"mixed quotations", "<blockquote type=cite><blockquote>a</blockquote>b</blockquote></blockquote>c", ">> a\r\n> b\r\nc"},
		{"quoted list", "<blockquote type=cite><ul><li>a<li>b</ul></blockquote>", "> * a\r\n> * b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Convert(tt.html)); diff != "" {
				t.Errorf("Convert(%.200q) (-want +got):\n%s", tt.html, diff)
			}
		})
	}
}
