package msg_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"testing"
	"unicode/utf16"

	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/mapi"
)

// The tests of the reader build files of storages and streams by hand, so that
// they can be wrong in any way.

func stream(name string, data []byte) *cfb.Node {
	return &cfb.Node{Name: name, Content: cfb.Bytes(data)}
}

func storage(name string, kids ...*cfb.Node) *cfb.Node {
	return &cfb.Node{Name: name, Children: kids}
}

// value is the stream of a property's value.
func value(tag uint32, data []byte) *cfb.Node {
	return stream(fmt.Sprintf("__substg1.0_%08X", tag), data)
}

// element is the stream of one of several values.
func element(tag uint32, i int, data []byte) *cfb.Node {
	return stream(fmt.Sprintf("__substg1.0_%08X-%08X", tag, i), data)
}

// An entry is one of a property stream.
type entry struct {
	tag   uint32
	value uint64
}

func properties(header int, entries ...entry) *cfb.Node {
	b := make([]byte, header)
	for _, e := range entries {
		b = binary.LittleEndian.AppendUint32(b, e.tag)
		b = binary.LittleEndian.AppendUint32(b, 6)
		b = binary.LittleEndian.AppendUint64(b, e.value)
	}
	return stream("__properties_version1.0", b)
}

// class is the message class, with which a message is one.
var class = []*cfb.Node{value(0x001A001F, utf16le("IPM.Note"))}

// top is the tree of a message with these entries and what else is in it.
func top(entries []entry, kids ...*cfb.Node) *cfb.Node {
	root := storage("", properties(32, append(entries, entry{0x001A001F, 18})...))
	root.Children = append(append(root.Children, class...), kids...)
	return root
}

// names is the storage of the named property mapping.
func names(guids, entries, texts []byte) *cfb.Node {
	return storage("__nameid_version1.0", value(0x00020102, guids), value(0x00030102, entries), value(0x00040102, texts))
}

func compound(t testing.TB, root *cfb.Node) []byte {
	t.Helper()
	var buf bytes.Buffer
	if _, err := cfb.Write(&buf, root, nil); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// open returns the container of a file, for a look at what was written.
func open(t testing.TB, file []byte) *cfb.Entry {
	t.Helper()
	f, err := cfb.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return f.Root()
}

// bytesOf returns the stream at the path, or nil.
func bytesOf(t testing.TB, e *cfb.Entry, path ...string) []byte {
	t.Helper()
	for _, name := range path {
		if e = e.Child(name); e == nil {
			return nil
		}
	}
	b, err := e.ReadAll(1 << 30)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// entriesOf returns the entries of a property stream, and its header.
func entriesOf(t testing.TB, e *cfb.Entry, header int) ([]byte, []entry) {
	t.Helper()
	b := bytesOf(t, e, "__properties_version1.0")
	if len(b) < header || (len(b)-header)%16 != 0 {
		t.Fatalf("a property stream of %d bytes; want %d and 16 for each entry", len(b), header)
	}
	var out []entry
	for i := header; i < len(b); i += 16 {
		out = append(out, entry{binary.LittleEndian.Uint32(b[i:]), binary.LittleEndian.Uint64(b[i+8:])})
	}
	return b[:header], out
}

func find(list []entry, tag uint32) (uint64, bool) {
	for _, e := range list {
		if e.tag == tag {
			return e.value, true
		}
	}
	return 0, false
}

// content returns the bytes of an attachment's content.
func content(t testing.TB, a *mapi.Attachment) []byte {
	t.Helper()
	m := mapi.Message{Attachments: []*mapi.Attachment{{Content: a.Content}}}
	if err := m.Detach(t.Context(), -1); err != nil {
		t.Fatal(err)
	}
	return m.Attachments[0].Content.(mapi.Bytes)
}
