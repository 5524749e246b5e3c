package rtf

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// decompressSimply is the format's description without anything for speed, to compare
// a Decompressor with: contents in one slice, one byte at a time.
func decompressSimply(contents []byte) (out []byte) {
	var ring [ringSize]byte
	pos := copy(ring[:], preset)
	emit := func(b byte) {
		out = append(out, b)
		ring[pos] = b
		pos = (pos + 1) % ringSize
	}
	for i := 0; i < len(contents); {
		control := contents[i]
		i++
		for bit := range 8 {
			if control>>bit&1 == 0 {
				if i >= len(contents) {
					return out
				}
				emit(contents[i])
				i++
				continue
			}
			if i+1 >= len(contents) {
				return out
			}
			r := binary.BigEndian.Uint16(contents[i:])
			i += 2
			from := int(r >> 4)
			if from == pos {
				return out
			}
			for range int(r&15) + 2 {
				emit(ring[from])
				from = (from + 1) % ringSize
			}
		}
	}
	return out
}

func FuzzDecompress(f *testing.F) {
	for _, e := range examples {
		f.Add(unhex(f, e.compressed))
	}
	for _, in := range sampleInputs() {
		c := Compress(in)
		f.Add(c[:min(len(c), 3000)])
	}
	f.Add(stored(18, 6, 0, `{\rtf}`))
	f.Add([]byte(`{\rtf1 raw}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		got, _, err := Decompress(in)
		if err != nil {
			if !errors.Is(err, ErrNotCompressedRTF) {
				t.Fatal(err)
			}
			return
		}
		if len(got) > len(in)*17/2+len(preset) {
			t.Errorf("%d bytes came of %d", len(got), len(in))
		}
		slow, err := io.ReadAll(NewDecompressor(iotest.OneByteReader(bytes.NewReader(in)), nil))
		if err != nil || !bytes.Equal(slow, got) {
			t.Errorf("read byte by byte it is another: %v", err)
		}
		if len(in) >= headerSize && binary.LittleEndian.Uint32(in[8:]) == typeCompressed {
			contents := in[headerSize:]
			if n, ok := parseHeader(in).contents(); ok && n < int64(len(contents)) {
				contents = contents[:n]
			}
			if want := decompressSimply(contents); !bytes.Equal(got, want) {
				t.Errorf("got %q; want %q", got, want)
			}
		}
	})
}

func FuzzCompress(f *testing.F) {
	for _, in := range sampleInputs() {
		f.Add(in[:min(len(in), 3000)], uint8(3))
	}
	f.Fuzz(func(t *testing.T, in []byte, times uint8) {
		in = bytes.Repeat(in, int(times)%40+1)
		c := Compress(in)
		if got := decompressSimply(c[headerSize:]); !bytes.Equal(got, in) {
			t.Errorf("it came back as %q", got)
		}
		if got, diags, err := Decompress(c); err != nil || diags != nil || !bytes.Equal(got, in) {
			t.Errorf("it came back as %q, %v, %v", got, diags, err)
		}
		if len(c) > headerSize+len(in)*9/8+4 {
			t.Errorf("%d bytes take %d", len(in), len(c))
		}
	})
}

func FuzzLexer(f *testing.F) {
	f.Add(`{\rtf1\ansi\ansicpg1252\fromhtml1 {\*\htmltag64 <p>}\'e4\u-10179?\bin3 {}}x}`)
	f.Add("\\\r\n\\'z\\-\\b-5 x\x00\\u99999999999 ")
	f.Fuzz(func(t *testing.T, in string) {
		whole, err := lexed(strings.NewReader(in))
		if err != nil {
			t.Fatal(err)
		}
		single, err := lexed(iotest.OneByteReader(strings.NewReader(in)))
		if err != nil || join(single) != join(whole) {
			t.Errorf("byte by byte it is %q; whole %q", single, whole)
		}
		l := newLexer(strings.NewReader(in))
		var tok token
		for l.next(&tok) == nil {
		}
		if l.steps > int64(2*len(in)+10) {
			t.Errorf("%d steps for %d bytes", l.steps, len(in))
		}
	})
}

func FuzzDecode(f *testing.F) {
	for _, kind := range []string{`\fromhtml1`, `\fromtext`, ``} {
		f.Add(`{\rtf1\ansi\ansicpg932` + kind + `{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}{\f2\fcharset2 Symbol;}{\f3\fcharset134 C;}}` +
			`{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 \'83\'65\f1\'e4\f2 a\f3\'81\'30\'81\'30\u-10179?\u-8694?\par\tab\~{\*\x y}\bin2 xx}}`)
	}
	f.Add(`{\rtf1\fromhtml1{\*\htmltag34 <head><meta charset=koi8-r>}{\upr{x}{\*\ud{\uc2\u8364??}}}\objattph  {\field{\*\fldinst{HYPERLINK "x"}}{\fldrslt y}}`)
	f.Fuzz(func(t *testing.T, in string) {
		doc, err := Decode(context.Background(), strings.NewReader(in), nil)
		if (err != nil) != (KindOf([]byte(in)) == 0) || err != nil && !errors.Is(err, ErrNotRTF) {
			t.Fatal(err)
		}
		if err != nil {
			return
		}
		if !utf8.ValidString(doc.HTML) || !utf8.ValidString(doc.Text) {
			t.Errorf("no UTF-8: %q, %q", doc.HTML, doc.Text)
		}
		if strings.ContainsRune(doc.HTML+doc.Text, 0) {
			t.Error("the output has NULs")
		}
		single, err := Decode(context.Background(), iotest.OneByteReader(strings.NewReader(in)), nil)
		if err != nil || single.HTML != doc.HTML || single.Text != doc.Text {
			t.Errorf("byte by byte: %v; got %q, %q; want %q, %q", err, single.HTML, single.Text, doc.HTML, doc.Text)
		}
	})
}
