package cfb

import (
	"io"
	"testing"
)

func BenchmarkWrite10MB(b *testing.B) { benchmarkWrite(b, 10<<20) }
func BenchmarkWrite20MB(b *testing.B) { benchmarkWrite(b, 20<<20) }
func BenchmarkRead10MB(b *testing.B)  { benchmarkRead(b, 10<<20) }
func BenchmarkRead20MB(b *testing.B)  { benchmarkRead(b, 20<<20) }

func benchmarkWrite(b *testing.B, size int) {
	tree := root(stream("s", size))
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Write(io.Discard, tree, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkRead(b *testing.B, size int) {
	data := build(b, 3, root(stream("s", size)))
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		s, err := open(b, data).Root().Child("s").Open()
		if err != nil {
			b.Fatal(err)
		}
		if n, err := io.Copy(io.Discard, s); n != int64(size) || err != nil {
			b.Fatal(n, err)
		}
	}
}

// The entries of a message with 3,000 recipients, and twice as many.
func BenchmarkOpenSmall3000(b *testing.B) { benchmarkSmall(b, 3000) }
func BenchmarkOpenSmall6000(b *testing.B) { benchmarkSmall(b, 6000) }

func benchmarkSmall(b *testing.B, n int) {
	data := build(b, 3, recipients(n))
	b.ReportAllocs()
	for b.Loop() {
		open(b, data)
	}
}
