package mime2mapi_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/tnef"
)

// An example for each kind of part. Those of signed messages and of reports stand in
// example_special_test.go.

// read converts a message that stands in the example.
func read(message string) *mime2mapi.Result {
	res, err := mime2mapi.Convert(context.Background(), strings.NewReader(message), nil)
	if err != nil {
		log.Fatal(err) // a *diag.Error: reason, part, header, limit
	}
	return res
}

// list prints the attachments of a message with what they hold.
func list(m *mapi.Message) {
	for _, a := range m.Attachments {
		p := &a.Properties
		if a.Message != nil {
			fmt.Printf("message %q\n", mapi.PidTagSubject.Or(&a.Message.Properties, ""))
			continue
		}
		r, err := a.Content.Open(context.Background())
		if err != nil {
			log.Fatal(err)
		}
		b, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s, %s: %q\n", mapi.PidTagAttachLongFilename.Or(p, ""), mapi.PidTagAttachMimeTag.Or(p, ""), b)
	}
}

// account prints where the parts of a message went.
func account(res *mime2mapi.Result) {
	for _, p := range res.Parts {
		fmt.Println(strings.TrimSpace(fmt.Sprintln(p.Number, p.Type, p.To, p.Reason)))
	}
}

// Plain text becomes PidTagBody, in UTF-8 with CRLF, whatever it was sent in.
func ExampleConvert() {
	res := read(`From: Ann <ann@example.com>
To: Bob <bob@example.org>
Subject: Re: Lunch
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

At the caf=E9?
`)
	defer res.Close()
	p := &res.Message.Properties
	fmt.Println(mapi.PidTagSentRepresentingEmailAddress.Or(p, ""))
	fmt.Printf("%q and %q\n", mapi.PidTagSubjectPrefix.Or(p, ""), mapi.PidTagNormalizedSubject.Or(p, ""))
	fmt.Printf("%q\n", mapi.PidTagBody.Or(p, ""))
	fmt.Println("code page", mapi.PidTagInternetCodepage.Or(p, 0))
	// Output:
	// ann@example.com
	// "Re: " and "Lunch"
	// "At the café?\r\n"
	// code page 28591
}

// HTML keeps its bytes; PidTagInternetCodepage says which charset they are in. The
// plain text of an alternative stands beside it.
func ExampleConvert_html() {
	res := read(`Subject: Lunch
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain

Lunch?
--b
Content-Type: text/html; charset=utf-8

<p>Lunch?</p>
--b--
`)
	defer res.Close()
	p := &res.Message.Properties
	html, _ := mapi.PidTagHtml.Get(p)
	fmt.Printf("%s\n%s\n", html, mapi.PidTagBody.Or(p, ""))
	fmt.Println("code page", mapi.PidTagInternetCodepage.Or(p, 0), "native body", mapi.PidTagNativeBody.Or(p, 0))
	// Output:
	// <p>Lunch?</p>
	// Lunch?
	// code page 65001 native body 3
}

// A picture to which an image element of the page refers is an inline attachment.
func ExampleConvert_related() {
	res := read(`Subject: The menu
Content-Type: multipart/related; boundary=b

--b
Content-Type: text/html

<img src="cid:menu@example.com">
--b
Content-Type: image/png; name=menu.png
Content-ID: <menu@example.com>

(a picture)
--b--
`)
	defer res.Close()
	list(res.Message)
	p := &res.Message.Attachments[0].Properties
	fmt.Println(mapi.PidTagAttachContentId.Or(p, ""), mapi.PidTagAttachFlags.Or(p, 0), mapi.PidTagAttachmentHidden.Or(p, false))
	// Output:
	// menu.png, image/png: "(a picture)"
	// menu@example.com 4 true
}

// Any other part is a file. Its name is made safe to use.
func ExampleConvert_attachment() {
	res := read(`Subject: The menu
Content-Type: multipart/mixed; boundary=b

--b

See there.
--b
Content-Type: text/csv
Content-Disposition: attachment; filename="../tmp/=?utf-8?Q?men=C3=BC?=.csv"
Content-Transfer-Encoding: base64

c291cCwgNC41MA==
--b--
`)
	defer res.Close()
	fmt.Println(mapi.PidTagBody.Or(&res.Message.Properties, ""))
	list(res.Message)
	account(res)
	// Output:
	// See there.
	// menü.csv, text/csv: "soup, 4.50"
	// 1 text/plain body
	// 2 text/csv attachment
}

// A forwarded message is a message object of its own, encoded or not.
func ExampleConvert_embeddedMessage() {
	res := read(`Subject: Fwd: Lunch
Content-Type: multipart/mixed; boundary=b

--b

See there.
--b
Content-Type: message/rfc822
Content-Transfer-Encoding: base64

U3ViamVjdDogTHVuY2gKClRvZGF5Pwo=
--b--
`)
	defer res.Close()
	list(res.Message)
	fmt.Printf("%q\n", mapi.PidTagBody.Or(&res.Message.Attachments[0].Message.Properties, ""))
	account(res)
	// Output:
	// message "Lunch"
	// "Today?\r\n"
	// 1 text/plain body
	// 2 message/rfc822 message
	// 2.1 text/plain body
}

