package mapi2mime

import (
	"context"
	"fmt"
	"io"

	"github.com/contentconv/contentconv/internal/transfer"
	"github.com/contentconv/contentconv/mapi"
)

// encodeChunk is the number of bytes of a content that are encoded at once: a
// whole number of lines.
const encodeChunk = 57 * 512

// An encoder yields the content of one leaf after the other, in base64 unless it is
// written verbatim.
type encoder struct {
	ctx     context.Context
	leaf    *part
	r       io.ReadCloser
	memory  []byte // what is left of a content in memory
	n       int64  // bytes read of the content
	started bool
	done    bool
	in, out []byte
}

func (e *encoder) open(ctx context.Context, leaf *part) {
	e.ctx, e.leaf, e.r, e.n, e.started, e.done = ctx, leaf, nil, 0, false, false
	e.memory, _ = leaf.content.(mapi.Bytes)
}

// next returns the next piece, valid until the call after, or [io.EOF].
func (e *encoder) next() ([]byte, error) {
	if e.done {
		return nil, io.EOF
	}
	b, err := e.read()
	if err != nil {
		return nil, contentFailure(e.ctx, err, e.leaf.place)
	}
	if e.n += int64(len(b)); e.n > e.leaf.size || e.done && e.n < e.leaf.size {
		err := fmt.Errorf("%d bytes were read where there should be %d", e.n, e.leaf.size)
		return nil, contentFailure(e.ctx, err, e.leaf.place)
	}
	if e.done {
		e.close()
	}
	if len(b) == 0 {
		return nil, io.EOF
	}
	if e.leaf.verbatim {
		return b, nil
	}
	e.out = transfer.AppendBase64(e.out[:0], b)
	return e.out, nil
}

// read returns the next bytes of the content; all but the last call return a
// whole number of lines.
func (e *encoder) read() ([]byte, error) {
	if err := e.ctx.Err(); err != nil {
		return nil, err
	}
	if _, ok := e.leaf.content.(mapi.Bytes); ok {
		b := e.memory[:min(len(e.memory), encodeChunk)]
		e.memory = e.memory[len(b):]
		e.done = len(e.memory) == 0
		return b, nil
	}
	if !e.started {
		e.started = true
		r, err := openContent(e.ctx, e.leaf.content)
		if err != nil {
			return nil, err
		}
		e.r = r
	}
	if e.in == nil {
		e.in = make([]byte, encodeChunk)
	}
	n, err := readFull(e.ctx, e.r, e.in)
	e.done = err == io.EOF
	if e.done {
		err = nil
	}
	return e.in[:n], err
}

func (e *encoder) close() {
	e.done = true
	if e.r != nil {
		closeReader(e.r)
		e.r = nil
	}
}
