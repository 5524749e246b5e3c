package rtf

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
)

// Kind says what RTF holds.
type Kind uint8

const (
	// Plain is RTF that stands for itself.
	Plain Kind = iota + 1
	// HTML is RTF that encapsulates HTML (\fromhtml1).
	HTML
	// Text is RTF that encapsulates plain text (\fromtext).
	Text
)

func (k Kind) String() string {
	switch k {
	case Plain:
		return "plain"
	case HTML:
		return "HTML"
	case Text:
		return "text"
	}
	return fmt.Sprintf("kind(%d)", uint8(k))
}

// KindOf returns the kind of RTF by its beginning, of which the first 4 KiB are
// enough, or 0 when it is no RTF. It goes by the looser rules of
// [DecodeOptions.StrictKind].
func KindOf(rtf []byte) Kind {
	return kindOf(rtf[:min(len(rtf), kindBytes)], false)
}

const (
	kindBytes  = 4 << 10 // of the input are looked at
	kindTokens = 10      // [MS-OXRTFEX] 2.2.3.1
	kindWords  = 20      // of a header that is searched
)

// peekKind returns the kind of the RTF in src, and what to read in its place.
func peekKind(src io.Reader, strict bool) (Kind, io.Reader, error) {
	br := bufio.NewReaderSize(src, kindBytes)
	b, err := br.Peek(kindBytes)
	if err != nil && err != io.EOF {
		return 0, nil, err
	}
	return kindOf(b, strict), br, nil
}

// kindOf looks for \fromhtml1 and \fromtext in the header, which ends with the font
// table or with text ([MS-OXRTFEX] 2.2.3.1). The document may begin with blanks, or
// with the byte order mark of an editor.
//
// QUIRK: not strict, it passes groups such as {\*\generator ...}, goes on behind the
// tenth token, and takes \fromhtml with any number but 0: converters put their own
// words in front, and some leave the number out.
func kindOf(b []byte, strict bool) Kind {
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\uFEFF")), " \t\r\n\x00")
	if !bytes.HasPrefix(b, []byte(`{\rtf`)) {
		return 0
	}
	lex := newLexer(bytes.NewReader(b))
	depth, tokens, words := 0, 0, 0
	var tok token
	for {
		if lex.next(&tok) != nil {
			return Plain
		}
		switch tok.kind {
		case tokOpen:
			depth++
			tokens++
		case tokClose:
			depth--
			if strict || depth <= 0 {
				return Plain
			}
		case tokWord:
			words++
			tokens++
			if k := headerKind(&tok, depth, strict); k != 0 {
				return k
			}
		case tokText:
			if (strict || depth <= 1) && len(bytes.TrimSpace(tok.text)) > 0 {
				return Plain
			}
		case tokHex:
			return Plain
		}
		if strict && tokens >= kindTokens || words >= kindWords {
			return Plain
		}
	}
}

// headerKind returns the kind that a word of the header tells, or 0.
func headerKind(tok *token, depth int, strict bool) Kind {
	switch tok.word {
	case "fonttbl":
		return Plain
	case "fromtext":
		if depth == 1 {
			return Text
		}
	case "fromhtml":
		if depth == 1 && (tok.hasParam && tok.param == 1 || !strict && (!tok.hasParam || tok.param != 0)) {
			return HTML
		}
	}
	return 0
}
