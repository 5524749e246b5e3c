package mime2mapi

import (
	"strings"

	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/mapi"
)

// contentClasses are the values of Content-Class that stand for a message class
// ([MS-OXCMAIL] 2.2.3.2.15). The structure that a class needs is checked.
var contentClasses = map[string]struct {
	class string
	needs func(*mimescan.Entity) bool
}{
	"fax":        {"IPM.Note.Microsoft.Fax", isFax},
	"fax-ca":     {"IPM.Note.Microsoft.Fax.CA", isFax},
	"missedcall": {"IPM.Note.Microsoft.Missed.Voice", hasAudio},
	"voice-uc":   {"IPM.Note.Microsoft.Conversation.Voice", hasAudio},
	"voice-ca":   {"IPM.Note.Microsoft.Voicemail.UM.CA", hasAudio},
	"voice":      {"IPM.Note.Microsoft.Voicemail.UM", hasAudio},
}

const (
	customClassPrefix = "urn:content-class:custom."
	formClassPrefix   = "infopathform."
)

// convertContentClass copies the field, and sets the message class when that is
// still the one of ordinary mail.
func (m *message) convertContentClass() {
	f := m.fields.contentClass
	if f == nil {
		return
	}
	p := m.properties()
	v := strings.TrimSpace(m.limitedItems(m.text(f, headerprop.Words, m.job.root.Path), m.limits.TextHeader(), m.job.root.Path, f.Name))
	if v == "" {
		return
	}
	mapi.PidNameContentClass.Set(p, v)
	if mapi.PidTagMessageClass.Or(p, "") != classNote {
		return
	}
	lower := lowerASCII(v)
	if c, ok := contentClasses[lower]; ok {
		if c.needs(m.job.root) {
			mapi.PidTagMessageClass.Set(p, c.class)
		}
		return
	}
	switch {
	case strings.HasPrefix(lower, customClassPrefix) && len(v) > len(customClassPrefix):
		mapi.PidTagMessageClass.Set(p, "IPM.Note.Custom."+v[len(customClassPrefix):])
	case strings.HasPrefix(lower, formClassPrefix) && len(v) > len(formClassPrefix):
		form := v[len(formClassPrefix):]
		mapi.PidTagMessageClass.Set(p, "IPM.InfoPathForm."+form)
		if id, name, ok := strings.Cut(form, "."); ok && isGUID(id) {
			mapi.PidLidInfoPathFormName.Set(p, name)
		}
	}
}

func isGUID(s string) bool {
	_, err := mapi.ParseGUID(s)
	return err == nil
}

// isFax reports whether the message is a text/html with an image/tiff behind it.
func isFax(root *mimescan.Entity) bool {
	return root.Multipart && root.ContentType.Full == "multipart/mixed" && len(root.Children) >= 2 &&
		root.Children[0].ContentType.Full == "text/html" && root.Children[1].ContentType.Full == "image/tiff"
}

// hasAudio reports whether the message has a part with a recording.
func hasAudio(root *mimescan.Entity) bool {
	found := false
	root.Walk(func(e *mimescan.Entity) bool {
		switch e.ContentType.Full {
		case "audio/gsm", "audio/mp3", "audio/wav", "audio/wma":
			found = true
		}
		return !found && e.Message == nil
	})
	return found
}
