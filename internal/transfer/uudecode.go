package transfer

import (
	"bytes"

	"github.com/contentconv/contentconv/diag"
)

// A uuDecoder decodes a part whose transfer encoding is uuencode ([MS-OXCMAIL]
// 2.2.3.4.1.5; POSIX uuencode).
type uuDecoder struct {
	reporter
	state   uuState
	prelude []byte // all that came before the data, while there is none
	first   bool   // a line that is not empty has been seen
	long    bool   // within a line that is too long
}

type uuState uint8

const (
	uuSearching uuState = iota // for the begin line
	uuData
	uuDone // after the end line
	uuRaw  // there is no uuencoded data: bytes as they are
)

// maxPrelude bounds what is kept while looking for the data.
const maxPrelude = 64 << 10

func (d *uuDecoder) decode(dst, src []byte, final bool) ([]byte, int) {
	rest := src
	for len(rest) > 0 && d.state != uuRaw {
		line, after, ok := cutLine(rest)
		if !ok && len(line) <= maxUULine && !final {
			return dst, len(src) - len(rest)
		}
		whole := rest[:len(rest)-len(after)]
		switch {
		case d.long || len(line) > maxUULine:
			d.long = !ok
			d.junk(whole)
		default:
			dst = d.line(dst, line, whole)
		}
		if len(d.prelude) > maxPrelude {
			dst = d.raw(dst)
		}
		rest = after
	}
	if d.state == uuRaw {
		dst = append(dst, rest...)
	}
	if final {
		dst = d.finish(dst)
	}
	return dst, len(src)
}

// line takes one line; whole has its line end.
func (d *uuDecoder) line(dst, line, whole []byte) []byte {
	first := !d.first && len(line) > 0
	d.first = d.first || first
	begin := false
	if len(line) > 0 && line[0] == 'b' {
		_, _, begin = ParseBegin(string(line))
	}
	switch {
	case d.state == uuSearching && begin:
		if len(bytes.TrimSpace(d.prelude)) > 0 {
			d.tell(diag.UuencodeInvalid, "text before the begin line was dropped")
		}
		d.state, d.prelude = uuData, nil
	case d.state == uuSearching && plausibleUU(line) && (first || line[0] == 'M'):
		// QUIRK: data without a begin line, as one piece of a file that was
		// sent in several messages.
		d.tell(diag.UuencodeInvalid, "no begin line")
		d.state, d.prelude = uuData, nil
		return d.data(dst, line)
	case d.state == uuData && isEnd(line):
		d.state = uuDone
	case d.state == uuData && !begin:
		return d.data(dst, line)
	default:
		d.junk(whole)
	}
	return dst
}

// data decodes a line of the data.
func (d *uuDecoder) data(dst, line []byte) []byte {
	n, ok := uuLength(line)
	switch {
	case len(line) == 0:
		return dst
	case !ok:
		d.junk(line)
		return dst
	}
	dst, valid := appendUU(dst, line[1:], n)
	if !valid {
		d.tell(diag.UuencodeInvalid, "line with a wrong length or wrong characters", line...)
	}
	return dst
}

// junk takes what is no data.
func (d *uuDecoder) junk(text []byte) {
	if d.state == uuSearching {
		d.prelude = append(d.prelude, text...)
		return
	}
	if text = bytes.TrimSpace(text); len(text) > 0 {
		d.tell(diag.UuencodeInvalid, "line that is no data was skipped", text[:min(len(text), maxUULine)]...)
	}
}

// raw gives up: the part's bytes are kept as they are.
func (d *uuDecoder) raw(dst []byte) []byte {
	if len(bytes.TrimSpace(d.prelude)) > 0 {
		d.tell(diag.UuencodeInvalid, "there is no uuencoded data")
	}
	dst = append(dst, d.prelude...)
	d.state, d.prelude = uuRaw, nil
	return dst
}

func (d *uuDecoder) finish(dst []byte) []byte {
	switch d.state {
	case uuSearching:
		dst = d.raw(dst)
	case uuData:
		d.tell(diag.UuencodeUnclosed, "the end line is missing")
	}
	return dst
}
