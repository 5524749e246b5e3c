package mapi2mime

import (
	"errors"
	"fmt"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/internal/filename"
	"github.com/contentconv/contentconv/internal/mimeparam"
	"github.com/contentconv/contentconv/internal/securemime"
	"github.com/contentconv/contentconv/internal/transfer"
	"github.com/contentconv/contentconv/mapi"
)

// ErrSecuredInvalid is the cause of a failure: a message of a class of S/MIME does
// not have exactly one attachment, or one that holds neither a multipart/signed
// nor CMS data ([MS-OXOSMIME] 2.1.2). There is no telling what its sender signed or
// encrypted, so nothing of it is sent.
var ErrSecuredInvalid = errors.New("a message of a class of S/MIME must have one attachment, with a signed or an encrypted entity")

// A secured is the entity that a signed or encrypted message consists of. It is
// written instead of the body and of all attachments.
type secured struct {
	a      *attachment
	opaque bool         // CMS data, else an entity that stands in the content as it is
	head   entityHead   // of such an entity
	body   verbatimBody // likewise
}

// findSecured finds out whether the message is signed or encrypted. One that is
// embedded and invalid is written as ordinary mail: it must not stop the message
// around it.
func (m *message) findSecured() error {
	if _, isNotice := noticeOf(m.class); isNotice {
		return nil
	}
	if !isSMIME(m.class) {
		return m.findPGP()
	}
	a, err := m.onlyAttachment()
	if err == nil {
		err = m.readSecured(a)
	}
	if m.into != nil && errors.Is(err, ErrSecuredInvalid) {
		m.report(diag.ClassReduced, "", err.Error())
		return nil
	}
	return err
}

// isSMIME reports whether a message class is one of S/MIME: IPM.Note.SMIME, the
// same below the class of a form ([MS-OXCMAIL] 2.1.3.2.1), and anything below.
func isSMIME(class string) bool {
	return strings.Contains(strings.ToUpper(class)+".", securemime.SuffixOpaque+".")
}

func (m *message) invalidSecured(detail string) error {
	return &failure.Failure{Reason: diag.CorruptContent, Part: m.place, Err: fmt.Errorf("%w: %s", ErrSecuredInvalid, detail)}
}

// onlyAttachment returns the attachment of a message of S/MIME.
func (m *message) onlyAttachment() (*attachment, error) {
	var only *attachment
	n := 0
	for i, a := range m.m.Attachments {
		if a != nil {
			only = m.attachment(a, m.attachmentPlace(i))
			n++
		}
	}
	if n != 1 {
		return nil, m.invalidSecured(fmt.Sprintf("it has %d attachments", n))
	}
	if only.content() == nil {
		return nil, m.invalidSecured("the attachment has no data")
	}
	return only, nil
}

// readSecured looks at the content: the class does not always tell the two forms
// of S/MIME apart ([MS-OXOSMIME] 2.1.3.1).
func (m *message) readSecured(a *attachment) error {
	head, err := a.readEntityHead()
	if err != nil {
		return err
	}
	if head.multipart() {
		return m.secure(a, head)
	}
	if !head.cms() && !strings.HasSuffix(strings.ToLower(a.mimeTag()), "pkcs7-mime") {
		return m.invalidSecured("the attachment holds neither of them")
	}
	m.secured = &secured{a: a, opaque: true, head: head}
	return nil
}

// findPGP finds the entity of a message in PGP/MIME, see package securemime.
func (m *message) findPGP() error {
	for i, a := range m.m.Attachments {
		if a == nil || !securemime.IsEntity(a) {
			continue
		}
		a := m.attachment(a, m.attachmentPlace(i))
		head, err := a.readEntityHead()
		if err == nil && head.multipart() {
			err = m.secure(a, head)
		}
		if err != nil || m.secured != nil {
			return err
		}
	}
	return nil
}

// secure makes the message consist of an entity, if mail systems let it pass as it
// is. Otherwise it stays a file of an ordinary message.
func (m *message) secure(a *attachment, head entityHead) error {
	body, err := a.readVerbatim(head)
	if err != nil {
		return err
	}
	if body.unsendable {
		m.rec.Add(diag.EntityNotKept, a.place, "", "")
		return nil
	}
	if body.bareLF > 0 {
		m.rec.Addf(diag.BareLF, a.place, "", "%d in a signed or encrypted entity", body.bareLF)
	}
	m.secured = &secured{a: a, head: head, body: body}
	return nil
}

// planSecured plans the message as the entity that it consists of.
func (m *message) planSecured() error {
	s := m.secured
	if s.opaque {
		return m.planOpaque(s.a, s.head)
	}
	p, err := m.newPart(s.head.contentType.Full, s.a.place)
	if err != nil {
		return err
	}
	p.source, p.verbatim = FromAttachment, true
	p.content, p.size, p.lineEnd = s.body.content, s.body.size, s.body.lineEnd
	p.add("Content-Type", s.head.field())
	if s.body.eightBit {
		p.eightBit = true
		p.add("Content-Transfer-Encoding", transfer.EightBit.String())
	}
	m.whole = p
	return nil
}

// planOpaque plans CMS data as the root ([MS-OXOSMIME] 2.1.3.2): its Content-Type
// as it came, else one that says what the data is.
func (m *message) planOpaque(a *attachment, head entityHead) error {
	v, params := m.opaqueType(a, head)
	p, err := m.newPart(v, a.place)
	if err != nil {
		return err
	}
	c := a.content()
	if p.size, err = contentSize(a.ctx, c); err != nil {
		return contentFailure(a.ctx, err, a.place)
	}
	name, typeName := a.opaqueNames()
	params = append(params, []string{mimeparam.FormatParamWord("name", typeName, a.charset)})
	p.source, p.content = FromAttachment, c
	p.add("Content-Type", joinParams("Content-Type", v, params...))
	p.add("Content-Disposition", joinParams("Content-Disposition", "attachment", mimeparam.FormatParam("filename", name)))
	p.add("Content-Transfer-Encoding", transfer.Base64.String())
	m.whole = p
	return nil
}

// opaqueType returns the media type of CMS data, and its parameters but the name.
func (m *message) opaqueType(a *attachment, head entityHead) (string, [][]string) {
	for _, stored := range []string{
		mapi.PidNameContentType.Or(&m.m.Properties, ""), mapi.PidNameContentType.Or(a.props, ""),
	} {
		v := mimeparam.ParseContentType(stored, nil)
		switch v.Full {
		case "application/pkcs7-mime", "application/x-pkcs7-mime", "application/octet-stream":
			return v.Full, formatParams(v)
		}
	}
	typ := strings.ToLower(a.mimeTag())
	if typ != "application/x-pkcs7-mime" {
		typ = "application/pkcs7-mime"
	}
	if kind := head.smimeType(); kind != "" {
		return typ, [][]string{mimeparam.FormatParam("smime-type", kind)}
	}
	return typ, nil
}

// opaqueNames returns the name of a file of CMS data, and the one that stands in its
// Content-Type. Readers may know the data by the extension alone (RFC 8551 3.2.1).
func (a *attachment) opaqueNames() (name, typeName string) {
	v := mimeparam.ParseContentType(mapi.PidNameContentType.Or(&a.m.m.Properties, ""), nil)
	typeName, _ = filename.Sanitize(v.Get("name"))
	name = a.fileName()
	if name == "" {
		name = typeName
	}
	if name == "" {
		name = securemime.FileName
	}
	if typeName == "" {
		typeName = name
	}
	return name, typeName
}
