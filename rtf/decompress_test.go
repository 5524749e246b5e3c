package rtf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/contentconv/contentconv/diag"
	"github.com/google/go-cmp/cmp"
)

// codes returns the codes of diagnostics, in order.
func codes(diags []diag.Diagnostic) []diag.Code {
	var out []diag.Code
	for _, d := range diags {
		out = append(out, d.Code)
	}
	return out
}

// stored returns contents that are not compressed, under a header.
func stored(compSize, rawSize, crc uint32, contents string) []byte {
	return append(lzHeader{compSize, rawSize, typeStored, crc}.append(nil), contents...)
}

// compressed returns contents under a header that fits them, save for the raw size.
func compressed(rawSize uint32, contents []byte) []byte {
	h := lzHeader{uint32(len(contents)) + sizeOverhead, rawSize, typeCompressed, updateCRC(0, contents)}
	return append(h.append(nil), contents...)
}

// set returns b with a 32-bit number changed.
func set(b []byte, at int, v uint32) []byte {
	b = bytes.Clone(b)
	binary.LittleEndian.PutUint32(b[at:], v)
	return b
}

func TestDecompressDamage(t *testing.T) {
	const (
		damaged   = diag.RTFCompressionDamaged
		truncated = diag.RTFTruncated
	)
	example := unhex(t, examples[2].compressed)
	rtf := examples[2].rtf
	overlap := unhex(t, examples[1].compressed)
	for _, c := range []struct {
		name  string
		in    []byte
		want  string
		diags []diag.Code
	}{
		{"RTF-C-006 no end marker, all there", compressed(1, []byte{0, 'x'}), "x", []diag.Code{damaged}},
		{"RTF-C-006 no end marker, some missing", compressed(9, []byte{0, 'x'}), "x", []diag.Code{truncated, damaged}},
		{"RTF-C-006 truncated in a reference", overlap[:len(overlap)-5], `{\rtf1 WXYZ`, []diag.Code{truncated, damaged}},
		{"RTF-C-006 truncated in a literal", example[:22], `{\rtf1\ansi\ansic`, []diag.Code{truncated, damaged}},
		{"RTF-C-006 truncated after a control byte", example[:17], "", []diag.Code{truncated, damaged}},
		{"RTF-C-006 only the header", example[:16], "", []diag.Code{truncated, damaged}},
		{"RTF-C-007 wrong checksum", set(example, 12, 1), rtf, []diag.Code{damaged}},
		{"RTF-C-007 flipped byte", append(bytes.Clone(example[:22]), append([]byte{'P'}, example[23:]...)...),
			strings.Replace(rtf, "cpg", "cPg", 1), []diag.Code{damaged}},
		{"RTF-C-008 stored", stored(18, 6, 0, "{\\rtf}"), `{\rtf}`, nil},
		{"RTF-C-008 stored with a checksum", stored(18, 6, 77, "{\\rtf}"), `{\rtf}`, nil},
		{"RTF-C-008 stored, raw size too small", stored(18, 4, 0, "{\\rtf}"), `{\rt`, []diag.Code{damaged}},
		{"RTF-C-008 stored, raw size too large", stored(18, 99, 0, "{\\rtf}"), `{\rtf}`, []diag.Code{damaged}},
		{"RTF-C-008 stored, compressed size too small", stored(16, 6, 0, "{\\rtf}"), `{\rtf}`, []diag.Code{damaged}},
		{"RTF-C-008 stored, header not counted", stored(6, 6, 0, "{\\rtf}"), `{\rtf}`, []diag.Code{damaged, damaged}},
		{"RTF-C-008 stored, padding behind", stored(22, 6, 0, "{\\rtf}\x00\x00\x00\x00"), `{\rtf}`, []diag.Code{damaged}},
		{"RTF-C-008 stored, raw size 0", stored(18, 0, 0, "{\\rtf}"), `{\rtf}`, nil},
		{"RTF-C-008 stored, raw size 0xFFFFFFFF", stored(18, 0xFFFFFFFF, 0, "{\\rtf}"), `{\rtf}`, []diag.Code{damaged}},
		{"RTF-C-008 stored, cut", stored(18, 6, 0, "{\\rt"), `{\rt`, []diag.Code{truncated}},
		{"RTF-C-008 stored, both too large", stored(1000, 988, 0, "{\\rtf}"), `{\rtf}`, []diag.Code{truncated}},
		{"RTF-C-008 stored, without sizes", stored(0, 0, 0, "{\\rtf}"), `{\rtf}`, []diag.Code{damaged}},
		{"RTF-C-009 raw size 0xFFFFFFFF", set(example, 4, 0xFFFFFFFF), rtf, []diag.Code{damaged}},
		{"RTF-C-009 raw size 0", set(example, 4, 0), rtf, []diag.Code{damaged}},
		{"compressed size 0", set(example, 0, 0), rtf, []diag.Code{damaged}},
		{"compressed size too large", set(example, 0, 0xFFFFFFFF), rtf, []diag.Code{damaged}},
		{"compressed size too small", set(example, 0, 12+6), `{\rtf1\ansi\ansic`, []diag.Code{truncated, damaged, damaged}},
		{"bytes behind the compressed size", append(bytes.Clone(example), "junk"...), rtf, nil},
		{"RTF-C-001 padding behind the end marker", compressed(1, []byte{2, 'x', 0x0D, 0x00, 'j', 'u', 'n', 'k'}), "x", nil},
		{"end marker with another length", compressed(1, []byte{2, 'x', 0x0D, 0x0F}), "x", nil},
		{"RTF-C-010 overlap of one byte", compressed(18, []byte{6, 'x', 0x0C, 0xFF, 0x0E, 0x10}), strings.Repeat("x", 18), nil},
		{"reference to zeros", compressed(3, []byte{3, 0xFF, 0x01, 0x0D, 0x20}), "\x00\x00\x00", nil},
		{"RTF-C-011 reference across the ring's end", compressed(4, []byte{3, 0xFF, 0xE2, 0x0D, 0x30}), "\x00\x00{\\", nil},
		{"RTF-C-012 RTF without a header", []byte(`{\rtf1 text that is longer than a header}`), `{\rtf1 text that is longer than a header}`, []diag.Code{damaged}},
		{"RTF-C-012 RTF shorter than a header", []byte(`{\rtf1}`), `{\rtf1}`, []diag.Code{damaged}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, diags, err := Decompress(c.in)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, string(got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if diff := cmp.Diff(c.diags, codes(diags)); diff != "" {
				t.Errorf("diagnostics: -want +got:\n%s\n%v", diff, diags)
			}
		})
	}
}

