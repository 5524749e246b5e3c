package mapi2mime_test

import (
	"bytes"
	"context"
	"net/mail"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
)

// poison are texts that would end a line, a field, a header block or a part where
// they are copied.
var poison = []string{
	"a\r\nInjected: x", "a\nInjected: x", "a\rInjected: x", "a\r\n\r\nInjected: x\r\n", "a\x00b",
	"a\u0085Injected: x", "a\u2028Injected: x", "a\"; Injected=\"x\r\nInjected: x", "a>\r\nInjected: x <b@example.com",
	"a,\r\n injected@example.com", "a@example.com\r\nInjected: x", "a@example.com\nInjected: x", "a@example.com>, <injected@example.com",
	"<a@example.com>\r\nInjected: x", "text/plain\r\nInjected: x", "utf-8\r\nInjected: x", "\r\nInjected: x", "\r\n\r\n--=_1_x", "a\x0b\x0c\x1b[2J\x7f",
}

// slots are the places where a property reaches the output.
var slots = map[string]func(m *mapi.Message, s string){
	"subject":           prop(mapi.PidTagSubject),
	"subject prefix":    both(mapi.PidTagSubjectPrefix, mapi.PidTagNormalizedSubject),
	"topic":             prop(mapi.PidTagConversationTopic),
	"message id":        prop(mapi.PidTagInternetMessageId),
	"references":        prop(mapi.PidTagInternetReferences),
	"in reply to":       prop(mapi.PidTagInReplyToId),
	"list-help":         prop(mapi.PidTagListHelp),
	"list-unsubscribe":  prop(mapi.PidTagListUnsubscribe),
	"precedence":        prop(mapi.PidTagInternetPrecedence),
	"telephone":         prop(mapi.PidTagSenderTelephoneNumber),
	"call id":           prop(mapi.PidTagCallId),
	"body id":           prop(mapi.PidTagBodyContentId),
	"body location":     prop(mapi.PidTagBodyContentLocation),
	"purported domain":  prop(mapi.PidTagPurportedSenderDomain),
	"class":             prop(mapi.PidTagMessageClass),
	"custom class":      func(m *mapi.Message, s string) { mapi.PidTagMessageClass.Set(&m.Properties, "IPM.Note.Custom."+s) },
	"form class":        func(m *mapi.Message, s string) { mapi.PidTagMessageClass.Set(&m.Properties, "IPM.InfoPathForm."+s) },
	"content class":     func(m *mapi.Message, s string) { mapi.PidNameContentClass.Set(&m.Properties, s) },
	"content base":      func(m *mapi.Message, s string) { mapi.PidNameContentBase.Set(&m.Properties, s) },
	"accept language":   func(m *mapi.Message, s string) { mapi.PidNameAcceptLanguage.Set(&m.Properties, s) },
	"xref":              func(m *mapi.Message, s string) { mapi.PidNameCrossReference.Set(&m.Properties, s) },
	"keywords":          func(m *mapi.Message, s string) { mapi.PidNameKeywords.Set(&m.Properties, []string{s, s}) },
	"flag":              func(m *mapi.Message, s string) { mapi.PidLidFlagRequest.Set(&m.Properties, s) },
	"transport headers": prop(mapi.PidTagTransportMessageHeaders),
	"received": func(m *mapi.Message, s string) {
		mapi.PidTagTransportMessageHeaders.Set(&m.Properties, "Received: "+s+"\r\nReceived: y")
	},
	"classification": func(m *mapi.Message, s string) {
		mapi.PidLidClassified.Set(&m.Properties, true)
		mapi.PidLidClassification.Set(&m.Properties, s)
		mapi.PidLidClassificationDescription.Set(&m.Properties, s)
		mapi.PidLidClassificationGuid.Set(&m.Properties, s)
	},
	"from name":    func(m *mapi.Message, s string) { mapi.PidTagSentRepresentingName.Set(&m.Properties, s) },
	"from address": group(mapi.SentRepresentingGroup),
	"sender":       group(mapi.SenderGroup),
	"receipts": func(m *mapi.Message, s string) {
		mapi.PidTagReadReceiptRequested.Set(&m.Properties, true)
		mapi.PidTagOriginatorDeliveryReportRequested.Set(&m.Properties, true)
		group(mapi.ReadReceiptGroup)(m, s)
	},
	"reply to": func(m *mapi.Message, s string) {
		mapi.PidTagReplyRecipientEntries.Set(&m.Properties, mapi.AddressList{{Name: s, Address: s}}.Bytes())
		mapi.PidTagReplyRecipientNames.Set(&m.Properties, s)
	},
	"recipient": func(m *mapi.Message, s string) {
		m.Recipients = append(m.Recipients, recipients(mapi.RecipientCc, s)...)
		m.Recipients[len(m.Recipients)-1].SetInternet(&mapi.InternetAddress{Name: s, Address: s}, mapi.RecipientCc, 1)
	},
	"recipient of another system": func(m *mapi.Message, s string) {
		m.Recipients = append(m.Recipients, row(func(p *props) {
			mapi.RecipientGroup.Set(p, mapi.Address{Name: s, Type: s, Email: s, SMTP: s})
		}), row(func(p *props) {
			mapi.RecipientGroup.Set(p, mapi.Address{Name: s, Type: "EX", Email: s})
		}))
	},
	"generic value":      func(m *mapi.Message, s string) { generic(&m.Properties, "X-Generic", s) },
	"generic name":       func(m *mapi.Message, s string) { generic(&m.Properties, s, "value") },
	"generic name begun": func(m *mapi.Message, s string) { generic(&m.Properties, "X-"+s, "value") },
	"text":               func(m *mapi.Message, s string) { mapi.PidTagBody.Set(&m.Properties, s) },
	"HTML":               func(m *mapi.Message, s string) { mapi.PidTagHtml.Set(&m.Properties, []byte(s)) },
	"HTML string":        func(m *mapi.Message, s string) { m.Properties.Set(mapi.PidTagHtml.Key(), mapi.String(s)) },
	"file name":          fileProp(mapi.PidTagAttachLongFilename),
	"short file name":    fileProp(mapi.PidTagAttachFilename),
	"file display name":  fileProp(mapi.PidTagDisplayName),
	"file id":            fileProp(mapi.PidTagAttachContentId),
	"file location":      fileProp(mapi.PidTagAttachContentLocation),
	"file base":          fileProp(mapi.PidTagAttachContentBase),
	"file type":          fileProp(mapi.PidTagAttachMimeTag),
	"file payload":       fileProp(mapi.PidTagAttachPayloadClass),
	"file payload id":    fileProp(mapi.PidTagAttachPayloadProviderGuidString),
	"file charset": func(m *mapi.Message, s string) {
		fileProp(mapi.PidTagTextAttachmentCharset)(m, s)
		mapi.PidTagAttachMimeTag.Set(&m.Attachments[0].Properties, "text/plain")
	},
	"file content type": func(m *mapi.Message, s string) {
		fileProp(mapi.PidTagAttachLongFilename)(m, "x")
		p := &m.Attachments[0].Properties
		mapi.PidTagAttachMimeTag.Set(p, "application/pkcs7-mime")
		mapi.PidNameContentType.Set(p, "application/pkcs7-mime; x=\""+s+"\"; "+s+"=y")
	},
	"inline id": func(m *mapi.Message, s string) {
		fileProp(mapi.PidTagAttachContentId)(m, s)
		mapi.PidTagAttachFlags.Set(&m.Attachments[0].Properties, 4)
		mapi.PidTagHtml.Set(&m.Properties, []byte(`<img src="cid:`+s+`">`))
	},
	"web reference": func(m *mapi.Message, s string) {
		fileProp(mapi.PidTagAttachLongPathname)(m, "https://example.com/"+s)
		m.Attachments[0].Content = nil
		mapi.PidTagAttachMethod.Set(&m.Attachments[0].Properties, mapi.AttachByWebReference)
	},
	"report part": func(m *mapi.Message, s string) {
		fileProp(mapi.PidTagAttachMimeTag)(m, "message/delivery-status")
		m.Attachments[0].Content = mapi.Bytes(s)
	},
	"embedded subject": func(m *mapi.Message, s string) {
		m.Attachments = append(m.Attachments, &mapi.Attachment{Message: with(func(p *props) { mapi.PidTagSubject.Set(p, s) })})
	},
}

