package mapi

import "unsafe"

// A form says what num and ptr of a [Value] hold. A value takes 24 bytes so,
// where a field for each kind of content would take 48; a message to many has
// thousands of them.
type form uint8

const (
	formNumber    form = iota // num is the number
	formText                  // ptr and num are the data and the length of a string
	formBytes                 // ptr and num are the data and the length of a byte slice
	formList                  // ptr is the *any that holds the slice of elements
	formLazy                  // ptr is a *Lazy
	formEntryID               // ptr is the *InternetAddress whose entry id it is
	formSearchKey             // ptr is the *InternetAddress whose search key it is
)

func textValue(t PropType, s string) Value {
	v := Value{typ: t, form: formText, num: uint64(len(s))}
	if s != "" {
		v.ptr = unsafe.Pointer(unsafe.StringData(s))
	}
	return v
}

func bytesValue(t PropType, b []byte) Value {
	return Value{typ: t, form: formBytes, num: uint64(len(b)), ptr: unsafe.Pointer(unsafe.SliceData(b))}
}

func listValue(t PropType, elements any) Value {
	return Value{typ: t, form: formList, ptr: unsafe.Pointer(&elements)}
}

// lazyValue returns a PtypBinary. Those of Internet addresses, of which
// recipients have several, need no box.
func lazyValue(l Lazy) Value {
	v := Value{typ: PtypBinary}
	switch l := l.(type) {
	case *internetEntryID:
		v.form, v.ptr = formEntryID, unsafe.Pointer(l)
	case *internetSearchKey:
		v.form, v.ptr = formSearchKey, unsafe.Pointer(l)
	default:
		v.form, v.ptr = formLazy, unsafe.Pointer(&l)
	}
	return v
}

// text returns the string of formText, and "" of any other.
func (v Value) text() string {
	if v.form != formText {
		return ""
	}
	return unsafe.String((*byte)(v.ptr), int(v.num))
}

// bytes returns the slice of formBytes.
func (v Value) bytes() []byte { return unsafe.Slice((*byte)(v.ptr), int(v.num)) }

// list returns the slice of formList.
func (v Value) list() any { return *(*any)(v.ptr) }

// lazy returns what makes the bytes of one of the lazy forms.
func (v Value) lazy() Lazy {
	switch v.form {
	case formEntryID:
		return (*internetEntryID)(v.ptr)
	case formSearchKey:
		return (*internetSearchKey)(v.ptr)
	}
	return *(*Lazy)(v.ptr)
}
