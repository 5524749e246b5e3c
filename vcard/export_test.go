package vcard_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/vcard"
)

func contact(set func(p *mapi.Properties)) *mapi.Message {
	m := new(mapi.Message)
	mapi.PidTagMessageClass.Set(&m.Properties, "IPM.Contact")
	if set != nil {
		set(&m.Properties)
	}
	return m
}

func write(t testing.TB, m *mapi.Message) []string {
	t.Helper()
	var b bytes.Buffer
	if _, err := vcard.Export(t.Context(), &b, m, nil); err != nil {
		t.Fatal(err)
	}
	for l := range strings.SplitSeq(b.String(), "\r\n") {
		if len(l) > 75 || strings.ContainsAny(l, "\r\n\x00") {
			t.Errorf("VC-OUT-152: line %q", l)
		}
	}
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(b.String(), "\r\n ", ""), "\r\n"), "\r\n")
}

// Each case is lines that a card has once it was read and written again; "=" stands
// for those that were read.
var exportCases = []struct {
	name        string
	lines, want []string
}{
	{"VC-OUT-101 FN", []string{`FN:Ann\, Lee`}, nil},
	{"VC-OUT-102 N", []string{`N:Lee\;x;Ann;Mid;Dr.;Jr.`}, nil},
	{"VC-OUT-103 nickname", []string{"NICKNAME:Annie"}, nil},
	{"VC-OUT-104 picture", []string{"PHOTO;ENCODING=b;TYPE=JPEG:/9j/4A=="}, nil},
	{"VC-OUT-105 birthday", []string{"BDAY;VALUE=DATE:1980-02-29"}, nil},
	{"VC-OUT-106 work", []string{"ADR;TYPE=work:P;;S;C;R;1;L"}, nil},
	{"VC-OUT-106 extended", []string{"ADR;TYPE=work:P;E;S;C;R;1;L"}, []string{`ADR;TYPE=work:P;;E\nS;C;R;1;L`}},
	{"VC-OUT-107 home", []string{"ADR;TYPE=home:;;S;C;R;1;L"}, nil},
	{"VC-OUT-108 other", []string{"ADR:;;S;C;R;1;L"}, []string{"ADR;TYPE=postal:;;S;C;R;1;L"}},
	{"VC-OUT-109 for letters", []string{"ADR;TYPE=work:;;W;;;;", "ADR;TYPE=home,pref:;;S;C;R;1;L"}, nil},
	{"VC-OUT-110 label without parts", []string{`LABEL;TYPE=home:a\nb`}, nil},
	{"VC-OUT-111 home", []string{"TEL;TYPE=home:1", "TEL;TYPE=home:2"}, nil},
	{"VC-OUT-112 work", []string{"TEL;TYPE=work:1", "TEL;TYPE=work:2"}, nil},
	{"VC-OUT-113 voice", []string{"TEL:1"}, []string{"TEL;TYPE=voice:1"}},
	{"VC-OUT-114 cell", []string{"TEL;TYPE=cell:1"}, nil},
	{"VC-OUT-115 pager", []string{"TEL;TYPE=pager:1"}, nil},
	{"VC-OUT-116 fax", []string{"TEL;TYPE=home,fax:1", "TEL;TYPE=work,fax:2", "TEL;TYPE=fax:3"}, nil},
	{"VC-OUT-117 car, isdn, pcs", []string{"TEL;TYPE=car:1", "TEL;TYPE=isdn:2", "TEL;TYPE=pcs:3"}, []string{"TEL;TYPE=cell:3", "TEL;TYPE=car:1", "TEL;TYPE=isdn:2"}},
	{"VC-OUT-118 pref", []string{"TEL;TYPE=pref:1"}, nil},
	{"VC-OUT-119 X-MS-TEL", []string{"X-MS-TEL;TYPE=ASSISTANT:1", "X-MS-TEL;TYPE=CALLBACK:2", "X-MS-TEL;TYPE=COMPANY:3", "X-MS-TEL;TYPE=RADIO:4", "X-MS-TEL;TYPE=TTYTDD:5"}, nil},
	{"VC-OUT-120 addresses", []string{"EMAIL;TYPE=internet,pref:a@x", "EMAIL;TYPE=internet:b@x", "EMAIL;TYPE=internet:c@x"}, nil},
	{"VC-OUT-122 title", []string{`TITLE:a\\b\nc`}, nil},
	{"VC-OUT-123 role", []string{"ROLE:Cook"}, nil},
	{"VC-OUT-124 organisation", []string{"ORG:Acme;Dept"}, nil},
	{"VC-OUT-124 no department", []string{"ORG:Acme"}, nil},
	{"VC-OUT-124 department alone", []string{"ORG:;Dept"}, nil},
	{"VC-OUT-125 categories", []string{"CATEGORIES:One,Two"}, nil},
	{"VC-OUT-126 note", []string{`NOTE:a\nb\,c`}, nil},
	{"VC-OUT-128 pages", []string{"URL;TYPE=home:http://h", "URL;TYPE=work:http://w"}, nil},
	{"VC-OUT-130 class", []string{"CLASS:CONFIDENTIAL"}, nil},
	{"VC-OUT-131 key", []string{"KEY;ENCODING=b:MIADAgEB"}, nil},
	{"VC-OUT-132 UID", []string{"UID:u-1"}, nil},
	{"VC-OUT-135 design", []string{`X-MS-OL-DESIGN:<card a="b;c,d\"/>`}, nil},
	{"VC-OUT-136 children", []string{"X-MS-CHILD:A", "X-MS-CHILD:B"}, nil},
	{"VC-OUT-137 texts", []string{"X-MS-TEXT:1", "X-MS-TEXT:2", "X-MS-TEXT:3", "X-MS-TEXT:4"}, nil},
	{"VC-OUT-138 messaging", []string{"X-MS-IMADDRESS:im"}, nil},
	{"VC-OUT-139 anniversary", []string{"X-MS-ANNIVERSARY;VALUE=DATE:2000-01-02"}, nil},
	{"VC-OUT-140 spouse", []string{"X-MS-SPOUSE;TYPE=N:Sam"}, nil},
	{"VC-OUT-141 manager", []string{"X-MS-MANAGER;TYPE=N:Max"}, nil},
	{"VC-OUT-142 assistant", []string{"X-MS-ASSISTANT;TYPE=N:Al"}, nil},
	{"VC-OUT-143 free/busy", []string{"FBURL:http://fb"}, nil},
	{"VC-OUT-144 interests", []string{"X-MS-INTERESTS:a", "X-MS-INTERESTS:b"}, []string{`X-MS-INTERESTS:a\, b`}},
	{"VC-OUT-145 never written", []string{"GEO:1;2", "MAILER:x", "SORT-STRING:y"}, []string{}},
}

