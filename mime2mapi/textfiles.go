package mime2mapi

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/filename"
	"github.com/contentconv/contentconv/internal/macfile"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/internal/transfer"
	"github.com/contentconv/contentconv/mapi"
)

// A textFile is a file that stood, encoded, in the text of a message.
type textFile struct {
	name    string
	content mapi.Content
	mac     *macFile // of a Macintosh file, which has no other content
}

// A textBlock is the place of such a file in a text. Attach makes a file of it,
// or reports false where it turns out to be text.
type textBlock struct {
	start, end int
	attach     func(textBlock) (textFile, bool, error)
}

// preMIME reports whether an entity is the text of a message that is not MIME,
// in which files stand uuencoded or in BinHex ([MS-OXCMAIL] 2.2.3.9.1).
func (m *message) preMIME(e *mimescan.Entity) bool {
	_, mime := e.Header.Get("MIME-Version")
	return e == m.job.root && !e.Encoding.Encoded() && !mime
}

var yEncMark = []byte("=ybegin ")

// yEncHead is how much of a large text is searched for the first line of yEnc.
const yEncHead = 64 << 10

// mayHaveFiles reports whether files are looked for in a text, for which it must
// be in memory.
func (m *message) mayHaveFiles(e *mimescan.Entity) bool {
	if m.preMIME(e) || e.Encoding.Encoded() {
		return m.preMIME(e)
	}
	head, err := readRange(m.job.src, e.Body, e.End, yEncHead)
	return err == nil && bytes.Contains(head, yEncMark)
}

// extractFiles cuts encoded files out of a text and returns the rest. The text
// has no transfer encoding, so the files are ranges of the source.
//
// QUIRK: yEnc is no part of MIME and has no standard, and is posted to newsgroups
// all the same, in messages with MIME fields too. Its bytes make no sense in a
// text, of whatever charset.
func (m *message) extractFiles(e *mimescan.Entity, b []byte) ([]byte, error) {
	if e.Encoding.Encoded() {
		return b, nil
	}
	var rest []byte
	pos := 0
	for _, block := range m.textBlocks(e, b) {
		if block.start < pos {
			continue // within another one
		}
		file, ok, err := block.attach(block)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		m.body.files = append(m.body.files, file)
		rest = append(rest, b[pos:block.start]...)
		pos = block.end
	}
	if pos == 0 {
		return b, nil
	}
	return append(rest, b[pos:]...), nil
}

// textBlocks returns the places of encoded files in a text, in order.
func (m *message) textBlocks(e *mimescan.Entity, b []byte) []textBlock {
	var blocks []textBlock
	if bytes.Contains(b, yEncMark) {
		for _, y := range transfer.FindYEnc(b) {
			blocks = append(blocks, textBlock{y.Start, y.End, func(t textBlock) (textFile, bool, error) {
				return m.yEncFile(e, y), true, nil
			}})
		}
	}
	if !m.preMIME(e) {
		return blocks
	}
	for _, uu := range transfer.FindUU(b) {
		blocks = append(blocks, textBlock{uu.Start, uu.End, func(t textBlock) (textFile, bool, error) {
			return textFile{name: uu.Name, content: m.blockContent(e, t.start, t.end, transfer.UUEncode)}, true, nil
		}})
	}
	for _, hex := range macfile.FindBinHex(b) {
		blocks = append(blocks, textBlock{hex.Start, hex.End, func(t textBlock) (textFile, bool, error) {
			return m.binHexFile(e, t)
		}})
	}
	slices.SortStableFunc(blocks, func(a, b textBlock) int { return cmp.Compare(a.start, b.start) })
	return blocks
}

func (m *message) blockContent(e *mimescan.Entity, start, end int, encoding transfer.Encoding) mapi.Content {
	return m.rangeContent(e.Body+int64(start), e.Body+int64(end), encoding, e.Section())
}

// yEncFile decodes data that is whole. Anything else is kept as it is: one piece
// of a file is of use to whoever has the others.
func (m *message) yEncFile(e *mimescan.Entity, y transfer.YBlock) textFile {
	if y.Intact {
		return textFile{name: y.Name, content: m.blockContent(e, y.Start, y.End, transfer.YEnc)}
	}
	m.rec.Add(diag.YEncInvalid, e.Section(), "", diag.Quote(y.Name)+" was kept as it is")
	return textFile{name: y.Name + ".yenc", content: m.blockContent(e, y.Start, y.End, transfer.None)}
}

// binHexFile opens BinHex data, as if it were a part of its own.
func (m *message) binHexFile(e *mimescan.Entity, t textBlock) (textFile, bool, error) {
	inner := *e
	inner.Header = mimescan.Header{}
	inner.Body, inner.End = e.Body+int64(t.start), e.Body+int64(t.end)
	inner.Encoding = transfer.None
	inner.ContentType.Full, inner.ContentType.Params = "application/mac-binhex40", nil
	m.body.used.add(&inner) // its line in the account is that of the text
	f, err := m.openMacintosh(macPart{envelope: &inner, header: &inner})
	return textFile{mac: f}, f != nil, err
}

// attachTextFiles attaches what extractFiles found.
func (m *message) attachTextFiles() error {
	for _, f := range m.body.files {
		if f.mac != nil {
			if err := m.attachMacFile(f.mac); err != nil {
				return err
			}
			continue
		}
		a := &mapi.Attachment{Content: f.content}
		p := &a.Properties
		mapi.PidTagAttachMethod.Set(p, mapi.AttachByValue)
		mapi.PidTagAttachMimeTag.Set(p, cmp.Or(filename.TypeFor(filename.Extension(f.name)), "application/octet-stream"))
		m.setFileName(p, m.job.root, f.name, "")
		m.into.Attachments = append(m.into.Attachments, a)
	}
	return nil
}
