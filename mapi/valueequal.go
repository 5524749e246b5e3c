package mapi

import (
	"bytes"
	"math"
	"slices"
)

// Equal reports whether both values have the same type and content.
// Floating-point numbers compare by their bits.
func (v Value) Equal(w Value) bool {
	if v.typ != w.typ {
		return false
	}
	if vb, ok := v.Bytes(); ok {
		wb, ok := w.Bytes()
		return ok && bytes.Equal(vb, wb)
	}
	switch {
	case v.form != w.form:
		return false
	case v.form == formText:
		return v.text() == w.text()
	case v.form == formList:
		return equalLists(v.list(), w.list())
	}
	return v.num == w.num
}

func equalLists(v, w any) bool {
	switch a := v.(type) {
	case []int16:
		return equalList(a, w)
	case []int32:
		return equalList(a, w)
	case []int64:
		return equalList(a, w)
	case []Currency:
		return equalList(a, w)
	case []Time:
		return equalList(a, w)
	case []string:
		return equalList(a, w)
	case []GUID:
		return equalList(a, w)
	case []float32:
		return equalFloats(a, w)
	case []float64:
		return equalFloats(a, w)
	case []FloatingTime:
		return equalFloats(a, w)
	case [][]byte:
		b, ok := w.([][]byte)
		return ok && slices.EqualFunc(a, b, bytes.Equal)
	}
	return false
}

func equalList[T comparable](a []T, w any) bool {
	b, ok := w.([]T)
	return ok && slices.Equal(a, b)
}

func equalFloats[T float32 | float64 | FloatingTime](a []T, w any) bool {
	b, ok := w.([]T)
	return ok && slices.EqualFunc(a, b, func(x, y T) bool {
		return math.Float64bits(float64(x)) == math.Float64bits(float64(y))
	})
}
