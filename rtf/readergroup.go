package rtf

// open enters a group.
func (r *reader) open() event {
	r.depth++
	r.fresh, r.star = true, false
	old := r.st.alt
	r.st.alt = false
	e := event{}
	if r.depth <= maxDepth {
		r.stack = append(r.stack, *r.st)
		r.st = &r.stack[len(r.stack)-1]
		e.kind = evOpen
	} else {
		r.damage.tooDeep = true
	}
	if old {
		r.skipDepth = r.depth
	}
	return e
}

// close leaves a group. The last one ends the document.
func (r *reader) close(tok token) event {
	if r.depth <= 1 {
		if e := r.breakText(tok); e.kind != 0 {
			return e
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
		return event{} // the group is beyond maxDepth, or was never opened
	}
	r.stack = r.stack[:r.depth+1]
	r.st = &r.stack[r.depth]
	return event{kind: evClose}
}

// skip handles a token of a group that is skipped; only braces count in it.
func (r *reader) skip(tok token) event {
	switch tok.kind {
	case tokOpen:
		r.depth++
	case tokClose:
		if r.depth == r.skipDepth {
			r.skipDepth = 0
			return r.close(tok)
		}
		r.depth--
	}
	return event{}
}

// word handles a control word.
func (r *reader) word(tok token) event {
	if breaksText[tok.word] {
		if e := r.breakText(tok); e.kind != 0 {
			return e
		}
	}
	e := event{kind: evWord, word: tok.word, param: tok.param, hasParam: tok.hasParam, first: r.fresh, star: r.star}
	r.fresh, r.star = false, false
	if (e.first || e.star) && r.skipped(&e) {
		// The document's own group is never a destination.
		if r.depth > 1 {
			r.skipDepth = r.depth
		}
		return event{}
	}
	if r.fontDepth > 0 {
		r.fontWord(&e)
		return event{}
	}
	if f := stateWords[e.word]; f != nil {
		return f(r, e)
	}
	return e
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

// stateWords are the words that a reader needs itself. A result of kind 0 means
// that the consumer doesn't get it.
var stateWords = map[string]func(r *reader, e event) event{
	"f":       func(r *reader, e event) event { r.st.font = e.param; return e },
	"af":      func(r *reader, e event) event { r.associatedFont(&e); return e },
	"plain":   func(r *reader, e event) event { r.st.font, r.st.dbFont, r.st.dbch = noFont, noFont, false; return e },
	"dbch":    func(r *reader, e event) event { r.st.dbch, r.st.dbFont = true, noFont; return e },
	"loch":    func(r *reader, e event) event { r.st.dbch = false; return e },
	"hich":    func(r *reader, e event) event { r.st.dbch = false; return e },
	"deff":    func(r *reader, e event) event { r.deff = e.param; return e },
	"uc":      func(r *reader, e event) event { r.st.uc = max(e.param, 0); return event{} },
	"u":       (*reader).unicode,
	"bin":     func(*reader, event) event { return event{} },
	"ansi":    func(r *reader, e event) event { r.setPage(0, false); return e },
	"mac":     func(r *reader, e event) event { r.setPage(10000, false); return e },
	"pc":      func(r *reader, e event) event { r.setPage(437, false); return e },
	"pca":     func(r *reader, e event) event { r.setPage(850, false); return e },
	"ansicpg": func(r *reader, e event) event { r.setPage(int(e.param), true); return event{} },
	"fonttbl": (*reader).fontTable,
	"upr":     func(r *reader, e event) event { r.st.alt = true; return event{} },
	"ud":      func(r *reader, e event) event { return event{} },
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
	r.docPage = newBytePage(page)
}

// associatedFont handles \af: behind \dbch it is the font of the double-byte
// characters that follow; elsewhere it is one that is not in use.
func (r *reader) associatedFont(e *event) {
	if r.st.dbch {
		r.st.dbFont = e.param
	}
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
