package mime2mapi

import (
	"slices"
	"strings"

	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/mapi"
)

// classNeeds are the structures without which a Content-Class stands for no
// message class ([MS-OXCMAIL] 2.2.3.2.15, [MS-OXSHRMSG]).
var classNeeds = map[string]func(*mimescan.Entity) bool{
	"fax": isFax, "fax-ca": isFax,
	"sharing":    hasSharing,
	"missedcall": hasAudio, "voice-uc": hasAudio, "voice-ca": hasAudio, "voice": hasAudio,
}

const formClass = "IPM.InfoPathForm."

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
	class, ok := headerprop.MessageClass(v)
	if !ok {
		return
	}
	if needs := classNeeds[lowerASCII(v)]; needs != nil && !needs(m.job.root) {
		return
	}
	mapi.PidTagMessageClass.Set(p, class)
	if form, ok := strings.CutPrefix(class, formClass); ok {
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
	return hasPart(root, "audio/gsm", "audio/mp3", "audio/wav", "audio/wma")
}

// hasSharing reports whether the message has a part that says what is shared.
func hasSharing(root *mimescan.Entity) bool {
	return hasPart(root, "application/x-sharing-metadata-xml")
}

// hasPart reports whether the message itself has a part of one of the types.
func hasPart(root *mimescan.Entity, types ...string) bool {
	found := false
	root.Walk(func(e *mimescan.Entity) bool {
		found = found || slices.Contains(types, e.ContentType.Full)
		return !found && e.Message == nil
	})
	return found
}
