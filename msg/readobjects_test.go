package msg_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/msg"
)

// TestReadAttachmentData has the ways in which an attachment can hold its data.
func TestReadAttachmentData(t *testing.T) {
	const method, binaryTag, objectTag = 0x37050003, 0x37010102, 0x3701000D
	data := value(binaryTag, []byte("data"))
	message := storage("__substg1.0_3701000D", properties(24, entry{0x0037001F, 6}), value(0x0037001F, utf16le("in")))
	ole := storage("__substg1.0_3701000D", stream("CONTENTS", []byte("object")), storage("inner", stream("x", nil)))
	ole.CLSID = [16]byte{0x0A, 0x03}
	for _, c := range []struct {
		name    string
		method  int // -1: none
		kids    []*cfb.Node
		content string // "" none, "ole" the object
		message bool
		codes   []diag.Code
	}{
		{"by value", 1, []*cfb.Node{data}, "data", false, nil},
		{"without a method", -1, []*cfb.Node{data}, "data", false, nil},
		{"embedded message", 5, []*cfb.Node{message}, "", true, nil},
		{"message by value", 1, []*cfb.Node{message}, "", true, nil},
		{"message without a method", -1, []*cfb.Node{message}, "", true, nil},
		{"MSG-R-031 OLE storage", 6, []*cfb.Node{ole}, "ole", false, nil},
		{"OLE storage of a message", 6, []*cfb.Node{message}, "compound", false, nil},
		{"OLE storage by value", 1, []*cfb.Node{ole}, "ole", false, nil},
		{"embedded message that is none", 5, []*cfb.Node{ole}, "ole", false, nil},
		{"OLE object as a stream", 6, []*cfb.Node{data}, "data", false, nil},
		{"data under the object's tag", 1, []*cfb.Node{value(objectTag, []byte("data"))}, "data", false, nil},
		{"both, by value", 1, []*cfb.Node{data, message}, "data", false, []diag.Code{diag.PropertyUnreadable}},
		{"both, embedded", 5, []*cfb.Node{data, message}, "", true, []diag.Code{diag.PropertyUnreadable}},
		{"by reference", 2, nil, "", false, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			entries := []entry{{binaryTag, 4}, {objectTag, 0xFFFFFFFF}}
			if c.method >= 0 {
				entries = append(entries, entry{method, uint64(c.method)})
			}
			kids := append([]*cfb.Node{properties(8, entries...)}, c.kids...)
			res := read(t, compound(t, top(nil, storage("__attach_version1.0_#00000000", kids...))), nil)
			if diff := cmp.Diff(c.codes, codesOf(res)); diff != "" {
				t.Errorf("diagnostics: -want +got:\n%s", diff)
			}
			a := res.Message.Attachments[0]
			if (a.Message != nil) != c.message || (a.Content != nil) != (c.content != "") {
				t.Fatalf("message %v, content %v", a.Message, a.Content)
			}
			if mapi.PidTagAttachDataBinary.Has(&a.Properties) {
				t.Error("the data is a property as well")
			}
			switch c.content {
			case "":
			case "compound":
				if root := open(t, content(t, a)); root.Child("__properties_version1.0") == nil {
					t.Error("the object is not the storage")
				}
			case "ole":
				root := open(t, content(t, a))
				if got := string(bytesOf(t, root, "CONTENTS")); got != "object" || root.CLSID != ole.CLSID || root.Child("inner").Child("X") == nil {
					t.Errorf("the object has %q and class %x", got, root.CLSID)
				}
			default:
				if got := string(content(t, a)); got != c.content {
					t.Errorf("content %q; want %q", got, c.content)
				}
			}
			if c.message && mapi.Subject(&a.Message.Properties) != "in" {
				t.Errorf("the message has the subject %q", mapi.Subject(&a.Message.Properties))
			}
		})
	}
}

