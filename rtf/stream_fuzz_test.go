package rtf

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// FuzzCompressStreams holds the two compressors of streams to the one of bytes.
func FuzzCompressStreams(f *testing.F) {
	for _, in := range sampleInputs() {
		f.Add(in[:min(len(in), 3000)], uint8(2))
	}
	f.Fuzz(func(t *testing.T, in []byte, times uint8) {
		in = bytes.Repeat(in, int(times)%30+1)
		want := Compress(in)
		var out bytes.Buffer
		n, err := CompressTo(&out, func() (io.ReadCloser, error) { return io.NopCloser(iotest.HalfReader(bytes.NewReader(in))), nil })
		if err != nil || n != int64(out.Len()) || !bytes.Equal(out.Bytes(), want) {
			t.Errorf("CompressTo: %d bytes, %v; %x, not %x", n, err, out.Bytes(), want)
		}
		file, err := os.CreateTemp(t.TempDir(), "")
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		c := NewCompressor(file)
		for part := in; len(part) > 0; {
			k := len(part)/2 + 1
			if _, err := c.Write(part[:k]); err != nil {
				t.Fatal(err)
			}
			part = part[k:]
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(file.Name()); err != nil || !bytes.Equal(got, want) {
			t.Errorf("Compressor: %v; %x, not %x", err, got, want)
		}
	})
}

// FuzzDecodeCompressed holds the reader of compressed RTF to the two steps that it
// stands for.
func FuzzDecodeCompressed(f *testing.F) {
	f.Add(Compress([]byte(`{\rtf1\ansi\fromhtml1{\*\htmltag64 <p>}x\u8364?\'e4}`)))
	f.Add(Compress([]byte(`{\rtf1 plain {\b x}}`))[:20])
	f.Add(stored(18, 6, 0, `{\rtf}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		got, err := DecodeCompressed(context.Background(), bytes.NewReader(in), nil)
		plain, said, err2 := Decompress(in)
		if err2 != nil {
			if !errors.Is(err, ErrNotCompressedRTF) {
				t.Errorf("%v, where Decompress says %v", err, err2)
			}
			return
		}
		want, err2 := Decode(context.Background(), bytes.NewReader(plain), nil)
		if (err == nil) != (err2 == nil) {
			t.Fatalf("%v, where Decode says %v", err, err2)
		}
		if err != nil {
			return
		}
		want.Diagnostics = append(said, want.Diagnostics...)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmp.AllowUnexported(Document{})); diff != "" {
			t.Error(diff)
		}
	})
}
