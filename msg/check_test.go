package msg_test

import (
	"bytes"
	"strings"
	"testing"
)

// TestCheckFindsProblems breaks one rule at a time.
func TestCheckFindsProblems(t *testing.T) {
	file := write(t, nested(), nil)
	swap := func(old, new string) func() []byte {
		return func() []byte {
			if !bytes.Contains(file, utf16le(old)) {
				t.Fatalf("no %q in the file", old)
			}
			return bytes.Replace(file, utf16le(old), utf16le(new), 1)
		}
	}
	entry := func(tag uint32, value string) func() []byte {
		return func() []byte {
			at := bytes.Index(file, bytesOfEntry(tag, 0)[:8])
			if at < 0 {
				t.Fatalf("no property 0x%08X", tag)
			}
			b := bytes.Clone(file)
			copy(b[at+8:], value)
			return b
		}
	}
	raw := func(old, new string) func() []byte {
		return func() []byte {
			if !strings.Contains(string(file), old) {
				t.Fatalf("no %x in the file", old)
			}
			return []byte(strings.Replace(string(file), old, new, 1))
		}
	}
	for _, c := range []struct {
		file func() []byte
		want string
	}{
		{raw("\x0B\x0D\x02\x00\x00\x00\x00\x00\xC0", "\x0C\x0D\x02\x00\x00\x00\x00\x00\xC0"), "class of the root"},
		{swap("__nameid_version1.0", "__nameid_version1.1"), "storage of the property names is missing"},
		{swap("__recip_version1.0_#00000000", "__recip_version1.0_#00000001"), "recipient 0 is missing"},
		{swap("__recip_version1.0_#00000000", "__recip_version1.0_@00000000"), "the header counts 1 recipients, there are 0"},
		{swap("__substg1.0_0037001F", "__substg1.0_0037001D"), "the stream of PidTagSubject is missing"},
		{swap("__substg1.0_0037001F", "__substg1.0_0037001D"), "__substg1.0_0037001D belongs to no property"},
		{swap("level 0", "level \x00"), "PidTagSubject ends in NUL"},
		{entry(0x0037001F, "\x01"), "the size of PidTagSubject is 1, not 16"},
		{entry(0x340D0003, "\x00\x00\x00\x00\x01"), "PidTagStoreSupportMask has bytes other than zero"},
		{entry(0x3701000D, "\x00"), "the size of PidTagAttachDataObject is"},
		{raw("\x02\x85\x00\x00\x06\x00", "\x03\x85\x00\x00\x06\x00"), "hash bucket"},
		{raw("\x03\x00\x07\x0e", "\x00\x00\x07\x0e"), "has the type 0x0000"},
		{raw("\x03\x00\x07\x0e", "\x03\x00\x0d\x34"), "is there twice"},
		{raw("\x03\x00\x07\x0e", "\x03\x00\x07\x9e"), "has no name"},
		{raw("\x03\x00\x05\x37", "\x03\x00\x05\x36"), "PidTagAttachMethod is missing"},
	} {
		t.Run(c.want, func(t *testing.T) {
			if got := strings.Join(check(t, c.file()), "\n"); !strings.Contains(got, c.want) {
				t.Errorf("got\n%s\nwant %q", got, c.want)
			}
		})
	}
}
