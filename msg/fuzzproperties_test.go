package msg_test

import (
	"encoding/binary"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/mapi"
)

// FuzzProperties reads any property stream, names and values in a container that
// is whole, where damage to the container would hide them.
func FuzzProperties(f *testing.F) {
	var entries []byte
	for _, tag := range []uint32{0x0037001E, 0x1000001F, 0x3FFD0003, 0x80000048, 0x8001101F, 0x37010102, 0x3636000D, 0x36361102} {
		entries = append(entries, bytesOfEntry(tag, uint64(tag)*7)...)
	}
	f.Add(entries, append(nameEntry(0, 2, 1, 0), nameEntry(0x8506, 3, 0, 1)...), nameText("Keywords"), []byte("0123456789abcdef"))
	f.Add(entries, nameEntry(0, 2, 1, 1), nameText("x"), utf16le("a\x00"))
	f.Fuzz(func(t *testing.T, entries, named, texts, data []byte) {
		root := storage("", stream("__properties_version1.0", append(make([]byte, 32), entries...)),
			names(mapi.PSETID_Common[:], named, texts))
		seen := make(map[uint32]bool)
		for b := entries; len(b) >= 16 && len(seen) < 50; b = b[16:] {
			if tag := binary.LittleEndian.Uint32(b); !seen[tag] {
				seen[tag] = true
				root.Children = append(root.Children, value(tag, data), element(tag, 0, data), element(tag, 3, texts))
			}
		}
		res := read(t, compound(t, root), nil)
		again := write(t, res.Message, nil)
		for _, p := range check(t, again) {
			// A value of a type that nobody knows is kept.
			if !strings.Contains(p, "has the type") {
				t.Errorf("the file that was written: %s", p)
			}
		}
		for _, d := range differences(res.Message, read(t, again, nil).Message) {
			t.Error(d)
		}
	})
}
