package mime2mapi_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/contentconv/contentconv/mapi"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// An observer returns what stands in the message under one key of an
// expectation, in the form that encoding/json gives the expectation itself.
type observer[T any] func(t *testing.T, from T, want any) any

var messageKeys = map[string]observer[*mapi.Message]{
	"class":        ofMessage(property("PidTagMessageClass")),
	"subject":      ofMessage(property("PidTagSubject")),
	"messageId":    ofMessage(property("PidTagInternetMessageId")),
	"codepage":     ofMessage(property("PidTagInternetCodepage")),
	"date":         ofMessage(property("PidTagClientSubmitTime")),
	"from":         ofMessage(mailbox("PidTagSentRepresenting")),
	"sender":       ofMessage(mailbox("PidTagSender")),
	"replyTo":      ofMessage(replyTo),
	"to":           recipients(mapi.RecipientTo),
	"cc":           recipients(mapi.RecipientCc),
	"bcc":          recipients(mapi.RecipientBcc),
	"text":         func(t *testing.T, m *mapi.Message, _ any) any { return text(m) },
	"html":         func(t *testing.T, m *mapi.Message, _ any) any { return html(t, m) },
	"textContains": func(t *testing.T, m *mapi.Message, want any) any { return contained(text(m), want) },
	"htmlContains": func(t *testing.T, m *mapi.Message, want any) any { return contained(html(t, m), want) },
	"properties":   ofMessage(properties),
	"headers":      ofMessage(headers),
	"present":      ofMessage(present),
	"absent":       ofMessage(absent),
}

var attachmentKeys = map[string]observer[*mapi.Attachment]{
	"name":       ofAttachment(fileName),
	"type":       ofAttachment(property("PidTagAttachMimeTag")),
	"cid":        ofAttachment(property("PidTagAttachContentId")),
	"location":   ofAttachment(property("PidTagAttachContentLocation")),
	"size":       func(t *testing.T, a *mapi.Attachment, _ any) any { return float64(len(content(t, a))) },
	"sha256":     func(t *testing.T, a *mapi.Attachment, _ any) any { return hash(content(t, a)) },
	"inline":     func(t *testing.T, a *mapi.Attachment, _ any) any { return inline(a) },
	"properties": ofAttachment(properties),
	"headers":    ofAttachment(headers),
	"present":    ofAttachment(present),
	"absent":     ofAttachment(absent),
}

func observeMessage(t *testing.T, want map[string]any, m *mapi.Message) map[string]any {
	t.Helper()
	for _, list := range []string{"to", "cc", "bcc", "attachments"} {
		if _, named := want[list]; !named {
			want[list] = []any{}
		}
	}
	if from, named := want["from"]; named {
		if _, named := want["sender"]; !named {
			want["sender"] = from
		}
	}
	checkSubjectParts(t, m)
	// Attachments hold messages, so they are looked at outside the table.
	wants := want["attachments"]
	delete(want, "attachments")
	got := observe(t, messageKeys, want, m)
	want["attachments"], got["attachments"] = wants, attachments(t, m, wants)
	return got
}

// observe looks at what the expectation names; a name that no observer has is a
// mistake in the expectation.
func observe[T any](t *testing.T, keys map[string]observer[T], want map[string]any, from T) map[string]any {
	t.Helper()
	got := make(map[string]any, len(want))
	for key, w := range want {
		look, ok := keys[key]
		if !ok {
			t.Fatalf("the expectation has an unknown key %q", key)
		}
		got[key] = look(t, from, w)
	}
	return got
}

// checkSubjectParts tests what holds for every message: the subject is its
// prefix and its normalized form (IN-HDR-020).
func checkSubjectParts(t *testing.T, m *mapi.Message) {
	t.Helper()
	p := &m.Properties
	subject, ok := mapi.PidTagSubject.Get(p)
	if parts := mapi.PidTagSubjectPrefix.Or(p, "") + mapi.PidTagNormalizedSubject.Or(p, ""); ok && subject != parts {
		t.Errorf("IN-HDR-020: subject %q is not prefix and normalized subject %q", subject, parts)
	}
}

