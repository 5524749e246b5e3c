package rtf_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/rtf"
	"github.com/google/go-cmp/cmp"
)

func decode(t *testing.T, in string, o *rtf.DecodeOptions) *rtf.Document {
	t.Helper()
	doc, err := rtf.Decode(context.Background(), strings.NewReader(in), o)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

const workedExample = `{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl
{\f0\fswiss\fcharset0 Arial;}{\f1\fnil\fcharset204 Tahoma;}}
{\*\htmltag19 <html>}{\*\htmltag2 \par }{\*\htmltag50 <body>}{\*\htmltag64}\htmlrtf {\htmlrtf0 ` + `
{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Caf\'e9 \{x\} \f1 \'cf\'f0\'e8 \u8364?\~{\*\htmltag84 &amp;}\htmlrtf &\htmlrtf0  {\*\mhtmltag84 <a href="x">}\htmlrtf\par}\htmlrtf0
{\*\htmltag72 </p>}{\*\htmltag58 </body>}\htmlrtf }\htmlrtf0 {\*\htmltag27 </html>}}`

func TestDeencapsulateHTML(t *testing.T) {
	for _, c := range []struct {
		name, in, want string // without the header and the last brace
	}{
		{"RTF-D-003 htmlrtf ends with its group", `a{\htmlrtf b}c`, `ac`},
		{"RTF-D-003 htmlrtf goes on into groups", `a\htmlrtf b{c{d}}e\htmlrtf0 f`, `af`},
		{"RTF-D-003 htmlrtf comes back at the end of a group", `\htmlrtf {\htmlrtf0 a}b\htmlrtf0 c`, `ac`},
		{"RTF-D-003 htmlrtf with a parameter", `\htmlrtf1 a\htmlrtf0 b`, `b`},
		{"RTF-D-003 all kinds of text within htmlrtf", `\htmlrtf a\'e4\u8364?\par\line\tab\~\{\emdash\bin1 x{\*\htmltag84 <b>}\htmlrtf0 b`, `b`},
		{"RTF-D-003 braces that htmlrtf hides", `\htmlrtf {\htmlrtf0 a\htmlrtf }\htmlrtf0 b`, `ab`},
		{"RTF-D-003 htmlrtf at the end of a hidden group", `{\b\htmlrtf a}b`, `b`},

		{"RTF-D-004 mhtmltag", `{\*\mhtmltag84 <img src="\htmlbase x">}{\*\htmltag84 <img src="cid:x">}`, `<img src="cid:x">`},
		{"RTF-D-004 mhtmltag without a star", `{\mhtmltag84 <x>}a`, `a`},

		{"RTF-D-005 htmltag without a number", `{\*\htmltag <b>}a`, `<b>a`},
		{"RTF-D-005 htmltag without a star", `{\htmltag84 <b>}a`, `<b>a`},
		{"RTF-D-005 number that ran into the text", `{\*\htmltag72156 <b>}a`, `<b>a`},
		{"RTF-D-005 one blank is the delimiter", `{\*\htmltag84  <b>}a`, ` <b>a`},
		{"RTF-D-005 empty htmltag", `{\*\htmltag64}a`, `a`},
		{"RTF-D-005 htmltag that is no first word", `\htmltag84 a{\b\htmltag84 b}`, `ab`},
		{"groups within an htmltag", `{\*\htmltag84 <a {href={\b "x"}}>}`, `<a href="x">`},

		{"RTF-D-006 text is not escaped", `a < b > c & d "e"`, `a < b > c & d "e"`},
		{"RTF-D-006 references are", `{\*\htmltag84 &lt;}\htmlrtf <\htmlrtf0`, `&lt;`},

		{"RTF-D-007 code page of the font", `\f1\'e4`, `д`},
		{"RTF-D-007 code page of the document in tags", `\f1{\*\htmltag84 <a title="\'e4">}\'e4`, `<a title="ä">д`},
		{"RTF-D-007 code page of the document in groups of tags", `\f1{\*\htmltag84 <a title="{\f1\'e4}">}`, `<a title="ä">`},
		{"RTF-D-007 pair that a tag cuts", `\f3\'83{\*\htmltag84 <b>}e`, "\uFFFD<b>e"},

		{"RTF-D-008 starred destinations", `a{\*\unknown b}{\*\bkmkstart c}{\*\generator d;}e`, `ae`},
		{"RTF-D-008 destinations", `a{\colortbl;\red0;}{\stylesheet{\s0 Normal;}}{\info{\title x}}{\pict 00ff}{\object x}{\header h}{\footer f}` +
			`{\headerl h}{\headerr h}{\headerf h}{\footerl f}{\footerr f}{\footerf f}{\footnote n}{\annotation a}{\pntext 1.}{\pntxta a}{\pntxtb b}` +
			`{\listtext 1.}{\generator g}{\xe x}{\tc t}{\rxe r}{\bkmkstart b}{\bkmkend b}{\listtable l}{\listoverridetable l}{\rsidtbl r}` +
			`{\themedata t}{\colorschememapping c}{\datastore d}{\latentstyles l}{\xmlnstbl x}{\mmathPr m}{\filetbl f}{\revtbl r}{\nonshppict n}{\shppict s}b`, `ab`},
		{"RTF-D-008 result of a field", `{\field{\*\fldinst{HYPERLINK "x"}}{\fldrslt{text}}}`, `text`},
		{"RTF-D-008 instruction without a star", `{\field{\fldinst HYPERLINK "x"}{\fldrslt text}}`, `text`},
		{"RTF-D-008 pictures with bin", `a{\pict\bin4 }}}}}b`, `ab`},

		{"RTF-D-009 font within htmlrtf", `\htmlrtf\f1\htmlrtf0\'e4`, `д`},
		{"RTF-D-009 font within a group of htmlrtf", `\htmlrtf{\f1\htmlrtf0\'e4\htmlrtf\f0}\htmlrtf0\'e4`, `дä`},
		{"RTF-D-009 uc within htmlrtf", `\htmlrtf\uc0\htmlrtf0\u8364?`, `€?`},

		{"line ends", "a\\par b\\line c\\\r\nd\r\ne", "a\r\nb\r\nc\r\nde"},
		{"tabs", "a\\tab b\tc", "a\tb\tc"},
		{"words for characters", `\lquote\rquote\ldblquote\rdblquote\bullet\endash\emdash`, `&lsquo;&rsquo;&ldquo;&rdquo;&bull;&ndash;&mdash;`},
		{"symbols for characters", `\~\_\-\:\|x`, `&nbsp;&shy;x`},
		{"the same within tags", `{\*\htmltag84 \lquote\~\tab\par\-x}`, "&lsquo;&nbsp;\t\r\nx"},
		{"words for invisible characters", `\zwj\zwnj\ltrmark\rtlmark`, "\u200D\u200C\u200E\u200F"},
		{"other words", `\b\i0\cf3\ltrch\pard\fs20 x`, `x`},
		{"place of an attachment", `a\objattph  b{\objattph  }c\objattph d`, `abcd`},
		{"place of an attachment within htmlrtf", `\htmlrtf\objattph\htmlrtf0  x`, ` x`},
		{"symbol fonts keep their bytes", `{\*\htmltag148 <font face=Wingdings>}\f2 J\'fc`, `<font face=Wingdings>Jü`},
		{"attributes with braces and backslashes", `{\*\htmltag84 <a x="\{\\\}">}`, `<a x="{\}">`},
	} {
		t.Run(c.name, func(t *testing.T) {
			const header = `{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}{\f2\fcharset2 Wingdings;}{\f3\fcharset128 C;}}`
			doc := decode(t, header+c.in+"}", nil)
			if doc.Kind != rtf.HTML || doc.Text != "" {
				t.Errorf("kind %v, text %q", doc.Kind, doc.Text)
			}
			if diff := cmp.Diff(c.want, doc.HTML); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestRTF_D_001_WorkedExample(t *testing.T) {
	const want = "<html>\r\n<body><p>Café {x} При €&nbsp;&amp; </p></body></html>"
	for _, in := range []string{workedExample, strings.ReplaceAll(workedExample, "\n", "\r\n")} {
		doc := decode(t, in, nil)
		if diff := cmp.Diff(&rtf.Document{Kind: rtf.HTML, HTML: want}, doc); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
	doc, err := rtf.Decode(context.Background(), iotest.OneByteReader(strings.NewReader(workedExample)), nil)
	if err != nil || doc.HTML != want {
		t.Errorf("byte by byte: %v, %v", doc, err)
	}
}

func TestRTF_D_010_Text(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"RTF-D-010 line ends and tabs", `a\par b\line c\tab d`, "a\r\nb\r\nc\td"},
		{"RTF-D-010 characters", `\lquote\rquote\ldblquote\rdblquote\bullet\endash\emdash\~\_`, "‘’“”•–—\u00A0\u00AD"},
		{"RTF-D-010 text is not escaped", `<a> & b`, `<a> & b`},
		{"RTF-D-010 destinations", `a{\*\x b}{\info c}{\colortbl;}d`, `ad`},
		{"RTF-D-010 fonts", `\f1\'e4\u8364?`, `д€`},
		{"symbol fonts show", `\f2 J`, `☺`},
		{"htmlrtf hides here too", `a\htmlrtf b\htmlrtf0 c`, `ac`},
		{"place of an attachment", `a\objattph  b`, `ab`},
		{"htmltag is a destination like any other", `a{\*\htmltag84 <b>}c`, `ac`},
	} {
		t.Run(c.name, func(t *testing.T) {
			const header = `{\rtf1\ansi\ansicpg1252\fromtext \deff0{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}{\f2\fcharset2 Wingdings;}}`
			doc := decode(t, header+c.in+"}", nil)
			if diff := cmp.Diff(&rtf.Document{Kind: rtf.Text, Text: c.want}, doc); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestRTF_D_011_MetaCharset(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"RTF-D-011 http-equiv", `<head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"></head>`,
			`<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>`},
		{"RTF-D-011 charset", `<head><meta charset=windows-1251></head>`, `<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>`},
		{"RTF-D-011 a charset that no ASCII is in", `<head><meta charset="utf-16"></head>`,
			`<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>`},
		{"RTF-D-011 UTF-8 already", `<head><META charset='UTF-8' ></head>`, `<head><META charset='UTF-8' ></head>`},
		{"RTF-D-011 none", `<head><meta name=x content="charset=koi8-r"></head>`, `<head><meta name=x content="charset=koi8-r"></head>`},
		{"RTF-D-011 in text", `<head></head><p>charset=koi8-r`, `<head></head><p>charset=koi8-r`},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := decode(t, `{\rtf1\ansi\fromhtml1{\*\htmltag34 `+c.in+`}}`, nil)
			if strings.Contains(doc.HTML, "windows-1251") || strings.Contains(doc.HTML, "iso-8859-1") || strings.Contains(doc.HTML, "utf-16") {
				t.Errorf("it still claims another charset: %s", doc.HTML)
			}
			if diff := cmp.Diff(c.want, doc.HTML); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestDecodeDiagnostics(t *testing.T) {
	doc := decode(t, `{\rtf1\fromhtml1{\fonttbl{\f0\fcharset128 x;}}\f0\'fd\u-10179?x`, nil)
	var got []diag.Code
	for _, d := range doc.Diagnostics {
		got = append(got, d.Code)
	}
	if diff := cmp.Diff([]diag.Code{diag.TextUndecodable, diag.LoneSurrogate, diag.RTFDamaged}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if doc.HTML != "\uFFFD\uFFFDx" {
		t.Errorf("got %q", doc.HTML)
	}
}

func TestDecodeErrors(t *testing.T) {
	broken := errors.New("broken")
	for _, n := range []int{0, 5, 40, 5000} {
		in := (workedExample + strings.Repeat(" ", 6000))[:n]
		if _, err := rtf.Decode(context.Background(), iotest.DataErrReader(
			strings.NewReader(in)), nil); n == 0 && !errors.Is(err, rtf.ErrNotRTF) {
			t.Errorf("%d bytes: %v", n, err)
		}
		r := errAfter{strings.NewReader(`{\rtf1\fromhtml1 ` + strings.Repeat("x", n)), broken}
		if _, err := rtf.Decode(context.Background(), &r, nil); !errors.Is(err, broken) {
			t.Errorf("reader that fails after %d bytes: %v", n, err)
		}
	}
	for _, in := range []string{"", "text", `{\rt`, `{\html1}`, `\rtf1`, "<html>"} {
		if _, err := rtf.Decode(context.Background(), strings.NewReader(in), nil); !errors.Is(err, rtf.ErrNotRTF) {
			t.Errorf("%q: %v", in, err)
		}
	}
}

// An errAfter returns err in place of io.EOF.
type errAfter struct {
	r   *strings.Reader
	err error
}

func (e *errAfter) Read(p []byte) (int, error) {
	if e.r.Len() == 0 {
		return 0, e.err
	}
	return e.r.Read(p)
}

func TestDecodeCompressed(t *testing.T) {
	c := rtf.Compress([]byte(workedExample + "\x00\r\n"))
	doc, err := rtf.DecodeCompressed(context.Background(), strings.NewReader(string(c)), nil)
	if err != nil || doc.Kind != rtf.HTML || doc.Diagnostics != nil {
		t.Fatalf("%v, %v", doc, err)
	}
	c[12] ^= 1
	doc, err = rtf.DecodeCompressed(context.Background(), strings.NewReader(string(c)), nil)
	if err != nil || len(doc.Diagnostics) != 1 || doc.Diagnostics[0].Code != diag.RTFCompressionDamaged {
		t.Errorf("wrong checksum: %v, %v", doc, err)
	}
	if _, err := rtf.DecodeCompressed(context.Background(), strings.NewReader("no RTF, but longer"), nil); !errors.Is(err, rtf.ErrNotCompressedRTF) {
		t.Error(err)
	}
	if _, err := rtf.DecodeCompressed(context.Background(), strings.NewReader(string(rtf.Compress([]byte("text")))), nil); !errors.Is(err, rtf.ErrNotRTF) {
		t.Error(err)
	}
	// The document is whole, but the reader fails behind it.
	broken := errors.New("broken")
	c = rtf.Compress([]byte(`{\rtf1 x}` + strings.Repeat("y", 100_000)))
	r := errAfter{strings.NewReader(string(c[:len(c)-10])), broken}
	if _, err := rtf.DecodeCompressed(context.Background(), &r, nil); !errors.Is(err, broken) {
		t.Errorf("reader that fails behind the document: %v", err)
	}
}

func TestErrorsSayTheBound(t *testing.T) {
	_, err := rtf.Decode(context.Background(), strings.NewReader(`{\rtf1\fromtext 12345}`), &rtf.DecodeOptions{MaxOutput: 4})
	if err == nil || !strings.Contains(err.Error(), "4 bytes") {
		t.Errorf("got %v", err)
	}
}
