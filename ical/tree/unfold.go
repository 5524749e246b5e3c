package tree

import (
	"bytes"
	"strings"
)

// unfolded is the text of a file with one logical line a line, each ended by LF.
// The five numbers are those of the first lines with a repair, or 0.
type unfolded struct {
	text   []byte
	starts []lineStart
	count  int32 // logical lines so far

	bareLF, bareCR, nul, blank, softBreak int

	lf int // what was left of data behind the LF that was found last; -1 if there is no more
}

// A lineStart says that from a logical line on, logical and physical lines advance
// together, until the next lineStart. A file without folds needs one of them.
type lineStart struct{ logical, physical int32 }

// qpWindow is how far into a line a parameter may say that it is quoted-printable.
const qpWindow = 1000

// unfold undoes the folding of RFC 5545, section 3.1, byte by byte, so that a
// character that a fold split is whole again.
//
// QUIRK: lines end in CRLF, LF, CR or several CRs and a LF (3.1 knows CRLF alone).
// Empty lines don't count, not even between a line and its continuation.
// QUIRK: a line of quoted-printable text, as vCalendar 1.0 has it, ends in "="
// and goes on in the next one, without a blank.
func unfold(data []byte) unfolded {
	u := unfolded{text: make([]byte, 0, len(data)+1), lf: len(data)}
	line, begin, soft := 0, 0, false
	for len(data) > 0 {
		line++
		content, rest := u.cut(data, line)
		data = rest
		if len(content) == 0 {
			if soft = false; len(rest) > 0 {
				first(&u.blank, line)
			}
			continue
		}
		switch {
		case soft:
			first(&u.softBreak, line-1)
			u.text = u.text[:len(u.text)-2] // the "=" and the LF
		case len(u.text) > 0 && (content[0] == ' ' || content[0] == '\t'):
			content, u.text = content[1:], u.text[:len(u.text)-1]
		default:
			begin = len(u.text)
			u.start(line)
		}
		if bytes.IndexByte(content, 0) >= 0 {
			content = bytes.ReplaceAll(content, []byte{0}, nil)
			first(&u.nul, line)
		}
		u.text = append(append(u.text, content...), '\n')
		soft = bytes.HasSuffix(content, []byte("=")) && quotedPrintable(u.text[begin:])
	}
	return u
}

func first(n *int, line int) {
	if *n == 0 {
		*n = line
	}
}

// cut returns the first line of data without its end, and what follows.
func (u *unfolded) cut(data []byte, line int) (content, rest []byte) {
	end := u.lineEnd(data)
	if end == len(data) {
		return data, nil
	}
	next := end
	for next < len(data) && data[next] == '\r' {
		next++
	}
	switch crs := next - end; {
	case next == len(data) || data[next] != '\n':
		first(&u.bareCR, line)
	case crs == 0:
		first(&u.bareLF, line)
		next++
	default:
		if crs > 1 {
			first(&u.bareCR, line)
		}
		next++
	}
	return data[:end], data[next:]
}

// lineEnd returns the position of the first CR or LF, or the length of data. The LF is
// looked for once, not for each of many CRs before it.
func (u *unfolded) lineEnd(data []byte) int {
	lf := len(data) - u.lf - 1
	if lf < 0 {
		if lf = bytes.IndexByte(data, '\n'); lf < 0 {
			lf = len(data)
		}
		u.lf = len(data) - lf - 1
	}
	if cr := bytes.IndexByte(data[:lf], '\r'); cr >= 0 {
		return cr
	}
	return lf
}

// start notes that a logical line begins at a physical one.
func (u *unfolded) start(line int) {
	u.count++
	last := len(u.starts) - 1
	if last >= 0 && int32(line)-u.starts[last].physical == u.count-u.starts[last].logical {
		return
	}
	u.starts = append(u.starts, lineStart{u.count, int32(line)})
}

// quotedPrintable reports whether a logical line's parameters say so.
func quotedPrintable(line []byte) bool {
	head := line[:min(len(line), qpWindow)]
	if i := bytes.IndexByte(head, ':'); i >= 0 {
		head = head[:i]
	}
	return strings.Contains(strings.ToUpper(string(head)), "QUOTED-PRINTABLE")
}

// A lineReader returns logical lines and the numbers of the physical ones where
// they begin.
type lineReader struct {
	text    string
	starts  []lineStart
	logical int32
	count   int // of the lines
}

func (l *lineReader) next() (s string, line int, ok bool) {
	if l.text == "" {
		return "", 0, false
	}
	l.logical++
	if len(l.starts) > 1 && l.starts[1].logical == l.logical {
		l.starts = l.starts[1:]
	}
	if len(l.starts) > 0 {
		line = int(l.starts[0].physical + l.logical - l.starts[0].logical)
	}
	s, l.text, _ = strings.Cut(l.text, "\n")
	return s, line, true
}
