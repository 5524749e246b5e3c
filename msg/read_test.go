package msg_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/msg"
)

// TestReadProperties reads one message and looks at what came of an entry.
func TestReadProperties(t *testing.T) {
	const (
		subject   = 0x0037001F
		subject8  = 0x0037001E
		sensitive = 0x00360003
		flag      = 0x0E1B000B
	)
	for _, c := range []struct {
		name    string
		entries []entry
		kids    []*cfb.Node
		id      uint16
		want    any // nil: the property is absent
		codes   []diag.Code
	}{
		{"a string", []entry{{subject, 6}}, []*cfb.Node{value(subject, utf16le("Hi"))}, 0x0037, "Hi", nil},
		{"MSG-R-023 a stored NUL", []entry{{subject, 6}}, []*cfb.Node{value(subject, utf16le("Hi\x00"))}, 0x0037, "Hi", nil},
		{"MSG-R-023 several stored NULs", []entry{{subject, 6}}, []*cfb.Node{value(subject, utf16le("Hi\x00\x00"))}, 0x0037, "Hi", nil},
		{"MSG-R-023 a stored NUL in 8 bits", []entry{{subject8, 3}}, []*cfb.Node{value(subject8, []byte("Hi\x00"))}, 0x0037, "Hi", nil},
		{"a size that lies", []entry{{subject, 0xFFFFFFFF}}, []*cfb.Node{value(subject, utf16le("Hi"))}, 0x0037, "Hi", nil},
		{"an empty string", []entry{{subject, 2}}, []*cfb.Node{value(subject, nil)}, 0x0037, "", nil},
		{"an odd byte", []entry{{subject, 7}}, []*cfb.Node{value(subject, append(utf16le("Hi"), 'x'))}, 0x0037, "Hi", nil},
		{"half a surrogate pair", []entry{{subject, 8}}, []*cfb.Node{value(subject, []byte{'a', 0, 0x00, 0xD8, 'b', 0})}, 0x0037, "a\uFFFDb", []diag.Code{diag.LoneSurrogate}},
		{"MSG-R-024 true with garbage", []entry{{flag, 0xDEADBEEF_00000001}}, nil, 0x0E1B, true, nil},
		{"MSG-R-024 false with garbage", []entry{{flag, 0xDEADBEEF_12340000}}, nil, 0x0E1B, false, nil},
		{"MSG-R-025 int32 with garbage", []entry{{sensitive, 0xDEADBEEF_00000002}}, nil, 0x0036, int32(2), nil},
		{"MSG-R-025 int16 with garbage", []entry{{0x00360002, 0xDEADBEEF_1234FFFE}}, nil, 0x0036, int16(-2), nil},
		{"MSG-R-025 float32 with garbage", []entry{{0x00360004, 0xDEADBEEF_3F800000}}, nil, 0x0036, float32(1), nil},
		{"a time", []entry{{0x00390040, 132539328000000000}}, nil, 0x0039, mapi.Time(132539328000000000), nil},
		{"a time that is none", []entry{{0x00390040, 0x7FFFFFFFFFFFFFFF}}, nil, 0x0039, mapi.Time(0x7FFFFFFFFFFFFFFF), nil},
		{"a currency", []entry{{0x36360006, 0xFFFFFFFFFFFFFFFF}}, nil, 0x3636, mapi.Currency(-1), nil},
		{"a floating time", []entry{{0x36360007, 0x3FF0000000000000}}, nil, 0x3636, mapi.FloatingTime(1), nil},
		{"an error", []entry{{0x3636000A, 0x8004010F}}, nil, 0x3636, mapi.ErrorCode(0x8004010F), nil},
		{"a double", []entry{{0x36360005, 0x3FF0000000000000}}, nil, 0x3636, float64(1), nil},
		{"a GUID", []entry{{0x36360048, 16}}, []*cfb.Node{value(0x36360048, mapi.PS_MAPI[:])}, 0x3636, mapi.PS_MAPI, nil},
		{"a GUID cut short", []entry{{0x36360048, 16}}, []*cfb.Node{value(0x36360048, make([]byte, 15))}, 0x3636, nil, []diag.Code{diag.PropertyUnreadable}},
		{"MSG-R-026 the stream is missing", []entry{{subject, 6}}, nil, 0x0037, nil, []diag.Code{diag.PropertyUnreadable}},
		{"a type without values", []entry{{0x00370001, 6}}, nil, 0x0037, nil, []diag.Code{diag.PropertyUnreadable}},
		{"an unknown type", []entry{{0x36360999, 3}}, []*cfb.Node{value(0x36360999, []byte("abc"))}, 0x3636, []byte("abc"), nil},
		{"a table's instance mark", []entry{{0x3636301F, 4}}, []*cfb.Node{value(0x3636101F, []byte{6, 0, 0, 0}), element(0x3636301F, 0, utf16le("ab\x00"))}, 0x3636, []string{"ab"}, nil},
		{"an object", []entry{{0x0E13000D, 0xFFFFFFFF}}, nil, 0x0E13, nil, nil},
		{"id zero", []entry{{0x00000003, 1}}, nil, 1, nil, []diag.Code{diag.PropertyUnreadable}},
		{"the first of two", []entry{{sensitive, 1}, {sensitive, 2}}, nil, 0x0036, int32(1), nil},
		{"Unicode before 8 bits", []entry{{subject, 4}, {subject8, 2}}, []*cfb.Node{value(subject, utf16le("u")), value(subject8, []byte("8"))}, 0x0037, "u", nil},
		{"Unicode after 8 bits", []entry{{subject8, 2}, {subject, 4}}, []*cfb.Node{value(subject, utf16le("u")), value(subject8, []byte("8"))}, 0x0037, "u", nil},
		{"MSG-R-035 lower-case names", []entry{{0x0C1F001F, 4}}, []*cfb.Node{stream("__SUBSTG1.0_0c1f001f", utf16le("x"))}, 0x0C1F, "x", nil},
		{"a stream without an entry", nil, []*cfb.Node{value(subject, utf16le("Hi")), stream("whatever", nil)}, 0x0037, nil, nil},
		{"HTML as a string", []entry{{0x1013001E, 4}}, []*cfb.Node{value(0x1013001E, []byte("<p>"))}, 0x1013, "<p>", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := read(t, compound(t, top(c.entries, c.kids...)), nil)
			var got any
			if v, ok := res.Message.Properties.Get(mapi.Key{ID: c.id}); ok {
				got = v.Any()
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if diff := cmp.Diff(c.codes, codesOf(res)); diff != "" {
				t.Errorf("diagnostics: -want +got:\n%s", diff)
			}
		})
	}
}

