package rtf

import (
	"bytes"
	"io"
	"math"
)

// tokenKind says what a [token] is.
type tokenKind uint8

const (
	tokOpen   tokenKind = iota + 1 // {
	tokClose                       // }
	tokWord                        // control word: word, param, hasParam
	tokSymbol                      // control symbol: char, never a line end or an apostrophe
	tokHex                         // \'hh: char
	tokText                        // text: bytes in some code page, at least one
	tokBin                         // text: a piece of the data behind \bin; last with the last piece
)

// A token is the smallest unit of RTF. Its text points into the lexer's buffer
// and is valid until the next call.
type token struct {
	kind     tokenKind
	char     byte
	hasParam bool
	last     bool
	param    int32
	word     string
	text     []byte
}

const (
	lexerBuffer = 32 << 10
	// lookAhead is what the lexer wants to see of a control word at once.
	lookAhead = 64
	maxWord   = 32
	// maxWords bounds the spellings of control words that are kept.
	maxWords = 2048
)

// A lexer splits RTF into tokens. It reads its input once, in order, holds a
// buffer of fixed size, and takes linear time.
//
// Line ends and NULs in the source are no tokens and stand between any two; a line
// end behind a backslash is the word par. The data behind \binN comes as one or
// more tokBin after the word itself: N bytes, or what there is of them.
//
// Bytes never make it fail: next returns io.EOF at the end, or the error of the
// reader.
type lexer struct {
	r          io.Reader
	buf        []byte
	pos, end   int
	eof        bool
	err        error // of the reader, other than io.EOF
	bin        int64 // bytes of \bin data that are still to come
	binPending bool  // tokBin with last has not been returned
	words      map[string]string
	steps      int64 // tokens and refills so far: the work, for tests
	cut        bool  // the input ended within a token
}

func newLexer(r io.Reader) *lexer {
	return &lexer{r: r, buf: make([]byte, lexerBuffer), words: make(map[string]string, 64)}
}

// next reads the next token into tok.
func (l *lexer) next(tok *token) error {
	l.steps++
	*tok = token{}
	if l.binPending {
		return l.nextBin(tok)
	}
	for {
		if !l.need(1) {
			return l.fail()
		}
		switch l.buf[l.pos] {
		case '\r', '\n', 0:
			l.pos++
			continue
		case '{':
			l.pos++
			tok.kind = tokOpen
		case '}':
			l.pos++
			tok.kind = tokClose
		case '\\':
			if !l.control(tok) {
				continue
			}
		default:
			tok.kind, tok.text = tokText, l.textRun()
		}
		return nil
	}
}

// fail returns why there is no more input.
func (l *lexer) fail() error {
	if l.err != nil {
		return l.err
	}
	return io.EOF
}

// need makes at least n bytes readable, n being at most lookAhead, and reports
// false when the input ends before.
func (l *lexer) need(n int) bool {
	for l.end-l.pos < n {
		if l.eof {
			return false
		}
		l.fill()
	}
	return true
}

// fill moves what is left of the buffer to its front and reads behind it. Callers
// leave less than lookAhead bytes, so that moving costs nothing against reading.
func (l *lexer) fill() {
	l.end = copy(l.buf, l.buf[l.pos:l.end])
	l.pos = 0
	for range 100 {
		n, err := l.r.Read(l.buf[l.end:])
		l.steps++
		l.end += n
		if err != nil {
			l.eof = true
			if err != io.EOF {
				l.err = err
			}
			return
		}
		if n > 0 {
			return
		}
	}
	l.eof, l.err = true, io.ErrNoProgress
}

// textEnd are the bytes that end a run of text.
var textEnd = [256]bool{'\\': true, '{': true, '}': true, '\r': true, '\n': true, 0: true}

// textRun returns the text at the current position, as far as it is buffered.
func (l *lexer) textRun() []byte {
	b := l.buf[l.pos:l.end]
	n := 1
	for n < len(b) && !textEnd[b[n]] {
		n++
	}
	l.pos += n
	return b[:n]
}

