package charset

import (
	"strings"
	"testing"
)

// encoded returns s in the named charset.
func encoded(t *testing.T, name, s string) string {
	t.Helper()
	b, ok := Lookup(name).Encode(s)
	if !ok {
		t.Fatalf("%s lacks a character of %q", name, s)
	}
	return string(b)
}

func TestDecodeDeclared(t *testing.T) {
	const (
		japanese = "お世話になっております。会議の資料です。"
		chinese  = "您好，附件是项目报告，请查收。"
		russian  = "Высылаю вам договор и счёт."
	)
	in := func(name, s string) string { return encoded(t, name, s) }
	for _, c := range []struct {
		name, label, in string
		want, used      string
		bad             int
	}{
		{"label obeyed", "windows-1251", in("windows-1251", russian), russian, "windows-1251", 0},
		{"label obeyed though the bytes are UTF-8", "iso-8859-1", "caf\xC3\xA9", "cafÃ©", "iso-8859-1", 0},
		{"single byte without a character", "windows-1253", "\xE1\xAA", "α\uFFFD", "windows-1253", 1},
		{"no label", "", in("windows-1251", russian), russian, "windows-1251", 0},
		{"no label, ASCII", "", "abc", "abc", "us-ascii", 0},
		{"no label, empty", "", "", "", "us-ascii", 0},
		{"no label, 7-bit Japanese", "", in("iso-2022-jp", japanese), japanese, "iso-2022-jp", 0},
		{"us-ascii obeyed", "us-ascii", "abc~{VP~}", "abc~{VP~}", "us-ascii", 0},
		{"us-ascii on UTF-8", "us-ascii", "Grüße", "Grüße", "utf-8", 0},
		{"us-ascii on Latin text", "us-ascii", "Gr\xFC\xDFe", "Grüße", "windows-1252", 0},
		{"us-ascii on 7-bit Japanese", "us-ascii", in("iso-2022-jp", japanese), japanese, "iso-2022-jp", 0},
		{"us-ascii on UTF-16", "us-ascii", in("utf-16le", "plain"), "plain", "utf-16le", 0},
		{"utf-8 obeyed", "utf-8", "Grüße", "Grüße", "utf-8", 0},
		{"IN-BODY-019 utf-8 with slight damage", "utf-8", "Grüße, Köln\xE9", "Grüße, Köln\uFFFD", "utf-8", 1},
		{"IN-BODY-019 utf-8 cut within a character", "utf-8", "only one \xE2\x82", "only one \uFFFD", "utf-8", 1},
		{"utf-8 on Latin text", "utf-8", "Gr\xFC\xDFe", "Grüße", "windows-1252", 0},
		{"utf-8 on Latin text that ends in a letter", "utf-8", "caf\xE9", "café", "windows-1252", 0},
		{"utf-8 on Chinese text", "utf-8", in("gb18030", chinese), chinese, "gb18030", 0},
		{"utf-8 with a mark", "utf-8", "\xEF\xBB\xBFabc", "abc", "utf-8", 0},
		{"utf-8 on UTF-16 with a mark", "utf-8", "\xFF\xFE" + in("utf-16le", "é"), "é", "utf-16le", 0},
		{"mark of UTF-8 under another label", "windows-1252", "\xEF\xBB\xBFGrüße", "Grüße", "utf-8", 0},
		{"mark of UTF-8 before other bytes", "windows-1252", "\xEF\xBB\xBF\xE9", "ï»¿é", "windows-1252", 0},
		{"shift_jis obeyed", "shift_jis", in("shift_jis", japanese), japanese, "shift_jis", 0},
		{"IN-BODY-019 shift_jis with slight damage", "shift_jis", in("shift_jis", japanese) + "\x82", japanese + "\uFFFD", "shift_jis", 1},
		{"shift_jis on UTF-8", "shift_jis", japanese, japanese, "utf-8", 0},
		{"gb2312 on UTF-8 that would decode", "gb2312", "中文邮件", "中文邮件", "utf-8", 0},
		{"gb2312 on text too short to tell", "gb2312", "\xC1\xAA\xCD\xA8", "联通", "gb2312", 0},
		{"euc-jp on Shift_JIS", "euc-jp", in("shift_jis", japanese), japanese, "shift_jis", 0},
		{"euc-jp on Latin text", "euc-jp", "Gr\xFC\xDFe und \xC4pfel f\xFCr \xFCber zw\xF6lf M\xE4nner", "Grüße und Äpfel für über zwölf Männer", "windows-1252", 0},
		{"iso-2022-jp on Shift_JIS", "iso-2022-jp", in("shift_jis", japanese), japanese, "shift_jis", 0},
		{"iso-2022-jp on EUC-JP", "iso-2022-jp", in("euc-jp", japanese), japanese, "euc-jp", 0},
		{"iso-2022-jp on UTF-8", "iso-2022-jp", "件名", "件名", "utf-8", 0},
		{"utf-16 on ASCII", "utf-16", "<html><body>plain</body></html>", "<html><body>plain</body></html>", "us-ascii", 0},
		{"utf-16 on UTF-8", "utf-16", "<p>Grüße</p>", "<p>Grüße</p>", "utf-8", 0},
		{"utf-16le on Latin text", "utf-16le", "<p>Gr\xFC\xDFe</p>", "<p>Grüße</p>", "windows-1252", 0},
		{"utf-16le obeyed without a NUL", "utf-16le", in("utf-16le", "中文邮件"), "中文邮件", "utf-16le", 0},
		{"utf-16le with a mark", "utf-16le", "\xFF\xFEa\x00", "a", "utf-16le", 0},
		{"utf-16le with the mark of the other order", "utf-16le", "\xFE\xFF\x00a", "a", "utf-16be", 0},
		{"utf-16 with a mark", "utf-16", "\xFE\xFF\x00a", "a", "utf-16", 0},
		{"utf-16 on UTF-32", "utf-16", "\xFF\xFE\x00\x00a\x00\x00\x00", "a", "utf-32le", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, used, bad := DecodeDeclared(Lookup(c.label), []byte(c.in))
			if got != c.want || used.Name() != c.used || bad != c.bad {
				t.Errorf("DecodeDeclared(%q, %q) = %q in %s, %d bad; want %q in %s, %d",
					c.label, c.in, got, used, bad, c.want, c.used, c.bad)
			}
			if alone := Used(Lookup(c.label), []byte(c.in)); alone != used {
				t.Errorf("Used(%q, %q) = %s; want %s", c.label, c.in, alone, used)
			}
		})
	}
}

