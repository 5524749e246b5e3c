package transfer

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
)

// decoded is what a decoder makes of an input.
type decoded struct {
	out  []byte
	told []string
}

func (r *decoded) tell(c diag.Code, detail string) {
	r.told = append(r.told, fmt.Sprint(c, ": ", detail))
}

// decodeSlowly decodes without any of the fast ways: pieces of base64 are too short for
// them.
func decodeSlowly(e Encoding, in []byte) (r decoded) {
	if e == QuotedPrintable {
		d := &qpDecoder{reporter: reporter{report: r.tell}, slowly: true}
		r.out, _ = d.decode(nil, in, true)
		return r
	}
	d := newDecoder(e, r.tell)
	const size = shortestLine * fewLines
	for len(in) > size {
		r.out, _ = d.decode(r.out, in[:size], false)
		in = in[size:]
	}
	r.out, _ = d.decode(r.out, in, true)
	return r
}

// compareWays decodes in each way there is.
func compareWays(t *testing.T, e Encoding, in []byte) {
	t.Helper()
	want := decodeSlowly(e, in)
	for _, way := range []struct {
		name   string
		decode func(Encoding, []byte, Report) []byte
	}{
		{"Decode", Decode},
		{"DecodeInPlace", func(e Encoding, b []byte, r Report) []byte { return DecodeInPlace(e, bytes.Clone(b), r) }},
	} {
		var got decoded
		got.out = way.decode(e, in, got.tell)
		if !bytes.Equal(got.out, want.out) || !slices.Equal(got.told, want.told) {
			t.Fatalf("%s of %q gives\n%q and %q, slowly\n%q and %q", way.name, in, got.out, got.told, want.out, want.told)
		}
	}
}

// inLines cuts b in lines.
func inLines(b []byte, width int, end string) (out []byte) {
	for line := range slices.Chunk(b, width) {
		out = append(append(out, line...), end...)
	}
	return out
}

func TestBase64Lines(t *testing.T) {
	data := []byte(base64.StdEncoding.EncodeToString(pattern(20_000)))
	for _, width := range []int{4, 32, 60, 64, 70, 72, 76, 128, 996, 2000} {
		for _, end := range []string{"\r\n", "\n"} {
			lines := inLines(data, width, end)
			t.Run(fmt.Sprintf("%d %q", width, end), func(t *testing.T) {
				compareWays(t, Base64, lines)
				compareWays(t, Base64, lines[7:])
				compareWays(t, Base64, lines[8:])
				compareWays(t, Base64, lines[:len(lines)-9])
			})
		}
	}
}

// Everything that is not as it should be is found in the middle of lines that are.
func TestBase64LinesDamaged(t *testing.T) {
	good := inLines([]byte(base64.StdEncoding.EncodeToString(pattern(12_000))), lineChars, "\r\n")
	for _, damage := range []string{"*", "==", "=", "QQ==", "QUI=\r\n", " ", "\t", "\r", "\n", "\r\n", "\r\n\r\n", "A", "\x80", "-_", "\x00"} {
		for _, at := range []int{0, 1, 75, 76, 77, 78, 3976, 3977, 4000, 5264, 5270, 5340, 5341, 12_000} {
			inserted := slices.Insert(bytes.Clone(good), at, []byte(damage)...)
			replaced := bytes.Clone(good)
			copy(replaced[at:], damage)
			t.Run(fmt.Sprintf("%q at %d", damage, at), func(t *testing.T) {
				compareWays(t, Base64, inserted)
				compareWays(t, Base64, replaced)
			})
		}
	}
}

// Vector instructions store more than they decode, which must stay within the result.
func TestBase64LinesStayWithin(t *testing.T) {
	in := inLines([]byte(base64.StdEncoding.EncodeToString(pattern(9_000))), lineChars, "\r\n")
	for n := range 200 {
		d := &base64Decoder{}
		whole := bytes.Repeat([]byte{0xAA}, len(in))
		room := len(in)/4*3 + 8
		src := in[:len(in)-n]
		out, _ := d.decode(whole[:0:room], src, true)
		if &out[0] != &whole[0] {
			t.Fatalf("%d: a larger buffer was taken", n)
		}
		if rest := whole[room:]; bytes.Count(rest, []byte{0xAA}) != len(rest) {
			t.Fatalf("%d: bytes behind the buffer were changed", n)
		}
	}
}

func TestDecodeRun(t *testing.T) {
	if !vectors {
		t.Skip("not used without vector instructions")
	}
	good := base64.StdEncoding.EncodeToString(pattern(300))
	for n := range len(good) {
		dst := make([]byte, n/4*3)
		if got := decodeRun(dst, []byte(good[:n])); got != (n%4 == 0) {
			t.Errorf("%d characters: %v", n, got)
		} else if got && !bytes.Equal(dst, pattern(n/4*3)) {
			t.Errorf("%d characters give %q", n, dst)
		}
		for _, bad := range []string{"*", "=", "\n", "\x80", "\r\n\r\n", "QQ==", "-"} {
			if in := good[:n/4*4] + bad + good[:(8-len(bad))%4] + good; decodeRun(make([]byte, len(in)/4*3), []byte(in)) {
				t.Errorf("%q after %d characters is taken", bad, n/4*4)
			}
		}
	}
}

// A small part needs no memory but that of the result.
func TestFewLinesAllocate(t *testing.T) {
	in := wrapped(pattern(5 * lineBytes))
	if n := testing.AllocsPerRun(10, func() { Decode(Base64, in, nil) }); n > 2 {
		t.Errorf("%.0f allocations", n)
	}
}

