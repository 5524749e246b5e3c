package mapi2mime

import (
	"bytes"
	"strings"

	"github.com/contentconv/contentconv/internal/mimeparam"
)

// maxEntityHead is how much of a content is read to find the header block of the
// entity that it holds.
const maxEntityHead = 64 << 10

// An entityHead is the beginning of a content that may hold a MIME entity.
type entityHead struct {
	data        []byte // the beginning
	size        int64  // of the whole
	body        int64  // where the entity's body begins
	raw         transportField
	contentType mimeparam.Value
}

// readEntityHead reads the beginning of the attachment's data.
func (a *attachment) readEntityHead() (entityHead, error) {
	c := a.content()
	var h entityHead
	var err error
	if h.size, err = contentSize(a.ctx, c); err == nil {
		h.data, err = readContent(a.ctx, c, min(h.size, maxEntityHead), h.size)
	}
	if err != nil {
		return h, contentFailure(a.ctx, err, a.place)
	}
	block, found := headerBlock(h.data)
	if !found {
		return h, nil
	}
	for f := range transportFields(string(h.data[:block])) {
		if f.is("Content-Type") {
			h.raw, h.body = f, int64(block)
			h.contentType = mimeparam.ParseContentType(f.unfolded(), nil)
			break
		}
	}
	return h, nil
}

// headerBlock returns the length of the header block that b begins with, and of
// the empty line behind it.
func headerBlock(b []byte) (int, bool) {
	for i := 0; ; {
		n := bytes.IndexByte(b[i:], '\n')
		if n < 0 {
			return 0, false
		}
		line := b[i : i+n]
		i += n + 1
		if len(bytes.TrimSuffix(line, []byte{'\r'})) == 0 {
			return i, true
		}
	}
}

// multipart reports whether the content is an entity of type multipart, and says
// what bounds its parts.
func (h *entityHead) multipart() bool {
	return strings.HasPrefix(h.contentType.Full, "multipart/") && validType(h.contentType.Full) && h.contentType.Get("boundary") != ""
}

// field returns the value of the entity's Content-Type field: as it stands there,
// or written anew where that would not do.
func (h *entityHead) field() string {
	if v, ok := verbatimField(h.raw); ok {
		return v
	}
	return joinParams("Content-Type", h.contentType.Full, formatParams(h.contentType)...)
}

// The object identifiers of what CMS data holds (RFC 5652, RFC 3274, RFC 5083),
// and the smime-type that stands for it (RFC 8551 3.2.2).
var cmsTypes = []struct {
	oid       string
	smimeType string
}{
	{"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", "signed-data"},
	{"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03", "enveloped-data"},
	{"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x09", "compressed-data"},
	{"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x17", "authEnveloped-data"},
}

// smimeType says what the CMS data holds, "" for what it does not know.
func (h *entityHead) smimeType() string {
	oid := h.cmsOID()
	for _, t := range cmsTypes {
		if oid == t.oid {
			return t.smimeType
		}
	}
	return ""
}

// cms reports whether the content begins as CMS data does.
func (h *entityHead) cms() bool { return h.cmsOID() != "" }

// cmsOID returns the object identifier that a ContentInfo begins with (RFC 5652 3),
// in BER or DER: a sequence of any form of length, whose first element it is.
func (h *entityHead) cmsOID() string {
	b := h.data
	if len(b) < 2 || b[0] != 0x30 {
		return ""
	}
	skip := 2
	if b[1] > 0x80 {
		skip += int(b[1] & 0x7F)
	}
	if skip+2 > len(b) || b[skip] != 0x06 {
		return ""
	}
	n := int(b[skip+1])
	if n == 0 || n > 0x7F || skip+2+n > len(b) {
		return ""
	}
	return string(b[skip+2 : skip+2+n])
}

// verbatimField returns the value of a field as it stands, with line ends of mail,
// and reports whether it can be written so.
func verbatimField(f transportField) (string, bool) {
	v := strings.TrimLeft(strings.ReplaceAll(strings.ReplaceAll(f.value, "\r", ""), "\n", "\r\n"), " \t")
	return v, isASCII(v) && wellFormed(len(f.name)+len(": "), v) && !blankLine(v)
}
