package readahead

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
)

// A source counts its reads, and fails from a place on.
type source struct {
	data  []byte
	fails int64 // from here on, if not 0
	reads int
}

var errBroken = errors.New("broken")

func (s *source) ReadAt(p []byte, off int64) (int, error) {
	s.reads++
	if s.fails > 0 && off+int64(len(p)) > s.fails {
		return 0, errBroken
	}
	return bytes.NewReader(s.data).ReadAt(p, off)
}

func random(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// Every piece is what the source has, wherever it lies.
func TestReadAt(t *testing.T) {
	for _, size := range []int{0, 1, pageSize - 1, pageSize, 3*pageSize + 17, 40 * pageSize} {
		s := &source{data: random(size)}
		r := New(s, int64(size))
		rnd := rand.New(rand.NewPCG(3, 4))
		for range 2000 {
			off, n := rnd.IntN(size+10), rnd.IntN(shortPiece+100)
			got, want := make([]byte, n), make([]byte, n)
			gotN, gotErr := r.ReadAt(got, int64(off))
			wantN, wantErr := bytes.NewReader(s.data).ReadAt(want, int64(off))
			if gotN != wantN || !bytes.Equal(got, want) || gotErr != wantErr && !(gotErr == nil && wantErr == io.EOF && gotN == n) {
				t.Fatalf("%d bytes at %d of %d: %d, %v; want %d, %v", n, off, size, gotN, gotErr, wantN, wantErr)
			}
		}
		r.Release()
		r.Release()
	}
}

func TestFewReads(t *testing.T) {
	s := &source{data: random(4 * pageSize)}
	r := New(s, int64(len(s.data)))
	p := make([]byte, 64)
	for off := 0; off+len(p) <= len(s.data); off += 50 {
		if _, err := r.ReadAt(p, int64(off)); err != nil {
			t.Fatal(err)
		}
	}
	if s.reads != 4 {
		t.Errorf("4 pages were read in %d reads", s.reads)
	}
	r.Release()
	if _, err := r.ReadAt(p, 0); err != nil || s.reads != 5 || !bytes.Equal(p, s.data[:64]) {
		t.Errorf("released: %v, %d reads", err, s.reads)
	}
}

// Pieces that lie far from each other are read as they are, before long.
func TestFarPieces(t *testing.T) {
	s := &source{data: random(64 * pageSize)}
	r := New(s, int64(len(s.data)))
	p := make([]byte, 64)
	for i := range 1000 {
		if _, err := r.ReadAt(p, int64(i*29%64*pageSize)); err != nil {
			t.Fatal(err)
		}
	}
	if r.pages != nil || r.fills > 2*fewFills {
		t.Errorf("%d pages were read", r.fills)
	}
}

// An error is that of the source, for the piece that meets it alone.
func TestSourceFails(t *testing.T) {
	s := &source{data: random(2 * pageSize), fails: pageSize + 100}
	r := New(s, int64(len(s.data)))
	defer r.Release()
	p := make([]byte, 50)
	if _, err := r.ReadAt(p, pageSize+40); err != nil || !bytes.Equal(p, s.data[pageSize+40:pageSize+90]) {
		t.Errorf("before the place: %v", err)
	}
	if _, err := r.ReadAt(p, pageSize+90); err != errBroken {
		t.Errorf("at the place: %v", err)
	}
	if _, err := r.ReadAt(p, 2*pageSize-10); err != errBroken && err != io.EOF {
		t.Errorf("beyond the end: %v", err)
	}
}
