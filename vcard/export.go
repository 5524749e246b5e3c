package vcard

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/mapi"
)

// ExportOptions say how a card is written. Nil and the zero value are the defaults.
type ExportOptions struct {
	// Labels writes LABEL, which vCard 4.0 no longer has, beside ADR.
	Labels bool
	// MaxPhoto bounds the picture in bytes; a larger one is left out, with a
	// diagnostic. Zero means DefaultMaxPhoto.
	MaxPhoto int64
	// WithFiles says that the caller writes the files that are attached to the contact
	// beside the card. By default a diagnostic tells of each.
	WithFiles bool
}

// DefaultMaxPhoto bounds the picture of a card.
const DefaultMaxPhoto = 16 << 20

// ErrNoContact says that a message object is no contact.
var ErrNoContact = errors.New("no contact")

// Export writes a contact as a vCard 3.0 in UTF-8 ([MS-OXVCARD], section 2.1.3). The
// order is the same for every contact. Nothing is written when it fails; the error is
// [ErrNoContact], or that of ctx, of the picture's content or of w.
func Export(ctx context.Context, w io.Writer, m *mapi.Message, o *ExportOptions) ([]diag.Diagnostic, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if m == nil || !IsContact(m) {
		return nil, ErrNoContact
	}
	if o == nil {
		o = new(ExportOptions)
	}
	e := &exporter{ctx: ctx, o: o, m: m, p: &m.Properties, c: tree.NewComponent("VCARD"), rec: new(diag.Recorder)}
	if err := e.card(); err != nil {
		return nil, err
	}
	if err := tree.Write(w, e.c); err != nil {
		return nil, err
	}
	return e.rec.Diagnostics(), nil
}

// IsContact reports whether a message object is of the class of contacts, or below it.
func IsContact(m *mapi.Message) bool {
	const class = "IPM.Contact"
	s := mapi.PidTagMessageClass.Or(&m.Properties, "")
	return len(s) >= len(class) && strings.EqualFold(s[:len(class)], class) && (len(s) == len(class) || s[len(class)] == '.')
}

// An exporter writes one card.
type exporter struct {
	ctx context.Context
	o   *ExportOptions
	m   *mapi.Message
	p   *mapi.Properties
	c   *tree.Component
	rec *diag.Recorder
}

func (e *exporter) card() error {
	e.c.Add("VERSION", "3.0")
	e.c.AddText("PRODID", "-//contentconv//contentconv 1.0//EN")
	e.names()
	e.text("NICKNAME")
	if err := e.photo(); err != nil {
		return err
	}
	e.date(0)
	e.places()
	e.phones()
	e.mails()
	e.text("TITLE", "ROLE")
	e.organisation()
	e.list("CATEGORIES", mapi.PidNameKeywords)
	if s := strings.TrimSpace(e.body()); s != "" {
		e.c.AddText("NOTE", s)
	}
	if t, ok := mapi.PidTagLastModificationTime.Or(e.p, 0).Time(); ok {
		e.c.Add("REV", t.Format("2006-01-02T15:04:05Z"))
	}
	for _, page := range pages {
		if s := e.get(page.tag); s != "" {
			e.c.AddText("URL", s, tree.P("TYPE", page.word))
		}
	}
	e.class()
	e.key()
	e.text("UID")
	e.design()
	children, _ := mapi.PidTagChildrensNames.Get(e.p)
	for _, s := range children {
		if s != "" {
			e.c.AddText("X-MS-CHILD", s)
		}
	}
	for _, tag := range userFields {
		if s := e.get(tag); s != "" {
			e.c.AddText("X-MS-TEXT", s)
		}
	}
	e.text("X-MS-IMADDRESS")
	e.date(1)
	e.text("X-MS-SPOUSE", "X-MS-MANAGER", "X-MS-ASSISTANT", "FBURL")
	if s := e.get(mapi.PidTagHobbies); s != "" {
		e.c.AddText("X-MS-INTERESTS", s)
	}
	e.files()
	return nil
}

