package tnef

import (
	"fmt"

	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/lcid"
	"github.com/contentconv/contentconv/mapi"
)

// codePage returns the charset of a message's 8-bit attributes: what the options
// ask for; else windows-1252, or where that lacks a character the first of the
// message's own charsets that has them all. A "?" stands for what is lacking in
// the end; the properties are in Unicode.
func (b *builder) codePage(m *mapi.Message) (*charset.Charset, error) {
	if id := b.opt.CodePage; id != 0 {
		c := charset.ByCodePage(id)
		if c == nil || !c.ASCIICompatible() {
			return nil, &Error{"", fmt.Errorf("%w: code page %d cannot be that of 8-bit strings", ErrOption, id)}
		}
		return c, nil
	}
	p := &m.Properties
	for _, c := range []*charset.Charset{
		charset.Windows1252(),
		charset.ByCodePage(int(mapi.PidTagMessageCodepage.Or(p, 0))),
		charset.ByCodePage(lcid.CodePage(uint32(mapi.PidTagMessageLocaleId.Or(p, 0)))),
		charset.ByCodePage(int(mapi.PidTagInternetCodepage.Or(p, 0))),
	} {
		if c != nil && c.ASCIICompatible() && c.CodePage() != 0 && canEncode(c, m) {
			return c, nil
		}
	}
	return charset.Windows1252(), nil
}

// canEncode reports whether a charset has the characters of all strings of the
// 8-bit attributes.
func canEncode(c *charset.Charset, m *mapi.Message) bool {
	p := &m.Properties
	texts := []string{mapi.Subject(p), mapi.PidTagMessageClass.Or(p, "")}
	for _, g := range []*mapi.AddressGroup{&mapi.SenderGroup, &mapi.SentRepresentingGroup} {
		a := g.Get(p)
		texts = append(texts, a.Name, a.Email)
	}
	for _, a := range m.Attachments {
		if a != nil {
			texts = append(texts, mapi.PidTagAttachFilename.Or(&a.Properties, ""), mapi.PidTagAttachLongFilename.Or(&a.Properties, ""))
		}
	}
	for _, s := range texts {
		if !c.CanEncode(s) {
			return false
		}
	}
	return true
}
