package mime2mapi_test

import (
	"strings"
	"testing"

	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/google/go-cmp/cmp"
)

// Every leaf part has one line in Result.Parts, in the order of the source.
func TestParts(t *testing.T) {
	type parts []mime2mapi.Part
	body := func(number, media string) mime2mapi.Part {
		return mime2mapi.Part{Number: number, Type: media, To: mime2mapi.ToBody, Attachment: -1}
	}
	file := func(number, media string, index int) mime2mapi.Part {
		return mime2mapi.Part{Number: number, Type: media, To: mime2mapi.ToAttachment, Attachment: index}
	}
	embedded := func(number string, index int) mime2mapi.Part {
		return mime2mapi.Part{Number: number, Type: "message/rfc822", To: mime2mapi.ToMessage, Attachment: index}
	}
	dropped := func(number, media string, why mime2mapi.DropReason) mime2mapi.Part {
		return mime2mapi.Part{Number: number, Type: media, To: mime2mapi.Dropped, Attachment: -1, Reason: why}
	}
	const mixed = "Content-Type: multipart/mixed; boundary=b\n\n"
	const inner = "Content-Type: multipart/mixed; boundary=c\n\n--c\n\nx\n--c\nContent-Type: image/png\n\nx\n--c--\n"
	for _, tt := range []struct {
		name, eml string
		want      parts
	}{
		{"one text", "Subject: x\n\nx\n", parts{body("1", "text/plain")}},
		{"one file", "Content-Type: image/png\n\nx\n", parts{file("1", "image/png", 0)}},
		{"IN-ATT-001 a body and files", mixed + "--b\n\nx\n--b\nContent-Type: image/png\n\nx\n--b\n\nx\n--b--\n",
			parts{body("1", "text/plain"), file("2", "image/png", 0), file("3", "text/plain", 1)}},
		{"IN-BODY-004 alternatives", "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nx\n--b\nContent-Type: text/html\n\nx\n--b\nContent-Type: text/x-other\n\nx\n--b--\n",
			parts{body("1", "text/plain"), body("2", "text/html"), file("3", "text/x-other", 0)}},
		{"IN-BODY-026 empty message", "", parts{body("1", "text/plain")}},
		{"IN-BODY-027 multipart without parts", mixed + "--b--\n", nil},
		{"empty text behind the body", mixed + "--b\n\nx\n--b\n\n--b--\n",
			parts{body("1", "text/plain"), dropped("2", "text/plain", mime2mapi.EmptyPart)}},
		{"IN-ATT-025 embedded messages", mixed + "--b\nContent-Type: message/rfc822\n\n" + inner + "--b\nContent-Type: message/rfc822\n\nSubject: y\n\ny\n--b--\n",
			parts{embedded("1", 0), body("1.1", "text/plain"), file("1.2", "image/png", 0), embedded("2", 1), body("2.1", "text/plain")}},
		{"IN-ATT-026 an encoded one", mixed + "--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + base64Lines(inner) + "--b\n\nx\n--b--\n",
			parts{embedded("1", 0), body("1.1", "text/plain"), file("1.2", "image/png", 0), body("2", "text/plain")}},
		{"embedded in an embedded one", "Content-Type: message/rfc822\n\nContent-Type: message/rfc822\n\nSubject: x\n\nx\n",
			parts{embedded("1", 0), embedded("1.1", 0), body("1.1.1", "text/plain")}},
		{"more than nine", mixed + strings.Repeat("--b\nContent-Type: a/b\n\nx\n", 11) + "--b--\n",
			parts{file("1", "a/b", 0), file("2", "a/b", 1), file("3", "a/b", 2), file("4", "a/b", 3), file("5", "a/b", 4), file("6", "a/b", 5),
				file("7", "a/b", 6), file("8", "a/b", 7), file("9", "a/b", 8), file("10", "a/b", 9), file("11", "a/b", 10)}},
		{"empty, but no text", mixed + "--b\n\nx\n--b\nContent-Type: image/png\n\n--b--\n", parts{body("1", "text/plain"), file("2", "image/png", 0)}},
		{"IN-ATT-049 BinHex within a text is no part", "Subject: x\n\nx\n" + binHex, parts{body("1", "text/plain")}},
		{"IN-ATT-035 files within a text are no parts", "Subject: x\n\nx\nbegin 644 a\n#0V%T\n`\nend\n", parts{body("1", "text/plain")}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res := convert(t, tt.eml, nil)
			if diff := cmp.Diff(tt.want, parts(res.Parts)); diff != "" {
				t.Errorf("parts (-want +got):\n%s", diff)
			}
		})
	}
}

// binHex is a small file in BinHex.
const binHex = "(This file must be converted with BinHex 4.0)\n\n" +
	":\"e*PB@3J6@8!9%9B9(4dH(3!N!8M!!!!#,bPG'KP)'4KG'%JCQpbDb#3!*!!)(G\nTG'JJB5\"bG@ik)#k3\"Yj#FQ9cEh9bBf8SE!:\n"

// The halves of a Macintosh file are one attachment.
func TestPartsOfMacintoshFile(t *testing.T) {
	res := convert(t, string(readTestdata(t, "attach-appledouble.eml")), nil)
	var got []string
	for _, p := range res.Parts {
		got = append(got, p.Number+" "+p.To.String()+" "+string(p.Reason))
	}
	if diff := cmp.Diff([]string{"1 body ", "2.1 dropped merged", "2.2 attachment "}, got); diff != "" {
		t.Errorf("IN-ATT-028 parts (-want +got):\n%s", diff)
	}
}
