package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// fromLines returns where the messages of an mbox file begin: at a line "From "
// that is the first or has an empty line before it (RFC 4155).
func fromLines(r io.Reader) (starts []int64, err error) {
	in := bufio.NewReaderSize(r, 1<<16)
	var at int64
	empty, begin := true, true // the line before is empty; the piece begins a line
	for {
		piece, err := in.ReadSlice('\n')
		if begin && empty && bytes.HasPrefix(piece, []byte("From ")) {
			starts = append(starts, at)
		}
		at += int64(len(piece))
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			begin, empty = false, false
		case errors.Is(err, io.EOF):
			return starts, nil
		case err != nil:
			return nil, err
		default:
			empty = begin && len(bytes.TrimRight(piece, "\r\n")) == 0
			begin = true
		}
	}
}

// An unquoter reads a message of an mbox file: without its From line and the empty
// line at its end, and with one ">" less before quoted From lines (the mboxrd way).
type unquoter struct {
	in    *bufio.Reader
	line  []byte // what is left of the line read last
	begin bool
	blank []byte // an empty line that may be the last
	err   error
}

func newUnquoter(r io.Reader) (*unquoter, error) {
	u := &unquoter{in: bufio.NewReaderSize(r, 1<<16), begin: true}
	for {
		_, err := u.in.ReadSlice('\n')
		if !errors.Is(err, bufio.ErrBufferFull) {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return u, err
		}
	}
}

func (u *unquoter) Read(p []byte) (int, error) {
	for len(u.line) == 0 {
		if u.err != nil {
			return 0, u.err
		}
		u.next()
	}
	n := copy(p, u.line)
	u.line = u.line[n:]
	return n, nil
}

// next reads a line or, of a very long one, a piece.
func (u *unquoter) next() {
	piece, err := u.in.ReadSlice('\n')
	begin := u.begin
	u.begin = err == nil
	if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
		u.err = err
	}
	if begin && len(piece) > 0 {
		if quoted := bytes.TrimLeft(piece, ">"); len(quoted) < len(piece) && bytes.HasPrefix(quoted, []byte("From ")) {
			piece = piece[1:]
		}
	}
	if begin && err == nil && len(bytes.TrimRight(piece, "\r\n")) == 0 {
		u.line, u.blank = u.blank, bytes.Clone(piece)
		return
	}
	if len(piece) > 0 {
		u.line = append(u.blank, piece...)
		u.blank = nil
	}
}
