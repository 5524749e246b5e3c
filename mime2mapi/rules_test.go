package mime2mapi_test

import (
	"strings"
	"testing"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
)

// Rules of which each case breaks when the rule does. The whole object of a
// message is compared in TestMessages; here stands what one property must be.
func TestRules(t *testing.T) {
	const (
		html    = "\n<p>x</p>\n"
		related = "Content-Type: multipart/related; boundary=b"
		mixed   = "Content-Type: multipart/mixed; boundary=b"
		apple   = mixed + "\n\n--b\n\none\n--b\n\ntwo\n--b--\n"
	)
	unflowed := "Content-Type: text/plain; format=flowed\n\na \nb\n"
	for _, tt := range []struct {
		name, eml string
		o         mime2mapi.Options
		property  string
		want      any // nil when the message must not have it
	}{
		{"IN-ADR-021 semicolon in a name of Reply-To", "Reply-To: \"a;b\" <a@example.com>, c@example.com\n\n", mime2mapi.Options{},
			"PidTagReplyRecipientNames", "a,b;c@example.com"},
		{"IN-ADR-015 capsule of an owned domain", "From: <IMCEAEX-_O=x@Own.example>\n\n", mime2mapi.Options{Domains: []string{"own.example"}},
			"PidTagSentRepresentingEmailAddress", "/O=x"},
		{"IN-ADR-017 capsule of a foreign domain", "From: <IMCEAEX-_O=x@other.example>\n\n", mime2mapi.Options{Domains: []string{"own.example"}},
			"PidTagSentRepresentingEmailAddress", "IMCEAEX-_O=x@other.example"},
		{"IN-ADR-026 name in the charset of the body", "From: \xa4 <a@example.com>\nContent-Type: text/plain; charset=iso-8859-15\n\nx\n", mime2mapi.Options{},
			"PidTagSentRepresentingName", "€"},

		{"IN-HDR-008 X-Priority 4", "X-Priority: 4\n\n", mime2mapi.Options{}, "PidTagImportance", 0.0},
		{"IN-HDR-027 Keywords of two fields", "Keywords: a, b\nKeywords: c\n\n", mime2mapi.Options{}, "PidNameKeywords", []any{"a", "b", "c"}},
		{"IN-HDR-039 List-Help of two fields", "List-Help: <a:>\nList-Help: <b:>\n\n", mime2mapi.Options{}, "PidTagListHelp", "<a:>, <b:>"},
		{"IN-HDR-039 X-List-Help", "X-List-Help: <b:>\n\n", mime2mapi.Options{}, "PidTagListHelp", "<b:>"},
		{"IN-HDR-039 List-Help wins", "X-List-Help: <b:>\nList-Help: <a:>\n\n", mime2mapi.Options{}, "PidTagListHelp", "<a:>"},
		{"IN-HDR-021 topic without Thread-Topic", "Subject: Re: x\n\n", mime2mapi.Options{}, "PidTagConversationTopic", "x"},
		{"IN-HDR-034 audio/wma", "Content-Class: voice\nContent-Type: audio/wma\n\nx\n", mime2mapi.Options{}, "PidTagMessageClass", "IPM.Note.Microsoft.Voicemail.UM"},
		{"IN-HDR-033 fax without its picture", "Content-Class: fax\n" + mixed + "\n\n--b\nContent-Type: text/html\n\nx\n--b\nContent-Type: image/png\n\nx\n--b--\n", mime2mapi.Options{},
			"PidTagMessageClass", "IPM.Note"},
		{"IN-HDR-036 name of the form", "Content-Class: InfoPathForm.{00020386-0000-0000-C000-000000000046}.Trip\n\n", mime2mapi.Options{}, "PidLidInfoPathFormName", "Trip"},
		{"IN-HDR-044 other name of ClassID", "X-Microsoft-Classified: true\nX-Microsoft-Classification-GUID: g\n\n", mime2mapi.Options{}, "PidLidClassificationGuid", "g"},
		{"IN-HDR-054 no", "Auto-Submitted: no\n\n", mime2mapi.Options{SuppressAutoReplies: true}, "PidTagAutoResponseSuppress", nil},
		{"delivery time of the topmost Received", "Received: 01 Jan 2001 00:00:00 +0000; b; Tue, 05 Mar 2024 14:07:09 +0100\nReceived: x; Tue, 05 Mar 2024 14:00:00 +0100\n\n", mime2mapi.Options{},
			"PidTagMessageDeliveryTime", "2024-03-05T13:07:09Z"},
		{"flag of attachments", "Content-Type: image/png\n\nx\n", mime2mapi.Options{}, "PidTagMessageFlags", 18.0},
		{"flag of a draft", "X-Unsent: 1\n\n", mime2mapi.Options{Embedded: true}, "PidTagMessageFlags", 10.0},
		{"flag of a draft from outside", "X-Unsent: 1\n\n", mime2mapi.Options{}, "PidTagMessageFlags", 2.0},
		{"flag of what is no draft", "X-Unsent: 0\n\n", mime2mapi.Options{Embedded: true}, "PidTagMessageFlags", 2.0},

		{"IN-THD-001 line ends", "A: b\nC: d\n\nx\n", mime2mapi.Options{}, "PidTagTransportMessageHeaders", "A: b\r\nC: d\r\n"},

		{"IN-BODY-001 line ends", "\na\nb\r\nc\n", mime2mapi.Options{}, "PidTagBody", "a\r\nb\r\nc\r\n"},
		{"IN-ATT-035 text of a MIME message is left alone", "MIME-Version: 1.0\n\nbegin 644 a\n#0V%T\n`\nend\n", mime2mapi.Options{}, "PidTagBody", "begin 644 a\r\n#0V%T\r\n`\r\nend\r\n"},
		{"IN-BODY-011 X-Mailer", "X-Mailer: iPad Mail\n" + apple, mime2mapi.Options{}, "PidTagNativeBody", 3.0},
		{"IN-BODY-011 X-User-Agent", "X-User-Agent: x IPOD y\n" + apple, mime2mapi.Options{}, "PidTagNativeBody", 3.0},
		{"IN-BODY-011 MIME-Version", "MIME-Version: 1.0 (Apple Message framework v1)\n" + apple, mime2mapi.Options{}, "PidTagNativeBody", 3.0},
		{"IN-BODY-011 another producer", "X-Mailer: other\n" + apple, mime2mapi.Options{}, "PidTagNativeBody", 1.0},
		{"IN-BODY-006 start parameter", related + "; start=\"<y>\"\n\n--b\nContent-ID: <x>\nContent-Type: text/html\n\none\n--b\nContent-ID: <y>\nContent-Type: text/html\n\ntwo\n--b--\n", mime2mapi.Options{},
			"PidTagHtml", "dHdv"},
		{"IN-BODY-004 last HTML of several", "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\none\n--b\nContent-Type: text/html\n\ntwo\n--b--\n", mime2mapi.Options{},
			"PidTagHtml", "dHdv"},
		{"IN-BODY-018 meta element", "Content-Type: text/html\n\n<meta charset=koi8-r>\xc1\n", mime2mapi.Options{}, "PidTagInternetCodepage", 20866.0},
		{"IN-BODY-023 no RTF in sync", "Content-Type: text/html\n" + html, mime2mapi.Options{}, "PidTagRtfInSync", false},
		{"IN-BODY-024 flowed text is left alone", unflowed, mime2mapi.Options{}, "PidTagBody", "a \r\nb\r\n"},
		{"IN-BODY-024 flowed text joined by option", unflowed, mime2mapi.Options{Unflow: true}, "PidTagBody", "a b\r\n"},
		{"IN-BODY-025 no text is made of HTML", "Content-Type: text/html\n" + html, mime2mapi.Options{}, "PidTagBody", nil},
		{"IN-BODY-025 text is made of HTML by option", "Content-Type: text/html\n" + html, mime2mapi.Options{PlainFromHTML: true}, "PidTagBody", "x"},
		{"IN-BODY-025 no HTML is made of text", "\nx\n", mime2mapi.Options{}, "PidTagHtml", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := converted(t, tt.eml, &tt.o)
			if list, ok := tt.want.([]any); ok {
				if got, _ := value(t, p, tt.property).([]any); !equalLists(got, list) {
					t.Errorf("%s is %v; want %v", tt.property, got, tt.want)
				}
				return
			}
			if got := value(t, p, tt.property); got != tt.want {
				t.Errorf("%s is %#v; want %#v", tt.property, got, tt.want)
			}
		})
	}
}

