package rtf

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
)

// letter returns RTF that encapsulates a message of about n bytes, as mail programs
// write it.
func letter(n int) []byte {
	var b bytes.Buffer
	b.WriteString(`{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl` + "\r\n" +
		`{\f0\fswiss\fcharset0 Arial;}{\f1\fmodern Courier New;}{\f2\fnil\fcharset204 Tahoma;}}` + "\r\n" +
		`\uc1\pard\plain\deftab360 \f0\fs24 {\*\htmltag19 <html>}{\*\htmltag50 <body lang=EN-US>}` + "\r\n")
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, `{\*\htmltag64 <p class=MsoNormal>}\htmlrtf {\htmlrtf0 {\*\htmltag148 <span style='font-size:10.0pt;color:#%06x'>}\htmlrtf {\fs20 \htmlrtf0`+"\r\n"+
			`Line %d of a letter with some words in it, caf\'e9 and \u8364?%d,{\*\htmltag84 &nbsp;}\htmlrtf \~\htmlrtf0 {\f2\htmlrtf0\'cf\'f0\'e8\'e2\'e5\'f2\htmlrtf}\htmlrtf0`+"\r\n"+
			`{\*\htmltag156 </span>}\htmlrtf }\htmlrtf0 {\*\htmltag84 <o:p>}{\*\htmltag92 </o:p>}\htmlrtf\par}\htmlrtf0`+"\r\n{\\*\\htmltag72 </p>}\r\n", i*7919%0xFFFFFF, i, i*31)
	}
	b.WriteString(`{\*\htmltag58 </body>}{\*\htmltag27 </html>}}`)
	return b.Bytes()
}

// BenchmarkDecompress counts the bytes of RTF that come out.
func BenchmarkDecompress(b *testing.B) {
	rtf := letter(1 << 20)
	c := Compress(rtf)
	b.SetBytes(int64(len(rtf)))
	b.ReportAllocs()
	for b.Loop() {
		if n, err := io.Copy(io.Discard, NewDecompressor(bytes.NewReader(c), nil)); err != nil || n != int64(len(rtf)) {
			b.Fatal(n, err)
		}
	}
}

// BenchmarkCompress counts the bytes of RTF that go in.
func BenchmarkCompress(b *testing.B) {
	rtf := letter(1 << 20)
	b.SetBytes(int64(len(rtf)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n = len(Compress(rtf))
	}
	b.ReportMetric(float64(n)/float64(len(rtf)), "ratio")
}

// BenchmarkDeencapsulate counts the bytes of RTF that go in.
func BenchmarkDeencapsulate(b *testing.B) {
	html := letter(1 << 20)
	for name, in := range map[string][]byte{
		"HTML": html,
		"text": []byte(`{\rtf1\ansi\fromtext\deff0{\fonttbl{\f0 A;}}` + strings.Repeat(`A line of text with caf\'e9 and \ldblquote quotes\rdblquote .\par`+"\r\n", 15_000) + "}"),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(in)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Decode(context.Background(), bytes.NewReader(in), nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkLexer counts the bytes of RTF that go in.
func BenchmarkLexer(b *testing.B) {
	in := letter(1 << 20)
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		l := newLexer(bytes.NewReader(in))
		var tok token
		for l.next(&tok) == nil {
		}
	}
}