func ofMessage(look observer[*mapi.Properties]) observer[*mapi.Message] {
	return func(t *testing.T, m *mapi.Message, want any) any { return look(t, &m.Properties, want) }
}

func ofAttachment(look observer[*mapi.Properties]) observer[*mapi.Attachment] {
	return func(t *testing.T, a *mapi.Attachment, want any) any { return look(t, &a.Properties, want) }
}

func property(name string) observer[*mapi.Properties] {
	return func(t *testing.T, p *mapi.Properties, _ any) any { return value(t, p, name) }
}

// fileName returns the long file name, or the only one that an embedded message
// has.
func fileName(t *testing.T, p *mapi.Properties, _ any) any {
	if name := value(t, p, "PidTagAttachLongFilename"); name != nil {
		return name
	}
	return value(t, p, "PidTagAttachFilename")
}

// value returns a property by its canonical name, nil when there is none.
func value(t *testing.T, p *mapi.Properties, name string) any {
	t.Helper()
	key, _, ok := mapi.KeyOf(name)
	if !ok {
		t.Fatalf("no property is named %s", name)
	}
	v, ok := p.Get(key)
	if !ok {
		return nil
	}
	return plain(t, v)
}

// plain returns a value as encoding/json would have read it.
func plain(t *testing.T, v mapi.Value) any {
	t.Helper()
	if s, ok := v.Text(); ok {
		return s
	}
	if b, ok := v.Bool(); ok {
		return b
	}
	if when, ok := v.Time(); ok {
		at, _ := when.Time()
		return at.UTC().Format(time.RFC3339Nano)
	}
	if n, ok := v.Int(); ok {
		return float64(n)
	}
	if f, ok := v.Float(); ok {
		return f
	}
	if b, ok := v.Bytes(); ok {
		return base64.StdEncoding.EncodeToString(b)
	}
	if list, ok := v.Elements().([]string); ok {
		out := make([]any, len(list))
		for i, s := range list {
			out[i] = s
		}
		return out
	}
	t.Fatalf("an expectation cannot hold a value of type %s", v.Type())
	return nil
}

func mailbox(group string) observer[*mapi.Properties] {
	return func(t *testing.T, p *mapi.Properties, _ any) any {
		name, address := value(t, p, group+"Name"), value(t, p, group+"EmailAddress")
		if name == nil && address == nil {
			return nil
		}
		for property, want := range map[string]any{"AddressType": "SMTP", "SmtpAddress": address} {
			if got := value(t, p, group+property); got != want {
				t.Errorf("%s%s is %v, want %v", group, property, got, want)
			}
		}
		return map[string]any{"name": name, "address": address}
	}
}

var recipientKeys = map[string]observer[*mapi.Properties]{
	"name":       property("PidTagDisplayName"),
	"address":    property("PidTagEmailAddress"),
	"properties": properties,
}

func recipients(kind int32) observer[*mapi.Message] {
	return func(t *testing.T, m *mapi.Message, want any) any {
		wants, _ := want.([]any)
		got := []any{}
		for i := range m.Recipients {
			r := &m.Recipients[i]
			if r.Kind() != kind {
				continue
			}
			w := map[string]any{"name": "", "address": ""} // enough to name an unexpected one
			if len(got) < len(wants) {
				w = wants[len(got)].(map[string]any)
			}
			got = append(got, observe(t, recipientKeys, w, &r.Properties))
		}
		return got
	}
}