// design writes the look of the card, where it is the text that [MS-OXVCARD] means.
func (e *exporter) design() {
	b := mapi.PidLidBusinessCardDisplayDefinition.Or(e.p, nil)
	switch {
	case len(b) == 0:
	case !utf8.Valid(b) || bytes.ContainsFunc(b, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7F }):
		e.rec.Add(diag.VCardPropertyIgnored, "", "X-MS-OL-DESIGN", "it is no text")
	default:
		e.c.Add("X-MS-OL-DESIGN", string(b))
	}
}

// files tells of the attachments that no card can hold.
func (e *exporter) files() {
	for i, a := range e.m.Attachments {
		if a != nil && !e.o.WithFiles && !isPhoto(a) {
			e.rec.Add(diag.AttachmentDropped, fmt.Sprint(i+1), "", "a vCard holds no files")
		}
	}
}

// isPhoto reports whether an attachment is the contact's picture.
func isPhoto(a *mapi.Attachment) bool {
	return a != nil && a.Content != nil && mapi.PidTagAttachmentContactPhoto.Or(&a.Properties, false)
}

func (e *exporter) get(tag textTag) string {
	s, _ := tag.Get(e.p)
	return strings.TrimSpace(s)
}

// text writes the properties of textRows that have those names.
func (e *exporter) text(names ...string) {
	for _, row := range textRows {
		s := e.get(row.tag)
		if s == "" || !slices.Contains(names, row.name) {
			continue
		}
		var params []tree.Param
		if row.person {
			params = append(params, tree.P("TYPE", "N"))
		}
		e.c.AddText(row.name, s, params...)
	}
}

// names writes FN and N, which every card has.
func (e *exporter) names() {
	name := e.get(mapi.PidTagDisplayName)
	if name == "" {
		name = strings.TrimSpace(mapi.PidTagNormalizedSubject.Or(e.p, mapi.Subject(e.p)))
	}
	e.c.AddText("FN", name)
	parts := make([]string, len(nameParts))
	for i, tag := range nameParts {
		parts[i] = e.get(tag)
	}
	e.structured("N", parts)
}

// structured writes parts.
func (e *exporter) structured(name string, parts []string, params ...tree.Param) {
	escaped := make([]string, len(parts))
	for i, s := range parts {
		escaped[i] = tree.EscapeText(s)
	}
	e.c.Add(name, strings.Join(escaped, ";"), params...)
}

func (e *exporter) date(i int) {
	if t, ok := dates[i].tag.Or(e.p, 0).Time(); ok && dates[i].tag.Or(e.p, 0) != mapi.TimeNone {
		e.c.Add(dates[i].name, t.In(time.UTC).Format("2006-01-02"), tree.P("VALUE", "DATE"))
	}
}

func (e *exporter) parts(tags [6]textTag) (out [6]string, any bool) {
	for i, tag := range tags {
		out[i] = e.get(tag)
		any = any || out[i] != ""
	}
	return out, any
}

// places writes the addresses. A mailing address that is none of the three is written
// as the one of work.
func (e *exporter) places() {
	id := mapi.PidLidPostalAddressId.Or(e.p, 0)
	written := false
	for _, a := range addresses {
		parts, any := e.parts(a.parts)
		if any {
			written = true
			e.place(parts, a.word, id == a.id)
		}
		if s := e.get(a.label); s != "" && (e.o.Labels || !any) {
			e.c.AddText("LABEL", s, tree.P("TYPE", a.word))
		}
	}
	if parts, any := e.parts(mailing); any && !written {
		e.place(parts, "work", true)
	}
}

func (e *exporter) place(parts [6]string, word string, pref bool) {
	words := []string{word}
	if pref {
		words = append(words, "pref")
	}
	e.structured("ADR", []string{parts[0], "", parts[1], parts[2], parts[3], parts[4], parts[5]}, tree.P("TYPE", words...))
}

func (e *exporter) phones() {
	for _, row := range phoneRows {
		for _, tag := range row.tags {
			if s := e.get(tag); s != "" {
				e.c.AddText("TEL", s, tree.P("TYPE", row.words...))
			}
		}
	}
	for _, row := range microsoftPhones {
		if s := e.get(row.tag); s != "" {
			e.c.AddText("X-MS-TEL", s, tree.P("TYPE", row.word))
		}
	}
}

