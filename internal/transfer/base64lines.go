package transfer

import "bytes"

// Vector instructions gain little within a line of 76 characters. Lines of one length
// are joined, their ends found by place alone, and decoded as one run: a copy of the
// text costs a fraction of what decoding it in other ways does.
const (
	runSize      = 4 << 10  // of a run: it stays in the fastest cache
	shortestLine = 32       // that is worth a copy
	longestLine  = 1 << 10  // more than the 998 of RFC 5322 section 2.1.1
	fewLines     = 8        // not worth it, nor the memory of a run
	pause        = 16 << 10 // bytes that are decoded otherwise after a failure
)

// decodeLines decodes lines of one length, and what is left of a line before them. It
// stops where there are no more such lines; ok is false if there are none, or if they
// hold anything but groups of the alphabet, of which nothing was decoded then. The
// next character begins a group, before and after.
func (d *base64Decoder) decodeLines(dst, src []byte) (out, rest []byte, ok bool) {
	l, ok := measureLines(src)
	if !ok {
		return dst, src, false
	}
	if d.run == nil {
		d.run = make([]byte, runSize)
	}
	dst = base64Room(dst, src)
	for {
		chars, used := l.join(d.run, src)
		if used == 0 {
			return dst, src, true
		}
		n := len(dst)
		end := n + chars/4*3
		if !decodeRun(dst[n:end], d.run[:chars]) {
			return dst, src, false
		}
		dst, src = dst[:end], src[used:]
		l.first, l.lead = 0, 0
	}
}

// equalLines describes lines that follow each other.
type equalLines struct {
	first  int // characters that are left of a line before them
	lead   int // the same with the line end
	width  int // characters of a line
	stride int // the same with the line end
}

// measureLines looks at the first line end of src and the line after it.
func measureLines(src []byte) (l equalLines, ok bool) {
	l.lead = bytes.IndexByte(src[:min(len(src), longestLine)], '\n') + 1
	if l.lead == 0 {
		return l, false
	}
	next := src[l.lead:]
	l.stride = bytes.IndexByte(next[:min(len(next), longestLine)], '\n') + 1
	end := 1
	if l.lead > 1 && src[l.lead-2] == '\r' {
		end = 2
	}
	l.first, l.width = l.lead-end, l.stride-end
	return l, l.width >= shortestLine && len(next) >= fewLines*l.stride
}

// join copies lines from src to run, without their ends, for as long as they are as
// long as they should be and run has room.
func (l *equalLines) join(run, src []byte) (chars, used int) {
	chars, used = copy(run, src[:l.first]), l.lead
	for chars+l.width <= len(run) && used+l.stride <= len(src) {
		line := src[used : used+l.stride]
		if line[l.stride-1] != '\n' || l.stride-l.width == 2 && line[l.width] != '\r' {
			break
		}
		chars += copy(run[chars:], line[:l.width])
		used += l.stride
	}
	return chars, used
}
