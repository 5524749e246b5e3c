package mime2mapi

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/guard"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
)

// convertGeneric makes named properties in PS_INTERNET_HEADERS of the fields that
// no rule maps ([MS-OXCMAIL] 2.2.3.2.29). Of several fields of a name the first
// counts. What gets no property stays in the transport headers.
func (m *message) convertGeneric() {
	if m.o.NoGenericHeaders {
		return
	}
	p, limit, part := m.properties(), m.limits.TextHeader(), m.job.root.Path
	made := 0
	names := newLowerNames(m.fields.generic)
	for _, f := range m.fields.generic {
		if !m.promoted(f.Name) {
			continue
		}
		key := mapi.HeaderKey(names.add(f.Name))
		if _, known := p.Get(key); known {
			continue
		}
		s := m.text(f, headerprop.Words, part)
		switch {
		case s == "":
		case int64(len(s)) > limit.Max && limit.Exceeded(limits.Length(s)):
			m.rec.Add(diag.HeaderNotPromoted, part, f.Name,
				fmt.Sprintf("%s is %d, the text has %d characters", limit.Name, limit.Max, limits.Length(s)))
		case made == MaxNamedHeaders:
			m.rec.Addf(diag.HeaderNotPromoted, part, "", "the message has more than %d extension fields", MaxNamedHeaders)
			return
		default:
			p.Set(key, mapi.String(s))
			made++
		}
	}
}

// lowerNames are names in lower case, which share one piece of memory.
type lowerNames struct{ b strings.Builder }

func newLowerNames(fields []*mimescan.Field) *lowerNames {
	var l lowerNames
	size := 0
	for _, f := range fields {
		size += len(f.Name)
	}
	l.b.Grow(size)
	return &l
}

// add returns a name in lower case. One beyond ASCII has memory of its own.
func (l *lowerNames) add(name string) string {
	if strings.IndexFunc(name, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
		return strings.ToLower(name)
	}
	var buf [headerprop.MaxName]byte
	start := l.b.Len()
	l.b.Write(headerprop.AppendLower(buf[:0], name))
	return l.b.String()[start:]
}

// promoted reports whether a field of that name becomes a named property.
func (m *message) promoted(name string) bool {
	if name == "" {
		return false
	}
	switch headerprop.PromotionOf(name) {
	case headerprop.Unpromoted:
		return false
	case headerprop.TrustedOnly:
		if !m.o.Trusted {
			m.add(diag.ReservedHeaderDropped, name, "")
			return false
		}
	}
	ok := true
	if m.o.PromoteHeader != nil {
		guard.Call(func() { ok = m.o.PromoteHeader(name) })
	}
	return ok
}