func attachments(t *testing.T, m *mapi.Message, want any) any {
	t.Helper()
	wants, _ := want.([]any)
	got := []any{}
	for i, a := range m.Attachments {
		w := map[string]any{"name": "", "type": ""} // enough to name an unexpected one
		if i < len(wants) {
			w = wants[i].(map[string]any)
			if _, named := w["inline"]; !named {
				w["inline"] = false
			}
		}
		embedded, isMessage := w["embedded"].(map[string]any)
		delete(w, "embedded")
		row := observe(t, attachmentKeys, w, a)
		switch {
		case isMessage && a.Message != nil:
			w["embedded"] = embedded
			row["embedded"] = observeMessage(t, embedded, a.Message)
			checkEmbedded(t, a.Message)
		case isMessage || a.Message != nil:
			t.Errorf("attachment %d: embedded message %v, want %v", i, a.Message != nil, isMessage)
		}
		got = append(got, row)
	}
	return got
}

// checkEmbedded tests what holds for every embedded message (IN-THD-004).
func checkEmbedded(t *testing.T, m *mapi.Message) {
	t.Helper()
	if mapi.PidTagTransportMessageHeaders.Has(&m.Properties) {
		t.Error("IN-THD-004: an embedded message has transport headers")
	}
}

func content(t *testing.T, a *mapi.Attachment) []byte {
	t.Helper()
	if a.Content == nil {
		return nil
	}
	r, err := a.Content.Open(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := a.Content.Size(context.Background()); err != nil || n != int64(len(data)) {
		t.Errorf("the content's size is %d (%v), but it has %d bytes", n, err, len(data))
	}
	return data
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// inline reports whether attRenderedInBody is set ([MS-OXCMSG] 2.2.2.18).
func inline(a *mapi.Attachment) bool {
	return mapi.PidTagAttachFlags.Or(&a.Properties, 0)&4 != 0
}

func properties(t *testing.T, p *mapi.Properties, want any) any {
	got := map[string]any{}
	for name := range want.(map[string]any) {
		got[name] = value(t, p, name)
	}
	return got
}

func headers(t *testing.T, p *mapi.Properties, want any) any {
	got := map[string]any{}
	for name := range want.(map[string]any) {
		got[name] = nil
		if v, ok := p.Get(mapi.HeaderKey(name)); ok {
			got[name] = plain(t, v)
		}
	}
	return got
}

func present(t *testing.T, p *mapi.Properties, want any) any { return having(t, p, want, true) }
func absent(t *testing.T, p *mapi.Properties, want any) any  { return having(t, p, want, false) }

func having(t *testing.T, p *mapi.Properties, want any, has bool) any {
	got := []any{}
	for _, name := range want.([]any) {
		if (value(t, p, name.(string)) != nil) == has {
			got = append(got, name)
		}
	}
	return got
}

func contained(body any, want any) any {
	got := []any{}
	s, _ := body.(string)
	for _, piece := range want.([]any) {
		if strings.Contains(s, piece.(string)) {
			got = append(got, piece)
		}
	}
	if len(got) < len(want.([]any)) {
		got = append(got, "in: "+s)
	}
	return got
}

func text(m *mapi.Message) any {
	s, ok := mapi.PidTagBody.Get(&m.Properties)
	if !ok {
		return nil
	}
	return strings.ReplaceAll(s, "\r\n", "\n")
}

// htmlDecoders has the code pages of HTML that the cases use.
var htmlDecoders = map[int32]encoding.Encoding{
	1251: charmap.Windows1251, 1252: charmap.Windows1252, 20866: charmap.KOI8R,
	20127: unicode.UTF8, 28591: charmap.ISO8859_1, 65001: unicode.UTF8,
}

func html(t *testing.T, m *mapi.Message) any {
	t.Helper()
	raw, ok := mapi.PidTagHtml.Get(&m.Properties)
	if !ok {
		return nil
	}
	cp := mapi.PidTagInternetCodepage.Or(&m.Properties, 0)
	dec := htmlDecoders[cp]
	if dec == nil {
		t.Errorf("the HTML is in code page %d", cp)
		return nil
	}
	s, err := dec.NewDecoder().String(string(raw))
	if err != nil {
		t.Error(err)
	}
	return strings.ReplaceAll(s, "\r\n", "\n")
}
