package mime2mapi_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
)

// atLimit converts messages that have one less than a limit, the limit, and one
// more, and expects the last to fail with the limit's name and figures.
func atLimit(t *testing.T, name string, bound int64, o mime2mapi.Options, make func(n int64) string) {
	t.Helper()
	for n := bound - 1; n <= bound+1; n++ {
		res, err := mime2mapi.Convert(context.Background(), strings.NewReader(make(n)), &o)
		if n <= bound {
			if err != nil {
				t.Errorf("%s: %d of %d: %v", name, n, bound, err)
				continue
			}
			res.Close()
			continue
		}
		checkExceeded(t, err, name, bound, n)
	}
}

func checkExceeded(t *testing.T, err error, name string, bound, actual int64) {
	t.Helper()
	var failure *diag.Error
	var exceeded *limits.ExceededError
	switch {
	case !errors.As(err, &failure) || !errors.As(err, &exceeded):
		t.Fatalf("%s: error is %v; want a *diag.Error that is a *limits.ExceededError", name, err)
	case failure.Reason != diag.LimitExceeded || failure.Status != "5.6.0" || failure.Direction != diag.Inbound:
		t.Errorf("%s: %v, %s, %v; want limit exceeded, 5.6.0, inbound", name, failure.Reason, failure.Status, failure.Direction)
	case exceeded.Name != name || exceeded.Limit != bound || exceeded.Actual != actual:
		t.Errorf("exceeded %+v; want %s %d %d", *exceeded, name, bound, actual)
	case !errors.Is(err, limits.ErrExceeded):
		t.Errorf("%s: errors.Is(err, limits.ErrExceeded) is false", name)
	}
}

const minimal = "From: a@example.com\r\nTo: b@example.com\r\n"

func TestLimit_MaxMimeSubjectLength(t *testing.T) {
	subject := func(n int64) string { return minimal + "Subject: " + strings.Repeat("x", int(n)) + "\r\n\r\nbody\r\n" }
	atLimit(t, "MaxMimeSubjectLength", 255, mime2mapi.Options{}, subject)
	atLimit(t, "MaxMimeSubjectLength", 10, mime2mapi.Options{Limits: limits.Limits{MaxMimeSubjectLength: 10}}, subject)

	// Characters are UTF-16 code units of the decoded text: an emoji is two.
	emoji := func(n int64) string {
		return minimal + "Subject: " + strings.Repeat("\U0001F600", int(n/2)) + strings.Repeat("x", int(n%2)) + "\r\n\r\nbody\r\n"
	}
	atLimit(t, "MaxMimeSubjectLength", 255, mime2mapi.Options{}, emoji)
	encoded := func(n int64) string {
		return minimal + "Subject: =?utf-8?Q?" + strings.Repeat("=C3=A4", int(n)) + "?=\r\n\r\nbody\r\n"
	}
	atLimit(t, "MaxMimeSubjectLength", 255, mime2mapi.Options{}, encoded)
}

func TestLimit_MaxMimeTextHeaderLength(t *testing.T) {
	for _, name := range []string{"Thread-Topic", "Message-ID", "Accept-Language", "X-CallID"} {
		atLimit(t, "MaxMimeTextHeaderLength", 2000, mime2mapi.Options{}, func(n int64) string {
			return minimal + name + ": " + strings.Repeat("x", int(n)) + "\r\n\r\nbody\r\n"
		})
	}
}

func TestLimit_MaxMimeTextHeaderLength_ListsLoseWholeItems(t *testing.T) {
	p := converted(t, minimal+"References: "+strings.Repeat("<0123456789@example.com>\r\n ", 100)+"\r\n\r\nbody\r\n", nil)
	refs := mapi.PidTagInternetReferences.Or(p, "")
	if n := len(strings.Fields(refs)); n != 80 || strings.HasSuffix(refs, " ") || strings.Count(refs, ">") != n {
		t.Errorf("References keeps %d whole ids in %d characters; want 80", n, len(refs))
	}
	p = converted(t, minimal+"Keywords: "+strings.Repeat("keyword12,", 300)+"\r\n\r\nbody\r\n", nil)
	words, _ := mapi.PidNameKeywords.Get(p)
	if len(words) != 200 {
		t.Errorf("Keywords keeps %d items; want 200", len(words))
	}
	for _, w := range words {
		if w != "keyword12" {
			t.Errorf("Keywords has a broken item %q", w)
		}
	}
}

