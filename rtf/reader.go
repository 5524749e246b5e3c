package rtf

import (
	"context"
	"io"

	"github.com/contentconv/contentconv/diag"
)

// eventKind says what an [event] is.
type eventKind uint8

const (
	evOpen   eventKind = iota + 1 // a group begins; the state was pushed
	evClose                       // a group ends; the state was popped
	evWord                        // a control word: word, param, hasParam, first, star
	evSymbol                      // a control symbol other than \{ \} \\ \*: char
	evText                        // text: UTF-8, or bytes as they are where the state says raw
	evBin                         // text: a piece of \bin data (raw states only); last with the last one
)

// An event is what a reader reports. Its text is valid until the next call.
type event struct {
	kind     eventKind
	char     byte
	hasParam bool
	first    bool // the word is the first thing in its group
	star     bool // \* stands before the word
	last     bool
	param    int32
	word     string
	text     []byte
}

// on reports whether the word turns a property on: it has no parameter, or one that
// is not 0.
func (e *event) on() bool { return !e.hasParam || e.param != 0 }

// destAction says what a reader does with a destination.
type destAction uint8

const (
	// destDefault skips a group whose first word stands behind \*, and reports all
	// of any other.
	destDefault destAction = iota
	destKeep               // report it
	destSkip               // skip it to the end of its group
)

// groupState is what a group inherits and restores at its end.
type groupState struct {
	font    int32 // number, or noFont for the default font
	dbFont  int32 // the font of double-byte characters (\dbch\afN), or noFont
	uc      int32 // units that stand behind \u for readers that don't know it
	dbch    bool  // the text that follows is double-byte (\dbch)
	docText bool  // text is in the document's code page, whatever the font
	hidden  bool  // text is not reported
	raw     bool  // text is reported as the bytes that it is
	alt     bool  // in \upr: the next group is the form for elder readers
}

const (
	noFont = -1
	// maxDepth is how many groups the state is kept for. Deeper ones share that of
	// the innermost one; no event tells of their begin and end.
	maxDepth = 10000
	// maxPending bounds how many bytes wait for their decoding.
	maxPending = 8 << 10
	ctxEvery   = 1024 // tokens between two looks at the context
)

// A reader turns tokens into events: it keeps the group stack, reads the font
// table, skips destinations and the fallback of \uN, and decodes text.
//
//	r := newReader(ctx, src, readerConfig{dests: ..., rec: ...})
//	for {
//		e, err := r.next() // io.EOF at the end of the document
//		switch e.kind { ... }
//	}
//
// st is the state of the current group. A consumer may change hidden, raw and
// docText of it, for instance when it gets the word of a destination; they end with
// the group. For state of its own it keeps a stack that evOpen pushes and evClose
// pops; at most maxDepth evOpen are without their evClose, and groups that are open
// at the end get none. r.font() is the current font.
//
// Text comes decoded and before the event that follows it in the source. The halves
// of a character are joined over words and groups that emit no text of their own. A
// consumer that emits text on its own account, and not for a word of breaksText,
// calls flush first and emits what it returns.
type reader struct {
	lex   *lexer
	ctx   context.Context
	cfg   readerConfig
	st    *groupState // the top of stack
	stack []groupState
	depth int // groups that are open, with those beyond the stack

	fresh     bool // nothing has come since the group began, except \*
	star      bool // \* has come
	skipDepth int  // 0, or the depth of the group that is skipped
	ucSkip    int32
	tok       token
	again     bool  // tok is to be looked at once more
	ev        event // what next returns

	fonts     map[int32]*font
	fontDepth int // 0, or the depth of the font table
	newFont   fontEntry
	deff      int32
	pages     pageCache
	docPage   *bytePage
	docNamed  bool // \ansicpg named it

	pending []byte // bytes in pendIn that wait for their decoding
	pendIn  textPage
	high    rune   // a high surrogate that waits for the low one, or 0
	tail    []byte // what came since
	one     [1]byte
	out     []byte // text of the last event

	tokens   int64
	finished bool
	reported bool
	damage   damage
}

type readerConfig struct {
	dests   map[string]destAction // by word; what is missing is destDefault
	page    int                   // the code page of a document that names none; 0 is 1252
	symbols bool                  // text in symbol fonts becomes the characters it shows
	rec     *diag.Recorder
}

