package mapi2mime_test

import (
	"testing"

	"github.com/contentconv/contentconv/mapi"
)

// Messages of other programs are ordinary mail in structure: what they are say a
// Content-Class, fields, and the types of their files.
func TestSpecialClasses(t *testing.T) {
	typed := func(typ, name string) *mapi.Attachment {
		return file("data", func(p *props) {
			mapi.PidTagAttachMimeTag.Set(p, typ)
			mapi.PidTagAttachLongFilename.Set(p, name)
		})
	}
	for _, c := range []struct {
		name, class string
		set         func(p *props)
		attachment  *mapi.Attachment
		shape       string
		fields      []string
		back        string // the class that comes back
	}{
		{"fax", "IPM.Note.Microsoft.Fax", func(p *props) {
			mapi.PidTagHtml.Set(p, []byte("<p>x"))
			mapi.PidTagFaxNumberOfPages.Set(p, 3)
		}, typed("image/tiff", "fax.tif"), "mixed(html, image/tiff)", []string{"Content-Class", "fax", "X-FaxNumberOfPages", "3"}, "IPM.Note.Microsoft.Fax"},
		{"fax, a class below", "IPM.Note.Microsoft.Fax.CA.Custom", func(p *props) { mapi.PidTagHtml.Set(p, []byte("<p>x")) },
			typed("image/tiff", "fax.tif"), "mixed(html, image/tiff)", []string{"Content-Class", "fax-ca"}, "IPM.Note.Microsoft.Fax.CA"},
		{"voice mail", "IPM.Note.Microsoft.Voicemail.UM.CA", func(p *props) {
			mapi.PidTagVoiceMessageDuration.Set(p, 42)
			mapi.PidTagSenderTelephoneNumber.Set(p, "5550100")
			mapi.PidTagVoiceMessageAttachmentOrder.Set(p, "voice.mp3")
		}, typed("audio/mp3", "voice.mp3"), "mixed(plain, audio/mp3)", []string{"Content-Class", "voice-ca", "X-VoiceMessageDuration", "42",
			"X-CallingTelephoneNumber", "5550100", "X-AttachmentOrder", "voice.mp3"}, "IPM.Note.Microsoft.Voicemail.UM.CA"},
		{"rights-managed", "IPM.Note", func(p *props) { mapi.PidNameContentClass.Set(p, "rpmsg.message") },
			typed("application/x-microsoft-rpmsg-message", "message.rpmsg"), "mixed(plain, application/x-microsoft-rpmsg-message)",
			[]string{"Content-Class", "rpmsg.message"}, "IPM.Note"},
		{"sharing", "IPM.Sharing", func(p *props) {
			mapi.PidNameContentClass.Set(p, "Sharing")
			generic(p, "X-Sharing-Flavor", "20310")
		}, typed("application/x-sharing-metadata-xml", "sharing_metadata.xml"), "mixed(plain, application/x-sharing-metadata-xml)",
			[]string{"Content-Class", "Sharing", "X-Sharing-Flavor", "20310"}, "IPM.Sharing"},
		{"form", "IPM.InfoPathForm.X", func(p *props) {}, typed("application/octet-stream", "form.xml"), "mixed(plain, application/octet-stream)",
			[]string{"Content-Class", "InfoPathForm.X"}, "IPM.InfoPathForm.X"},
		{"custom", "IPM.Note.Custom.Order", func(p *props) {}, nil, "plain", []string{"Content-Class", "urn:content-class:custom.Order"}, "IPM.Note.Custom.Order"},
		{"a class that nobody knows", "IPM.Note.WorkSite.Ems.Filed", func(p *props) {}, nil, "plain", []string{"Content-Class", ""}, "IPM.Note"},
		{"out of office", "IPM.Note.Rules.OofTemplate.Microsoft", func(p *props) {}, nil, "plain", []string{"Content-Class", ""}, "IPM.Note"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := with(func(p *props) { mapi.PidTagMessageClass.Set(p, c.class) }, c.set)
			if c.attachment != nil {
				m.Attachments = []*mapi.Attachment{c.attachment}
			}
			w := write(t, m, nil)
			if got := w.tree(t).shape(); got != c.shape {
				t.Errorf("structure is %s; want %s", got, c.shape)
			}
			w.want(t, c.fields...)
			if got := mapi.PidTagMessageClass.Or(&toMAPI(t, []byte(w.raw)).Message.Properties, ""); got != c.back {
				t.Errorf("class comes back as %s; want %s", got, c.back)
			}
			w.wantNoDiagnostics(t)
		})
	}
}