// TestReadOLEObjectWithIllegalNames keeps an object that a writer of compound
// files must refuse.
func TestReadOLEObjectWithIllegalNames(t *testing.T) {
	object := storage("__substg1.0_3701000D", stream("aXb", []byte("1")), stream("a_b", []byte("2")), stream("same", []byte("3")), stream("sbme", []byte("4")))
	file := compound(t, top(nil, storage("__attach_version1.0_#00000000", properties(8, entry{0x37050003, 6}), object)))
	file = bytes.Replace(file, utf16le("aXb"), utf16le("a/b"), 1)
	file = bytes.Replace(file, utf16le("sbme"), utf16le("SAME"), 1)
	res := read(t, file, nil)
	if diff := cmp.Diff([]diag.Code{diag.StorageRepaired}, codesOf(res)); diff != "" {
		t.Errorf("diagnostics: -want +got:\n%s", diff)
	}
	var got []string
	for _, e := range open(t, content(t, res.Message.Attachments[0])).Children() {
		got = append(got, e.Name+" "+string(bytesOf(t, e)))
	}
	if diff := cmp.Diff([]string{"a_b 1", "same 3", "a_b~0 2", "SAME~1 4"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// nameEntry is a record of the entry stream.
func nameEntry(number uint32, guid uint16, kind, index uint16) []byte {
	b := binary.LittleEndian.AppendUint32(nil, number)
	b = binary.LittleEndian.AppendUint16(b, guid<<1|kind)
	return binary.LittleEndian.AppendUint16(b, index)
}

func nameText(s string) []byte {
	b := utf16le(s)
	return append(binary.LittleEndian.AppendUint32(nil, uint32(len(b))), b...)
}

func TestReadNames(t *testing.T) {
	manyGUIDs := make([]byte, 16*3000)
	copy(manyGUIDs[16*2500:], mapi.PSETID_Common[:])
	common := mapi.Key{Name: mapi.Name{Set: mapi.PSETID_Common, LID: 0x8506}}
	for _, c := range []struct {
		name                  string
		guids, entries, texts []byte
		want                  mapi.Key // of property 0x8000
		codes                 []diag.Code
	}{
		{"MSG-R-027 number, no buckets", mapi.PSETID_Common[:], nameEntry(0x8506, 3, 0, 0), nil, common, nil},
		{"MSG-R-028 GUID index above 2047", manyGUIDs, nameEntry(0x8506, 2503, 0, 0), nil, common, nil},
		{"string in PS_PUBLIC_STRINGS", nil, nameEntry(0, 2, 1, 0), nameText("Keywords"), mapi.Key{Name: mapi.Name{Set: mapi.PS_PUBLIC_STRINGS, String: "Keywords"}}, nil},
		{"number in PS_MAPI", nil, nameEntry(7, 1, 0, 0), nil, mapi.Key{Name: mapi.Name{Set: mapi.PS_MAPI, LID: 7}}, nil},
		{"index decides, not the position", mapi.PSETID_Common[:], append(nameEntry(1, 3, 0, 1), nameEntry(0x8506, 3, 0, 0)...), nil, common, nil},
		{"the first of two", mapi.PSETID_Common[:], append(nameEntry(0x8506, 3, 0, 0), nameEntry(1, 3, 0, 0)...), nil, common, nil},
		{"set index zero", nil, nameEntry(7, 0, 0, 0), nil, mapi.Key{}, []diag.Code{diag.PropertyUnreadable, diag.PropertyUnreadable}},
		{"set that is missing", make([]byte, 15), nameEntry(7, 3, 0, 0), nil, mapi.Key{}, []diag.Code{diag.PropertyUnreadable, diag.PropertyUnreadable}},
		{"text that is missing", nil, nameEntry(0xFFFFFFFF, 2, 1, 0), nil, mapi.Key{}, []diag.Code{diag.PropertyUnreadable, diag.PropertyUnreadable}},
		{"text cut short", nil, nameEntry(0, 2, 1, 0), nameText("Keywords")[:10], mapi.Key{}, []diag.Code{diag.PropertyUnreadable, diag.PropertyUnreadable}},
		{"text too long", nil, nameEntry(0, 2, 1, 0), nameText(string(bytes.Repeat([]byte{'x'}, 513))), mapi.Key{}, []diag.Code{diag.PropertyUnreadable, diag.PropertyUnreadable}},
		{"text empty", nil, nameEntry(0, 2, 1, 0), nameText(""), mapi.Key{}, []diag.Code{diag.PropertyUnreadable, diag.PropertyUnreadable}},
		{"no names at all", nil, nil, nil, mapi.Key{}, []diag.Code{diag.PropertyUnreadable}},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := read(t, compound(t, top([]entry{{0x80000003, 42}}, names(c.guids, c.entries, c.texts))), nil)
			if diff := cmp.Diff(c.codes, codesOf(res)); diff != "" {
				t.Errorf("diagnostics: -want +got:\n%s", diff)
			}
			v, ok := res.Message.Properties.Get(c.want)
			if n, _ := v.Int(); ok != (c.want != mapi.Key{}) || ok && n != 42 {
				t.Errorf("%#v is %v", c.want.Name, v.Any())
			}
			if _, raw := res.Message.Properties.Get(mapi.Key{ID: 0x8000}); raw {
				t.Error("the id of the file is one of the message")
			}
		})
	}
}

// TestReadEmbedded_MSG_R_030 reads named properties at every level of a file.
func TestReadEmbedded_MSG_R_030_TopLevelNames(t *testing.T) {
	e := entry{0x80000003, 42}
	inner := storage("__substg1.0_3701000D", properties(24, e),
		// An embedded message has no names; if it has, they mean nothing.
		names(nil, nameEntry(9, 1, 0, 0), nil),
		storage("__recip_version1.0_#00000000", properties(8, e)))
	file := compound(t, top([]entry{e}, names(mapi.PSETID_Common[:], nameEntry(0x8506, 3, 0, 0), nil),
		storage("__attach_version1.0_#00000000", properties(8, e, entry{0x37050003, 5}), inner)))
	m := read(t, file, nil).Message
	a := m.Attachments[0]
	key := mapi.Key{Name: mapi.Name{Set: mapi.PSETID_Common, LID: 0x8506}}
	for i, p := range []*mapi.Properties{&m.Properties, &a.Properties, &a.Message.Properties, &a.Message.Recipients[0].Properties} {
		if v, ok := p.Get(key); !ok || v.Any() != int32(42) {
			t.Errorf("object %d has %v", i, v.Any())
		}
	}
}

// TestReadCodePages_MSG_R_029 decodes 8-bit strings by each of the ways to know
// their code page.
func TestReadCodePages_MSG_R_029(t *testing.T) {
	const subject, body = 0x0037001E, 0x1000001E
	message := func(id uint64) entry { return entry{0x3FFD0003, id | 0xDEAD<<32} }
	internet := func(id uint64) entry { return entry{0x3FDE0003, id} }
	locale := func(id uint64) entry { return entry{0x3FF10003, id} }
	for _, c := range []struct {
		name          string
		entries       []entry
		raw           string
		o             *msg.ReadOptions
		subject, body string
	}{
		{"nothing is windows-1252", nil, "\xE4\x80", nil, "ä€", "ä€"},
		{"message code page", []entry{message(1251)}, "\xE4", nil, "д", "д"},
		{"message code page first", []entry{message(1251), internet(1253), locale(0x0405)}, "\xE4", nil, "д", "д"},
		{"Internet code page for the body alone", []entry{internet(1251)}, "\xE4", nil, "ä", "д"},
		{"locale before the Internet code page", []entry{internet(50220), locale(1041)}, "\x93\xFA", nil, "日", "日"},
		{"locale", []entry{locale(0x0419)}, "\xE4", nil, "д", "д"},
		{"unknown code pages are passed over", []entry{message(4711), locale(0x0419)}, "\xE4", nil, "д", "д"},
		{"code page 65001 with UTF-8", []entry{message(65001)}, "\xC3\xA4", nil, "ä", "ä"},
		{"code page 65001 without UTF-8", []entry{message(65001)}, "\xE4", nil, "ä", "ä"},
		{"code page 1200 on 8-bit text", []entry{message(1200)}, "ab", nil, "ab", "ab"},
		{"option", []entry{message(1251)}, "\xE4", &msg.ReadOptions{CodePage: 1253}, "δ", "δ"},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := top(append(c.entries, entry{subject, 3}, entry{body, 3}), value(subject, []byte(c.raw)), value(body, []byte(c.raw)))
			// Recipients and embedded messages that say nothing are in the same.
			root.Children = append(root.Children,
				storage("__recip_version1.0_#00000000", properties(8, entry{0x3001001E, 3}), value(0x3001001E, []byte(c.raw))),
				storage("__attach_version1.0_#00000000", properties(8, entry{0x37050003, 5}),
					storage("__substg1.0_3701000D", properties(24, entry{subject, 3}), value(subject, []byte(c.raw)))))
			m := read(t, compound(t, root), c.o).Message
			inner := m.Attachments[0].Message
			got := []string{
				mapi.PidTagSubject.Or(&m.Properties, ""), mapi.PidTagBody.Or(&m.Properties, ""),
				mapi.PidTagDisplayName.Or(&m.Recipients[0].Properties, ""), mapi.PidTagSubject.Or(&inner.Properties, ""),
			}
			if diff := cmp.Diff([]string{c.subject, c.body, c.subject, c.subject}, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if v, _ := m.Properties.Get(mapi.Key{ID: 0x0037}); v.Type() != mapi.PtypString8 {
				t.Errorf("the subject's type is %v", v.Type())
			}
		})
	}
}
