package mapi2mime_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi2mime"
)

// FuzzLimits writes any message within limits that it reaches. One that is passed is
// named, with nothing written; without a failure none is passed.
func FuzzLimits(f *testing.F) {
	for i := range 7 {
		f.Add([]byte("\x00\x00\x02\x00\x00\x0ELonger subject\x00\x01\x05Words\x02\x01\x01\x03Bob\x00\x03b@c\x00\x00\x01\x01\x03Tom\x00\x03t@c\x00\x00\x02\x01\x01\x05\x05a.png\x00\x01\x05\x01x\x00\x00\x00\x00\x01\x00\x00\x03abc"), uint8(1)<<i)
	}
	f.Fuzz(func(t *testing.T, data []byte, bits uint8) {
		few := func(i int, n int64) int64 { return []int64{limits.None, n}[bits>>i&1] }
		b := &bag{data}
		o := b.options()
		o.Limits = limits.Limits{
			MaxMimeTextHeaderLength: few(0, 40), MaxMimeSubjectLength: few(1, 10), MSize: few(2, 600), MaxMimeRecipients: few(3, 1),
			MaxRecipientPropertyLength: few(4, 12), MaxBodyPartsTotal: few(5, 2), MaxEmbeddedMessageDepth: few(6, 1),
		}
		var out bytes.Buffer
		res, err := mapi2mime.Convert(context.Background(), &out, b.message(0), o)
		if err != nil {
			checkRefusal(t, "limits", err, out.Len())
			checkNamed(t, err, o.Limits.All())
			return
		}
		if l := o.Limits.Size(); l.Exceeded(int64(out.Len())) {
			t.Errorf("%d bytes are beyond %s", out.Len(), l.Name)
		}
		if l := o.Limits.BodyParts(); l.Exceeded(res.Entities) {
			t.Errorf("%d entities are beyond %s", res.Entities, l.Name)
		}
		checkOutput(t, out.Bytes(), res)
	})
}

// checkNamed holds the failure of a limit to naming it, with its bound.
func checkNamed(t *testing.T, err error, all []limits.Limit) {
	t.Helper()
	var failure *diag.Error
	if !errors.As(err, &failure) || failure.Reason != diag.LimitExceeded {
		return
	}
	var passed *limits.ExceededError
	if !errors.As(err, &passed) {
		t.Fatalf("%v names no limit", err)
	}
	if !slices.Contains(all, limits.Limit{Name: passed.Name, Max: passed.Limit}) || passed.Actual <= passed.Limit {
		t.Errorf("%+v is none of the limits", *passed)
	}
	if s := failure.Detail(); !strings.Contains(s, passed.Name) || strings.ContainsAny(s, "\r\n\x00\x1b") {
		t.Errorf("the failure says %q", s)
	}
}