func TestDetect(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"empty", "", "us-ascii"},
		{"ASCII", "abc", "us-ascii"},
		{"UTF-8 with a mark", "\xEF\xBB\xBFabc", "utf-8"},
		{"UTF-16 with a mark", "\xFF\xFEa\x00", "utf-16le"},
		{"UTF-16 with the other mark", "\xFE\xFF\x00a", "utf-16be"},
		{"UTF-32 with a mark", "\xFF\xFE\x00\x00a\x00\x00\x00", "utf-32le"},
		{"UTF-32 with the other mark", "\x00\x00\xFE\xFF\x00\x00\x00a", "utf-32be"},
		{"binary with scattered NULs", "ab\x00\x00cd\x00\x00", "us-ascii"},
		{"UTF-8, last character cut", "Grüße \xC3", "utf-8"},
		{"UTF-8 with a stray byte in much", strings.Repeat("é", 20) + "\xE9", "utf-8"},
		{"UTF-8 and as much else", "é\xE9 \xE8 \xE0", "windows-1252"},
		{"escape sequences of a terminal", "\x1B[31mred\x1B[0m", "us-ascii"},
		{"designation without text", "\x1B$B\x1B(B", "us-ascii"},
		{"HZ braces that frame no pairs", "~{ x ~}", "us-ascii"},
		{"UTF-7 is never guessed", "+AGEAYg-", "us-ascii"},
		{"one sign", "10 \x80", "windows-1252"},
		{"text far behind", strings.Repeat("x", 1<<20) + " " + "\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0", "windows-1251"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Detect([]byte(c.in)); got.Name() != c.want {
				t.Errorf("Detect(%.40q) = %s, want %s", c.in, got, c.want)
			}
		})
	}
}
