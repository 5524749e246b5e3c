package mime2mapi

import (
	"cmp"

	"github.com/contentconv/contentconv/internal/filename"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/internal/transfer"
	"github.com/contentconv/contentconv/mapi"
)

// An uuFile is a file that stood, uuencoded, in the text of a message.
type uuFile struct {
	name    string
	content mapi.Content
}

// mayHaveUU reports whether uuencoded files are looked for in a text: that of a
// message that is not MIME ([MS-OXCMAIL] 2.2.3.9.1).
func (m *message) mayHaveUU(e *mimescan.Entity) bool {
	_, mime := e.Header.Get("MIME-Version")
	return e == m.job.root && !e.Encoding.Encoded() && !mime
}

// extractUU cuts uuencoded files out of a text and returns the rest. The text
// has no transfer encoding, so the files are ranges of the source.
func (m *message) extractUU(e *mimescan.Entity, b []byte) []byte {
	if !m.mayHaveUU(e) {
		return b
	}
	blocks := transfer.FindUU(b)
	if len(blocks) == 0 {
		return b
	}
	var rest []byte
	pos := 0
	for _, block := range blocks {
		rest = append(rest, b[pos:block.Start]...)
		pos = block.End
		content := m.rangeContent(e.Body+int64(block.Start), e.Body+int64(block.End), transfer.UUEncode, e.Section())
		m.body.files = append(m.body.files, uuFile{block.Name, content})
	}
	return append(rest, b[pos:]...)
}

// attachUU attaches what extractUU found.
func (m *message) attachUU() {
	for _, f := range m.body.files {
		a := &mapi.Attachment{Content: f.content}
		p := &a.Properties
		mapi.PidTagAttachMethod.Set(p, mapi.AttachByValue)
		mapi.PidTagAttachMimeTag.Set(p, cmp.Or(filename.TypeFor(filename.Extension(f.name)), "application/octet-stream"))
		m.setFileName(p, m.job.root, f.name, "")
		m.into.Attachments = append(m.into.Attachments, a)
	}
}
