package msg

import (
	"bytes"
	"fmt"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/lcid"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// codePages are the charsets of a message's 8-bit strings.
type codePages struct {
	text *charset.Charset
	body *charset.Charset // of the bodies, where they are strings
}

func defaultPages() *codePages {
	return &codePages{charset.Windows1252(), charset.Windows1252()}
}

// optionPages returns what [ReadOptions.CodePage] asks for, or nil.
func optionPages(id int) (*codePages, error) {
	if id == 0 {
		return nil, nil
	}
	c := charset.ByCodePage(id)
	if c == nil {
		return nil, &Error{"", fmt.Errorf("%w: code page %d is unknown", ErrOption, id)}
	}
	return &codePages{c, c}, nil
}

// codePages finds the charsets of a message's 8-bit strings. In this order count
// PidTagMessageCodepage; the locale of the message; for the bodies
// PidTagInternetCodepage; and what holds in the message that this one is in. The
// outermost has windows-1252.
//
// QUIRK: PidTagInternetCodepage is the charset of the message on the Internet
// ([MS-OXCMSG] 2.2.1.56.6). Clients that store 8-bit strings do so in their own
// code page all the same: files with 50220 there have bodies in code page 932. So
// it counts only where nothing else is known.
func (d *reader) codePages(entries []entry, outer *codePages, at *propfile.Place) *codePages {
	var message, internet, locale *charset.Charset
	for _, e := range entries {
		switch e.tag {
		case uint32(mapi.PidTagMessageCodepage):
			message = d.byCodePage(int(int32(e.value)), at)
		case uint32(mapi.PidTagInternetCodepage):
			internet = d.byCodePage(int(int32(e.value)), at)
		case uint32(mapi.PidTagMessageLocaleId):
			if id := lcid.CodePage(uint32(e.value)); id != 0 {
				locale = charset.ByCodePage(id)
			}
		}
	}
	return &codePages{
		text: first(message, locale, outer.text),
		body: first(message, locale, internet, outer.body),
	}
}

// byCodePage returns nil for what says nothing: zero and unknown code pages.
func (d *reader) byCodePage(id int, at *propfile.Place) *charset.Charset {
	c := charset.ByCodePage(id)
	if c == nil && id != 0 {
		d.rec.Add(diag.CharsetUnknown, "", "", at.Detail(fmt.Sprintf("code page %d", id)))
	}
	return c
}

func first(list ...*charset.Charset) *charset.Charset {
	for _, c := range list {
		if c != nil {
			return c
		}
	}
	return nil
}

// text decodes a string of the type that tag says, without the NULs at its end.
//
// QUIRK: [MS-OXMSG] 2.1.4.2 has no NUL after a single string, yet many writers
// store one.
func (o *object) text(b []byte, tag uint32) string {
	if mapi.PropType(tag).Stored().Base() == mapi.PtypString {
		return o.text16(b, tag)
	}
	b = bytes.TrimRight(b, "\x00")
	page := o.pages.text
	if id := tag >> 16; id == uint32(mapi.PidTagBody.ID()) || id == uint32(mapi.PidTagHtml.ID()) {
		page = o.pages.body
	}
	s, bad := propfile.Decode8(b, page)
	if bad > 0 {
		o.rec.Add(diag.TextUndecodable, "", "", o.place.Detail(fmt.Sprintf("%s: %d places in charset %s", propfile.TagText(tag), bad, page)))
	}
	return s
}

// text16 decodes UTF-16. An odd byte at the end is no character.
func (o *object) text16(b []byte, tag uint32) string {
	s, bad := propfile.Decode16(b)
	if bad > 0 {
		o.rec.Add(diag.LoneSurrogate, "", "", o.place.Detail(fmt.Sprintf("%s: %d of them", propfile.TagText(tag), bad)))
	}
	return s
}
