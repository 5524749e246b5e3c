package mimescan

import (
	"slices"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/mimeparam"
	"github.com/contentconv/contentconv/internal/transfer"
)

// The header fields that the structure depends on.
const (
	contentType     = "Content-Type"
	contentEncoding = "Content-Transfer-Encoding"
)

// describe reads an entity's media type and transfer encoding from its header.
func (s *scanner) describe(e *Entity) error {
	s.describeType(e)
	err := s.strayHeader(e)
	s.describeEncoding(e)
	if holdsMessage(e) {
		s.pos = min(s.pos, e.Body) // stray fields are read again, as a header block
	}
	return err
}

// describeType sets the media type. The parameters of a Content-Type field that
// names none count all the same.
func (s *scanner) describeType(e *Entity) {
	e.ContentType = s.mediaType(e)
	if e.ContentType.Full != "" {
		return
	}
	e.DefaultType = true
	p := e.Parent
	switch v := &e.ContentType; {
	case len(v.Params) == 0 && p != nil && p.Multipart && p.ContentType.Full == "multipart/digest":
		v.Type, v.Subtype = "message", "rfc822"
	case !e.root && (v.Has("name") || v.Has("filename")):
		v.Type, v.Subtype = "application", "octet-stream"
	default:
		v.Type, v.Subtype = "text", "plain"
	}
	e.ContentType.Full = e.ContentType.Type + "/" + e.ContentType.Subtype
}

func (s *scanner) describeEncoding(e *Entity) {
	f, ok := s.first(e, contentEncoding)
	if !ok {
		return
	}
	value := f.Unfolded()
	encoding, repaired := transfer.Parse(value)
	e.Encoding = encoding
	switch {
	case encoding == transfer.Unknown:
		s.record(diag.EncodingUnknown, e, contentEncoding, diag.Quote(value))
	case repaired:
		s.record(diag.EncodingRepaired, e, contentEncoding, diag.Quote(value)+" was read as "+encoding.String())
	}
}

// first returns the first field of that name. Another one of the name is told.
func (s *scanner) first(e *Entity, name string) (first Field, ok bool) {
	for f := range e.Header.All(name) {
		if ok {
			s.record(diag.HeaderDuplicate, e, name, "")
			break
		}
		first, ok = f, true
	}
	return first, ok
}

// mediaType returns what the Content-Type field says; Full is "" when there is
// none that can be used.
func (s *scanner) mediaType(e *Entity) mimeparam.Value {
	f, ok := s.first(e, contentType)
	if !ok {
		return mimeparam.Value{}
	}
	v := mimeparam.ParseContentType(f.Unfolded(), nil)
	for _, d := range v.Defects {
		s.record(d.Code, e, contentType, d.Detail)
	}
	// QUIRK: RFC 2045 section 5.1 asks for a subtype. Old mailers wrote the type
	// alone, as RFC 1049 had it, and "html" is seen.
	if full, ok := alone[v.Type]; ok && v.Full == "" {
		v.Full, v.Type, v.Subtype = full[0]+"/"+full[1], full[0], full[1]
	}
	return v
}

// alone says what a type without a subtype means.
var alone = map[string][2]string{
	"text":        {"text", "plain"},
	"plain":       {"text", "plain"},
	"html":        {"text", "html"},
	"multipart":   {"multipart", "mixed"},
	"message":     {"message", "rfc822"},
	"application": {"application", "octet-stream"},
	"image":       {"application", "octet-stream"},
	"audio":       {"application", "octet-stream"},
	"video":       {"application", "octet-stream"},
}

func mediaType(kind, subtype string) mimeparam.Value {
	return mimeparam.Value{Full: kind + "/" + subtype, Type: kind, Subtype: subtype}
}

// becomeText makes a multipart without structure one text part. The charset
// that some mailers declare on a multipart stays.
func becomeText(e *Entity) {
	e.DeclaredType, e.Multipart, e.Children = e.ContentType, false, nil
	e.ContentType = mediaType("text", "plain")
	i := slices.IndexFunc(e.DeclaredType.Params, func(p mimeparam.Param) bool { return p.Name == "charset" })
	if i >= 0 {
		e.ContentType.Params = e.DeclaredType.Params[i : i+1 : i+1]
	}
}

// holdsMessage reports whether the body of e is a message that can be scanned
// where it stands.
func holdsMessage(e *Entity) bool {
	switch e.ContentType.Full {
	case "message/rfc822", "message/global", "message/news":
		return !e.Encoding.Encoded() && e.Encoding != transfer.BinHex
	}
	return false
}

// checkEncoding complains about a multipart that declares an encoding other
// than the identity (RFC 2045 section 6.4). It is ignored: nobody encodes the
// parts twice.
func (s *scanner) checkEncoding(e *Entity) {
	if e.Encoding.Encoded() || e.Encoding == transfer.BinHex {
		s.record(diag.MultipartEncoded, e, contentEncoding, e.Encoding.String())
	}
}
