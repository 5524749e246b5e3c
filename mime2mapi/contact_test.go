package mime2mapi_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
)

const (
	cardLines = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zo\u00eb Lee\r\nEMAIL:zoe@example.com\r\nEND:VCARD\r\n"
	agentCard = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Eve\r\nAGENT:BEGIN:VCARD\\nFN:Al\\nEND:VCARD\\n\r\nEND:VCARD\r\n"
)

// cardMail returns a mail of the type, whose parts are in the boundary "b".
func cardMail(contentType, body string) string {
	return "From: a@example.com\r\nSubject: card\r\nMIME-Version: 1.0\r\nContent-Type: " + contentType + "\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + body
}

func cardParts(list ...string) string {
	return "--b\r\n" + strings.Join(list, "\r\n--b\r\n") + "\r\n--b--\r\n"
}

func cardPart(contentType, card string) string {
	return "Content-Type: " + contentType + "\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + card
}

func convertCard(t *testing.T, mail string, o *mime2mapi.Options) *mime2mapi.Result {
	t.Helper()
	res, err := mime2mapi.Convert(t.Context(), strings.NewReader(mail), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Close() })
	return res
}

func TestContacts(t *testing.T) {
	const text = "Content-Type: text/plain\r\n\r\nhello"
	for _, c := range []struct{ name, mail, body string }{
		{"VC-IN-150 IN-ATT-036 the root part", cardMail("text/vcard; charset=utf-8", cardLines), ""},
		{"VC-IN-150 text/x-vcard in multipart/mixed", cardMail("multipart/mixed; boundary=b", cardParts(text, cardPart("text/x-vcard", cardLines))), "hello"},
		{"VC-IN-150 text/directory in multipart/alternative", cardMail("multipart/alternative; boundary=b",
			cardParts(text, cardPart("text/directory; PROFILE=\"VCARD\"; charset=utf-8", cardLines))), "hello"},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := convertCard(t, c.mail, &mime2mapi.Options{Contacts: true})
			if body := strings.TrimSpace(mapi.PidTagBody.Or(&res.Message.Properties, "")); body != c.body {
				t.Errorf("the body is %q", body)
			}
			if len(res.Message.Attachments) != 1 {
				t.Fatalf("%d attachments", len(res.Message.Attachments))
			}
			a := res.Message.Attachments[0]
			if a.Message == nil || a.Method() != mapi.AttachEmbeddedMessage || a.Content != nil {
				t.Fatalf("method %d", a.Method())
			}
			p := &a.Message.Properties
			if class, subject := mapi.PidTagMessageClass.Or(p, ""), mapi.Subject(p); class != "IPM.Contact" || subject != "Zo\u00eb Lee" {
				t.Errorf("%s %q", class, subject)
			}
			if got := mapi.PidLidEmail1EmailAddress.Or(p, ""); got != "zoe@example.com" {
				t.Error(got)
			}
			if got := mapi.PidTagDisplayName.Or(&a.Properties, ""); got != "Zo\u00eb Lee" {
				t.Error(got)
			}
			if last := res.Parts[len(res.Parts)-1]; last.To != mime2mapi.ToMessage || last.Attachment != 0 {
				t.Errorf("%+v", last)
			}
		})
	}
}

func TestContactsThatStayFiles(t *testing.T) {
	on := &mime2mapi.Options{Contacts: true}
	for _, c := range []struct {
		name, contentType, card string
		o                       *mime2mapi.Options
		told                    bool
	}{
		{"VC-IN-151 IN-ATT-036 by default", "text/vcard", cardLines, nil, false},
		{"VC-IN-151 VC-IN-008 two cards", "text/vcard", cardLines + cardLines, on, true},
		{"VC-IN-151 an unparsable card", "text/vcard", "BEGIN:VCARD\r\nFN:a\r\n", on, true},
		{"VC-IN-151 a card within the card", "text/vcard", agentCard, on, true},
		{"VC-IN-151 an unknown version", "text/vcard", strings.Replace(cardLines, "3.0", "7", 1), on, true},
		{"VC-IN-151 text/directory of another profile", "text/directory; profile=other", cardLines, on, false},
		{"VC-IN-151 a file named .vcf", "application/octet-stream; name=a.vcf", cardLines, on, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := convertCard(t, cardMail("multipart/mixed; boundary=b", cardParts("\r\nhello", cardPart(c.contentType, c.card))), c.o)
			if len(res.Message.Attachments) != 1 || res.Message.Attachments[0].Message != nil {
				t.Fatalf("%d attachments", len(res.Message.Attachments))
			}
			r, err := res.Message.Attachments[0].Content.Open(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, []byte(c.card)) {
				t.Errorf("%v, %q", err, got)
			}
			told := false
			for _, d := range res.Diagnostics {
				told = told || d.Code == diag.VCardFallback && d.Part == "2"
			}
			if told != c.told {
				t.Errorf("%v", res.Diagnostics)
			}
		})
	}
}
