package rtf

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// decodePlainString reads RTF that must be plain.
func decodePlainString(t *testing.T, rtf string, o *DecodeOptions) *Document {
	t.Helper()
	d, err := Decode(context.Background(), strings.NewReader(rtf), o)
	if err != nil {
		t.Fatal(err)
	}
	if d.Kind != Plain {
		t.Fatalf("the kind is %v; want plain", d.Kind)
	}
	return d
}

// bodyOf returns what stands within the outermost div, with LF line ends and without
// the last.
func bodyOf(t *testing.T, html string) string {
	t.Helper()
	html = strings.ReplaceAll(html, "\r\n", "\n")
	_, body, ok := strings.Cut(html, "<body>\n<div style=\"")
	body, end := strings.CutSuffix(body, "</div>\n</body>\n</html>\n")
	if !ok || !end {
		t.Fatalf("the frame of the document is missing:\n%s", html)
	}
	_, body, _ = strings.Cut(body, ">\n")
	return strings.TrimSuffix(body, "\n")
}

const plainHeader = `{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset0 Times New Roman;}` +
	`{\f2\fcharset2 Symbol;}{\f3\fcharset2 Wingdings;}{\f4\fcharset0 x(y:z);}{\f5\fcharset204 Arial Cyr;}}` +
	`{\colortbl;\red255\green0\blue0;\red0\green0\blue255;\red255\green255\blue0;\red0\green0\blue0;}` +
	`\pard\plain\f0\fs20 `

