package charset

import (
	"strings"
	"testing"
)

// BenchmarkDecode reads 60 KB.
func BenchmarkDecode(b *testing.B) {
	for _, c := range []struct{ name, charset, text string }{
		{"ASCII", "us-ascii", "Minutes of the meeting held on Tuesday.\r\n"},
		{"UTF-8", "utf-8", "Grüße aus Köln, Привет, 会議の件\r\n"},
		{"windows-1252", "windows-1252", "Veuillez trouver le procès-verbal de la réunion.\r\n"},
		{"windows-1251", "windows-1251", "Высылаю вам договор и счёт за прошлый месяц.\r\n"},
		{"gb18030", "gb18030", "您好！附件是上个月的项目报告，请查收。\r\n"},
		{"iso-2022-jp", "iso-2022-jp", "来週の会議の資料を送付いたします。\r\n"},
		{"utf-16le", "utf-16le", "Minutes of the meeting held on Tuesday.\r\n"},
		{"utf-7", "utf-7", "Grüße aus Köln, Привет, 会議の件\r\n"},
	} {
		b.Run(c.name, func(b *testing.B) {
			cs := Lookup(c.charset)
			line, ok := cs.Encode(c.text)
			if !ok {
				b.Fatal("text not in charset")
			}
			in := []byte(strings.Repeat(string(line), 60<<10/len(line)))
			b.SetBytes(int64(len(in)))
			b.ReportAllocs()
			for b.Loop() {
				if _, bad := cs.Decode(in); bad > 0 {
					b.Fatal(bad)
				}
			}
		})
	}
}

// BenchmarkDecodeDouble shows that the worst bytes for each kind of decoder cost
// twice as much when there are twice as many.
func BenchmarkDecodeDouble(b *testing.B) {
	for _, c := range []struct{ charset, unit string }{
		{"utf-8", "\xF0\x9F\x98"},
		{"utf-7", "+2D0"},
		{"gb18030", "\x81\x30\x81"},
		{"iso-2022-jp", "\x1B$"},
		{"hz-gb-2312", "~{"},
		{"utf-16", "\x00\xD8"},
	} {
		for size, n := range map[string]int{"1x": 1 << 15, "2x": 1 << 16} {
			b.Run(c.charset+"/"+size, func(b *testing.B) {
				cs := Lookup(c.charset)
				in := []byte(strings.Repeat(c.unit, n))
				b.SetBytes(int64(len(in)))
				for b.Loop() {
					cs.Decode(in)
				}
			})
		}
	}
}

func BenchmarkDetect(b *testing.B) {
	for _, name := range []string{"windows-1252", "koi8-r", "shift_jis", "utf-8"} {
		for _, s := range samples {
			c := Lookup(name)
			line, ok := c.Encode(s.text + "\r\n")
			if !ok || len(line) == len(s.text)+2 && name != "utf-8" {
				continue
			}
			for size, n := range map[string]int{"line": 1, "64KB": 64 << 10 / len(line)} {
				b.Run(name+"/"+size, func(b *testing.B) {
					in := []byte(strings.Repeat(string(line), n))
					b.SetBytes(int64(len(in)))
					for b.Loop() {
						Detect(in)
					}
				})
			}
			break
		}
	}
}

func BenchmarkLookup(b *testing.B) {
	for _, label := range []string{"utf-8", "ISO-8859-1", "x-unknown-charset"} {
		b.Run(label, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Lookup(label)
			}
		})
	}
}
