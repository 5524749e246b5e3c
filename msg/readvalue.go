package msg

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/mapi"
)

// lazyFrom is the size in bytes from which a binary value is not kept in memory.
const lazyFrom = 1 << 20

// value returns the value of an entry. An error that is unreadable concerns this
// value alone.
func (o *object) value(e entry) (mapi.Value, error) {
	t := e.typ()
	if v, ok := inPlace(t, e.value); ok {
		return v, nil
	}
	switch t {
	case mapi.PtypUnspecified, mapi.PtypNull:
		return mapi.Value{}, unreadable("its type has no values")
	case mapi.PtypMultipleString, mapi.PtypMultipleString8, mapi.PtypMultipleBinary:
		return o.elements(e)
	}
	s := o.stream(e)
	if s == nil {
		return mapi.Value{}, unreadable("the stream of its value is missing")
	}
	if t == mapi.PtypBinary && s.Size >= lazyFrom {
		if s.Truncated() {
			o.truncated(s, tagText(e.tag), o.place)
		}
		return mapi.LazyBinary(&lazyStream{s, o.late}), nil
	}
	b, err := o.load(s, tagText(e.tag))
	if err != nil {
		return mapi.Value{}, err
	}
	switch {
	case t == mapi.PtypString, t == mapi.PtypString8:
		return mapi.Tag[string](t).Value(o.text(b, e.tag)), nil
	case t == mapi.PtypGuid && len(b) < len(mapi.GUID{}):
		return mapi.Value{}, unreadable("its value is too short for a GUID")
	case t == mapi.PtypGuid:
		return mapi.GUIDValue(mapi.GUID(b[:16])), nil
	}
	if unpack, ok := unpackers[t]; ok {
		return unpack(b), nil
	}
	return mapi.Opaque(t, b), nil
}

// stream returns the stream of an entry's value, or nil.
func (o *object) stream(e entry) *cfb.Entry {
	if s := o.streams.find(e.tag); s != nil {
		return s
	}
	return o.streams.find(e.tag&0xFFFF0000 | uint32(e.typ()))
}

// inPlace returns a value that an entry holds itself ([MS-OXMSG] 2.4.2.1).
//
// QUIRK: the bytes that a value does not need hold garbage in many files. For a
// boolean these are all but the first two.
func inPlace(t mapi.PropType, raw uint64) (v mapi.Value, ok bool) {
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

// unpackers read the values of multi-valued types whose elements have a fixed
// size: one stream holds them all ([MS-OXMSG] 2.1.4.1).
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

var le = binary.LittleEndian

func unpacker[T int16 | int32 | int64 | float32 | float64 | mapi.Currency | mapi.FloatingTime | mapi.Time | mapi.GUID](size int, read func([]byte) T) func([]byte) mapi.Value {
	return func(b []byte) mapi.Value {
		list := make([]T, 0, len(b)/size)
		for ; len(b) >= size; b = b[size:] {
			list = append(list, read(b[:size]))
		}
		return mapi.List(list)
	}
}

// elements reads a value of several strings or binaries ([MS-OXMSG] 2.1.4.2): a
// stream with their lengths, which the streams themselves tell better, and one
// stream for each.
func (o *object) elements(e entry) (mapi.Value, error) {
	t, found := e.typ(), o.streams.elementsOf(e.tag)
	lengths := o.stream(e)
	if lengths == nil && len(found) == 0 {
		return mapi.Value{}, unreadable("the streams of its values are missing")
	}
	if announced := announced(lengths, t); announced >= 0 && announced != int64(len(found)) {
		o.rec.Add(diag.PropertyUnreadable, "", "", o.place.detail(fmt.Sprintf("%s: %d of its %d values exist", tagText(e.tag), len(found), announced)))
	}
	texts, blobs := make([]string, 0, len(found)), make([][]byte, 0, len(found))
	for _, s := range found {
		b, err := o.load(s.entry, tagText(e.tag))
		if err != nil {
			return mapi.Value{}, err
		}
		if t == mapi.PtypMultipleBinary {
			blobs = append(blobs, b)
		} else {
			texts = append(texts, o.text(b, e.tag))
		}
	}
	if t == mapi.PtypMultipleBinary {
		return mapi.List(blobs), nil
	}
	return mapi.Tag[[]string](t).Value(texts), nil
}

// announced returns how many elements a stream of lengths is for, or -1.
func announced(lengths *cfb.Entry, t mapi.PropType) int64 {
	switch {
	case lengths == nil:
		return -1
	case t == mapi.PtypMultipleBinary:
		return lengths.Size / 8
	}
	return lengths.Size / 4
}
