package charset

import (
	"strings"
	"testing"
)

func TestLookup(t *testing.T) {
	for _, c := range []struct{ label, want string }{
		{"utf-8", "utf-8"},
		{"UTF-8", "utf-8"},
		{"utf8", "utf-8"},
		{"utf_8", "utf-8"},
		{"UNICODE-1-1-UTF-8", "utf-8"},
		{"unicode", "utf-8"},
		{"utf-8-mac", "utf-8"},
		{`"utf-8"`, "utf-8"},
		{"'utf-8'", "utf-8"},
		{" utf-8 ", "utf-8"},
		{"utf-8;", "utf-8"},
		{"utf-8; format=flowed", "utf-8"},
		{"3Dutf-8", "utf-8"},
		{"3D\"utf-8\"", "utf-8"},
		{"us-ascii", "us-ascii"},
		{"ANSI_X3.4-1968", "us-ascii"},
		{"iso-8859-1", "iso-8859-1"},
		{"iso8859-1", "iso-8859-1"},
		{"ISO_8859-1:1987", "iso-8859-1"},
		{"iso-8859-1 (Latin 1)", "iso-8859-1"},
		{"latin1", "iso-8859-1"},
		{"8859-1", "iso-8859-1"},
		{"x-iso-8859-1", "iso-8859-1"},
		{"iso-8859-8-i", "iso-8859-8-i"},
		{"iso-8859-8-e", "iso-8859-8"},
		{"iso-8859-11", "windows-874"},
		{"TIS-620", "windows-874"},
		{"windows-1252", "windows-1252"},
		{"cp1252", "windows-1252"},
		{"CP-1252", "windows-1252"},
		{"windows1252", "windows-1252"},
		{"x-cp1252", "windows-1252"},
		{"1252", "windows-1252"},
		{"ansi-1252", "windows-1252"},
		{"win-1251", "windows-1251"},
		{"codepage 1251", "windows-1251"},
		{"cp28592", "iso-8859-2"},
		{"cp437", "ibm437"},
		{"IBM850", "ibm850"},
		{"x-mac-roman", "macintosh"},
		{"x-mac-ce", "x-mac-ce"},
		{"koi8r", "koi8-r"},
		{"x-sjis", "shift_jis"},
		{"Windows-31J", "shift_jis"},
		{"_iso-2022-jp$ESC", "iso-2022-jp"},
		{"csISO2022JP", "iso-2022-jp"},
		{"x-euc-jp", "euc-jp"},
		{"x-gbk", "gbk"},
		{"GB_2312-80", "gb2312"},
		{"ks_c_5601", "ks_c_5601-1987"},
		{"KSC5601", "ks_c_5601-1987"},
		{"x-windows-949", "ks_c_5601-1987"},
		{"big5-eten", "big5"},
		{"HZ-GB-2312", "hz-gb-2312"},
		{"unicodeBig", "utf-16be"},
		{"ucs-2", "utf-16"},
		{"unicode-1-1-utf-7", "utf-7"},
		{"", ""},
		{`""`, ""},
		{"-", ""},
		{"x", ""},
		{"x-unknown", ""},
		{"unknown-8bit", ""},
		{"binary", ""},
		{"euc-tw", ""},
		{"cp99999", ""},
		{"cp", ""},
		{"1", ""},
		{"utf-8-purple", ""},
		{"ütf-8", ""},
		{"\xff\x00", ""},
	} {
		t.Run("IN-BODY-017 "+c.label, func(t *testing.T) {
			got := Lookup(c.label)
			if got == nil && c.want != "" || got != nil && got.Name() != c.want {
				t.Errorf("Lookup(%q) = %v, want %q", c.label, got, c.want)
			}
		})
	}
}

func TestLookupLong(t *testing.T) {
	for _, label := range []string{
		strings.Repeat("x", 1<<20),
		strings.Repeat(" ", 1<<20) + "utf-8",
		strings.Repeat("cp", 1<<19) + "1252",
	} {
		if got := Lookup(label); got != nil {
			t.Errorf("Lookup(%.8q...) = %s, want none", label, got)
		}
		if n := testing.AllocsPerRun(10, func() { Lookup(label) }); n != 0 {
			t.Errorf("Lookup(%.8q...) allocates %v times, so it reads the label", label, n)
		}
	}
}

