package rtf

import "io"

const (
	encodeWindow = ringSize + 32<<10
	hashBits     = 13
	// maxChain is how many earlier places with the same three bytes are tried for
	// the longest match.
	maxChain = 24
)

// A lzEncoder writes the contents of compressed RTF. It looks for matches by hash
// chains over the last 4,095 bytes, and puts a match off by one byte where that gives
// a longer one.
//
// Places are counted from the zeros in front of the preset, so that the place p of
// the input is at (p-origin) modulo 4,096 in the ring. 0 in a table is no place.
type lzEncoder struct {
	w       io.Writer
	win     []byte // the input from the place base on
	base    uint32
	pos     uint32 // the place that is encoded next
	heads   [1 << hashBits]uint32
	pairs   [1 << hashBits]uint32
	prev    [ringSize]uint32 // by place: the one before with the same hash
	indexed uint32           // places below it are in the tables

	run     []byte // the control byte and the tokens of the run
	tokens  int
	out     []byte
	crc     uint32
	raw     int64
	written int64
	err     error
}

// origin is the place of the ring's first byte.
var origin = uint32(ringSize - 1 - len(preset))

func newLZEncoder(w io.Writer) *lzEncoder {
	e := &lzEncoder{w: w, win: make([]byte, ringSize-1, encodeWindow), run: make([]byte, 1, 1+8*2)}
	e.pos = uint32(startWindow(e.win))
	e.indexed = origin
	return e
}

// header returns the header of what was written; it is complete after finish.
func (e *lzEncoder) header() lzHeader {
	return lzHeader{uint32(e.written + sizeOverhead), uint32(e.raw), typeCompressed, e.crc}
}

// readFrom encodes all of a source.
func (e *lzEncoder) readFrom(open func() (io.ReadCloser, error)) error {
	r, err := open()
	if err != nil {
		return err
	}
	_, err = io.Copy(e, r)
	if cerr := r.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	return e.finish()
}

// Write encodes p, except for a few bytes at the end that what follows may match.
func (e *lzEncoder) Write(p []byte) (int, error) {
	if e.raw += int64(len(p)); e.raw > maxRaw {
		e.err = &LimitError{Limit: maxRaw}
	}
	n := len(p)
	for len(p) > 0 && e.err == nil {
		k := min(len(p), cap(e.win)-len(e.win))
		e.win = append(e.win, p[:k]...)
		p = p[k:]
		if len(e.win) == cap(e.win) {
			e.encode(maxMatch + 1)
			e.slide()
		}
	}
	if e.err != nil {
		return n - len(p), e.err
	}
	return n, nil
}

// slide drops what no match can reach any more.
func (e *lzEncoder) slide() {
	gone := e.pos - e.base - (ringSize - 1)
	e.win = e.win[:copy(e.win, e.win[gone:])]
	e.base += gone
}

// finish encodes the rest, and the end marker: a reference to its own place.
func (e *lzEncoder) finish() error {
	e.encode(0)
	e.reference(e.pos, minMatch)
	if e.tokens > 0 {
		e.flushRun()
	}
	e.flush()
	return e.err
}

// encode writes tokens until only keep bytes are left.
func (e *lzEncoder) encode(keep int) {
	end := e.base + uint32(len(e.win)) - uint32(keep)
	var next match // what was found at pos before, when it was put off
	for e.pos < end && e.err == nil {
		m := next
		if next = (match{}); m.length == 0 {
			m = e.find(e.pos)
		}
		if m.length < minMatch {
			e.literal(e.win[e.pos-e.base])
			e.pos++
			continue
		}
		if m.length < maxMatch && e.pos+1 < end {
			if next = e.find(e.pos + 1); next.length > m.length {
				e.literal(e.win[e.pos-e.base])
				e.pos++
				continue
			}
			next = match{}
		}
		e.reference(m.place, m.length)
		e.pos += uint32(m.length)
	}
}

// A match is an earlier place with the same bytes.
type match struct {
	place  uint32
	length int
}

// find returns the longest match at p.
func (e *lzEncoder) find(p uint32) (best match) {
	e.index(p)
	cur := e.win[p-e.base:]
	cur = cur[:min(len(cur), maxMatch)]
	if len(cur) < minMatch {
		return best
	}
	if c := e.pairs[hash2(cur)]; reaches(c, p) {
		if n := commonLen(e.win[c-e.base:], cur); n >= minMatch {
			best = match{c, n}
		}
	}
	if len(cur) < 3 {
		return best
	}
	c := e.heads[hash3(cur)]
	for range maxChain {
		if !reaches(c, p) || best.length == len(cur) {
			break
		}
		// Only a longer match is of use, so its last byte is looked at first.
		if src := e.win[c-e.base:]; src[best.length] == cur[best.length] {
			if n := commonLen(src, cur); n > best.length {
				best = match{c, n}
			}
		}
		c = e.prev[c%ringSize]
	}
	return best
}

// reaches reports whether a reference at p can name the place c. It never names the
// place that is written next, which would be the end marker.
func reaches(c, p uint32) bool { return c != 0 && c < p && p-c < ringSize }

// index puts the places below p into the tables.
func (e *lzEncoder) index(p uint32) {
	for ; e.indexed < p; e.indexed++ {
		b := e.win[e.indexed-e.base:]
		if len(b) < 3 {
			return
		}
		e.pairs[hash2(b)] = e.indexed
		h := hash3(b)
		e.prev[e.indexed%ringSize] = e.heads[h]
		e.heads[h] = e.indexed
	}
}

func hash2(b []byte) uint32 {
	return (uint32(b[0]) | uint32(b[1])<<8) * 0x9E3779B1 >> (32 - hashBits)
}

func hash3(b []byte) uint32 {
	return (uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16) * 0x9E3779B1 >> (32 - hashBits)
}

// commonLen returns how many bytes of b src begins with. src lies before b in the
// same window, so that it is the longer one.
func commonLen(src, b []byte) int {
	src = src[:len(b)]
	for i := range b {
		if src[i] != b[i] {
			return i
		}
	}
	return len(b)
}

func (e *lzEncoder) literal(c byte) {
	e.run = append(e.run, c)
	e.token()
}

// reference writes a reference to a place.
func (e *lzEncoder) reference(place uint32, length int) {
	r := (place-origin)%ringSize<<4 | uint32(length-minMatch)
	e.run[0] |= 1 << e.tokens
	e.run = append(e.run, byte(r>>8), byte(r))
	e.token()
}

func (e *lzEncoder) token() {
	if e.tokens++; e.tokens == 8 {
		e.flushRun()
	}
}

func (e *lzEncoder) flushRun() {
	e.out = append(e.out, e.run...)
	e.run, e.tokens = append(e.run[:0], 0), 0
	if len(e.out) >= 16<<10 {
		e.flush()
	}
}

func (e *lzEncoder) flush() {
	if e.err != nil {
		return
	}
	e.crc = updateCRC(e.crc, e.out)
	e.written += int64(len(e.out))
	_, e.err = e.w.Write(e.out)
	e.out = e.out[:0]
}
