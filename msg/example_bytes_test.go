package msg_test

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/mapi"
)

// worked is a small message whose bytes are known from the specification and
// from two other readers.
func worked() *mapi.Message {
	m := new(mapi.Message)
	p := &m.Properties
	mapi.PidTagMessageClass.Set(p, "IPM.Note")
	mapi.PidTagSubject.Set(p, "Hi")
	mapi.PidTagBody.Set(p, "Body\r\n")
	mapi.PidTagMessageFlags.Set(p, 0x11)
	mapi.PidTagInternetCodepage.Set(p, 65001)
	p.Set(mapi.Key{Name: mapi.Name{Set: mapi.PSETID_Common, LID: 0x8506}}, mapi.Bool(false))
	p.Set(mapi.Key{Name: mapi.Name{Set: mapi.PS_PUBLIC_STRINGS, String: "Keywords"}}, mapi.List([]string{"Red", "Blue"}))
	m.Recipients = make([]mapi.Recipient, 1)
	m.Attachments = []*mapi.Attachment{{Content: mapi.Bytes("file")}}
	return m
}

// TestWorkedExample compares the streams of the example with their bytes.
func TestWorkedExample(t *testing.T) {
	root := open(t, write(t, worked(), nil))
	for name, want := range map[string]string{
		"__properties_version1.0": `
			00 00 00 00 00 00 00 00 01 00 00 00 01 00 00 00
			01 00 00 00 01 00 00 00 00 00 00 00 00 00 00 00
			1f 00 1a 00 06 00 00 00 12 00 00 00 00 00 00 00
			1f 00 37 00 06 00 00 00 06 00 00 00 00 00 00 00
			03 00 07 0e 06 00 00 00 11 00 00 00 00 00 00 00
			1f 00 00 10 06 00 00 00 0e 00 00 00 00 00 00 00
			03 00 0d 34 06 00 00 00 79 0e 04 00 00 00 00 00
			03 00 de 3f 06 00 00 00 e9 fd 00 00 00 00 00 00
			0b 00 00 80 06 00 00 00 00 00 00 00 00 00 00 00
			1f 10 01 80 06 00 00 00 08 00 00 00 00 00 00 00`,
		"__substg1.0_001A001F":                               "49 00 50 00 4d 00 2e 00 4e 00 6f 00 74 00 65 00",
		"__substg1.0_8001101F":                               "08 00 00 00 0A 00 00 00",
		"__substg1.0_8001101F-00000000":                      "52 00 65 00 64 00 00 00",
		"__substg1.0_8001101F-00000001":                      "42 00 6C 00 75 00 65 00 00 00",
		"__nameid_version1.0/__substg1.0_00020102":           "08 20 06 00 00 00 00 00 C0 00 00 00 00 00 00 46",
		"__nameid_version1.0/__substg1.0_00030102":           "06 85 00 00 06 00 00 00 00 00 00 00 05 00 01 00",
		"__nameid_version1.0/__substg1.0_00040102":           "10 00 00 00 4B 00 65 00 79 00 77 00 6F 00 72 00 64 00 73 00",
		"__nameid_version1.0/__substg1.0_100A0102":           "06 85 00 00 06 00 00 00",
		"__nameid_version1.0/__substg1.0_10150102":           "3B 4D DA 2E 05 00 01 00",
		"__attach_version1.0_#00000000/__substg1.0_37010102": "66 69 6c 65",
	} {
		raw, err := hex.DecodeString(strings.Join(strings.Fields(want), ""))
		if err != nil {
			t.Fatal(err)
		}
		if got := bytesOf(t, root, strings.Split(name, "/")...); !bytes.Equal(got, raw) {
			t.Errorf("%s:\n got %x\nwant %x", name, got, raw)
		}
	}
}

// TestNameBuckets_MSG_W_028 has the checksums and buckets of names as Outlook
// wrote them.
func TestNameBuckets_MSG_W_028(t *testing.T) {
	own := func(n byte) mapi.GUID { return mapi.GUID{n} }
	for _, c := range []struct {
		name   mapi.Name
		before int // sets that are used before, so that its GUID index is 3 + before
		bucket string
		record string
	}{
		{mapi.Name{Set: mapi.PS_PUBLIC_STRINGS, String: "Keywords"}, 0, "1015", "3b4dda2e 0500"},
		{mapi.Name{Set: own(1), String: "x-mailer"}, 0, "100F", "894e50ff 0700"},
		{mapi.Name{Set: own(1), String: "acceptlanguage"}, 1, "101D", "9e53e983 0900"},
		{mapi.Name{Set: own(1), LID: 0x8510}, 0, "1001", "10850000 0600"},
		{mapi.Name{Set: own(1), LID: 0x8554}, 0, "101E", "54850000 0600"},
		{mapi.Name{Set: own(1), LID: 0x8506}, 1, "1018", "06850000 0800"},
	} {
		t.Run(c.name.String+c.bucket, func(t *testing.T) {
			m := new(mapi.Message)
			for i := range c.before {
				m.Properties.Set(mapi.Key{Name: mapi.Name{Set: own(byte(100 + i)), LID: 0x1000}}, mapi.Bool(true))
			}
			m.Properties.Set(mapi.Key{Name: c.name}, mapi.Bool(true))
			got := bytesOf(t, open(t, write(t, m, nil)), "__nameid_version1.0", "__substg1.0_"+c.bucket+"0102")
			want, err := hex.DecodeString(strings.ReplaceAll(c.record, " ", ""))
			if err != nil {
				t.Fatal(err)
			}
			if len(got) < 6 || !bytes.Equal(got[len(got)-8:len(got)-2], want) {
				t.Errorf("the bucket has %x; want %x", got, want)
			}
		})
	}
}

// TestContainer_MSG_W_020 looks at the root of the worked example; the container
// itself is tested in package cfb (MSG-W-001 to MSG-W-010, MSG-R-001 to MSG-R-009).
func TestContainer_MSG_W_020_RootClass(t *testing.T) {
	file := write(t, worked(), nil)
	want, _ := hex.DecodeString("0b0d020000000000c000000000000046")
	if root := open(t, file); !bytes.Equal(root.CLSID[:], want) {
		t.Errorf("the class is %x", root.CLSID)
	}
	var entries []*cfb.Entry
	for todo := []*cfb.Entry{open(t, file)}; len(todo) > 0; todo = todo[1:] {
		entries = append(entries, todo[0])
		todo = append(todo, todo[0].Children()...)
	}
	for _, e := range entries[1:] {
		if e.CLSID != ([16]byte{}) {
			t.Errorf("%s has the class %x", e.Name, e.CLSID)
		}
	}
}
