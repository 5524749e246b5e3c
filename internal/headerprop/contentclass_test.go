package headerprop_test

import (
	"testing"

	"github.com/contentconv/contentconv/internal/headerprop"
)

func TestContentClass(t *testing.T) {
	for _, c := range []struct{ name, class, content, back string }{
		{"OUT-HDR-002 fax", "IPM.Note.Microsoft.Fax", "fax", "IPM.Note.Microsoft.Fax"},
		{"OUT-HDR-002 the lower class first", "IPM.Note.Microsoft.Fax.CA", "fax-ca", "IPM.Note.Microsoft.Fax.CA"},
		{"below a class", "IPM.Note.Microsoft.Voicemail.UM.Other", "voice", "IPM.Note.Microsoft.Voicemail.UM"},
		{"beside a class", "IPM.Note.Microsoft.Faxes", "", ""},
		{"case", "ipm.note.microsoft.missed.VOICE", "missedcall", "IPM.Note.Microsoft.Missed.Voice"},
		{"custom", "IPM.Note.Custom.A.B", "urn:content-class:custom.A.B", "IPM.Note.Custom.A.B"},
		{"custom without a name", "IPM.Note.Custom.", "", ""},
		{"form", "IPM.InfoPathForm.X", "InfoPathForm.X", "IPM.InfoPathForm.X"},
		{"ordinary", "IPM.Note", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			content, ok := headerprop.ContentClass(c.class)
			if content != c.content || ok != (c.content != "") {
				t.Fatalf("ContentClass(%q) = %q, %v", c.class, content, ok)
			}
			if back, ok := headerprop.MessageClass(content); back != c.back || ok != (c.back != "") {
				t.Errorf("MessageClass(%q) = %q, %v", content, back, ok)
			}
		})
	}
	for _, content := range []string{"", "urn:content-class:custom.", "infopathform.", "voice ", "faxes"} {
		if class, ok := headerprop.MessageClass(content); ok {
			t.Errorf("MessageClass(%q) = %q", content, class)
		}
	}
	if class, _ := headerprop.MessageClass("VOICE-CA"); class != "IPM.Note.Microsoft.Voicemail.UM.CA" {
		t.Errorf("case counts: %q", class)
	}
}
