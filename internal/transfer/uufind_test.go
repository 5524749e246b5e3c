package transfer

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseBegin(t *testing.T) {
	for _, tt := range []struct {
		line, mode, name string
		ok               bool
	}{
		{"begin 644 cat.txt", "644", "cat.txt", true},
		{"begin 0644 cat.txt\r\n", "0644", "cat.txt", true},
		{"begin 666  two words.doc ", "666", "two words.doc", true},
		{"begin 644", "644", "", true},
		{"begin 644\tx", "644", "x", true},
		{"begin 100644 x", "100644", "x", true},
		{"begin 0100644 x", "0100644", "x", true},
		{"begin 12345670 x", "", "", false},
		{"begin 64 x", "", "", false},
		{"begin 648 x", "", "", false},
		{"begin 644x", "", "", false},
		{"begin now", "", "", false},
		{"beginning 644 x", "", "", false},
		{"Begin 644 x", "", "", false},
		{"begin 644 " + strings.Repeat("x", 2000), "", "", false},
	} {
		mode, name, ok := ParseBegin(tt.line)
		if mode != tt.mode || name != tt.name || ok != tt.ok {
			t.Errorf("ParseBegin(%.40q) = %q, %q, %v; want %q, %q, %v", tt.line, mode, name, ok, tt.mode, tt.name, tt.ok)
		}
	}
}

func TestIN_ATT_035_FindUU(t *testing.T) {
	type block struct{ Text, Mode, Name, Data string }
	for _, tt := range []struct {
		name string
		in   string
		want []block
	}{
		{"none", "just text\r\n", nil},
		{"one", "before\r\nbegin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\nbehind\r\n",
			[]block{{"begin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\n", "644", "cat.txt", "Cat"}}},
		{"ends with CRLF", "begin 644 a\r\n#0V%T\r\n`\r\nend\r\n", []block{{"begin 644 a\r\n#0V%T\r\n`\r\nend\r\n", "644", "a", "Cat"}}},
		{"check characters", "begin 644 a\n#0V%TZ\n``\nend\n", []block{{"begin 644 a\n#0V%TZ\n``\nend\n", "644", "a", "Cat"}}},
		{"long line that lost its blanks", "begin 644 a\nM0V%T\n`\nend\n", []block{{"begin 644 a\nM0V%T\n`\nend\n", "644", "a", "Cat" + strings.Repeat("\x00", 42)}}},
		{"two", "begin 644 a\n#0V%T\n`\nend\n\nbegin 600 b\n#0V%T\nend",
			[]block{{"begin 644 a\n#0V%T\n`\nend\n", "644", "a", "Cat"}, {"begin 600 b\n#0V%T\nend", "600", "b", "Cat"}}},
		{"bare CR", "x\rbegin 644 a\r#0V%T\r`\rend\ry", []block{{"begin 644 a\r#0V%T\r`\rend\r", "644", "a", "Cat"}}},
		{"empty file", "begin 644 a\n`\nend\n", []block{{"begin 644 a\n`\nend\n", "644", "a", ""}}},
		{"no end", "begin 644 a\n#0V%T\nThat was it.\n", []block{{"begin 644 a\n#0V%T\n", "644", "a", "Cat"}}},
		{"cut", "begin 644 a\n#0V%T", []block{{"begin 644 a\n#0V%T", "644", "a", "Cat"}}},
		{"prose", "begin 644 times and then\nstop at once\nend\n", nil},
		{"letters of no data", "begin 644 a\n#abcd\nend\n", nil},
		{"nothing and no end", "begin 644 a\n`\ntext\n", nil},
		{"not at the beginning of a line", "> begin 644 a\n#0V%T\n`\nend\n", nil},
		{"begin within begin", "begin 644 a\nbegin 644 b\n#0V%T\n`\nend\n", []block{{"begin 644 b\n#0V%T\n`\nend\n", "644", "b", "Cat"}}},
		{"data behind the zero line is text", "begin 644 a\n#0V%T\n`\n#0V%T\nend\n", []block{{"begin 644 a\n#0V%T\n`\n", "644", "a", "Cat"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []block
			for _, b := range FindUU([]byte(tt.in)) {
				text := tt.in[b.Start:b.End]
				got = append(got, block{text, b.Mode, b.Name, string(Decode(UUEncode, []byte(text), nil))})
				if closed := strings.Contains(text, "end"); b.Closed != closed {
					t.Errorf("Closed = %v", b.Closed)
				}
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}
