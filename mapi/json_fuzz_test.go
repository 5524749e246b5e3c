package mapi_test

import (
	"bytes"
	"encoding/json"
	"math"
	"testing"
	"unicode/utf8"

	"github.com/contentconv/contentconv/mapi"
)

// FuzzJSON writes values of every type, under any tag and name: what comes out is one
// JSON object in UTF-8, and the same each time.
func FuzzJSON(f *testing.F) {
	f.Add(uint16(0x37), "Keywords", "text \x00\xff\u2028", []byte{1, 2, 3}, int64(math.MaxInt64), uint16(0))
	f.Add(uint16(0x8000), "", "</script>\\\"", []byte{}, int64(math.MinInt64), uint16(0x1F))
	f.Add(uint16(0xFFFE), "a\"\r\n", "\xed\xa0\x80", []byte("\xff"), int64(0x7FF8000000000001), uint16(0x101F))
	f.Fuzz(func(t *testing.T, id uint16, name, text string, data []byte, n int64, kind uint16) {
		values := []mapi.Value{
			mapi.String(text), mapi.String8(text), mapi.Binary(data), mapi.Bool(n&1 == 1), mapi.Int16(int16(n)), mapi.Int32(int32(n)), mapi.Int64(n),
			mapi.Float64(math.Float64frombits(uint64(n))), mapi.Float32(math.Float32frombits(uint32(n))), mapi.CurrencyValue(mapi.Currency(n)),
			mapi.TimeValue(mapi.Time(n)), mapi.FloatingTimeValue(mapi.FloatingTime(math.Float64frombits(uint64(n)))), mapi.ErrorCodeValue(mapi.ErrorCode(n)),
			mapi.Object(), mapi.Opaque(mapi.PropType(kind), data), mapi.List([]string{text, ""}), mapi.List([][]byte{data, nil}), mapi.List([]int64{n}), {},
		}
		bag := func(p *mapi.Properties) {
			for i, v := range values {
				p.Set(mapi.Key{ID: id + uint16(i)}, v)
				p.Set(mapi.Key{Name: mapi.Name{Set: mapi.PS_PUBLIC_STRINGS, String: name, LID: uint32(i)}}, v)
				p.Set(mapi.HeaderKey(name), v)
			}
		}
		m := &mapi.Message{Recipients: make([]mapi.Recipient, 2), Attachments: []*mapi.Attachment{{Content: mapi.Bytes(data)}, {}}}
		bag(&m.Properties)
		bag(&m.Recipients[0].Properties)
		bag(&m.Attachments[0].Properties)
		m.Attachments[1].Message = &mapi.Message{Properties: m.Properties.Clone()}
		var b, again bytes.Buffer
		if err := mapi.EncodeJSON(t.Context(), &b, m); err != nil {
			t.Fatal(err)
		}
		if !json.Valid(b.Bytes()) || !utf8.Valid(b.Bytes()) {
			t.Errorf("it is no JSON: %q", b.Bytes())
		}
		if err := mapi.EncodeJSON(t.Context(), &again, m); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Errorf("another time it is another (%v)", err)
		}
		p := m.Properties.Clone()
		if !p.Equal(m.Properties) {
			t.Error("a clone differs")
		}
		mapi.SetSubject(&p, text)
		mapi.Subject(&p)
	})
}
