package mimeparam

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
)

// ParseContentType reads a Content-Type field's unfolded value. 8-bit bytes in
// parameters are read as in [rfc2047.Decode].
func ParseContentType(s string, fallback *charset.Charset) Value {
	p := parser{s: s, fallback: fallback}
	p.mediaType()
	p.params()
	p.finish()
	return p.v
}

// ParseDisposition reads a Content-Disposition field's unfolded value.
func ParseDisposition(s string, fallback *charset.Charset) Value {
	p := parser{s: s, fallback: fallback}
	p.v.Full = p.head()
	if p.v.Full == "" {
		p.v.Defects.AddText(diag.DispositionInvalid, "no disposition", s)
	}
	p.junk(diag.DispositionInvalid)
	p.params()
	p.finish()
	return p.v
}

// A parser reads one value.
type parser struct {
	s          string
	i          int
	fallback   *charset.Charset
	v          Value
	fields     []field
	index      map[string]int // of fields, once there are many
	noComments bool           // a comment had no end
	marksTried int            // quotation marks that closed no string at once
}

// mediaType takes the type and the subtype.
func (p *parser) mediaType() {
	v := &p.v
	v.Type = p.head()
	if p.skipCFWS(); v.Type != "" && p.at('/') {
		p.i++
		v.Subtype = p.head()
	}
	switch {
	case v.Type == "" || v.Subtype == "":
		v.Defects.AddText(diag.ContentTypeInvalid, "no media type", p.s)
	case strings.HasPrefix(p.s, v.Type+"/"+v.Subtype):
		v.Full = p.s[:len(v.Type)+len("/")+len(v.Subtype)] // shares its memory
	default:
		v.Full = v.Type + "/" + v.Subtype
	}
	p.junk(diag.ContentTypeInvalid)
}

// head takes the next token, in lower case, unless it is a parameter's name.
//
// QUIRK: fields are seen that consist of parameters alone, and types in
// quotation marks.
func (p *parser) head() string {
	p.skipCFWS()
	if p.at('"') {
		p.i++
	}
	if isParam(p.s, p.i) {
		return ""
	}
	start := p.i
	p.i = skipToken(p.s, p.i)
	return strings.ToLower(p.s[start:p.i])
}

// junk skips what stands between the head and the parameters.
func (p *parser) junk(code diag.Code) {
	for {
		p.skipCFWS()
		if p.i == len(p.s) || p.at(';') || isParam(p.s, p.i) {
			return
		}
		if !p.at('"') && !p.at(',') {
			p.v.Defects.AddText(code, "unexpected", p.s[p.i:])
		}
		p.i = max(p.i+1, skipToken(p.s, p.i))
	}
}

// params takes the parameters.
//
// QUIRK: semicolons lack, stand at the end and beside each other (RFC 2045 5.1
// has one before each parameter).
func (p *parser) params() {
	for {
		p.skipCFWS()
		if p.i == len(p.s) {
			return
		}
		start := p.i
		if p.i = skipToken(p.s, p.i); p.i == start {
			if c := p.s[p.i]; c != ';' && c != ',' {
				p.invalid("unexpected", p.s[p.i:])
			}
			p.i++
			continue
		}
		name := p.s[start:p.i]
		if p.skipCFWS(); !p.at('=') {
			p.invalid("no value", name)
			continue
		}
		p.i++
		p.add(strings.ToLower(name), p.value(isFileName(name)))
	}
}

func (p *parser) invalid(what, text string) {
	p.v.Defects.AddText(diag.ParameterInvalid, what, text)
}

// finish turns the fields into parameters.
func (p *parser) finish() {
	if len(p.fields) == 0 {
		return
	}
	p.v.Params = make([]Param, len(p.fields))
	for i := range p.fields {
		f := &p.fields[i]
		if f.name == "boundary" {
			p.v.boundary = strings.TrimRight(p.bytes(f), " \t\r\n")
		}
		p.v.Params[i] = Param{f.name, p.text(f)}
	}
}
