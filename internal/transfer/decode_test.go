package transfer

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
)

type decodeCase struct {
	name  string
	in    string
	want  string
	codes []diag.Code // reported, each once, in order
}

// run decodes in memory and, cut in several ways, as a stream.
func (tt decodeCase) run(t *testing.T, e Encoding) {
	t.Helper()
	var codes []diag.Code
	report := func(code diag.Code, detail string) {
		codes = append(codes, code)
		if detail == "" || strings.ContainsAny(detail, "\r\n\x00") {
			t.Errorf("%s: detail %q", code, detail)
		}
	}
	check := func(how, got string) {
		t.Helper()
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", how, d)
		}
		if d := cmp.Diff(tt.codes, codes); d != "" {
			t.Errorf("%s: codes (-want +got):\n%s", how, d)
		}
		codes = nil
	}
	check("in memory", string(Decode(e, []byte(tt.in), report)))
	for how, r := range map[string]io.Reader{
		"whole":     strings.NewReader(tt.in),
		"bytewise":  iotest.OneByteReader(strings.NewReader(tt.in)),
		"with data": iotest.DataErrReader(strings.NewReader(tt.in)),
		"halves":    iotest.HalfReader(strings.NewReader(tt.in)),
	} {
		got, err := io.ReadAll(NewReader(e, r, report))
		if err != nil {
			t.Fatalf("%s: %v", how, err)
		}
		check(how, string(got))
	}
}

func TestBase64(t *testing.T) {
	invalid, truncated := []diag.Code{diag.Base64Invalid}, []diag.Code{diag.Base64Truncated}
	long := strings.Repeat("0123456789", 3000)
	for _, tt := range []decodeCase{
		{"empty", "", "", nil},
		{"one byte", "QQ==", "A", nil},
		{"two bytes", "QUI=", "AB", nil},
		{"three bytes", "QUJD", "ABC", nil},
		{"all of the alphabet", "AP+/gAA/+w==", "\x00\xff\xbf\x80\x00?\xfb", nil},
		{"line ends anywhere", "QU\r\nJD\nRE\rVG\r\n\r\n", "ABCDEF", nil},
		{"line ends within groups", "QUJDREVGQ\nUJDREVGQUJDREVG\rQUJDREVGQ\r\nUJDREVG", "ABCDEFABCDEFABCDEFABCDEFABCDEF", nil},
		{"white space is no defect", " Q\tU J\vD\f\r\n", "ABC", nil},
		{"many lines", string(wrapped([]byte(long))), long, nil},
		{"many short lines", strings.Repeat("QUJD\r\n", 3000), strings.Repeat("ABC", 3000), nil},
		{"stray bytes are skipped", "Q*U\x00J\xffD", "ABC", invalid},
		{"junk between whole groups", "QUJDREVG!QUJDREVG", "ABCDEFABCDEF", invalid},
		{"missing padding, two characters", "QUJDQQ", "ABCA", truncated},
		{"missing padding, three characters", "QUJDQUI", "ABCAB", truncated},
		{"half of the padding", "QUJDQQ=", "ABCA", truncated},
		{"one character left over", "QUJDR", "ABC", truncated},
		{"padding split by a line end", "QQ=\r\n=\r\n", "A", nil},
		{"too much padding", "QUI==", "AB", invalid},
		{"too much padding by far", "QQ======\r\n===", "A", invalid},
		{"padding after whole groups", "QUJD====", "ABC", invalid},
		{"padding first", "=QUJD", "ABC", invalid},
		{"padding after one character", "Q=UJD", "ABC", invalid},
		{"concatenated streams", "QQ==\r\nQUI=\r\nQUJD\r\n", "AABABC", invalid},
		{"concatenated streams on one line", "QQ==QUI=QUJD", "AABABC", invalid},
		{"one '=' and then more", "QQ=QUJD", "AABC", invalid},
		{"one '=' and then a footer", "QQ=\r\nThis list is about mail\r\n", "A", invalid},
		{"long line after padding", "QQ==" + strings.Repeat("QUJD", 1000), "A" + strings.Repeat("ABC", 1000), invalid},
		{"footer after padding", "QQ==\r\n-- \r\nThis is a footer of a list\r\nQUJD", "AABC", invalid},
		{"footer of letters alone", "QQ==\r\n\r\nThis list is about mail\r\n", "A", invalid},
		{"word after padding", "QQ==\r\nfooter\r\n", "A", invalid},
		{"no base64 at all", "-- --\r\n", "", invalid},
		{"junk and truncated", "QU*", "A", []diag.Code{diag.Base64Invalid, diag.Base64Truncated}},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, Base64) })
	}
}

