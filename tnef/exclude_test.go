package tnef_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/tnef"
)

// TestExclusions: what does not leave the sender, and what is found out anew by
// whoever receives it.
func TestExclusions(t *testing.T) {
	storeID := make([]byte, 70)
	private := func(p *mapi.Properties) {
		for _, id := range []uint16{
			0x0E07, 0x0FFF, 0x0FF9, 0x300B, 0x6700, 0x6600, 0x0E1B, 0x0E08, 0x007D, 0x0E02, 0x0072, 0x0C15, 0x65E2, 0x0E09, 0x0E20, 0x0E21, 0x0FF6, 0x0FFB, 0x0FF8, 0x5FF7,
		} {
			p.Set(mapi.Key{ID: id}, mapi.Binary(storeID))
		}
		p.Set(mapi.Key{Name: mapi.Name{Set: mapi.PSETID_Common, LID: 0x8580}}, mapi.String("account"))
		p.Set(mapi.Key{Name: mapi.Name{Set: mapi.PSETID_Common, LID: 0x8520}}, mapi.Binary([]byte("votes")))
		p.Set(mapi.Key{ID: 0x3600}, mapi.String("stays"))
	}
	var m mapi.Message
	private(&m.Properties)
	mapi.PidTagTransportMessageHeaders.Set(&m.Properties, "Received: from secret")
	mapi.PidTagDisplayBcc.Set(&m.Properties, "Eve")
	mapi.PidTagOriginalDisplayBcc.Set(&m.Properties, "Eve")
	mapi.PidTagMessageFlags.Set(&m.Properties, 1)
	mapi.PidTagSearchKey.Set(&m.Properties, []byte{1})
	m.Recipients = []mapi.Recipient{person("Joe", "joe@example.com"), person("Eve", "bcc@example.com"), person("Jane", "jane@example.com")}
	mapi.PidTagRecipientType.Set(&m.Recipients[1].Properties, mapi.RecipientBcc|0x10000000)
	private(&m.Recipients[0].Properties)
	mapi.PidTagEntryId.Set(&m.Recipients[2].Properties, (&mapi.AddressBookEntryID{DN: "/o=x"}).Bytes())
	m.Attachments = []*mapi.Attachment{{Content: mapi.Bytes("x")}, {Message: &mapi.Message{Properties: m.Properties.Clone(), Recipients: m.Recipients}}}
	private(&m.Attachments[0].Properties)
	mapi.PidTagAttachRendering.Set(&m.Attachments[0].Properties, []byte{1})

	ids := func(p *mapi.Properties) (out []string) {
		for q := range p.All() {
			if name, ok := mapi.TagName(q.Tag()); ok {
				out = append(out, name)
			} else if q.Name != nil {
				name, _, _ := mapi.NameOf(*q.Name)
				out = append(out, name)
			} else {
				out = append(out, fmt.Sprintf("%04X", q.ID))
			}
		}
		return out
	}
	find := func(list []string, name string) bool {
		for _, s := range list {
			if s == name {
				return true
			}
		}
		return false
	}
	var buf bytes.Buffer
	_, diags, err := tnef.Write(t.Context(), &buf, &m, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := read(t, buf.Bytes(), nil).Message
	inner := got.Attachments[1].Message
	t.Run("TNEF-W-007 a message", func(t *testing.T) {
		want := []string{"PidLidVerbStream", "3600", "PidTagMessageClass", "PidTagImportance", "PidTagSearchKey"}
		list := ids(&got.Properties)
		if diff := cmp.Diff(want, list[len(list)-5:]); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		for _, name := range []string{"PidTagTransportMessageHeaders", "PidTagDisplayBcc", "PidTagEntryId", "PidTagRecordKey", "PidTagMessageFlags", "6600"} {
			if find(list, name) {
				t.Errorf("%s is in %q", name, list)
			}
		}
	})
	t.Run("TNEF-W-007 a message within keeps its header and its flags", func(t *testing.T) {
		list := ids(&inner.Properties)
		for _, name := range []string{"PidTagTransportMessageHeaders", "PidTagMessageFlags", "PidTagSearchKey"} {
			if !find(list, name) {
				t.Errorf("%s is missing in %q", name, list)
			}
		}
		if find(list, "PidTagDisplayBcc") || find(list, "PidTagEntryId") {
			t.Errorf("%q", list)
		}
	})
	t.Run("TNEF-W-007 recipients", func(t *testing.T) {
		var people []string
		for i := range inner.Recipients {
			people = append(people, inner.Recipients[i].Address().SMTP)
		}
		if diff := cmp.Diff([]string{"joe@example.com", "jane@example.com"}, people); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		list := ids(&inner.Recipients[0].Properties)
		for _, name := range []string{"PidTagEntryId", "PidTagRecipientEntryId", "PidTagRecordKey", "PidTagInstanceKey", "PidTagStoreEntryId", "PidTagMappingSignature"} {
			if find(list, name) {
				t.Errorf("%s is in %q", name, list)
			}
		}
		if !find(ids(&inner.Recipients[1].Properties), "PidTagEntryId") {
			t.Error("the address book's entry id is missing")
		}
	})
	t.Run("TNEF-W-007 an attachment", func(t *testing.T) {
		want := []string{"PidLidVerbStream", "3600", "PidTagAttachMethod", "PidTagRenderingPosition", "PidTagAttachRendering"}
		list := ids(&got.Attachments[0].Properties)
		if diff := cmp.Diff(want, list[len(list)-5:]); diff != "" || find(list, "PidTagAttachNumber") || find(list, "PidTagAttachSize") {
			t.Errorf("%q, -want +got:\n%s", list, diff)
		}
	})
	t.Run("what is lost is told", func(t *testing.T) {
		told := make(map[string]int)
		for _, d := range diags {
			told[fmt.Sprintf("%s %s %s", d.Severity, d.Code, d.Detail)]++
		}
		for _, want := range []string{
			"info property-dropped PidTagTransportMessageHeaders", "info property-dropped PidTagDisplayBcc", "info property-dropped PidTagOriginalDisplayBcc", "info property-dropped PidLidInternetAccountName",
			"info property-dropped recipient 0 of attachment 1: PidTagEntryId", "info bcc-omitted attachment 1: 1 of them",
		} {
			if told[want] != 1 {
				t.Errorf("%q is told %d times", want, told[want])
			}
		}
		if told["info property-dropped PidTagHasAttachments"]+told["info bcc-omitted 1 of them"] != 0 {
			t.Errorf("%v", told)
		}
	})
	t.Run("a caller excludes more", func(t *testing.T) {
		o := &tnef.WriteOptions{Exclude: func(p mapi.Property) bool { return p.ID == 0x3600 || p.ID == mapi.PidTagDisplayName.ID() }}
		m := read(t, write(t, &m, o), nil).Message
		for _, p := range []*mapi.Properties{&m.Properties, &m.Attachments[0].Properties, &m.Attachments[1].Message.Properties, &m.Attachments[1].Message.Recipients[0].Properties} {
			if list := ids(p); find(list, "3600") || find(list, "PidTagDisplayName") {
				t.Errorf("%q", list)
			}
		}
	})
	t.Run("flags that are none stay", func(t *testing.T) {
		var m mapi.Message
		m.Properties.Set(mapi.PidTagMessageFlags.Key(), mapi.String("odd"))
		m.Properties.Set(mapi.PidTagSearchKey.Key(), mapi.Binary(nil))
		got := ids(&read(t, write(t, &m, &tnef.WriteOptions{Standalone: true}), nil).Message.Properties)
		if len(got) != 4 || !find(got, "PidTagSearchKey") {
			t.Errorf("%q", got)
		}
	})
}
