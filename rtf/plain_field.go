package rtf

import (
	"strconv"
	"strings"
)

// A plainField is a field while it is being read.
type plainField struct {
	instruction []byte
	parsed      bool
	link        int32
	symbol      string // what the field SYMBOL shows
	shown       bool   // the result has text
	outer       plainDest
}

// maxInstruction bounds the part of a field's instruction that is read, in bytes.
const maxInstruction = 2*maxLinkTarget + 256

func (f *plainField) instruct(text []byte) {
	f.instruction = append(f.instruction, text[:min(len(text), maxInstruction-len(f.instruction))]...)
}

func (p *plainParser) beginField(e event) {
	if e.first || e.star {
		p.st.field = &plainField{outer: p.st.dest}
		p.st.owner = true
	}
}

func (p *plainParser) beginInstruction(e event) {
	switch {
	case !e.first && !e.star:
	case p.st.field == nil:
		p.begin(destNothing)
	default:
		p.begin(destInstruction)
	}
}

func (p *plainParser) beginResult(e event) {
	f := p.st.field
	if f == nil || !e.first && !e.star {
		return
	}
	p.endInstruction(f)
	p.st.dest = f.outer
	if f.link != 0 {
		p.st.char.link = f.link
	}
}

// endInstruction reads the instruction of a field, once.
func (p *plainParser) endInstruction(f *plainField) {
	if f == nil || f.parsed || len(f.instruction) == 0 {
		return
	}
	f.parsed = true
	words := fieldWords(string(f.instruction))
	f.instruction = nil
	if len(words) < 2 {
		return
	}
	switch strings.ToUpper(words[0].text) {
	case "HYPERLINK":
		if target := hyperlinkTarget(words[1:]); target != "" {
			f.link = int32(len(p.doc.links))
			p.doc.links = append(p.doc.links, target)
		}
	case "SYMBOL":
		f.symbol = fieldSymbol(words[1:])
	}
}

// endField adds what a field shows that has no result.
//
// QUIRK: Word gives the field SYMBOL an empty result, from which it alone knows what
// to show.
func (p *plainParser) endField(f *plainField) {
	if f.symbol != "" && !f.shown {
		p.st.dest = f.outer
		p.addText([]byte(f.symbol))
	}
}

// A fieldWord is a word of a field's instruction: a switch such as \l, or an
// argument, which may be quoted.
type fieldWord struct {
	text     string
	isSwitch bool
}

// fieldWords splits an instruction. Within quotes a backslash escapes.
func fieldWords(s string) []fieldWord {
	var out []fieldWord
	for {
		s = strings.TrimLeft(s, " \t\u00a0")
		if s == "" {
			return out
		}
		var w fieldWord
		w, s = nextFieldWord(s)
		out = append(out, w)
	}
}

func nextFieldWord(s string) (w fieldWord, rest string) {
	if s[0] != '"' {
		end := strings.IndexAny(s, " \t\"")
		if end < 0 {
			end = len(s)
		}
		return fieldWord{s[:end], s[0] == '\\' && end == 2}, s[end:]
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return fieldWord{text: b.String()}, s[i+1:]
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '\\' || s[i+1] == '"'):
			i++
		}
		b.WriteByte(s[i])
	}
	return fieldWord{text: b.String()}, ""
}

// hyperlinkTarget returns the target of HYPERLINK, or "" if it is none that a link
// may have. The switch \l adds a place within the target, \n, \o and \t have an
// argument that is no target.
func hyperlinkTarget(words []fieldWord) string {
	url, place := "", ""
	for i := 0; i < len(words); i++ {
		switch w := words[i]; {
		case !w.isSwitch && url == "":
			url = w.text
		case !w.isSwitch, i+1 == len(words), words[i+1].isSwitch:
		case w.text == `\l`:
			i++
			place = "#" + words[i].text
		case w.text == `\o` || w.text == `\t`:
			i++
		}
	}
	if url == "" {
		return ""
	}
	return linkTarget(url + place)
}

// fieldSymbol returns the character of SYMBOL n \f "font".
func fieldSymbol(words []fieldWord) string {
	n, err := strconv.ParseInt(words[0].text, 0, 32)
	if err != nil || n < 0x20 || n > 0xFFFF {
		return ""
	}
	for i, w := range words[1:] {
		if w.text == `\f` && i+2 < len(words) && n <= 0xFF {
			if name := strings.ToLower(words[i+2].text); name == "symbol" || strings.HasSuffix(name, "dings") {
				return string(symbolRune(name, byte(n)))
			}
		}
	}
	return string(rune(n))
}
