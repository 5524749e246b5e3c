package dsn_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/dsn"
	"github.com/contentconv/contentconv/limits"
)

// In a mail server the error comes from mime2mapi.Convert, by way of errors.As.
func ExampleNew() {
	failure := &diag.Error{
		Reason: diag.LimitExceeded, Status: diag.StatusConversionFailed, Header: "Subject",
		Err:        &limits.ExceededError{Name: "MaxMimeSubjectLength", Limit: 255, Actual: 300},
		RootHeader: []byte("From: a@example.org\r\nSubject: very long\r\nMessage-ID: <1@example.org>\r\n\r\n"),
		TraceID:    "0a1b2c3d-4e5f-6789-abcd-000000000001",
	}
	n, err := dsn.New(context.Background(), failure, dsn.Envelope{
		ReturnPath: "a@example.org",
		Recipients: []dsn.Recipient{{Address: "b@example.com", Original: "rfc822;list+2Bx@example.com"}},
	}, &dsn.Options{
		ReportingMTA: "mx.example.com",
		Now:          time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC),
		Key:          []byte("for a test"),
	})
	if err != nil {
		panic(err)
	}
	var b strings.Builder
	if err := n.Write(context.Background(), &b); err != nil {
		panic(err)
	}
	fmt.Fprintf(os.Stdout, "MAIL FROM:<%s>\nRCPT TO:<%s>\n\n", n.From, n.To)
	fmt.Print(strings.ReplaceAll(b.String(), "\r\n", "\n"))
	// Output:
	// MAIL FROM:<>
	// RCPT TO:<a@example.org>
	//
	// From: Mail Delivery System
	//  <postmaster@mx.example.com>
	// To: <a@example.org>
	// Subject: Undeliverable: very long
	// Date: Wed, 04 Mar 2026 05:06:07 +0000
	// Message-ID: <d36db424386d5bfde4810174@mx.example.com>
	// In-Reply-To: <1@example.org>
	// References: <1@example.org>
	// Auto-Submitted: auto-replied
	// MIME-Version: 1.0
	// Content-Type: multipart/report; report-type=delivery-status;
	//  boundary="=_2a3bd975e903430804baa43b"
	//
	// --=_2a3bd975e903430804baa43b
	// Content-Type: text/plain; charset=utf-8
	// Content-Description: Notification
	//
	// This is the mail system at mx.example.com.
	//
	// Your message was not delivered to the recipients below. It arrived here,
	// but it could not be converted to the form in which their mail is stored.
	// Delivery is not tried again.
	//
	// Recipients:
	//     <b@example.com>
	//
	// Your message:
	//     Subject: very long
	//     Message-ID: <1@example.org>
	//     (its header is attached)
	//
	// What was wrong:
	//     The message is beyond a limit of this system.
	//
	//     The limit is MaxMimeSubjectLength (characters of the subject): 255
	//     allowed, 300 found.
	//
	//     In detail: Subject: MaxMimeSubjectLength is 255, the message has 300
	//
	// What you can do:
	//     Shorten the subject. Then send the message again.
	//
	// For the administrator:
	//     Status: 5.6.0
	//     Reason: limit exceeded
	//     Trace: 0a1b2c3d-4e5f-6789-abcd-000000000001
	//
	// --=_2a3bd975e903430804baa43b
	// Content-Type: message/delivery-status
	// Content-Description: Delivery status
	//
	// Reporting-MTA: dns; mx.example.com
	//
	// Original-Recipient: rfc822; list+x@example.com
	// Final-Recipient: rfc822; b@example.com
	// Action: failed
	// Status: 5.6.0
	// Diagnostic-Code: smtp; 554 5.6.0 Content conversion failed: limit exceeded:
	//  Subject: MaxMimeSubjectLength is 255, the message has 300 (trace
	//  0a1b2c3d-4e5f-6789-abcd-000000000001)
	// Last-Attempt-Date: Wed, 04 Mar 2026 05:06:07 +0000
	// Final-Log-ID: 0a1b2c3d-4e5f-6789-abcd-000000000001
	//
	// --=_2a3bd975e903430804baa43b
	// Content-Type: text/rfc822-headers
	// Content-Description: Undelivered message headers
	//
	// From: a@example.org
	// Subject: very long
	// Message-ID: <1@example.org>
	//
	// --=_2a3bd975e903430804baa43b--
}

// Nothing is sent in answer to a notification.
func ExampleNew_suppressed() {
	_, err := dsn.New(context.Background(), &diag.Error{Reason: diag.MalformedMIME, Err: errors.New("no parts")},
		dsn.Envelope{ReturnPath: "<>", Recipients: []dsn.Recipient{{Address: "b@example.com"}}}, nil)
	fmt.Println(errors.Is(err, dsn.ErrSuppressed), err)
	// Output: true dsn: no notification is due: the return path is null
}
