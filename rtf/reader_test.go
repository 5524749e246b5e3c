package rtf

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/google/go-cmp/cmp"
)

// events returns the events of src: braces, words with their parameter, symbols, and
// text in brackets; pieces are joined.
func events(src io.Reader, cfg readerConfig) (string, error) {
	var b strings.Builder
	r := newReader(context.Background(), src, cfg)
	text := false
	for {
		e, err := r.next()
		if text && (err != nil || e.kind != evText) {
			b.WriteByte(']')
			text = false
		}
		if err == io.EOF {
			return b.String(), nil
		}
		if err != nil {
			return b.String(), err
		}
		switch e.kind {
		case evOpen:
			b.WriteByte('{')
		case evClose:
			b.WriteByte('}')
		case evWord:
			if e.star {
				b.WriteString(`\*`)
			}
			b.WriteString(`\` + e.word)
			if e.hasParam {
				fmt.Fprint(&b, e.param)
			}
			if e.word == "raw" {
				r.st.raw = true
			}
		case evSymbol:
			b.WriteString(`\` + string(e.char))
		case evText, evBin:
			if !text {
				b.WriteByte('[')
			}
			text = true
			b.Write(e.text)
		}
	}
}

// fonts is a font table; testFonts is what it gives in events.
const (
	fonts = `{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fmodern\fcharset128 MS Gothic;}{\f2\fnil\fcharset204{\*\falt x} Tahoma;}` +
		`{\f3\fcharset2 Symbol;}{\f4\fcharset0\cpg1253 Greek;}{\f5 Arial CE;}{\f6\fcharset99 Unknown;}{\f7\fcharset1 Document;}` +
		`{\f8\fcharset134 SimSun;}{\f9\fcharset136 MingLiU;}{\f10\fcharset129 Gulim;}{\f11\fcharset2 Wingdings;}{\f12 "Webdings";}` +
		`{\f13\fcharset0\cpg65001 UTF;}{\f14\fcharset77 Geneva;}{\f15\fcharset130 Johab;}{\f70000\fcharset177 David;}}`
	fontEvents = `{{}{}{{}}{}{}{}{}{}{}{}{}{}{}{}{}{}{}}`
)

func TestReaderText(t *testing.T) {
	const bad = "\uFFFD"
	und, lone := diag.TextUndecodable, diag.LoneSurrogate
	for _, c := range []struct {
		name, in, want string // without the header, its fonts and the last brace
		diags          []diag.Code
	}{
		{"plain", `text`, `[text]`, nil},
		{"escapes are text", `a\{\}\\b`, `[a{}\b]`, nil},
		{"other symbols are events", `a\~b\_c\-\:\|`, `[a]\~[b]\_[c]\-\:\|`, nil},
		{"RTF-L-009 high byte", "\xE4\xDF \x80\x7F", "[äß €\x7F]", nil},
		{"RTF-L-010 NUL", "a\x00b\\'00c", "[abc]", nil},
		{"hexadecimal", `\'e4\'80`, `[ä€]`, nil},
		{"undefined in 1252", `\'81\'8d`, "[\u0081\u008D]", nil},

		{"RTF-L-002 surrogates", `\u-10179?\u-8694?`, `[😊]`, nil},
		{"RTF-L-002 unsigned", `\u55357 ?\u56842 ?x`, `[😊x]`, nil},
		{"RTF-L-002 in two groups", `{\u-10179?}{\u-8694?}`, `{}{[😊]}`, nil},
		{"RTF-L-002 without fallback", `\u-10179\u-8694?x`, `[😊x]`, nil},
		{"RTF-L-002 too much fallback", `\u-10179??\u-8694??x`, `[😊??x]`, nil},
		{"RTF-L-002 as much as is waited for", `\uc0\u-10179 ????????\u-8694 x`, `[😊????????x]`, nil},
		{"RTF-L-002 more than is waited for", `\uc0\u-10179 ?????????\u-8694 x`, "[" + bad + "?????????" + bad + "x]", []diag.Code{lone}},
		{"RTF-L-002 other text between", `\uc0\u-10179 ?!\u-8694 x`, "[" + bad + "?!" + bad + "x]", []diag.Code{lone}},
		{"RTF-L-002 a word between", `\u-10179?\b\u-8694?`, `\b[😊]`, nil},
		{"RTF-L-002 lone high", `\u-10179?x`, "[" + bad + "x]", []diag.Code{lone}},
		{"RTF-L-002 lone high before a break", `\u-10179?\par x`, "[" + bad + `]\par[x]`, []diag.Code{lone}},
		{"RTF-L-002 lone high at the end", `\u-10179?`, "[" + bad + "]", []diag.Code{lone}},
		{"RTF-L-002 two high", `\u-10179?\u-10179?\u-8694?`, "[" + bad + "😊]", []diag.Code{lone}},
		{"RTF-L-002 lone low", `x\u-8694?`, "[x" + bad + "]", []diag.Code{lone}},
		{"RTF-L-002 the first pair and the last", `\u55296?\u56320?\u56319?\u57343?`, "[\U00010000\U0010FFFF]", nil},
		{"RTF-L-002 neighbours of surrogates", `\u55295?\u57344?`, "[\uD7FF\uE000]", nil},
		{"RTF-L-002 minus 32768", `\u-32768?`, "[\u8000]", nil},
		{"RTF-L-002 a code point", `\u128522?`, `[😊]`, nil},
		{"RTF-L-002 zero", `a\u0?b`, `[ab]`, nil},
		{"u without a number", `a\u b`, `[a]`, nil},

		{"RTF-L-003 uc 0", `\uc0\u8364?`, `[€?]`, nil},
		{"RTF-L-003 uc 2", `\uc2\u8364??x`, `[€x]`, nil},
		{"RTF-L-003 uc 2, less there", `{\uc2\u8364?}x`, `{[€]}[x]`, nil},
		{"RTF-L-003 uc ends with its group", `{\uc2\u8364??}\u8364??`, `{[€]}[€?]`, nil},
		{"RTF-L-003 uc -1", `\uc-1\u8364?`, `[€?]`, nil},
		{"RTF-L-003 uc 255", `\uc255\u8364` + strings.Repeat("?", 255) + "x", `[€x]`, nil},

		{"RTF-L-004 a letter", `\u8364 EUR`, `[€UR]`, nil},
		{"RTF-L-004 a blank", `\u8364  x`, `[€x]`, nil},
		{"RTF-L-004 hexadecimal", `\u8364\'80x`, `[€x]`, nil},
		{"RTF-L-004 a symbol", `\u8364\~x`, `[€x]`, nil},
		{"RTF-L-004 an escape", `\u8364\{x`, `[€x]`, nil},
		{"RTF-L-004 a word with its parameter", `\u8220\ldblquote7 x`, `[“x]`, nil},
		{"RTF-L-004 bin counts one", `\uc2\u8364\bin3 abc?x`, `[€x]`, nil},
		{"RTF-L-004 line ends don't count", "\\u8364\r\n?x", `[€x]`, nil},
		{"RTF-L-004 braces end it", `\u8364{?}{\u8364}x`, `[€]{[?]}{[€]}[x]`, nil},

		{"RTF-L-007 trail byte 5C", `\f1\'83\\`, `\f1[ソ]`, nil},
		{"RTF-L-007 trail byte 5C in hexadecimal", `\f1\'83\'5c`, `\f1[ソ]`, nil},
		{"RTF-L-007 trail byte 7B and 7D", `\f1\'83\{\'83\}`, `\f1[ボマ]`, nil},
		{"RTF-L-007 trail byte as a letter", `\f1\'83e\'83gA`, `\f1[テトA]`, nil},
		{"RTF-L-007 raw bytes", "\\f1\x83\x65\x83g", `\f1[テト]`, nil},
		{"a pair over a line end", "\\f1\\'83\r\n\\'65", `\f1[テ]`, nil},
		{"a pair over a word", `\f1\'83\b\'65`, `\f1\b[テ]`, nil},
		{"a pair over groups", `{\f1\'83}{\f1\'65}`, `{\f1}{\f1[テ]}`, nil},
		{"a pair over a skipped destination", `\f1\'83{\*\skip x}\'65`, `\f1{}[テ]`, nil},
		{"half a pair before a break", `\f1\'83\par e`, `\f1[` + bad + `]\par[e]`, []diag.Code{und}},
		{"half a pair before a symbol", `\f1\'83\~e`, `\f1[` + bad + `]\~[e]`, []diag.Code{und}},
		{"half a pair before another font", `\f1\'83\f0 e`, `\f1\f0[` + bad + `e]`, []diag.Code{und}},
		{"half a pair before a character", `\f1\'83\u8364?`, `\f1[` + bad + `€]`, []diag.Code{und}},
		{"half a pair at the end", `\f1\'83`, `\f1[` + bad + `]`, []diag.Code{und}},
		{"half a pair before a blank", `\f1\'83 "1`, `\f1[` + bad + ` "1]`, []diag.Code{und}},
		{"four bytes over words", `\f8\'81\b\'30\b\'81\b\'30`, "\\f8\\b\\b\\b[\u0080]", nil},

		{"RTF-L-008 charset of the font", `\f2\'cf\'f0\'e8`, `\f2[При]`, nil},
		{"RTF-L-008 cpg wins", `\f4\'e1`, `\f4[α]`, nil},
		{"RTF-L-008 cpg 65001", `\f13\'c3\'a4`, `\f13[ä]`, nil},
		{"RTF-L-008 script in the name", `\f5\'b3`, `\f5[ł]`, nil},
		{"RTF-L-008 large number", `\f70000\'e0`, `\f70000[א]`, nil},
		{"RTF-L-008 a font ends with its group", `{\f2\'e8}\'e8`, `{\f2[и]}[è]`, nil},
		{"RTF-L-008 plain returns to the default", `\f2\plain\'e8`, `\f2\plain[è]`, nil},
		{"RTF-L-008 Macintosh", `\f14\'8a`, `\f14[ä]`, nil},
		{"RTF-L-008 double-byte font", `\f0\dbch\af1\loch\f0\'e4\dbch\af1\'83\'65\hich\f0\'e4`, `\f0\dbch\af1\loch\f0[ä]\dbch\af1[テ]\hich\f0[ä]`, nil},
		{"RTF-L-008 af elsewhere is not in use", `\f0\af2\'e4`, `\f0\af2[ä]`, nil},

		{"RTF-L-011 unknown charset", `\f6\'e4`, `\f6[ä]`, nil},
		{"RTF-L-011 no decoder", `\f15\'e4`, `\f15[ä]`, nil},
		{"RTF-L-011 charset of the document", `\f7\'e4`, `\f7[ä]`, nil},
		{"RTF-L-011 font that is not there", `\f99\'e4`, `\f99[ä]`, nil},
		{"RTF-L-011 user-defined in 950", `\f9\'84\'68x`, `\f9[` + bad + `x]`, []diag.Code{und}},
		{"RTF-L-011 user-defined in 949", `\f10\'c9\'41x`, `\f10[` + bad + `x]`, []diag.Code{und}},
		{"RTF-L-011 user-defined in 936", `\f8\'fe\'7ex`, `\f8[` + bad + `x]`, []diag.Code{und}},
		{"RTF-L-011 user-defined in 932", `\f1\'f0\'40x`, "\\f1[\uE000x]", nil},

		{"symbols are bytes unless asked for", `\f3\'b7a`, `\f3[·a]`, nil},
		{"RTF-L-005 bin is no text", `a\bin3 xyzb`, `[ab]`, nil},
		{"RTF-L-005 bin in raw data", `{\raw 0a\bin3 \{}'e4}`, `{\raw[0a\{}'e4]}`, nil},
		{"raw data are bytes", `{\raw\'83\'00}`, "{\\raw[\x83\x00]}", nil},

		{"star skips what is unknown", `{\*\foo a{b}c}d`, `{}[d]`, nil},
		{"star keeps what is known", `{\*\keep a}d`, `{\*\keep[a]}[d]`, nil},
		{"destination without a star", `{\drop a}d`, `{}[d]`, nil},
		{"destination that is no first word", `{\b\drop a}d`, `{\b\drop[a]}[d]`, nil},
		{"star that is no first thing", `{a\*\foo b}d`, `{[a]}[d]`, nil},
		{"star in the outermost group", `a\*\foo b`, `[ab]`, nil},
		{"bin in a skipped group", `{\*\foo\bin4 }}}}}d`, `{}[d]`, nil},
		{"upr has the text twice", `{\upr{ansi}{\*\ud{\u8364?}}}d`, `{{}{{[€]}}}[d]`, nil},
		{"fonts in the text", `{\fonttbl{\f0\fcharset161 X;}}\f0\'e1`, `{{}}\f0[α]`, nil},
		{"font table without braces", `{\fonttbl\f0\fcharset161 X;\f1\fcharset204 Y;}\f0\'e1\f1\'e1`, `{}\f0[α]\f1[б]`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			for name, src := range readers(`{\rtf1\ansi\ansicpg1252\deff0` + fonts + c.in + "}") {
				var rec diag.Recorder
				got, err := events(src, readerConfig{rec: &rec, dests: map[string]destAction{"keep": destKeep, "drop": destSkip}})
				if err != nil {
					t.Fatal(err)
				}
				want := `{\rtf1\ansi\deff0` + fontEvents + c.want + "}"
				if diff := cmp.Diff(join(want), join(got)); diff != "" {
					t.Errorf("%s: -want +got:\n%s", name, diff)
				}
				if diff := cmp.Diff(c.diags, codes(rec.Diagnostics())); diff != "" {
					t.Errorf("%s: diagnostics: -want +got:\n%s", name, diff)
				}
			}
		})
	}
}

