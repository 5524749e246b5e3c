package mapi2mime

import (
	"bytes"
	"context"
	"io"

	"github.com/contentconv/contentconv/internal/transfer"
)

// A stream is a plan in the order of writing: texts, and contents between them.
type stream struct {
	segments []segment
	size     int64
	buf      []byte // the text in hand
	lineOpen bool   // the next delimiter needs a line end before it
}

// A segment is text as it is written, or the part whose content is streamed.
type segment struct {
	text []byte
	leaf *part
}

// inPlace is the length of a body from which it is a segment of its own, instead
// of being copied.
const inPlace = 4 << 10

func (s *stream) print(texts ...string) {
	for _, t := range texts {
		s.buf = append(s.buf, t...)
	}
}

// textChunk is how much memory for text is made at a time.
const textChunk = 2 << 10

// flush makes a segment of the text in hand. What is left of its memory is used for
// the text that follows.
func (s *stream) flush() {
	if n := len(s.buf); n > 0 {
		s.segments = append(s.segments, segment{text: s.buf[:n:n]})
		s.size += int64(n)
		s.buf = s.buf[n:]
	}
}

// cut makes a segment of the text in hand, before one that is no text.
func (s *stream) cut() {
	s.flush()
	if cap(s.buf) < textChunk/8 {
		s.buf = make([]byte, 0, textChunk)
	}
}

// stream lays out the tree below a root of so many entities. It keeps a list of its
// own, so that depth costs no stack.
func (p *part) stream(memory []byte, entities int) *stream {
	s := &stream{buf: memory, segments: make([]segment, 0, 2*entities+1)}
	if memory == nil {
		s.buf = make([]byte, 0, firstText(p))
	}
	type frame struct {
		p    *part
		next int // of the children
	}
	stack := []frame{{p: p}}
	for len(stack) > 0 {
		f := &stack[len(stack)-1]
		p := f.p
		if f.next == 0 {
			for _, h := range p.header {
				s.buf = appendField(s.buf, h)
			}
			s.print("\r\n")
		}
		switch {
		case p.message != nil && f.next == 0:
			f.next++
			stack = append(stack, frame{p: p.message})
		case f.next < len(p.children):
			s.delimiter(p.boundary, "\r\n")
			child := p.children[f.next]
			f.next++
			stack = append(stack, frame{p: child})
		default:
			if p.multipart() {
				s.delimiter(p.boundary, "--\r\n")
			} else if p.leaf() {
				s.leaf(p)
			}
			stack = stack[:len(stack)-1]
		}
	}
	s.flush()
	return s
}

// firstText is about the length of the text that a stream begins with, up to the first
// content or long body.
func firstText(p *part) int {
	switch {
	case !p.leaf():
		return headerSize(p) + inPlace
	case len(p.body) < inPlace:
		return headerSize(p) + len(p.body) + len("\r\n\r\n")
	}
	return headerSize(p) + len("\r\n")
}

// headerSize is about the length of a part's header block.
func headerSize(p *part) int {
	n := 0
	for _, f := range p.header {
		n += len(f.name) + len(f.value) + len(": \r\n")
	}
	return n
}

// delimiter adds a delimiter line. The line end before it is part of it (RFC 2046
// 5.1.1), but where a header block, another delimiter or base64 has ended a line,
// that one will do.
func (s *stream) delimiter(boundary, end string) {
	if s.lineOpen {
		s.print("\r\n")
	}
	s.print("--", boundary, end)
	s.lineOpen = false
}

// leaf adds the content of a leaf. The message as a whole ends in a line end.
func (s *stream) leaf(p *part) {
	s.lineOpen = true
	if p.content != nil {
		s.content(p)
		return
	}
	if len(p.body) < inPlace {
		s.buf = append(s.buf, p.body...)
	} else {
		s.cut()
		if p.lent {
			p.body, p.lent = bytes.Clone(p.body), false
		}
		s.segments = append(s.segments, segment{text: p.body})
		s.size += int64(len(p.body))
	}
	if p.parent == nil && len(p.body) > 0 && !bytes.HasSuffix(p.body, []byte("\r\n")) {
		s.print("\r\n")
	}
}

// content adds the content of a leaf that is streamed. In base64 it ends in a line
// end; one that is written verbatim keeps its own beside that of the delimiter.
func (s *stream) content(p *part) {
	s.cut()
	s.segments = append(s.segments, segment{leaf: p})
	if !p.verbatim {
		s.size += transfer.Base64Size(p.size)
		s.lineOpen = p.size == 0
		return
	}
	s.size += p.size
	if p.parent == nil && !p.lineEnd {
		s.print("\r\n")
	}
}

// write writes the segments.
func (s *stream) write(ctx context.Context, w io.Writer) error {
	var e encoder
	for _, seg := range s.segments {
		if err := ctx.Err(); err != nil {
			return err
		}
		if seg.leaf == nil {
			if err := writeAll(w, seg.text); err != nil {
				return err
			}
			continue
		}
		e.open(ctx, seg.leaf)
		for {
			b, err := e.next()
			if err == io.EOF {
				break
			}
			if err == nil {
				err = writeAll(w, b)
			}
			if err != nil {
				e.close()
				return err
			}
		}
	}
	return nil
}

func writeAll(w io.Writer, b []byte) error {
	n, err := w.Write(b)
	if err == nil && n != len(b) {
		return io.ErrShortWrite
	}
	return err
}
