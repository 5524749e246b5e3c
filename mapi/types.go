package mapi

import "fmt"

// PropType is the type of a property's value ([MS-OXCDATA] 2.11.1).
type PropType uint16

// The property types. A multi-valued type is its base type with [PtypMultiple].
const (
	PtypUnspecified  PropType = 0x0000
	PtypNull         PropType = 0x0001
	PtypInteger16    PropType = 0x0002
	PtypInteger32    PropType = 0x0003
	PtypFloating32   PropType = 0x0004
	PtypFloating64   PropType = 0x0005
	PtypCurrency     PropType = 0x0006
	PtypFloatingTime PropType = 0x0007
	PtypErrorCode    PropType = 0x000A
	PtypBoolean      PropType = 0x000B
	PtypObject       PropType = 0x000D
	PtypInteger64    PropType = 0x0014
	PtypString8      PropType = 0x001E
	PtypString       PropType = 0x001F
	PtypTime         PropType = 0x0040
	PtypGuid         PropType = 0x0048
	PtypServerId     PropType = 0x00FB
	PtypRestriction  PropType = 0x00FD
	PtypRuleAction   PropType = 0x00FE
	PtypBinary       PropType = 0x0102

	PtypMultiple             PropType = 0x1000
	PtypMultipleInteger16    PropType = PtypMultiple | PtypInteger16
	PtypMultipleInteger32    PropType = PtypMultiple | PtypInteger32
	PtypMultipleFloating32   PropType = PtypMultiple | PtypFloating32
	PtypMultipleFloating64   PropType = PtypMultiple | PtypFloating64
	PtypMultipleCurrency     PropType = PtypMultiple | PtypCurrency
	PtypMultipleFloatingTime PropType = PtypMultiple | PtypFloatingTime
	PtypMultipleInteger64    PropType = PtypMultiple | PtypInteger64
	PtypMultipleString8      PropType = PtypMultiple | PtypString8
	PtypMultipleString       PropType = PtypMultiple | PtypString
	PtypMultipleTime         PropType = PtypMultiple | PtypTime
	PtypMultipleGuid         PropType = PtypMultiple | PtypGuid
	PtypMultipleBinary       PropType = PtypMultiple | PtypBinary
)

// multiInstance marks one value of a multi-valued column of a table. It is
// never stored.
const multiInstance PropType = 0x2000

// typeNames has the base types. It is short enough to be searched in order.
var typeNames = [...]struct {
	typ  PropType
	name string
}{
	{PtypString, "String"},
	{PtypInteger32, "Integer32"},
	{PtypBinary, "Binary"},
	{PtypBoolean, "Boolean"},
	{PtypTime, "Time"},
	{PtypUnspecified, "Unspecified"},
	{PtypNull, "Null"},
	{PtypInteger16, "Integer16"},
	{PtypFloating32, "Floating32"},
	{PtypFloating64, "Floating64"},
	{PtypCurrency, "Currency"},
	{PtypFloatingTime, "FloatingTime"},
	{PtypErrorCode, "ErrorCode"},
	{PtypObject, "Object"},
	{PtypInteger64, "Integer64"},
	{PtypString8, "String8"},
	{PtypGuid, "Guid"},
	{PtypServerId, "ServerId"},
	{PtypRestriction, "Restriction"},
	{PtypRuleAction, "RuleAction"},
}

// multipleTypes are the base types that have a multi-valued form.
const multipleTypes = 1<<PtypInteger16 | 1<<PtypInteger32 | 1<<PtypFloating32 | 1<<PtypFloating64 |
	1<<PtypCurrency | 1<<PtypFloatingTime | 1<<PtypInteger64 | 1<<PtypString8 | 1<<PtypString

func (t PropType) name() string {
	if t.Multiple() {
		switch b := t &^ PtypMultiple; b {
		case PtypTime, PtypGuid, PtypBinary:
		default:
			if b >= 64 || uint64(multipleTypes)>>b&1 == 0 {
				return ""
			}
		}
	}
	for _, n := range typeNames {
		if n.typ == t&^PtypMultiple {
			return n.name
		}
	}
	return ""
}

// String returns the type's name in [MS-OXCDATA], such as "PtypString".
func (t PropType) String() string {
	switch name := t.name(); {
	case name == "":
		return fmt.Sprintf("Ptyp0x%04X", uint16(t))
	case t.Multiple():
		return "PtypMultiple" + name
	default:
		return "Ptyp" + name
	}
}

// Known reports whether t is one of the types named here.
func (t PropType) Known() bool { return t.name() != "" }

// Multiple reports whether values of the type are lists.
func (t PropType) Multiple() bool { return t&PtypMultiple != 0 }

// Base returns the type of one value of a multi-valued type, and t otherwise.
func (t PropType) Base() PropType { return t &^ (PtypMultiple | multiInstance) }

// Stored returns the type under which a value is stored: the instance mark of a
// table's multi-valued column is removed.
func (t PropType) Stored() PropType { return t &^ multiInstance }

// Size returns the number of bytes of a value of a fixed-size type as
// [MS-OXCDATA] 2.11.1 has it, or 0 for types of variable size.
func (t PropType) Size() int {
	switch t {
	case PtypBoolean:
		return 1
	case PtypInteger16:
		return 2
	case PtypInteger32, PtypFloating32, PtypErrorCode:
		return 4
	case PtypInteger64, PtypFloating64, PtypCurrency, PtypFloatingTime, PtypTime:
		return 8
	case PtypGuid:
		return 16
	}
	return 0
}

// Currency is an amount in units of 1/10000.
type Currency int64

// FloatingTime is a number of days since 1899-12-30, in no particular zone.
type FloatingTime float64

// ErrorCode is a MAPI error that stands in a value's place.
type ErrorCode uint32
