package mime2mapi_test

import (
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/contentconv/contentconv/mapi"
)

// replyTo reads a FlatEntryList of one-off entry ids ([MS-OXCDATA] 2.3.3,
// 2.2.5.1) by a reader of its own, so that writer and reader do not share a
// mistake.
func replyTo(t *testing.T, p *mapi.Properties, _ any) any {
	raw, ok := mapi.PidTagReplyRecipientEntries.Get(p)
	if !ok {
		return nil
	}
	got, err := flatEntries(raw)
	if err != nil {
		t.Errorf("PidTagReplyRecipientEntries: %v", err)
	}
	return got
}

func flatEntries(raw []byte) ([]any, error) {
	if len(raw) < 8 || int(binary.LittleEndian.Uint32(raw[4:])) != len(raw)-8 {
		return nil, fmt.Errorf("%d bytes do not match the count of bytes", len(raw))
	}
	count, rest := binary.LittleEndian.Uint32(raw), raw[8:]
	list := []any{}
	for i := range count {
		if len(rest) < 4 {
			return list, io.ErrUnexpectedEOF
		}
		n := int(binary.LittleEndian.Uint32(rest))
		padded := 4 + n
		if i+1 < count { // padding stands between entries, not after the last
			padded = 4 + (n+3)&^3
		}
		if len(rest) < padded {
			return list, io.ErrUnexpectedEOF
		}
		entry, err := oneOff(rest[4 : 4+n])
		if err != nil {
			return list, err
		}
		list, rest = append(list, entry), rest[padded:]
	}
	if len(rest) > 0 {
		return list, fmt.Errorf("%d bytes after the last entry", len(rest))
	}
	return list, nil
}

func oneOff(id []byte) (map[string]any, error) {
	const head = "\x00\x00\x00\x00\x81\x2b\x1f\xa4\xbe\xa3\x10\x19\x9d\x6e\x00\xdd\x01\x0f\x54\x02\x00\x00\x01\x80"
	rest, ok := strings.CutPrefix(string(id), head)
	if !ok || len(rest)%2 != 0 {
		return nil, fmt.Errorf("% x is no Unicode one-off entry id", id)
	}
	units := make([]uint16, len(rest)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16([]byte(rest[2*i:]))
	}
	parts := strings.Split(string(utf16.Decode(units)), "\x00")
	if len(parts) != 4 || parts[1] != "SMTP" || parts[3] != "" {
		return nil, fmt.Errorf("the one-off entry id holds %q", parts)
	}
	return map[string]any{"name": parts[0], "address": parts[2]}, nil
}
