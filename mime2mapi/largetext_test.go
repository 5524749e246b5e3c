package mime2mapi_test

import (
	"bytes"
	"context"
	"runtime"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
)

// largeSize is enough for a text to be decoded in pieces.
const largeSize = 5 << 20

func convertLarge(t *testing.T, header string, text []byte, o *mime2mapi.Options) *mime2mapi.Result {
	t.Helper()
	eml := append([]byte(header+"\r\n\r\n"), text...)
	res, err := mime2mapi.ConvertAt(context.Background(), bytes.NewReader(eml), int64(len(eml)), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Close() })
	return res
}

// sameText compares long texts without printing them.
func sameText(t *testing.T, got, want string) {
	t.Helper()
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	if i < len(got) || i < len(want) {
		t.Errorf("the text has %d bytes, want %d; from %d on it is %.30q, want %.30q", len(got), len(want), i, got[i:], want[i:])
	}
}

// Whatever falls on the border of two pieces, the text is that of a small part.
func TestLargeText(t *testing.T) {
	const mime = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset="
	for _, c := range []struct {
		name, header, charset string
		unit                  string // repeated
		want                  string // what it becomes, if that is another
	}{
		{"ASCII", mime + "us-ascii", "us-ascii", "plain text\r\n", ""},
		{"LF", mime + "us-ascii", "us-ascii", "plain text\n", "plain text\r\n"},
		{"CR", mime + "us-ascii", "us-ascii", "a\r\r\r\r", "a\r\n\r\n\r\n\r\n"},
		{"CR alone", mime + "us-ascii", "us-ascii", "\r", "\r\n"},
		{"CR CR LF", mime + "us-ascii", "us-ascii", "a\r\r\n", "a\r\n"},
		{"CR CR CR LF", mime + "us-ascii", "us-ascii", "a\r\r\r\n", "a\r\n\r\n"},
		{"one byte", mime + "windows-1251", "windows-1251", "Съешь ещё\r\n", ""},
		{"UTF-8", mime + "utf-8", "utf-8", "ä€\U0001F600.", ""},
		{"two bytes", mime + "shift_jis", "shift_jis", "お世話になっ.", ""},
		{"four bytes", mime + "gb18030", "gb18030", "项目\U0001F600ü.", ""},
		{"no label", "MIME-Version: 1.0", "windows-1251", "Съешь ещё этих мягких французских булок. ", ""},
		{"UTF-16 is no matter of pieces", mime + "utf-16le", "utf-16le", "Съешь\r\n", ""},
		{"shifts are no matter of pieces", mime + "iso-2022-jp", "iso-2022-jp", "お世話\r\n", ""},
		{"NUL", mime + "us-ascii", "us-ascii", "a\x00\x00b", "ab"},
		{"no MIME", "Content-Type: text/plain; charset=windows-1252", "windows-1252", "Grüße\n", "Grüße\r\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := largeSize / len(c.unit)
			text, ok := charset.Lookup(c.charset).Encode(strings.Repeat(c.unit, n))
			if !ok {
				t.Fatal("the charset does not have the text")
			}
			if c.want == "" {
				c.want = c.unit
			}
			res := convertLarge(t, c.header, text, nil)
			sameText(t, mapi.PidTagBody.Or(&res.Message.Properties, ""), strings.Repeat(c.want, n))
			if len(res.Message.Attachments) > 0 {
				t.Error("there are attachments")
			}
		})
	}
}

// The charset is told from where the text has other than ASCII.
func TestLargeTextLateCharset(t *testing.T) {
	text := append(bytes.Repeat([]byte("plain text\r\n"), largeSize/12), "Gr\xFC\xDFe"...)
	for _, header := range []string{"Content-Type: text/plain; charset=utf-8", "Content-Type: text/plain", "MIME-Version: 1.0"} {
		res := convertLarge(t, "MIME-Version: 1.0\r\n"+header, text, nil)
		if body := mapi.PidTagBody.Or(&res.Message.Properties, ""); !strings.HasSuffix(body, "Grüße") {
			t.Errorf("%s: the end is %q", header, body[len(body)-10:])
		}
	}
}

// Of a text beyond MaxBodyText the body holds whole characters.
func TestLargeTextCut(t *testing.T) {
	text := []byte(strings.Repeat("€", largeSize/3+100))
	for max := int64(largeSize); max < largeSize+4; max++ {
		res := convertLarge(t, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8", text, &mime2mapi.Options{MaxBodyText: max})
		sameText(t, mapi.PidTagBody.Or(&res.Message.Properties, ""), strings.Repeat("€", int(max)/3))
		if n := len(res.Message.Attachments); n != 1 {
			t.Errorf("%d attachments, want the whole text", n)
		}
		if d := res.Diagnostics; len(d) != 1 || d[0].Code != diag.BodyTooLarge {
			t.Errorf("diagnostics are %v", d)
		}
	}
}

// A large text is in memory once.
func TestLargeTextMemory(t *testing.T) {
	text, _ := charset.Lookup("windows-1251").Encode(strings.Repeat("Съешь ещё\n", 1<<20))
	for _, header := range []string{
		"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=windows-1251",
		"MIME-Version: 1.0\r\nContent-Type: text/html; charset=windows-1251",
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		eml := append([]byte(header+"\r\n\r\n"), text...)
		size := uint64(cap(eml))
		res, err := mime2mapi.ConvertAt(context.Background(), bytes.NewReader(eml), int64(len(eml)), nil)
		runtime.ReadMemStats(&after)
		if err != nil {
			t.Fatal(err)
		}
		body := len(mapi.PidTagBody.Or(&res.Message.Properties, "")) + len(mapi.PidTagHtml.Or(&res.Message.Properties, nil))
		if got, max := after.TotalAlloc-before.TotalAlloc-size, uint64(body+4<<20); got > max {
			t.Errorf("%s: %d bytes for a body of %d", header, got, body)
		}
		res.Close()
	}
}
