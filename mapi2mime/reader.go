package mapi2mime

import (
	"context"
	"io"

	"github.com/contentconv/contentconv/internal/guard"
)

// A streamReader reads a stream.
type streamReader struct {
	ctx context.Context
	s   *stream
	e   encoder
	on  *part // the content in hand
	b   []byte
	err error
	own bool // nothing catches panics any longer
}

func (r *streamReader) Read(p []byte) (int, error) {
	if r.own {
		defer guard.Pass()
	}
	for len(r.b) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		r.fill()
	}
	n := copy(p, r.b)
	r.b = r.b[n:]
	return n, nil
}

// fill gets the next piece of text, or the error that ends the stream.
func (r *streamReader) fill() {
	if r.on != nil {
		if r.b, r.err = r.e.next(); r.err == io.EOF {
			r.on, r.err = nil, nil
		}
		return
	}
	if len(r.s.segments) == 0 {
		r.err = io.EOF
		return
	}
	seg := r.s.segments[0]
	r.s.segments = r.s.segments[1:]
	if seg.leaf == nil {
		r.b = seg.text
		return
	}
	r.on = seg.leaf
	r.e.open(r.ctx, seg.leaf)
}