const rtf1WXYZ = `{\rtf1 WXYZWXYZWXYZWXYZWXYZ}`

func TestRTF_C_012_NoRTFAtAll(t *testing.T) {
	for _, in := range []string{"", "{", "no RTF", "longer than the header, but no RTF", strings.Repeat("\x00", 100)} {
		if got, _, err := Decompress([]byte(in)); !errors.Is(err, ErrNotCompressedRTF) || got != nil {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}

func TestRTF_C_009_NoAllocationByRawSize(t *testing.T) {
	for _, h := range []lzHeader{{0xFFFFFFFF, 0xFFFFFFFF, typeCompressed, 0}, {0xFFFFFFFF, 0xFFFFFFFF, typeStored, 0}} {
		in := h.append(nil)
		n := allocated(func() {
			if _, _, err := Decompress(in); err != nil {
				t.Fatal(err)
			}
		})
		if n > 200<<10 {
			t.Errorf("%d bytes were allocated for a header alone", n)
		}
	}
}

// allocated returns how many bytes f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestDecompressorInPieces(t *testing.T) {
	for name, in := range sampleInputs() {
		t.Run(name, func(t *testing.T) {
			if len(in) > 20_000 {
				in = in[:20_000]
			}
			for _, wrap := range []func(io.Reader) io.Reader{iotest.OneByteReader, iotest.HalfReader, iotest.DataErrReader} {
				d := NewDecompressor(wrap(bytes.NewReader(Compress(in))), nil)
				got, err := io.ReadAll(iotest.OneByteReader(d))
				if err != nil || !bytes.Equal(got, in) || d.Diagnostics() != nil {
					t.Fatalf("%d of %d bytes, error %v, %v", len(got), len(in), err, d.Diagnostics())
				}
			}
		})
	}
}

func TestDecompressorReadsNoFurther(t *testing.T) {
	c := Compress([]byte(rtf1WXYZ))
	src := bytes.NewReader(append(c, "next"...))
	if _, err := io.ReadAll(NewDecompressor(src, nil)); err != nil {
		t.Fatal(err)
	}
	if rest, _ := io.ReadAll(src); string(rest) != "next" {
		t.Errorf("%q is left; want %q", rest, "next")
	}
}

func TestDecompressorErrors(t *testing.T) {
	broken := errors.New("broken")
	in := sampleInputs()["RTF-C-011 text beyond the ring"]
	c := Compress(in)
	t.Run("of the reader", func(t *testing.T) {
		for _, n := range []int{0, 3, 16, 17, 1000, len(c) - 1} {
			d := NewDecompressor(io.MultiReader(bytes.NewReader(c[:n]), iotest.ErrReader(broken)), nil)
			got, err := io.ReadAll(d)
			if !errors.Is(err, broken) || !bytes.HasPrefix(in, got) {
				t.Errorf("after %d bytes: %d bytes, %v", n, len(got), err)
			}
			if n == 1000 && len(got) < 2000 {
				t.Errorf("of 1000 bytes only %d were decoded", len(got))
			}
		}
	})
	t.Run("no progress", func(t *testing.T) {
		d := NewDecompressor(io.MultiReader(bytes.NewReader(c[:100]), stuckReader{}), nil)
		if _, err := io.ReadAll(d); !errors.Is(err, io.ErrNoProgress) {
			t.Error(err)
		}
	})
	t.Run("limit", func(t *testing.T) {
		for _, limit := range []int64{1, 1000, 100_000, int64(len(in)) - 1, int64(len(in))} {
			got, err := io.ReadAll(NewDecompressor(bytes.NewReader(c), &DecompressOptions{MaxOutput: limit}))
			le := (*LimitError)(nil)
			if want := limit < int64(len(in)); errors.As(err, &le) != want || want && le.Limit != limit {
				t.Errorf("limit %d: %v", limit, err)
			}
			if !bytes.Equal(got, in[:limit]) {
				t.Errorf("limit %d: %d bytes", limit, len(got))
			}
		}
	})
}

// A stuckReader returns neither data nor an error.
type stuckReader struct{}

func (stuckReader) Read([]byte) (int, error) { return 0, nil }
