package mapi_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/mapi"
)

func TestPropType(t *testing.T) {
	t.Run("MAPI-T-001 sizes of fixed types", func(t *testing.T) {
		want := map[mapi.PropType]int{
			mapi.PtypInteger16: 2, mapi.PtypInteger32: 4, mapi.PtypFloating32: 4, mapi.PtypFloating64: 8,
			mapi.PtypCurrency: 8, mapi.PtypFloatingTime: 8, mapi.PtypErrorCode: 4, mapi.PtypBoolean: 1,
			mapi.PtypInteger64: 8, mapi.PtypTime: 8, mapi.PtypGuid: 16,
			mapi.PtypString: 0, mapi.PtypString8: 0, mapi.PtypBinary: 0, mapi.PtypObject: 0, mapi.PtypNull: 0,
			mapi.PtypMultipleInteger32: 0,
		}
		for typ, size := range want {
			if typ.Size() != size {
				t.Errorf("%s has %d bytes, want %d", typ, typ.Size(), size)
			}
		}
	})
	t.Run("MAPI-T-004 instance types are stored without their mark", func(t *testing.T) {
		if got := mapi.PropType(0x301F).Stored(); got != mapi.PtypMultipleString {
			t.Error(got)
		}
		if got := mapi.Opaque(0x3102, nil).Type(); got != mapi.PtypMultipleBinary {
			t.Error(got)
		}
		if name, _ := mapi.TagName(0x3A1B301F); name != "PidTagBusiness2TelephoneNumbers" {
			t.Error(name)
		}
	})
	t.Run("names", func(t *testing.T) {
		for typ, want := range map[mapi.PropType]string{
			0x0000: "PtypUnspecified", 0x0003: "PtypInteger32", 0x001E: "PtypString8", 0x0102: "PtypBinary",
			0x00FE: "PtypRuleAction", 0x1003: "PtypMultipleInteger32", 0x101F: "PtypMultipleString",
			0x1048: "PtypMultipleGuid", 0x1102: "PtypMultipleBinary",
			0x100B: "Ptyp0x100B", 0x100A: "Ptyp0x100A", 0x100D: "Ptyp0x100D", 0x10FB: "Ptyp0x10FB",
			0x1000: "Ptyp0x1000", 0x0123: "Ptyp0x0123", 0xFFFF: "Ptyp0xFFFF",
		} {
			if got := typ.String(); got != want {
				t.Errorf("0x%04X is %s, want %s", uint16(typ), got, want)
			}
			if typ.Known() != (want[:6] != "Ptyp0x") {
				t.Errorf("Known(0x%04X) = %v", uint16(typ), typ.Known())
			}
		}
	})
}

func TestGUID(t *testing.T) {
	const text = "{00062008-0000-0000-C000-000000000046}"
	want := mapi.GUID{0x08, 0x20, 0x06, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}
	t.Run("MAPI-T-002 wire order", func(t *testing.T) {
		if mapi.PSETID_Common != want || want.String() != text {
			t.Errorf("%x is %s", mapi.PSETID_Common, want)
		}
		mixed := mapi.GUID{0x90, 0xDA, 0xD8, 0x6E, 0x0B, 0x45, 0x1B, 0x10, 0x98, 0xDA, 0, 0xAA, 0, 0x3F, 0x13, 0x05}
		if mapi.PSETID_Meeting != mixed {
			t.Errorf("% X", mapi.PSETID_Meeting)
		}
	})
	for _, s := range []string{text, text[1:37], "{00062008-0000-0000-c000-000000000046}"} {
		if got, err := mapi.ParseGUID(s); err != nil || got != want {
			t.Errorf("ParseGUID(%q) = %s, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "{}", text[:37], text[1:], "{00062008+0000-0000-C000-000000000046}", "{0006200G-0000-0000-C000-000000000046}"} {
		if got, err := mapi.ParseGUID(s); err == nil {
			t.Errorf("ParseGUID(%q) = %s", s, got)
		}
	}
}

func TestTime(t *testing.T) {
	noon := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	t.Run("MAPI-T-003 example", func(t *testing.T) {
		if got, ok := mapi.TimeOf(noon); !ok || got != 0x01DD79AFD58CE000 {
			t.Errorf("%x", got)
		}
		if got, ok := mapi.Time(0x01DD79AFD58CE000).Time(); !ok || !got.Equal(noon) {
			t.Error(got)
		}
	})
	t.Run("MAPI-T-003 zero and negative are not set", func(t *testing.T) {
		for _, v := range []mapi.Time{0, -1, math.MinInt64, mapi.MaxTime + 1, math.MaxInt64} {
			if got, ok := v.Time(); ok {
				t.Errorf("%d is %s", v, got)
			}
		}
	})
	t.Run("MAPI-T-003 none is in 4501", func(t *testing.T) {
		if got, ok := mapi.TimeNone.Time(); !ok || !got.Equal(time.Date(4501, 1, 1, 0, 0, 0, 0, time.UTC)) {
			t.Error(got, ok)
		}
	})
	for _, tt := range []struct {
		name string
		time time.Time
		want mapi.Time
		ok   bool
	}{
		{"Unix epoch", time.Unix(0, 0), 0x019DB1DED53E8000, true},
		{"before the Unix epoch", time.Unix(-1, 999_999_900), 0x019DB1DED53E8000 - 1, true},
		{"other zone", noon.In(time.FixedZone("", 3600)), 0x01DD79AFD58CE000, true},
		{"first", time.Date(1601, 1, 1, 0, 0, 0, 100, time.UTC), 1, true},
		{"last", time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC), mapi.MaxTime, true},
		{"means not set", time.Date(1601, 1, 1, 0, 0, 0, 0, time.UTC), 0, false},
		{"too early", time.Date(1600, 12, 31, 23, 59, 59, 0, time.UTC), 0, false},
		{"too late", time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), 0, false},
		{"zero", time.Time{}, 0, false},
	} {
		got, ok := mapi.TimeOf(tt.time)
		if got != tt.want || ok != tt.ok {
			t.Errorf("%s: %d %v, want %d %v", tt.name, got, ok, tt.want, tt.ok)
		}
		if !ok {
			continue
		}
		if back, ok := got.Time(); !ok || !back.Equal(tt.time.Truncate(100)) {
			t.Errorf("%s comes back as %s", tt.name, back)
		}
	}
}

