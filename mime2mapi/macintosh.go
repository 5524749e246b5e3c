package mime2mapi

import (
	"bytes"
	"context"
	"io"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/macfile"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/internal/spool"
	"github.com/contentconv/contentconv/internal/transfer"
	"github.com/contentconv/contentconv/mapi"
)

// macEncoding is the object identifier that says that an attachment is MacBinary
// ([MS-OXCMSG] 2.2.2.20).
var macEncoding = []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x14, 0x03, 0x0B, 0x01}

// isAppleDouble reports whether the entity is a well-formed multipart/appledouble:
// a header file and a data part ([MS-OXCMAIL] 2.2.3.4.2.1).
func isAppleDouble(e *mimescan.Entity) bool {
	return e.Multipart && e.ContentType.Full == "multipart/appledouble" && len(e.Children) == 2 &&
		e.Children[0].ContentType.Full == "application/applefile" &&
		e.Children[1].ContentType.Full != "application/applefile" && e.Children[1].Leaf()
}

// maybeMacintosh reports whether a leaf says that it is a Macintosh file. The
// header half of an AppleDouble that was no such file is not tried again.
func (m *message) maybeMacintosh(e *mimescan.Entity) bool {
	switch e.ContentType.Full {
	case "application/applefile":
		return e.Parent == nil || !isAppleDouble(e.Parent)
	case "application/mac-binhex40":
		return true
	}
	return e.Encoding == transfer.BinHex
}

// A macPart is a part that may be a Macintosh file.
type macPart struct {
	envelope *mimescan.Entity // whose type and headers count most
	header   *mimescan.Entity // the part that has the Macintosh's own data
	data     *mimescan.Entity // the data fork's part, of an AppleDouble
}

// A macFile is a Macintosh file that was found in a part, opened.
type macFile struct {
	part    macPart
	file    macfile.File
	spool   *spool.Spool // the decoded part that has the Macintosh's own data
	content *macContent
}

// attachMacintosh makes an attachment of a Macintosh file, in MacBinary so that
// both forks survive ([MS-OXCMAIL] 2.2.3.4.2). It reports false, with a
// diagnostic, when the part holds none: the specification would have the whole
// message rejected then, this library keeps the part as a file.
func (m *message) attachMacintosh(part macPart) (bool, error) {
	f, err := m.openMacintosh(part)
	if err != nil {
		return false, err
	}
	if f == nil {
		m.rec.Add(diag.MacintoshInvalid, part.header.Section(), "", "")
		return false, nil
	}
	return true, m.attachMacFile(f)
}

// openMacintosh opens the Macintosh file in a part, or returns nil when it holds
// none.
func (m *message) openMacintosh(part macPart) (*macFile, error) {
	s, f, err := m.readMacintosh(part)
	if err != nil || s == nil {
		return nil, err
	}
	content := &macContent{file: f, data: m.spoolRange(s, f.Data), resource: m.spoolRange(s, f.Resource)}
	if part.data != nil {
		content.data = m.content(part.data)
	}
	if _, ok, err := content.header(m.ctx); err != nil || !ok {
		return nil, err
	}
	return &macFile{part, f, s, content}, nil
}

func (m *message) attachMacFile(f *macFile) error {
	a := &mapi.Attachment{Content: f.content}
	p := &a.Properties
	mapi.PidTagAttachMethod.Set(p, mapi.AttachByValue)
	mapi.PidTagAttachMimeTag.Set(p, f.part.mimeTag())
	markMacBinary(p, &f.file)
	if err := m.setMacInfo(p, f.part, f.spool, f.file); err != nil {
		return err
	}
	return m.describeMacintosh(a, f.part, f.file)
}

func (part macPart) mimeTag() string {
	if part.header.Encoding == transfer.BinHex {
		return "application/mac-binhex40"
	}
	return part.envelope.ContentType.Full
}

// readMacintosh decodes the part into a spool, which counts against MSize as
// decoded messages do, and parses it. The spool is nil when it is no such file.
func (m *message) readMacintosh(part macPart) (*spool.Spool, macfile.File, error) {
	e := part.header
	if part.mimeTag() != "application/mac-binhex40" {
		return m.decodeMacintosh(part, m.earlyContent(e), false)
	}
	// The transfer encoding of BinHex is ignored ([MS-OXCMAIL] 2.2.3.4.2.3).
	s, f, err := m.decodeMacintosh(part, m.rangeContent(e.Body, e.End, transfer.None, e.Section()), true)
	if s == nil && err == nil && e.Encoding.Encoded() {
		// QUIRK: gateways encode BinHex text once more, in base64 (RFC 1741 section
		// 2 wants none).
		return m.decodeMacintosh(part, m.earlyContent(e), true)
	}
	return s, f, err
}

