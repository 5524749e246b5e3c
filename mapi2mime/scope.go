package mapi2mime

import (
	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/textlimit"
	"github.com/contentconv/contentconv/limits"
)

// A scope is where fields are written: for a message or for an attachment of it.
type scope struct {
	*conversion
	place   string           // what diagnostics and errors name
	charset *charset.Charset // of header text, nil for UTF-8
}

// report records a diagnostic.
func (s *scope) report(code diag.Code, header, detail string) {
	s.rec.Add(code, s.place, header, detail)
}

// rule returns how a limit applies to a field.
func (s *scope) rule(l limits.Limit, header string) textlimit.Rule {
	return textlimit.Rule{Limit: l, Shorten: s.o.ShortenText, Record: s.rec, Part: s.place, Header: header}
}
