package tree

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/limits"
)

// The bounds of [Options] where a field is zero.
const (
	DefaultMaxSize  = 16 << 20
	DefaultMaxItems = 500_000
	DefaultMaxDepth = 16
)

// Options say how a calendar is read. Nil and the zero value are the defaults.
type Options struct {
	// Charset is the charset parameter of the media type, or "". Text without one
	// is UTF-8 if it can be (RFC 6047, section 2.4), else it is detected.
	Charset string
	// MaxSize bounds the input in bytes.
	MaxSize int64
	// MaxItems bounds the properties, parameters and parameter values together.
	MaxItems int64
	// MaxDepth bounds components within components; deeper ones are skipped.
	MaxDepth int
	// Recorder gets the repairs, at the MIME part Part; nil drops them.
	Recorder *diag.Recorder
	Part     string
}

// A Stream is what a file or a MIME part holds.
type Stream struct {
	// Components are the outermost ones, in order: one VCALENDAR as a rule.
	Components []*Component
	// Charset is the name of the charset that the text was read in.
	Charset string
	// Lost counts the lines whose content is not in Components, though they stand
	// within one; FirstLost is the number of the first, or 0.
	Lost, FirstLost int
}

// Parse reads data. It never fails on bad syntax, but repairs it; the error is a
// *[limits.ExceededError] when the data passes a bound.
func Parse(data []byte, o *Options) (*Stream, error) {
	p := &parser{}
	if o != nil {
		p.Options = *o
	}
	p.defaults()
	if n := int64(len(data)); n > p.MaxSize {
		return nil, &limits.ExceededError{Name: "MaxSize", Limit: p.MaxSize, Actual: n}
	}
	l := p.lines(data)
	p.properties.lines = l.count
	for {
		s, number, ok := l.next()
		if !ok {
			break
		}
		p.line(s, number)
		if p.items > p.MaxItems {
			return nil, &limits.ExceededError{Name: "MaxItems", Limit: p.MaxItems, Actual: p.items}
		}
	}
	p.finish()
	return &p.stream, nil
}

// A parser is the state of one Parse.
type parser struct {
	Options
	stream     Stream
	open       []*Component // the components that await their END, outermost first
	skipped    []string     // the names of open components that lie too deep
	outside    int          // lines outside of every component
	items      int64
	content    lineParser
	properties propertyPool
	joined     strings.Builder // the value of the last property, while lines are joined to it
}

func (p *parser) defaults() {
	if p.MaxSize == 0 {
		p.MaxSize = DefaultMaxSize
	}
	if p.MaxItems == 0 {
		p.MaxItems = DefaultMaxItems
	}
	if p.MaxDepth == 0 {
		p.MaxDepth = DefaultMaxDepth
	}
}

// report records a repair at a line.
func (p *parser) report(code diag.Code, line int, detail string) {
	p.Recorder.Addf(code, p.Part, "", "line %d: %s", line, detail)
}

// lose records a line whose content is dropped.
func (p *parser) lose(code diag.Code, line int, detail string) {
	if p.stream.Lost++; p.stream.Lost == 1 {
		p.stream.FirstLost = line
	}
	p.report(code, line, detail)
}

// lines unfolds and decodes data. A charset in which ASCII bytes mean themselves
// is decoded after unfolding, because folding may have split a character.
func (p *parser) lines(data []byte) *lineReader {
	declared := charset.Lookup(p.Charset)
	wide := !charset.Used(declared, data).ASCIICompatible()
	if wide {
		data = []byte(p.decode(declared, data))
	}
	u := unfold(data)
	p.reportLines(u)
	text := ""
	if wide {
		text = string(u.text)
	} else {
		text = p.decode(declared, u.text)
	}
	return &lineReader{text: text, starts: u.starts, count: int(u.count)}
}

// decode returns the text of b, which nobody changes afterwards, and reports what was wrong with its charset.
func (p *parser) decode(declared *charset.Charset, b []byte) string {
	mark := hasBOM(b[:min(len(b), 4)])
	s, used, bad := charset.DecodeOwned(declared, b)
	if t := charset.TrimBOM(s); len(t) < len(s) || mark {
		s = t
		p.report(diag.CalendarLineRepaired, 1, "a byte order mark was skipped")
	}
	p.stream.Charset = used.Name()
	switch {
	case p.Charset != "" && declared == nil:
		p.Recorder.Addf(diag.CharsetUnknown, p.Part, "", "%s; read as %s", diag.Quote(p.Charset), used.Name())
	case declared != nil && used != declared && !(declared == charset.ASCII() && used == charset.UTF8()):
		p.Recorder.Addf(diag.CharsetMismatch, p.Part, "", "%s; read as %s", declared.Name(), used.Name())
	case declared == nil && used != charset.UTF8() && used != charset.ASCII():
		p.Recorder.Addf(diag.CharsetDetected, p.Part, "", "read as %s", used.Name())
	}
	if bad > 0 {
		p.Recorder.Addf(diag.TextUndecodable, p.Part, "", "%d in %s", bad, used.Name())
	}
	return s
}

func hasBOM(b []byte) bool {
	return strings.HasPrefix(string(b), "\xEF\xBB\xBF") || strings.HasPrefix(string(b), "\xFF\xFE") ||
		strings.HasPrefix(string(b), "\xFE\xFF") || strings.HasPrefix(string(b), "\x00\x00\xFE\xFF")
}

func (p *parser) reportLines(u unfolded) {
	for _, r := range []struct {
		line int
		code diag.Code
		text string
	}{
		{u.bareLF, diag.BareLF, "ends in LF alone"},
		{u.bareCR, diag.BareCR, "ends in CR alone, or in several"},
		{u.nul, diag.NULByte, "NUL bytes were removed"},
		{u.blank, diag.CalendarLineRepaired, "an empty line was skipped"},
		{u.softBreak, diag.CalendarLineRepaired, "a soft line break of quoted-printable was joined"},
	} {
		if r.line > 0 {
			p.report(r.code, r.line, r.text)
		}
	}
}
