package ical

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/internal/filename"
	"github.com/contentconv/contentconv/mapi"
)

// addAttachments writes the files of an item ([MS-OXCICAL], section 2.1.3.1.1.20.1):
// within a mail the ids of its parts, else the files themselves. Those of an
// exception stand nowhere else.
func (e *exporter) addAttachments(c *tree.Component, it *item) error {
	for i, a := range it.m.Attachments {
		if a == nil || isException(a) {
			continue
		}
		if e.o.InMail != nil && it.m == e.m {
			if id := e.contentID(a); id != "" {
				c.Add("ATTACH", "cid:"+escapeMailto(id))
			}
			continue
		}
		if mapi.PidTagAttachmentHidden.Or(&a.Properties, false) {
			continue
		}
		if err := e.addFile(c, a, i); err != nil {
			return err
		}
	}
	return nil
}

func (e *exporter) contentID(a *mapi.Attachment) string {
	if e.o.InMail.ContentID == nil {
		return ""
	}
	return e.o.InMail.ContentID(a)
}

// addFile writes a file within the calendar. What is no file has no form there.
func (e *exporter) addFile(c *tree.Component, a *mapi.Attachment, i int) error {
	p := &a.Properties
	content := a.Content
	if b, ok := mapi.PidTagAttachDataBinary.Get(p); content == nil && ok {
		content = mapi.Bytes(b)
	}
	if content == nil || a.Message != nil || a.Method() == mapi.AttachOLE {
		e.rec.Addf(diag.AttachmentDropped, fmt.Sprint(i+1), "", "it is no file")
		return nil
	}
	b, err := readAtMost(e.ctx, content, e.left)
	if err != nil {
		if e.ctx.Err() != nil {
			return err
		}
		return outbound(diag.IO, err)
	}
	if int64(len(b)) > e.left {
		e.rec.Addf(diag.AttachmentDropped, fmt.Sprint(i+1), "", "the attachments have more than %d bytes", e.left)
		return nil
	}
	e.left -= int64(len(b))
	params := []tree.Param{tree.P("ENCODING", "BASE64"), tree.P("VALUE", "BINARY")}
	if t := mapi.PidTagAttachMimeTag.Or(p, ""); isMediaType(t) {
		params = append(params, tree.P("FMTTYPE", t))
	}
	name, _ := filename.Sanitize(mapi.PidTagAttachLongFilename.Or(p, mapi.PidTagAttachFilename.Or(p, "")))
	if name != "" {
		params = append(params, tree.P("X-FILENAME", name))
	}
	c.Add("ATTACH", base64.StdEncoding.EncodeToString(b), params...)
	return nil
}

// readAtMost reads a content, and one byte more than limit at the most.
func readAtMost(ctx context.Context, content mapi.Content, limit int64) ([]byte, error) {
	r, err := content.Open(ctx)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err2 := r.Close(); err == nil {
		err = err2
	}
	return b, err
}

// isMediaType reports whether s can be a media type.
func isMediaType(s string) bool {
	typ, sub, ok := strings.Cut(s, "/")
	return ok && typ != "" && sub != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return r <= ' ' || r >= 0x7F || strings.ContainsRune(`()<>@,;:\"[]?=`, r)
	}) && strings.Count(s, "/") == 1
}
