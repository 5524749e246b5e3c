package mime2mapi_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	gomessage "github.com/emersion/go-message"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
)

// fuzzOptions makes options of bits, with limits that messages reach.
func fuzzOptions(bits uint32) *mime2mapi.Options {
	has := func(i int) bool { return bits>>i&1 != 0 }
	few := func(i int, n int64) int64 { return []int64{0, n}[bits>>i&1] }
	return &mime2mapi.Options{
		Limits: limits.Limits{
			MaxMimeTextHeaderLength: few(0, 40), MaxMimeSubjectLength: few(1, 10), MSize: few(2, 600), MaxMimeRecipients: few(3, 2),
			MaxRecipientPropertyLength: few(4, 12), MaxBodyPartsTotal: few(5, 3), MaxEmbeddedMessageDepth: few(6, 1),
		},
		ShortenText: has(7), Trusted: has(8), Unflow: has(9), UnwrapSigned: has(10), Calendars: mime2mapi.Calendars(bits >> 11 & 3 % 3),
		AttachedCalendars: has(13), Tasks: has(14), Contacts: has(15), PlainFromHTML: has(16), HTMLFromPlain: has(17),
		NoGenericHeaders: has(18), SuppressAutoReplies: has(19), Embedded: has(20),
		PromoteHeader:  func(name string) bool { return len(name)%2 == int(bits>>21&1) },
		DefaultCharset: []string{"", "iso-2022-jp", "koi8-r", "utf-16"}[bits>>22&3],
		MaxBodyText:    few(24, 100), Domains: []string{"example.com"}, Key: []byte("fuzz"), Now: time.Unix(1e9, 0),
	}
}

// FuzzOptions converts anything with any options. A limit that is passed is named, and
// without a failure none is; a go-message entity of the same bytes is no worse.
func FuzzOptions(f *testing.F) {
	names, err := filepath.Glob("../testdata/eml/*.eml")
	if err != nil || len(names) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for i, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b, uint32(0xFFFFFF80))
		f.Add(b, uint32(1)<<(i%7)|uint32(i)<<7)
	}
	f.Fuzz(func(t *testing.T, eml []byte, bits uint32) {
		ctx := context.Background()
		o := fuzzOptions(bits)
		res, err := mime2mapi.ConvertAt(ctx, bytes.NewReader(eml), int64(len(eml)), o)
		checkOutcome(t, res, err, o, int64(len(eml)))
		e, _ := gomessage.Read(bytes.NewReader(eml))
		if e == nil {
			return // it is no message for go-message, or one with a charset that it lacks
		}
		res, err = mime2mapi.ConvertEntity(ctx, e, o)
		var failure *diag.Error
		if errors.As(err, &failure) && failure.Reason == diag.IO {
			return // go-message could not read a body
		}
		checkOutcome(t, res, err, o, -1)
	})
}

// checkOutcome holds a result to its limits, and a failure to naming the one that was
// passed. The size is that of the message, -1 where it was written anew.
func checkOutcome(t *testing.T, res *mime2mapi.Result, err error, o *mime2mapi.Options, size int64) {
	t.Helper()
	if err != nil {
		checkLimit(t, err, o)
		return
	}
	defer res.Close()
	checkParts(t, res)
	if l := o.Limits.Size(); l.Exceeded(size) {
		t.Errorf("%d bytes are beyond %s", size, l.Name)
	}
	if n, l := len(res.Message.Recipients), o.Limits.Recipients(); l.Exceeded(int64(n)) {
		t.Errorf("%d recipients are beyond %s", n, l.Name)
	}
	if s, l := mapi.Subject(&res.Message.Properties), o.Limits.Subject(); l.Exceeded(limits.Length(s)) {
		t.Errorf("the subject %q is beyond %s", s, l.Name)
	}
	if n, l := depth(res.Message), o.Limits.EmbeddedDepth(); l.Exceeded(n) {
		t.Errorf("%d levels of messages are beyond %s", n, l.Name)
	}
	for i := range res.Message.Recipients {
		name := mapi.PidTagDisplayName.Or(&res.Message.Recipients[i].Properties, "")
		if l := o.Limits.RecipientProperty(); l.Exceeded(limits.Length(name)) {
			t.Errorf("the name %q is beyond %s", name, l.Name)
		}
	}
	if err := res.Verify(context.Background()); err != nil {
		t.Error(err)
	}
}

func checkLimit(t *testing.T, err error, o *mime2mapi.Options) {
	t.Helper()
	checkFailure(t, err, false)
	var failure *diag.Error
	var passed *limits.ExceededError
	if !errors.As(err, &failure) || !errors.As(err, &passed) {
		t.Fatalf("%v names no limit", err)
	}
	i := slices.IndexFunc(o.Limits.All(), func(l limits.Limit) bool { return l.Name == passed.Name })
	if i < 0 || o.Limits.All()[i].Max != passed.Limit || passed.Actual <= passed.Limit {
		t.Errorf("%+v is none of the limits", *passed)
	}
	if s := failure.Detail(); !strings.Contains(s, passed.Name) || strings.ContainsAny(s, "\r\n\x00\x1b") {
		t.Errorf("the failure says %q", s)
	}
}

// depth is how many messages are within one another, the outermost not counted.
func depth(m *mapi.Message) (n int64) {
	for _, a := range m.Attachments {
		if a.Message != nil {
			n = max(n, depth(a.Message)+1)
		}
	}
	return n
}
