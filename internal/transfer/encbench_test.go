package transfer

import (
	"bytes"
	"testing"
)

func BenchmarkEncode(b *testing.B) {
	data := pattern(1 << 20)
	prose := bytes.Repeat([]byte("Der Fluss führt im Frühling viel Wasser, und die Bäume am Ufer stehen tief darin.\r\n"), 10000)
	html := bytes.Repeat([]byte("<tr><td class=\"c1\" style=\"padding:0\"><a href=\"https://news.example.com/?id=12\">Größe</a></td></tr>\r\n"), 10000)
	for _, bm := range []struct {
		name   string
		in     []byte
		encode func(dst, src []byte) []byte
	}{
		{"base64", data, AppendBase64},
		{"quoted-printable prose", prose, appendQPText},
		{"quoted-printable HTML", html, appendQPText},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.SetBytes(int64(len(bm.in)))
			out := bm.encode(nil, bm.in)
			for b.Loop() {
				out = bm.encode(out[:0], bm.in)
			}
		})
	}
}

func appendQPText(dst, src []byte) []byte { return AppendQP(dst, src, QPText) }
