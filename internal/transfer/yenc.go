package transfer

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"strconv"

	"github.com/contentconv/contentconv/diag"
)

// A yDecoder decodes yEnc (the yEncode draft 1.3 of 2002, which no standard
// followed): each byte is 42 more than that of the file, and the few that a text
// must not hold are 64 more again, behind an "=". Line ends are none of the data.
//
// Lines that begin with "=y" are about the data. What stands before the first one
// and behind the last is no part of it.
type yDecoder struct {
	reporter
	state   yState
	escaped bool
	atStart bool   // of a line
	begun   bool   // something has come
	prelude []byte // all that came while there was no data
	file    yFile
	size    int64
	crc     uint32
}

type yState uint8

const (
	ySearching yState = iota // for the =ybegin line
	yData
	yDone // behind the =yend line
	yRaw  // there is no yEnc data: bytes as they are
)

// maxYLine bounds a line that is about the data; it holds a file's name.
const maxYLine = 1024

func (d *yDecoder) decode(dst, src []byte, final bool) ([]byte, int) {
	if !d.begun {
		d.begun, d.atStart = true, true
	}
	rest := src
	for len(rest) > 0 && d.state != yRaw {
		if d.state != yData || d.atStart && mayBeKeyword(rest) {
			line, after, ok := cutLine(rest)
			if !ok && len(line) <= maxYLine && !final {
				return dst, len(src) - len(rest)
			}
			if d.state != yData || bytes.HasPrefix(line, yPrefix) {
				dst = d.line(dst, line, rest[:len(rest)-len(after)])
				d.atStart = ok
				rest = after
				continue
			}
		}
		n := bytes.IndexByte(rest, '\n') + 1
		if n == 0 {
			n = len(rest)
		}
		dst = d.data(dst, rest[:n])
		d.atStart = rest[n-1] == '\n'
		rest = rest[n:]
	}
	if d.state == yRaw {
		dst = append(dst, rest...)
	}
	if final {
		dst = d.finish(dst)
	}
	return dst, len(src)
}

var yPrefix = []byte("=y")

// mayBeKeyword reports whether a line can begin with "=y", as far as it is there.
func mayBeKeyword(b []byte) bool {
	return b[0] == '=' && (len(b) == 1 || b[1] == 'y')
}

// line takes a line that is no data; whole has its line end.
func (d *yDecoder) line(dst, line, whole []byte) []byte {
	f, keyword := parseYLine(line)
	switch {
	case d.state == ySearching && keyword == "begin":
		if len(bytes.TrimSpace(d.prelude)) > 0 {
			d.tell(diag.YEncInvalid, "text before the =ybegin line was dropped")
		}
		d.state, d.prelude, d.file = yData, nil, f
	case d.state == ySearching:
		if d.prelude = append(d.prelude, whole...); len(d.prelude) > maxPrelude {
			dst = d.raw(dst)
		}
	case d.state == yData && keyword == "end":
		d.state = yDone
		d.check(f)
	case d.state == yDone && len(bytes.TrimSpace(line)) > 0:
		d.tell(diag.YEncInvalid, "text behind the =yend line was dropped")
	}
	return dst
}

// data decodes a piece of a line.
func (d *yDecoder) data(dst, b []byte) []byte {
	from := len(dst)
	for _, c := range b {
		switch {
		case c == '\r' || c == '\n':
		case d.escaped:
			d.escaped = false
			dst = append(dst, c-42-64)
		case c == '=':
			d.escaped = true
		default:
			dst = append(dst, c-42)
		}
	}
	d.size += int64(len(dst) - from)
	d.crc = crc32.Update(d.crc, crc32.IEEETable, dst[from:])
	return dst
}

// check compares what was decoded with what the =yend line says of it.
func (d *yDecoder) check(end yFile) {
	switch {
	case d.file.part:
		d.tell(diag.YEncInvalid, "this is one piece of a file")
	case d.size != d.file.size:
		d.tell(diag.YEncInvalid, fmt.Sprintf("the file has %d bytes and should have %d", d.size, d.file.size))
	case end.hasCRC && end.crc != d.crc:
		d.tell(diag.YEncInvalid, "the checksum is wrong")
	}
}

// raw gives up: the bytes are kept as they are.
func (d *yDecoder) raw(dst []byte) []byte {
	if len(bytes.TrimSpace(d.prelude)) > 0 {
		d.tell(diag.YEncInvalid, "there is no yEnc data")
	}
	dst = append(dst, d.prelude...)
	d.state, d.prelude = yRaw, nil
	return dst
}

func (d *yDecoder) finish(dst []byte) []byte {
	switch d.state {
	case ySearching:
		dst = d.raw(dst)
	case yData:
		d.tell(diag.YEncInvalid, "the =yend line is missing")
	}
	return dst
}

// A yFile is what a line about the data says.
type yFile struct {
	name   string
	size   int64
	part   bool // one of several
	hasCRC bool
	crc    uint32 // of the whole file
}

// parseYLine reads a line such as "=ybegin line=128 size=584 name=a b.txt". The
// name is all that is left of the line. Keyword is "" for what is no such line.
func parseYLine(line []byte) (f yFile, keyword string) {
	line = bytes.TrimRight(line, " \t\r\n")
	rest, ok := bytes.CutPrefix(line, yPrefix)
	if !ok || len(line) > maxYLine {
		return f, ""
	}
	word, rest, _ := bytes.Cut(rest, []byte(" "))
	sized := false
	for len(rest) > 0 {
		if name, ok := bytes.CutPrefix(rest, []byte("name=")); ok {
			f.name = string(bytes.Trim(name, " \t\""))
			break
		}
		var item []byte
		item, rest, _ = bytes.Cut(rest, []byte(" "))
		key, value, _ := bytes.Cut(item, []byte("="))
		var err error
		switch string(key) {
		case "size":
			f.size, err = strconv.ParseInt(string(value), 10, 64)
			sized = err == nil && f.size >= 0
		case "part", "total":
			f.part = f.part || string(value) != "1"
		case "crc32":
			var n uint64
			n, err = strconv.ParseUint(string(value), 16, 32)
			f.crc, f.hasCRC = uint32(n), err == nil
		}
	}
	switch {
	case string(word) == "begin" && sized:
		return f, "begin"
	case string(word) == "end":
		return f, "end"
	}
	return f, ""
}
