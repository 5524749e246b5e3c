package rtf

// open enters a group.
func (r *reader) open() bool {
	r.depth++
	r.fresh, r.star = true, false
	if r.st.alt {
		r.st.alt = false
		r.skipDepth = r.depth
	}
	if r.depth > maxDepth {
		r.damage.tooDeep = true
		return false
	}
	r.stack = append(r.stack, *r.st)
	r.st = &r.stack[len(r.stack)-1]
	r.ev = event{kind: evOpen}
	return true
}

// close leaves a group. The last one ends the document.
func (r *reader) close() bool {
	if r.depth <= 1 {
		if r.breakText() {
			return true
		}
		r.finished = true
		r.damage.trailing = r.lex.rest()
	}
	r.fresh, r.star, r.ucSkip = false, false, 0
	if r.fontDepth == r.depth {
		r.addFont()
		r.fontDepth = 0
	}
	r.depth = max(r.depth-1, 0)
	if r.depth+1 >= len(r.stack) {
		return false // the group is beyond maxDepth, or was never opened
	}
	r.stack = r.stack[:r.depth+1]
	r.st = &r.stack[r.depth]
	r.ev = event{kind: evClose}
	return true
}

// skip handles a token of a group that is skipped; only braces count in it.
func (r *reader) skip() bool {
	switch r.tok.kind {
	case tokOpen:
		r.depth++
	case tokClose:
		if r.depth == r.skipDepth {
			r.skipDepth = 0
			return r.close()
		}
		r.depth--
	}
	return false
}

// word handles a control word.
func (r *reader) word() bool {
	tok := &r.tok
	if (len(r.pending) > 0 || r.high != 0) && breaksText[tok.word] && r.breakText() {
		return true
	}
	r.ev = event{kind: evWord, word: tok.word, param: tok.param, hasParam: tok.hasParam, first: r.fresh, star: r.star}
	r.fresh, r.star = false, false
	e := &r.ev
	if (e.first || e.star) && r.skipped(e) {
		// The document's own group is never a destination.
		if r.depth > 1 {
			r.skipDepth = r.depth
		}
		return false
	}
	if r.fontDepth > 0 {
		r.fontWord(e)
		return false
	}
	if f := stateWords[e.word]; f != nil {
		return f(r, e)
	}
	return true
}

// skipped reports whether e begins a destination that is to be skipped.
func (r *reader) skipped(e *event) bool {
	switch r.cfg.dests[e.word] {
	case destKeep:
		return false
	case destSkip:
		return true
	}
	return e.star && e.word != "fonttbl" && e.word != "ud"
}

// stateWords are the words that a reader needs itself. A function reports whether
// the consumer gets the word too, or an event that it has put in its place.
var stateWords = map[string]func(r *reader, e *event) bool{
	"f":       func(r *reader, e *event) bool { r.st.font = e.param; return true },
	"af":      (*reader).associatedFont,
	"plain":   func(r *reader, _ *event) bool { r.st.font, r.st.dbFont, r.st.dbch = noFont, noFont, false; return true },
	"dbch":    func(r *reader, _ *event) bool { r.st.dbch, r.st.dbFont = true, noFont; return true },
	"loch":    func(r *reader, _ *event) bool { r.st.dbch = false; return true },
	"hich":    func(r *reader, _ *event) bool { r.st.dbch = false; return true },
	"deff":    func(r *reader, e *event) bool { r.deff = e.param; return true },
	"uc":      func(r *reader, e *event) bool { r.st.uc = max(e.param, 0); return false },
	"u":       (*reader).unicode,
	"bin":     func(*reader, *event) bool { return false },
	"ansi":    func(r *reader, _ *event) bool { r.setPage(0, false); return true },
	"mac":     func(r *reader, _ *event) bool { r.setPage(10000, false); return true },
	"pc":      func(r *reader, _ *event) bool { r.setPage(437, false); return true },
	"pca":     func(r *reader, _ *event) bool { r.setPage(850, false); return true },
	"ansicpg": func(r *reader, e *event) bool { r.setPage(int(e.param), true); return false },
	"fonttbl": (*reader).fontTable,
	"upr":     func(r *reader, _ *event) bool { r.st.alt = true; return false },
	"ud":      func(*reader, *event) bool { return false },
}

// setPage sets the document's code page. \ansicpg wins over the others wherever it
// stands; page 0 means the default.
func (r *reader) setPage(page int, named bool) {
	switch {
	case named && page <= 0, r.docNamed && !named:
		return
	case page == 0:
		page = r.cfg.page
	case named && decoderOf(page) == nil:
		r.damage.unknownPage = page
		return
	}
	r.docNamed = r.docNamed || named
	r.docPage = r.pages.page(page)
}

// associatedFont handles \af: behind \dbch it is the font of the double-byte
// characters that follow; elsewhere it is one that is not in use.
func (r *reader) associatedFont(e *event) bool {
	if r.st.dbch {
		r.st.dbFont = e.param
	}
	return true
}

// breaksText are the words whose place in the text is exact: half a character
// before them never goes on behind them.
var breaksText = map[string]bool{
	"par": true, "line": true, "softline": true, "tab": true, "cell": true, "nestcell": true, "row": true,
	"nestrow": true, "page": true, "sect": true, "column": true, "softpage": true, "objattph": true,
	"lquote": true, "rquote": true, "ldblquote": true, "rdblquote": true, "bullet": true, "endash": true,
	"emdash": true, "enspace": true, "emspace": true, "qmspace": true, "ltrmark": true, "rtlmark": true,
	"zwj": true, "zwnj": true, "zwbo": true, "zwnbo": true, "chdate": true, "chtime": true, "chpgn": true,
}
