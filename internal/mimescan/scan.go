package mimescan

import (
	"bytes"
	"context"
	"io"
	"math"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
)

// Scan reads the bytes of r from off to end and returns the root of the tree.
//
// Its errors are those of r, as they are; that of ctx; a *spool.ChangedError
// when r has fewer bytes; and a *limits.ExceededError when the message passes
// MaxParts or MaxMessageDepth. The root is what was read until then, or nil.
// Bytes that are no message at all are a text without a header.
func Scan(ctx context.Context, r io.ReaderAt, off, end int64, o Options) (*Entity, error) {
	s := &scanner{end: end, o: o, pos: off}
	if s.o.MaxMultipartDepth <= 0 {
		s.o.MaxMultipartDepth = DefaultMultipartDepth
	}
	if s.o.MaxHeader <= 0 {
		s.o.MaxHeader = DefaultHeader
	}
	s.o.MaxHeader = min(s.o.MaxHeader, math.MaxInt32/8)
	s.headerLeft = 4 * s.o.MaxHeader
	if s.o.chunk <= 0 {
		s.o.chunk = defaultChunk
	}
	s.win = window{ctx: ctx, r: r, end: end, chunk: s.o.chunk, start: off, base: off}
	s.takeBuffers()
	defer s.returnBuffers()
	if err := s.run(); err != nil {
		return s.root, err
	}
	return s.root, s.checkEnd()
}

// A scanner is the state of one scan.
type scanner struct {
	o       Options
	end     int64
	win     window
	buffers *buffers
	crLines bool // CR alone ends a line
	crcrlf  bool // a header block has lines that end in CR CR LF
	noted   map[diag.Code]bool

	root  *Entity
	cur   *Entity // the innermost entity that is open
	open  boundaries
	count int64 // of entities

	pos        int64 // what was not looked at yet; a line begins here
	block      block // the header block in hand
	headerLeft int64 // how much all header blocks may still have
}

func (s *scanner) run() error {
	if err := s.findLineEnds(); err != nil {
		return err
	}
	e, err := s.newEntity(nil, true)
	for err == nil {
		if err = s.readHeader(e); err != nil {
			return err
		}
		if err = s.describe(e); err != nil {
			return err
		}
		if holdsMessage(e) {
			e, err = s.newEntity(e, true)
			continue
		}
		if err = s.enter(e); err != nil {
			return err
		}
		if e, err = s.nextPart(); e == nil {
			break
		}
	}
	return err
}

// findLineEnds decides whether CR alone ends a line.
//
// QUIRK: messages written by old Macintosh programs and by broken scripts have
// CR for CRLF throughout.
func (s *scanner) findLineEnds() error {
	v, err := s.win.from(s.pos, lookLength)
	if err != nil {
		return err
	}
	v = v[:min(len(v), lookLength)]
	s.crLines = bytes.IndexByte(v, '\r') >= 0 && bytes.IndexByte(v, '\n') < 0
	return nil
}

// newEntity makes the next entity: a root, or else a part of the multipart that
// is its parent.
func (s *scanner) newEntity(parent *Entity, root bool) (*Entity, error) {
	s.count++
	total := s.o.PartsBefore + s.count
	if s.o.MaxParts >= 0 && total > s.o.MaxParts {
		return nil, &limits.ExceededError{Name: limits.Limits{}.BodyParts().Name, Limit: s.o.MaxParts, Actual: total}
	}
	e := &Entity{Parent: parent, root: root, ordinal: total}
	e.home = e
	switch {
	case parent == nil:
		e.Path, e.depth = s.o.Path, s.o.DepthBefore
		s.root = e
	case root:
		e.Path, e.depth, e.level = parent.Section(), parent.depth+1, parent.level+1
		parent.Message = e
	default:
		parent.Children = append(parent.Children, e)
		e.home, e.depth, e.level = parent.home, parent.depth, parent.level+1
		e.Path = parent.childPath(len(parent.Children), total)
	}
	if s.o.MaxMessageDepth >= 0 && e.depth > s.o.MaxMessageDepth {
		return nil, &limits.ExceededError{Name: limits.Limits{}.EmbeddedDepth().Name, Limit: s.o.MaxMessageDepth, Actual: e.depth}
	}
	s.cur = e
	return e, nil
}

// enter looks at the body of an entity: when it is a multipart its delimiters
// are looked for from now on.
func (s *scanner) enter(e *Entity) error {
	if e.ContentType.Type != "multipart" {
		return nil
	}
	boundary := e.ContentType.Boundary()
	guess, err := s.guessBoundary(e, boundary)
	switch {
	case err != nil:
		return err
	case guess != "":
		s.recordf(diag.BoundaryGuessed, e, contentType, "%s instead of %s", diag.Quote(guess), diag.Quote(boundary))
		boundary = guess
	case boundary == "":
		s.record(diag.BoundaryMissing, e, contentType, "")
		becomeText(e)
		return nil
	case len(boundary) > maxBoundary:
		s.recordf(diag.BoundaryMissing, e, contentType, "a boundary of %d bytes is none", len(boundary))
		becomeText(e)
		return nil
	case len(boundary) > 70:
		s.recordf(diag.BoundaryTooLong, e, contentType, "%d bytes", len(boundary))
	}
	level := 1
	if n := len(s.open.frames); n > 0 && s.open.frames[n-1].entity.home == e.home {
		level = s.open.frames[n-1].level + 1
	}
	if level > s.o.MaxMultipartDepth {
		s.recordf(diag.NestingTooDeep, e, "", "%d levels are followed", s.o.MaxMultipartDepth)
		return nil
	}
	if s.open.push(e, boundary, level) {
		s.record(diag.BoundaryRepeated, e, contentType, diag.Quote(boundary))
	}
	return nil
}

// nextPart moves on to the next part and returns it, or nil at the end.
func (s *scanner) nextPart() (*Entity, error) {
	for {
		d, ok, err := s.nextDelimiter()
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, s.closeDownTo(0, s.end)
		}
		if err := s.closeDownTo(d.frame+1, d.content); err != nil {
			return nil, err
		}
		s.pos = d.next
		f := &s.open.frames[d.frame]
		if d.loose && !f.loose {
			f.loose = true
			s.record(diag.DelimiterRepaired, f.entity, "", "")
		}
		if !f.seen {
			f.seen, f.preamble = true, d.content
		}
		f.epilogue = d.next
		if d.closing {
			s.open.close(d.frame)
			continue
		}
		if !f.opened {
			f.opened, f.entity.Multipart = true, true
			s.checkEncoding(f.entity)
		}
		if f.closed {
			f.closed = false
			s.record(diag.MultipartReopened, f.entity, "", "")
		}
		return s.newEntity(f.entity, false)
	}
}

// checkEnd makes sure that the source has all the bytes it should have, where
// the scan did not need to read them.
func (s *scanner) checkEnd() error {
	if s.win.base+int64(len(s.win.buf)) >= s.end {
		return nil
	}
	_, err := readAt(s.win.r, make([]byte, 1), s.end-1, s.end)
	return err
}