func TestValue(t *testing.T) {
	nan32 := math.Float32frombits(0x7FC00001)
	for name, v := range map[string]struct {
		value mapi.Value
		typ   mapi.PropType
		any   any
	}{
		"bool":          {mapi.Bool(true), mapi.PtypBoolean, true},
		"int16":         {mapi.Int16(-2), mapi.PtypInteger16, int16(-2)},
		"int32":         {mapi.Int32(math.MinInt32), mapi.PtypInteger32, int32(math.MinInt32)},
		"int64":         {mapi.Int64(math.MinInt64), mapi.PtypInteger64, int64(math.MinInt64)},
		"float32":       {mapi.Float32(1.5), mapi.PtypFloating32, float32(1.5)},
		"float64":       {mapi.Float64(-0.1), mapi.PtypFloating64, -0.1},
		"currency":      {mapi.CurrencyValue(-15), mapi.PtypCurrency, mapi.Currency(-15)},
		"floating time": {mapi.FloatingTimeValue(2.5), mapi.PtypFloatingTime, mapi.FloatingTime(2.5)},
		"error":         {mapi.ErrorCodeValue(0x8004010F), mapi.PtypErrorCode, mapi.ErrorCode(0x8004010F)},
		"time":          {mapi.TimeValue(-1), mapi.PtypTime, mapi.Time(-1)},
		"string":        {mapi.String("x"), mapi.PtypString, "x"},
		"string8":       {mapi.String8("x"), mapi.PtypString8, "x"},
		"guid":          {mapi.GUIDValue(mapi.PS_MAPI), mapi.PtypGuid, mapi.PS_MAPI},
		"binary":        {mapi.Binary([]byte{1}), mapi.PtypBinary, []byte{1}},
		"lazy":          {mapi.LazyBinary(&mapi.SearchKey{AddressType: "a", Address: "b"}), mapi.PtypBinary, []byte("A:B\x00")},
		"object":        {mapi.Object(), mapi.PtypObject, nil},
		"server id":     {mapi.Opaque(mapi.PtypServerId, []byte{2}), mapi.PtypServerId, []byte{2}},
		"int16s":        {mapi.List([]int16{1}), mapi.PtypMultipleInteger16, []int16{1}},
		"int32s":        {mapi.List([]int32{1}), mapi.PtypMultipleInteger32, []int32{1}},
		"int64s":        {mapi.List([]int64{1}), mapi.PtypMultipleInteger64, []int64{1}},
		"float32s":      {mapi.List([]float32{nan32}), mapi.PtypMultipleFloating32, nil},
		"float64s":      {mapi.List([]float64{math.Inf(1)}), mapi.PtypMultipleFloating64, []float64{math.Inf(1)}},
		"currencies":    {mapi.List([]mapi.Currency{1}), mapi.PtypMultipleCurrency, []mapi.Currency{1}},
		"days":          {mapi.List([]mapi.FloatingTime{1}), mapi.PtypMultipleFloatingTime, []mapi.FloatingTime{1}},
		"times":         {mapi.List([]mapi.Time{1}), mapi.PtypMultipleTime, []mapi.Time{1}},
		"strings":       {mapi.List([]string{"", "x"}), mapi.PtypMultipleString, []string{"", "x"}},
		"guids":         {mapi.List([]mapi.GUID{{}}), mapi.PtypMultipleGuid, []mapi.GUID{{}}},
		"binaries":      {mapi.List([][]byte{{1}, nil}), mapi.PtypMultipleBinary, [][]byte{{1}, nil}},
	} {
		t.Run(name, func(t *testing.T) {
			if v.value.Type() != v.typ {
				t.Errorf("type %s, want %s", v.value.Type(), v.typ)
			}
			if name != "float32s" {
				if diff := cmp.Diff(v.any, v.value.Any()); diff != "" {
					t.Error(diff)
				}
			}
			if !v.value.Equal(v.value) {
				t.Error("is not equal to itself")
			}
			if v.value.Equal(mapi.String("other")) || mapi.String("other").Equal(v.value) {
				t.Error("is equal to something else")
			}
		})
	}
	for name, pair := range map[string][2]mapi.Value{
		"types":         {mapi.Int32(1), mapi.Int16(1)},
		"string types":  {mapi.String("x"), mapi.String8("x")},
		"numbers":       {mapi.Int32(1), mapi.Int32(2)},
		"floats":        {mapi.Float64(0), mapi.Float64(math.Copysign(0, -1))},
		"bytes":         {mapi.Binary([]byte("a")), mapi.Binary([]byte("b"))},
		"lists":         {mapi.List([]string{"a"}), mapi.List([]string{"a", "b"})},
		"float lists":   {mapi.List([]float64{0}), mapi.List([]float64{math.Copysign(0, -1)})},
		"lists of text": {mapi.List([][]byte{{1}}), mapi.List([][]byte{{2}})},
		"held as bytes": {mapi.List([]string{"a"}), mapi.Opaque(mapi.PtypMultipleString, []byte("a"))},
	} {
		if pair[0].Equal(pair[1]) || pair[1].Equal(pair[0]) {
			t.Errorf("different %s are equal", name)
		}
	}
	if !mapi.LazyBinary(&mapi.SearchKey{AddressType: "A", Address: "B"}).Equal(mapi.Binary([]byte("A:B\x00"))) {
		t.Error("a lazy value does not equal the bytes it makes")
	}
}