func TestQuotedPrintable(t *testing.T) {
	invalid := []diag.Code{diag.QuotedPrintableInvalid}
	blanks := strings.Repeat(" ", 3000)
	for _, tt := range []decodeCase{
		{"empty", "", "", nil},
		{"text", "Hello, world.\r\n", "Hello, world.\r\n", nil},
		{"escapes", "caf=C3=A9=3D", "caf\xc3\xa9=", nil},
		{"lower-case digits", "caf=c3=a9", "caf\xc3\xa9", nil},
		{"soft line break", "a=\r\nb", "ab", nil},
		{"soft break with bare LF", "a=\nb", "ab", nil},
		{"soft break with bare CR", "a=\rb", "ab", nil},
		{"soft break with CR CR LF", "a=\r\r\nb", "ab", nil},
		{"soft break before an empty line, bare CR", "a=\r\rb", "a\rb", nil},
		{"soft break before empty lines at the end, bare CR", "a=\r\r\r", "a\r\r", nil},
		{"soft break with blanks behind", "a= \t\r\nb", "ab", nil},
		{"blank before a soft break stays", "a =\r\n b", "a  b", nil},
		{"soft break at the end", "abc=", "abc", nil},
		{"soft break at the end with blanks", "abc=  ", "abc", nil},
		{"soft break at the end with CR", "abc=\r", "abc", nil},
		{"white space at the end of a line", "a \t \r\nb  \nc\t", "a\r\nb\nc", nil},
		{"white space within a line", "a \t b", "a \t b", nil},
		{"encoded blank stays", "a=20\r\nb=09\n", "a \r\nb\t\n", nil},
		{"blanks behind an encoded blank", "a=20  \r\n", "a \r\n", nil},
		{"CR alone", "a\rb \rc", "a\rb \rc", nil},
		{"blanks before an escape", "a  =41", "a  A", nil},
		{"bad digit", "=0G=41", "=0GA", invalid},
		{"one digit at the end", "a=4", "a=4", invalid},
		{"not an escape", "http://x/?a=b&c=\xff", "http://x/?a=b&c=\xff", invalid},
		{"equals twice", "==41", "=A", invalid},
		{"8-bit bytes and NUL stay", "\x00\xe9", "\x00\xe9", nil},
		{"long line", strings.Repeat("x", 100000), strings.Repeat("x", 100000), nil},
		{"over-long run of blanks is text", "a" + blanks + "\r\nb", "a" + blanks + "\r\nb", nil},
		{"blank line behind an over-long run", "a" + blanks + "\n  \nb", "a" + blanks + "\n\nb", nil},
		{"run of blanks within the bound", "a" + blanks[:1000] + "\r\nb", "a\r\nb", nil},
		{"equals before an over-long run", "a=" + blanks + "\r\nb", "a=" + blanks + "\r\nb", invalid},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, QuotedPrintable) })
	}
}

