package mime2mapi

import (
	"io"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/internal/transfer"
)

// checkEncodings looks at the beginning of leaves, whose declarations can be untrue:
// see checkEncoding and checkText.
func (m *message) checkEncodings() error {
	var err error
	m.job.root.Walk(func(e *mimescan.Entity) bool {
		if err == nil && e.Leaf() {
			err = m.checkEncoding(e)
		}
		if err == nil && e.Leaf() && e.ContentType.Type == "text" {
			err = m.checkText(e)
		}
		return e.Message == nil && err == nil // an embedded message is a job of its own
	})
	return err
}

// checkEncoding takes the declaration of a transfer encoding from a leaf that is
// not in it: what would be decoded from it is noise.
//
// QUIRK: programs that forward a message copy its Content-Transfer-Encoding field
// to a text, or to a message/rfc822 part, that they don't encode (RFC 2045 6.4).
func (m *message) checkEncoding(e *mimescan.Entity) error {
	looks, code := transfer.LooksBase64, diag.Base64Invalid
	switch {
	case e.Encoding == transfer.Base64:
	case e.Encoding == transfer.QuotedPrintable && e.ContentType.Type == "message":
		looks, code = transfer.LooksQP, diag.QuotedPrintableInvalid
	default:
		return nil
	}
	sample, err := m.beginning(e, transfer.MaxSample)
	if err == nil && !looks(sample) {
		m.rec.Add(code, e.Section(), "", "the body is not in "+e.Encoding.String()+", and was kept as it is")
		e.Encoding = transfer.None
	}
	return err
}

// beginning returns at most n bytes of a body, until it is called again. Messages
// have many parts, and a buffer for each would be much memory for little.
func (m *message) beginning(e *mimescan.Entity, n int64) ([]byte, error) {
	if int64(len(m.sample)) < n {
		m.sample = make([]byte, n)
	}
	b := m.sample[:min(e.Size(), n)]
	got, err := m.job.src.ReadAt(b, e.Body)
	switch {
	case got == len(b):
		return b, nil
	case err == nil || err == io.EOF:
		return nil, errSourceChanged
	}
	return nil, err
}

// fileSignatures begin files that no text begins with.
var fileSignatures = []string{
	"\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "GIF87a", "GIF89a", "%PDF-1", "PK\x03\x04", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "\x1f\x8b\x08",
}

// checkText notes a text that is a file of another kind. As a body it would be
// noise, and the file would be lost.
//
// QUIRK: programs send pictures and documents as text/plain, or without a type,
// for which RFC 2045 section 5.2 says the same.
func (m *message) checkText(e *mimescan.Entity) error {
	const longest, encoded = 8, 64 // bytes of a signature, and of what it can be encoded as
	sample, err := m.beginning(e, encoded)
	if err != nil {
		return err
	}
	if e.Encoding.Encoded() {
		sample = transfer.Decode(e.Encoding, sample, nil)
	}
	sample = sample[:min(len(sample), longest)]
	for _, s := range fileSignatures {
		if strings.HasPrefix(string(sample), s) {
			m.rec.Add(diag.TextIsFile, e.Section(), "", "")
			if m.untrue == nil {
				m.untrue = make(map[*mimescan.Entity]bool)
			}
			m.untrue[e] = true
		}
	}
	return nil
}
