package mapi2mime

import "github.com/contentconv/contentconv/internal/textconv"

// wrapBody breaks the long lines of the plain text, if an option asks for it. What
// is added and lost are blanks and line ends, which every charset has.
func (m *message) wrapBody() error {
	b := &m.body
	if m.o.LineWrap <= 0 || b.textCharset == nil {
		return nil
	}
	b.text = textconv.Wrap(b.text, m.o.LineWrap)
	b.encoded, _ = b.textCharset.Encode(b.text)
	b.lent = false
	return nil
}
