package mimescan

import (
	"bytes"
	"fmt"

	"github.com/contentconv/contentconv/diag"
)

// maxComplaints bounds the lines of one block that are complained about one by
// one.
const maxComplaints = 10

// A headerScan is the state of reading one header block.
type headerScan struct {
	e          *Entity
	until      int64 // lines before this are known to belong to the block
	complaints int
	odd        bool // a name was complained about
	dashes     int  // lines that were compared with the boundary
}

// readHeader reads the header block at s.pos into e, and leaves s.pos at the
// first line of the body that was not looked at yet.
func (s *scanner) readHeader(e *Entity) error {
	s.block.reset(min(s.o.MaxHeader, s.headerLeft))
	if e.root {
		if err := s.skipToHeader(e); err != nil {
			return err
		}
	}
	e.Start = s.pos
	h := headerScan{e: e, until: s.pos}
	for done := false; !done; {
		if s.pos == s.end {
			s.endHeader(e, s.pos, len(s.block.buf) > 0)
			break
		}
		_, ok, err := s.delimiterAt(s.pos)
		if err == nil && !ok {
			ok, err = s.ownDelimiter(&h)
		}
		if err != nil {
			return err
		}
		if ok {
			s.endHeader(e, s.pos, len(s.block.buf) > 0)
			break
		}
		start := s.pos
		if s.pos, err = s.readLine(start); err != nil {
			return err
		}
		if done, err = s.headerLine(&h, start); err != nil {
			return err
		}
		s.block.end()
	}
	e.Header = s.block.header()
	s.headerLeft -= int64(len(e.Header.Raw))
	if bytes.IndexByte(s.block.buf, 0) >= 0 {
		s.note(diag.NULByte)
	}
	if s.block.dropped {
		s.record(diag.HeaderTooLarge, e, "", fmt.Sprintf("%d bytes with %d fields were kept", len(e.Header.Raw), len(e.Header.Fields)))
	}
	return nil
}

// headerLine takes the line in hand, which begins at start, and reports whether
// the block has ended.
func (s *scanner) headerLine(h *headerScan, start int64) (done bool, err error) {
	line := s.block.line()
	kind, nameEnd, value := classify(line)
	first := len(s.block.fields) == 0
	switch {
	case kind == lineBlank:
		s.block.undo()
		s.endHeader(h.e, s.pos, false)
		return true, nil
	case s.block.continues():
		s.block.join()
		s.complain(h, start, "taken as more of the field before it")
	case kind.field():
		if kind != lineField && !h.odd {
			h.odd = true
			s.record(diag.HeaderNameInvalid, h.e, string(line[:nameEnd]), "")
		}
		s.block.field(nameEnd, value)
	case kind == lineWhite && !first:
		return s.whiteLine(h)
	case kind == lineContinue && !first:
		s.block.join()
	default:
		return s.junkLine(h, start)
	}
	return false, nil
}

// whiteLine takes a line of nothing but white space.
func (s *scanner) whiteLine(h *headerScan) (done bool, err error) {
	if s.pos <= h.until {
		return false, nil
	}
	v, until, err := s.judgeWhite(s.pos)
	h.until = until
	if err == nil && v == inBody {
		s.block.undo()
		s.endHeader(h.e, s.pos, true)
		return true, nil
	}
	return false, err
}

// junkLine takes a line that is no field, nor part of one.
func (s *scanner) junkLine(h *headerScan, start int64) (done bool, err error) {
	if start >= h.until {
		v, until, err := s.judgeJunk(s.pos)
		if err != nil {
			return false, err
		}
		h.until = until
		if v == inBody {
			s.block.undo()
			s.endHeader(h.e, start, true)
			return true, nil
		}
	}
	join := false
	if len(s.block.fields) > 0 {
		if join, err = s.judgeJoin(s.pos); err != nil {
			return false, err
		}
	}
	if join {
		s.block.join()
		s.complain(h, start, "taken as more of the field before it")
	} else {
		s.complain(h, start, "skipped")
	}
	return false, nil
}

// complain tells of the line in hand, which begins at start, and what was done
// with it.
func (s *scanner) complain(h *headerScan, start int64, done string) {
	if h.complaints++; h.complaints <= maxComplaints {
		line := s.block.line()
		line = line[:min(len(line), 2*diag.MaxQuoted)]
		s.recordf(diag.HeaderLineInvalid, h.e, "", "%s at offset %d, %s", diag.Quote(string(line)), start, done)
	}
}

// endHeader says that the body begins at body.
func (s *scanner) endHeader(e *Entity, body int64, unterminated bool) {
	e.Body = body
	e.unterminated = unterminated
	if unterminated {
		s.record(diag.HeaderUnterminated, e, "", "")
	}
}

var byteOrderMark = []byte("\xEF\xBB\xBF")

// skipToHeader moves to the header block of a message.
//
// QUIRK: a message can begin with a UTF-8 byte order mark, which editors leave;
// with empty lines; and with the line "From sender date" that separates messages
// in an mbox file (RFC 4155), which can be quoted as ">From".
func (s *scanner) skipToHeader(e *Entity) error {
	v, err := s.win.from(s.pos, lookLength)
	if err != nil {
		return err
	}
	if bytes.HasPrefix(v, byteOrderMark) {
		s.pos += int64(len(byteOrderMark))
	}
	pos, mbox, behindMbox := s.pos, "", false
	err = s.followers(s.pos, func(f follower) bool {
		if behindMbox {
			pos, behindMbox = f.off, false
		}
		switch {
		case f.delim:
			return false
		case f.kind == lineBlank || f.kind == lineWhite:
			return true
		case f.kind.field():
			pos = f.off
			return false
		}
		if mbox == "" && (bytes.HasPrefix(f.text, []byte("From ")) || bytes.HasPrefix(f.text, []byte(">From "))) {
			mbox, behindMbox = string(f.text), true
			return true
		}
		return false
	})
	s.pos = pos
	if mbox != "" {
		s.record(diag.MboxLineSkipped, e, "", diag.Quote(mbox))
	}
	return err
}
