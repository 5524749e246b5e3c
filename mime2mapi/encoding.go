package mime2mapi

import (
	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/internal/transfer"
)

// checkEncodings takes the declaration of a transfer encoding from leaves that are
// not in it: what would be decoded from them is noise.
//
// QUIRK: programs that forward a message copy its Content-Transfer-Encoding field
// to a text, or to a message/rfc822 part, that they don't encode (RFC 2045 6.4).
func (m *message) checkEncodings() error {
	var err error
	m.job.root.Walk(func(e *mimescan.Entity) bool {
		if err == nil && e.Leaf() {
			err = m.checkEncoding(e)
		}
		return e.Message == nil && err == nil // an embedded message is a job of its own
	})
	return err
}

func (m *message) checkEncoding(e *mimescan.Entity) error {
	looks, code := transfer.LooksBase64, diag.Base64Invalid
	switch {
	case e.Encoding == transfer.Base64:
	case e.Encoding == transfer.QuotedPrintable && e.ContentType.Type == "message":
		looks, code = transfer.LooksQP, diag.QuotedPrintableInvalid
	default:
		return nil
	}
	sample, err := readRange(m.job.src, e.Body, e.End, transfer.MaxSample)
	if err == nil && !looks(sample) {
		m.rec.Add(code, e.Section(), "", "the body is not in "+e.Encoding.String()+", and was kept as it is")
		e.Encoding = transfer.None
	}
	return err
}
