package rtf

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// lexed returns the tokens of src: braces, words with their parameter, symbols, 'hh,
// text in brackets and \bin data in angle brackets; pieces are joined.
func lexed(src io.Reader) (string, error) {
	var b strings.Builder
	var last tokenKind
	l := newLexer(src)
	var tok token
	for {
		err := l.next(&tok)
		if last == tokText && (err != nil || tok.kind != tokText) {
			b.WriteByte(']')
		}
		if err != nil {
			if err == io.EOF {
				err = nil
			}
			return b.String(), err
		}
		switch tok.kind {
		case tokOpen:
			b.WriteByte('{')
		case tokClose:
			b.WriteByte('}')
		case tokWord:
			b.WriteString(`\` + tok.word)
			if tok.hasParam {
				fmt.Fprint(&b, tok.param)
			}
		case tokSymbol:
			b.WriteString(`\` + string(tok.char))
		case tokHex:
			fmt.Fprintf(&b, "'%02x", tok.char)
		case tokText:
			if last != tokText {
				b.WriteByte('[')
			}
			b.Write(tok.text)
		case tokBin:
			if last != tokBin {
				b.WriteByte('<')
			}
			b.Write(tok.text)
			if tok.last {
				b.WriteByte('>')
			}
		}
		last = tok.kind
	}
}

func TestLexer(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"RTF-L-001 one blank ends a word", `\b  x`, `\b[ x]`},
		{"RTF-L-001 one blank ends a parameter", `\b0  x`, `\b0[ x]`},
		{"RTF-L-001 other ends stay", "\\b;\\b\tx\\b-x", "\\b[;]\\b[\tx]\\b[-x]"},
		{"RTF-L-001 a symbol takes no blank", `\~ x\'e4 y`, `\~[ x]'e4[ y]`},
		{"a line end ends a word", "\\b\r\nx", `\b[x]`},
		{"case matters", `\Par\PAR`, `\Par\PAR`},
		{"negative", `\u-10187?\li-5 x`, `\u-10187[?]\li-5[x]`},
		{"parameter 0", `\b0\b00x`, `\b0\b0[x]`},
		{"parameter beyond 32 bits", `\u99999999999999999999x\u-99999999999999999999`, `\u2147483647[x]\u-2147483648`},
		{"word of 32 letters", `\` + strings.Repeat("a", 32) + "7x", `\` + strings.Repeat("a", 32) + "7[x]"},
		{"word of 100000 letters", `\` + strings.Repeat("a", 100_000) + "7 x", `\` + strings.Repeat("a", 32) + "7[x]"},
		{"parameter of 100000 digits", `\b` + strings.Repeat("0", 100_000) + "7 x", `\b7[x]`},
		{"symbols", `\{\}\\\*\_\-\:\|\1`, `\{\}\\\*\_\-\:\|\1`},
		{"hexadecimal", `\'e4\'E4\'00`, `'e4'e4'00`},
		{"bad hexadecimal is text", `\'zz\'4z\'`, `[zz][4z]`},
		{"hexadecimal at the end", `x\'e`, `[x][e]`},
		{"line end behind a backslash", "a\\\r\nb\\\nc", `[a]\par[b]\par[c]`},
		{"line ends are nothing", "a\r\nb\n\rc", `[a][b][c]`},
		{"RTF-L-010 NULs are nothing", "{a\x00b\\b\x00 x}\x00", `{[a][b]\b[ x]}`},
		{"RTF-L-009 high bytes are text", "\xE4\xF6", "[\xE4\xF6]"},
		{"RTF-L-005 bin", `\bin3 {\}x`, `\bin3<{\}>[x]`},
		{"RTF-L-005 bin of nothing", `\bin0 x\bin x\bin-5 x`, `\bin0<>[x]\bin<>[x]\bin-5<>[x]`},
		{"RTF-L-005 bin beyond the end", `\bin2000000000 {x}`, `\bin2000000000<{x}>`},
		{"RTF-L-005 bin beyond the buffer", `\bin40000 ` + strings.Repeat("}", 40_000) + "x", `\bin40000<` + strings.Repeat("}", 40_000) + ">[x]"},
		{"backslash at the end", `x\`, `[x]`},
		{"word at the end", `x\par`, `[x]\par`},
		{"nothing", ``, ``},
	} {
		t.Run(c.name, func(t *testing.T) {
			for name, src := range readers(c.in) {
				got, err := lexed(src)
				if err != nil {
					t.Fatal(err)
				}
				// Where text is cut into pieces depends on the reader.
				if diff := cmp.Diff(join(c.want), join(got)); diff != "" {
					t.Errorf("%s: -want +got:\n%s", name, diff)
				}
			}
		})
	}
}

func join(s string) string { return strings.ReplaceAll(s, "][", "") }

// readers returns readers of the same input that return more or less at once.
func readers(in string) map[string]io.Reader {
	return map[string]io.Reader{
		"whole":       strings.NewReader(in),
		"single":      iotest.OneByteReader(strings.NewReader(in)),
		"half":        iotest.HalfReader(strings.NewReader(in)),
		"with io.EOF": iotest.DataErrReader(strings.NewReader(in)),
	}
}

func TestLexerErrors(t *testing.T) {
	broken := errors.New("broken")
	for _, in := range []string{"", "text", `\`, `\par`, `\'`, `\b1`, `\bin9 xx`, "{"} {
		_, err := lexed(io.MultiReader(strings.NewReader(in), iotest.ErrReader(broken)))
		if !errors.Is(err, broken) {
			t.Errorf("%q: %v", in, err)
		}
	}
	if _, err := lexed(stuckReader{}); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("a reader that returns nothing: %v", err)
	}
}

// TestLexerSteps counts tokens and refills, which is all that a lexer does.
func TestLexerSteps(t *testing.T) {
	for name, unit := range map[string]string{
		"words": `\b `, "long words": `\` + strings.Repeat("b", 300), "numbers": `\b` + strings.Repeat("1", 300), "groups": "{",
		"line ends": "\r\n", "text": "text", "hexadecimal": `\'e4`, "bad hexadecimal": `\'`, "backslashes": `\\`, "bin": `\bin2 xx`,
	} {
		t.Run(name, func(t *testing.T) {
			var steps [2]int64
			for i, n := range []int{1 << 18, 1 << 19} {
				l := newLexer(strings.NewReader(strings.Repeat(unit, n/len(unit))))
				var tok token
				for l.next(&tok) == nil {
				}
				steps[i] = l.steps
			}
			if steps[1] > steps[0]*21/10+10 {
				t.Errorf("twice the input takes %d steps instead of %d", steps[1], steps[0])
			}
		})
	}
}
