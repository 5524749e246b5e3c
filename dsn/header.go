package dsn

import (
	"bytes"
	"iter"
	"strings"
	"unicode/utf8"
)

const (
	// maxLine is the number of bytes of a line without its end (RFC 5322,
	// section 2.1.1).
	maxLine = 998
	// maxHeaderBlock is the number of bytes of a header that come back. More is
	// of no use to a sender.
	maxHeaderBlock = 256 << 10
	// maxValue is the number of bytes of a field that is looked at.
	maxValue = 8 << 10
)

// A headerBlock is the header of a message as far as a notification needs it.
type headerBlock struct {
	text      string // valid lines that end in CRLF, without the empty line
	ascii     bool   // of printable characters and tabs
	truncated bool   // text lacks the rest
	// values are those of the fields that are looked at, by name in lower case.
	values map[string][]string
	list   string // the name of the first List- field, or ""
}

func (h *headerBlock) first(name string) string {
	if v := h.values[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// wanted are the fields that decide about a notification or are shown in it.
var wanted = map[string]bool{
	"auto-submitted": true, "precedence": true, "content-type": true, "x-auto-response-suppress": true,
	"subject": true, "date": true, "message-id": true,
}

// readHeader reads a header block of whatever form.
func readHeader(b []byte) *headerBlock {
	h := &headerBlock{values: map[string][]string{}, ascii: true}
	var text strings.Builder
	for f := range fields(b) {
		name := strings.ToLower(f.name)
		if wanted[name] {
			h.values[name] = append(h.values[name], f.value())
		}
		if h.list == "" && strings.HasPrefix(name, "list-") {
			h.list = f.name
		}
		if h.truncated || text.Len()+f.size() > maxHeaderBlock {
			h.truncated = true
			continue
		}
		f.write(&text)
	}
	h.text = text.String()
	for i := range len(h.text) {
		if c := h.text[i]; c >= 0x7F || c < ' ' && c != '\t' && c != '\r' && c != '\n' {
			h.ascii = false
			break
		}
	}
	return h
}

// A field is a header field of valid lines: no line end, no NUL.
type field struct {
	name  string
	lines []string // the first begins with the name and a colon
}

// unparsedName is the field that keeps a line that is none.
const unparsedName = "X-Unparsed-Line"

// fields returns the fields of a header block.
//
// QUIRK: a line that has no field name is not dropped but kept in an
// X-Unparsed-Line field; RFC 5322 (section 2.2) knows no such line, but mail has
// it. A separator line of an mbox file before the first field is not part of the
// message, and is dropped.
func fields(b []byte) iter.Seq[field] {
	return func(yield func(field) bool) {
		var f field
		first := true
		for line := range headerLines(b) {
			if strings.TrimRight(line, " \t") == "" {
				if line == "" && f.lines != nil {
					break // the end of the header
				}
				continue // RFC 5322 has no lines of white space alone
			}
			if f.lines != nil && (line[0] == ' ' || line[0] == '\t') {
				f.lines = append(f.lines, line)
				continue
			}
			mbox := first && strings.HasPrefix(line, "From ")
			if first = false; mbox {
				continue
			}
			if f.lines != nil && !yield(f) {
				return
			}
			f = newField(line)
		}
		if f.lines != nil {
			yield(f)
		}
	}
}

func newField(line string) field {
	name, rest, found := strings.Cut(line, ":")
	// QUIRK: a space before the colon, which RFC 5322 (section 4.5) has as
	// obsolete, would end the name for some readers.
	name = strings.TrimRight(name, " \t")
	if !found || !isFieldName(name) {
		return field{unparsedName, []string{unparsedName + ": " + strings.Trim(line, " \t")}}
	}
	return field{name, []string{name + ":" + rest}}
}

func isFieldName(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7F || s[i] == ':' {
			return false
		}
	}
	return s != "" && len(s) <= 200
}

// headerLines returns the lines of a header block without their ends.
//
// QUIRK: line ends are CRLF (RFC 5322, section 2.1), but LF is accepted, and CR
// in a block that has no LF. In one that has, a CR within a line becomes a space,
// as does a NUL: neither can make a line that was not there.
func headerLines(b []byte) iter.Seq[string] {
	end := byte('\n')
	if bytes.IndexByte(b, '\n') < 0 {
		end = '\r'
	}
	return func(yield func(string) bool) {
		for len(b) > 0 {
			line, rest := b, []byte(nil)
			if i := bytes.IndexByte(b, end); i >= 0 {
				line, rest = b[:i], b[i+1:]
			}
			b = rest
			line = bytes.TrimRight(line, "\r")
			if !yield(spaces.Replace(string(line))) {
				return
			}
		}
	}
}

var spaces = strings.NewReplacer("\r", " ", "\n", " ", "\x00", " ")

// value returns the field's text, unfolded and shortened.
func (f *field) value() string {
	var b strings.Builder
	for i, line := range f.lines {
		if i == 0 {
			line = line[len(f.name)+1:]
		}
		if b.Len()+len(line) > maxValue {
			line = line[:maxValue-b.Len()]
		}
		b.WriteString(line)
	}
	return strings.Trim(b.String(), " \t")
}

// size returns the number of bytes that write adds, or more.
func (f *field) size() int {
	n := 0
	for _, line := range f.lines {
		n += len(line) + 2 + 3*(len(line)/(maxLine/2))
	}
	return n
}

// write writes the field's lines, over-long ones folded.
func (f *field) write(b *strings.Builder) {
	for _, line := range f.lines {
		indent := ""
		for len(indent)+len(line) > maxLine {
			i := foldAt(line, maxLine-len(indent))
			writeLine(b, indent, line[:i])
			if line, indent = line[i:], " "; line[0] == ' ' || line[0] == '\t' {
				indent = ""
			}
		}
		writeLine(b, indent, line)
	}
}

func writeLine(b *strings.Builder, indent, line string) {
	if strings.TrimRight(line, " \t") != "" {
		b.WriteString(indent)
		b.WriteString(line)
		b.WriteString("\r\n")
	}
}

// foldAt returns where a line that is longer than max is broken: before white
// space that stands in the second half of what fits, or between two characters.
func foldAt(line string, max int) int {
	if i := strings.LastIndexAny(line[max/2:max], " \t"); i >= 0 {
		return max/2 + i
	}
	i := max
	for i > max-utf8.UTFMax && !utf8.RuneStart(line[i]) {
		i--
	}
	return i
}
