package mapi2mime_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
)

func ExampleConvert() {
	m := new(mapi.Message)
	p := &m.Properties
	mapi.PidTagSubject.Set(p, "Lunch")
	mapi.PidTagBody.Set(p, "At noon?\r\n")
	mapi.SentRepresentingGroup.Set(p, mapi.Address{Name: "Ann Baker", Type: "SMTP", Email: "ann@example.com"})
	m.Recipients = make([]mapi.Recipient, 1)
	m.Recipients[0].SetInternet(&mapi.InternetAddress{Name: "Carter, Bob", Address: "bob@example.org"}, mapi.RecipientTo, 0)

	var mail strings.Builder
	res, err := mapi2mime.Convert(context.Background(), &mail, m, &mapi2mime.Options{
		Key: []byte("the same key gives the same bytes"),
		Now: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC),
	})
	if err != nil {
		log.Fatal(err) // a *diag.Error: reason, header, limit
	}
	fmt.Fprint(os.Stdout, strings.ReplaceAll(mail.String(), "\r\n", "\n"))
	fmt.Println(res.Size, "bytes")
	// Output:
	// From: Ann Baker <ann@example.com>
	// To: "Carter, Bob" <bob@example.org>
	// Subject: Lunch
	// Message-ID: <170d92230b3d695667d79d6e@example.com>
	// Date: Sat, 21 Nov 2026 12:00:00 +0000
	// MIME-Version: 1.0
	// Content-Type: text/plain; charset=iso-8859-15
	// Content-Transfer-Encoding: 7bit
	//
	// At noon?
	// 290 bytes
}
