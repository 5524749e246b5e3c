package mime2mapi

import (
	"fmt"
	"io"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/internal/filename"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/internal/spool"
	"github.com/contentconv/contentconv/internal/transfer"
	"github.com/contentconv/contentconv/mapi"
)

// attachMessage makes an embedded message of a message/rfc822 part ([MS-OXCMAIL]
// 2.2.3.4.3). The message itself is converted later, as a job of its own. A part
// without a message in it is a file.
func (m *message) attachMessage(e *mimescan.Entity) error {
	inner := job{root: e.Message, src: m.job.src, depth: m.job.depth + 1}
	if e.Message == nil {
		var err error
		if inner.root, inner.src, err = m.openMessage(e); err != nil {
			return err
		}
	}
	if inner.root == nil || len(inner.root.Header.Fields) == 0 {
		m.rec.Add(diag.EmbeddedUnreadable, e.Section(), "", "")
		return m.attachFile(e)
	}
	inner.into = new(mapi.Message)
	a := &mapi.Attachment{Message: inner.into}
	p := &a.Properties
	mapi.PidTagAttachMethod.Set(p, mapi.AttachEmbeddedMessage)
	mapi.PidTagAttachMimeTag.Set(p, "message/rfc822")
	d := m.disposition(e)
	name, isFile := m.embeddedName(e, inner.root, d.Get("filename"))
	mapi.PidTagDisplayName.Set(p, name)
	file := filename.OfMessage(name, isFile)
	if file == "" {
		file = m.generatedName()
	}
	mapi.PidTagAttachFilename.Set(p, file)
	mapi.PidTagRenderingPosition.Set(p, -1)
	m.setDates(p, e, d)
	if err := m.convertAttachmentFields(p, e); err != nil {
		return err
	}
	m.attached(e, a, ToMessage)
	m.embedded = append(m.embedded, inner)
	return nil
}

// openMessage scans a message that was not scanned with what holds it, because it
// has a transfer encoding, or was said to have one.
//
// QUIRK: RFC 2046 5.2.1 allows message/rfc822 no encoding but 7bit, 8bit and
// binary. Base64 is common all the same.
func (m *message) openMessage(e *mimescan.Entity) (*mimescan.Entity, io.ReaderAt, error) {
	src, off, end := m.job.src, e.Body, e.End
	switch {
	case e.Encoding == transfer.BinHex:
		return nil, nil, nil // a file, which may be a message's
	case e.Encoding.Encoded():
		s, err := m.spool(e)
		if err != nil {
			return nil, nil, err
		}
		src, off, end = s, 0, s.Size()
	}
	root, err := mimescan.Scan(m.ctx, src, off, end, m.scanOptions(e.Section(), m.entities, m.job.depth+1))
	if err != nil {
		return nil, nil, failure.InPart(err, e.Section())
	}
	m.countEntities(root)
	return root, src, m.checkMalformed()
}

// spool decodes a leaf into a spool of its own, which counts against MSize.
func (m *message) spool(e *mimescan.Entity) (*spool.Spool, error) {
	r, err := m.earlyContent(e).Open(m.ctx)
	if err != nil {
		return nil, err
	}
	w := spool.NewWriter(m.limits.Size().Max, m.spooled, m.o.TempDir, spoolMemory)
	defer w.Close()
	if _, err := io.Copy(w, r); err != nil {
		return nil, failure.InPart(err, e.Section())
	}
	s := w.Spool()
	m.res.sources = append(m.res.sources, s)
	m.spooled += s.Size()
	return s, nil
}

// embeddedName returns the display name of an embedded message: the first that
// is not empty of the type's name, the file name, the description and the
// subject. The first two name a file.
func (m *message) embeddedName(e, inner *mimescan.Entity, fileName string) (name string, isFile bool) {
	limit := m.limits.TextHeader()
	if name := strings.TrimSpace(m.typeParam(e, "name")); name != "" {
		return m.limitedItems(name, limit, e.Path, "Content-Type"), true
	}
	if name := strings.TrimSpace(fileName); name != "" {
		return m.limitedItems(name, limit, e.Path, "Content-Disposition"), true
	}
	if name := strings.TrimSpace(m.description(e)); name != "" {
		return name, false
	}
	if f, ok := inner.Header.Get("Subject"); ok {
		if s := strings.TrimSpace(m.text(&f, headerprop.Words, inner.Path)); s != "" {
			return m.limitedItems(s, limit, inner.Path, f.Name), false
		}
	}
	return m.generatedName(), false
}

// generatedName returns the name of an embedded message that has none.
func (m *message) generatedName() string {
	m.files++
	return fmt.Sprintf("ATT%05d", m.files)
}
