package mapi

import (
	"fmt"
	"math"
)

// A Tag is a property tag, the 16-bit id above the type, that knows the Go type
// of its values: bool, int16, int32, int64, float32, float64, Currency,
// FloatingTime, ErrorCode, Time, string, GUID, []byte, or a slice of one of
// these for multi-valued types.
type Tag[T any] uint32

// ID returns the property id.
func (t Tag[T]) ID() uint16 { return uint16(t >> 16) }

// Type returns the property type.
func (t Tag[T]) Type() PropType { return PropType(t & 0xFFFF) }

// Key returns the property's identity.
func (t Tag[T]) Key() Key { return Key{ID: t.ID()} }

// Get returns the property's value. It reports false when p has none, or one of
// another type; PtypString8 and PtypString count as the same.
func (t Tag[T]) Get(p *Properties) (T, bool) { return get[T](p, t.Key()) }

// Or returns the property's value, or def when Get would report false.
func (t Tag[T]) Or(p *Properties, def T) T {
	if v, ok := t.Get(p); ok {
		return v
	}
	return def
}

// Set gives the property a value.
func (t Tag[T]) Set(p *Properties, v T) { p.Set(t.Key(), t.Value(v)) }

// Value returns v as a Value of the tag's type. It panics when the tag's type
// does not hold a T, which no constant of this package allows.
func (t Tag[T]) Value(v T) Value { return valueOf(t.Type(), v) }

// Has reports whether p has the property, whatever its type.
func (t Tag[T]) Has(p *Properties) bool {
	_, ok := p.Get(t.Key())
	return ok
}

// Delete removes the property.
func (t Tag[T]) Delete(p *Properties) { p.Delete(t.Key()) }

// A Named is a named property that knows its type, as [Tag] does.
type Named[T any] struct {
	Name Name
	Type PropType
}

// Key returns the property's identity.
func (n Named[T]) Key() Key { return Key{Name: n.Name} }

// Get returns the property's value, as [Tag.Get] does.
func (n Named[T]) Get(p *Properties) (T, bool) { return get[T](p, n.Key()) }

// Or returns the property's value, or def when Get would report false.
func (n Named[T]) Or(p *Properties, def T) T {
	if v, ok := n.Get(p); ok {
		return v
	}
	return def
}

// Set gives the property a value.
func (n Named[T]) Set(p *Properties, v T) { p.Set(n.Key(), n.Value(v)) }

// Value returns v as a Value of the property's type.
func (n Named[T]) Value(v T) Value { return valueOf(n.Type, v) }

// Has reports whether p has the property, whatever its type.
func (n Named[T]) Has(p *Properties) bool {
	_, ok := p.Get(n.Key())
	return ok
}

// Delete removes the property.
func (n Named[T]) Delete(p *Properties) { p.Delete(n.Key()) }

func get[T any](p *Properties, k Key) (T, bool) {
	if v, ok := p.Get(k); ok {
		return as[T](v)
	}
	var zero T
	return zero, false
}

// as returns the value's content as a T if it is one.
func as[T any](v Value) (out T, ok bool) {
	switch p := any(&out).(type) {
	case *string:
		*p, ok = v.Text()
	case *bool:
		*p, ok = v.Bool()
	case *int32:
		*p, ok = int32(v.num), v.typ == PtypInteger32
	case *[]byte:
		*p, ok = v.Bytes()
	case *Time:
		*p, ok = v.Time()
	case *int16:
		*p, ok = int16(v.num), v.typ == PtypInteger16
	case *int64:
		*p, ok = int64(v.num), v.typ == PtypInteger64
	case *float32:
		*p, ok = math.Float32frombits(uint32(v.num)), v.typ == PtypFloating32
	case *float64:
		*p, ok = math.Float64frombits(v.num), v.typ == PtypFloating64
	case *Currency:
		*p, ok = Currency(v.num), v.typ == PtypCurrency
	case *FloatingTime:
		*p, ok = FloatingTime(math.Float64frombits(v.num)), v.typ == PtypFloatingTime
	case *ErrorCode:
		*p, ok = ErrorCode(v.num), v.typ == PtypErrorCode
	case *GUID:
		*p, ok = v.GUID()
	default:
		out, ok = v.Elements().(T)
	}
	return out, ok
}

// valueOf makes a Value of type t. A T that cannot be of that type is a mistake
// in the program, not in its input.
func valueOf[T any](t PropType, v T) Value {
	if !fits(t, typeOf[T]()) {
		panic(fmt.Sprintf("mapi: a %T is no value of a property of type %s", v, t))
	}
	out := Value{typ: t}
	// A pointer keeps v off the heap, where v itself as an any would go.
	switch p := any(&v).(type) {
	case *string:
		return textValue(t, *p)
	case *bool:
		out.num = bit(*p)
	case *int32:
		out.num = uint64(int64(*p))
	case *Time:
		out.num = uint64(*p)
	case *int16:
		out.num = uint64(int64(*p))
	case *int64:
		out.num = uint64(*p)
	case *float32:
		out.num = uint64(math.Float32bits(*p))
	case *float64:
		out.num = math.Float64bits(*p)
	case *Currency:
		out.num = uint64(*p)
	case *FloatingTime:
		out.num = math.Float64bits(float64(*p))
	case *ErrorCode:
		out.num = uint64(*p)
	case *GUID:
		return textValue(t, string(p[:]))
	case *[]byte:
		return bytesValue(t, *p)
	default:
		return listValue(t, v)
	}
	return out
}

// fits reports whether a Go value whose own property type is own can be stored
// under t.
func fits(t, own PropType) bool {
	switch t {
	case PtypString8:
		return own == PtypString
	case PtypMultipleString8:
		return own == PtypMultipleString
	case PtypServerId, PtypRestriction, PtypRuleAction:
		return own == PtypBinary
	}
	return t == own
}

// typeOf returns the property type of a Go type, PtypUnspecified for others.
func typeOf[T any]() PropType {
	var zero T
	switch any(zero).(type) {
	case bool:
		return PtypBoolean
	case int16:
		return PtypInteger16
	case int32:
		return PtypInteger32
	case int64:
		return PtypInteger64
	case float32:
		return PtypFloating32
	case float64:
		return PtypFloating64
	case Currency:
		return PtypCurrency
	case FloatingTime:
		return PtypFloatingTime
	case ErrorCode:
		return PtypErrorCode
	case Time:
		return PtypTime
	case string:
		return PtypString
	case GUID:
		return PtypGuid
	case []byte:
		return PtypBinary
	case []int16:
		return PtypMultipleInteger16
	case []int32:
		return PtypMultipleInteger32
	case []int64:
		return PtypMultipleInteger64
	case []float32:
		return PtypMultipleFloating32
	case []float64:
		return PtypMultipleFloating64
	case []Currency:
		return PtypMultipleCurrency
	case []FloatingTime:
		return PtypMultipleFloatingTime
	case []Time:
		return PtypMultipleTime
	case []string:
		return PtypMultipleString
	case []GUID:
		return PtypMultipleGuid
	case [][]byte:
		return PtypMultipleBinary
	}
	return PtypUnspecified
}
