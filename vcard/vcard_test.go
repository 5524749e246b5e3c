package vcard_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/vcard"
)

func card(lines ...string) string {
	return "BEGIN:VCARD\r\nVERSION:3.0\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VCARD\r\n"
}

// dump returns the properties of a contact by their names.
func dump(t testing.TB, m *mapi.Message) map[string]string {
	t.Helper()
	var b bytes.Buffer
	if err := mapi.EncodeJSON(t.Context(), &b, m); err != nil {
		t.Fatal(err)
	}
	var out struct {
		Properties []struct {
			Name, String string
			Value        any
		}
	}
	if err := json.Unmarshal(b.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	list := make(map[string]string)
	for _, p := range out.Properties {
		name := strings.TrimPrefix(strings.TrimPrefix(p.Name, "PidTag"), "PidLid")
		if name == "" {
			name = p.String
		}
		list[name] = fmt.Sprint(p.Value)
	}
	return list
}

func read(t testing.TB, s string) *vcard.Imported {
	t.Helper()
	got, err := vcard.Import(t.Context(), []byte(s), nil)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// Each case is lines of a card, and properties of the contact as "Name=value"; "-Name"
// is one that there must not be. ignored counts what had no place.
var importCases = []struct {
	name    string
	lines   []string
	want    []string
	ignored int
}{
	{"VC-IN-101 FN", []string{"FN:Dr. Ann Lee", "N:Lee;Ann;;;"}, []string{"DisplayName=Dr. Ann Lee", "Subject=Dr. Ann Lee", "NormalizedSubject=Dr. Ann Lee", "ConversationTopic=Dr. Ann Lee",
		"FileUnder=Lee, Ann", "FileUnderId=32791", "MessageClass=IPM.Contact", "IconIndex=512"}, 0},
	{"VC-IN-101 the name stands for FN", []string{"N:Lee;Ann;Mid"}, []string{"DisplayName=Ann Mid Lee"}, 0},
	{"VC-IN-101 the company stands for FN", []string{"ORG:Acme", "EMAIL:a@b.c"}, []string{"DisplayName=Acme", "FileUnder=Acme"}, 0},
	{"VC-IN-101 the address stands for FN", []string{"EMAIL:a@b.c"}, []string{"DisplayName=a@b.c"}, 0},
	{"VC-IN-102 VC-IN-001 five parts, lists within them", []string{`N:van\, Lee;Ann;Mid,Other;Dr.;Jr.`}, []string{"Surname=van, Lee", "GivenName=Ann", "MiddleName=Mid Other", "DisplayNamePrefix=Dr.", "Generation=Jr."}, 0},
	{"VC-IN-102 missing parts", []string{"N:Lee"}, []string{"Surname=Lee", "-GivenName", "-Generation"}, 0},
	{"VC-IN-103 first nickname", []string{"NICKNAME:Annie,Nan"}, []string{"Nickname=Annie"}, 0},
	{"VC-IN-105 VC-IN-006 with hyphens", []string{"BDAY:1980-02-29"}, []string{"Birthday=1980-02-29T00:00:00Z"}, 0},
	{"VC-IN-105 without hyphens", []string{"BDAY;VALUE=date:19800229"}, []string{"Birthday=1980-02-29T00:00:00Z"}, 0},
	{"VC-IN-105 with a time", []string{"BDAY:1980-02-29T13:00:00"}, []string{"Birthday=1980-02-29T00:00:00Z"}, 0},
	{"VC-IN-105 an offset doesn't change the day", []string{"BDAY:1980-02-29T00:00:00+02:00"}, []string{"Birthday=1980-02-29T00:00:00Z"}, 0},
	{"VC-IN-105 an instant is kept", []string{"BDAY:1980-02-28T23:00:00Z"}, []string{"Birthday=1980-02-28T23:00:00Z"}, 0},
	{"VC-IN-105 without a year", []string{"BDAY:--0229"}, []string{"-Birthday"}, 1},
	{"VC-IN-106 VC-IN-002 the extended address before the street", []string{`ADR;TYPE=work:Box 1;Floor 2;Street\, 3;City;Region;123;Land`}, []string{"WorkAddressPostOfficeBox=Box 1",
		"WorkAddressStreet=Floor 2\r\nStreet, 3", "WorkAddressCity=City", "WorkAddressState=Region", "WorkAddressPostalCode=123", "WorkAddressCountry=Land", "-PostalAddressId"}, 0},
	{"VC-IN-107 home", []string{"ADR;HOME:;;Street;City;R;1;L"}, []string{"HomeAddressStreet=Street", "HomeAddressCity=City", "HomeAddressStateOrProvince=R", "HomeAddressPostalCode=1", "HomeAddressCountry=L", "-HomeAddressPostOfficeBox"}, 0},
	{"VC-IN-108 neither", []string{"ADR:P;;S;C;R;1;L", "ADR;TYPE=dom:;;Second;;;;"}, []string{"OtherAddressPostOfficeBox=P", "OtherAddressStreet=S", "OtherAddressCity=C", "OtherAddressCountry=L"}, 1},
	{"VC-IN-109 the preferred one is for letters", []string{"ADR;TYPE=home,pref:P;;S;C;R;1;L", "ADR;TYPE=work:;;W;;;;"}, []string{"PostalAddressId=1", "StreetAddress=S", "Locality=C", "StateOrProvince=R", "PostalCode=1", "PostOfficeBox=P", "Country=L",
		"PostalAddress=P\r\nS\r\nC R 1\r\nL", "WorkAddressStreet=W"}, 0},
	{"VC-IN-110 a label without parts", []string{`LABEL;TYPE=home:Street\nCity`, "LABEL;TYPE=work:x", "ADR;TYPE=work:;;Street;;;;"}, []string{"HomeAddress=Street\r\nCity", "-WorkAddress"}, 0},
	{"VC-IN-111 VC-IN-003 home", []string{"TEL;TYPE=home:1", "TEL;HOME:2", "TEL;TYPE=HOME:3"}, []string{"HomeTelephoneNumber=1", "Home2TelephoneNumber=2"}, 1},
	{"VC-IN-112 work", []string{"TEL;TYPE=work:1", "TEL;TYPE=voice;TYPE=work:2", "TEL;TYPE=WORK:3"}, []string{"BusinessTelephoneNumber=1", "Business2TelephoneNumber=2", "-OtherTelephoneNumber"}, 1},
	{"VC-IN-113 voice", []string{"TEL;TYPE=msg:1", "TEL:2"}, []string{"OtherTelephoneNumber=1"}, 1},
	{"VC-IN-113 no word at all", []string{"TEL:2"}, []string{"OtherTelephoneNumber=2"}, 0},
	{"VC-IN-114 cell", []string{"TEL;CELL;VOICE:1"}, []string{"MobileTelephoneNumber=1", "-OtherTelephoneNumber"}, 0},
	{"VC-IN-115 pager", []string{"TEL;TYPE=pager:1"}, []string{"PagerTelephoneNumber=1"}, 0},
	{"VC-IN-116 fax", []string{"TEL;TYPE=fax,home:1", "TEL;WORK;FAX:2", "TEL;TYPE=fax:3"}, []string{"HomeFaxNumber=1", "BusinessFaxNumber=2", "PrimaryFaxNumber=3", "-HomeTelephoneNumber"}, 0},
	{"VC-IN-117 car, isdn, pcs", []string{"TEL;TYPE=car:1", "TEL;TYPE=isdn:2", "TEL;TYPE=pcs:3"}, []string{"CarTelephoneNumber=1", "IsdnNumber=2", "MobileTelephoneNumber=3"}, 0},
	{"VC-IN-118 pref alone", []string{"TEL;TYPE=pref:1", "TEL;TYPE=pref,work:2"}, []string{"PrimaryTelephoneNumber=1", "BusinessTelephoneNumber=2"}, 0},
	{"VC-IN-119 VC-IN-007 X-MS-TEL", []string{"X-MS-TEL;TYPE=ASSISTANT:1", "X-MS-TEL;CALLBACK:2", "X-MS-TEL;TYPE=company:3", "X-MS-TEL;RADIO:4", "X-MS-TEL;TYPE=TTYTTD:5"},
		[]string{"AssistantTelephoneNumber=1", "CallbackTelephoneNumber=2", "CompanyMainTelephoneNumber=3", "RadioTelephoneNumber=4", "TelecommunicationsDeviceForDeafTelephoneNumber=5"}, 0},
	{"VC-IN-120 VC-IN-004 three addresses, the preferred first", []string{"EMAIL:a@x", "EMAIL:b@x", "EMAIL;TYPE=internet,pref:c@x", "EMAIL:d@x"}, []string{
		"Email1EmailAddress=c@x", "Email1AddressType=SMTP", "Email1DisplayName=c@x", "Email1OriginalDisplayName=c@x", "Email2EmailAddress=a@x", "Email3EmailAddress=b@x",
		"AddressBookProviderEmailList=[0 1 2]", "AddressBookProviderArrayType=7"}, 1},
	{"VC-IN-121 telex", []string{"EMAIL;TYPE=TLX:123", "EMAIL:a@x"}, []string{"TelexNumber=123", "Email1EmailAddress=a@x", "-Email2EmailAddress"}, 0},
	{"VC-IN-122 title", []string{"TITLE:Boss"}, []string{"Title=Boss"}, 0},
	{"VC-IN-123 role", []string{"ROLE:Cook", "ROLE:Second"}, []string{"Profession=Cook"}, 1},
	{"VC-IN-124 one unit", []string{"ORG:Acme"}, []string{"CompanyName=Acme", "-DepartmentName"}, 0},
	{"VC-IN-124 units", []string{`ORG:A\;cme;Dept;Team`}, []string{"CompanyName=A;cme", "DepartmentName=Dept; Team"}, 0},
	{"VC-IN-125 categories", []string{`CATEGORIES:One, two  three,ONE`, `CATEGORIES:a\,b`}, []string{"PidNameKeywords=[One two three ab]"}, 0},
	{"VC-IN-126 note", []string{`NOTE:a\nb\,c`}, []string{"Body=a\r\nb,c"}, 0},
	{"VC-IN-128 typed pages", []string{"URL:http://first", "URL;TYPE=home:http://h", "URL;TYPE=work:http://w"}, []string{"PersonalHomePage=http://h", "BusinessHomePage=http://w", "Html=http://w"}, 1},
	{"VC-IN-129 pages without a type", []string{"URL:http://1", "URL:http://2", "URL:http://3"}, []string{"PersonalHomePage=http://1", "BusinessHomePage=http://2"}, 1},
	{"VC-IN-130 private", []string{"CLASS:private"}, []string{"Sensitivity=2", "Private=true"}, 0},
	{"VC-IN-130 confidential", []string{"CLASS:CONFIDENTIAL"}, []string{"Sensitivity=3", "Private=false"}, 0},
	{"VC-IN-130 other", []string{"CLASS:x"}, []string{"Sensitivity=0"}, 0},
	{"VC-IN-131 a certificate", []string{"KEY;TYPE=X509;ENCODING=b:MAMCAQE=", "KEY;TYPE=PGP;ENCODING=b:MAMCAQE="}, []string{"UserX509Certificate=[MAMCAQE=]"}, 1},
	{"VC-IN-132 UID", []string{"UID:u-1"}, []string{"vcard:uid=u-1"}, 0},
	{"VC-IN-135 design", []string{"X-MS-OL-DESIGN;CHARSET=utf-8:<card/>"}, []string{"BusinessCardDisplayDefinition=PGNhcmQvPg=="}, 0},
	{"VC-IN-136 children", []string{"X-MS-CHILD:A", "X-MS-CHILD:B,C"}, []string{"ChildrensNames=[A B C]"}, 0},
	{"VC-IN-137 four texts", []string{"X-MS-TEXT:1", "X-MS-TEXT:2", "X-MS-TEXT:3", "X-MS-TEXT:4", "X-MS-TEXT:5"}, []string{"ContactUserField1=1", "ContactUserField4=4"}, 1},
	{"VC-IN-138 messaging", []string{"X-MS-RM-IMACCOUNT:im"}, []string{"InstantMessagingAddress=im"}, 0},
	{"VC-IN-139 anniversary", []string{"ANNIVERSARY:20000102"}, []string{"WeddingAnniversary=2000-01-02T00:00:00Z"}, 0},
	{"VC-IN-140 spouse", []string{"X-MS-SPOUSE;N:Sam"}, []string{"SpouseName=Sam"}, 0},
	{"VC-IN-141 manager", []string{"X-MS-MANAGER;TYPE=N:Max"}, []string{"ManagerName=Max"}, 0},
	{"VC-IN-142 assistant", []string{"X-MS-ASSISTANT:Al"}, []string{"Assistant=Al"}, 0},
	{"VC-IN-143 free/busy", []string{"FBURL:http://fb"}, []string{"FreeBusyLocation=http://fb"}, 0},
	{"VC-IN-144 interests", []string{"X-MS-INTERESTS:a,b"}, []string{"Hobbies=a, b"}, 0},
	{"VC-IN-145 others", []string{"GEO:1;2", "FN:x", "LOGO:y"}, []string{"DisplayName=x"}, 2},
	{"VC-IN-152 groups and case", []string{"item1.tel;type=Cell:1", "item1.X-ABLabel:x"}, []string{"MobileTelephoneNumber=1"}, 1},
	{"VC-IN-152 TYPE in the value", []string{"EMAIL:TYPE=internet,pref:a@x"}, []string{"Email1EmailAddress=a@x"}, 0},
	{"VC-IN-153 quoted-printable with soft breaks", []string{"TITLE;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:K=F6nig=", "in"}, []string{"Title=Königin"}, 0},
	{"VC-IN-118 pref orders those of another word", []string{"TEL;TYPE=work:1", "TEL;TYPE=work:2", "TEL;TYPE=WORK,PREF:3"},
		[]string{"BusinessTelephoneNumber=3", "Business2TelephoneNumber=1", "-PrimaryTelephoneNumber"}, 1},
	{"VC-IN-117 pcs only where cell is free", []string{"TEL;TYPE=pcs:1", "TEL;TYPE=cell:2"}, []string{"MobileTelephoneNumber=2"}, 1},
	{"VC-IN-120 the order of PREF", []string{"EMAIL;PREF=9:c@x", "EMAIL:d@x", "EMAIL;PREF=2:b@x", "EMAIL;TYPE=pref:a@x"},
		[]string{"Email1EmailAddress=a@x", "Email2EmailAddress=b@x", "Email3EmailAddress=c@x"}, 1},
	{"VC-IN-106 a comma without a backslash", []string{"ADR;TYPE=work:;;Suite 5, Main St;;;;"}, []string{"WorkAddressStreet=Suite 5, Main St"}, 0},
	{"VC-IN-139 Kopano's name", []string{"X-ANNIVERSARY:20000102"}, []string{"WeddingAnniversary=2000-01-02T00:00:00Z"}, 0},
	{"VC-IN-102 the first of several", []string{"N:A", "N:B", "ORG:C", "ORG:D", "FN:E", "FN:F", "BDAY:19800101", "BDAY:19810101"},
		[]string{"Surname=A", "CompanyName=C", "DisplayName=E", "Birthday=1980-01-01T00:00:00Z"}, 4},
	{"VC-IN-101 a name of two lines", []string{`FN:Ann\nLee`}, []string{"Subject=Ann Lee", "ConversationTopic=Ann Lee"}, 0},
	{"VC-IN-143 the address of a share is dropped", []string{`FBURL:\\\\host\\share\\fb.vfb`, "FN:x"}, []string{"-FreeBusyLocation"}, 0},
	{"VC-IN-153 the charset of a line", []string{"FN;CHARSET=ISO-8859-2:\xA3ukasz"}, []string{"DisplayName=\u0141ukasz"}, 0},
	{"VC-IN-154 escapes", []string{`TITLE:a\\b\Nc\;d`}, []string{"Title=a\\b\r\nc;d"}, 0},
}

func TestImport(t *testing.T) {
	for _, c := range importCases {
		t.Run(c.name, func(t *testing.T) {
			got := read(t, card(c.lines...))
			have := dump(t, got.Message)
			for _, want := range c.want {
				name, value, _ := strings.Cut(want, "=")
				if none, ok := strings.CutPrefix(name, "-"); ok {
					if v, has := have[none]; has {
						t.Errorf("%s is %q", none, v)
					}
				} else if have[name] != value {
					t.Errorf("%s is %q; want %q", name, have[name], value)
				}
			}
			n := 0
			for _, d := range got.Diagnostics {
				if d.Code == diag.ItemsDropped {
					n++
				}
			}
			if n != c.ignored {
				t.Errorf("%d properties without a place; want %d: %v", n, c.ignored, got.Diagnostics)
			}
		})
	}
}

func TestImportPhoto(t *testing.T) {
	for name, c := range map[string]struct{ lines, file, mime, data string }{
		"VC-IN-104 VC-IN-005 JPEG":       {"PHOTO;ENCODING=b;TYPE=JPEG:/9j/4A==", "ContactPicture.jpg", "image/jpeg", "\xFF\xD8\xFF\xE0"},
		"VC-IN-104 PNG, 2.1":             {"PHOTO;PNG;BASE64:\r\n iVBO\r\n Rw==", "ContactPicture.png", "image/png", "\x89PNG"},
		"VC-IN-153 data URI":             {"PHOTO:data:image/gif;base64,R0lGODlh", "ContactPicture.gif", "image/gif", "GIF89a"},
		"VC-IN-104 the first counts":     {"PHOTO;ENCODING=b;TYPE=JPEG:/9j/4A==\r\nPHOTO;ENCODING=b;TYPE=PNG:iVBORw==", "ContactPicture.jpg", "image/jpeg", "\xFF\xD8\xFF\xE0"},
		"VC-IN-104 a link is none":       {"PHOTO;VALUE=uri:http://x/y.jpg", "", "", ""},
		"VC-IN-153 bad base64":           {"PHOTO;ENCODING=b;TYPE=JPEG:!!!!", "", "", ""},
		"VC-IN-104 another type is none": {"PHOTO;ENCODING=b;TYPE=TIFF:/9j/4A==", "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := read(t, card(c.lines, "FN:x")).Message
			if has := mapi.PidLidHasPicture.Or(&m.Properties, false); has != (c.file != "") || len(m.Attachments) > 1 || mapi.Subject(&m.Properties) != "x" {
				t.Fatalf("picture: %v, %d attachments", has, len(m.Attachments))
			}
			if c.file == "" {
				if len(m.Attachments) > 0 {
					t.Error("an attachment")
				}
				return
			}
			p := &m.Attachments[0].Properties
			if got, ok := m.Attachments[0].Content.(mapi.Bytes); !ok || string(got) != c.data || mapi.PidTagAttachFilename.Or(p, "") != c.file ||
				mapi.PidTagDisplayName.Or(p, "") != c.file || mapi.PidTagAttachMimeTag.Or(p, "") != c.mime || !mapi.PidTagAttachmentContactPhoto.Or(p, false) ||
				!mapi.PidTagAttachmentHidden.Or(p, false) || mapi.PidTagAttachExtension.Or(p, "") != c.file[len("ContactPicture"):] {
				t.Errorf("%q, %v", got, dump(t, m))
			}
		})
	}
}

func TestVC_IN_008_NotOneCard(t *testing.T) {
	one := card("FN:a")
	for name, s := range map[string]string{
		"VC-IN-151 two": one + one, "none": "hello", "empty": "", "calendar": "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "open": "BEGIN:VCARD\r\nFN:a\r\n",
		"within another, escaped": card("FN:a", `AGENT:BEGIN:VCARD\nFN:b\nEND:VCARD\n`), "a line that is none": card("FN:a", "x;y"),
		"within another": "BEGIN:VCARD\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:b\r\nEND:VCARD\r\nEND:VCARD\r\n", "unknown version": strings.Replace(one, "3.0", "9", 1),
	} {
		if _, err := vcard.Import(t.Context(), []byte(s), nil); !errors.Is(err, vcard.ErrNotOneCard) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, version := range []string{"2.1", "3.0", "4.0"} {
		if got := mapi.Subject(&read(t, strings.Replace(one, "3.0", version, 1)).Message.Properties); got != "a" {
			t.Errorf("version %s: %q", version, got)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := vcard.Import(ctx, []byte(one), nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestVC_IN_153_Charsets(t *testing.T) {
	for name, c := range map[string]struct{ text, charset string }{
		"UTF-8": {card("FN:Zoë"), ""}, "byte order mark": {"\xEF\xBB\xBF" + card("FN:Zoë"), ""},
		"of the part": {card("FN:Zo\xEB"), "iso-8859-1"}, "none": {card("FN:Zo\xEB"), ""},
	} {
		got, err := vcard.Import(t.Context(), []byte(c.text), &vcard.ImportOptions{Charset: c.charset})
		if err != nil || mapi.Subject(&got.Message.Properties) != "Zoë" {
			t.Errorf("%s: %v, %v", name, err, got)
		}
	}
}