// mails writes the e-mail addresses; those of another system need one of the Internet.
func (e *exporter) mails() {
	words := []string{"internet", "pref"}
	for _, slot := range emails {
		s := e.get(slot.address)
		if t := e.get(slot.addressType); s != "" && t != "" && !strings.EqualFold(t, "SMTP") || !strings.Contains(s, "@") {
			id, _ := slot.entryID.Get(e.p)
			if one, ok := mapi.ParseEntryID(id, nil).(*mapi.OneOff); ok && strings.EqualFold(one.AddressType, "SMTP") && one.Address != "" {
				s = one.Address
			} else if o := e.get(slot.original); s != "" && strings.Count(o, "@") == 1 && !strings.ContainsAny(o, " <>()/") {
				s = o // Outlook keeps the Internet address of an Exchange user there.
			} else if s != "" {
				e.rec.Add(diag.AddressUnresolved, "", "EMAIL", diag.Quote(s))
				continue
			}
		}
		if s == "" {
			continue
		}
		e.c.AddText("EMAIL", s, tree.P("TYPE", words...))
		words = words[:1]
	}
}

func (e *exporter) organisation() {
	company, department := e.get(mapi.PidTagCompanyName), e.get(mapi.PidTagDepartmentName)
	switch {
	case department != "":
		e.structured("ORG", []string{company, department})
	case company != "":
		e.structured("ORG", []string{company})
	}
}

func (e *exporter) list(name string, tag mapi.Named[[]string]) {
	var items []string
	list, _ := tag.Get(e.p)
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" {
			items = append(items, tree.EscapeText(s))
		}
	}
	if len(items) > 0 {
		e.c.Add(name, strings.Join(items, ","))
	}
}

func (e *exporter) class() {
	n, ok := mapi.PidTagSensitivity.Get(e.p)
	for _, c := range classes {
		if ok && c.number == n {
			e.c.Add("CLASS", c.word)
			return
		}
	}
}

// key writes the certificate: the element as it is, or the one in the list of tagged
// values that Outlook stores ([MS-OXOABK], section 2.2.4.36).
func (e *exporter) key() {
	list, _ := mapi.PidTagUserX509Certificate.Get(e.p)
	for _, b := range list {
		if der := certificate(b); der != nil {
			e.c.Add("KEY", base64.StdEncoding.EncodeToString(der), tree.P("ENCODING", "b"))
			return
		}
	}
}

// certificateTag marks the certificate in such a list; a tag and a length, which
// counts itself, stand before each value.
const certificateTag = 0x0003

func certificate(b []byte) []byte {
	if len(b) > 1 && b[0] == 0x30 && b[1] >= 0x80 {
		return b
	}
	for len(b) >= 4 {
		tag, n := int(b[0])|int(b[1])<<8, int(b[2])|int(b[3])<<8
		if n < 4 || n > len(b) {
			return nil
		}
		if v := b[4:n]; tag == certificateTag && len(v) > 0 && v[0] == 0x30 {
			return v
		}
		b = b[n:]
	}
	return nil
}

// photo writes the picture.
func (e *exporter) photo() error {
	limit := e.o.MaxPhoto
	if limit == 0 {
		limit = DefaultMaxPhoto
	}
	for i, a := range e.m.Attachments {
		if !isPhoto(a) {
			continue
		}
		r, err := a.Content.Open(e.ctx)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		_, err = b.ReadFrom(io.LimitReader(r, limit+1))
		if err2 := r.Close(); err == nil {
			err = err2
		}
		if err != nil {
			return err
		}
		if int64(b.Len()) > limit {
			e.rec.Addf(diag.AttachmentDropped, fmt.Sprint(i+1), "PHOTO", "more than %d bytes", limit)
			return nil
		}
		kind := "JPEG"
		if t, ok := sniff(b.Bytes()); ok {
			kind = strings.ToUpper(strings.TrimPrefix(t.mime, "image/"))
		}
		e.c.Add("PHOTO", base64.StdEncoding.EncodeToString(b.Bytes()), tree.P("ENCODING", "b"), tree.P("TYPE", kind))
		return nil
	}
	return nil
}
