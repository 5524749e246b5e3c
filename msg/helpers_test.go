package msg_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/msg"
)

// write returns the file of m.
func write(t testing.TB, m *mapi.Message, o *msg.WriteOptions) []byte {
	t.Helper()
	var buf bytes.Buffer
	n, _, err := msg.Write(t.Context(), &buf, m, o)
	if err != nil {
		t.Fatal(err)
	}
	if n != int64(buf.Len()) {
		t.Fatalf("Write says %d bytes and writes %d", n, buf.Len())
	}
	return buf.Bytes()
}

func read(t testing.TB, file []byte, o *msg.ReadOptions) *msg.Result {
	t.Helper()
	res, err := msg.Read(t.Context(), bytes.NewReader(file), int64(len(file)), o)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// check returns what Check has to say of a file.
func check(t testing.TB, file []byte) []string {
	t.Helper()
	problems, err := msg.Check(t.Context(), bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range problems {
		out = append(out, p.String())
	}
	return out
}

// filled are the properties that Write adds to or changes in a message, a
// recipient and an attachment.
var filled = [3][]string{
	{"PidTagMessageClass", "PidTagStoreSupportMask", "PidTagMessageFlags", "PidTagSubject", "PidTagDisplayTo",
		"PidTagDisplayCc", "PidTagDisplayBcc", "PidTagMessageDeliveryTime", "PidTagClientSubmitTime",
		"PidTagNativeBody", "PidTagInternetCodepage"},
	{"PidTagRowid", "PidTagRecipientType", "PidTagObjectType", "PidTagDisplayType", "PidTagInstanceKey",
		"PidTagSmtpAddress", "PidTagDisplayName", "PidTagAddressType", "PidTagEmailAddress", "PidTagEntryId", "PidTagSearchKey"},
	{"PidTagAttachNumber", "PidTagAttachMethod", "PidTagObjectType", "PidTagRecordKey", "PidTagRenderingPosition",
		"PidTagAttachSize", "PidTagAttachFilename", "PidTagAttachExtension", "PidTagDisplayName"},
}

// renumbered are the ids of those whose value changes, whatever type it has, and
// of the one that gives way to the attachment's content.
var renumbered = map[uint16]bool{
	mapi.PidTagAttachDataBinary.ID(): true,
	mapi.PidTagStoreSupportMask.ID(): true, mapi.PidTagRowid.ID(): true, mapi.PidTagAttachNumber.ID(): true,
}

// differences says what got, which was written and read, has not in common with
// want, but for what Write documents.
func differences(want, got *mapi.Message) []string {
	type pair struct {
		where     string
		want, got *mapi.Message
	}
	var out []string
	for todo := []pair{{"", want, got}}; len(todo) > 0; {
		p := todo[0]
		todo = todo[1:]
		out = append(out, bagDifferences(p.where+"message", &p.want.Properties, &p.got.Properties, 0)...)
		if len(p.want.Recipients) != len(p.got.Recipients) || len(p.want.Attachments) != len(p.got.Attachments) {
			return append(out, fmt.Sprintf("%smessage has %d recipients and %d attachments, not %d and %d", p.where,
				len(p.got.Recipients), len(p.got.Attachments), len(p.want.Recipients), len(p.want.Attachments)))
		}
		for i := range p.want.Recipients {
			out = append(out, bagDifferences(fmt.Sprintf("%srecipient %d", p.where, i), &p.want.Recipients[i].Properties, &p.got.Recipients[i].Properties, 1)...)
		}
		for i, a := range p.want.Attachments {
			where := fmt.Sprintf("%sattachment %d", p.where, i)
			b := p.got.Attachments[i]
			out = append(out, bagDifferences(where, &a.Properties, &b.Properties, 2)...)
			x, y := &mapi.Attachment{Content: a.Content}, &mapi.Attachment{Content: b.Content}
			if !x.Equal(y) {
				out = append(out, where+" has another content")
			}
			if (a.Message == nil) != (b.Message == nil) {
				out = append(out, where+": one is a message, one is none")
			} else if a.Message != nil {
				todo = append(todo, pair{where + ", ", a.Message, b.Message})
			}
		}
	}
	return out
}

func bagDifferences(where string, want, got *mapi.Properties, kind int) []string {
	var out []string
	for p := range want.All() {
		v, has := got.Get(p.Key())
		name := propertyName(p)
		switch {
		case renumbered[p.ID]:
		case kind != 1 && p.Name == nil && !mapi.Transmittable(p):
			if has {
				out = append(out, fmt.Sprintf("%s has %s", where, name))
			}
		case empty(p.Value):
			if has && !empty(v) && !contains(filled[kind], name) {
				out = append(out, fmt.Sprintf("%s has %s, which was empty", where, name))
			}
		case !has:
			out = append(out, fmt.Sprintf("%s has no %s", where, name))
		case !v.Equal(unicode(p.Value)):
			out = append(out, fmt.Sprintf("%s: %s is %.100v, not %.100v", where, name, v.Any(), p.Value.Any()))
		}
	}
	for p := range got.All() {
		name := propertyName(p)
		if _, has := want.Get(p.Key()); !has && !contains(filled[kind], name) {
			out = append(out, fmt.Sprintf("%s has %s, which was not there", where, name))
		}
	}
	return out
}

func propertyName(p mapi.Property) string {
	if p.Name != nil {
		return fmt.Sprintf("%#v", *p.Name)
	}
	if name, ok := mapi.TagName(p.Tag()); ok {
		return name
	}
	return fmt.Sprintf("0x%08X", p.Tag())
}

// empty reports whether a value is one that is left out of a file.
func empty(v mapi.Value) bool {
	s, ok := v.Text()
	return ok && strings.TrimRight(s, "\x00") == "" || v.Type() == mapi.PtypObject
}

// unicode returns the value as it is in a file: strings as PtypString, valid
// UTF-8, and without NULs at the end.
func unicode(v mapi.Value) mapi.Value {
	clean := func(s string) string { return strings.TrimRight(string([]rune(s)), "\x00") }
	if s, ok := v.Text(); ok {
		return mapi.String(clean(s))
	}
	if list, ok := v.Elements().([]string); ok {
		out := make([]string, len(list))
		for i, s := range list {
			out[i] = clean(s)
		}
		return mapi.List(out)
	}
	return v
}

func contains(list []string, s string) bool {
	for _, t := range list {
		if s == t {
			return true
		}
	}
	return false
}