func newReader(ctx context.Context, src io.Reader, cfg readerConfig) *reader {
	r := &reader{lex: newLexer(src), ctx: ctx, cfg: cfg, fonts: make(map[int32]*font), pages: make(pageCache)}
	r.stack = append(make([]groupState, 0, 32), groupState{font: noFont, dbFont: noFont, uc: 1})
	r.st = &r.stack[0]
	r.docPage = r.pages.page(cfg.page)
	return r
}

// next returns the next event.
func (r *reader) next() (event, error) {
	r.out = r.out[:0]
	for {
		if !r.again {
			if err := r.read(); err != nil {
				return event{}, err
			}
		}
		r.again = false
		if r.finished && r.emit(r.flush()) || !r.finished && r.token() {
			return r.ev, nil
		}
	}
}

// read reads the next token.
func (r *reader) read() error {
	if r.finished {
		r.report()
		return io.EOF
	}
	if r.tokens++; r.tokens%ctxEvery == 0 {
		if err := r.ctx.Err(); err != nil {
			return err
		}
	}
	err := r.lex.next(&r.tok)
	if err == io.EOF {
		r.finished, r.damage.unclosed = true, r.depth > 0
		return nil
	}
	return err
}

// emit makes an event of text, if there is any.
func (r *reader) emit(text []byte) bool {
	if len(text) == 0 {
		return false
	}
	r.ev = event{kind: evText, text: text}
	return true
}

// token handles the current token, and reports whether that gives an event.
func (r *reader) token() bool {
	tok := &r.tok
	switch {
	case r.skipDepth > 0:
		return r.skip()
	case r.ucSkip > 0 && r.skipUnit(tok):
		return false
	case isText(tok):
		return r.text()
	}
	if len(r.pending) > 0 && r.emit(r.drain()) {
		r.again = true
		return true
	}
	switch tok.kind {
	case tokOpen:
		return r.open()
	case tokClose:
		return r.close()
	case tokBin:
		r.ev = event{kind: evBin, text: tok.text, last: tok.last}
		return r.st.raw && !r.st.hidden
	case tokSymbol:
		return r.symbol(tok.char)
	}
	return r.word()
}

// isText reports whether tok is text, written in one way or another.
func isText(tok *token) bool {
	switch tok.kind {
	case tokText, tokHex:
		return true
	case tokSymbol:
		return tok.char == '{' || tok.char == '}' || tok.char == '\\'
	}
	return false
}

// skipUnit takes one unit, or a run of them, off what \u is to skip. It shortens a
// text that holds more, and reports whether tok is gone.
//
// QUIRK: \u behind \u is the next character and no fallback: some writers leave the
// fallback out between the halves of a surrogate pair, though \uc says there is one
// (RTF 1.9, "Unicode RTF").
func (r *reader) skipUnit(tok *token) bool {
	switch tok.kind {
	case tokOpen, tokClose:
		r.ucSkip = 0
		return false
	case tokText:
		n := min(int(r.ucSkip), len(tok.text))
		r.ucSkip -= int32(n)
		tok.text = tok.text[n:]
		return len(tok.text) == 0
	case tokBin:
		if tok.last {
			r.ucSkip--
		}
		return true
	case tokWord:
		switch {
		case tok.word == "u" && tok.hasParam:
			r.ucSkip = 0
			return false
		case tok.word == "bin": // counts with its data
			return true
		}
	}
	r.ucSkip--
	return true
}

// symbol handles a control symbol that is no text.
func (r *reader) symbol(c byte) bool {
	if c == '*' {
		r.star = true
		return false
	}
	if (c == '~' || c == '_') && r.breakText() {
		return true
	}
	r.fresh, r.star = false, false
	r.ev = event{kind: evSymbol, char: c}
	return r.fontDepth == 0
}

// breakText emits the text that cannot wait longer, because the current token emits
// text that is to stand behind it; the token is then looked at once more.
func (r *reader) breakText() bool {
	if len(r.pending) == 0 && r.high == 0 {
		return false
	}
	r.again = r.emit(r.flush())
	return r.again
}