func equalLists(a, b []any) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// Rules of the first attachment.
func TestAttachmentRules(t *testing.T) {
	const related = "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<img src=\"cid:x\"><img src=\"http://example.com/y/z.bmp\">\n"
	image := func(media, fields string) string {
		return related + "--b\nContent-Type: " + media + "\n" + fields + "\n\nx\n--b--\n"
	}
	for _, tt := range []struct {
		name, eml, property string
		want                any
	}{
		{"IN-ATT-002 short name", "Content-Type: a/b; name=\"A long name.text\"\n\nx\n", "PidTagAttachFilename", "ALONGN~1.TEX"},
		{"IN-ATT-002 position", "Content-Type: a/b\n\nx\n", "PidTagRenderingPosition", -1.0},
		{"IN-ATT-044 x-pkcs7-mime", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b\nContent-Type: application/x-pkcs7-mime; name=x\n\nx\n--b--\n",
			"PidNameContentType", "application/x-pkcs7-mime; name=x"},
		{"IN-ATT-004 name in the charset of the body", "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=iso-8859-15\n\nx\n--b\nContent-Type: a/b; name=\"\xa4.x\"\n\nx\n--b--\n",
			"PidTagAttachLongFilename", "€.x"},
		{"IN-ATT-017 bitmap", image("image/bmp", "Content-ID: <x>"), "PidTagAttachFlags", 4.0},
		{"IN-ATT-016 location resolved by Content-Base", image("image/bmp", "Content-Location: z.bmp\nContent-Base: http://example.com/y/"), "PidTagAttachFlags", 4.0},
		{"IN-ATT-019 other location", image("image/bmp", "Content-Location: q.bmp\nContent-Base: http://example.com/y/"), "PidTagAttachFlags", nil},
		{"IN-ATT-032 mode=image", "Content-Type: message/external-body; access-type=anon-ftp; site=s; directory=d; name=n.x; mode=image\n\n\n",
			"content", "[InternetShortcut]\r\nURL=ftp://s/d/n.x;type=i\r\n"},
		{"IN-ATT-032 mode=ascii", "Content-Type: message/external-body; access-type=anon-ftp; site=s; directory=d; name=n.x; mode=ascii\n\n\n",
			"content", "[InternetShortcut]\r\nURL=ftp://s/d/n.x;type=a\r\n"},
		{"IN-ATT-032 name", "Content-Type: message/external-body; access-type=anon-ftp; site=s; directory=d; name=n.x\n\n\n", "PidTagAttachLongFilename", "n.url"},
		{"IN-ATT-033 other access type", "Content-Type: message/external-body; access-type=ftp; site=s; directory=d; name=n.x\n\nx\n",
			"content", "Content-Type: message/external-body; access-type=ftp; site=s; directory=d; name=n.x\n\nx\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res := convert(t, tt.eml, nil)
			if len(res.Message.Attachments) != 1 {
				t.Fatalf("%d attachments; want one", len(res.Message.Attachments))
			}
			a := res.Message.Attachments[0]
			got := any(nil)
			if tt.property == "content" {
				got = string(content(t, a))
			} else {
				got = value(t, &a.Properties, tt.property)
			}
			if got != tt.want {
				t.Errorf("%s is %#v; want %#v", tt.property, got, tt.want)
			}
		})
	}
}

