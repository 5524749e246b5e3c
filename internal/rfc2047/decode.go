package rfc2047

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/defect"
)

// Decode returns the text of an unstructured field's unfolded value.
//
// White space between adjacent encoded words is dropped; other white space
// stays. Adjacent words of one charset are joined as bytes, so that a character
// that is split between them survives (RFC 2047 section 5 forbids the split,
// mailers do it). A word counts wherever it stands: next to text, within
// quotation marks, in comments.
//
// 8-bit bytes outside words are read as UTF-8 (RFC 6532) if they are valid
// UTF-8, else in the fallback charset, and without one (nil) in the charset that
// looks likely. Line breaks, decoded or not, become spaces and other control
// characters but TAB are removed. The result is valid UTF-8.
func Decode(s string, fallback *charset.Charset) (string, defect.List) {
	if needsNothing(s) {
		return s, nil
	}
	d := decoder{value: s, fallback: fallback}
	d.decode(s)
	return d.out.String(), d.defects
}

// A decoder decodes one value.
type decoder struct {
	value    string
	fallback *charset.Charset
	out      strings.Builder
	defects  defect.List

	// The run of adjacent words that was not written yet.
	run    []byte
	cuts   []int // where in run each of its words after the first starts
	open   bool
	label  string
	cs     *charset.Charset
	base64 base64Reader
}

func (d *decoder) decode(s string) {
	d.out.Grow(len(s))
	from := 0 // what precedes was written
	for i := 0; i < len(s); {
		n := strings.Index(s[i:], "=?")
		if n < 0 {
			break
		}
		i += n
		w, length := scanWord(s[i:])
		if length == 0 {
			i += len("=?")
			continue
		}
		if w.encoding == 'b' && !holdsBase64(w.payload) {
			// Nothing would be left of it, so it stays as it is.
			d.defects.AddText(diag.WordInvalid, "payload", w.payload)
			i += length
			continue
		}
		if text := s[from:i]; !d.open || strings.Trim(text, " \t\r\n") != "" {
			d.flush()
			d.text(text)
		}
		d.word(w)
		i += length
		from = i
	}
	d.flush()
	d.text(s[from:])
}

// word adds a word to the run.
func (d *decoder) word(w word) {
	if !d.open || w.label != d.label {
		cs := charset.Lookup(w.label)
		if d.open && (cs != d.cs || cs == nil) {
			d.flush()
		}
		d.label, d.cs = w.label, cs
		if cs == nil {
			d.defects.AddText(diag.WordCharsetUnknown, "charset", w.label)
		}
	}
	if d.open {
		d.cuts = append(d.cuts, len(d.run))
	}
	d.open = true
	var ok bool
	if w.encoding == 'b' {
		d.run, ok = d.base64.append(d.run, w.payload)
	} else {
		d.base64 = base64Reader{}
		d.run, ok = appendQ(d.run, w.payload)
	}
	if !ok || w.damaged {
		d.defects.AddText(diag.WordInvalid, "payload", w.payload)
	}
}

// flush ends the run and writes its text.
func (d *decoder) flush() {
	if d.open {
		d.write(d.runText())
	}
	d.run, d.cuts, d.open = d.run[:0], d.cuts[:0], false
	d.base64 = base64Reader{}
}

// text writes what is no word.
func (d *decoder) text(s string) {
	if s != "" {
		d.write(d.rawText(s))
	}
}

func (d *decoder) write(s string) {
	if !appendClean(&d.out, s) {
		d.defects.AddText(diag.HeaderControlRemoved, "text", s)
	}
}
