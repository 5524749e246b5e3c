package transfer

import (
	"bytes"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
)

// pieces reads its data in pieces of the lengths that sizes gives in turn.
type pieces struct{ data, sizes []byte }

func (p *pieces) Read(b []byte) (int, error) {
	if len(p.data) == 0 {
		return 0, io.EOF
	}
	n := 1
	if len(p.sizes) > 0 {
		n += int(p.sizes[0])
		p.sizes = append(p.sizes[1:], p.sizes[0])
	}
	n = copy(b, p.data[:min(n, len(p.data))])
	p.data = p.data[n:]
	return n, nil
}

// FuzzTransfer checks that a stream decodes to what memory decodes to however it
// is cut, and that what is encoded is decoded to the same.
func FuzzTransfer(f *testing.F) {
	for _, s := range []string{
		"QUJD\r\nQQ==\r\nQUI=QUJD\r\nfooter text\r\n====",
		"a=41 = \r\n=0d=\r\r\n=",
		"begin 644 x\n#0V%T\n`\nend\n",
		"=ybegin line=128 size=3 name=x\r\n\x8b==\r\n=yend size=3\r\n",
		"caf\xc3\xa9 \t\r\n.\r\nFrom me\r",
	} {
		f.Add([]byte(s), []byte{3, 0, 7})
	}
	f.Fuzz(func(t *testing.T, data, sizes []byte) {
		for _, e := range []Encoding{Base64, QuotedPrintable, UUEncode, YEnc} {
			var inMemory, streamed []diag.Code
			want := Decode(e, data, func(c diag.Code, _ string) { inMemory = append(inMemory, c) })
			if e != UUEncode && len(want) > len(data) {
				t.Errorf("%v: %d bytes give %d", e, len(data), len(want))
			}
			r := NewReader(e, &pieces{data, bytes.Clone(sizes)}, func(c diag.Code, _ string) { streamed = append(streamed, c) })
			got, err := io.ReadAll(r)
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("%v: stream gives %q, %v; memory %q", e, got, err, want)
			}
			if d := cmp.Diff(inMemory, streamed); d != "" {
				t.Errorf("%v: codes (-memory +stream):\n%s", e, d)
			}
		}
		last := 0
		for _, b := range FindUU(data) {
			if b.Start < last || b.End <= b.Start || b.End > len(data) {
				t.Errorf("block %+v", b)
			}
			last = b.End
		}
		last = 0
		for _, b := range FindYEnc(data) {
			if b.Start < last || b.End <= b.Start || b.End > len(data) {
				t.Errorf("yEnc block %+v", b)
			}
			last = b.End
		}
		fail := func(c diag.Code, detail string) { t.Errorf("round trip: %s %s", c, detail) }
		if got := Decode(Base64, AppendBase64(nil, data), fail); !bytes.Equal(got, data) {
			t.Errorf("base64 round trip: %q", got)
		}
		qp := AppendQP(nil, data, QPBinary)
		if got := Decode(QuotedPrintable, qp, fail); !bytes.Equal(got, data) {
			t.Errorf("quoted-printable round trip: %q", got)
		}
		checkQPLines(t, qp)
		text := AppendQP(nil, data, QPText)
		checkQPLines(t, text)
		want := bytes.ReplaceAll(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
		if got := Decode(QuotedPrintable, text, fail); !bytes.Equal(got, want) {
			t.Errorf("quoted-printable text: %q, want %q", got, want)
		}
		var b bytes.Buffer
		w := NewQPWriter(&b, QPText)
		if _, err := io.Copy(w, &pieces{data, bytes.Clone(sizes)}); err != nil {
			t.Fatal(err)
		}
		if w.Close(); !bytes.Equal(b.Bytes(), text) {
			t.Errorf("quoted-printable in pieces: %q, want %q", b.Bytes(), text)
		}
	})
}

func checkQPLines(t *testing.T, b []byte) {
	for line := range bytes.SplitSeq(b, []byte("\r\n")) {
		switch {
		case len(line) > 76:
			t.Errorf("line of %d characters", len(line))
		case bytes.ContainsAny(line, "\r\n"):
			t.Errorf("bare CR or LF: %q", line)
		case bytes.HasSuffix(line, []byte(" ")), bytes.HasSuffix(line, []byte("\t")):
			t.Errorf("white space at the end: %q", line)
		case bytes.HasPrefix(line, []byte("From ")), bytes.HasPrefix(line, []byte(".")):
			t.Errorf("unprotected line: %q", line)
		}
	}
}
