package macfile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

var letter = File{Name: "Brief für Ann", Type: [4]byte{'T', 'E', 'X', 'T'}, Creator: [4]byte{'t', 't', 'x', 't'}, Flags: 0x0100}

func TestCRC16(t *testing.T) {
	// The check value of CRC-16/XMODEM.
	if got := crc16(0, []byte("123456789")); got != 0x31C3 {
		t.Errorf("crc16 = %#04x; want 0x31C3", got)
	}
}

func TestMacBinaryRoundTrip(t *testing.T) {
	f := letter
	f.Created, f.Modified = 3000000000, 3000000001
	h, ok := f.MacBinary(5, 3)
	if !ok || len(h) != 128 {
		t.Fatalf("a header of %d bytes, %v", len(h), ok)
	}
	whole := string(h) + "hello" + strings.Repeat("\x00", 123) + "rsc" + strings.Repeat("\x00", 125)
	got, err := ParseMacBinary(strings.NewReader(whole), int64(len(whole)))
	if err != nil {
		t.Fatal(err)
	}
	f.Data, f.Resource = Fork{128, 5}, Fork{256, 3}
	if diff := cmp.Diff(f, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for i := range h {
		bad := []byte(whole)
		bad[i] ^= 0x55
		if g, err := ParseMacBinary(bytes.NewReader(bad), int64(len(bad))); err == nil && i < 124 {
			t.Errorf("byte %d changed: read as %+v; want a refusal, by the checksum at the latest", i, g)
		}
	}
}

func TestMacBinaryRefusesHugeForks(t *testing.T) {
	if _, ok := letter.MacBinary(1<<31, 0); ok {
		t.Error("a data fork of 2 GiB has a header")
	}
	if _, ok := letter.MacBinary(0, 1<<31); ok {
		t.Error("a resource fork of 2 GiB has a header")
	}
}

func TestMacBinaryNames(t *testing.T) {
	for name, want := range map[string]string{
		"":                       "untitled",
		"a:b":                    "a_b",
		"日本":                     "__",
		strings.Repeat("x", 100): strings.Repeat("x", 63),
	} {
		f := File{Name: name}
		h, _ := f.MacBinary(1, 0)
		if got := string(h[2 : 2+h[1]]); got != want {
			t.Errorf("%q becomes %q; want %q", name, got, want)
		}
	}
}

// apple makes an Apple file of entries.
func apple(magic uint32, entries map[uint32]string) []byte {
	b := binary.BigEndian.AppendUint32(nil, magic)
	b = binary.BigEndian.AppendUint32(b, 0x00020000)
	b = append(b, make([]byte, 16)...)
	b = binary.BigEndian.AppendUint16(b, uint16(len(entries)))
	off := uint32(len(b) + 12*len(entries))
	var data []byte
	for id, s := range entries {
		b = binary.BigEndian.AppendUint32(b, id)
		b = binary.BigEndian.AppendUint32(b, off+uint32(len(data)))
		b = binary.BigEndian.AppendUint32(b, uint32(len(s)))
		data = append(data, s...)
	}
	return append(b, data...)
}

func TestParseApple(t *testing.T) {
	finder := "TEXTttxt\x01\x00" + strings.Repeat("\x00", 22)
	entries := map[uint32]string{1: "data", 2: "resource", 3: "Brief f\x9fr Ann", 8: "\x00\x00\x00\x01\x80\x00\x00\x00", 9: finder}
	b := apple(magicSingle, entries)
	f, double, err := ParseApple(bytes.NewReader(b), int64(len(b)))
	if err != nil || double {
		t.Fatal(double, err)
	}
	for want, at := range map[string]Fork{"data": f.Data, "resource": f.Resource} {
		if got := string(b[at.Off : at.Off+at.Len]); got != want {
			t.Errorf("a fork is %q; want %q", got, want)
		}
	}
	f.Data, f.Resource = Fork{}, Fork{}
	want := letter
	want.Created = y2kToMac + 1
	if diff := cmp.Diff(want, f); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if _, double, err := ParseApple(bytes.NewReader(apple(magicDouble, entries)), int64(len(b))); err != nil || !double {
		t.Errorf("the header of an AppleDouble: %v, %v", double, err)
	}
	for n := range b {
		if _, _, err := ParseApple(bytes.NewReader(b[:n]), int64(n)); !errors.Is(err, ErrInvalid) {
			t.Fatalf("cut to %d bytes: %v; want ErrInvalid", n, err)
		}
	}
}

func TestAppleDoubleRoundTrip(t *testing.T) {
	f := letter
	f.Name, f.Resource.Len = "", 3
	b := append(f.AppleDouble(), "rsc"...)
	got, double, err := ParseApple(bytes.NewReader(b), int64(len(b)))
	if err != nil || !double || string(b[got.Resource.Off:]) != "rsc" {
		t.Fatal(got, double, err)
	}
	got.Resource.Off = 0
	if diff := cmp.Diff(f, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// binHex encodes the decoded form of a BinHex file, runs and all.
func binHex(b []byte) string {
	var runs []byte
	for i := 0; i < len(b); {
		n := 1
		for i+n < len(b) && b[i+n] == b[i] && n < 255 {
			n++
		}
		one := []byte{b[i]}
		if b[i] == repeat {
			one = []byte{repeat, 0}
		}
		if n > 3 {
			runs = append(append(runs, one...), repeat, byte(n))
		} else {
			runs = append(runs, bytes.Repeat(one, n)...)
		}
		i += n
	}
	var out strings.Builder
	out.WriteString("preamble\r\n(This file must be converted with BinHex 4.0)\r\n\r\n:")
	acc, bits, col := uint32(0), 0, 1
	put := func(v uint32) {
		if col == 64 {
			out.WriteString("\r\n")
			col = 0
		}
		out.WriteByte(binHexAlphabet[v&0x3F])
		col++
	}
	for _, c := range runs {
		acc, bits = acc<<8|uint32(c), bits+8
		for bits >= 6 {
			bits -= 6
			put(acc >> bits)
		}
	}
	if bits > 0 {
		put(acc << (6 - bits))
	}
	return out.String() + ":\r\n"
}

func binHexFile(data, resource string) []byte {
	h := append([]byte{byte(len("Read Me"))}, "Read Me\x00TEXTttxt\x01\x00"...)
	h = binary.BigEndian.AppendUint32(h, uint32(len(data)))
	h = binary.BigEndian.AppendUint32(h, uint32(len(resource)))
	h = binary.BigEndian.AppendUint16(h, crc16(0, h))
	h = append(h, data...)
	h = binary.BigEndian.AppendUint16(h, crc16(0, []byte(data)))
	h = append(h, resource...)
	return binary.BigEndian.AppendUint16(h, crc16(0, []byte(resource)))
}

func TestBinHex(t *testing.T) {
	data := "text" + strings.Repeat("a", 1000) + "\x90\x90\x90\x90\x90" + strings.Repeat("\x00", 300) + "end"
	text := binHex(binHexFile(data, "resource"))
	decoded, err := io.ReadAll(NewBinHexReader(iotest.OneByteReader(strings.NewReader(text))))
	if err != nil {
		t.Fatal(err)
	}
	f, err := ParseBinHex(bytes.NewReader(decoded), int64(len(decoded)))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(decoded[f.Data.Off : f.Data.Off+f.Data.Len]); got != data {
		t.Errorf("the data fork is %q", got)
	}
	if got := string(decoded[f.Resource.Off : f.Resource.Off+f.Resource.Len]); got != "resource" {
		t.Errorf("the resource fork is %q", got)
	}
	if f.Name != "Read Me" || string(f.Codes()) != ":ttxt:TEXT" || f.Flags != 0x0100 {
		t.Errorf("%+v", f)
	}
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"broken off":       {text[:len(text)-10], io.ErrUnexpectedEOF},
		"no mark":          {"just text\r\n:abc:", ErrInvalid},
		"no data":          {"(This file must be converted with BinHex 4.0)\r\n\r\n", ErrInvalid},
		"other characters": {"(This file must be converted with BinHex 4.0)\r\n:~~~~:", ErrInvalid},
	} {
		if _, err := io.ReadAll(NewBinHexReader(strings.NewReader(c.text))); !errors.Is(err, c.want) {
			t.Errorf("%s: %v; want %v", name, err, c.want)
		}
	}
	for name, other := range map[string]string{
		"IN-ATT-030 line ends of CR":  strings.ReplaceAll(text, "\r\n", "\r"),
		"IN-ATT-030 line ends of LF":  strings.ReplaceAll(text, "\r\n", "\n"),
		"IN-ATT-030 mark begun twice": strings.Replace(text, "must", "must be must", 1),
	} {
		if got, err := io.ReadAll(NewBinHexReader(strings.NewReader(other))); err != nil || !bytes.Equal(got, decoded) {
			t.Errorf("%s: %d bytes, %v; want %d", name, len(got), err, len(decoded))
		}
	}
	for n := range len(decoded) - 2 {
		if _, err := ParseBinHex(bytes.NewReader(decoded[:n]), int64(n)); !errors.Is(err, ErrInvalid) {
			t.Fatalf("cut to %d bytes: %v; want ErrInvalid", n, err)
		}
	}
}

func FuzzMacintosh(f *testing.F) {
	f.Add([]byte(binHex(binHexFile("data", "resource"))))
	f.Add(apple(magicSingle, map[uint32]string{1: "data", 9: strings.Repeat("x", 32)}))
	h, _ := letter.MacBinary(1, 1)
	f.Add(append(h, make([]byte, 256)...))
	f.Fuzz(func(t *testing.T, b []byte) {
		inside := func(f File, size int64) {
			for _, fork := range []Fork{f.Data, f.Resource} {
				if fork.Len > 0 && (fork.Off < 0 || fork.Off+fork.Len > size) {
					t.Fatalf("a fork at %+v of %d bytes", fork, size)
				}
			}
		}
		size := int64(len(b))
		if f, _, err := ParseApple(bytes.NewReader(b), size); err == nil {
			inside(f, size)
		}
		if f, err := ParseMacBinary(bytes.NewReader(b), size); err == nil {
			inside(f, size)
		}
		decoded, _ := io.ReadAll(NewBinHexReader(bytes.NewReader(b)))
		if len(decoded) > 255*len(b) {
			t.Fatalf("%d bytes become %d", len(b), len(decoded))
		}
		if f, err := ParseBinHex(bytes.NewReader(decoded), int64(len(decoded))); err == nil {
			inside(f, int64(len(decoded)))
		}
	})
}
