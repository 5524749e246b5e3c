package mapi_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/mapi"
)

func encode(t *testing.T, m *mapi.Message) string {
	t.Helper()
	var b bytes.Buffer
	if err := mapi.EncodeJSON(t.Context(), &b, m); err != nil {
		t.Fatal(err)
	}
	if !json.Valid(b.Bytes()) {
		t.Fatalf("not JSON: %s", b.Bytes())
	}
	return b.String()
}

func TestEncodeJSON(t *testing.T) {
	t.Run("empty", func(t *testing.T) {
		want := "{\n  \"properties\": [],\n  \"recipients\": [],\n  \"attachments\": []\n}"
		if diff := cmp.Diff(want, encode(t, new(mapi.Message))); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("message", func(t *testing.T) {
		m := new(mapi.Message)
		mapi.PidTagSubject.Set(&m.Properties, "Hello")
		mapi.PidLidLocation.Set(&m.Properties, "Room 1")
		m.Properties.Set(mapi.HeaderKey("x-mailer"), mapi.String("..."))
		m.Recipients = make([]mapi.Recipient, 2)
		mapi.PidTagRowid.Set(&m.Recipients[1].Properties, 1)
		inner := &mapi.Message{Attachments: []*mapi.Attachment{{}}}
		m.Attachments = []*mapi.Attachment{{Content: mapi.Bytes("abc")}, {Message: inner}, {Content: mapi.Bytes(nil)}}
		mapi.PidTagAttachMethod.Set(&m.Attachments[1].Properties, mapi.AttachEmbeddedMessage)
		want := `{
  "properties": [
    {"name": "PidTagSubject", "tag": "0x0037001F", "type": "PtypString", "value": "Hello"},
    {"name": "PidLidLocation", "set": "{00062002-0000-0000-C000-000000000046}", "lid": "0x00008208", "type": "PtypString", "value": "Room 1"},
    {"set": "{00020386-0000-0000-C000-000000000046}", "string": "x-mailer", "type": "PtypString", "value": "..."}
  ],
  "recipients": [
    {"properties": []},
    {"properties": [
      {"name": "PidTagRowid", "tag": "0x30000003", "type": "PtypInteger32", "value": 1}
    ]}
  ],
  "attachments": [
    {"properties": [], "size": 3, "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "message": null},
    {"properties": [
      {"name": "PidTagAttachMethod", "tag": "0x37050003", "type": "PtypInteger32", "value": 5}
    ], "size": null, "sha256": null, "message": {
      "properties": [],
      "recipients": [],
      "attachments": [
        {"properties": [], "size": null, "sha256": null, "message": null}
      ]
    }},
    {"properties": [], "size": 0, "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "message": null}
  ]
}`
		if diff := cmp.Diff(want, encode(t, m)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestEncodeJSONValues(t *testing.T) {
	for _, tt := range []struct {
		name  string
		value mapi.Value
		want  string
	}{
		{"string", mapi.String("a\"\\\n\r\t\x00\x1b\x7fö😀</b>\u2028"), `"a\"\\\n\r\t\u0000\u001b\u007fö😀</b>\u2028"`},
		{"string8", mapi.String8("x"), `"x"`},
		{"invalid bytes", mapi.String("a\xff\xedb\xed\xa0\x80\xc3"), `"a` + "\uFFFD\uFFFDb\uFFFD\uFFFD\uFFFD\uFFFD" + `"`},
		{"U+FFFD itself", mapi.String("\uFFFD"), `"` + "\uFFFD" + `"`},
		{"bool", mapi.Bool(false), `false`},
		{"int16", mapi.Int16(-1), `-1`},
		{"int64 up to 2^53", mapi.Int64(1 << 53), `9007199254740992`},
		{"int64 beyond 2^53", mapi.Int64(1<<53 + 1), `"9007199254740993"`},
		{"int64 down to -2^53", mapi.Int64(-1 << 53), `-9007199254740992`},
		{"int64 below -2^53", mapi.Int64(math.MinInt64), `"-9223372036854775808"`},
		{"currency", mapi.CurrencyValue(15000), `15000`},
		{"error", mapi.ErrorCodeValue(0x8004010F), `2147746063`},
		{"float32", mapi.Float32(0.1), `0.1`},
		{"float64", mapi.Float64(1e300), `1e+300`},
		{"NaN", mapi.Float64(math.NaN()), `"NaN"`},
		{"infinity", mapi.Float32(float32(math.Inf(1))), `"Infinity"`},
		{"negative infinity", mapi.FloatingTimeValue(mapi.FloatingTime(math.Inf(-1))), `"-Infinity"`},
		{"time", mapi.TimeValue(0x01DD79AFD58CE000), `"2026-11-21T12:00:00Z"`},
		{"time with ticks", mapi.TimeValue(0x01DD79AFD58CE000 + 1), `"2026-11-21T12:00:00.0000001Z"`},
		{"time not set", mapi.TimeValue(0), `"filetime:0x0000000000000000"`},
		{"time out of range", mapi.TimeValue(-1), `"filetime:0xFFFFFFFFFFFFFFFF"`},
		{"guid", mapi.GUIDValue(mapi.PS_MAPI), `"{00020328-0000-0000-C000-000000000046}"`},
		{"binary", mapi.Binary([]byte{0xFF, 0xFE}), `"//4="`},
		{"lazy", mapi.LazyBinary(&mapi.SearchKey{AddressType: "A", Address: "B"}), `"QTpCAA=="`},
		{"server id", mapi.Opaque(mapi.PtypServerId, []byte{1}), `"AQ=="`},
		{"unknown type", mapi.Opaque(0x0123, []byte{1}), `"AQ=="`},
		{"object", mapi.Object(), `null`},
		{"null", mapi.Opaque(mapi.PtypNull, nil), `null`},
		{"strings", mapi.List([]string{"a", ""}), `["a", ""]`},
		{"no strings", mapi.List([]string{}), `[]`},
		{"times", mapi.List([]mapi.Time{-1}), `["filetime:0xFFFFFFFFFFFFFFFF"]`},
		{"numbers", mapi.List([]int64{1, 1<<53 + 1}), `[1, "9007199254740993"]`},
		{"floats", mapi.List([]float32{0.1}), `[0.1]`},
		{"guids", mapi.List([]mapi.GUID{{}}), `["{00000000-0000-0000-0000-000000000000}"]`},
		{"binaries", mapi.List([][]byte{{1}, nil}), `["AQ==", ""]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var m mapi.Message
			m.Properties.Set(mapi.Key{ID: 0x6900}, tt.value)
			typ := tt.value.Type()
			want := fmt.Sprintf(`{"tag": "0x6900%04X", "type": "%s", "value": %s}`, uint16(typ), typ, tt.want)
			got := strings.TrimSpace(strings.Split(encode(t, &m), "\n")[2])
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("name of a property in strange characters", func(t *testing.T) {
		var m mapi.Message
		m.Properties.Set(mapi.HeaderKey("a\"\n"), mapi.Int32(1))
		if got := encode(t, &m); !strings.Contains(got, `"string": "a\"\n", "type"`) {
			t.Error(got)
		}
	})
}

// brokenContent counts how often it is read, and fails where its fields say so.
type brokenContent struct {
	data  string
	size  int64
	fail  error
	opens int
}

func (c *brokenContent) Open(context.Context) (io.ReadCloser, error) {
	c.opens++
	r := io.Reader(strings.NewReader(c.data))
	if c.fail != nil {
		r = io.MultiReader(r, iotest.ErrReader(c.fail))
	}
	return io.NopCloser(iotest.OneByteReader(r)), nil
}

func (c *brokenContent) Size(context.Context) (int64, error) { return c.size, nil }

func nested(depth int, a *mapi.Attachment) *mapi.Message {
	m := &mapi.Message{Attachments: []*mapi.Attachment{a}}
	for range depth - 1 {
		m = &mapi.Message{Attachments: []*mapi.Attachment{{Message: m}}}
	}
	return m
}

func TestEncodeJSONErrors(t *testing.T) {
	t.Run("contents are read once", func(t *testing.T) {
		c := &brokenContent{data: "abcd", size: 4}
		got := encode(t, nested(3, &mapi.Attachment{Content: c}))
		if c.opens != 1 || !strings.Contains(got, fmt.Sprintf(`"size": 4, "sha256": "%x"`, sha256.Sum256([]byte("abcd")))) {
			t.Error(c.opens, got)
		}
	})
	t.Run("content that fails", func(t *testing.T) {
		fail := errors.New("broken disk")
		err := mapi.EncodeJSON(t.Context(), io.Discard, nested(2, &mapi.Attachment{Content: &brokenContent{fail: fail}}))
		if !errors.Is(err, fail) {
			t.Error(err)
		}
	})
	t.Run("writer that fails", func(t *testing.T) {
		m := new(mapi.Message)
		mapi.PidTagSubject.Set(&m.Properties, strings.Repeat("x", 100_000))
		r, w := io.Pipe()
		r.CloseWithError(io.ErrNoProgress)
		if err := mapi.EncodeJSON(t.Context(), w, m); err != io.ErrNoProgress {
			t.Error(err)
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		err := mapi.EncodeJSON(ctx, io.Discard, nested(1, &mapi.Attachment{Content: mapi.Bytes("x")}))
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	t.Run("depth is bounded", func(t *testing.T) {
		encode(t, nested(mapi.MaxJSONDepth, &mapi.Attachment{}))
		if err := mapi.EncodeJSON(t.Context(), io.Discard, nested(mapi.MaxJSONDepth+1, &mapi.Attachment{})); err == nil {
			t.Error("no error")
		}
		loop := nested(1, &mapi.Attachment{})
		loop.Attachments[0].Message = loop
		if err := mapi.EncodeJSON(t.Context(), io.Discard, loop); err == nil {
			t.Error("no error for a message within itself")
		}
	})
}
