package mimescan

import (
	"bytes"
	"strings"

	"github.com/contentconv/contentconv/internal/transfer"
)

// lookLength is how far ahead a doubtful line of a header block is judged by
// what follows it.
const lookLength = 4 << 10

// A verdict on a doubtful line.
type verdict uint8

const (
	inHeader verdict = iota // the header goes on behind it
	inBody                  // the header has ended
)

// A follower is a line that follows a doubtful one.
type follower struct {
	kind  lineKind
	text  []byte
	off   int64
	delim bool // it is a delimiter line, or the source ends before it
}

// followers calls yield for each whole line within lookLength from off on, until
// it returns false or there is a delimiter or the end of the source. What yield
// gets is valid until it returns.
func (s *scanner) followers(off int64, yield func(follower) bool) error {
	v, err := s.win.from(off, lookLength)
	if err != nil {
		return err
	}
	v = v[:min(len(v), lookLength)]
	atEnd := off+int64(len(v)) == s.end
	for len(v) > 0 {
		n := s.lineEnd(v)
		next := n + 1
		if n < 0 {
			if !atEnd {
				return nil
			}
			n, next = len(v), len(v)
		}
		text := v[:n]
		for len(text) > 0 && text[len(text)-1] == '\r' {
			text = text[:len(text)-1]
		}
		if _, ok := s.open.match(text); ok {
			break
		}
		kind, _, _ := classify(text)
		if !yield(follower{kind: kind, text: text, off: off}) {
			return nil
		}
		if s.crLines && next < len(v) && v[n] == '\r' && v[next] == '\n' {
			next++
		}
		v, off = v[next:], off+int64(next)
	}
	if len(v) > 0 || atEnd {
		yield(follower{off: off, delim: true})
	}
	return nil
}

// judgeJunk decides on the line in hand, which is no header field, by the lines
// behind it, from off on. What comes before until belongs to the header as well.
//
// QUIRK: RFC 5322 section 2.2 has nothing but fields in a header block. Two
// things are seen: a line that was broken without white space, or put in by a
// program, with more fields behind it; and a body that begins without the empty
// line before it. A field that mail is known to have decides for the first, and
// else the majority of the lines up to the next empty one.
func (s *scanner) judgeJunk(off int64) (v verdict, until int64, err error) {
	fields, junk := 0, 1
	v, until = inBody, off
	err = s.followers(off, func(f follower) bool {
		switch {
		case f.delim:
			return false
		case f.kind == lineBlank:
			if s.needsHeader() {
				v, until = inHeader, f.off
			}
			return false
		case f.kind.field() && wellKnown(f.text):
			v, until, junk = inHeader, f.off, -1
			return false
		case f.kind.field():
			fields++
			until = f.off
		case f.kind == lineJunk:
			junk++
		}
		return true
	})
	if junk > 0 && fields > junk {
		v = inHeader
	}
	return v, until, err
}

// needsHeader reports whether the line in hand, which is no field and has an
// empty line somewhere behind it, would do harm at the beginning of the body:
// what the fields so far announce is no text for people to read. In a text it
// does none, and is not lost there.
func (s *scanner) needsHeader() bool {
	for _, f := range s.block.fields {
		value := s.block.buf[f.value:f.end]
		switch name := s.block.buf[f.name:f.nameEnd]; {
		case bytes.EqualFold(name, []byte("Content-Type")):
			kind := strings.ToLower(strings.TrimLeft(string(value[:min(len(value), 64)]), " \t\r\n"))
			if strings.HasPrefix(kind, "multipart/") || strings.HasPrefix(kind, "message/") {
				return true
			}
		case bytes.EqualFold(name, []byte("Content-Transfer-Encoding")):
			// The data itself may have no empty line before it.
			if e, _ := transfer.Parse(string(value)); e == transfer.Base64 && !onlyBase64(s.block.line()) {
				return true
			}
		}
	}
	return false
}

func onlyBase64(line []byte) bool {
	for _, c := range line {
		switch {
		case 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '+', c == '/', c == '=':
		default:
			return false
		}
	}
	return true
}

// judgeWhite decides on a line of nothing but white space, by the lines from off
// on. What comes before until belongs to the header as well.
//
// QUIRK: by RFC 5322 section 4.2 such a line is part of a folded field. Editors
// and programs also leave blanks in the empty line that ends the header. When
// text that is neither a field nor folded comes next, it was that one.
func (s *scanner) judgeWhite(off int64) (v verdict, until int64, err error) {
	v, until = inHeader, off
	err = s.followers(off, func(f follower) bool {
		switch {
		case f.delim, f.kind == lineJunk:
			v = inBody
			return false
		case f.kind == lineBlank, f.kind.field():
			until = f.off
			return false
		}
		until = f.off
		return true
	})
	return v, until, err
}

// judgeJoin reports whether the line in hand, which is no field but stands in
// the header, is more of the field before it: where folded lines are behind it,
// or where that field doesn't look complete.
func (s *scanner) judgeJoin(off int64) (join bool, err error) {
	switch s.block.lastByte() {
	case ';', ',':
		return true, nil
	}
	err = s.followers(off, func(f follower) bool {
		join = !f.delim && f.kind == lineContinue
		return false
	})
	return join, err
}

// wellKnown reports whether a line begins a field that mail is known to have.
// Every name with a hyphen counts: prose seldom has one before a colon.
func wellKnown(line []byte) bool {
	name, _, _ := bytes.Cut(line, []byte(":"))
	name = trimBlanks(name)
	if len(name) > 40 || bytes.IndexByte(name, '/') >= 0 {
		return false
	}
	return bytes.IndexByte(name, '-') > 0 || knownNames[strings.ToLower(string(name))]
}

var knownNames = map[string]bool{
	"from": true, "to": true, "cc": true, "bcc": true, "subject": true, "date": true, "sender": true,
	"received": true, "references": true, "keywords": true, "comments": true, "importance": true,
	"priority": true, "sensitivity": true, "precedence": true, "organization": true, "organisation": true,
	"lines": true, "status": true, "expires": true, "newsgroups": true, "path": true, "xref": true,
	"approved": true, "distribution": true, "supersedes": true, "encoding": true,
}
