package mapi2mime_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/msg"
)

// notInTNEF are the properties that need not come back from TNEF: those that the
// format's writers leave out (digest of [MS-OXTNEF], section 7), and of the
// outermost message those that its header says.
var notInTNEF = map[uint16]string{
	mapi.PidTagMessageFlags.ID():            "a state of the store",
	mapi.PidTagHasAttachments.ID():          "computed",
	mapi.PidTagMessageSize.ID():             "computed",
	mapi.PidTagRecordKey.ID():               "a key of the store",
	mapi.PidTagRecipientType.ID():           "of a recipient",
	mapi.PidTagAttachSize.ID():              "computed",
	mapi.PidTagAttachNumber.ID():            "computed",
	mapi.PidTagDisplayBcc.ID():              "blind copies",
	mapi.PidTagOriginalDisplayBcc.ID():      "blind copies",
	mapi.PidTagTransportMessageHeaders.ID(): "the header is a new one",
	mapi.PidTagDisplayTo.ID():               "computed of the header",
	mapi.PidTagDisplayCc.ID():               "computed of the header",
	mapi.PidTagTnefCorrelationKey.ID():      "the Message-ID of the header",
}

// Everything else of every .msg comes back from a message that was sent as TNEF, to
// whoever trusts its sender.
func TestTNEFKeepsEveryProperty(t *testing.T) {
	dir := os.Getenv("CONTENTCONV_CORPUS")
	if dir == "" {
		t.Skip("CONTENTCONV_CORPUS is not set")
	}
	none := limits.Limits{
		MaxMimeTextHeaderLength: limits.None, MaxMimeSubjectLength: limits.None, MaxRecipientPropertyLength: limits.None,
		MaxBodyPartsTotal: limits.None, MaxEmbeddedMessageDepth: limits.None, MaxMimeRecipients: limits.None,
	}
	files, properties := 0, 0
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.EqualFold(filepath.Ext(path), ".msg") {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, err := msg.Read(t.Context(), bytes.NewReader(b), int64(len(b)), &msg.ReadOptions{Limits: none})
		if err != nil {
			return nil // mime4j's messages, too, have this extension
		}
		if strings.Contains(strings.ToUpper(mapi.PidTagMessageClass.Or(&file.Message.Properties, "")), "SMIME") {
			return nil // never sent as TNEF
		}
		files++
		rel, _ := filepath.Rel(dir, path)
		t.Run(filepath.ToSlash(rel), func(t *testing.T) {
			var mail bytes.Buffer
			_, err := mapi2mime.Convert(t.Context(), &mail, file.Message, &mapi2mime.Options{TNEF: mapi2mime.AlwaysTNEF, Purpose: mapi2mime.Retrieval, Limits: none, Trusted: true})
			if err != nil {
				t.Fatal(err)
			}
			res, err := mime2mapi.Convert(t.Context(), &mail, &mime2mapi.Options{Limits: none, Trusted: true})
			if err != nil {
				t.Fatal(err)
			}
			defer res.Close()
			properties += compareKept(t, "", file.Message, res.Message)
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files, %d properties", files, properties)
}

// compareKept compares all that is to be kept of a message and what is in it, and
// returns how many properties that were.
func compareKept(t *testing.T, at string, want, got *mapi.Message) int {
	n := compareProperties(t, at, &want.Properties, &got.Properties)
	if len(want.Attachments) != len(got.Attachments) {
		t.Errorf("%sattachments: %d, were %d", at, len(got.Attachments), len(want.Attachments))
		return n
	}
	for i, a := range want.Attachments {
		at, back := fmt.Sprintf("%sattachment %d ", at, i), got.Attachments[i]
		n += compareProperties(t, at, &a.Properties, &back.Properties)
		switch {
		case a.Message != nil && back.Message != nil:
			n += compareKept(t, at, a.Message, back.Message)
		case (a.Message == nil) != (back.Message == nil) || (a.Content == nil) != (back.Content == nil):
			t.Errorf("%sis another kind", at)
		case a.Content != nil && a.Method() != mapi.AttachOLE: // of an object the file is laid out anew
			if contentHash(a) != contentHash(back) {
				t.Errorf("%scontent differs", at)
			}
		}
	}
	return n
}

func compareProperties(t *testing.T, at string, want, got *mapi.Properties) (n int) {
	for p := range want.All() {
		switch {
		case p.Name == nil && notInTNEF[p.ID] != "", !mapi.Transmittable(p) && !isVerbStream(p):
			continue
		case p.ID == mapi.PidTagNativeBody.ID() && !namesBody(want):
			continue // repaired
		case p.ID == mapi.PidTagAttachFilename.ID() && mapi.PidTagAttachFilename.Or(want, "x") == "":
			continue // completed
		}
		n++
		v, ok := got.Get(p.Key())
		switch {
		case !ok:
			t.Errorf("%s%s is gone", at, keyName(p))
		case !sameFact(v, p.Value):
			t.Errorf("%s%s is %s, was %s", at, keyName(p), short(v), short(p.Value))
		}
	}
	return n
}

// sameFact reports whether values are equal, but for the width of the characters of
// a text and the NULs at its end: strings of streams are Unicode, without them.
func sameFact(got, want mapi.Value) bool {
	if a, ok := got.Text(); ok {
		b, ok := want.Text()
		return ok && a == strings.TrimRight(b, "\x00")
	}
	return got.Equal(want)
}

// namesBody reports whether PidTagNativeBody names a body that is there.
func namesBody(p *mapi.Properties) bool {
	switch mapi.PidTagNativeBody.Or(p, 0) {
	case 1:
		return mapi.PidTagBody.Has(p)
	case 2:
		return mapi.PidTagRtfCompressed.Has(p)
	case 3:
		return mapi.PidTagHtml.Has(p)
	}
	return false
}

func isVerbStream(p mapi.Property) bool {
	return p.Name != nil && p.Name.Equal(mapi.PidLidVerbStream.Name)
}

func keyName(p mapi.Property) string {
	if p.Name != nil {
		return fmt.Sprint(*p.Name)
	}
	return fmt.Sprintf("0x%04X", p.ID)
}

func short(v mapi.Value) string {
	s := fmt.Sprint(v.Any())
	return s[:min(len(s), 100)]
}
