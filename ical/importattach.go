package ical

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"path"
	"strings"

	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/internal/filename"
	"github.com/contentconv/contentconv/mapi"
)

// setAttachments makes attachments of the event's ATTACHs ([MS-OXCICAL], section
// 2.1.3.1.1.20.1). One that can't be read is left out; what a "cid:" names is a part of
// the mail, which is attached anyway.
func (e *event) setAttachments() error {
	list := e.c.All("ATTACH")
	if err := e.tooMany("attachments", len(list)); err != nil {
		return err
	}
	for _, p := range list {
		var a *mapi.Attachment
		var err error
		switch value := strings.TrimSpace(p.Value); {
		case isBinary(p):
			a, err = attachBinary(p, len(e.m.Attachments)+1)
		case len(value) >= 4 && strings.EqualFold(value[:4], "cid:"):
			continue
		default:
			a, err = attachURI(value, p)
		}
		if err != nil {
			e.invalid(&tree.Property{Name: p.Name, Line: p.Line, Value: p.Value[:min(len(p.Value), 40)]}, err.Error())
			continue
		}
		e.m.Attachments = append(e.m.Attachments, a)
	}
	return nil
}

// isBinary reports whether an ATTACH holds its data.
//
// QUIRK: VALUE=BINARY or ENCODING=BASE64 is missing beside the other (RFC 5545,
// 3.8.1.1, requires both).
func isBinary(p *tree.Property) bool {
	return strings.EqualFold(p.Param("VALUE"), "BINARY") || strings.EqualFold(p.Param("ENCODING"), "BASE64")
}

// attachBinary makes an attachment of the data in an ATTACH, the n-th of its message.
func attachBinary(p *tree.Property, n int) (*mapi.Attachment, error) {
	encoded := strings.Map(func(r rune) rune {
		if r == '=' || r <= ' ' {
			return -1
		}
		return r
	}, p.Value)
	data, err := base64.RawStdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, fmt.Errorf("the data are not in base64: %w", err)
	}
	name := ""
	for _, param := range []string{"X-FILENAME", "FILENAME", "X-APPLE-FILENAME"} {
		if name = p.Param(param); name != "" {
			break
		}
	}
	mediaType := strings.ToLower(strings.TrimSpace(p.Param("FMTTYPE")))
	if name, _ = filename.Sanitize(name); name == "" {
		name = filename.Generated(n, mediaType)
	}
	return attachment(name, mediaType, data), nil
}

// attachURI makes a file of a URI that opens it in a browser.
func attachURI(uri string, p *tree.Property) (*mapi.Attachment, error) {
	if uri == "" || strings.ContainsAny(uri, "\r\n") {
		return nil, errors.New("no URI")
	}
	name := ""
	if u, err := url.Parse(uri); err == nil {
		if name = path.Base(u.Path); name == "." || name == "/" {
			name = u.Host
		}
	}
	if name, _ = filename.Sanitize(name); name == "" {
		name = "link"
	}
	a := attachment(name+".url", "", []byte("[InternetShortcut]\r\nURL="+uri+"\r\n"))
	mapi.PidTagAttachExtension.Set(&a.Properties, ".URL")
	if t := strings.TrimSpace(p.Param("FMTTYPE")); t != "" {
		mapi.PidTagAttachMimeTag.Set(&a.Properties, strings.ToLower(t))
	}
	return a, nil
}

// attachmentProperties is what an attachment has at most.
const attachmentProperties = 16

// attachment returns a file with the properties that [MS-OXCICAL] wants.
func attachment(name, mediaType string, data []byte) *mapi.Attachment {
	a := &mapi.Attachment{Content: mapi.Bytes(data)}
	p := &a.Properties
	p.Grow(attachmentProperties)
	mapi.PidTagAttachMethod.Set(p, mapi.AttachByValue)
	mapi.PidTagAttachLongFilename.Set(p, name)
	mapi.PidTagAttachFilename.Set(p, filename.Short83(name))
	mapi.PidTagDisplayName.Set(p, name)
	mapi.PidTagAttachExtension.Set(p, filename.Extension(name))
	if mediaType != "" {
		mapi.PidTagAttachMimeTag.Set(p, mediaType)
	}
	setAttachmentDefaults(p)
	mapi.PidTagAttachmentFlags.Set(p, 0)
	mapi.PidTagAttachmentHidden.Set(p, false)
	mapi.PidTagExceptionStartTime.Set(p, mapi.TimeNone)
	mapi.PidTagExceptionEndTime.Set(p, mapi.TimeNone)
	return a
}

// setAttachmentDefaults sets what files and changed occurrences have alike.
func setAttachmentDefaults(p *mapi.Properties) {
	mapi.PidTagAttachEncoding.Set(p, []byte{})
	mapi.PidTagAttachFlags.Set(p, 0)
	mapi.PidTagAttachmentLinkId.Set(p, 0)
	mapi.PidTagAttachmentContactPhoto.Set(p, false)
	mapi.PidTagRenderingPosition.Set(p, -1)
}
