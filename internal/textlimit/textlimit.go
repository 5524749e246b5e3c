// Package textlimit applies the limits of characters to text that crosses
// between a header field and a property, in either direction.
package textlimit

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/limits"
)

// A Rule is what happens to text over a limit.
type Rule struct {
	Limit   limits.Limit
	Shorten bool // text is cut instead of failing
	Record  *diag.Recorder
	// Part and Header are the place that diagnostics and errors name.
	Part, Header string
}

// Text returns s when it is within the limit. Over it, the error is a
// *[failure.Failure], or the text is cut where the rule says so.
func (r Rule) Text(s string) (string, error) {
	if !r.over(s) {
		return s, nil
	}
	n := limits.Length(s)
	if !r.Shorten {
		return "", failure.Exceeded(r.Limit, n, r.Part, r.Header)
	}
	r.Record.Addf(diag.TextShortened, r.Part, r.Header, "%s is %d, the text has %d characters", r.Limit.Name, r.Limit.Max, n)
	return limits.Shorten(s, r.Limit.Max), nil
}

// Items returns a list, whose items are separated by blanks or commas, without
// the last items when it is over the limit; "" when the first item alone is.
func (r Rule) Items(s string) string {
	if !r.over(s) {
		return s
	}
	kept := limits.Shorten(s, r.Limit.Max)
	if next := s[len(kept)]; !isSeparator(rune(next)) {
		kept = kept[:strings.LastIndexFunc(kept, isSeparator)+1]
	}
	kept = strings.TrimRightFunc(kept, isSeparator)
	r.Record.Addf(diag.ItemsDropped, r.Part, r.Header, "%s is %d, the list has %d characters", r.Limit.Name, r.Limit.Max, limits.Length(s))
	return kept
}

// over reports whether s is over the limit. No text has more characters than
// bytes, so most is never counted.
func (r Rule) over(s string) bool {
	return r.Limit.Max != limits.None && int64(len(s)) > r.Limit.Max && r.Limit.Exceeded(limits.Length(s))
}

func isSeparator(r rune) bool { return r == ' ' || r == '\t' || r == ',' }