func TestLimit_MaxMimeTextHeaderLength_ExtensionFieldsStayInTransportHeaders(t *testing.T) {
	long := strings.Repeat("x", 2001)
	res := convert(t, minimal+"X-Long: "+long+"\r\nX-Fits: "+long[:2000]+"\r\n\r\nbody\r\n", nil)
	p := &res.Message.Properties
	if _, ok := p.Get(mapi.HeaderKey("x-long")); ok {
		t.Error("an extension field over the limit became a named property")
	}
	if _, ok := p.Get(mapi.HeaderKey("x-fits")); !ok {
		t.Error("an extension field at the limit became no named property")
	}
	if !strings.Contains(mapi.PidTagTransportMessageHeaders.Or(p, ""), long) {
		t.Error("the field is not in the transport headers")
	}
	wantCode(t, res.Diagnostics, diag.HeaderNotPromoted)
}

func TestLimit_MaxMimeRecipients(t *testing.T) {
	list := func(header string, n int64) string {
		var b strings.Builder
		fmt.Fprintf(&b, "%s: ", header)
		for i := range n {
			if i > 0 {
				b.WriteString(",\r\n ")
			}
			fmt.Fprintf(&b, "u%d@example.com", i)
		}
		return b.String() + "\r\n"
	}
	atLimit(t, "MaxMimeRecipients", 12288, mime2mapi.Options{}, func(n int64) string {
		return list("To", n-200) + list("Cc", 100) + list("Bcc", 100) + "\r\nbody\r\n"
	})
	atLimit(t, "MaxMimeRecipients", 3, mime2mapi.Options{Limits: limits.Limits{MaxMimeRecipients: 3}}, func(n int64) string {
		return "To: Group: a@example.com, b@example.com;" + strings.Repeat(", c@example.com", int(n-2)) + "\r\n\r\nbody\r\n"
	})
}

// The limit is about To, Cc and Bcc. Of other address fields the first mailbox
// counts, or as many as the limit.
func TestLimit_MaxMimeRecipientsOfOtherFields(t *testing.T) {
	o := &mime2mapi.Options{Limits: limits.Limits{MaxMimeRecipients: 3, MaxRecipientPropertyLength: 20}}
	many := "a@example.com, b@example.com, c@example.com, d@example.com"
	for _, header := range []string{"From", "Sender", "Disposition-Notification-To"} {
		t.Run("IN-ADR-001 "+header, func(t *testing.T) {
			res := convert(t, header+": "+many+", too.long.for.the.limit@example.com\r\n\r\nx\r\n", o)
			if len(res.Diagnostics) > 0 {
				t.Errorf("diagnostics %v; want none", res.Diagnostics)
			}
		})
	}
	t.Run("IN-ADR-019 Reply-To", func(t *testing.T) {
		res := convert(t, "Reply-To: "+many+"\r\n\r\nx\r\n", o)
		if got := mapi.PidTagReplyRecipientNames.Or(&res.Message.Properties, ""); got != "a@example.com;b@example.com;c@example.com" {
			t.Errorf("names are %q; want the first three", got)
		}
		wantCode(t, res.Diagnostics, diag.ItemsDropped)
	})
}

func TestLimit_MaxRecipientPropertyLength(t *testing.T) {
	for _, header := range []string{"To", "Cc", "Bcc", "From", "Sender", "Reply-To"} {
		atLimit(t, "MaxRecipientPropertyLength", 1000, mime2mapi.Options{}, func(n int64) string {
			return header + ": " + strings.Repeat("x", int(n)) + " <a@example.com>\r\n\r\nbody\r\n"
		})
		atLimit(t, "MaxRecipientPropertyLength", 1000, mime2mapi.Options{}, func(n int64) string {
			return header + ": Name <" + strings.Repeat("x", int(n)-12) + "@example.com>\r\n\r\nbody\r\n"
		})
	}
}

func multipart(children int64) string {
	return minimal + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" +
		strings.Repeat("--b\r\nContent-Type: application/pdf\r\n\r\nx\r\n", int(children)) + "--b--\r\n"
}

