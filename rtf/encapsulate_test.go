package rtf

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func encapsulateHTML(t testing.TB, html string) string {
	t.Helper()
	var b strings.Builder
	if err := EncapsulateHTML(&b, html); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func encapsulateText(t testing.TB, text string) string {
	t.Helper()
	var b strings.Builder
	if err := EncapsulateText(&b, text); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// normal is what comes back of a text: CRLF line ends, no NUL, U+FFFD for each byte
// that is not UTF-8.
func normal(s string) string {
	s = string([]rune(strings.ReplaceAll(s, "\x00", "")))
	return strings.NewReplacer("\r\n", "\r\n", "\r", "\r\n", "\n", "\r\n").Replace(s)
}

// roundTripCases are HTML whose return is no matter of course.
var roundTripCases = []struct{ name, html string }{
	{"empty", ""},
	{"a document", "<!DOCTYPE html>\r\n<html><head><title>A &amp; B</title></head>\r\n<body>\r\n<p>Text</p>\r\n</body></html>\r\n"},
	{"no markup", "just text\r\n  and more\r\n"},
	{"line ends of every kind", "a\nb\rc\r\nd\n\re\r\r\n<br>\n"},
	{"NUL", "a\x00b\r\x00\nc<b\x00>d</b>"},
	{"what RTF escapes", `\a {b} \par \'41 \u65? <b class="{x}\y">z</b> } } {`},
	{"htmltag and htmlrtf as text", `{\*\htmltag84 <b>}\htmlrtf x\htmlrtf0 y`},
	{"control characters", "a\x01b\x0Bc\x0Cd\x7Fe\u0085f\tg"},
	{"characters beyond ASCII", "é € 漢字 \u00a0 \uFEFF \uFFFD \u2028 😀 𝔘 e\u0301"},
	{"bytes that are not UTF-8", "a\xFFb\xC3"},
	{"digits behind a character", "é1 €2<b>3"},
	{"blanks everywhere", "  a  b <b> c </b>  d\t e \r\n  f"},
	{"character references", "&lt;&amp;&nbsp;&#65;&#x1F600;&bogus;&&amp &notit; a&b;&#;&#xZZ; &aacuteeee"},
	{"a very long reference", "&" + strings.Repeat("a", 200) + ";&#" + strings.Repeat("0", 200) + "65;"},
	{"quotes and dashes, as characters and as references", "‘’“”–—•&lsquo;&rdquo;&ndash;&bull;&shy;"},
	{"style and script", "<style>p { color: red }\r\n</style><script>if (a < b && c) { x = \"\\n\" }</script>"},
	{"comments", "<!-- a\r\n{b} --><!--[if mso]><p>x</p><![endif]--><![if !mso]>y<![endif]>"},
	{"pre", "<pre>\r\n  a\r\n\tb\r\n\r\n</pre>\n<pre>c\n</pre>"},
	{"tags in capitals, with odd attributes", "<P CLASS='a' x=\"y>z\" disabled>a<BR/><br / >b</P\n>"},
	{"a tag that is not ended", "a <a href=\"http://x"},
	{"markup that is none", "a < b > c <> </> <1> << >> <? x ?> <!x>"},
	{"badly nested", "<b><i>a</b>b</i></u>c<p><li><td>d</table></ul></ul></b>"},
	{"links", `<a href="http://a/&quot;\{}">x<a href="javascript:x">y</a></a><a href=mailto:a@b.c><p>z</p>w`},
	{"an address in brackets", "Jane <jane@example.com> wrote"},
	{"cid images", `<img src="cid:x@y" alt="A &amp; {B}"><img src=x>`},
}

func TestRTF_E_001_HTMLComesBack(t *testing.T) {
	for _, c := range roundTripCases {
		t.Run(c.name, func(t *testing.T) {
			rtf := encapsulateHTML(t, c.html)
			d, err := Decode(context.Background(), strings.NewReader(rtf), &DecodeOptions{StrictKind: true})
			if err != nil {
				t.Fatal(err)
			}
			if d.Kind != HTML || len(d.Diagnostics) > 0 {
				t.Errorf("the kind is %v, with %v", d.Kind, d.Diagnostics)
			}
			if diff := cmp.Diff(normal(c.html), d.HTML); diff != "" {
				t.Errorf("-want +got:\n%s\n%s", diff, rtf)
			}
		})
	}
}

func TestRTF_E_001_TextComesBack(t *testing.T) {
	for _, c := range append(roundTripCases, struct{ name, html string }{"ends with line ends", "\r\n\r\na\r\n b\r\n\r\n\r\n"}) {
		t.Run(c.name, func(t *testing.T) {
			rtf := encapsulateText(t, c.html)
			d, err := Decode(context.Background(), strings.NewReader(rtf), &DecodeOptions{StrictKind: true})
			if err != nil {
				t.Fatal(err)
			}
			if d.Kind != Text || len(d.Diagnostics) > 0 {
				t.Errorf("the kind is %v, with %v", d.Kind, d.Diagnostics)
			}
			if diff := cmp.Diff(normal(c.html), d.Text); diff != "" {
				t.Errorf("-want +got:\n%s\n%s", diff, rtf)
			}
		})
	}
}

// checkRTF reports braces without their partners and bytes that are not ASCII.
func checkRTF(t testing.TB, rtf string) {
	t.Helper()
	depth := 0
	for i := 0; i < len(rtf); i++ {
		switch c := rtf[i]; {
		case c == '\\':
			i++
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 && i != len(rtf)-1 {
				t.Fatalf("the document ends at %d of %d", i, len(rtf))
			}
		case c >= 0x7F || c < ' ' && c != '\r' && c != '\n':
			t.Fatalf("byte %#x at %d", c, i)
		}
	}
	if depth != 0 {
		t.Fatalf("%d groups are open at the end", depth)
	}
}

func TestEncapsulatedRTFIsWellFormed(t *testing.T) {
	for _, c := range roundTripCases {
		t.Run("RTF-E-002 RTF-E-004 "+c.name, func(t *testing.T) {
			checkRTF(t, encapsulateHTML(t, c.html))
			checkRTF(t, encapsulateText(t, c.html))
		})
	}
}

func TestRTF_E_003_PositionOfTheMark(t *testing.T) {
	for _, c := range []struct{ rtf, want string }{
		{encapsulateHTML(t, "a"), `{\rtf1\ansi\ansicpg1252\fromhtml1 `},
		{encapsulateText(t, "a"), `{\rtf1\ansi\ansicpg1252\fromtext `},
	} {
		if !strings.HasPrefix(c.rtf, c.want) {
			t.Errorf("%.60q does not begin with %q", c.rtf, c.want)
		}
	}
}

func TestRTF_E_005_TagsStandAsTheyAre(t *testing.T) {
	tag := `<a href="javascript:alert('x')" onclick="y()">`
	rtf := encapsulateHTML(t, tag+"text</a><script>alert(1)</script>")
	if !strings.Contains(rtf, "{\\*\\htmltag84 "+tag+"}") {
		t.Errorf("the tag is changed:\n%s", rtf)
	}
	if strings.Contains(rtf, "fldinst") {
		t.Errorf("a script became a link:\n%s", rtf)
	}
	d, err := Decode(context.Background(), strings.NewReader(visibleOf(t, rtf)), nil)
	if err != nil || d.Text != "text\r\n" {
		t.Errorf("%v; shown is %q; want the text alone", err, d.Text)
	}
}

// visibleOf returns encapsulated RTF as a reader takes it that doesn't know
// encapsulation.
func visibleOf(t testing.TB, rtf string) string {
	t.Helper()
	for _, mark := range []string{`\fromhtml1 `, `\fromtext `} {
		rtf = strings.Replace(rtf, mark, "", 1)
	}
	return rtf
}

// TestVisible has what other readers show, as our own reader of plain RTF sees it.
func TestVisible(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"paragraphs and breaks", "<p>a</p>\r\n<p>b<br>\r\nc</p><div>d</div><div><div>e</div></div>",
			"<div>a</div>\n<div><br></div>\n<div>b<br>c</div>\n<div><br></div>\n<div>d</div>\n<div>e</div>"},
		{"formatting", "<b>a</b><strong>b</strong><i>c</i><u>d</u><s>e</s><sup>f</sup><sub>g</sub><b></b>h",
			"<div><b>ab</b><i>c</i><u>d</u><s>e</s><sup>f</sup><sub>g</sub>h</div>"},
		{"badly nested formatting", "<b>a<i>b</b>c</i>d</b></i>e", "<div><b>a<i>b</i></b><i>c</i>de</div>"},
		{"white space", "\r\n  a \r\n b  <b> c</b> \r\n<p>  d  </p>", "<div>a b <b>c&nbsp;</b></div>\n<div><br></div>\n<div>d&nbsp;</div>"},
		{"references", "&lt;a&gt;&nbsp;&eacute;&#8364; &amp;amp; &bogus;", "<div>&lt;a&gt;&nbsp;é€ &amp;amp; &amp;bogus;</div>"},
		{"what is not shown", "<head><title>t</title><style>s</style></head>a<script>s</script><!-- c --><xml>x</xml>b", "<div>ab</div>"},
		{"headings", "<h1>a</h1>bcd", "<div><span style=\"font-size:18pt\"><b>a</b></span></div>\n<div><br></div>\n<div>bcd</div>"},
		{"lists", "<ul><li>a<li>b<ol start=3><li>c</ol></ul>d",
			"<div style=\"margin-left:18pt;text-indent:-18pt\">•&nbsp;&nbsp;&nbsp; a</div>\n<div style=\"margin-left:18pt;text-indent:-18pt\">•&nbsp;&nbsp;&nbsp; b</div>\n" +
				"<div style=\"margin-left:36pt;text-indent:-18pt\">3.&nbsp;&nbsp;&nbsp; c</div>\n<div>d</div>"},
		{"cells and rows", "<table>\n<tr>\n<th>a<td>b</td></tr>\n<tr><td><p>c</p></td><td><p>d</p></td></tr></table>e",
			"<div><b>a&nbsp;&nbsp;&nbsp; </b>b</div>\n<div>c&nbsp;&nbsp;&nbsp; d</div>\n<div>e</div>"},
		{"cells of several lines", "<table><tr><td>a<br>b</td><td>c</td></tr></table>", "<div>a<br>b</div>\n<div>c</div>"},
		{"a link", `x <a href="https://example.com/?a=1&amp;b=2">y <b>z</b></a> w`, `<div>x <a href="https://example.com/?a=1&amp;b=2">y <b>z</b></a> w</div>`},
		{"a link around a picture and a link without an end", `<a href="http://a/"><img src=x></a>b<a href="http://c/">d<p>e`,
			"<div>b<a href=\"http://c/\">d</a></div>\n<div><br></div>\n<div><a href=\"http://c/\">e</a></div>"},
		{"an image's alternative text", `a <img src="x" alt="the
 picture"> b<img>`, `<div>a the picture b</div>`},
		{"quotations and centred text", "<blockquote>a</blockquote><center>b</center>c",
			"<div style=\"margin-left:18pt\">a</div>\n<div style=\"text-align:center\">b</div>\n<div>c</div>"},
		{"preformatted text", "<pre>\na\n  b\n</pre>cdefgh", "<div><span style=\"font-family:'Courier New'\">a</span></div>\n" +
			"<div><span style=\"font-family:'Courier New'\">&nbsp; b</span></div>\n<div>cdefgh</div>"},
		{"a rule", "a<hr>b", "<div>a</div>\n<div><br></div>\n<div>b</div>"},
		{"numbers of items", "<ol start=x><li>a<li value=7>b<li>c<li value=-1>d</ol><li>e",
			"<div style=\"margin-left:18pt;text-indent:-18pt\">1.&nbsp;&nbsp;&nbsp; a</div>\n<div style=\"margin-left:18pt;text-indent:-18pt\">7.&nbsp;&nbsp;&nbsp; b</div>\n" +
				"<div style=\"margin-left:18pt;text-indent:-18pt\">8.&nbsp;&nbsp;&nbsp; c</div>\n<div style=\"margin-left:18pt;text-indent:-18pt\">9.&nbsp;&nbsp;&nbsp; d</div>\n" +
				"<div>•&nbsp;&nbsp;&nbsp; e</div>"},
		{"lists deeper than the bound", strings.Repeat("<ul>", 50) + "<li>a", "<div style=\"margin-left:144pt;text-indent:-18pt\">•&nbsp;&nbsp;&nbsp; a</div>"},
		{"a link that is too long", "<a href='http://" + strings.Repeat("a", maxLinkTarget) + "'>b</a>", "<div>b</div>"},
		{"elements whose content is no markup", "<xmp>&lt;<b></xmp><textarea>a\n b</textarea><title>t&amp;</title><iframe><b></iframe>",
			"<div>&amp;lt;&lt;b&gt;</div>\n<div><span style=\"font-family:'Arial'\">a</span></div>\n<div><span style=\"font-family:'Arial'\">&nbsp;b</span></div>"},
		{"blocks within inline elements", "<b>a<div>b</div></b>c", "<div><b>a</b></div>\n<div><b>b</b></div>\n<div>c</div>"},
		{"q, and an address in brackets", "<q>a</q> <a@b.c>", `<div>&quot;a&quot; &lt;a@b.c&gt;</div>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			rtf := visibleOf(t, encapsulateHTML(t, c.html))
			d := decodePlainString(t, rtf, nil)
			if diff := cmp.Diff(c.want, bodyOf(t, d.HTML)); diff != "" {
				t.Errorf("-want +got:\n%s\n%s", diff, rtf)
			}
		})
	}
}

func TestVisibleText(t *testing.T) {
	d := decodePlainString(t, visibleOf(t, encapsulateText(t, "a {b}\n\n\tc é😀\n")), nil)
	if want := "a {b}\r\n\r\n\tc é😀\r\n"; d.Text != want {
		t.Errorf("shown is %q; want %q", d.Text, want)
	}
}

// A fullWriter takes n bytes.
type fullWriter struct{ n int }

var errFull = errors.New("full")

func (w *fullWriter) Write(p []byte) (int, error) {
	if w.n -= len(p); w.n < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestEncapsulateReportsTheWriter(t *testing.T) {
	long := strings.Repeat("<p>text &amp; more", 20000)
	for _, n := range []int{0, 100, 70000} {
		if err := EncapsulateHTML(&fullWriter{n}, long); !errors.Is(err, errFull) {
			t.Errorf("HTML, %d bytes: %v", n, err)
		}
		if err := EncapsulateText(&fullWriter{n}, long); !errors.Is(err, errFull) {
			t.Errorf("text, %d bytes: %v", n, err)
		}
	}
}
