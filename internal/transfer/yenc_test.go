package transfer

import (
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/contentconv/contentconv/diag"
	"github.com/google/go-cmp/cmp"
)

// yLines returns a file as yEnc data with lines of the given length.
func yLines(file string, line int) string {
	var b strings.Builder
	column := 0
	for i := range len(file) {
		c := file[i] + 42
		switch c {
		case 0, '\n', '\r', '=':
			b.WriteByte('=')
			c += 64
		}
		b.WriteByte(c)
		if column++; column == line {
			b.WriteString("\r\n")
			column = 0
		}
	}
	if column > 0 {
		b.WriteString("\r\n")
	}
	return b.String()
}

// yBlock returns a whole yEnc block.
func yBlock(file string, line int) string {
	return fmt.Sprintf("=ybegin line=%d size=%d name=a b.txt\r\n%s=yend size=%d crc32=%08X\r\n",
		line, len(file), yLines(file, line), len(file), crc32.ChecksumIEEE([]byte(file)))
}

func everyByte() string {
	b := make([]byte, 512)
	for i := range b {
		b[i] = byte(i)
	}
	return string(b)
}

func TestIN_ATT_048_DecodeYEnc(t *testing.T) {
	const cat = "m\x8b\x9e" // Cat
	for _, tt := range []struct {
		name, in, want string
		damaged        bool
	}{
		{"every byte", yBlock(everyByte(), 128), everyByte(), false},
		{"lines that begin with an escape", yBlock("\x13\x13\x13\x13", 1), "\x13\x13\x13\x13", false},
		{"no checksum", "=ybegin line=128 size=3 name=x\n" + cat + "\n=yend size=3\n", "Cat", false},
		{"the only piece", "=ybegin part=1 total=1 line=128 size=3 name=x\n=ypart begin=1 end=3\n" + cat + "\n=yend size=3 part=1\n", "Cat", false},
		{"one of two pieces", "=ybegin part=1 total=2 line=128 size=6 name=x\n=ypart begin=1 end=3\n" + cat + "\n=yend size=3 part=1\n", "Cat", true},
		{"wrong size", "=ybegin line=128 size=4 name=x\n" + cat + "\n=yend size=4\n", "Cat", true},
		{"wrong checksum", "=ybegin line=128 size=3 name=x\n" + cat + "\n=yend size=3 crc32=00000000\n", "Cat", true},
		{"no end", "=ybegin line=128 size=3 name=x\n" + cat, "Cat", true},
		{"escape at the end", "=ybegin line=128 size=0 name=x\n=\n=yend size=0\n", "", false},
		{"text around it", "hello\n=ybegin line=128 size=3 name=x\n" + cat + "\n=yend size=3\nbye\n", "Cat", true},
		{"none", "hello\r\n=ybelow\r\n", "hello\r\n=ybelow\r\n", true},
		{"no size", "=ybegin line=128 name=x\r\n", "=ybegin line=128 name=x\r\n", true},
		{"empty", "", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var told []diag.Code
			got := string(Decode(YEnc, []byte(tt.in), func(c diag.Code, _ string) { told = append(told, c) }))
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if tt.damaged != cmp.Equal(told, []diag.Code{diag.YEncInvalid}) {
				t.Errorf("told %v, want damage %v", told, tt.damaged)
			}
			b, err := io.ReadAll(NewReader(YEnc, iotest.OneByteReader(strings.NewReader(tt.in)), nil))
			if err != nil || string(b) != tt.want {
				t.Errorf("byte by byte: %q, %v", b, err)
			}
		})
	}
}

func TestIN_ATT_048_FindYEnc(t *testing.T) {
	type block struct {
		Text, Name string
		Intact     bool
	}
	one := yBlock("Cat", 2)
	for _, tt := range []struct {
		name, in string
		want     []block
	}{
		{"none", "text\r\n=y\r\n=yend size=3\r\n", nil},
		{"one", "before\r\n" + one + "behind\r\n", []block{{one, "a b.txt", true}}},
		{"two", one + "\r\n" + one, []block{{one, "a b.txt", true}, {one, "a b.txt", true}}},
		{"not closed", "=ybegin line=128 size=3 name=x\n\x8d" + "\n" + one, []block{{"=ybegin line=128 size=3 name=x\n\x8d\n", "x", false}, {one, "a b.txt", true}}},
		{"cut", one + "=ybegin line=128 size=3 name=\"x\" \n\x8d", []block{{one, "a b.txt", true}, {"=ybegin line=128 size=3 name=\"x\" \n\x8d", "x", false}}},
		{"not at the beginning of a line", " " + one, nil},
		{"damaged", strings.Replace(one, "size=3", "size=4", 1), []block{{strings.Replace(one, "size=3", "size=4", 1), "a b.txt", false}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []block
			for _, b := range FindYEnc([]byte(tt.in)) {
				got = append(got, block{tt.in[b.Start:b.End], b.Name, b.Intact})
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