func TestLimit_MaxBodyPartsTotal(t *testing.T) {
	atLimit(t, "MaxBodyPartsTotal", 250, mime2mapi.Options{}, func(n int64) string { return multipart(n - 1) })
	// The parts of embedded messages count too: the root, the part, and the
	// embedded root are three.
	inner := func(encoding string, body func(string) string) func(n int64) string {
		return func(n int64) string {
			return minimal + "Content-Type: message/rfc822\r\n" + encoding + "\r\n" + body(multipart(n-2))
		}
	}
	atLimit(t, "MaxBodyPartsTotal", 250, mime2mapi.Options{}, inner("", func(s string) string { return s }))
	atLimit(t, "MaxBodyPartsTotal", 250, mime2mapi.Options{}, inner("Content-Transfer-Encoding: base64\r\n", base64Lines))
	// Messages that are decoded one after the other count together: the root, and a
	// part and a message for each.
	atLimit(t, "MaxBodyPartsTotal", 251, mime2mapi.Options{Limits: limits.Limits{MaxBodyPartsTotal: 251}}, func(n int64) string {
		one := "--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64Lines("Subject: x\r\n\r\nx") + "\r\n"
		return minimal + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat(one, int(n-1)/2) + strings.Repeat("--b\r\n\r\nx\r\n", int(n-1)%2) + "--b--\r\n"
	})
}

func TestLimit_MaxEmbeddedMessageDepth(t *testing.T) {
	nest := func(n int64) string {
		return strings.Repeat(minimal+"Content-Type: message/rfc822\r\n\r\n", int(n)) + minimal + "\r\nbody\r\n"
	}
	atLimit(t, "MaxEmbeddedMessageDepth", 30, mime2mapi.Options{}, nest)
	encoded := func(n int64) string {
		s := minimal + "\r\nbody\r\n"
		for range n {
			s = minimal + "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64Lines(s)
		}
		return s
	}
	atLimit(t, "MaxEmbeddedMessageDepth", 3, mime2mapi.Options{Limits: limits.Limits{MaxEmbeddedMessageDepth: 3}}, encoded)
}

// sparse is a source of which only the beginning has content.
type sparse struct{ head string }

func (s sparse) ReadAt(p []byte, off int64) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	if off < int64(len(s.head)) {
		copy(p, s.head[off:])
	}
	return len(p), nil
}

func TestLimit_MSize(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 4 GB of nothing")
	}
	head := minimal + "Content-Type: application/octet-stream\r\n\r\n"
	const bound = 2147483647
	for size := int64(bound - 1); size <= bound+1; size++ {
		res, err := mime2mapi.ConvertAt(context.Background(), sparse{head}, size, nil)
		if size > bound {
			checkExceeded(t, err, "MSize", bound, size)
			continue
		}
		if err != nil {
			t.Fatalf("size %d: %v", size, err)
		}
		n, err := res.Message.Attachments[0].Content.Size(context.Background())
		if want := size - int64(len(head)); n != want || err != nil {
			t.Errorf("size %d: the attachment has %d bytes, %v; want %d", size, n, err, want)
		}
		res.Close()
	}
}

func TestLimit_MSize_Stream(t *testing.T) {
	o := mime2mapi.Options{Limits: limits.Limits{MSize: 1000}}
	message := func(n int64) string {
		return minimal + "\r\n" + strings.Repeat("x", int(n)-len(minimal)-2)
	}
	atLimit(t, "MSize", 1000, o, message)

	// No more than the bound and one byte is read.
	r := &countingReader{r: strings.NewReader(message(100000))}
	if _, err := mime2mapi.Convert(context.Background(), r, &o); err == nil || r.n > 1001 {
		t.Errorf("read %d bytes, %v; want a failure after at most 1001", r.n, err)
	}
	// What decoded messages take counts as well.
	o.Limits.MSize = 3000
	inner := minimal + "\r\n" + strings.Repeat("x", 900) + "\r\n"
	eml := minimal + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" +
		strings.Repeat("--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"+inner, 2) + "--b--\r\n"
	res := convert(t, eml, &o)
	if len(res.Message.Attachments) != 2 {
		t.Errorf("%d attachments; want 2", len(res.Message.Attachments))
	}
	o.Limits.MSize = int64(len(eml))
	deep := minimal + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" +
		strings.Repeat("--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"+inner, 2)
	for range 3 {
		deep = minimal + "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64Lines(deep)
	}
	o.Limits.MSize = int64(len(deep))
	_, err := mime2mapi.Convert(context.Background(), strings.NewReader(deep), &o)
	var exceeded *limits.ExceededError
	if !errors.As(err, &exceeded) || exceeded.Name != "MSize" {
		t.Errorf("messages that decode to more than MSize in total: %v; want MSize exceeded", err)
	}
}