func (m *message) decodeMacintosh(part macPart, content *partContent, binHex bool) (*spool.Spool, macfile.File, error) {
	r, err := content.Open(m.ctx)
	if err != nil {
		return nil, macfile.File{}, err
	}
	var decoded io.Reader = r
	if binHex {
		decoded = macfile.NewBinHexReader(r)
	}
	w := spool.NewWriter(m.limits.Size().Max, m.spooled, m.o.TempDir, spoolMemory)
	defer w.Close()
	if _, err := io.Copy(w, decoded); err != nil {
		if binHex && isMacError(err) {
			return nil, macfile.File{}, nil
		}
		return nil, macfile.File{}, failure.InPart(err, part.header.Section())
	}
	s := w.Spool()
	m.res.sources = append(m.res.sources, s)
	m.spooled += s.Size()
	f, err := part.parse(s, binHex)
	if isMacError(err) {
		return nil, f, nil
	}
	return s, f, err
}

func (part macPart) parse(s *spool.Spool, binHex bool) (macfile.File, error) {
	if binHex {
		return macfile.ParseBinHex(s, s.Size())
	}
	f, double, err := macfile.ParseApple(s, s.Size())
	switch {
	case isMacError(err) && part.data == nil:
		return macfile.ParseMacBinary(s, s.Size())
	case err == nil && double != (part.data != nil):
		return f, macfile.ErrInvalid
	}
	return f, err
}

func isMacError(err error) bool { return err == macfile.ErrInvalid || err == io.ErrUnexpectedEOF }

// setMacInfo keeps what the Macintosh alone needs: the header file as it came, or
// one made of the rest of the file without its data fork.
func (m *message) setMacInfo(p *mapi.Properties, part macPart, s *spool.Spool, f macfile.File) error {
	if part.data != nil {
		if h, ok := part.data.Header.Get("Content-Type"); ok {
			mapi.PidNameAttachmentMacContentType.Set(p, m.text(&h, headerprop.Raw, part.data.Path))
		}
		b, err := readRange(s, 0, s.Size(), m.o.maxBodyText())
		mapi.PidNameAttachmentMacInfo.Set(p, b)
		return err
	}
	b, err := readRange(s, f.Resource.Off, f.Resource.Off+f.Resource.Len, m.o.maxBodyText())
	mapi.PidNameAttachmentMacInfo.Set(p, append(f.AppleDouble(), b...))
	return err
}

// describeMacintosh sets what the headers say: those of the header part, the data
// part and the envelope, in this order, later ones overwriting earlier ones. The
// name within the file counts only when they give none.
func (m *message) describeMacintosh(a *mapi.Attachment, part macPart, f macfile.File) error {
	p := &a.Properties
	name, description := "", ""
	entities := []*mimescan.Entity{part.header}
	if part.data != nil {
		entities = append(entities, part.data, part.envelope)
	}
	for _, e := range entities {
		d, text := m.disposition(e), m.description(e)
		if n := m.fileName(e, d, text); n != "" {
			name = n
		}
		if text != "" {
			description = text
		}
		m.setDates(p, e, d)
		if err := m.convertAttachmentFields(p, e); err != nil {
			return err
		}
	}
	if name == "" {
		name = f.Name
	}
	m.setFileName(p, part.envelope, name, description)
	m.attached(entities[min(1, len(entities)-1)], a, ToAttachment)
	if part.data != nil {
		m.part(part.header, Dropped, -1, MergedPart)
	}
	return nil
}

func (m *message) spoolRange(s *spool.Spool, f macfile.Fork) *partContent {
	return &partContent{src: s, off: f.Off, end: f.Off + f.Len, size: f.Len, open: m.res.open}
}

// macContent is a MacBinary file: a header, then the forks, each padded.
type macContent struct {
	file           macfile.File
	data, resource mapi.Content
}

func (c *macContent) header(ctx context.Context) (h []byte, ok bool, err error) {
	data, err := c.data.Size(ctx)
	if err != nil {
		return nil, false, err
	}
	resource, err := c.resource.Size(ctx)
	if err != nil {
		return nil, false, err
	}
	h, ok = c.file.MacBinary(data, resource)
	return h, ok, nil
}

// Size returns the length of header and forks.
func (c *macContent) Size(ctx context.Context) (int64, error) {
	n := int64(macHeader)
	for _, fork := range []mapi.Content{c.data, c.resource} {
		size, err := fork.Size(ctx)
		if err != nil {
			return 0, err
		}
		n += size + macfile.Padding(size)
	}
	return n, nil
}

// Open returns a reader of the whole file.
func (c *macContent) Open(ctx context.Context) (io.ReadCloser, error) {
	h, _, err := c.header(ctx)
	if err != nil {
		return nil, err
	}
	parts := []io.Reader{bytes.NewReader(h)}
	for _, fork := range []mapi.Content{c.data, c.resource} {
		size, err := fork.Size(ctx)
		if err != nil {
			return nil, err
		}
		r, err := fork.Open(ctx)
		if err != nil {
			return nil, err
		}
		parts = append(parts, r, bytes.NewReader(make([]byte, macfile.Padding(size))))
	}
	return io.NopCloser(io.MultiReader(parts...)), nil
}
