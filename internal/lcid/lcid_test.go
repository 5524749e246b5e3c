package lcid

import (
	"strings"
	"testing"

	"github.com/contentconv/contentconv/internal/charset"
)

func TestFromTag(t *testing.T) {
	for _, c := range []struct {
		name, tag string
		want      uint32
	}{
		{"language and region", "en-US", 0x0409},
		{"letter case", "EN-gb", 0x0809},
		{"underscore", "pt_BR", 0x0416},
		{"POSIX locale", "fr_CA.UTF-8", 0x0C0C},
		{"POSIX modifier", "de_DE@euro", 0x0407},
		{"surrounding space", " ja-JP ", 0x0411},
		{"neutral", "de", 0x0007},
		{"neutral English", "en", 0x0009},
		{"neutral beyond the language bits", "nb", 0x7C14},
		{"variant falls back to region", "de-DE-1996", 0x0407},
		{"known variant", "ca-ES-valencia", 0x0803},
		{"unknown region falls back to language", "de-XX", 0x0007},
		{"private use falls back", "en-US-x-twain", 0x0409},
		{"script that Windows has", "sr-Cyrl-RS", 0x281A},
		{"script that Windows lacks", "en-Latn-US", 0x0409},
		{"script of Chinese with region", "zh-Hant-TW", 0x0404},
		{"script of Chinese decides over region", "zh-Hans-HK", 0x0004},
		{"former tag", "zh-CHS", 0x0004},
		{"former language code", "iw-IL", 0x040D},
		{"Norwegian without a form", "no-NO", 0x0414},
		{"modern Spanish sort", "es-ES", 0x0C0A},
		{"traditional Spanish sort", "es-ES_tradnl", 0x040A},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := FromTag(c.tag)
			if !ok || got != c.want {
				t.Errorf("FromTag(%q) = %#04x, %t; want %#04x", c.tag, got, ok, c.want)
			}
		})
	}
	for _, tag := range []string{"", "-", "x", "xx-YY", "i-klingon", "\xff", "de DE", strings.Repeat("de-", 1<<20)} {
		if got, ok := FromTag(tag); ok {
			t.Errorf("FromTag(%.20q) = %#04x, want none", tag, got)
		}
	}
}

func TestToTag(t *testing.T) {
	for _, c := range []struct {
		name string
		id   uint32
		want string
	}{
		{"usual", 0x0409, "en-US"},
		{"neutral", 0x0007, "de"},
		{"sort order ignored", 0x00010407, "de-DE"},
		{"Taiwan", 0x0404, "zh-TW"},
		{"none", 0, ""},
		{"invariant", 0x007F, ""},
		{"user default", 0x0400, ""},
		{"system default", 0x0800, ""},
		{"custom", 0x1000, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, ok := ToTag(c.id); got != c.want || ok != (c.want != "") {
				t.Errorf("ToTag(%#x) = %q, %t; want %q", c.id, got, ok, c.want)
			}
		})
	}
}

func TestCodePage(t *testing.T) {
	for _, c := range []struct {
		name string
		id   uint32
		want int
	}{
		{"English", 0x0409, 1252},
		{"Polish", 0x0415, 1250},
		{"Russian", 0x0419, 1251},
		{"Greek", 0x0408, 1253},
		{"Turkish", 0x041F, 1254},
		{"Hebrew", 0x040D, 1255},
		{"Arabic", 0x0401, 1256},
		{"Lithuanian", 0x0427, 1257},
		{"Vietnamese", 0x042A, 1258},
		{"Thai", 0x041E, 874},
		{"Japanese", 0x0411, 932},
		{"simplified Chinese", 0x0804, 936},
		{"Korean", 0x0412, 949},
		{"traditional Chinese", 0x0404, 950},
		{"Hong Kong", 0x0C04, 950},
		{"Serbian in Cyrillic", 0x281A, 1251},
		{"Serbian in Latin", 0x241A, 1250},
		{"unknown region of a known language", 0x7C19, 1251},
		{"sort order ignored", 0x00040411, 932},
		{"Unicode only", 0x0439, 0},
		{"no locale", 0, 0},
		{"no language", 0x03FE, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := CodePage(c.id); got != c.want {
				t.Errorf("CodePage(%#x) = %d, want %d", c.id, got, c.want)
			}
		})
	}
}

// Every locale's tag leads back to it, and every code page is one that the
// charsets know.
func TestTableConsistent(t *testing.T) {
	if len(locales) < 400 {
		t.Errorf("%d locales, want the 400 that [MS-LCID] has", len(locales))
	}
	for _, l := range locales {
		if got, ok := FromTag(l.name); !ok || got != uint32(l.id) {
			t.Errorf("FromTag(%q) = %#04x, want %#04x", l.name, got, l.id)
		}
		if l.codePage != 0 && charset.ByCodePage(int(l.codePage)) == nil {
			t.Errorf("%s: code page %d is no charset", l.name, l.codePage)
		}
	}
}