// control reads what begins with a backslash. It reports false where that is nothing: a
// backslash at the end of the input, or \' without two digits, of which the digits
// that are there count as text.
func (l *lexer) control(tok *token) bool {
	if !l.need(lookAhead) && !l.need(2) {
		l.pos = l.end
		l.cut = true
		return false
	}
	c := l.buf[l.pos+1]
	switch {
	case isLetter(c):
		l.pos++
		l.controlWord(tok)
		return true
	case c == '\'':
		return l.hex(tok)
	case c == '\r' || c == '\n':
		tok.kind, tok.word = tokWord, "par"
	default:
		tok.kind, tok.char = tokSymbol, c
	}
	l.pos += 2
	return true
}

func (l *lexer) hex(tok *token) bool {
	l.pos += 2
	if !l.need(2) {
		l.cut = true
		return false
	}
	hi, lo := hexValue[l.buf[l.pos]], hexValue[l.buf[l.pos+1]]
	if hi == 0 || lo == 0 {
		return false
	}
	l.pos += 2
	tok.kind, tok.char = tokHex, (hi-1)<<4|(lo-1)
	return true
}

// hexValue has the value of each hexadecimal digit plus one.
var hexValue = func() (t [256]byte) {
	for i := range byte(16) {
		t["0123456789abcdef"[i]], t["0123456789ABCDEF"[i]] = i+1, i+1
	}
	return t
}()

// controlWord reads the word whose first letter is the current byte, its
// parameter, and the one blank that may end it.
func (l *lexer) controlWord(tok *token) {
	tok.kind, tok.word = tokWord, l.letters()
	tok.param, tok.hasParam = l.parameter()
	if l.need(1) && l.buf[l.pos] == ' ' {
		l.pos++
	}
	if tok.word == "bin" {
		l.bin, l.binPending = max(int64(tok.param), 0), true
	}
}

// letters reads the name of a control word. One beyond 32 letters is no known
// word; its first 32 stand for it.
func (l *lexer) letters() string {
	n := 0
	b := l.buf[l.pos:l.end]
	for n < len(b) && n < maxWord && isLetter(b[n]) {
		n++
	}
	w, ok := l.words[string(b[:n])]
	if !ok {
		w = string(b[:n])
		if len(l.words) < maxWords {
			l.words[w] = w
		}
	}
	l.pos += n
	for n == maxWord && l.need(1) && isLetter(l.buf[l.pos]) {
		l.pos++
	}
	return w
}

// parameter reads the number behind a control word; a value beyond 32 bits
// becomes the nearest one that fits.
func (l *lexer) parameter() (int32, bool) {
	if !l.need(1) {
		return 0, false
	}
	negative := l.buf[l.pos] == '-'
	if negative {
		if !l.need(2) || !isDigit(l.buf[l.pos+1]) {
			return 0, false
		}
		l.pos++
	} else if !isDigit(l.buf[l.pos]) {
		return 0, false
	}
	v := int64(0)
	for l.need(1) && isDigit(l.buf[l.pos]) {
		if v <= math.MaxInt32 {
			v = v*10 + int64(l.buf[l.pos]-'0')
		}
		l.pos++
	}
	if negative {
		v = -v
	}
	return int32(min(max(v, math.MinInt32), math.MaxInt32)), true
}

// nextBin reads the next piece of the data behind \bin.
func (l *lexer) nextBin(tok *token) error {
	if l.bin > 0 && !l.need(1) {
		l.bin, l.cut = 0, true
		if l.err != nil {
			l.binPending = false
			return l.err
		}
	}
	n := int(min(l.bin, int64(l.end-l.pos)))
	tok.kind, tok.text = tokBin, l.buf[l.pos:l.pos+n]
	l.pos += n
	l.bin -= int64(n)
	if l.bin == 0 {
		l.binPending, tok.last = false, true
	}
	return nil
}

// rest reports whether anything but white space and NULs follows. It is called at
// the end of the document and reads no further than to the answer.
func (l *lexer) rest() bool {
	for l.need(1) {
		b := bytes.TrimLeft(l.buf[l.pos:l.end], "\x00\r\n\t \x1A")
		if len(b) > 0 {
			return true
		}
		l.pos = l.end
	}
	return false
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
