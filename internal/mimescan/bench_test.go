package mimescan

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/emersion/go-message"

	_ "github.com/emersion/go-message/charset"
)

// attachments is a message with two texts and attachments in base64 of n bytes
// in all.
func attachments(n int) string {
	line := strings.Repeat("TWFuIGlzIGRpc3Rpbmd1aXNoZWQsIG5vdCBvbmx5", 2)[:76] + "\r\n"
	var b strings.Builder
	b.WriteString("From: a@example.com\r\nTo: b@example.com\r\nSubject: files\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"=_0123456789\"\r\n\r\n")
	b.WriteString("--=_0123456789\r\nContent-Type: multipart/alternative; boundary=\"=_abc\"\r\n\r\n--=_abc\r\nContent-Type: text/plain\r\n\r\nHello\r\n--=_abc\r\nContent-Type: text/html\r\n\r\n<p>Hello\r\n--=_abc--\r\n\r\n")
	for range 4 {
		b.WriteString("--=_0123456789\r\nContent-Type: application/pdf; name=\"a.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n")
		b.WriteString(strings.Repeat(line, n/4/len(line)))
	}
	b.WriteString("--=_0123456789--\r\n")
	return b.String()
}

// newsletter is a message of HTML, which has many hyphens.
func newsletter(n int) string {
	const css = "<td style=\"font-family: sans-serif; font-size: 14px; padding-left: 8px\"><!-- cell --><a href=\"https://example.com/a-b-c?d=e\">Read on</a></td>\r\n"
	return "Content-Type: multipart/alternative; boundary=\"----=_Part_1\"\r\n\r\n------=_Part_1\r\nContent-Type: text/html\r\n\r\n" +
		strings.Repeat(css, n/len(css)) + "------=_Part_1--\r\n"
}

var benchmarks = []struct {
	name string
	msg  string
}{
	{"10 MB of attachments", attachments(10 << 20)},
	{"60 KB newsletter", newsletter(60 << 10)},
	{"1 MB of HTML", newsletter(1 << 20)},
	{"small text", "From: a@example.com\r\nTo: b@example.com\r\nSubject: hi\r\nDate: Mon, 1 Jan 2024 00:00:00 +0000\r\nMessage-ID: <a@b>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + strings.Repeat("text\r\n", 500)},
	{"1000 header fields", strings.Repeat("X-Some-Header-Field: some value of it\r\n\tfolded once\r\n", 1000) + "\r\nbody"},
	{"250 parts", parts(249)},
	{"lines of two hyphens", mixed + strings.Repeat("--\n", 1<<18)},
}

func BenchmarkScan(b *testing.B) {
	for _, bm := range benchmarks {
		b.Run(bm.name, func(b *testing.B) {
			b.SetBytes(int64(len(bm.msg)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Scan(context.Background(), strings.NewReader(bm.msg), 0, int64(len(bm.msg)), Defaults()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkGoMessage walks the same messages with go-message, which reads and
// decodes the bodies on its way.
func BenchmarkGoMessage(b *testing.B) {
	for _, bm := range benchmarks[:6] {
		b.Run(bm.name, func(b *testing.B) {
			b.SetBytes(int64(len(bm.msg)))
			b.ReportAllocs()
			for b.Loop() {
				e, err := message.Read(strings.NewReader(bm.msg))
				if err != nil {
					b.Fatal(err)
				}
				if err := walk(e); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func walk(e *message.Entity) error {
	mr := e.MultipartReader()
	if mr == nil {
		_, err := io.Copy(io.Discard, e.Body)
		return err
	}
	for {
		p, err := mr.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := walk(p); err != nil {
			return err
		}
	}
}

// BenchmarkLevels shows that time is linear in the depth: compare the rates.
func BenchmarkLevels(b *testing.B) {
	for _, n := range []int{5000, 10000, 20000} {
		msg := []byte(levels(n))
		b.Run(strings.Repeat("2x", n/10000)+"5000", func(b *testing.B) {
			o := Defaults()
			o.MaxMultipartDepth = n
			b.SetBytes(int64(len(msg)))
			for b.Loop() {
				if _, err := Scan(context.Background(), bytes.NewReader(msg), 0, int64(len(msg)), o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
