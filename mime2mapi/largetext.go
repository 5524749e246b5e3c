package mime2mapi

import (
	"bytes"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/internal/textconv"
	"github.com/contentconv/contentconv/mapi"
)

// A large text is decoded piece by piece into one buffer of the right size, so
// that it is in memory once: neither as it stands in the source, nor with the
// line ends that it had. It is read once for its charset, once for its length,
// and once for itself.
const (
	largeText  = 4 << 20  // texts beyond this are large
	textSample = 1 << 20  // what the charset is told from
	textPiece  = 64 << 10 // what is decoded at once
)

// largeText returns the text of a part with CRLF and the charset it was in. The
// charset is nil where the text can't be decoded in pieces.
func (m *message) largeText(e *mimescan.Entity, content mapi.Content) (s string, used *charset.Charset, err error) {
	declared := m.declared(e, nil)
	sample, err := m.textSample(content, declared)
	if err != nil {
		return "", nil, err
	}
	used = charset.Used(m.orDefault(declared, sample), sample)
	if !used.ASCIICompatible() {
		return "", nil, nil
	}
	size := 0
	n, more, err := m.textPieces(content, used, func(b []byte) { size += used.TextSize(b) })
	if err != nil {
		return "", nil, err
	}
	if more {
		m.cutShort(e, n)
	}
	bad := 0
	var text strings.Builder
	text.Grow(size)
	if _, _, err = m.textPieces(content, used, func(b []byte) { bad += used.DecodeTo(&text, b) }); err != nil {
		return "", nil, err
	}
	m.reportCharset(e, declared, used, sample)
	m.reportUndecodable(e, used, bad)
	return charset.TrimBOM(text.String()), used, nil
}

// textSample returns a piece of a text that tells its charset: the first one, or
// while all is ASCII the next.
func (m *message) textSample(content mapi.Content, declared *charset.Charset) ([]byte, error) {
	r, err := content.Open(m.ctx)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	text := io.LimitReader(r, m.o.maxBodyText())
	sample := make([]byte, textSample)
	for {
		n, err := io.ReadFull(text, sample)
		if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
			return nil, err
		}
		b := sample[:n]
		if err != nil || !isASCII(b) || !charset.Used(m.orDefault(declared, b), b).ASCIICompatible() {
			return b, nil
		}
	}
}

// lookahead is how much behind a place tells whether a character ends there.
const lookahead = utf8.UTFMax

var cr = []byte("\r")

// textPieces passes on the first MaxBodyText bytes of a text with CRLF, in pieces
// that end with a character. It returns how many bytes these were in the source,
// and whether there are more.
func (m *message) textPieces(content mapi.Content, c *charset.Charset, visit func(piece []byte)) (total int, more bool, err error) {
	r, err := content.Open(m.ctx)
	if err != nil {
		return 0, false, err
	}
	defer r.Close()
	max := int(min(m.o.maxBodyText(), math.MaxInt-lookahead))
	text := io.LimitReader(r, int64(max)+lookahead)
	buf, out := make([]byte, textPiece), make([]byte, 0, 2*textPiece)
	for n := 0; ; {
		k, err := io.ReadFull(text, buf[n:])
		n += k
		switch err {
		case nil:
			piece := c.Cut(buf[:n], n-lookahead)
			piece = bytes.TrimSuffix(bytes.TrimSuffix(piece, cr), cr)
			visit(textconv.AppendCRLF(out[:0], piece))
			total += len(piece)
			n = copy(buf, buf[len(piece):n])
		case io.EOF, io.ErrUnexpectedEOF:
			last := c.Cut(buf[:n], max-total)
			visit(textconv.AppendCRLF(out[:0], last))
			return total + len(last), len(last) < n, nil
		default:
			return 0, false, err
		}
	}
}
