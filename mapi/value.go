package mapi

import (
	"math"
	"unsafe"
)

// A Value is the value of a property, with its type. Numbers, times, strings
// and bytes are held without a pointer of their own. Values are immutable: byte
// slices and lists given to a constructor, or got from a method, must not be
// changed.
type Value struct {
	typ  PropType
	form form
	num  uint64
	ptr  unsafe.Pointer
}

// Lazy makes a binary value when it is read. Entry ids and search keys are
// functions of a recipient's name and address, and few readers want them.
type Lazy interface {
	// Bytes returns the value; it is called at each read, by any goroutine.
	Bytes() []byte
}

// Type returns the value's type, or [PtypUnspecified] for the zero Value.
func (v Value) Type() PropType { return v.typ }

// IsZero reports whether v is the zero Value: none.
func (v Value) IsZero() bool { return v.typ == PtypUnspecified }

// Bool returns a PtypBoolean value.
func Bool(b bool) Value { return Value{typ: PtypBoolean, num: bit(b)} }

// Int16 returns a PtypInteger16 value.
func Int16(n int16) Value { return Value{typ: PtypInteger16, num: uint64(int64(n))} }

// Int32 returns a PtypInteger32 value.
func Int32(n int32) Value { return Value{typ: PtypInteger32, num: uint64(int64(n))} }

// Int64 returns a PtypInteger64 value.
func Int64(n int64) Value { return Value{typ: PtypInteger64, num: uint64(n)} }

// Float32 returns a PtypFloating32 value.
func Float32(f float32) Value {
	return Value{typ: PtypFloating32, num: uint64(math.Float32bits(f))}
}

// Float64 returns a PtypFloating64 value.
func Float64(f float64) Value { return Value{typ: PtypFloating64, num: math.Float64bits(f)} }

// CurrencyValue returns a PtypCurrency value.
func CurrencyValue(c Currency) Value { return Value{typ: PtypCurrency, num: uint64(c)} }

// FloatingTimeValue returns a PtypFloatingTime value.
func FloatingTimeValue(t FloatingTime) Value {
	return Value{typ: PtypFloatingTime, num: math.Float64bits(float64(t))}
}

// ErrorCodeValue returns a PtypErrorCode value.
func ErrorCodeValue(c ErrorCode) Value { return Value{typ: PtypErrorCode, num: uint64(c)} }

// TimeValue returns a PtypTime value.
func TimeValue(t Time) Value { return Value{typ: PtypTime, num: uint64(t)} }

// String returns a PtypString value.
func String(s string) Value { return textValue(PtypString, s) }

// String8 returns a PtypString8 value of text that was already decoded. Its
// bytes in a file depend on the message's code page.
func String8(s string) Value { return textValue(PtypString8, s) }

// GUIDValue returns a PtypGuid value.
func GUIDValue(g GUID) Value { return textValue(PtypGuid, string(g[:])) }

// Binary returns a PtypBinary value, which keeps b.
func Binary(b []byte) Value { return bytesValue(PtypBinary, b) }

// LazyBinary returns a PtypBinary value that is made when it is read.
func LazyBinary(l Lazy) Value { return lazyValue(l) }

// Object returns a PtypObject value. What it stands for, a message or a
// storage, is held by the [Attachment].
func Object() Value { return Value{typ: PtypObject} }

// Opaque returns a value of a type that is held as bytes: PtypServerId,
// PtypRestriction, PtypRuleAction, PtypBinary and types unknown here.
func Opaque(t PropType, b []byte) Value { return bytesValue(t.Stored(), b) }

// List returns a multi-valued value of the elements, whose type gives the
// value's type. A list of strings is a PtypMultipleString.
func List[T int16 | int32 | int64 | float32 | float64 | Currency | FloatingTime | Time | string | GUID | []byte](elements []T) Value {
	return listValue(typeOf[[]T](), elements)
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// Bool returns a PtypBoolean.
func (v Value) Bool() (b, ok bool) { return v.num != 0, v.typ == PtypBoolean }

// Int returns the number of any integer type, PtypErrorCode, PtypCurrency and
// PtypTime included.
func (v Value) Int() (int64, bool) {
	switch v.typ {
	case PtypInteger16, PtypInteger32, PtypInteger64, PtypErrorCode, PtypCurrency, PtypTime:
		return int64(v.num), true
	}
	return 0, false
}

// Float returns the number of any floating-point type.
func (v Value) Float() (float64, bool) {
	switch v.typ {
	case PtypFloating32:
		return float64(math.Float32frombits(uint32(v.num))), true
	case PtypFloating64, PtypFloatingTime:
		return math.Float64frombits(v.num), true
	}
	return 0, false
}

// Text returns a PtypString or a PtypString8.
func (v Value) Text() (string, bool) {
	if v.typ != PtypString && v.typ != PtypString8 {
		return "", false
	}
	return v.text(), true
}

// Bytes returns a PtypBinary, or a value of another type that is held as bytes.
func (v Value) Bytes() ([]byte, bool) {
	switch v.form {
	case formBytes:
		return v.bytes(), true
	case formEntryID, formSearchKey, formLazy:
		return v.lazy().Bytes(), true
	}
	return nil, false
}

// GUID returns a PtypGuid.
func (v Value) GUID() (g GUID, ok bool) {
	if v.typ != PtypGuid {
		return g, false
	}
	copy(g[:], v.text())
	return g, true
}

// Time returns a PtypTime.
func (v Value) Time() (Time, bool) { return Time(v.num), v.typ == PtypTime }

// Elements returns the slice of a multi-valued value ([]string, []int32 ...),
// or nil.
func (v Value) Elements() any {
	if v.form != formList {
		return nil
	}
	return v.list()
}

// Any returns the value as the Go type that its property type has: bool, int16,
// int32, int64, float32, float64, Currency, FloatingTime, ErrorCode, Time, string,
// GUID, []byte or a slice of one of these; nil for PtypObject, PtypNull and the
// zero Value.
func (v Value) Any() any {
	switch v.typ {
	case PtypUnspecified, PtypNull, PtypObject:
		return nil
	case PtypBoolean:
		return v.num != 0
	case PtypInteger16:
		return int16(v.num)
	case PtypInteger32:
		return int32(v.num)
	case PtypInteger64:
		return int64(v.num)
	case PtypFloating32:
		return math.Float32frombits(uint32(v.num))
	case PtypFloating64:
		return math.Float64frombits(v.num)
	case PtypCurrency:
		return Currency(v.num)
	case PtypFloatingTime:
		return FloatingTime(math.Float64frombits(v.num))
	case PtypErrorCode:
		return ErrorCode(v.num)
	case PtypTime:
		return Time(v.num)
	case PtypString, PtypString8:
		return v.text()
	case PtypGuid:
		g, _ := v.GUID()
		return g
	}
	if b, ok := v.Bytes(); ok {
		return b
	}
	return v.Elements()
}