func TestCodePage(t *testing.T) {
	for _, c := range []struct {
		label string
		want  int
	}{
		{"us-ascii", 20127},
		{"utf-8", 65001},
		{"utf-7", 65000},
		{"utf-16le", 1200},
		{"utf-16be", 1201},
		{"iso-8859-1", 28591},
		{"iso-8859-8-i", 38598},
		{"iso-8859-15", 28605},
		{"windows-1252", 1252},
		{"shift_jis", 932},
		{"gb2312", 936},
		{"gbk", 936},
		{"gb18030", 54936},
		{"hz-gb-2312", 52936},
		{"ks_c_5601-1987", 949},
		{"euc-kr", 51949},
		{"iso-2022-kr", 50225},
		{"big5", 950},
		{"iso-2022-jp", 50220},
		{"euc-jp", 51932},
		{"koi8-r", 20866},
		{"koi8-u", 21866},
		{"macintosh", 10000},
		{"ibm866", 866},
		{"koi8-t", 0},
	} {
		t.Run("IN-BODY-022 "+c.label, func(t *testing.T) {
			if got := Lookup(c.label).CodePage(); got != c.want {
				t.Errorf("code page %d, want %d", got, c.want)
			}
		})
	}
}

func TestByCodePage(t *testing.T) {
	for _, c := range []struct {
		id   int
		want string
	}{
		{65001, "utf-8"},
		{20127, "us-ascii"},
		{28591, "iso-8859-1"},
		{1252, "windows-1252"},
		{1200, "utf-16le"},
		{936, "gb2312"},
		{932, "shift_jis"},
		{949, "ks_c_5601-1987"},
		{50221, "iso-2022-jp"},
		{20932, "euc-jp"},
		{0, ""},
		{-1, ""},
		{1, ""},
		{1 << 30, ""},
	} {
		got := ByCodePage(c.id)
		if got == nil && c.want != "" || got != nil && got.Name() != c.want {
			t.Errorf("MAPI-T-005 ByCodePage(%d) = %v, want %q", c.id, got, c.want)
		}
	}
}

// Names lead back to their charset, and code pages to one that reads the same.
func TestTableConsistent(t *testing.T) {
	for i := range charsets {
		c := &charsets[i]
		if c.Name() != strings.ToLower(c.Name()) || Lookup(c.Name()) != c {
			t.Errorf("Lookup(%q) = %v", c.Name(), Lookup(c.Name()))
		}
		if c.CodePage() == 0 {
			continue
		}
		if d := ByCodePage(c.CodePage()); d == nil || d.CodePage() != c.CodePage() {
			t.Errorf("%s: ByCodePage(%d) = %v", c, c.CodePage(), d)
		}
	}
	for f, want := range map[*Charset]string{
		UTF8(): "utf-8", ASCII(): "us-ascii", Latin1(): "iso-8859-1", Windows1252(): "windows-1252",
		UTF16LE(): "utf-16le", UTF16BE(): "utf-16be",
	} {
		if f != Lookup(want) {
			t.Errorf("%s is not %s", f, want)
		}
	}
}

func TestASCIICompatible(t *testing.T) {
	ascii := make([]byte, 128)
	for i := range ascii {
		ascii[i] = byte(i)
	}
	different := map[string]bool{
		"utf-7": true, "utf-16": true, "utf-16le": true, "utf-16be": true, "utf-32": true, "utf-32le": true,
		"utf-32be": true, "iso-2022-jp": true, "iso-2022-kr": true, "iso-2022-cn": true, "hz-gb-2312": true,
		"ibm037": true, "ibm273": true, "ibm500": true, "ibm1026": true, "ibm1047": true, "ibm01140": true,
		"viscii": true,
	}
	for i := range charsets {
		c := &charsets[i]
		if c.ASCIICompatible() == different[c.Name()] {
			t.Errorf("%s: ASCIICompatible() = %t", c, c.ASCIICompatible())
		}
		if s, _ := c.Decode(ascii); c.ASCIICompatible() && s != string(ascii) {
			t.Errorf("%s reads ASCII as %q", c, s)
		}
	}
}