// The two halves of a Macintosh file become one attachment in MacBinary, in which
// both forks survive.
func ExampleConvert_appleDouble() {
	f, err := os.Open("../testdata/eml/attach-appledouble.eml")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	res, err := mime2mapi.Convert(context.Background(), f, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer res.Close()
	a := res.Message.Attachments[0]
	size, err := a.Content.Size(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	codes, _ := mapi.PidTagAttachAdditionalInformation.Get(&a.Properties)
	fmt.Println(mapi.PidTagAttachLongFilename.Or(&a.Properties, ""), size, string(codes))
	account(res)
	// Output:
	// Letter.txt 384 :ttxt:TEXT
	// 1 text/plain body
	// 2.1 application/applefile dropped merged
	// 2.2 text/x-letter attachment
}

// From the text of a message that is not MIME, uuencoded files are cut out. They
// are no parts.
func ExampleConvert_uuencode() {
	res := read(`From: Ann <ann@example.com>
Subject: As it used to be

The animal:
begin 644 animal.txt
#0V%T
` + "`" + `
end
That was it.
`)
	defer res.Close()
	fmt.Printf("%q\n", mapi.PidTagBody.Or(&res.Message.Properties, ""))
	list(res.Message)
	account(res)
	// Output:
	// "The animal:\r\nThat was it.\r\n"
	// animal.txt, text/plain: "Cat"
	// 1 text/plain body
}

// An invitation is a meeting request; what is said of it in words is the body.
func ExampleConvert_calendar() {
	res := read(`From: Ann <ann@example.com>
To: Bob <bob@example.org>
Subject: Lunch
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain

Lunch on Tuesday.
--b
Content-Type: text/calendar; method=REQUEST; charset=utf-8

BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:lunch@example.com
DTSTAMP:20240305T090000Z
DTSTART:20240305T120000Z
DTEND:20240305T130000Z
SUMMARY:Lunch
LOCATION:The café
ORGANIZER;CN=Ann:mailto:ann@example.com
ATTENDEE;CN=Bob:mailto:bob@example.org
END:VEVENT
END:VCALENDAR
--b--
`)
	defer res.Close()
	p := &res.Message.Properties
	fmt.Println(mapi.PidTagMessageClass.Or(p, ""))
	start, _ := mapi.PidLidAppointmentStartWhole.Or(p, 0).Time()
	fmt.Println(start.UTC(), mapi.PidLidLocation.Or(p, ""))
	account(res)
	// Output:
	// IPM.Schedule.Meeting.Request
	// 2024-03-05 12:00:00 +0000 UTC The café
	// 1 text/plain body
	// 2 text/calendar property
}

// A winmail.dat is opened: its properties and attachments are those of the message,
// and the text for readers that know no TNEF goes.
func ExampleConvert_tnef() {
	inside := new(mapi.Message)
	mapi.PidTagMessageClass.Set(&inside.Properties, "IPM.Note")
	mapi.PidTagSubject.Set(&inside.Properties, "Lunch")
	mapi.PidTagBody.Set(&inside.Properties, "Today?")
	menu := &mapi.Attachment{Content: mapi.Bytes("soup")}
	mapi.PidTagAttachLongFilename.Set(&menu.Properties, "menu.txt")
	mapi.PidTagAttachMimeTag.Set(&menu.Properties, "text/plain")
	inside.Attachments = []*mapi.Attachment{menu}
	var winmail strings.Builder
	if _, _, err := tnef.Write(context.Background(), &winmail, inside, nil); err != nil {
		log.Fatal(err)
	}
	res := read("Subject: Lunch\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nThis needs another program.\n" +
		"--b\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n" +
		base64.StdEncoding.EncodeToString([]byte(winmail.String())) + "\n--b--\n")
	defer res.Close()
	fmt.Println(mapi.PidTagBody.Or(&res.Message.Properties, ""))
	list(res.Message)
	account(res)
	// Output:
	// Today?
	// menu.txt, text/plain: "soup"
	// 1 text/plain dropped superseded
	// 2 application/ms-tnef property
}

// A part of a message that cannot be put together here is kept as it is.
func ExampleConvert_externalBody() {
	res := read(`Subject: Have a look
Content-Type: multipart/mixed; boundary=b

--b

It is there.
--b
Content-Type: message/external-body; access-type=anon-ftp;
 site=ftp.example.com; directory=pub; name=menu.txt

Content-Type: text/plain

--b--
`)
	defer res.Close()
	list(res.Message)
	// Output:
	// menu.url, message/external-body: "[InternetShortcut]\r\nURL=ftp://ftp.example.com/pub/menu.txt\r\n"
}

// What is wrong with a message is repaired, and told.
func ExampleResult_diagnostics() {
	res := read(`From: Ann <ann@example.com
Subject: =?utf-8?Q?Caf=C3=A9
Content-Type: multipart/mixed

--part
Content-Type: text/plain

A text.
`)
	defer res.Close()
	for _, d := range res.Diagnostics {
		if d.Severity >= diag.Warning {
			fmt.Println(d)
		}
	}
	// Output:
	// warning: boundary-guessed: Content-Type: part instead of ""
	// warning: multipart-unclosed: part
	// warning: word-invalid: Subject: payload: Caf=C3=A9
	// warning: address-repaired: From: angle bracket without a partner
}
