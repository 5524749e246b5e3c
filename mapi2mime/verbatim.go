package mapi2mime

import (
	"bytes"
	"context"
	"errors"
	"io"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/internal/guard"
	"github.com/contentconv/contentconv/internal/textconv"
	"github.com/contentconv/contentconv/mapi"
)

// A verbatimBody is the body of an entity that is written as it is stored, and what
// a look at all of it has shown.
type verbatimBody struct {
	content    mapi.Content
	size       int64
	bareLF     int64 // line ends of LF alone, which content has as CRLF
	eightBit   bool
	lineEnd    bool // it ends in a line end
	unsendable bool // no mail system passes it on unchanged
	taken      bool // it holds what our boundaries are made of
}

// errBoundaryTaken says that a text that is written as it is holds the boundaries
// that were chosen. Others are chosen then.
var errBoundaryTaken = errors.New("a signed entity contains the boundary")

// readVerbatim reads the body of an entity once. Every byte of it stays as it is,
// save that LF alone becomes CRLF: that is the form in which lines are signed and
// sent (RFC 8551 3.1.1, RFC 3156 5), and files of the systems that end lines in LF
// mean it.
func (a *attachment) readVerbatim(head entityHead) (verbatimBody, error) {
	c := &subContent{of: a.content(), off: head.body, size: head.size - head.body}
	token := ""
	if a.m.into != nil {
		token = a.token
	}
	v, err := scanVerbatim(a.ctx, c, token)
	if err != nil {
		return v, contentFailure(a.ctx, err, a.place)
	}
	if v.taken {
		return v, &failure.Failure{Reason: diag.CorruptContent, Part: a.place, Err: errBoundaryTaken}
	}
	v.content, v.size = c, c.size+v.bareLF
	if v.bareLF > 0 {
		v.content = &crlfContent{of: c, size: v.size}
	}
	return v, nil
}

// scanVerbatim reads a content to its end.
func scanVerbatim(ctx context.Context, c *subContent, token string) (verbatimBody, error) {
	r, err := openContent(ctx, c)
	if err != nil {
		return verbatimBody{}, err
	}
	defer closeReader(r)
	var v verbatimBody
	b := make([]byte, len(token)+32<<10)
	kept, last := 0, byte('\n') // bytes of b that were looked at before; the last byte
	for total := int64(0); ; {
		n, err := readFull(ctx, r, b[kept:])
		last = v.look(b[kept:kept+n], last)
		v.taken = v.taken || token != "" && bytes.Contains(b[:kept+n], []byte(token))
		total += int64(n)
		if err == io.EOF {
			v.unsendable = v.unsendable || last == '\r'
			v.lineEnd = total > 0 && last == '\n'
			if total != c.size {
				return v, io.ErrUnexpectedEOF
			}
			return v, nil
		}
		if err != nil {
			return v, err
		}
		tail := min(len(token), kept+n)
		copy(b, b[kept+n-tail:kept+n])
		kept = tail
	}
}

// look looks at the next bytes behind one of a text, and returns the last of them.
func (v *verbatimBody) look(b []byte, last byte) byte {
	for _, c := range b {
		switch {
		case c == '\n' && last != '\r':
			v.bareLF++
		case last == '\r' && c != '\n', c == 0:
			v.unsendable = true
		case c >= 0x80:
			v.eightBit = true
		}
		last = c
	}
	return last
}

// crlfContent is a text in which no CR stands alone, with each line end as CRLF.
type crlfContent struct {
	of   mapi.Content
	size int64
}

func (c *crlfContent) Size(context.Context) (int64, error) { return c.size, nil }

func (c *crlfContent) Open(ctx context.Context) (io.ReadCloser, error) {
	r, err := openContent(ctx, c.of)
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{textconv.NewCRLFReader(guard.Reader(r)), r}, nil
}