func prop(tag mapi.Tag[string]) func(m *mapi.Message, s string) {
	return func(m *mapi.Message, s string) { tag.Set(&m.Properties, s) }
}

func both(a, b mapi.Tag[string]) func(m *mapi.Message, s string) {
	return func(m *mapi.Message, s string) {
		a.Set(&m.Properties, s)
		b.Set(&m.Properties, s)
	}
}

func group(g mapi.AddressGroup) func(m *mapi.Message, s string) {
	return func(m *mapi.Message, s string) {
		g.SetInternet(&m.Properties, &mapi.InternetAddress{Name: s, Address: s})
	}
}

func fileProp(tag mapi.Tag[string]) func(m *mapi.Message, s string) {
	return func(m *mapi.Message, s string) {
		a := file("content", nil)
		mapi.PidTagAttachMimeTag.Set(&a.Properties, "image/png")
		tag.Set(&a.Properties, s)
		m.Attachments = append(m.Attachments, a)
	}
}

// No text of a property adds a field, a recipient or a part (bad inputs 14 to 17).
func TestNothingCanBeInjected(t *testing.T) {
	options := map[string]mapi2mime.Options{
		"submission": {},
		"retrieval":  {Purpose: mapi2mime.Retrieval, Trusted: true, EncapsulationDomain: "gw.example", Body: mapi2mime.Both},
		"UTF-8":      {UTF8Headers: true, EightBit: true, EncapsulationDomain: "gw.example"},
	}
	for slot, set := range slots {
		t.Run(slot, func(t *testing.T) {
			for _, s := range poison {
				for name, o := range options {
					m := note()
					set(m, s)
					w := write(t, m, &o)
					checkInjected(t, name, s, w)
				}
			}
		})
	}
}