// plainCases have the text of the paragraphs in HTML and in text. The first words
// "base" give the document its base style.
var plainCases = []struct{ name, rtf, html, text string }{
	{"RTF-P-001 bold, italic, underline, strike", `a{\b b{\i c}}{\ul d}\strike e\strike0 f`,
		`<div>a<b>b<i>c</i></b><u>d</u><s>e</s>f</div>`, "abcdef\n"},
	{"RTF-P-001 words with 0 and plain reset", `\b\i a\b0 b\i0 c\ul d\ulnone e\b f\plain\f0\fs20 g`,
		`<div><b><i>a</i></b><i>b</i>c<u>d</u>e<b>f</b>g</div>`, "abcdefg\n"},
	{"RTF-P-001 kinds of underline", `\uldb a\ulw b\ulwave0 c`, `<div><u>ab</u>c</div>`, "abc\n"},
	{"RTF-P-001 super- and subscript", `x{\super 2}{\sub 3}{\up6 4}{\dn6 5}\super a\nosupersub b\super\sub c`,
		`<div>x<sup>2</sup><sub>3</sub><sup>4</sup><sub>5</sub><sup>a</sup>b<sub>c</sub></div>`, "x2345abc\n"},
	{"RTF-P-001 size, face, color, background", `base base base {\fs36 a}{\f1 b}{\cf1 c}{\highlight3 d}{\cb3 e}{\chcbpat1 f}`,
		`<div>base base base <span style="font-size:18pt">a</span><span style="font-family:'Times New Roman'">b</span>` +
			`<span style="color:#ff0000">c</span><span style="background-color:#ffff00">de</span>` +
			`<span style="background-color:#ff0000">f</span></div>`, "base base base abcdef\n"},
	{"RTF-P-001 black is no color, and fonts are told apart by name", `base{\cf4 a}{\f5 b}`, `<div>baseab</div>`, "baseab\n"},
	{"RTF-P-001 numbers beyond the tables", `base{\cf99 a}{\highlight-1 b}{\fs0 c}`, `<div>baseabc</div>`, "baseabc\n"},
	{"RTF-P-001 capitals", `base{\caps a}{\scaps b}`,
		`<div>base<span style="text-transform:uppercase">a</span><span style="font-variant:small-caps">b</span></div>`, "baseab\n"},
	{"RTF-P-001 hidden and deleted text", `a{\v b\par}{\deleted c\par}d`, "<div>a</div>\n<div>d</div>", "a\nd\n"},
	{"RTF-P-001 a blank between takes the format of what precedes", `{\b a}{ }{\i b}`, `<div><b>a </b><i>b</i></div>`, "a b\n"},
	{"RTF-P-001 overlapping formats stay nested", `\b a\i b\b0 c\i0 d`, `<div><b>a<i>b</i></b><i>c</i>d</div>`, "abcd\n"},
	{"RTF-P-001 paragraphs and lines", `a\par\par b\line c\line\par d`,
		"<div>a</div>\n<div><br></div>\n<div>b<br>c<br><br></div>\n<div>d</div>", "a\n\nb\nc\n\nd\n"},
	{"RTF-P-001 pages and sections end a paragraph that has begun", `a\page b\par\sect c\par`, "<div>a</div>\n<div>b</div>\n<div>c</div>", "a\nb\nc\n"},
	{"RTF-P-001 alignment", `\qc a\par\qr b\par\qj c\par\ql d\par\pard e`,
		"<div style=\"text-align:center\">a</div>\n<div style=\"text-align:right\">b</div>\n<div style=\"text-align:justify\">c</div>\n" +
			"<div>d</div>\n<div>e</div>", "a\nb\nc\nd\ne\n"},
	{"RTF-P-001 indents and spacing", `\li720\ri361\fi-360\sb100\sa120 a`,
		`<div style="margin-left:36pt;margin-right:18.05pt;text-indent:-18pt;margin-top:5pt;margin-bottom:6pt">a</div>`, "a\n"},
	{"RTF-P-001 indents that no page has", `\li-99999999\fi-5000\ri99999999\sb-1 a`, `<div style="margin-right:1584pt">a</div>`, "a\n"},
	{"RTF-P-001 white space", "a  b\\tab c\\~d\\par  e \\line f ",
		"<div>a &nbsp;b&nbsp;&nbsp;&nbsp; c&nbsp;d</div>\n<div>&nbsp;e&nbsp;<br>f&nbsp;</div>", "a  b\tc\u00a0d\n e \nf \n"},
	{"RTF-P-001 special characters", `\lquote a\rquote\ldblquote b\rdblquote\bullet\endash\emdash\_\-c\enspace\emspace d`,
		"<div>‘a’“b”•–—\u2011c\u2002\u2003d</div>", "‘a’“b”•–—\u2011c\u2002\u2003d\n"},
	{"RTF-P-001 Unicode and code pages", `\u8364?\u-10179?\u-8694?\'80{\f5\'cf}`, "<div>€😊€П</div>", "€😊€П\n"},
	{"RTF-P-001 symbol fonts", `{\f2 ab}{\f3 J}`, "<div>αβ☺</div>", "αβ☺\n"},
	{"RTF-P-001 direction", `\rtlpar\qr{\rtlch\u1488?}{\ltrch b}\par\ltrpar\ql{\rtlch\u1488?}{\ltrch b}`,
		"<div dir=\"rtl\" style=\"text-align:right\">א<span dir=\"ltr\">b</span></div>\n<div><span dir=\"rtl\">א</span>b</div>", "אb\nאb\n"},
	{"RTF-P-001 a footnote stands where its mark is", `a{\footnote\pard note\par two}b`, `<div>a [note<br>two]b</div>`, "a [note\ntwo]b\n"},
	{"RTF-P-001 headers, styles and comments are left out", `a{\header h}{\stylesheet s}{\info{\title t}}{\*\unknown u}{\*\annotation n}b`, `<div>ab</div>`, "ab\n"},
	{"RTF-P-001 an object shows its result", `a{\object\objemb{\*\objclass Word}{\*\objdata 0102}{\result b}}c`, `<div>abc</div>`, "abc\n"},
	{"RTF-P-001 a text box keeps its text", `a{\shp{\*\shpinst\shpleft0{\sp{\sn name}{\sv value}}{\shptxt b}}{\shprslt b}}c`, `<div>abc</div>`, "abc\n"},

	{"RTF-P-002 text is escaped", `<script>&amp;"\{\}`, `<div>&lt;script&gt;&amp;amp;&quot;{}</div>`, "<script>&amp;\"{}\n"},
	{"RTF-P-002 a font's name is no way out of the style", `base{\f4 a}`, `<div>basea</div>`, "basea\n"},
	{"RTF-P-002 a link's target is escaped", `{\field{\*\fldinst HYPERLINK "http://a/?b=1&c=<d>\\"onx=\\"e"}{\fldrslt x}}`,
		`<div><a href="http://a/?b=1&amp;c=&lt;d&gt;%22onx=%22e">x</a></div>`, "x <http://a/?b=1&c=<d>%22onx=%22e>\n"},
	{"RTF-P-002 control characters are dropped", `a\u1?\'02\u127?b`, "<div>ab</div>", "ab\n"},

	{"RTF-P-003 a link", `a {\field{\*\fldinst{HYPERLINK "https://example.com/x" \\o "tip"}}{\fldrslt{\cf2\ul here}}} b`,
		`<div>a <a href="https://example.com/x">here</a> b</div>`, "a here <https://example.com/x> b\n"},
	{"RTF-P-003 a link that names its target", `{\field{\*\fldinst HYPERLINK mailto:a@example.com }{\fldrslt a@example.com}}`,
		`<div><a href="mailto:a@example.com">a@example.com</a></div>`, "a@example.com\n"},
	{"RTF-P-003 a place within a target", `{\field{\*\fldinst HYPERLINK "http://a/" \\l "p"}{\fldrslt x}}{\field{\*\fldinst HYPERLINK \\l "p"}{\fldrslt y}}`,
		`<div><a href="http://a/#p">x</a>y</div>`, "x <http://a/#p>y\n"},
	{"RTF-P-003 javascript, file and other targets are no links", `{\field{\*\fldinst HYPERLINK "javascript:alert(1)"}{\fldrslt a}}` +
		`{\field{\*\fldinst HYPERLINK "JaVa\u10?script:x"}{\fldrslt b}}{\field{\*\fldinst HYPERLINK "file://h/s"}{\fldrslt c}}` +
		`{\field{\*\fldinst HYPERLINK "\\\\\\\\h\\\\s"}{\fldrslt d}}{\field{\*\fldinst HYPERLINK "data:text/html,x"}{\fldrslt e}}`,
		`<div>abcde</div>`, "abcde\n"},
	{"RTF-P-003 a target that is too long", `{\field{\*\fldinst HYPERLINK "http://` + strings.Repeat("a", maxLinkTarget) + `"}{\fldrslt b}}`, `<div>b</div>`, "b\n"},
	{"RTF-P-003 a target without quotes, in pieces, behind a switch", `{\field{\*\fldinst{hyper}{\b link }{\\n http://a/}}{\fldrslt b}}`,
		`<div><a href="http://a/">b</a></div>`, "b <http://a/>\n"},
	{"RTF-P-003 a link in the text, to itself in other words", `{\field{\*\fldinst HYPERLINK "http://Example.com/"}{\fldrslt example.com}}`,
		`<div><a href="http://Example.com/">example.com</a></div>`, "example.com\n"},
	{"RTF-P-003 fields of other kinds show their result", `{\field{\*\fldinst DATE \\@ "d"}{\fldrslt today}}`, `<div>today</div>`, "today\n"},
	{"RTF-P-003 a field within the result of another", `{\field{\*\fldinst HYPERLINK "http://a/"}{\fldrslt b{\field{\*\fldinst PAGE}{\fldrslt 1}}c}}d`,
		`<div><a href="http://a/">b1c</a>d</div>`, "b1c <http://a/>d\n"},
	{"RTF-P-003 the field SYMBOL without a result", `a{\field{\*\fldinst SYMBOL 74 \\f "Wingdings" \\s 10}{\fldrslt\f3}}b`, `<div>a☺b</div>`, "a☺b\n"},
	{"RTF-P-003 SYMBOL with a character, with a result, with nonsense", `{\field{\*\fldinst SYMBOL 8364}}{\field{\*\fldinst SYMBOL 65}{\fldrslt b}}{\field{\*\fldinst SYMBOL x}}`,
		`<div>€b</div>`, "€b\n"},
	{"RTF-P-003 a field without an instruction", `a{\field{\fldrslt b}}{\field}{\fldrslt c}{\fldinst d}e`, `<div>abce</div>`, "abce\n"},

	{"RTF-P-006 bullets of lists", `{\listtext\pard\plain\f2\fs20 \'b7\tab}\ls1\li720\fi-360 one\par{\pntext 1.\tab}{\*\pn\pnlvlbody{\pntxta .}}two`,
		"<div style=\"margin-left:36pt;text-indent:-18pt\">•&nbsp;&nbsp;&nbsp; one</div>\n" +
			"<div style=\"margin-left:36pt;text-indent:-18pt\">1.&nbsp;&nbsp;&nbsp; two</div>", "•\tone\n1.\ttwo\n"},
}

