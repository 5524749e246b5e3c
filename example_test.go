package contentconv_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
)

const eml = "From: Ann <ann@example.com>\r\n" +
	"To: Bob <bob@example.com>\r\n" +
	"Subject: RE: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n" +
	"Content-Type: text/plain; charset=utf-8\r\n" +
	"\r\n" +
	"Hello\r\n"

func Example() {
	res, err := mime2mapi.Convert(context.Background(), strings.NewReader(eml), nil)
	if err != nil {
		log.Fatal(err)
	}
	defer res.Close()
	p := &res.Message.Properties
	fmt.Println(mapi.PidTagSubjectPrefix.Or(p, ""), "|", mapi.PidTagNormalizedSubject.Or(p, ""))
	fmt.Println(mapi.PidTagSentRepresentingSmtpAddress.Or(p, ""))
	fmt.Printf("%q\n", mapi.PidTagBody.Or(p, ""))
	// Output:
	// RE:  | Grüße
	// ann@example.com
	// "Hello\r\n"
}

// A failure says which limit was passed, by how much, and what to answer.
func Example_failure() {
	o := &mime2mapi.Options{Limits: limits.Limits{MaxMimeSubjectLength: 5}}
	_, err := mime2mapi.Convert(context.Background(), strings.NewReader(eml), o)
	var failure *diag.Error
	if errors.As(err, &failure) {
		fmt.Println(failure.Status, "/", failure.Reason, "/", failure.Header)
	}
	var exceeded *limits.ExceededError
	if errors.As(err, &exceeded) {
		fmt.Println(exceeded.Name, exceeded.Limit, exceeded.Actual)
	}
	// Output:
	// 5.6.0 / limit exceeded / Subject
	// MaxMimeSubjectLength 5 9
}
