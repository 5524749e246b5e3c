package rtf

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
)

// BenchmarkPlain counts the bytes of RTF that go in.
func BenchmarkPlain(b *testing.B) {
	var rtf bytes.Buffer
	rtf.WriteString(plainHeader)
	for i := 0; rtf.Len() < 1<<20; i++ {
		fmt.Fprintf(&rtf, `\pard\li%d Line %d of a letter with {\b some {\i words}} in it, caf\'e9 and \u8364?%d.\par`+"\r\n"+
			`\trowd\cellx2000\cellx4000\intbl a cell\cell {\field{\*\fldinst HYPERLINK "http://example.com/%d"}{\fldrslt\cf2\ul a link}}\cell\row`+"\r\n", i%3*360, i, i*31, i)
	}
	rtf.WriteString("}")
	b.SetBytes(int64(rtf.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Decode(context.Background(), bytes.NewReader(rtf.Bytes()), nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEncapsulate counts the bytes of HTML and text that go in.
func BenchmarkEncapsulate(b *testing.B) {
	html := "<html><body>\r\n" + strings.Repeat("<p class=\"MsoNormal\">A line of a <b>letter</b> with some words in it, café &amp; "+
		"<a href=\"http://example.com/\">a link</a>,&nbsp;<span style='font-size:10.0pt'>and more</span></p>\r\n", 6000) + "</body></html>\r\n"
	text := strings.Repeat("A line of a letter with some words in it, café, and a {brace}.\r\n", 16000)
	for _, c := range []struct {
		name, in string
		f        func(io.Writer, string) error
	}{{"HTML", html, EncapsulateHTML}, {"text", text, EncapsulateText}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.in)))
			b.ReportAllocs()
			for b.Loop() {
				if err := c.f(io.Discard, c.in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