// What says that it is an attachment is one in an aggregate body too.
func TestIN_BODY_011_AttachmentInAggregate(t *testing.T) {
	res := convert(t, "X-Mailer: iPad\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\nContent-Disposition: attachment\n\ntwo\n"+
		"--b\nContent-Type: image/png\nContent-Disposition: attachment\nContent-ID: <x>\n\nx\n--b\n\nthree\n--b--\n", nil)
	if html, _ := mapi.PidTagHtml.Get(&res.Message.Properties); strings.Contains(string(html), "cid:") {
		t.Errorf("the body shows an attachment: %s", html)
	}
	if got := mapi.PidTagBody.Or(&res.Message.Properties, ""); strings.Contains(got, "two") || !strings.Contains(got, "three") {
		t.Errorf("the body is %q", got)
	}
	if n := len(res.Message.Attachments); n != 2 {
		t.Errorf("%d attachments; want two", n)
	}
}

// Of the reserved names only four become generic properties, from inside.
func TestIN_THD_011_ReservedNames(t *testing.T) {
	const prefix = "X-MS-Exchange-Organization-"
	for name, want := range map[string]bool{
		"AuthAs": true, "AuthDomain": true, "AuthMechanism": true, "AuthSource": true, "Other": false,
	} {
		p := converted(t, prefix+name+": x\n\n", &mime2mapi.Options{Trusted: true})
		if _, got := p.Get(mapi.HeaderKey(strings.ToLower(prefix + name))); got != want {
			t.Errorf("%s becomes a property: %v; want %v", name, got, want)
		}
	}
}

// text/richtext has line ends as commands, text/enriched has not.
func TestIN_BODY_003_Richtext(t *testing.T) {
	for media, want := range map[string]bool{"text/richtext": true, "text/enriched": false} {
		p := converted(t, "Content-Type: "+media+"\n\na<nl>b\n", nil)
		b, _ := mapi.PidTagHtml.Get(p)
		if got := strings.Contains(string(b), "<br"); got != want {
			t.Errorf("%s breaks the line: %v; want %v (%s)", media, got, want, b)
		}
	}
}
