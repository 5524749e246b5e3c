package rfc2047

import (
	"strings"
	"unicode/utf8"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/defect"
)

// maxSample bounds the text that a charset is detected from.
const maxSample = 16 << 10

// Raw returns the text of bytes that no charset is declared for: as it is when it
// is valid UTF-8, and isUTF8 then, else read in the fallback, else, when that is
// nil, in the charset that looks likely.
func Raw(s string, fallback *charset.Charset) (text string, isUTF8 bool) {
	switch {
	case strings.Contains(s, "\x1b$"):
		// QUIRK: Japanese mail of old has ISO-2022-JP without encoded words.
		if cs := charset.Lookup("iso-2022-jp"); cs != nil {
			text, _ = cs.DecodeString(s)
			return text, false
		}
	case utf8.ValidString(s):
		return s, true
	case mostlyUTF8(s):
		fallback = charset.UTF8()
	case fallback == nil:
		fallback = Guess(s)
	}
	text, _ = fallback.DecodeString(s)
	return text, false
}

// Guess returns the charset that the 8-bit bytes of s are likely in.
func Guess(s string) *charset.Charset {
	i := 0
	for i < len(s) && s[i] < utf8.RuneSelf {
		i++
	}
	return charset.Detect([]byte(s[i:min(len(s), i+maxSample)]))
}

// mostlyUTF8 reports whether s has more characters of UTF-8 than invalid bytes.
//
// QUIRK: senders cut values off within a character.
func mostlyUTF8(s string) bool {
	valid, invalid := 0, 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			invalid++
		} else {
			valid++
		}
		i += n
	}
	return valid > invalid
}

// rawText is [Raw] for a piece of the value.
func (d *decoder) rawText(s string) string {
	if d.fallback == nil && !utf8.ValidString(s) {
		d.fallback = Guess(d.value)
	}
	text, isUTF8 := Raw(s, d.fallback)
	if !isUTF8 {
		d.defects.AddText(diag.HeaderEightBit, "text", s)
	}
	return text
}

// runText returns the text of the run.
func (d *decoder) runText() string {
	if d.cs == nil {
		text, _ := Raw(string(d.run), d.fallback)
		return text
	}
	text, used, bad := charset.DecodeDeclared(d.cs, d.run)
	if bad > 0 && len(d.cuts) > 0 {
		if apart, n := d.decodeApart(); n < bad {
			text, used, bad = apart, d.cs, n
		}
	}
	switch {
	case used != d.cs:
		d.defects.AddText(diag.CharsetMismatch, "declared", d.label)
	case bad > 0:
		d.defects.AddText(diag.TextUndecodable, "charset", d.label)
	}
	return text
}

// decodeApart decodes each word of the run alone: in a charset with a state
// each starts in the initial one (RFC 2047 section 3).
func (d *decoder) decodeApart() (text string, bad int) {
	var b strings.Builder
	from := 0
	for _, to := range append(d.cuts, len(d.run)) {
		s, n := d.cs.Decode(d.run[from:to])
		b.WriteString(s)
		bad += n
		from = to
	}
	return b.String(), bad
}

// Declared returns the text of b, which is declared to be in the charset that
// label names, as a parameter value is in the form of RFC 2231. It treats
// wrong and unknown labels, and control characters, as [Decode] does.
func Declared(b []byte, label string, fallback *charset.Charset) (string, defect.List) {
	d := decoder{value: string(b), fallback: fallback, run: b, open: true, label: label}
	if d.cs = charset.Lookup(label); d.cs == nil {
		d.defects.AddText(diag.WordCharsetUnknown, "charset", label)
	}
	d.flush()
	return d.out.String(), d.defects
}
