package mapi2mime_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/mime2mapi"
)

// anyKeys are the keys of all properties that [MS-OXPROPS] knows, in their order.
func anyKeys(f *testing.F) []mapi.Key {
	var keys []mapi.Key
	for _, file := range []string{"properties.tsv", "names.tsv"} {
		data, err := os.ReadFile("../mapi/data/" + file)
		if err != nil {
			f.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			name, _, _ := strings.Cut(line, "\t")
			if key, _, ok := mapi.KeyOf(name); ok {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// anyValue returns a value of any type.
func (b *bag) anyValue() mapi.Value {
	n := func() int64 {
		return int64(binary.LittleEndian.Uint64(append(slices.Clone(b.bytes()), make([]byte, 8)...)))
	}
	switch b.byte() % 26 {
	case 0, 1, 2, 3:
		return mapi.String(b.text())
	case 4:
		return mapi.String8(b.text())
	case 5, 6:
		return mapi.Binary(b.bytes())
	case 7, 8:
		return mapi.Int32(int32(n()))
	case 9:
		return mapi.Bool(n()&1 == 1)
	case 10:
		return mapi.TimeValue(mapi.Time(n()))
	case 11:
		return mapi.Int16(int16(n()))
	case 12:
		return mapi.Int64(n())
	case 13:
		return mapi.Float64(math.Float64frombits(uint64(n())))
	case 14:
		return mapi.Float32(math.Float32frombits(uint32(n())))
	case 15:
		return mapi.CurrencyValue(mapi.Currency(n()))
	case 16:
		return mapi.FloatingTimeValue(mapi.FloatingTime(math.Float64frombits(uint64(n()))))
	case 17:
		return mapi.ErrorCodeValue(mapi.ErrorCode(n()))
	case 18:
		return mapi.GUIDValue(mapi.GUID(append(slices.Clone(b.bytes()), make([]byte, 16)...)))
	case 19:
		return mapi.Object()
	case 20:
		return mapi.Opaque(mapi.PropType(n()), b.bytes())
	case 21:
		return mapi.List([]string{b.text(), b.text()})
	case 22:
		return mapi.List([][]byte{b.bytes(), b.bytes()})
	case 23:
		return mapi.List([]int32{int32(n()), int32(n())})
	case 24:
		return mapi.List([]mapi.Time{mapi.Time(n())})
	}
	return mapi.Value{}
}

// anyProperties sets properties of any kind to values of any kind.
func (b *bag) anyProperties(p *props, keys []mapi.Key) {
	for range b.byte() % 8 {
		i := int(b.byte()) | int(b.byte())<<8
		switch key := keys[i%len(keys)]; {
		case i >= 0xF000: // a tag that nobody knows
			p.Set(mapi.Key{ID: uint16(i)}, b.anyValue())
		case i >= 0xE000:
			p.Set(mapi.HeaderKey(b.text()), b.anyValue())
		default:
			p.Set(key, b.anyValue())
		}
	}
}

// addAny adds such properties to everything of a message that has some.
func (b *bag) addAny(m *mapi.Message, keys []mapi.Key) {
	for list := []*mapi.Message{m}; len(list) > 0; list = list[1:] {
		m := list[0]
		b.anyProperties(&m.Properties, keys)
		for i := range m.Recipients {
			b.anyProperties(&m.Recipients[i].Properties, keys)
		}
		for _, a := range m.Attachments {
			b.anyProperties(&a.Properties, keys)
			if a.Message != nil {
				list = append(list, a.Message)
			}
		}
	}
}

// FuzzThereAndBack converts message objects with properties of all kinds and types
// to MIME, back, and so on. None fails for a reason of our own; what is written
// follows the rules of mail and reads back without damage; and after the first trip
// nothing changes any more.
func FuzzThereAndBack(f *testing.F) {
	keys := anyKeys(f)
	for i, s := range hostileTexts {
		seed := []byte{byte(i), byte(i), 2, 0, byte(i), byte(len(s))}
		seed = append(append(seed, s...), 1, 1, 1, 3, 'a', '@', 'b')
		f.Add(append(seed, 3, byte(i), 1, 0, byte(len(s)), 'x', byte(i), 0xEF, 1, 'y', 0))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b := &bag{data}
		o := b.options()
		m := b.message(0)
		b.addAny(m, keys)
		first, ok := convertAny(t, m, o)
		if !ok {
			return
		}
		second := secondTrip(t, first)
		if third := secondTrip(t, second); !bytes.Equal(second, third) {
			t.Errorf("the second trip changes the message:\n%q\n%q", second, third)
		}
	})
}

// convertAny writes a message and checks what was written.
func convertAny(t *testing.T, m *mapi.Message, o *mapi2mime.Options) ([]byte, bool) {
	t.Helper()
	var out bytes.Buffer
	res, err := mapi2mime.Convert(context.Background(), &out, m, o)
	if err != nil {
		var failure *diag.Error
		if !errors.As(err, &failure) || failure.Reason == diag.Internal {
			t.Fatalf("%v\n%s", err, failure.Stack)
		}
		return nil, false
	}
	checkOutput(t, out.Bytes(), res)
	return out.Bytes(), true
}

// secondTrip converts a message to an object and back. What was written before can
// be read and written again, whatever it is.
func secondTrip(t *testing.T, raw []byte) []byte {
	t.Helper()
	res, err := mime2mapi.Convert(context.Background(), bytes.NewReader(raw), &mime2mapi.Options{Limits: unlimited, Key: fixed.Key})
	if err != nil {
		t.Fatalf("to an object: %v", err)
	}
	defer res.Close()
	out, ok := convertAny(t, res.Message, &fixed)
	if !ok {
		t.Fatalf("what was written cannot be written again")
	}
	return out
}