func TestReaderDocument(t *testing.T) {
	const und = diag.TextUndecodable
	for _, c := range []struct {
		name, in, want string
		cfg            readerConfig
		diags          []diag.Code
	}{
		{"no code page", `{\rtf1 \'e4}`, `{\rtf1[ä]}`, readerConfig{}, nil},
		{"no code page, but a default", `{\rtf1\ansi \'e4}`, `{\rtf1\ansi[д]}`, readerConfig{page: 1251}, nil},
		{"mac", `{\rtf1\mac \'8a}`, `{\rtf1\mac[ä]}`, readerConfig{}, nil},
		{"pc", `{\rtf1\pc \'84}`, `{\rtf1\pc[ä]}`, readerConfig{}, nil},
		{"pca", `{\rtf1\pca \'9b}`, `{\rtf1\pca[ø]}`, readerConfig{}, nil},
		{"the last one", `{\rtf1\pc\pca\mac \'8a}`, `{\rtf1\pc\pca\mac[ä]}`, readerConfig{}, nil},
		{"ansicpg wins", `{\rtf1\ansicpg1251\mac \'e4}`, `{\rtf1\mac[д]}`, readerConfig{page: 1253}, nil},
		{"ansicpg 0 says nothing", `{\rtf1\mac\ansicpg0 \'8a}`, `{\rtf1\mac[ä]}`, readerConfig{}, nil},
		{"ansicpg unknown", `{\rtf1\ansicpg4711 \'e4}`, `{\rtf1[ä]}`, readerConfig{}, []diag.Code{diag.CharsetUnknown}},
		{"ansicpg of UTF-16", `{\rtf1\ansicpg1200 \'e4}`, `{\rtf1[ä]}`, readerConfig{}, []diag.Code{diag.CharsetUnknown}},
		{"ansicpg of a charset of mail", `{\rtf1\ansicpg50220 \'83\'65}`, `{\rtf1[テ]}`, readerConfig{}, nil},
		{"65001", `{\rtf1\ansicpg65001 \'e2\'82\'ac\'f0\'9f\b\'98\'8a}`, `{\rtf1[€]\b[😊]}`, readerConfig{}, nil},
		{"65001, damaged", `{\rtf1\ansicpg65001 \'e2\'82x\'e2}`, "{\\rtf1[\uFFFDx\uFFFD]}", readerConfig{}, []diag.Code{und}},
		{"65001, font of charset 0", `{\rtf1\ansicpg65001{\fonttbl{\f0\fcharset0 A;}}\f0\'c3\'a4}`, `{\rtf1{{}}\f0[ä]}`, readerConfig{}, nil},
		{"65001, symbol font", `{\rtf1\ansicpg65001{\fonttbl{\f0\fcharset2 A;}}\f0\'c3\'a4}`, `{\rtf1{{}}\f0[ä]}`, readerConfig{}, nil},
		{"65001, font with a code page", `{\rtf1\ansicpg65001{\fonttbl{\f0\fcharset204 A;}}\f0\'c3\'a4\b\'e4}`, `{\rtf1{{}}\f0[ä]\b[д]}`, readerConfig{}, nil},
		{"EUC-JP", `{\rtf1\ansicpg51932 \'a5\b\'c6\'8f\'b0\b\'a1x}`, `{\rtf1\b[テ]\b[丂x]}`, readerConfig{}, nil},
		{"EUC-JP, damaged", `{\rtf1\ansicpg51932 \'8fx\'8f\'b0x}`, "{\\rtf1[\uFFFDx\uFFFD\uFFFD]}", readerConfig{}, []diag.Code{und}},
		{"undefined in 1253", `{\rtf1\ansicpg1253 \'d2\'81}`, "{\\rtf1[\uFFFD\u0081]}", readerConfig{}, []diag.Code{und}},
		{"932 in the document", `{\rtf1\ansicpg932 \'83e\'b1}`, `{\rtf1[テｱ]}`, readerConfig{}, nil},

		{"symbols", `{\rtf1` + fonts + `\f3 abc\'b7\f11 J\'fc\u-3895?\f12\'61\f3\u-3913?}`,
			`{\rtf1` + fontEvents + "\\f3[αβχ•]\\f11[☺✓\uF0C9]\\f12[✔]\\f3[•]}", readerConfig{symbols: true}, nil},
		{"symbols without a name", `{\rtf1{\fonttbl{\f0\fcharset2 Other;}}\f0 a }`, "{\\rtf1{{}}\\f0[\uF061 ]}", readerConfig{symbols: true}, nil},
		{"symbols with a control character", `{\rtf1` + fonts + "\\f3\ta}", `{\rtf1` + fontEvents + "\\f3[\tα]}", readerConfig{symbols: true}, nil},
		{"symbols whose charset is none", `{\rtf1{\fonttbl{\f0\fcharset0 Symbol;}}\f0 a}`, `{\rtf1{{}}\f0[α]}`, readerConfig{symbols: true}, nil},
		{"character in a font's name", `{\rtf1{\fonttbl{\f0\fcharset204 \u1040?CE;}}\f0\'e4}`, `{\rtf1{{}}\f0[д]}`, readerConfig{}, nil},
		{"symbols by cpg", `{\rtf1{\fonttbl{\f0\cpg42 Symbol;}}\f0 a}`, `{\rtf1{{}}\f0[α]}`, readerConfig{symbols: true}, nil},
		{"private use elsewhere", `{\rtf1\u-3913?}`, "{\\rtf1[\uF0B7]}", readerConfig{symbols: true}, nil},

		{"byte order mark and blanks before", "\uFEFF \r\n{\\rtf1 x}", `{\rtf1[x]}`, readerConfig{}, nil},
		{"RTF-L-010 NULs behind", "{\\rtf1 x}\x00\r\n\x00", `{\rtf1[x]}`, readerConfig{}, nil},
		{"text behind", `{\rtf1 x} y{z}`, `{\rtf1[x]}`, readerConfig{}, []diag.Code{diag.RTFDamaged}},
		{"brace too many", `{\rtf1 {x}}}`, `{\rtf1{[x]}}`, readerConfig{}, []diag.Code{diag.RTFDamaged}},
		{"brace missing", `{\rtf1 {x`, `{\rtf1{[x]`, readerConfig{}, []diag.Code{diag.RTFDamaged}},
		{"brace missing behind a character", `{\rtf1 \'e4`, `{\rtf1[ä]`, readerConfig{}, []diag.Code{diag.RTFDamaged}},
		{"bin of nothing at the end", `{\rtf1 x\bin0 `, `{\rtf1[x]`, readerConfig{}, []diag.Code{diag.RTFDamaged}},
		{"cut in a token", `{\rtf1 x\'e`, `{\rtf1[xe]`, readerConfig{}, []diag.Code{diag.RTFTruncated}},
		{"cut in bin", `{\rtf1 x\bin99 abc}`, `{\rtf1[x]`, readerConfig{}, []diag.Code{diag.RTFTruncated}},
		{"cut in a skipped group", `{\rtf1 x{\*\foo abc`, `{\rtf1[x]{`, readerConfig{}, []diag.Code{diag.RTFDamaged}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for name, src := range readers(c.in) {
				var rec diag.Recorder
				c.cfg.rec = &rec
				got, err := events(src, c.cfg)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(join(c.want), join(got)); diff != "" {
					t.Errorf("%s: -want +got:\n%s", name, diff)
				}
				if diff := cmp.Diff(c.diags, codes(rec.Diagnostics())); diff != "" {
					t.Errorf("%s: diagnostics: -want +got:\n%s", name, diff)
				}
			}
		})
	}
}

func TestReaderAfterTheEnd(t *testing.T) {
	var rec diag.Recorder
	r := newReader(context.Background(), strings.NewReader(`{\rtf1}}`), readerConfig{rec: &rec})
	for ends := 0; ends < 3; {
		if _, err := r.next(); err == io.EOF {
			ends++
		}
	}
	if diff := cmp.Diff([]diag.Code{diag.RTFDamaged}, codes(rec.Diagnostics())); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestReaderTellsOfNoGroupBeyondMaxDepth(t *testing.T) {
	const n = maxDepth + 100
	in := `{\rtf1` + strings.Repeat("{", n-1) + `x\b y` + strings.Repeat("}", n)
	got, err := events(strings.NewReader(in), readerConfig{})
	if err != nil {
		t.Fatal(err)
	}
	want := `{\rtf1` + strings.Repeat("{", maxDepth-1) + `[x]\b[y]` + strings.Repeat("}", maxDepth)
	if got != want {
		t.Errorf("%d braces open and %d close; want %d", strings.Count(got, "{"), strings.Count(got, "}"), maxDepth)
	}
}
