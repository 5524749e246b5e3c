package mime2mapi

import (
	"context"
	"io"
	"strings"

	"github.com/contentconv/contentconv/internal/filename"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/mimeparam"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/internal/securemime"
	"github.com/contentconv/contentconv/internal/transfer"
	"github.com/contentconv/contentconv/mapi"
)

// formOfSigned tells whose signature a multipart/signed has (RFC 1847 2.1). One
// without a signature is a mail like others.
//
// QUIRK: RFC 1847 2.1 has the protocol parameter, and two parts. Without the
// parameter the type of the second part decides; parts that gateways add behind
// it are kept with the others.
func formOfSigned(root *mimescan.Entity) form {
	if len(root.Children) < 2 {
		return formMail
	}
	protocol := root.ContentType.Get("protocol")
	if protocol == "" {
		protocol = root.Children[1].ContentType.Full
	}
	switch {
	case securemime.IsSMIMESignature(protocol):
		return formClearSigned
	case securemime.IsPGP(protocol):
		return formPGP
	}
	return formMail
}

// formOfEncrypted tells PGP/MIME (RFC 3156 4) from other multipart/encrypted.
func formOfEncrypted(root *mimescan.Entity) form {
	first := mimeparam.Value{}
	if len(root.Children) > 0 {
		first = root.Children[0].ContentType
	}
	if securemime.IsPGP(root.ContentType.Get("protocol")) || securemime.IsPGP(first.Full) {
		return formPGP
	}
	return formMail
}

// isOpaque reports whether a message that is one part is opaque S/MIME. The last
// Content-Type field counts, and a file of unknown type by its name
// ([MS-OXOSMIME] 2.1.3.2.1.1). A message that only carries certificates is a mail
// with a file.
func isOpaque(root *mimescan.Entity) bool {
	v := opaqueType(root)
	switch v.Full {
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		return !strings.EqualFold(strings.TrimSpace(v.Get("smime-type")), "certs-only")
	case "application/octet-stream":
		name := v.Get("name")
		if f, ok := root.Header.Get("Content-Disposition"); ok {
			if n := mimeparam.ParseDisposition(f.Unfolded(), nil).Get("filename"); n != "" {
				name = n
			}
		}
		return strings.EqualFold(filename.Extension(strings.TrimSpace(name)), ".p7m")
	}
	return false
}

// opaqueType returns the media type of the last Content-Type field.
func opaqueType(root *mimescan.Entity) mimeparam.Value {
	last, ok := root.Header.GetLast("Content-Type")
	if !ok {
		return mimeparam.Value{}
	}
	if first, _ := root.Header.Get("Content-Type"); first.Value == last.Value {
		return root.ContentType
	}
	return mimeparam.ParseContentType(last.Unfolded(), nil)
}

// attachSecured makes the only attachment of an S/MIME message. It reports false
// for other messages.
func (m *message) attachSecured() (done bool, err error) {
	switch m.form {
	case formClearSigned:
		m.attachClearSigned()
		return true, nil
	case formOpaque:
		return true, m.attachOpaque()
	}
	return false, nil
}

// attachClearSigned keeps the signed entity as it came ([MS-OXOSMIME] 2.1.3.1).
// Its parts have no attachments of their own: all of them are in this one.
func (m *message) attachClearSigned() {
	m.attachEntity(securemime.FileName)
	m.job.root.Walk(func(e *mimescan.Entity) bool {
		if !e.Multipart && !m.body.used.has(e) {
			m.part(e, ToAttachment, 0, "")
		}
		return true
	})
}

// attachOpaque attaches the CMS data like a file ([MS-OXOSMIME] 2.1.3.2.1.2).
func (m *message) attachOpaque() error {
	root := m.job.root
	if err := m.attachFile(root); err != nil {
		return err
	}
	a := m.into.Attachments[len(m.into.Attachments)-1]
	v := opaqueType(root)
	mapi.PidTagAttachMimeTag.Set(&a.Properties, v.Full)
	last, _ := root.Header.GetLast("Content-Type")
	value := m.text(&last, headerprop.Raw, root.Path)
	mapi.PidNameContentType.Set(&a.Properties, value)
	mapi.PidNameContentType.Set(m.properties(), value)
	return nil
}

// keepPGP attaches the entity of a PGP/MIME message as it came, hidden, beside
// the files that its parts are.
func (m *message) keepPGP() error {
	if m.form == formPGP {
		a := m.attachEntity(securemime.EntityFileName(m.job.root.ContentType.Full))
		mapi.PidTagAttachmentHidden.Set(&a.Properties, true)
	}
	return nil
}

// attachEntity attaches the message's entity: its Content-Type field, and its body
// as it stands in the source.
func (m *message) attachEntity(name string) *mapi.Attachment {
	root := m.job.root
	a := &mapi.Attachment{Content: &entityContent{
		head: contentTypeHead(root),
		body: m.rangeContent(root.Body, root.End, transfer.None, root.Section()),
	}}
	p := &a.Properties
	mapi.PidTagAttachMethod.Set(p, mapi.AttachByValue)
	mapi.PidTagAttachMimeTag.Set(p, root.ContentType.Full)
	m.setFileName(p, root, name, "")
	m.into.Attachments = append(m.into.Attachments, a)
	return a
}

// contentTypeHead returns the entity's Content-Type field, folded as it came, with
// the line ends of the message and an empty line behind it.
func contentTypeHead(e *mimescan.Entity) string {
	f, _ := e.Header.Get("Content-Type")
	end := "\r\n"
	if !strings.Contains(e.Header.Raw, end) {
		end = "\n"
	}
	value := f.Value
	if !foldedWell(value) {
		value = " " + f.Unfolded()
	}
	return f.Name + ":" + value + end + end
}

// foldedWell reports whether every line but the first begins with white space.
// Where the scanner joined one that does not, readers might end the field there.
func foldedWell(value string) bool {
	first := true
	for line := range strings.Lines(value) {
		if !first && line[0] != ' ' && line[0] != '\t' {
			return false
		}
		first = false
	}
	return true
}

// entityContent is the content of an attachment that holds an entity.
type entityContent struct {
	head string
	body *partContent
}

func (c *entityContent) Open(ctx context.Context) (io.ReadCloser, error) {
	r, err := c.body.Open(ctx)
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{io.MultiReader(strings.NewReader(c.head), r), r}, nil
}

func (c *entityContent) Size(ctx context.Context) (int64, error) {
	n, err := c.body.Size(ctx)
	return int64(len(c.head)) + n, err
}
