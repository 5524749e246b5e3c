package mapi2mime

import (
	"bytes"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/filename"
	"github.com/contentconv/contentconv/internal/transfer"
	"github.com/contentconv/contentconv/mapi"
)

// octetStream is the type of a file whose own may not be written.
const octetStream = "application/octet-stream"

// maxTypeName bounds a type and a subtype (RFC 6838 4.2).
const maxTypeName = 127

// forbiddenTypes are those whose structure a file does not have, even where it is
// called so ([MS-OXCMAIL] 2.1.3.4.2.2). A message as a file is a file.
var forbiddenTypes = map[string]bool{
	"application/applefile":    true,
	"application/mac-binhex40": true,
	"message/rfc822":           true,
	"message/global":           true,
	"message/news":             true,
	"message/external-body":    true,
	"message/partial":          true,
}

// mimeTag returns the stored media type without its parameters.
func (a *attachment) mimeTag() string {
	tag, _, _ := strings.Cut(mapi.PidTagAttachMimeTag.Or(a.props, ""), ";")
	return strings.TrimSpace(tag)
}

// mediaType returns the type of the attachment: the stored one, else the one of
// its extension ([MS-OXCMAIL] 2.1.3.4.2.2).
func (a *attachment) mediaType(name string) string {
	tag := a.mimeTag()
	if tag == "" {
		return a.typeByName(name)
	}
	lower := strings.ToLower(tag)
	if !allowedType(lower) {
		a.report(diag.TypeReplaced, "", diag.Quote(tag))
		return octetStream
	}
	return lower
}

// typeByName returns the type that files of that name have.
func (a *attachment) typeByName(name string) string {
	if typ := filename.TypeFor(filename.Extension(name)); allowedType(typ) {
		return typ
	}
	return octetStream
}

// allowedType reports whether a file may have a type, given in lower case.
func allowedType(s string) bool {
	return validType(s) && !forbiddenTypes[s] && !strings.HasPrefix(s, "multipart/")
}

// validType reports whether s is a media type (RFC 2045 5.1).
func validType(s string) bool {
	typ, subtype, ok := strings.Cut(s, "/")
	return ok && isToken(typ) && isToken(subtype) && len(typ) <= maxTypeName && len(subtype) <= maxTypeName
}

// isToken reports whether s is a token (RFC 2045 5.1).
func isToken(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7F || strings.IndexByte(`()<>@,;:\"/[]?=`, c) >= 0 {
			return false
		}
	}
	return s != ""
}

// maxComposite is the size of a part of type message that is read to see whether
// it can do without an encoding.
const maxComposite = 1 << 20

// encodeFile chooses how the content is written: in base64, which keeps every
// byte. Parts of type message may have no encoding (RFC 2045 6.4), so a report is
// written as the text that it is, and becomes a plain file where it is none.
func (a *attachment) encodeFile(p *part) (transfer.Encoding, error) {
	if strings.HasPrefix(p.mediaType, "message/") {
		b, ok, err := a.compositeText(p)
		if err != nil {
			return 0, err
		}
		if ok {
			p.content, p.body, p.size = nil, b, int64(len(b))
			return transfer.SevenBit, nil
		}
		a.report(diag.TypeReplaced, "", diag.Quote(p.mediaType))
		p.mediaType = octetStream
	}
	return transfer.Base64, nil
}

// compositeText returns the content as canonical text, if it can be written
// without an encoding.
func (a *attachment) compositeText(p *part) ([]byte, bool, error) {
	if p.size > maxComposite {
		return nil, false, nil
	}
	b, err := readContent(a.ctx, p.content, p.size, p.size)
	if err != nil {
		return nil, false, contentFailure(a.ctx, err, a.place)
	}
	b = canonical(b)
	s := judgeText(b)
	return b, s.sendable && !s.eightBit && !bytes.Contains(b, []byte(a.token)), nil
}