func codesOf(res *msg.Result) (out []diag.Code) {
	for _, d := range res.Diagnostics {
		out = append(out, d.Code)
	}
	return out
}

// TestReadLists reads values of several elements, of every type.
func TestReadLists(t *testing.T) {
	le := func(b ...byte) []byte { return b }
	for _, c := range []struct {
		tag  uint32
		kids []*cfb.Node
		want any
	}{
		{0x36361002, []*cfb.Node{value(0x36361002, le(1, 0, 255, 255))}, []int16{1, -1}},
		{0x36361003, []*cfb.Node{value(0x36361003, le(1, 0, 0, 0, 255, 255, 255, 255, 9))}, []int32{1, -1}},
		{0x36361004, []*cfb.Node{value(0x36361004, le(0, 0, 0x80, 0x3F))}, []float32{1}},
		{0x36361005, []*cfb.Node{value(0x36361005, le(0, 0, 0, 0, 0, 0, 0xF0, 0x3F))}, []float64{1}},
		{0x36361006, []*cfb.Node{value(0x36361006, le(2, 0, 0, 0, 0, 0, 0, 0))}, []mapi.Currency{2}},
		{0x36361007, []*cfb.Node{value(0x36361007, le(0, 0, 0, 0, 0, 0, 0xF0, 0x3F))}, []mapi.FloatingTime{1}},
		{0x36361014, []*cfb.Node{value(0x36361014, le(3, 0, 0, 0, 0, 0, 0, 0))}, []int64{3}},
		{0x36361040, []*cfb.Node{value(0x36361040, le(4, 0, 0, 0, 0, 0, 0, 0))}, []mapi.Time{4}},
		{0x36361048, []*cfb.Node{value(0x36361048, mapi.PS_MAPI[:])}, []mapi.GUID{mapi.PS_MAPI}},
		{0x3636101E, []*cfb.Node{value(0x3636101E, le(2, 0, 0, 0)), element(0x3636101E, 0, []byte("a\x00"))}, []string{"a"}},
		{0x3636101F, []*cfb.Node{value(0x3636101F, le(8, 0, 0, 0, 2, 0, 0, 0)), element(0x3636101F, 0, utf16le("Red\x00")), element(0x3636101F, 1, utf16le("\x00"))}, []string{"Red", ""}},
		{0x36361102, []*cfb.Node{value(0x36361102, le(1, 0, 0, 0, 0, 0, 0, 0)), element(0x36361102, 0, []byte{7})}, [][]byte{{7}}},
	} {
		t.Run(mapi.PropType(c.tag).String(), func(t *testing.T) {
			res := read(t, compound(t, top([]entry{{c.tag, 1}}, c.kids...)), nil)
			v, _ := res.Message.Properties.Get(mapi.Key{ID: 0x3636})
			if diff := cmp.Diff(c.want, v.Any()); diff != "" || v.Type() != mapi.PropType(c.tag) || len(res.Diagnostics) > 0 {
				t.Errorf("%v, %v; -want +got:\n%s", v.Type(), res.Diagnostics, diff)
			}
		})
	}
	t.Run("values are missing", func(t *testing.T) {
		huge := bytes.Repeat([]byte{2, 0, 0, 0}, 100_000)
		res := read(t, compound(t, top([]entry{{0x3636101F, 1}}, value(0x3636101F, huge), element(0x3636101F, 99_999, utf16le("x\x00")))), nil)
		v, _ := res.Message.Properties.Get(mapi.Key{ID: 0x3636})
		if diff := cmp.Diff([]string{"x"}, v.Any()); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if diff := cmp.Diff([]diag.Code{diag.PropertyUnreadable}, codesOf(res)); diff != "" {
			t.Errorf("diagnostics: -want +got:\n%s", diff)
		}
	})
}

