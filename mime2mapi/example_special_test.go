package mime2mapi_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
)

// A clear-signed message has its text as the body and, in its only attachment,
// everything that the signature covers as it came.
func ExampleConvert_signed() {
	f, err := os.Open("../testdata/eml/smime-clear-signed.eml")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	res, err := mime2mapi.Convert(context.Background(), f, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer res.Close()
	fmt.Println(mapi.PidTagMessageClass.Or(&res.Message.Properties, ""))
	fmt.Println(mapi.PidTagBody.Or(&res.Message.Properties, ""))
	entity, err := res.Message.Attachments[0].Content.Open(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	defer entity.Close()
	b, err := io.ReadAll(entity)
	if err != nil {
		log.Fatal(err)
	}
	first, _, _ := strings.Cut(string(b), "\r\n")
	fmt.Println(first)
	// Output:
	// IPM.Note.SMIME.MultipartSigned
	// The order is signed.
	// Content-Type: multipart/signed; protocol="application/pkcs7-signature";
}

// A delivery report has a row for each recipient that it tells of.
func ExampleConvert_deliveryReport() {
	f, err := os.Open("../testdata/eml/dsn-failed.eml")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	res, err := mime2mapi.Convert(context.Background(), f, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer res.Close()
	fmt.Println(mapi.PidTagMessageClass.Or(&res.Message.Properties, ""))
	for _, r := range res.Message.Recipients {
		p := &r.Properties
		fmt.Println(r.Address().SMTP, mapi.PidTagNonDeliveryReportStatusCode.Or(p, 0), mapi.PidTagSupplementaryInfo.Or(p, ""))
	}
	// Output:
	// REPORT.IPM.Note.NDR
	// kim@example.net 511 <mail.example.net #5.1.1 smtp; 550 5.1.1 no such user>
	// lee@example.net 570 < #5.7.0>
}
