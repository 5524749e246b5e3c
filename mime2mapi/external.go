package mime2mapi

import (
	"path"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/internal/transfer"
	"github.com/contentconv/contentconv/mapi"
)

// attachExternal makes an attachment of a message/external-body part
// ([MS-OXCMAIL] 2.2.3.5): a shortcut to the file where it can be had by anonymous
// FTP, else the whole part, its header block included.
func (m *message) attachExternal(e *mimescan.Entity) error {
	shortcut, name := m.ftpShortcut(e)
	a := &mapi.Attachment{}
	p := &a.Properties
	mapi.PidTagAttachMethod.Set(p, mapi.AttachByValue)
	mapi.PidTagAttachMimeTag.Set(p, e.ContentType.Full)
	description := m.description(e)
	if shortcut != "" {
		a.Content = mapi.Bytes(shortcut)
	} else {
		a.Content = m.rangeContent(e.Start, e.End, transfer.None, e.Section())
		name = m.fileName(e, m.disposition(e), description)
	}
	m.setFileName(p, e, name, description)
	if err := m.convertAttachmentFields(p, e); err != nil {
		return err
	}
	m.attached(e, a, ToAttachment)
	return nil
}

// ftpShortcut returns the Internet shortcut of an anon-ftp part and its file
// name, or nothing for other access types and for parts that lack what an
// address needs.
func (m *message) ftpShortcut(e *mimescan.Entity) (shortcut, name string) {
	get := e.ContentType.Get
	if !strings.EqualFold(get("access-type"), "anon-ftp") {
		return "", ""
	}
	site, directory, file := get("site"), strings.Trim(get("directory"), "/"), get("name")
	if site == "" || directory == "" || file == "" {
		m.rec.Add(diag.ExternalBodyIncomplete, e.Section(), "Content-Type", "anon-ftp needs site, directory and name")
		return "", ""
	}
	kind := map[string]string{"ascii": ";type=a", "image": ";type=i"}[lowerASCII(get("mode"))]
	shortcut = "[InternetShortcut]\r\nURL=ftp://" + site + "/" + directory + "/" + file + kind + "\r\n"
	return shortcut, strings.TrimSuffix(file, path.Ext(file)) + ".url"
}
