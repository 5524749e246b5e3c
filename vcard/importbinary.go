package vcard

import (
	"encoding/base64"
	"strings"

	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/mapi"
)

// binaries reads the picture, the certificate and the design of the card.
func (im *importer) binaries() {
	for _, p := range im.c.All("PHOTO") {
		if !im.photo(p) {
			im.ignored(p)
		}
	}
	for _, p := range im.c.All("KEY") {
		b, kind, ok := binary(p)
		// Other keys than certificates have no place ([MS-OXVCARD], section 2.1.3.8.2).
		if !ok || kind == "PGP" || strings.Contains(strings.ToUpper(kind), "PGP") || len(b) == 0 || b[0] != 0x30 || mapi.PidTagUserX509Certificate.Has(im.p) {
			im.ignored(p)
			continue
		}
		mapi.PidTagUserX509Certificate.Set(im.p, [][]byte{b})
	}
	if p := im.c.Property("X-MS-OL-DESIGN"); p != nil && p.Value != "" {
		mapi.PidLidBusinessCardDisplayDefinition.Set(im.p, []byte(p.Value))
	}
}

// photo attaches a picture ([MS-OXOCNTC], section 2.2.1.8.3). A contact has one.
func (im *importer) photo(p *tree.Property) bool {
	b, kind, ok := binary(p)
	image, known := imageTypes[strings.TrimPrefix(strings.ToUpper(kind), "IMAGE/")]
	if kind == "" {
		image, known = sniff(b)
	}
	if !ok || !known || len(b) == 0 || len(im.m.Attachments) > 0 {
		return false
	}
	a := &mapi.Attachment{Content: mapi.Bytes(b)}
	q := &a.Properties
	name := "ContactPicture" + image.extension
	mapi.PidTagAttachMethod.Set(q, mapi.AttachByValue)
	mapi.PidTagAttachFilename.Set(q, name)
	mapi.PidTagAttachLongFilename.Set(q, name)
	mapi.PidTagDisplayName.Set(q, name)
	mapi.PidTagAttachExtension.Set(q, image.extension)
	mapi.PidTagAttachMimeTag.Set(q, image.mime)
	mapi.PidTagAttachmentContactPhoto.Set(q, true)
	mapi.PidTagAttachmentHidden.Set(q, true)
	mapi.PidTagRenderingPosition.Set(q, -1)
	im.m.Attachments = append(im.m.Attachments, a)
	mapi.PidLidHasPicture.Set(im.p, true)
	return true
}

// sniff returns the type of an image without one.
func sniff(b []byte) (t struct{ extension, mime string }, ok bool) {
	for magic, name := range map[string]string{"\xFF\xD8\xFF": "JPEG", "\x89PNG": "PNG", "GIF8": "GIF", "BM": "BMP"} {
		if strings.HasPrefix(string(b[:min(len(b), 8)]), magic) {
			t, ok = imageTypes[name]
			return t, ok
		}
	}
	return t, false
}

// binary returns the bytes of a value in base64 or in a data URI, and what kind they
// are of: a word of TYPE, or a media type.
func binary(p *tree.Property) (b []byte, kind string, ok bool) {
	s := p.Value
	if len(s) > 5 && strings.EqualFold(s[:5], "data:") {
		head, data, found := strings.Cut(s[5:], ",")
		kind, head, _ = strings.Cut(head, ";")
		b, err := base64.StdEncoding.DecodeString(strings.TrimRight(data, " "))
		return b, kind, found && err == nil && strings.EqualFold(head, "base64")
	}
	encoded := false
	switch strings.ToUpper(p.Param("ENCODING")) {
	case "B", "BASE64":
		encoded = true
	}
	for _, w := range types(p) {
		switch w = strings.ToUpper(w); w {
		case "BASE64":
			encoded = true
		case "PREF", "HOME", "WORK":
		default:
			kind = w
		}
	}
	if !encoded {
		return nil, kind, false
	}
	// QUIRK: blanks stand within, and the padding is missing.
	data := strings.TrimRight(strings.Join(strings.Fields(s), ""), "=")
	b, err := base64.RawStdEncoding.DecodeString(data)
	return b, kind, err == nil
}
