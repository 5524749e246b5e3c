package dsn

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// An original is a message that comes back whole. It is read twice: once to see
// that it can, once to be written.
type original struct {
	content  Content
	boundary string // that no line of it begins with
	originalFacts
}

type originalFacts struct {
	size     int64 // as it is written
	eightBit bool  // it has bytes beyond ASCII
	global   bool  // its header is internationalized (RFC 6532)
}

var (
	// errUnfit says that a message cannot stand in a part without a change.
	errUnfit = errors.New("dsn: the message is too large, or has NULs, bare CRs or lines of more than 998 bytes")
	// errBoundary says that a line of the message begins like a delimiter.
	errBoundary = errors.New("dsn: the message holds the boundary")
	// errChanged says that the second reading differs from the first.
	errChanged = errors.New("dsn: the message changed while it was read")
)

// maxBoundaries is the number of boundaries that are tried for a message.
const maxBoundaries = 4

// chooseOriginal decides what the third part holds.
func (n *Notification) chooseOriginal(ctx context.Context, c *Options, e *Envelope, h *headerBlock, g *generator) error {
	if c.Include == IncludeNothing {
		return nil
	}
	if n.headers = *h; h.text != "" {
		n.Returned = ReturnedHeaders
	}
	whole := c.Include == IncludeMessage && e.Return != ReturnHeaders ||
		c.Include == IncludeRequested && e.Return == ReturnFull
	if !whole || c.Original == nil {
		return nil
	}
	size, err := c.Original.Size(ctx)
	if err != nil {
		return fmt.Errorf("dsn: size of the message: %w", err)
	}
	if size > c.MaxOriginal {
		return nil
	}
	for i := range uint64(maxBoundaries) {
		o := &original{content: c.Original, boundary: newBoundary(g, i)}
		o.originalFacts, err = o.copyTo(ctx, io.Discard, c.MaxOriginal)
		switch {
		case err == nil:
			n.original, n.boundary, n.Returned = o, o.boundary, ReturnedMessage
			return nil
		case errors.Is(err, errUnfit):
			return nil
		case !errors.Is(err, errBoundary):
			return err
		}
	}
	return nil
}

// write writes the message as it was read at first.
func (o *original) write(ctx context.Context, w io.Writer) error {
	facts, err := o.copyTo(ctx, w, o.size)
	if err == nil && facts != o.originalFacts || err == errUnfit || err == errBoundary {
		return errChanged
	}
	return err
}

// copyTo writes the message with CRLF line ends. Where the message cannot be
// part of the notification the error is errUnfit or errBoundary.
func (o *original) copyTo(ctx context.Context, w io.Writer, max int64) (facts originalFacts, err error) {
	r, err := o.content.Open(ctx)
	if err != nil {
		return facts, fmt.Errorf("dsn: open the message: %w", err)
	}
	defer func() {
		if cerr := r.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("dsn: close the message: %w", cerr)
		}
	}()
	br := bufio.NewReaderSize(r, 4096)
	header := &globalHeader{valid: true}
	for {
		line, err := br.ReadSlice('\n')
		if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
			return facts, fmt.Errorf("dsn: read the message: %w", err)
		}
		if err == io.EOF && len(line) == 0 {
			facts.global = header.global()
			return facts, ctx.Err()
		}
		if line, err = o.line(line); err != nil {
			return facts, err
		}
		if facts.size += int64(len(line)); facts.size > max {
			return facts, errUnfit
		}
		header.line(line)
		facts.eightBit = facts.eightBit || !isASCII(line)
		if _, err := w.Write(line); err != nil {
			return facts, fmt.Errorf("dsn: %w", err)
		}
		if err := ctx.Err(); err != nil {
			return facts, err
		}
	}
}

// line returns a line of the message as it is written; the last one may have no
// line end.
func (o *original) line(line []byte) ([]byte, error) {
	text, ended := bytes.CutSuffix(line, []byte("\n"))
	if ended {
		text = bytes.TrimSuffix(text, []byte("\r"))
	}
	switch {
	case len(text) > maxLine || bytes.IndexByte(text, 0) >= 0 || bytes.IndexByte(text, '\r') >= 0:
		return nil, errUnfit
	case bytes.HasPrefix(text, []byte("--"+o.boundary)):
		return nil, errBoundary
	case ended && len(text)+1 == len(line):
		return append(text[:len(text):len(text)], '\r', '\n'), nil
	}
	return line, nil
}

// A globalHeader finds out whether a header is internationalized.
type globalHeader struct {
	done, beyondASCII, valid bool
}

func (g *globalHeader) line(b []byte) {
	if g.done = g.done || len(b) <= len("\r\n"); g.done {
		return
	}
	g.beyondASCII = g.beyondASCII || !isASCII(b)
	g.valid = g.valid && utf8.Valid(b)
}

func (g *globalHeader) global() bool { return g.beyondASCII && g.valid }
