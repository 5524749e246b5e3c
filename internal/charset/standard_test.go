package charset_test

import (
	"testing"

	"github.com/contentconv/contentconv/internal/charset"
)

// What Windows added to charsets of East Asia can be read, and is not written.
func TestStandard(t *testing.T) {
	for _, c := range []struct {
		charset, yes, no string
	}{
		{"gb2312", "你好，世界", "朱镕基"},
		{"gbk", "朱镕基", "€"},
		{"big5", "你好，世界", "€"},
		{"shift_jis", "日本語、ｶﾅ", "①"},
		{"euc-jp", "日本語", "①"},
		{"iso-2022-jp", "日本語 and ASCII 日本", "①"},
		{"euc-kr", "안녕하세요", "똠방각하"},
		{"ks_c_5601-1987", "안녕하세요", "€"},
		{"iso-8859-1", "größe", "€"},
		{"windows-1252", "€", "日"},
		{"utf-8", "똠①€", ""},
	} {
		cs := charset.Lookup(c.charset)
		if !cs.CanSend("ASCII " + c.yes) {
			t.Errorf("%s: %s cannot be written", c.charset, c.yes)
		}
		if c.no != "" && cs.CanSend(c.yes+c.no) {
			t.Errorf("%s: %s can be written", c.charset, c.no)
		}
		if b, ok := cs.Encode(c.no); ok {
			if s, bad := cs.Decode(b); s != c.no || bad > 0 {
				t.Errorf("%s: %s is read as %s", c.charset, c.no, s)
			}
		}
	}
	if charset.Lookup("big5").Standard([]byte{0xA4}) {
		t.Errorf("half a character is standard")
	}
}
