package mime2mapi

import (
	"strings"
	"unicode/utf8"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/defect"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/internal/rfc2047"
	"github.com/contentconv/contentconv/internal/textlimit"
	"github.com/contentconv/contentconv/limits"
)

// text returns the text of a field that becomes a property: unfolded, and
// decoded as reading says ([MS-OXCMAIL] 2.2.3.2; RFC 2047). part is the number
// of the entity whose header block the field stands in.
func (m *message) text(f *mimescan.Field, reading headerprop.Reading, part string) string {
	v := f.Unfolded()
	var defects defect.List
	if reading == headerprop.Raw {
		v, defects = plainText(v, m.fallback)
	} else {
		v, defects = rfc2047.Decode(v, m.fallback)
	}
	if len(defects) > 0 {
		m.report(defects, part, f.Name)
	}
	return v
}

// plainText returns text in which encoded words stand for themselves: valid
// UTF-8, without control characters.
func plainText(s string, fallback *charset.Charset) (string, defect.List) {
	var defects defect.List
	if !utf8.ValidString(s) {
		c := fallback
		if c == nil {
			c = charset.Detect([]byte(s))
		}
		s, _ = c.DecodeString(s)
		defects.Add(diag.HeaderEightBit, "read as "+c.Name())
	}
	if hasControl(s) {
		s = strings.Map(func(r rune) rune {
			if isControl(r) {
				return -1
			}
			return r
		}, s)
		defects.Add(diag.HeaderControlRemoved, "")
	}
	return s, defects
}

func hasControl(s string) bool {
	for i := range len(s) {
		if isControl(rune(s[i])) {
			return true
		}
	}
	return false
}

func isControl(r rune) bool { return r < ' ' && r != '\t' || r == 0x7F }

// limited applies a limit of characters to text that becomes a property: over it
// the conversion fails, or the text is cut where the options say so.
func (m *message) limited(s string, l limits.Limit, part, header string) (string, error) {
	return m.limitRule(l, part, header).Text(s)
}

// limitedItems drops whole items from the end of a list that is over the limit.
// It returns "" when the first item alone is.
func (m *message) limitedItems(s string, l limits.Limit, part, header string) string {
	return m.limitRule(l, part, header).Items(s)
}

func (m *message) limitRule(l limits.Limit, part, header string) textlimit.Rule {
	return textlimit.Rule{Limit: l, Shorten: m.o.ShortenText, Record: m.rec, Part: part, Header: header}
}
