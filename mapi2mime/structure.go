package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/internal/mimeparam"
)

// structure returns the root of the message.
func (m *message) structure() (*part, error) {
	switch {
	case m.whole != nil:
		return m.whole, nil
	case m.notice != nil:
		return m.noticeStructure()
	}
	return m.bodyStructure()
}

// bodyStructure puts the bodies and the attachments together ([MS-OXCMAIL]
// 2.1.3.3): the texts as alternatives, what the HTML shows related to them, and
// files beside all of that. It leaves out every level that would have one part
// only.
func (m *message) bodyStructure() (*part, error) {
	if b := &m.body; b.plain != nil && b.rich == nil && b.calendar == nil && len(m.inline)+len(m.files) == 0 {
		return b.plain, nil
	}
	root, err := m.multipart("alternative", m.texts())
	if err != nil {
		return nil, err
	}
	if len(m.inline) > 0 {
		typ := mimeparam.FormatParam("type", root.mediaType)
		if root, err = m.multipart("related", append([]*part{root}, m.inline...), typ...); err != nil {
			return nil, err
		}
	}
	return m.multipart("mixed", append([]*part{root}, m.files...))
}

// texts returns the parts of the bodies, the poorest first (RFC 2046 5.1.4). Of a
// meeting the calendar is the best ([MS-OXCMAIL] 2.1.3.3.8).
func (m *message) texts() []*part {
	var list []*part
	for _, p := range []*part{m.body.plain, m.body.rich, m.body.calendar} {
		if p != nil {
			list = append(list, p)
		}
	}
	return list
}

// multipart returns a multipart of the parts, or a single part as it is.
func (m *message) multipart(subtype string, parts []*part, params ...string) (*part, error) {
	if len(parts) == 1 {
		return parts[0], nil
	}
	p, err := m.newPart("multipart/"+subtype, m.place)
	if err != nil {
		return nil, err
	}
	p.children, p.boundary = parts, m.newBoundary()
	p.add("Content-Type", joinParams("Content-Type", p.mediaType, params, mimeparam.FormatParam("boundary", p.boundary)))
	return p, nil
}

// joinParams returns the value of a field with parameters, folded between them.
func joinParams(header, value string, params ...[]string) string {
	size := len(value)
	for _, list := range params {
		for _, p := range list {
			size += len(p) + len(";\r\n ")
		}
	}
	var b strings.Builder
	b.Grow(size)
	b.WriteString(value)
	col := len(header) + len(": ") + len(value)
	for _, list := range params {
		for _, p := range list {
			first, _, _ := strings.Cut(p, "\r\n")
			if col+len("; ")+len(first)+len(";") > foldAt {
				b.WriteString(";\r\n ")
				col = 1
			} else {
				b.WriteString("; ")
				col += len("; ")
			}
			b.WriteString(p)
			if i := strings.LastIndexByte(p, '\n'); i >= 0 {
				col = len(p) - i - 1
			} else {
				col += len(p)
			}
		}
	}
	return b.String()
}