func TestPlain(t *testing.T) {
	for _, c := range plainCases {
		t.Run(c.name, func(t *testing.T) {
			d := decodePlainString(t, plainHeader+c.rtf+"}", nil)
			if diff := cmp.Diff(c.html, bodyOf(t, d.HTML)); diff != "" {
				t.Errorf("HTML: -want +got:\n%s", diff)
			}
			if diff := cmp.Diff(strings.ReplaceAll(c.text, "\n", "\r\n"), d.Text); diff != "" {
				t.Errorf("text: -want +got:\n%s", diff)
			}
		})
	}
}

// table is the start tag of a table without borders.
const table = `<table border="0" cellspacing="0" cellpadding="4">` + "\n"

func cells(text ...string) string {
	return "<tr>\n<td valign=\"top\">" + strings.Join(text, "</td>\n<td valign=\"top\">") + "</td>\n</tr>\n"
}

func TestRTF_P_007_Tables(t *testing.T) {
	const two = `\trowd\cellx1000\cellx2000 `
	for _, c := range []struct{ name, rtf, html, text string }{
		{"rows and cells", `a\par ` + two + `\intbl b\cell c\cell\row\intbl d\cell\cell\row\pard e`,
			"<div>a</div>\n" + table + cells("b", "c") + cells("d", "") + "</table>\n<div>e</div>", "a\nb\tc\t\nd\t\t\ne\n"},
		{"paragraphs in a cell, alignment", two + `\intbl a\par\qc b\cell\qr c\cell\row`,
			table + "<tr>\n<td valign=\"top\"><div>a</div>\n<div style=\"text-align:center\">b</div>\n</td>\n" +
				"<td valign=\"top\" style=\"text-align:right\">c</td>\n</tr>\n</table>", "a\nb\tc\t\n"},
		{"borders", `\trowd\clbrdrt\brdrs\brdrw10\cellx9 \intbl a\cell\row`,
			`<table border="1" cellspacing="0" cellpadding="4">` + "\n" + cells("a") + "</table>", "a\t\n"},
		{"columns by the edges of all rows", two + `\intbl a\cell b\cell\row\trowd\cellx2010 \intbl c\cell\row`,
			table + cells("a", "b") + "<tr>\n<td valign=\"top\" colspan=\"2\">c</td>\n</tr>\n</table>", "a\tb\t\nc\t\n"},
		{"merged cells", `\trowd\clmgf\cellx1000\clmrg\cellx2000\cellx3000 \intbl a\cell\cell c\cell\row`,
			table + "<tr>\n<td valign=\"top\" colspan=\"2\">a</td>\n<td valign=\"top\">c</td>\n</tr>\n</table>", "a\t\tc\t\n"},
		{"a table within a cell", two + `\intbl a\par\itap2 b\nestcell c\nestcell{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}` +
			`{\nonesttables\par}\itap1 d\cell e\cell\row`,
			table + "<tr>\n<td valign=\"top\"><div>a</div>\n" + table + cells("b", "c") + "</table>\n<div>d</div>\n</td>\n" +
				"<td valign=\"top\">e</td>\n</tr>\n</table>", "a\nb\tc\t\nd\te\t\n"},
		{"no definition, no \\intbl", `a\cell b\cell\row`, table + cells("a", "b") + "</table>", "a\tb\t\n"},
		{"text behind the last cell", two + `\intbl a\cell b\row`, table + cells("a", "b") + "</table>", "a\tb\t\n"},
		{"a row without cells, a table that is not ended", `\row\nestrow ` + two + `\intbl a\cell b`,
			table + "<tr>\n<td valign=\"top\">a</td>\n<td valign=\"top\"><div>b</div>\n</td>\n</tr>\n</table>", "\n\na\tb\n"},
		{"tables deeper than the bound", `\itap99 a\nestcell\nestrow\pard b`,
			strings.Repeat(table+"<tr>\n<td valign=\"top\">", maxTables) + "a" + strings.Repeat("</td>\n</tr>\n</table>\n", maxTables) + "<div>b</div>", "a\t\nb\n"},
	} {
		t.Run("RTF-P-007 "+c.name, func(t *testing.T) {
			d := decodePlainString(t, plainHeader+c.rtf+"}", nil)
			if diff := cmp.Diff(c.html, bodyOf(t, d.HTML)); diff != "" {
				t.Errorf("HTML: -want +got:\n%s", diff)
			}
			if diff := cmp.Diff(strings.ReplaceAll(c.text, "\n", "\r\n"), d.Text); diff != "" {
				t.Errorf("text: -want +got:\n%s", diff)
			}
		})
	}
}

