package vcard_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/vcard"
)

var fuzzTexts = []interface {
	Set(*mapi.Properties, string)
}{
	mapi.PidTagDisplayName, mapi.PidTagSurname, mapi.PidTagNickname, mapi.PidTagBody, mapi.PidTagCompanyName, mapi.PidTagDepartmentName,
	mapi.PidTagHomeTelephoneNumber, mapi.PidLidWorkAddressStreet, mapi.PidLidEmail1EmailAddress, mapi.PidTagBusinessHomePage, vcard.UID,
	mapi.PidLidContactUserField1, mapi.PidTagManagerName, mapi.PidTagHobbies, mapi.PidLidFreeBusyLocation, mapi.PidLidHomeAddress,
}

// FuzzExport feeds any values: nothing in them begins a line of its own, and the card
// has the lines that were meant.
func FuzzExport(f *testing.F) {
	f.Add("x\r\nEND:VCARD\r\n", []byte("<card/>\r\nTEL:1"), int64(134000000000000000), int32(2))
	f.Add("\"\x00\\;,:\xff^n", []byte{0x30, 0x82, 0, 0}, int64(-1), int32(-1))
	f.Add("a@b", []byte{3, 0, 6, 0, 0x30, 0}, int64(1)<<62, int32(1<<30))
	f.Fuzz(func(t *testing.T, text string, blob []byte, when int64, number int32) {
		m := contact(nil)
		p := &m.Properties
		for _, tag := range fuzzTexts {
			tag.Set(p, text)
		}
		mapi.PidNameKeywords.Set(p, []string{text, text})
		mapi.PidTagChildrensNames.Set(p, []string{text})
		mapi.PidTagUserX509Certificate.Set(p, [][]byte{blob})
		mapi.PidLidBusinessCardDisplayDefinition.Set(p, blob)
		mapi.PidTagBirthday.Set(p, mapi.Time(when))
		mapi.PidTagLastModificationTime.Set(p, mapi.Time(when))
		mapi.PidTagSensitivity.Set(p, number)
		mapi.PidLidPostalAddressId.Set(p, number)
		m.Attachments = []*mapi.Attachment{{Content: mapi.Bytes(blob)}, nil}
		mapi.PidTagAttachmentContactPhoto.Set(&m.Attachments[0].Properties, true)
		lines := write(t, m)
		s, err := tree.Parse([]byte(strings.Join(lines, "\r\n")+"\r\n"), nil)
		if err != nil || s.Lost > 0 || len(s.Components) != 1 || len(s.Components[0].Components) > 0 || s.Components[0].Unclosed {
			t.Fatalf("%v: %q", err, lines)
		}
		for _, name := range []string{"TEL", "FN", "N", "UID", "NOTE", "ORG"} {
			if len(s.Components[0].All(name)) > 1 {
				t.Fatalf("%s twice: %q", name, lines)
			}
		}
		for _, l := range lines {
			if !utf8.ValidString(l) {
				t.Fatalf("%q", l)
			}
		}
	})
}
