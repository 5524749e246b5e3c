package mimescan

import (
	"bytes"
	"slices"
	"strings"

	"github.com/contentconv/contentconv/diag"
)

// closeDownTo ends all that is open beyond the first n multiparts; the content
// ends at end.
func (s *scanner) closeDownTo(n int, end int64) error {
	var stop *Entity
	if n > 0 {
		stop = s.open.frames[n-1].entity
	}
	for ; s.cur != stop; s.cur = s.cur.Parent {
		// The line end before the delimiter can be that of a header block, or of
		// the delimiter before it. An empty line that was the whole header block of
		// a message within the part is no more than that line end.
		if s.cur.Header.Raw == "" {
			s.cur.Body = max(s.cur.Start, min(s.cur.Body, end))
		}
		if err := s.finishStray(s.cur, end); err != nil {
			return err
		}
		end = max(end, s.cur.Body)
		s.cur.End = end
	}
	for len(s.open.frames) > n {
		if err := s.finish(s.open.pop()); err != nil {
			return err
		}
	}
	return nil
}

// finish judges a multipart that has ended.
func (s *scanner) finish(f frame) error {
	if !f.opened {
		return s.finishEmpty(f)
	}
	e := f.entity
	last := e.Children[len(e.Children)-1]
	void := last.Header.Raw == ""
	if void {
		var err error
		if void, err = s.blank(last.Start, last.End); err != nil {
			return err
		}
	}
	if void && len(e.Children) == 1 {
		if blank, err := s.idlePreamble(e.Body, f.preamble); err != nil {
			return err
		} else if !blank {
			return s.finishEmpty(f)
		}
	}
	if f.closed {
		return s.noteAround(f)
	}
	// QUIRK: some programs end a multipart with the delimiter that begins a part
	// (RFC 2046 section 5.1.1 wants two hyphens behind it). What follows is no part.
	if void && len(e.Children) > 1 {
		e.Children = e.Children[:len(e.Children)-1]
	}
	s.record(diag.MultipartUnclosed, e, "", diag.Quote(f.boundary))
	return s.noteAround(f)
}

// noteAround tells of text before the first part and behind the last, which RFC
// 2046 section 5.1.1 would have ignored. A notice for readers without MIME is not
// worth telling.
func (s *scanner) noteAround(f frame) error {
	e := f.entity
	idle, err := s.idlePreamble(e.Body, f.preamble)
	if err == nil && !idle {
		s.record(diag.MultipartTextIgnored, e, "", "before the first part")
	}
	if err != nil || !f.closed {
		return err
	}
	idle, err = s.blank(f.epilogue, e.End)
	if err == nil && !idle {
		s.record(diag.MultipartTextIgnored, e, "", "behind the last part")
	}
	return err
}

// finishEmpty judges a multipart whose delimiters enclose nothing. When there is
// text before or behind them, that is the content.
func (s *scanner) finishEmpty(f frame) error {
	e := f.entity
	preamble, epilogue := f.preamble, f.epilogue
	idle := s.idlePreamble
	if !f.seen {
		// Parts behind another boundary can follow a notice, so that none is one.
		preamble, epilogue, idle = e.End, e.End, s.blank
	}
	before, err := idle(e.Body, preamble)
	if err != nil {
		return err
	}
	behind, err := s.blank(epilogue, e.End)
	if err != nil {
		return err
	}
	if before && behind {
		e.Multipart = true
		s.record(diag.MultipartEmpty, e, "", "")
		return nil
	}
	if f.seen {
		s.record(diag.BoundaryNotFound, e, contentType, diag.Quote(f.boundary)+" encloses nothing")
	} else {
		s.record(diag.BoundaryNotFound, e, contentType, diag.Quote(f.boundary))
	}
	becomeText(e)
	if behind {
		e.End = max(e.Body, preamble)
	}
	return nil
}

// maxNotice bounds the notice of idlePreamble.
const maxNotice = 512

// notices are how the texts begin that mailers put before the parts, in lower
// case, for readers that don't know MIME.
var notices = []string{"this is a multi", "this message is in mime", "this is a mime", "this is a cryptographically"}

// idlePreamble reports whether there is nothing to read from off to end: white
// space, or the notice that a message is in MIME, which is one paragraph.
func (s *scanner) idlePreamble(off, end int64) (bool, error) {
	if blank, err := s.blank(off, end); blank || err != nil || end-off > maxNotice {
		return blank, err
	}
	buf := make([]byte, end-off)
	if _, err := readAt(s.win.r, buf, off, s.end); err != nil {
		return false, err
	}
	text := strings.ToLower(strings.Trim(string(buf), " \t\r\n"))
	if strings.Contains(lineEnds.Replace(text), "\n\n") {
		return false, nil
	}
	return slices.ContainsFunc(notices, func(n string) bool { return strings.HasPrefix(text, n) }), nil
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// blank reports whether the source has nothing but white space from off to end.
func (s *scanner) blank(off, end int64) (bool, error) {
	buf := make([]byte, min(max(end-off, 0), 4<<10))
	for off < end {
		if err := s.win.ctx.Err(); err != nil {
			return false, err
		}
		p := buf[:min(int64(len(buf)), end-off)]
		if _, err := readAt(s.win.r, p, off, s.end); err != nil {
			return false, err
		}
		if len(bytes.Trim(p, " \t\r\n")) > 0 {
			return false, nil
		}
		off += int64(len(p))
	}
	return true, nil
}