func TestAppendBase64(t *testing.T) {
	data := pattern(3 * linesAtOnce * lineBytes)
	for _, n := range []int{0, 1, 2, 3, 27, 28, 29, 56, 57, 58, 113, 114, 115, linesAtOnce*lineBytes - 1, linesAtOnce * lineBytes, linesAtOnce*lineBytes + 1, len(data) - 1} {
		var want []byte
		for line := range slices.Chunk(data[:n], lineBytes) {
			want = append(base64.StdEncoding.AppendEncode(want, line), "\r\n"...)
		}
		got := AppendBase64([]byte("before"), data[:n])
		if d := cmp.Diff("before"+string(want), string(got)); d != "" {
			t.Errorf("%d bytes (-want +got):\n%s", n, d)
		}
	}
}

// Both ways to encode a run, whatever the processor has.
func TestEncodeRun(t *testing.T) {
	data := pattern(300)
	for n := range len(data) {
		want := base64.StdEncoding.EncodeToString(data[:n])
		for name, encode := range map[string]func(dst, src []byte){"run": encodeRun, "pairs": encodePairs} {
			got := bytes.Repeat([]byte{0xAA}, len(want)+64)
			encode(got[:len(want)], data[:n])
			if string(got[:len(want)]) != want || !bytes.Equal(got[len(want):], bytes.Repeat([]byte{0xAA}, 64)) {
				t.Errorf("%s of %d bytes: %q", name, n, got)
			}
		}
	}
}

// qpPieces are what quoted-printable and text to be put in it consist of.
var qpPieces = []string{"a", " ", "\t", "\r", "\n", "\r\n", "=", "=41", "=c3", "=\r\n", "=\n", "= \r\n", "=4", "ü", "F", "From ", "."}

// forQPPieces calls f with every sequence of four pieces within text.
func forQPPieces(f func(s string)) {
	n := len(qpPieces)
	for i := range n * n * n * n {
		s := qpPieces[i%n] + qpPieces[i/n%n] + qpPieces[i/n/n%n] + qpPieces[i/n/n/n]
		f("=C3=A4=C3=B6text " + s + "the rest of a line that is long enough")
	}
}

func TestQPRegular(t *testing.T) {
	forQPPieces(func(s string) { compareWays(t, QuotedPrintable, []byte(s)) })
}

// A reader may cut a run of blanks that is too long to be padding.
func TestQPRegularAfterLongBlanks(t *testing.T) {
	in := strings.Repeat(" ", 2*maxBlanks) + "text that is long enough   \r\nand the rest of it"
	for _, at := range []int{maxBlanks + 50, 2*maxBlanks - 1, 2 * maxBlanks} {
		d := &qpDecoder{}
		out, used := d.decode(nil, []byte(in[:at]), false)
		out, _ = d.decode(out, []byte(in[used:]), true)
		if d := cmp.Diff(strings.Replace(in, "   \r\n", "\r\n", 1), string(out)); d != "" {
			t.Errorf("cut at %d (-want +got):\n%s", at, d)
		}
	}
}

func TestDecodeInPlace(t *testing.T) {
	in := []byte("Gr=C3=BC=C3=9Fe and more text of some length\r\n")
	out := DecodeInPlace(QuotedPrintable, in, nil)
	if string(out) != "Grüße and more text of some length\r\n" {
		t.Errorf("%q", out)
	}
	if &out[0] != &in[0] {
		t.Error("memory was taken")
	}
}

// appendSlowly is AppendQP byte by byte.
func appendSlowly(src []byte, mode QPMode) []byte {
	e := qpEncoder{mode: mode}
	for _, c := range src {
		e.byte(c)
	}
	e.finish()
	return e.out
}

func compareQPEncoders(t *testing.T, src []byte) {
	t.Helper()
	for _, mode := range []QPMode{QPText, QPBinary} {
		want := appendSlowly(src, mode)
		for _, room := range []int{0, len(want) + 16} {
			if got := AppendQP(make([]byte, 0, room), src, mode); !bytes.Equal(got, want) {
				t.Fatalf("mode %d, room %d: %q gives %q, slowly %q", mode, room, src, got, want)
			}
		}
	}
}

func TestQPEncoderRegular(t *testing.T) {
	forQPPieces(func(s string) {
		compareQPEncoders(t, []byte(s))
		compareQPEncoders(t, []byte(strings.Repeat("x", 40)+s))
	})
}

// FuzzFastWays holds the fast ways against the slow ones. text is put in lines, in which
// damage replaces what stands at a place.
func FuzzFastWays(f *testing.F) {
	f.Add(pattern(3000), uint16(76), true, []byte("*"), uint16(999))
	f.Add(pattern(1000), uint16(64), false, []byte("==\r\nQUJD"), uint16(128))
	f.Add([]byte("caf\xc3\xa9 =\r\nFrom me \r\n.\r\n"), uint16(20), true, []byte(" =\n"), uint16(9))
	f.Fuzz(func(t *testing.T, data []byte, width uint16, crlf bool, damage []byte, at uint16) {
		end := "\n"
		if crlf {
			end = "\r\n"
		}
		compareQPEncoders(t, data)
		for e, text := range map[Encoding][]byte{
			Base64:          []byte(base64.StdEncoding.EncodeToString(data)),
			QuotedPrintable: AppendQP(nil, data, QPText),
		} {
			lines := inLines(text, int(width)%1100+1, end)
			compareWays(t, e, lines)
			if len(lines) > 0 {
				copy(lines[int(at)%len(lines):], damage)
				compareWays(t, e, lines)
			}
		}
	})
}
