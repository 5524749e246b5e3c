package propfile

import (
	"unicode/utf8"

	"github.com/contentconv/contentconv/mapi"
)

const codePageUTF8 int32 = 65001

// DeclareHTML states the charset of PidTagHtml where p does not and it is UTF-8.
func DeclareHTML(p *mapi.Properties) {
	if html, ok := mapi.PidTagHtml.Get(p); ok && !mapi.PidTagInternetCodepage.Has(p) && utf8.Valid(html) {
		mapi.PidTagInternetCodepage.Set(p, codePageUTF8)
	}
}