func TestPlainBaseStyle(t *testing.T) {
	d := decodePlainString(t, plainHeader+`\fs40 Title\par\fs22\f1\cf1 much more text\par}`, nil)
	if !strings.Contains(d.HTML, "<div style=\"font-family:'Times New Roman';font-size:11pt;color:#ff0000\">\r\n") {
		t.Errorf("the style of most of the text is not that of the document:\n%s", d.HTML)
	}
	want := "<div><span style=\"font-family:'Arial';font-size:20pt;color:#000000\">Title</span></div>\n<div>much more text</div>"
	if diff := cmp.Diff(want, bodyOf(t, d.HTML)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestRTF_P_004_Places(t *testing.T) {
	o := &DecodeOptions{Place: func(n int) Place {
		return []Place{{URL: `cid:a"b`, Name: "a.png"}, {Name: "b<.doc"}, {}}[n]
	}}
	d := decodePlainString(t, plainHeader+`x\objattph  \objattph\'20 y\par{\b\objattph  z}\objattph  end}`, &DecodeOptions{})
	if d.Places != 4 || bodyOf(t, d.HTML) != "<div>x y</div>\n<div><b>z</b>end</div>" {
		t.Errorf("%d places without options in\n%s", d.Places, bodyOf(t, d.HTML))
	}
	d = decodePlainString(t, plainHeader+`x\objattph  \objattph\'20 y\par{\b\objattph  z}}`, o)
	want := `<div>x<img src="cid:a&quot;b" alt="a.png"> &lt;&lt;b&lt;.doc&gt;&gt; y</div>` + "\n<div><b>z</b></div>"
	if diff := cmp.Diff(want, bodyOf(t, d.HTML)); diff != "" {
		t.Errorf("HTML: -want +got:\n%s", diff)
	}
	if diff := cmp.Diff("x<<a.png>> <<b<.doc>> y\r\nz\r\n", d.Text); diff != "" {
		t.Errorf("text: -want +got:\n%s", diff)
	}
}

const onePixelPNG = "89504e470d0a1a0a0000000d49484452"

func TestRTF_P_005_Pictures(t *testing.T) {
	binary := "\xff\xd8\xff\xe0{}\\"
	rtf := plainHeader + `a{\*\shppict{\pict{\*\picprop{\sp{\sn x}{\sv 1}}}\picscalex50\picscaley100\picwgoal3000\pichgoal1500\pngblip ` +
		"\r\n" + strings.ToUpper(onePixelPNG[:16]) + "\r\n" + onePixelPNG[16:] + `}}{\nonshppict{\pict\wmetafile8 0102}}b` +
		fmt.Sprintf(`{\pict\jpegblip\bin%d %s}`, len(binary), binary) + `c{\pict\emfblip 01020}d{\pict\dibitmap0 28}{\pict}{\v{\pict\pngblip 00}}}`
	d := decodePlainString(t, rtf, &DecodeOptions{PictureURL: func(n int) string { return fmt.Sprintf("cid:%d@x", n) }})
	want := `<div>a<img src="cid:0@x" width="100" height="100" alt="">b<img src="cid:1@x" alt="">cd</div>`
	if diff := cmp.Diff(want, bodyOf(t, d.HTML)); diff != "" {
		t.Errorf("HTML: -want +got:\n%s", diff)
	}
	wantPictures := []Picture{
		{Name: "picture1.png", Type: "image/png", URL: "cid:0@x", Width: 100, Height: 100, Data: []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")},
		{Name: "picture2.jpg", Type: "image/jpeg", URL: "cid:1@x", Data: []byte(binary)},
		{Name: "picture3.emf", Type: "image/emf", Data: []byte{1, 2}},
		{Name: "picture4.bmp", Type: "image/bmp", Data: []byte{0x28}},
	}
	if diff := cmp.Diff(wantPictures, d.Pictures); diff != "" {
		t.Errorf("pictures: -want +got:\n%s", diff)
	}
	if d.Text != "abcd\r\n" {
		t.Errorf("the text is %q", d.Text)
	}
}

func TestRTF_P_005_PictureFiles(t *testing.T) {
	dib := "28000000 01000000 01000000 0100 0800 00000000 00000000 00000000 00000000 02000000 00000000 00000000ffffff00 01000000"
	d := decodePlainString(t, plainHeader+`{\pict\dibitmap0 `+dib+`}{\pict\wmetafile8\picwgoal1440\pichgoal720 0100}}`, nil)
	if len(d.Pictures) != 2 {
		t.Fatalf("%d pictures", len(d.Pictures))
	}
	if got := fmt.Sprintf("%x", d.Pictures[0].Data[:14]); got != "424d42000000000000003e000000" {
		t.Errorf("the header of the bitmap is %s", got)
	}
	wantHead := "d7cdc69a" + "0000" + "00000000a005d002" + "a005" + "00000000" + "c155"
	if got := fmt.Sprintf("%x", d.Pictures[1].Data); got != wantHead+"0100" {
		t.Errorf("the metafile is %s; want %s0100", got, wantHead)
	}
}