// TestReadObjects reads recipients and attachments in storages that are not as
// they should be.
func TestReadObjects(t *testing.T) {
	recipient := func(number string, kind uint64) *cfb.Node {
		return storage("__recip_version1.0_#"+number, properties(8, entry{0x0C150003, kind}, entry{0x3001001F, 4}), value(0x3001001F, utf16le(number)))
	}
	t.Run("MSG-R-020 no root class", func(t *testing.T) {
		root := top(nil)
		root.CLSID = [16]byte{1}
		read(t, compound(t, root), nil)
	})
	t.Run("MSG-R-021 gaps and order, MSG-R-022 header counts, MSG-R-035 lower case", func(t *testing.T) {
		root := top(nil, recipient("00000010", 1), recipient("0000000a", 2), recipient("00000002", 3), recipient("5", 1), recipient("zz", 1))
		root.Children[0] = stream("__properties_version1.0", append(bytes.Repeat([]byte{0xFF}, 32), bytesOfEntry(0x001A001F, 18)...))
		var got []string
		m := read(t, compound(t, root), nil).Message
		for i := range m.Recipients {
			r := &m.Recipients[i]
			got = append(got, fmt.Sprint(mapi.PidTagDisplayName.Or(&r.Properties, ""), " ", r.Kind()))
		}
		if diff := cmp.Diff([]string{"00000002 3", "5 1", "0000000a 2", "00000010 1"}, got); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
	t.Run("MSG-R-034 flags of the recipient type", func(t *testing.T) {
		m := read(t, compound(t, top(nil, recipient("00000000", 0x10000002), recipient("00000001", 0x80000003))), nil).Message
		if a, b := m.Recipients[0].Kind(), m.Recipients[1].Kind(); a != mapi.RecipientCc || b != mapi.RecipientBcc {
			t.Errorf("kinds %d and %d; want Cc and Bcc", a, b)
		}
	})
	t.Run("MSG-R-033 stray bytes behind the entries", func(t *testing.T) {
		root := top(nil)
		b := append(make([]byte, 32), bytesOfEntry(0x00360003, 2)...)
		root.Children[0] = stream("__properties_version1.0", append(b, 1, 2, 3, 4))
		m := read(t, compound(t, root), nil).Message
		if got := mapi.PidTagSensitivity.Or(&m.Properties, 0); got != 2 || m.Properties.Len() != 1 {
			t.Errorf("sensitivity %d of %d properties; want 2 of 1", got, m.Properties.Len())
		}
	})
	t.Run("a property stream without its header", func(t *testing.T) {
		res := read(t, compound(t, storage("", stream("__properties_version1.0", make([]byte, 31)))), nil)
		if len(res.Diagnostics) != 1 || res.Diagnostics[0].Code != diag.PropertyUnreadable {
			t.Errorf("diagnostics %v", res.Diagnostics)
		}
	})
	t.Run("a property stream of a million entries", func(t *testing.T) {
		root := storage("", stream("__properties_version1.0", append(make([]byte, 32), bytes.Repeat(bytesOfEntry(0x00360003, 2), 1<<20)...)))
		res := read(t, compound(t, root), nil)
		if len(res.Diagnostics) != 1 || res.Diagnostics[0].Code != diag.PropertyUnreadable || res.Message.Properties.Len() != 1 {
			t.Errorf("diagnostics %v", res.Diagnostics)
		}
	})
	t.Run("a recipient without properties", func(t *testing.T) {
		res := read(t, compound(t, top(nil, storage("__recip_version1.0_#00000000"))), nil)
		if len(res.Message.Recipients) != 1 || len(res.Diagnostics) != 1 || res.Diagnostics[0].Code != diag.PropertyUnreadable {
			t.Errorf("%d recipients, %v", len(res.Message.Recipients), res.Diagnostics)
		}
	})
}

func bytesOfEntry(tag uint32, v uint64) []byte {
	return []byte(properties(0, entry{tag, v}).Content.(cfb.Bytes))
}

// TestReadRefuses has what cannot be read at all.
func TestReadRefuses(t *testing.T) {
	message := compound(t, top(nil))
	nested := storage("__substg1.0_3701000D", properties(24))
	for range 3 {
		nested = storage("__substg1.0_3701000D", properties(24), storage("__attach_version1.0_#00000000", properties(8), nested))
	}
	deep := compound(t, top(nil, storage("__attach_version1.0_#00000000", properties(8), nested)))
	many := top(nil)
	for i := range 1000 {
		many.Children = append(many.Children, storage(fmt.Sprintf("__recip_version1.0_#%08X", i), properties(8, entry{0x0C150003, 1})))
	}
	endless := top(nil)
	for i := range 1<<18 + 1 {
		endless.Children = append(endless.Children, storage(fmt.Sprintf("__recip_version1.0_#%08X", i)))
	}
	for _, c := range []struct {
		name string
		file []byte
		o    *msg.ReadOptions
		want error
	}{
		{"too many recipients", compound(t, endless), nil, msg.ErrTooLarge},
		{"no compound file", []byte("From: me"), nil, msg.ErrNotCompound},
		{"nothing", nil, nil, msg.ErrNotCompound},
		{"another compound file", compound(t, storage("", stream("WordDocument", make([]byte, 5000)))), nil, msg.ErrNotMessage},
		{"the properties are a storage", compound(t, storage("", storage("__properties_version1.0"))), nil, msg.ErrNotMessage},
		{"cut off", message[:600], nil, msg.ErrCorrupt},
		{"MSG-R-032 nested too deeply", deep, &msg.ReadOptions{Limits: limits.Limits{MaxEmbeddedMessageDepth: 3}}, limits.ErrExceeded},
		{"too large", compound(t, many), &msg.ReadOptions{MaxMemory: 100_000}, msg.ErrTooLarge},
		{"an unknown code page", message, &msg.ReadOptions{CodePage: 7}, msg.ErrOption},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := msg.Read(t.Context(), bytes.NewReader(c.file), int64(len(c.file)), c.o)
			var typed *msg.Error
			if !errors.Is(err, c.want) || !errors.As(err, &typed) || !strings.HasPrefix(err.Error(), "msg: ") {
				t.Errorf("%v; want an *Error that is %v", err, c.want)
			}
		})
	}
	read(t, deep, &msg.ReadOptions{Limits: limits.Limits{MaxEmbeddedMessageDepth: 4}})
	read(t, compound(t, many), nil)
}