func TestIN_ATT_046_UUEncode(t *testing.T) {
	invalid := []diag.Code{diag.UuencodeInvalid}
	unclosed := []diag.Code{diag.UuencodeUnclosed}
	const cat = "begin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\n"
	line45 := "M" + strings.Repeat("86%A", 15) + "\n"
	for _, tt := range []decodeCase{
		{"one line", cat, "Cat", nil},
		{"bare LF", strings.ReplaceAll(cat, "\r", ""), "Cat", nil},
		{"bare CR", strings.ReplaceAll(cat, "\n", ""), "Cat", nil},
		{"blank for zero", "begin 644 x\n#    \n \nend\n", "\x00\x00\x00", nil},
		{"blanks at the end lost", "begin 644 x\n#\n`\nend\n", "\x00\x00\x00", nil},
		{"backquote for zero", "begin 644 x\n#````\n`\nend\n", "\x00\x00\x00", nil},
		{"check character", "begin 644 x\n#0V%TZ\n`\nend\n", "Cat", nil},
		{"full lines", "begin 644 x\n" + line45 + line45 + "`\nend\n", strings.Repeat("aaa", 30), nil},
		{"one byte of a group", "begin 644 x\n!00\n`\nend\n", "A", nil},
		{"no zero line", "begin 644 x\n#0V%T\nend\n", "Cat", nil},
		{"empty lines between", "begin 644 x\n\n#0V%T\n\n#0V%T\n`\nend\n", "CatCat", nil},
		{"no end line", "begin 644 x\n#0V%T\n", "Cat", unclosed},
		{"cut within a line", "begin 644 x\n#0V", "C\x60\x00", unclosed},
		{"text before", "see below\nbegin 644 x\n#0V%T\n`\nend\n", "Cat", invalid},
		{"text behind", cat + "regards\n", "Cat", invalid},
		{"no begin line", "#0V%T\n`\nend\n", "Cat", invalid},
		{"no begin line, after text", "part 2 of 3\n" + line45 + "`\nend\n", strings.Repeat("aaa", 15), invalid},
		{"characters beyond the alphabet", "begin 644 x\n#0v%T\n`\nend\n", "Aat", invalid},
		{"line that is no data", "begin 644 x\n#0V%T\n\x7f\x01\n#0V%T\n`\nend\n", "CatCat", invalid},
		{"line that is too long", "begin 644 x\n" + strings.Repeat("x", 5000) + "\n#0V%T\nend\n", "Cat", invalid},
		{"data at the end of a line that is too long", "begin 644 x\n" + strings.Repeat("x", maxUULine+1) + "#0V%T\n#0V%T\nend\n", "Cat", invalid},
		{"no begin line, empty line first", "\n#0V%T\n`\nend\n", "Cat", invalid},
		{"short line of data among text", "text\n#0V%T\n", "text\n#0V%T\n", invalid},
		{"nothing uuencoded", "this is\nplain text\n", "this is\nplain text\n", invalid},
		{"nothing uuencoded, large", strings.Repeat("plain text\n", 20000), strings.Repeat("plain text\n", 20000), invalid},
		{"blank", " \r\n", " \r\n", nil},
		{"empty", "", "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, UUEncode) })
	}
}

// IN-ATT-037: what no decoder knows stays as it is.
func TestIN_ATT_037_Identity(t *testing.T) {
	in := []byte("a=41\x00\r\nb\n")
	for _, e := range []Encoding{None, SevenBit, EightBit, Binary, BinHex, Unknown} {
		if e.Encoded() {
			t.Errorf("%v is encoded", e)
		}
		if got := Decode(e, in, nil); !bytes.Equal(got, in) {
			t.Errorf("Decode(%v) = %q", e, got)
		}
		r := bytes.NewReader(in)
		if NewReader(e, r, nil) != r {
			t.Errorf("NewReader(%v) is not its argument", e)
		}
	}
}

func TestReaderErrors(t *testing.T) {
	broken := errors.New("broken")
	for _, e := range []Encoding{Base64, QuotedPrintable, UUEncode} {
		t.Run(e.String(), func(t *testing.T) {
			r := NewReader(e, io.MultiReader(strings.NewReader("begin 644 x\n#0V%T\n"), iotest.ErrReader(broken)), nil)
			if _, err := io.ReadAll(r); err != broken {
				t.Errorf("ReadAll: %v, want the reader's error", err)
			}
			if _, err := r.Read(make([]byte, 1)); err != broken {
				t.Errorf("Read again: %v, want the reader's error", err)
			}
			r = NewReader(e, idle{}, nil)
			if _, err := r.Read(make([]byte, 1)); err != io.ErrNoProgress {
				t.Errorf("idle reader: %v, want io.ErrNoProgress", err)
			}
			if _, err := io.Copy(io.Discard, NewReader(e, idle{}, nil)); err != io.ErrNoProgress {
				t.Errorf("idle reader, copied: %v, want io.ErrNoProgress", err)
			}
		})
	}
}

// A reader that gives nothing now and then is no idle one.
func TestReaderPauses(t *testing.T) {
	r := &pausing{r: iotest.OneByteReader(strings.NewReader(strings.Repeat("QUJD", 100)))}
	got, err := io.ReadAll(NewReader(Base64, r, nil))
	if want := strings.Repeat("ABC", 100); string(got) != want || err != nil {
		t.Errorf("read %q, %v", got, err)
	}
}

// pausing gives nothing in four reads of five.
type pausing struct {
	r io.Reader
	n int
}

func (p *pausing) Read(b []byte) (int, error) {
	if p.n++; p.n%5 != 0 {
		return 0, nil
	}
	return p.r.Read(b)
}

// Text without uuencoded data is not gathered in memory.
func TestUUEncodePreludeBound(t *testing.T) {
	broken := errors.New("broken")
	text := strings.Repeat("text\n", maxPrelude)
	got, err := io.ReadAll(NewReader(UUEncode, io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)), nil))
	if err != broken || len(got) < len(text)-maxPrelude {
		t.Errorf("%d bytes of %d came before the error %v", len(got), len(text), err)
	}
}

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

func TestDecodedSize(t *testing.T) {
	for _, tt := range []struct {
		e    Encoding
		in   string
		want int64
	}{
		{Base64, string(wrapped(pattern(100001))), 100001},
		{Base64, "QQ*=", 1},
		{QuotedPrintable, "=41  \r\n", 3},
		{UUEncode, "begin 644 x\n#0V%T\n`\nend\n", 3},
		{Binary, "\x00\x01", 2},
	} {
		got, err := DecodedSize(tt.e, strings.NewReader(tt.in))
		if err != nil || got != tt.want {
			t.Errorf("DecodedSize(%v) = %d, %v; want %d", tt.e, got, err, tt.want)
		}
	}
}

func TestWriteToShort(t *testing.T) {
	r := NewReader(Base64, strings.NewReader("QUJD"), nil)
	if _, err := r.(io.WriterTo).WriteTo(short{}); err != io.ErrShortWrite {
		t.Errorf("WriteTo: %v, want io.ErrShortWrite", err)
	}
}

type short struct{}

func (short) Write(p []byte) (int, error) { return len(p) - 1, nil }