func TestValueViews(t *testing.T) {
	integers := []mapi.Value{mapi.Int16(-7), mapi.Int32(-7), mapi.Int64(-7), mapi.CurrencyValue(-7), mapi.TimeValue(-7)}
	for _, v := range integers {
		if n, ok := v.Int(); !ok || n != -7 {
			t.Errorf("%s: %d %v", v.Type(), n, ok)
		}
		if _, ok := v.Float(); ok {
			t.Errorf("%s is a float", v.Type())
		}
	}
	if n, ok := mapi.ErrorCodeValue(0x80000001).Int(); !ok || n != 0x80000001 {
		t.Error(n, ok)
	}
	for _, v := range []mapi.Value{mapi.Float32(-0.5), mapi.Float64(-0.5), mapi.FloatingTimeValue(-0.5)} {
		if f, ok := v.Float(); !ok || f != -0.5 {
			t.Errorf("%s: %v %v", v.Type(), f, ok)
		}
		if _, ok := v.Int(); ok {
			t.Errorf("%s is an integer", v.Type())
		}
	}
	if g, ok := mapi.GUIDValue(mapi.PSETID_Task).GUID(); !ok || g != mapi.PSETID_Task {
		t.Error(g, ok)
	}
	if _, ok := mapi.String("0123456789abcdef").GUID(); ok {
		t.Error("a string is a GUID")
	}
	if tm, ok := mapi.TimeValue(5).Time(); !ok || tm != 5 {
		t.Error(tm, ok)
	}
	if s, ok := mapi.String8("x").Text(); !ok || s != "x" {
		t.Error(s, ok)
	}
	if b, ok := mapi.Int32(1).Bytes(); ok {
		t.Error(b)
	}
	if diff := cmp.Diff([]string{"x"}, mapi.List([]string{"x"}).Elements()); diff != "" {
		t.Error(diff)
	}
	if e := mapi.Binary([]byte{1}).Elements(); e != nil {
		t.Error(e)
	}
}
