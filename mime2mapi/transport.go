package mime2mapi

import (
	"strings"
	"unicode/utf8"

	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/textconv"
	"github.com/contentconv/contentconv/mapi"
)

// convertTransportHeaders keeps the header block of the outermost message as it
// is, with CRLF ([MS-OXCMAIL] 2.2.3.2.28). The block shares the memory of the
// source's header unless something has to be changed.
func (m *message) convertTransportHeaders() {
	if m.job.depth > 0 {
		return
	}
	raw := m.transportBlock()
	if raw == "" {
		return
	}
	s := textconv.CRLF(raw)
	s, _ = textconv.RemoveNUL(s)
	if !utf8.ValidString(s) {
		s, _ = charset.Windows1252().DecodeString(s)
	}
	mapi.PidTagTransportMessageHeaders.Set(m.properties(), s)
}

// transportBlock returns the raw header block without the organisation's own
// fields that no rule maps.
func (m *message) transportBlock() string {
	h := &m.job.root.Header
	filtered := false
	for i := range h.Fields {
		filtered = filtered || !headerprop.InTransportHeaders(h.Fields[i].Name)
	}
	if !filtered {
		return h.Raw
	}
	var b strings.Builder
	for i := range h.Fields {
		f := &h.Fields[i]
		if headerprop.InTransportHeaders(f.Name) {
			b.WriteString(f.Name + ":" + f.Value + "\r\n")
		}
	}
	return b.String()
}