func checkInjected(t *testing.T, option, s string, w written) {
	t.Helper()
	for i, header := range headerBlocks(t, w.tree(t)) {
		for _, name := range []string{"Injected", "Bcc", "X"} {
			if f := fieldsOf(header, name); len(f) > 0 {
				t.Errorf("%s, %q: header block %d has %s: %q", option, s, i, name, f)
			}
		}
	}
	for _, name := range []string{"To", "Cc", "From", "Sender", "Reply-To"} {
		for _, f := range w.fields(name) {
			list, err := mail.ParseAddressList(f)
			for _, a := range list {
				if strings.HasPrefix(a.Address, "injected") {
					t.Errorf("%s, %q: %s is %q", option, s, name, f)
				}
			}
			if err != nil && !strings.Contains(f, ":;") && strings.Contains(f, "@") {
				t.Errorf("%s, %q: %s is %q: %v", option, s, name, f, err)
			}
		}
	}
	res := toMAPI(t, []byte(w.raw))
	for i := range res.Message.Recipients {
		if a := res.Message.Recipients[i].Address(); strings.HasPrefix(a.SMTP, "injected") {
			t.Errorf("%s, %q: recipient %+v", option, s, a)
		}
	}
	entities := int64(0)
	for range res.Parts {
		entities++
	}
	if entities > w.res.Entities {
		t.Errorf("%s, %q: %d parts were read, %d entities written", option, s, entities, w.res.Entities)
	}
}

// headerBlocks returns the header blocks of a tree, those of embedded messages
// too.
func headerBlocks(t *testing.T, e entity) []string {
	var b bytes.Buffer
	fields := e.Header.Fields()
	for fields.Next() {
		b.WriteString(fields.Key() + ": " + fields.Value() + "\r\n")
	}
	list := []string{b.String() + "\r\n"}
	for _, child := range e.children {
		list = append(list, headerBlocks(t, child)...)
	}
	if strings.HasPrefix(e.kind, "message/rfc822") || e.kind == "message/global" {
		list = append(list, headerBlocks(t, readTree(t, e.body))...)
	}
	return list
}

// A body that holds the boundary of its own message cannot close the part: with a
// key that is known, boundaries can be.
func TestBoundaryInABody(t *testing.T) {
	m := note()
	m.Attachments = []*mapi.Attachment{file("x", nil)}
	first := write(t, m, nil)
	boundary := first.boundary(t)
	evil := "a\r\n--" + boundary + "\r\nContent-Type: text/html\r\n\r\nevil\r\n--" + boundary + "--\r\n"
	mapi.PidTagBody.Set(&m.Properties, evil)
	m.Attachments = append(m.Attachments, file(evil, func(p *props) { mapi.PidTagAttachMimeTag.Set(p, "message/delivery-status") }))
	w := write(t, m, nil)
	if got := w.boundary(t); got != boundary {
		t.Fatalf("the boundary is %q; want the one that is known", got)
	}
	root := w.tree(t)
	if got := root.shape(); got != "mixed(plain, application/octet-stream, application/octet-stream)" {
		t.Errorf("structure is %s", got)
	}
	if got := string(root.part(t, 0).body); got != evil {
		t.Errorf("text is %q", got)
	}
}

// Without a key nobody can know a boundary.
func TestBoundariesAreRandom(t *testing.T) {
	m := note()
	m.Attachments = []*mapi.Attachment{file("x", nil)}
	seen := make(map[string]bool)
	for range 10 {
		seen[write(t, m, &mapi2mime.Options{}).boundary(t)] = true
	}
	if len(seen) != 10 {
		t.Errorf("%d boundaries of ten messages", len(seen))
	}
}

// The output is the same whatever the writer and whenever.
func TestOutputIsDeterministic(t *testing.T) {
	m := note()
	m.Attachments = []*mapi.Attachment{file("x", nil), {Message: note()}}
	o := &mapi2mime.Options{Key: []byte("k")}
	var want string
	for range 5 {
		var b bytes.Buffer
		if _, err := mapi2mime.Convert(context.Background(), &b, m, o); err != nil {
			t.Fatal(err)
		}
		if want != "" && b.String() != want {
			t.Errorf("output differs")
		}
		want = b.String()
	}
}
