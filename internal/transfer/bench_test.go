package transfer

import (
	"bytes"
	"encoding/base64"
	"io"
	"testing"
)

// wrapped returns data as a mailer encodes it: base64, 76 columns, CRLF.
func wrapped(data []byte) []byte {
	enc := base64.StdEncoding.EncodeToString(data)
	var b bytes.Buffer
	for len(enc) > 76 {
		b.WriteString(enc[:76])
		b.WriteString("\r\n")
		enc = enc[76:]
	}
	b.WriteString(enc)
	b.WriteString("\r\n")
	return b.Bytes()
}

// pattern returns n bytes that look like those of a compressed file.
func pattern(n int) []byte {
	out := make([]byte, n)
	x := uint32(1)
	for i := range out {
		x = x*1664525 + 1013904223
		out[i] = byte(x >> 24)
	}
	return out
}

func BenchmarkDecode(b *testing.B) {
	prose := bytes.Repeat([]byte("Der Fluss f=C3=BChrt im Fr=C3=BChling viel Wasser, und die B=C3=A4ume am =\r\nUfer stehen tief darin.  \r\n"), 10000)
	uu := bytes.Repeat([]byte("M"+string(bytes.Repeat([]byte("&5IE"), 15))+"\r\n"), 10000)
	damaged := wrapped(pattern(1 << 20))
	for i := lineChars / 2; i < len(damaged); i += 2 * (lineChars + 2) {
		damaged[i] = '*'
	}
	for _, bm := range []struct {
		name string
		e    Encoding
		in   []byte
	}{
		{"base64", Base64, wrapped(pattern(1 << 20))},
		{"base64 LF", Base64, bytes.ReplaceAll(wrapped(pattern(1<<20)), []byte("\r"), nil)},
		{"base64 damaged", Base64, damaged},
		{"base64 junk", Base64, bytes.Repeat([]byte("QU*JD-"), 100000)},
		{"quoted-printable", QuotedPrintable, prose},
		{"uuencode", UUEncode, append([]byte("begin 644 x\n"), uu...)},
	} {
		b.Run(bm.name+"/memory", func(b *testing.B) {
			b.SetBytes(int64(len(bm.in)))
			b.ReportAllocs()
			for b.Loop() {
				Decode(bm.e, bm.in, nil)
			}
		})
		b.Run(bm.name+"/stream", func(b *testing.B) {
			b.SetBytes(int64(len(bm.in)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := io.Copy(io.Discard, NewReader(bm.e, bytes.NewReader(bm.in), nil)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
