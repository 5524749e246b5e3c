package corpustest

import (
	"html"
	"strings"
)

// unescape replaces character references; a no-break space is a blank here, as
// editors write one where an author typed several blanks.
func unescape(s string) string { return strings.ReplaceAll(unescapeOnly(s), "\u00a0", " ") }

func unescapeOnly(s string) string { return html.UnescapeString(s) }
