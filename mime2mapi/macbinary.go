package mime2mapi

import (
	"bytes"
	"io"

	"github.com/contentconv/contentconv/internal/macfile"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/mapi"
)

// macBinary returns what is known of a part that was sent in MacBinary, the form in
// which MAPI keeps Macintosh files, or nil when it is no such part. Its bytes are the
// attachment's as they are ([MS-OXCMSG] 2.2.2.20).
func (m *message) macBinary(e *mimescan.Entity) (*macfile.File, error) {
	switch e.ContentType.Full {
	case "application/macbinary", "application/x-macbinary":
	default:
		return nil, nil
	}
	content := m.earlyContent(e)
	size, err := content.Size(m.ctx)
	if err != nil {
		return nil, err
	}
	r, err := content.Open(m.ctx)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	head := make([]byte, macHeader)
	n, err := io.ReadFull(r, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, err
	}
	f, err := macfile.ParseMacBinary(bytes.NewReader(head[:n]), size)
	if err != nil {
		return nil, nil
	}
	return &f, nil
}

// macHeader is the size of a MacBinary header.
const macHeader = 128

// markMacBinary says of an attachment that it is MacBinary.
func markMacBinary(p *mapi.Properties, f *macfile.File) {
	mapi.PidTagAttachEncoding.Set(p, macEncoding)
	mapi.PidTagAttachAdditionalInformation.Set(p, f.Codes())
}