func TestLimit_None(t *testing.T) {
	none := limits.Limits{MaxMimeTextHeaderLength: -1, MaxMimeSubjectLength: -1, MSize: -1, MaxMimeRecipients: -1,
		MaxRecipientPropertyLength: -1, MaxBodyPartsTotal: -1, MaxEmbeddedMessageDepth: -1}
	long := strings.Repeat("x", 3000)
	eml := "From: " + long + " <a@example.com>\r\nTo: " + strings.Repeat("u@example.com, ", 13000) + "\r\nSubject: " + long + "\r\nThread-Topic: " + long + "\r\n" +
		strings.Repeat("Content-Type: message/rfc822\r\n\r\nTo: b@example.com\r\n", 100) + strings.TrimPrefix(multipart(1000), minimal)
	res, err := mime2mapi.Convert(context.Background(), strings.NewReader(eml), &mime2mapi.Options{Limits: none})
	if err != nil {
		t.Fatal(err)
	}
	defer res.Close()
	if n := len(res.Message.Recipients); n != 13000 {
		t.Errorf("%d recipients; want 13000", n)
	}
	m, depth := res.Message, 0
	for len(m.Attachments) == 1 && m.Attachments[0].Message != nil {
		m, depth = m.Attachments[0].Message, depth+1
	}
	if depth != 100 || len(m.Attachments) != 1000 {
		t.Errorf("depth %d with %d attachments; want 100 with 1000", depth, len(m.Attachments))
	}
}

func TestShortenText(t *testing.T) {
	long := strings.Repeat("x", 254) + "\U0001F600"
	name := strings.Repeat("n", 1001)
	eml := "From: " + name + " <a@example.com>\r\nTo: " + name + " <b@example.com>, " + name + "@example.com, c@example.com\r\n" +
		"Subject: " + long + "\r\nThread-Topic: " + strings.Repeat("t", 2001) + "\r\n\r\nbody\r\n"
	res := convert(t, eml, &mime2mapi.Options{ShortenText: true})
	p := &res.Message.Properties
	if got := mapi.PidTagSubject.Or(p, ""); got != long[:254] {
		t.Errorf("the subject has %d bytes; want 254, without half a surrogate pair", len(got))
	}
	if got := mapi.PidTagConversationTopic.Or(p, ""); len(got) != 2000 {
		t.Errorf("the topic has %d bytes; want 2000", len(got))
	}
	if got := mapi.PidTagSentRepresentingName.Or(p, ""); len(got) != 1000 {
		t.Errorf("the sender's name has %d bytes; want 1000", len(got))
	}
	var addresses []string
	for i := range res.Message.Recipients {
		addresses = append(addresses, res.Message.Recipients[i].Address().SMTP)
	}
	if got := strings.Join(addresses, " "); got != "b@example.com c@example.com" {
		t.Errorf("recipients %q; want those with whole addresses", got)
	}
	wantCode(t, res.Diagnostics, diag.TextShortened)
	wantCode(t, res.Diagnostics, diag.ItemsDropped)
}

type countingReader struct {
	r io.Reader
	n int
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}

// What MaxBodyText leaves no room for becomes an attachment of an aggregate body.
func TestMaxBodyTextOfAggregate(t *testing.T) {
	piece := func(s string) string { return "--b\r\nContent-Type: text/plain\r\n\r\n" + s + "\r\n" }
	res := convert(t, "X-Mailer: iPad\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"+
		piece("12345")+piece("678901")+piece("abc")+"--b--\r\n", &mime2mapi.Options{MaxBodyText: 10})
	if got := mapi.PidTagBody.Or(&res.Message.Properties, ""); got != "12345\r\nabc\r\n" {
		t.Errorf("IN-BODY-011 body %q; want the pieces that fit", got)
	}
	if n := len(res.Message.Attachments); n != 1 {
		t.Errorf("%d attachments; want the piece that does not fit", n)
	}
	wantCode(t, res.Diagnostics, diag.BodyTooLarge)
}
