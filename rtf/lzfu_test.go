package rtf

import (
	"bytes"
	"hash/crc32"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// unhex turns hexadecimal digits into bytes; blanks are for the reader.
func unhex(t testing.TB, s string) []byte {
	t.Helper()
	var b []byte
	s = strings.ReplaceAll(s, " ", "")
	for i := 0; i+1 < len(s); i += 2 {
		hi, lo := hexValue[s[i]], hexValue[s[i+1]]
		if hi == 0 || lo == 0 {
			t.Fatalf("bad hex %q", s[i:i+2])
		}
		b = append(b, (hi-1)<<4|(lo-1))
	}
	return b
}

// examples are short texts and how they may be compressed.
var examples = []struct{ name, rtf, compressed string }{
	{"only the preset", `{\rtf1}`, `12000000 07000000 4c5a4675 f2e29a7b 05 0004 7d 0d60`},
	{"overlap", `{\rtf1 WXYZWXYZWXYZWXYZWXYZ}`, `1a000000 1c000000 4c5a4675 e2d44b51 41 0004 20 57 58 59 5a 0d6e 7d 01 0eb0`},
	{"words of the preset", "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
		`2d000000 2b000000 4c5a4675 452de398 03 000a 0d62 63 70 67 31 32 35 42 32 0af3 20 68 65 6c 0900 20 62 77 0910 6c 64 7d 0a80 0fa0`},
}

func TestRTF_C_001_Examples(t *testing.T) {
	for _, e := range examples {
		t.Run(e.name, func(t *testing.T) {
			got, diags, err := Decompress(unhex(t, e.compressed))
			if err != nil || diags != nil {
				t.Errorf("diagnostics %v, error %v", diags, err)
			}
			if diff := cmp.Diff(e.rtf, string(got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestRTF_C_002_Preset(t *testing.T) {
	if len(preset) != 207 {
		t.Errorf("the preset has %d bytes; want 207", len(preset))
	}
	if got := crc32.ChecksumIEEE([]byte(preset)); got != 0x2E98875B {
		t.Errorf("its CRC-32 is %08X", got)
	}
	if got := updateCRC(0, []byte(preset)); got != 0x06F44644 {
		t.Errorf("its checksum of the format is %08X", got)
	}
}

func TestRTF_C_003_Checksum(t *testing.T) {
	if got := updateCRC(0, []byte("123456789")); got != 0x2DFD2D88 {
		t.Errorf("got %08X", got)
	}
	if got := updateCRC(updateCRC(0, []byte("1234")), []byte("56789")); got != 0x2DFD2D88 {
		t.Errorf("in two pieces: got %08X", got)
	}
}

// sampleInputs are what compression is tried on.
func sampleInputs() map[string][]byte {
	random := make([]byte, 200_000)
	rand.NewChaCha8([32]byte{1}).Read(random)
	var all []byte
	for i := range 256 {
		all = append(all, byte(i))
	}
	var words bytes.Buffer
	words.WriteString(preset)
	for i := 0; words.Len() < 300_000; i++ {
		words.WriteString([]string{`\par `, `{\*\htmltag64 <p>}`, "\r\n", `\f0\fs20 `, "some text ", `\'e4`}[int(random[i])%6])
		if random[i] > 200 {
			words.Write(random[i*4 : i*4+int(random[i]%19)])
		}
	}
	return map[string][]byte{
		"RTF-C-004 nothing":                nil,
		"RTF-C-004 one byte":               {'x'},
		"RTF-C-004 two bytes":              []byte(`{\`),
		"RTF-C-004 5000 times a":           bytes.Repeat([]byte("a"), 5000),
		"RTF-C-004 NULs":                   make([]byte, 5000),
		"RTF-C-004 every byte":             bytes.Repeat(all, 3),
		"RTF-C-004 random":                 random,
		"RTF-C-004 random, halves":         append(random[:3000:3000], random[:3000]...),
		"RTF-C-004 the preset":             []byte(preset),
		"RTF-C-011 text beyond the ring":   words.Bytes(),
		"RTF-C-011 the ring's size":        random[:ringSize],
		"RTF-C-011 period of 4095 bytes":   bytes.Repeat(random[:ringSize-1], 5),
		"RTF-C-011 period of 4096 bytes":   bytes.Repeat(random[:ringSize], 5),
		"RTF-C-011 more than the encoder":  random[:encodeWindow+1],
		"RTF-C-010 runs of every length":   runs(40),
		"RTF-C-010 pairs that repeat 'ab'": bytes.Repeat([]byte("ab"), 2000),
	}
}

// runs returns runs of 1 to n equal bytes.
func runs(n int) (b []byte) {
	for i := 1; i <= n; i++ {
		b = append(append(b, bytes.Repeat([]byte{'a' + byte(i%3)}, i)...), byte(i))
	}
	return b
}

func TestRTF_C_004_RoundTrip(t *testing.T) {
	for name, in := range sampleInputs() {
		t.Run(name, func(t *testing.T) {
			got, diags, err := Decompress(Compress(in))
			if err != nil || diags != nil {
				t.Errorf("diagnostics %v, error %v", diags, err)
			}
			if !bytes.Equal(got, in) {
				t.Errorf("%d bytes came back as %d others", len(in), len(got))
			}
		})
	}
}

// TestRTF_C_005_EndMarker reads the tokens by rules of its own, and sees that none but
// the last one refers to the place that is written next.
func TestRTF_C_005_EndMarker(t *testing.T) {
	for name, in := range sampleInputs() {
		t.Run(name, func(t *testing.T) {
			c := Compress(in)[headerSize:]
			place, matches := len(preset), 0
			for len(c) > 0 {
				control := c[0]
				c = c[1:]
				for bit := 0; bit < 8 && len(c) > 0; bit++ {
					if control>>bit&1 == 0 {
						place++
						c = c[1:]
						continue
					}
					offset, length := int(c[0])<<4|int(c[1])>>4, int(c[1]&15)+2
					c = c[2:]
					if offset == place%ringSize {
						if len(c) != 0 || length != 2 {
							t.Fatalf("end marker of length %d before %d more bytes", length, len(c))
						}
						if place-len(preset) != len(in) {
							t.Errorf("end marker after %d of %d bytes", place-len(preset), len(in))
						}
						if control>>bit != 1 {
							t.Errorf("bits behind the end marker: %08b", control)
						}
						return
					}
					place += length
					matches++
				}
			}
			t.Errorf("no end marker; %d references", matches)
		})
	}
}

func TestRTF_C_004_MatchesAreUsed(t *testing.T) {
	for _, c := range []struct {
		name string
		in   []byte
		max  int // bytes of the whole
	}{
		{"17 at a time", bytes.Repeat([]byte("a"), 1701), headerSize + 2 + 100*17/8 + 5},
		{"from the preset", []byte(preset), headerSize + 32},
		{"farthest place", bytes.Repeat(sampleInputs()["RTF-C-004 random"][:ringSize-1], 2), headerSize + 4096*9/8 + 4096/17*17/8 + 64},
		{"pairs", []byte("{\\rtf1 qz 1qz 2qz 3qz }"), headerSize + 23},
	} {
		t.Run(c.name, func(t *testing.T) {
			if n := len(Compress(c.in)); n > c.max {
				t.Errorf("%d bytes take %d; want at most %d", len(c.in), n, c.max)
			}
		})
	}
}
