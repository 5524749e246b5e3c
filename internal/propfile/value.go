package propfile

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/contentconv/contentconv/mapi"
)

// FirstNamed is the id from which on properties are named; LastNamed is the last
// that one can have.
const (
	FirstNamed = 0x8000
	LastNamed  = 0xFFFD
)

// LazyFrom is the size in bytes from which a binary value that is read is not
// kept in memory.
const LazyFrom = 1 << 20

// MaxRows bounds the recipients, attachments and messages of a file together.
const MaxRows = 1 << 18

// MaxNameSize bounds, in bytes of UTF-16, the name of a named property. Stores
// allow 254 and no sender needs more.
const MaxNameSize = 1024

// TagText names a property in a diagnostic.
func TagText(tag uint32) string {
	if name, ok := mapi.TagName(tag); ok && tag>>16 < FirstNamed {
		return name
	}
	return fmt.Sprintf("property 0x%08X", tag)
}

// FromRaw returns the value of a type of at most 8 bytes whose little-endian
// bytes are the low ones of raw. It reports false for other types.
//
// QUIRK: the bytes that a value does not need hold garbage in many files. For a
// boolean these are all but the first two ([MS-OXMSG] 2.4.2.1, [MS-OXTNEF] 2.1.3.4).
func FromRaw(t mapi.PropType, raw uint64) (v mapi.Value, ok bool) {
	switch t {
	case mapi.PtypInteger32:
		return mapi.Int32(int32(raw)), true
	case mapi.PtypBoolean:
		return mapi.Bool(uint16(raw) != 0), true
	case mapi.PtypTime:
		return mapi.TimeValue(mapi.Time(raw)), true
	case mapi.PtypInteger16:
		return mapi.Int16(int16(raw)), true
	case mapi.PtypInteger64:
		return mapi.Int64(int64(raw)), true
	case mapi.PtypFloating32:
		return mapi.Float32(math.Float32frombits(uint32(raw))), true
	case mapi.PtypFloating64:
		return mapi.Float64(math.Float64frombits(raw)), true
	case mapi.PtypCurrency:
		return mapi.CurrencyValue(mapi.Currency(raw)), true
	case mapi.PtypFloatingTime:
		return mapi.FloatingTimeValue(mapi.FloatingTime(math.Float64frombits(raw))), true
	case mapi.PtypErrorCode:
		return mapi.ErrorCodeValue(mapi.ErrorCode(raw)), true
	}
	return v, false
}

// ToRaw is the inverse of [FromRaw]; the bytes that a value does not need are
// zero.
func ToRaw(v mapi.Value) (raw uint64, ok bool) {
	if n, ok := v.Int(); ok {
		unused := 64 - 8*v.Type().Size()
		return uint64(n) << unused >> unused, true
	}
	switch v.Type() {
	case mapi.PtypBoolean, mapi.PtypFloating32, mapi.PtypFloating64, mapi.PtypFloatingTime:
	default:
		return 0, false
	}
	switch x := v.Any().(type) {
	case bool:
		if x {
			return 1, true
		}
	case float32:
		return uint64(math.Float32bits(x)), true
	case float64:
		return math.Float64bits(x), true
	case mapi.FloatingTime:
		return math.Float64bits(float64(x)), true
	}
	return 0, true
}

var le = binary.LittleEndian

// unpackers read the values of multi-valued types whose elements have a fixed
// size and stand one after the other.
var unpackers = map[mapi.PropType]func([]byte) mapi.Value{
	mapi.PtypMultipleInteger16:    unpacker(2, func(b []byte) int16 { return int16(le.Uint16(b)) }),
	mapi.PtypMultipleInteger32:    unpacker(4, func(b []byte) int32 { return int32(le.Uint32(b)) }),
	mapi.PtypMultipleInteger64:    unpacker(8, func(b []byte) int64 { return int64(le.Uint64(b)) }),
	mapi.PtypMultipleFloating32:   unpacker(4, func(b []byte) float32 { return math.Float32frombits(le.Uint32(b)) }),
	mapi.PtypMultipleFloating64:   unpacker(8, func(b []byte) float64 { return math.Float64frombits(le.Uint64(b)) }),
	mapi.PtypMultipleCurrency:     unpacker(8, func(b []byte) mapi.Currency { return mapi.Currency(le.Uint64(b)) }),
	mapi.PtypMultipleFloatingTime: unpacker(8, func(b []byte) mapi.FloatingTime { return mapi.FloatingTime(math.Float64frombits(le.Uint64(b))) }),
	mapi.PtypMultipleTime:         unpacker(8, func(b []byte) mapi.Time { return mapi.Time(le.Uint64(b)) }),
	mapi.PtypMultipleGuid:         unpacker(16, func(b []byte) mapi.GUID { return mapi.GUID(b) }),
}

func unpacker[T int16 | int32 | int64 | float32 | float64 | mapi.Currency | mapi.FloatingTime | mapi.Time | mapi.GUID](size int, read func([]byte) T) func([]byte) mapi.Value {
	return func(b []byte) mapi.Value {
		list := make([]T, 0, len(b)/size)
		for ; len(b) >= size; b = b[size:] {
			list = append(list, read(b[:size]))
		}
		return mapi.List(list)
	}
}

// Unpack returns the value of a multi-valued type whose elements have a fixed
// size. Bytes behind the last whole element are ignored. It reports false for
// other types.
func Unpack(t mapi.PropType, b []byte) (v mapi.Value, ok bool) {
	if unpack, ok := unpackers[t]; ok {
		return unpack(b), true
	}
	return v, false
}
