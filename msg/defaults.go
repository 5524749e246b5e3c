package msg

import (
	"encoding/binary"
	"math"
	"strings"

	"github.com/contentconv/contentconv/internal/filename"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// The values of PidTagMessageFlags ([MS-OXCMSG] 2.2.1.6).
const (
	flagRead          int32 = 0x01
	flagUnmodified    int32 = 0x02
	flagUnsent        int32 = 0x08
	flagHasAttachment int32 = 0x10
)

// nativeHTML is the value of PidTagNativeBody for HTML ([MS-OXCMSG] 2.2.1.56.6).
const nativeHTML int32 = 3

// fill sets a property that p lacks, or has as a string that is left out.
func fill[T any](p *mapi.Properties, t mapi.Tag[T], v T) {
	old, has := p.Get(t.Key())
	if s, ok := old.Text(); !has || ok && propfile.TrimNUL(s) == "" {
		t.Set(p, v)
	}
}

// messageProperties returns the properties of m with those that a file needs.
func messageProperties(m *mapi.Message) mapi.Properties {
	p := m.Properties.Clone()
	fill(&p, mapi.PidTagMessageClass, "IPM.Note")
	mask := mapi.PidTagStoreSupportMask
	mask.Set(&p, mask.Or(&p, storeSupportMask)|storeUnicode)
	flags := flagRead | flagUnmodified
	if len(m.Attachments) > 0 {
		flags |= flagHasAttachment
	}
	fill(&p, mapi.PidTagMessageFlags, flags)
	fill(&p, mapi.PidTagSubject, mapi.PidTagSubjectPrefix.Or(&p, "")+mapi.PidTagNormalizedSubject.Or(&p, ""))
	fillDisplay(&p, m.Recipients)
	fillTimes(&p)
	fillBody(&p)
	return p
}

// fillDisplay adds the lists of names that folders show ([MS-OXOMSG] 2.2.1.7).
func fillDisplay(p *mapi.Properties, recipients []mapi.Recipient) {
	for i, tag := range []mapi.Tag[string]{mapi.PidTagDisplayTo, mapi.PidTagDisplayCc, mapi.PidTagDisplayBcc} {
		kind := mapi.RecipientTo + int32(i)
		var names []string
		for j := range recipients {
			if r := &recipients[j]; r.Kind() == kind {
				names = append(names, mapi.PidTagDisplayName.Or(&r.Properties, ""))
			}
		}
		fill(p, tag, strings.Join(names, "; "))
	}
}

// fillTimes gives a mail that was sent the one of its two times that it lacks,
// without which Outlook shows none.
func fillTimes(p *mapi.Properties) {
	class := mapi.PidTagMessageClass.Or(p, "")
	if len(class) < 8 || !strings.EqualFold(class[:8], "IPM.Note") || mapi.PidTagMessageFlags.Or(p, 0)&flagUnsent != 0 {
		return
	}
	if t, ok := mapi.PidTagClientSubmitTime.Get(p); ok {
		fill(p, mapi.PidTagMessageDeliveryTime, t)
	}
	if t, ok := mapi.PidTagMessageDeliveryTime.Get(p); ok {
		fill(p, mapi.PidTagClientSubmitTime, t)
	}
}

// fillBody says of a body in HTML alone that it is the original, and its charset
// where that is UTF-8.
func fillBody(p *mapi.Properties) {
	if _, ok := mapi.PidTagHtml.Get(p); !ok {
		return
	}
	if !mapi.PidTagRtfCompressed.Has(p) {
		fill(p, mapi.PidTagNativeBody, nativeHTML)
	}
	propfile.DeclareHTML(p)
}

// recipientProperties returns the properties of row i ([MS-OXMSG] 2.2.1).
func recipientProperties(r *mapi.Recipient, i int) mapi.Properties {
	p := r.Properties.Clone()
	mapi.PidTagRowid.Set(&p, int32(i))
	fill(&p, mapi.PidTagRecipientType, mapi.RecipientTo)
	fill(&p, mapi.PidTagObjectType, mapi.ObjectMailUser)
	fill(&p, mapi.PidTagDisplayType, 0)
	fill(&p, mapi.PidTagInstanceKey, number(i))
	a := r.Address()
	if a.SMTP != "" {
		fill(&p, mapi.PidTagSmtpAddress, a.SMTP)
		if a.Email == "" {
			a.Type, a.Email = "SMTP", a.SMTP
		}
	}
	if a.Name == "" {
		a.Name = a.Email
	}
	fill(&p, mapi.PidTagDisplayName, a.Name)
	if a.Email == "" || a.Type == "" {
		return p
	}
	fill(&p, mapi.PidTagAddressType, a.Type)
	fill(&p, mapi.PidTagEmailAddress, a.Email)
	oneOff := mapi.OneOff{Name: a.Name, AddressType: a.Type, Address: a.Email, Flags: mapi.OneOffNoRichInfo}
	fill(&p, mapi.PidTagEntryId, oneOff.Bytes())
	key := mapi.SearchKey{AddressType: a.Type, Address: a.Email}
	fill(&p, mapi.PidTagSearchKey, key.Bytes())
	return p
}

// attachmentProperties returns the properties of attachment i ([MS-OXMSG] 2.2.2),
// whose content has that many bytes, or -1 for none.
func attachmentProperties(a *mapi.Attachment, i int, size int64) mapi.Properties {
	p := a.Properties.Clone()
	mapi.PidTagAttachNumber.Set(&p, int32(i))
	fill(&p, mapi.PidTagAttachMethod, a.Method())
	fill(&p, mapi.PidTagObjectType, objectAttachment)
	fill(&p, mapi.PidTagRecordKey, number(i))
	fill(&p, mapi.PidTagRenderingPosition, -1)
	if size >= 0 || a.Message != nil {
		fill(&p, mapi.PidTagAttachSize, int32(max(0, min(size, math.MaxInt32))))
	}
	name, display := mapi.PidTagAttachLongFilename.Or(&p, ""), ""
	switch {
	case name != "":
		fill(&p, mapi.PidTagAttachFilename, filename.Short83(name))
		fill(&p, mapi.PidTagAttachExtension, filename.Extension(name))
		display = name
	case a.Message != nil:
		display = mapi.Subject(&a.Message.Properties)
	default:
		display = mapi.PidTagAttachFilename.Or(&p, "")
	}
	fill(&p, mapi.PidTagDisplayName, display)
	return p
}

// objectAttachment is the value of PidTagObjectType for attachments.
const objectAttachment int32 = 7

func number(i int) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(i)) }