func TestVC_OUT_002_RoundTrip(t *testing.T) {
	for _, c := range exportCases {
		t.Run(c.name, func(t *testing.T) {
			m := read(t, card(c.lines...)).Message
			want := c.want
			if want == nil {
				want = c.lines
			}
			have := write(t, m)
			// What every card has is left out, if it wasn't read.
			var rest []string
			for _, l := range have[3 : len(have)-1] {
				if kind, _, _ := strings.Cut(l, ":"); (kind == "FN" || kind == "N" || kind == "CLASS") && !strings.HasPrefix(c.lines[0], kind+":") {
					continue
				}
				rest = append(rest, l)
			}
			if d := cmp.Diff(append([]string{}, want...), append([]string{}, rest...)); d != "" {
				t.Error(d)
			}
			again := read(t, strings.Join(have, "\r\n")+"\r\n").Message
			if d := cmp.Diff(dump(t, m), dump(t, again)); d != "" {
				t.Errorf("the contact became another one: %s", d)
			}
		})
	}
}

func TestExport(t *testing.T) {
	for _, c := range []struct {
		name string
		m    *mapi.Message
		want []string
	}{
		{"VC-OUT-001 VC-OUT-133 VC-OUT-134 VC-OUT-152 an empty one", contact(nil), []string{
			"BEGIN:VCARD", "VERSION:3.0", "PRODID:-//contentconv//contentconv 1.0//EN", "FN:", "N:;;;;", "END:VCARD"}},
		{"VC-OUT-101 the subject stands for the name", contact(func(p *mapi.Properties) { mapi.SetSubject(p, "FW: Ann") }), []string{
			"BEGIN:VCARD", "VERSION:3.0", "PRODID:-//contentconv//contentconv 1.0//EN", "FN:Ann", "N:;;;;", "END:VCARD"}},
		{"VC-OUT-151 VC-OUT-127 VC-OUT-105 VC-OUT-130 the example", contact(func(p *mapi.Properties) {
			mapi.PidTagDisplayName.Set(p, "Dan Fennell")
			mapi.PidTagSurname.Set(p, "Fennell")
			mapi.PidTagGivenName.Set(p, "Dan")
			mapi.PidTagCompanyName.Set(p, "Contoso")
			mapi.PidTagStreetAddress.Set(p, "1 Way")
			mapi.PidTagBirthday.Set(p, 119600064000000000+432000000000-3600*10_000_000) // 1979-12-31 11:00
			mapi.PidTagSensitivity.Set(p, 1)
			mapi.PidTagLastModificationTime.Set(p, 133541176290000000)
			mapi.PidTagBusinessTelephoneNumber.Set(p, "1\r\nTEL:2")
		}), []string{
			"BEGIN:VCARD", "VERSION:3.0", "PRODID:-//contentconv//contentconv 1.0//EN", "FN:Dan Fennell", "N:Fennell;Dan;;;", "BDAY;VALUE=DATE:1980-01-01",
			"ADR;TYPE=work,pref:;;1 Way;;;;", `TEL;TYPE=work:1\nTEL:2`, "ORG:Contoso", "REV:2024-03-05T13:07:09Z", "CLASS:PRIVATE", "END:VCARD"}},
		{"VC-OUT-131 a certificate in a list", contact(func(p *mapi.Properties) {
			mapi.PidTagUserX509Certificate.Set(p, [][]byte{{1, 0, 8, 0, 1, 0, 0, 0, 3, 0, 7, 0, 0x30, 0x01, 0x00}})
		}), []string{"BEGIN:VCARD", "VERSION:3.0", "PRODID:-//contentconv//contentconv 1.0//EN", "FN:", "N:;;;;", "KEY;ENCODING=b:MAEA", "END:VCARD"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, write(t, c.m)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestExportOthers(t *testing.T) {
	for _, class := range []string{"IPM.Note", "IPM.DistList", "IPM.ContactX"} {
		m := contact(func(p *mapi.Properties) { mapi.PidTagMessageClass.Set(p, class) })
		if _, err := vcard.Export(t.Context(), new(bytes.Buffer), m, nil); !errors.Is(err, vcard.ErrNoContact) {
			t.Errorf("%s: %v", class, err)
		}
	}
	m := contact(func(p *mapi.Properties) {
		mapi.PidLidEmail1EmailAddress.Set(p, "/o=x/cn=ann")
		mapi.PidLidEmail1AddressType.Set(p, "EX")
	})
	said, err := vcard.Export(t.Context(), new(bytes.Buffer), m, nil)
	if err != nil || len(said) != 1 || said[0].Code != diag.AddressUnresolved {
		t.Errorf("VC-OUT-120 an address of another system: %v, %v", said, err)
	}
	t.Run("VC-OUT-120 the Internet address of an Exchange user", func(t *testing.T) {
		mapi.PidLidEmail1OriginalDisplayName.Set(&m.Properties, "ann@example.com")
		if got := write(t, m); !slices.Contains(got, "EMAIL;TYPE=internet,pref:ann@example.com") {
			t.Error(got)
		}
	})
	t.Run("VC-OUT-110 labels by option", func(t *testing.T) {
		m := read(t, card("ADR;TYPE=home:;;S;;;;")).Message
		mapi.PidLidHomeAddress.Set(&m.Properties, "S")
		for labels, want := range map[bool]bool{false: false, true: true} {
			var b bytes.Buffer
			if _, err := vcard.Export(t.Context(), &b, m, &vcard.ExportOptions{Labels: labels}); err != nil || strings.Contains(b.String(), "LABEL;TYPE=home:S") != want {
				t.Errorf("%v: %v %s", labels, err, b.String())
			}
		}
	})
	t.Run("VC-OUT-126 notes in HTML alone", func(t *testing.T) {
		m := contact(func(p *mapi.Properties) {
			mapi.PidTagHtml.Set(p, []byte("<p>Zo\u00eb &amp; co</p>"))
			mapi.PidTagInternetCodepage.Set(p, 65001)
		})
		if got := write(t, m); !slices.Contains(got, "NOTE:Zo\u00eb & co") {
			t.Error(got)
		}
	})
	t.Run("VC-OUT-126 notes in RTF alone", func(t *testing.T) {
		const text = `{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\pard a note\par}`
		raw := make([]byte, 16, 16+len(text))
		binary.LittleEndian.PutUint32(raw, uint32(len(text)+12))
		binary.LittleEndian.PutUint32(raw[4:], uint32(len(text)))
		copy(raw[8:], "MELA")
		m := contact(func(p *mapi.Properties) { mapi.PidTagRtfCompressed.Set(p, append(raw, text...)) })
		if got := write(t, m); !slices.Contains(got, "NOTE:a note") {
			t.Error(got)
		}
	})
	t.Run("VC-OUT-135 a design that is no text", func(t *testing.T) {
		m := contact(func(p *mapi.Properties) { mapi.PidLidBusinessCardDisplayDefinition.Set(p, []byte("a\r\nTEL:1")) })
		var b bytes.Buffer
		said, err := vcard.Export(t.Context(), &b, m, nil)
		if err != nil || len(said) != 1 || said[0].Code != diag.VCardPropertyIgnored || strings.Contains(b.String(), "DESIGN") {
			t.Errorf("%v %v %s", said, err, b.String())
		}
	})
	t.Run("files have no place", func(t *testing.T) {
		m := contact(nil)
		m.Attachments = []*mapi.Attachment{{Content: mapi.Bytes("x")}}
		for with, want := range map[bool]int{false: 1, true: 0} {
			said, err := vcard.Export(t.Context(), new(bytes.Buffer), m, &vcard.ExportOptions{WithFiles: with})
			if err != nil || len(said) != want {
				t.Errorf("%v: %v %v", with, said, err)
			}
		}
	})
	t.Run("VC-OUT-104 a picture beyond the bound", func(t *testing.T) {
		m := read(t, card("FN:a", "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4A==")).Message
		var b bytes.Buffer
		said, err := vcard.Export(t.Context(), &b, m, &vcard.ExportOptions{MaxPhoto: 3})
		if err != nil || len(said) != 1 || said[0].Code != diag.AttachmentDropped || strings.Contains(b.String(), "PHOTO") {
			t.Errorf("%v, %v, %s", said, err, b.String())
		}
	})
}

// FuzzVCard reads anything; what can be read is written and read again, and is the
// same contact.
func FuzzVCard(f *testing.F) {
	for _, c := range importCases {
		f.Add([]byte(card(c.lines...)))
	}
	f.Add([]byte("BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:=\n=41\nEND:VCARD"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := vcard.Import(t.Context(), data, nil)
		if err != nil {
			return
		}
		first := write(t, got.Message)
		again, err := vcard.Import(t.Context(), []byte(strings.Join(first, "\r\n")+"\r\n"), nil)
		if err != nil {
			t.Fatalf("%v: %q", err, first)
		}
		write(t, again.Message)
	})
}
