package mapi2mime

import (
	"strconv"
	"strings"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/filename"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/maildate"
	"github.com/contentconv/contentconv/internal/mimeparam"
	"github.com/contentconv/contentconv/mapi"
)

// A file is what is written of an attachment by value ([MS-OXCMAIL] 2.1.3.4.2).
type file struct {
	content   mapi.Content
	mediaType string
	params    [][]string // of the type, beside name
	name      string     // may be empty
	source    Source
	beside    bool // it stands with the files, however it is marked
	rendering bool // it is the picture of an OLE object
}

// planFile makes a part of an attachment's data.
func (a *attachment) planFile(c mapi.Content) error { return a.addFile(a.file(c)) }

func (a *attachment) file(c mapi.Content) file {
	f := file{content: c, name: a.fileName(), source: FromAttachment}
	f.mediaType = a.mediaType(f.name)
	switch {
	case f.mediaType == "text/calendar" && a.typeParams(f.mediaType) != nil:
		f.params = a.typeParams(f.mediaType) // the method says what the calendar is for
	case strings.HasPrefix(f.mediaType, "text/"):
		if label := clean(mapi.PidTagTextAttachmentCharset.Or(a.props, "")); label != "" {
			f.params = append(f.params, mimeparam.FormatParam("charset", label))
		}
	case strings.HasSuffix(f.mediaType, "pkcs7-mime"):
		f.params = a.typeParams(f.mediaType)
	}
	return f
}

// typeParams returns the parameters of the Content-Type that the attachment was
// received with, which say what kind of S/MIME it is, or what a calendar is for.
func (a *attachment) typeParams(mediaType string) [][]string {
	v := mimeparam.ParseContentType(mapi.PidNameContentType.Or(a.props, ""), nil)
	if v.Full != mediaType {
		return nil
	}
	return formatParams(v)
}

// formatParams returns the parameters of a type beside those that are written
// anew.
func formatParams(v mimeparam.Value) [][]string {
	var list [][]string
	for _, p := range v.Params {
		if p.Name != "name" && isToken(p.Name) && len(p.Name) < maxTypeName {
			list = append(list, mimeparam.FormatParam(p.Name, p.Value))
		}
	}
	return list
}

// fileName returns the name in the order of [MS-OXCMAIL] 2.1.3.4.2.1, without
// anything that a file name may not hold. It may be empty.
func (a *attachment) fileName() string {
	name, given := a.storedName()
	if name != given {
		a.report(diag.NameSanitized, "", diag.Quote(given))
	}
	return name
}

// storedName returns that name, and what it was made of.
func (a *attachment) storedName() (name, given string) {
	for _, tag := range []mapi.Tag[string]{
		mapi.PidTagAttachLongFilename, mapi.PidTagAttachFilename, mapi.PidTagAttachTransportName, mapi.PidTagDisplayName,
	} {
		given = tag.Or(a.props, "")
		if name, _ = filename.Sanitize(given); name != "" {
			return name, given
		}
	}
	return "", ""
}

// addFile adds the part: among those that the HTML shows, or among the files.
func (a *attachment) addFile(f file) error {
	p, err := a.newPart(f.mediaType, a.place)
	if err != nil {
		return err
	}
	size, err := contentSize(a.ctx, f.content)
	if err != nil {
		return contentFailure(a.ctx, err, a.place)
	}
	p.source, p.content, p.size = f.source, f.content, size
	encoding, err := a.encodeFile(p)
	if err != nil {
		return err
	}
	inline := !f.beside && a.isInline()
	if err := a.addFileFields(p, f, inline); err != nil {
		return err
	}
	p.add("Content-Transfer-Encoding", encoding.String())
	a.m.attached = true
	if inline {
		a.m.inline = append(a.m.inline, p)
	} else {
		a.m.files = append(a.m.files, p)
	}
	return nil
}

// addFileFields writes the fields that describe a file ([MS-OXCMAIL] 2.1.3.4.2.2).
func (a *attachment) addFileFields(p *part, f file, inline bool) error {
	params := f.params
	disposition := make([][]string, 0, 4) // name, size and two dates
	if f.name != "" {
		params = append(params, a.nameParam(f.name))
		disposition = append(disposition, a.fileNameParam(f.name))
	}
	p.add("Content-Type", joinParams("Content-Type", p.mediaType, params...))
	description := mapi.PidTagDisplayName.Or(a.props, "")
	if clean(description) == "" || f.rendering {
		description = f.name
	}
	description = a.rule(a.limits.TextHeader(), "Content-Description").Items(description)
	a.addText(p, "Content-Description", description, headerprop.Words)
	kind := "attachment"
	if inline {
		kind = "inline"
	}
	if !f.rendering {
		disposition = append(disposition, []string{"size=" + strconv.FormatInt(p.size, 10)})
	}
	disposition = a.appendDates(disposition)
	p.add("Content-Disposition", joinParams("Content-Disposition", kind, disposition...))
	placed := a.m.placed[a.a]
	if placed == "" && mapi.PidTagAttachContentId.Or(a.props, "") == "" {
		placed = a.m.calendarIDs[a.a]
	}
	for _, row := range headerprop.All(headerprop.OnAttachment) {
		if row.Header == "Content-ID" && f.beside && a.a.Method() == mapi.AttachOLE {
			continue // it is the picture's
		} else if row.Header == "Content-ID" && placed != "" {
			a.addText(p, row.Header, "<"+placed+">", headerprop.Raw)
		} else if err := a.addRow(p, a.props, row); err != nil {
			return err
		}
	}
	return nil
}

// appendDates appends the parameters with the times of the file, in UTC.
func (a *attachment) appendDates(list [][]string) [][]string {
	for _, d := range []struct {
		param string
		tag   mapi.Tag[mapi.Time]
	}{
		{"creation-date", mapi.PidTagCreationTime},
		{"modification-date", mapi.PidTagLastModificationTime},
	} {
		ft, ok := d.tag.Get(a.props)
		if t, valid := ft.Time(); ok && valid && ft != mapi.TimeNone {
			list = append(list, mimeparam.FormatParam(d.param, maildate.Format(t.In(time.UTC))))
		}
	}
	return list
}
