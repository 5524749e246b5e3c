package mimescan

import "bytes"

// nextDelimiter looks for a delimiter line from s.pos on, which begins a line.
func (s *scanner) nextDelimiter() (d delimiter, ok bool, err error) {
	if d, ok, err = s.delimiterAt(s.pos); ok || err != nil {
		return d, ok, err
	}
	for len(s.open.frames) > 0 {
		v, err := s.win.from(s.pos, len("\n--"))
		if err != nil || len(v) < len("\n--") {
			return d, false, err
		}
		i := s.hyphens(v)
		if i < 0 {
			s.pos += int64(len(v) - len("\n-"))
			continue
		}
		s.pos += int64(i)
		if d, ok, err = s.delimiterAt(s.pos); ok || err != nil {
			return d, ok, err
		}
		s.pos += int64(len("--"))
	}
	return d, false, nil
}

// sampleLength is how much of a window decides what to look for.
const sampleLength = 512

// hyphens returns the index of the first two hyphens in v that begin a line,
// which is not the first byte of v, or -1.
//
// It looks for the rarer of the bytes that a delimiter begins with, and only then
// for what is around it: base64 has no hyphens, and HTML has more of them than
// of lines.
func (s *scanner) hyphens(v []byte) int {
	sample := v[:min(len(v), sampleLength)]
	if s.crLines || bytes.Count(sample, []byte("-")) <= bytes.Count(sample, []byte("\n")) {
		return s.hyphensByHyphen(v)
	}
	for i := 0; ; {
		n := bytes.IndexByte(v[i:], '\n')
		if i += n + 1; n < 0 || i+1 >= len(v) {
			return -1
		}
		if v[i] == '-' && v[i+1] == '-' {
			return i
		}
	}
}

func (s *scanner) hyphensByHyphen(v []byte) int {
	for i := 1; i < len(v); i++ {
		n := bytes.IndexByte(v[i:], '-')
		if i += n; n < 0 || i+1 == len(v) {
			return -1
		}
		if v[i+1] == '-' && (v[i-1] == '\n' || v[i-1] == '\r' && s.crLines) {
			return i
		}
	}
	return -1
}
