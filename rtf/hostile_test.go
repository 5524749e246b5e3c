package rtf

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
)

// hostile are documents that have hurt other software (RTF that grows, nests or never
// ends); n is how much of the hurtful thing they have.
var hostile = []struct {
	name string
	make func(n int) string
}{
	{"RTF-L-006 open groups", func(n int) string { return header + strings.Repeat("{", n) }},
	{"closed groups", func(n int) string { return header + strings.Repeat("{", n) + strings.Repeat("}", n) + "}" }},
	{"groups that are skipped", func(n int) string { return header + `{\*\x` + strings.Repeat("{", n) + strings.Repeat("}", n) + "}}" }},
	{"closing braces", func(n int) string { return header + strings.Repeat("}", n) }},
	{"groups with htmlrtf", func(n int) string { return header + strings.Repeat(`{\htmlrtf {\htmlrtf0 x`, n) }},
	{"groups with htmltag", func(n int) string { return header + strings.Repeat(`{\*\htmltag84 <b>`, n) }},
	{"groups with upr", func(n int) string { return header + strings.Repeat(`{\upr{x}{\*\ud`, n) }},
	{"bin without data", func(n int) string { return header + strings.Repeat(`\bin0 `, n) }},
	{"bin of 2 GB", func(n int) string { return header + strings.Repeat(`\bin2147483647 `, n) }},
	{"negative bin", func(n int) string { return header + strings.Repeat(`\bin-1 x`, n) }},
	{"half pairs", func(n int) string { return header + `\f1` + strings.Repeat(`\'83\b`, n) }},
	{"half pairs in groups", func(n int) string { return header + `\f1` + strings.Repeat(`{\f1\'83}`, n) }},
	{"beginnings of four bytes", func(n int) string { return header + `\f2` + strings.Repeat(`\'81\'30\'81\b`, n) }},
	{"high surrogates", func(n int) string { return header + strings.Repeat(`\u-10179?`, n) }},
	{"low surrogates", func(n int) string { return header + strings.Repeat(`\u-8704?`, n) }},
	{"question marks behind a surrogate", func(n int) string { return header + `\u-10179` + strings.Repeat("?", n) }},
	{"fallback of 2^31 units", func(n int) string { return header + `\uc2147483647\u8364 ` + strings.Repeat("?", n) }},
	{"fallback of words", func(n int) string { return header + `\uc2147483647\u8364 ` + strings.Repeat(`\b`, n) }},
	{"fallback that never comes", func(n int) string { return header + `\uc255` + strings.Repeat(`\u8364`, n) }},
	{"hexadecimal at the end", func(n int) string { return header + strings.Repeat(`\'`, n) }},
	{"fonts", func(n int) string {
		return `{\rtf1\fromhtml1{\fonttbl` + strings.Repeat(`{\f0\fcharset128 A;}`, n) + `}x}`
	}},
	{"font names", func(n int) string { return `{\rtf1\fromhtml1{\fonttbl{\f0 ` + strings.Repeat("A", n) + `;}}x}` }},
	{"changes of the font", func(n int) string { return header + strings.Repeat(`\f1\'e4\f0\'e4`, n) }},
	{"changes of the code page", func(n int) string { return `{\rtf1\fromhtml1 ` + strings.Repeat(`\ansicpg1251\'e4\ansicpg1252\'e4`, n) }},
	{"words that differ", func(n int) string { return header + differentWords(n) }},
	{"characters", func(n int) string { return header + strings.Repeat(`\u8364?`, n) }},
	{"undecodable text", func(n int) string { return header + `\f1` + strings.Repeat(`\'fd\'fe`, n) }},
	{"META elements", func(n int) string { return header + strings.Repeat(`{\*\htmltag161 <meta charset=x>}`, n) }},
	{"entities", func(n int) string { return header + strings.Repeat(`\rdblquote`, n) }},
}

const header = `{\rtf1\ansi\fromhtml1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset128 B;}{\f2\fcharset134 C;}}`

func differentWords(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteByte('\\')
		for ; i > 0; i /= 26 {
			b.WriteByte('a' + byte(i%26))
		}
		b.WriteByte(' ')
	}
	return b.String()
}

// TestHostileWork sees that twice the hostile input is at most about twice the work,
// counted in tokens and in allocated bytes, for each kind of document.
func TestHostileWork(t *testing.T) {
	for _, h := range hostile {
		for _, kind := range []string{`\fromhtml1`, `\fromtext`, `\b`} {
			t.Run(h.name+" "+kind, func(t *testing.T) {
				var steps [2]int64
				var bytes [2]uint64
				const n = 8_000
				for i, n := range []int{n, 2 * n} {
					in := strings.Replace(h.make(n), `\fromhtml1`, kind, 1)
					bytes[i] = allocated(func() {
						if _, err := Decode(context.Background(), strings.NewReader(in), nil); err != nil {
							t.Fatal(err)
						}
					})
					steps[i] = countSteps(in)
				}
				if steps[1] > steps[0]*21/10+100 {
					t.Errorf("%d tokens for twice the input of %d", steps[1], steps[0])
				}
				if bytes[1] > bytes[0]*5/2+1<<20 {
					t.Errorf("%d bytes allocated for twice the input of %d", bytes[1], bytes[0])
				}
			})
		}
	}
}

// countSteps returns the tokens and refills that reading takes.
func countSteps(in string) int64 {
	r := newReader(context.Background(), strings.NewReader(in), readerConfig{dests: htmlDestinations})
	for {
		if _, err := r.next(); err != nil {
			return r.lex.steps
		}
	}
}

// TestHostileCompressed does the same for compressed RTF, whose output is the work.
func TestHostileCompressed(t *testing.T) {
	for _, c := range []struct {
		name     string
		contents func(n int) []byte
	}{
		{"the longest matches", func(n int) []byte {
			return bytes.Repeat(append([]byte{0xFF}, bytes.Repeat([]byte{0x00, 0x0F}, 8)...), n)
		}},
		{"literals", func(n int) []byte { return make([]byte, 9*n) }},
		{"every reference the end marker", func(n int) []byte { return bytes.Repeat([]byte{0xFF, 0x0C, 0xF0}, n) }},
		{"random", func(n int) []byte { return bytes.Repeat([]byte{0x55, 'a', 0x12, 0x34, 'b', 0xFE, 0xDC, '{'}, n) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			var bytes [2]uint64
			var out [2]int
			for i, n := range []int{10_000, 20_000} {
				in := compressed(0xFFFFFFFF, c.contents(n))
				bytes[i] = allocated(func() {
					rtf, _, err := Decompress(in)
					if err != nil {
						t.Fatal(err)
					}
					out[i] = len(rtf)
				})
				if out[i] > len(in)*17/2 {
					t.Errorf("%d bytes came out of %d", out[i], len(in))
				}
			}
			if out[1] > out[0]*2+maxMatch {
				t.Errorf("%d bytes come of twice the input of %d", out[1], out[0])
			}
			if bytes[1] > bytes[0]*3+1<<20 {
				t.Errorf("%d bytes are allocated for twice the input of %d", bytes[1], bytes[0])
			}
		})
	}
}

// TestHostileCompression counts the bytes that are compared while matches are looked
// for: texts in which every place looks like every other one.
func TestHostileCompression(t *testing.T) {
	for name, unit := range map[string]string{"one byte": "a", "NUL": "\x00", "two bytes": "ab", "nearly": "aaaaaaab", "words": `\par \pard\plain `} {
		t.Run(name, func(t *testing.T) {
			in := bytes.Repeat([]byte(unit), 1<<20/len(unit))
			if got, _, err := Decompress(Compress(in)); err != nil || !bytes.Equal(got, in) {
				t.Errorf("it came back changed: %v", err)
			}
			n1, n2 := allocated(func() { Compress(in[:len(in)/2]) }), allocated(func() { Compress(in) })
			if n2 > n1*5/2+1<<20 {
				t.Errorf("%d bytes are allocated for twice the input of %d", n2, n1)
			}
		})
	}
}

func TestRTF_L_006_Depth(t *testing.T) {
	const n = 100_000
	for name, c := range map[string]struct{ in, want string }{
		"balanced":       {strings.Repeat("{", n) + "x" + strings.Repeat("}", n), "xlast"},
		"unbalanced":     {strings.Repeat("{", n) + "x", "xlast"},
		"skipped":        {strings.Repeat("{", n) + `{\*\x y}x` + strings.Repeat("}", n), "xlast"},
		"fonts":          {`{\fonttbl` + strings.Repeat("{", n) + strings.Repeat("}", n) + `}x`, "xlast"},
		"htmlrtf inside": {strings.Repeat("{", n) + `\htmlrtf z\htmlrtf0 x` + strings.Repeat("}", n), "xlast"},
		"htmlrtf closed": {strings.Repeat("{", n) + `x\htmlrtf z` + strings.Repeat("}", n), "xlast"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := Decode(context.Background(), strings.NewReader(`{\rtf1\fromhtml1 `+c.in+"last}"), nil)
			if err != nil {
				t.Fatal(err)
			}
			if doc.HTML != c.want {
				t.Errorf("got %q; want %q", doc.HTML, c.want)
			}
			if got := codes(doc.Diagnostics); len(got) == 0 || got[0] != diag.RTFDamaged {
				t.Errorf("diagnostics %v", doc.Diagnostics)
			}
		})
	}
}

// TestReaderKeepsStateToMaxDepth sees that the state of every group up to the bound
// comes back.
func TestReaderKeepsStateToMaxDepth(t *testing.T) {
	var b, want strings.Builder
	b.WriteString(`{\rtf1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}`)
	for i := range maxDepth - 1 {
		b.WriteString(`{\f` + string('0'+rune(i&1)))
	}
	for i := range maxDepth - 1 {
		b.WriteString(`\'e4}`)
		want.WriteString([]string{"ä", "д"}[(maxDepth-2-i)&1])
	}
	b.WriteString("}")
	r := newReader(context.Background(), strings.NewReader(b.String()), readerConfig{})
	var got strings.Builder
	for {
		e, err := r.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e.kind == evText {
			got.Write(e.text)
		}
	}
	w := want.String()
	if got.String() != w {
		t.Errorf("got %.40q...; want %.40q...", got.String(), w)
	}
	if r.damage.tooDeep {
		t.Error("the document counts as nested too deeply")
	}
}

func TestOutputLimit(t *testing.T) {
	for _, kind := range []string{`\fromhtml1`, `\fromtext`} {
		in := `{\rtf1` + kind + " " + strings.Repeat(`text\rdblquote\'e4\~`, 1000) + "}"
		doc, err := Decode(context.Background(), strings.NewReader(in), nil)
		if err != nil {
			t.Fatal(err)
		}
		n := int64(len(doc.HTML) + len(doc.Text))
		for _, limit := range []int64{1, n / 2, n - 1, n, -1} {
			_, err := Decode(context.Background(), strings.NewReader(in), &DecodeOptions{MaxOutput: limit})
			le := (*LimitError)(nil)
			if want := limit > 0 && limit < n; errors.As(err, &le) != want || want && le.Limit != limit {
				t.Errorf("%s: %d bytes, limit %d: %v", kind, n, limit, err)
			}
		}
	}
}

func TestDecodeDefaultLimit(t *testing.T) {
	in := `{\rtf1\fromtext ` + strings.Repeat("0123456789abcdef", DefaultMaxOutput/16) + "x}"
	if _, err := Decode(context.Background(), strings.NewReader(in), nil); !errors.As(err, new(*LimitError)) {
		t.Errorf("64 MiB and one byte: %v", err)
	}
}

// A cancellingReader cancels a context once it has been read from a few times.
type cancellingReader struct {
	r      io.Reader
	left   int
	cancel context.CancelFunc
}

func (c *cancellingReader) Read(p []byte) (int, error) {
	if c.left--; c.left == 0 {
		c.cancel()
	}
	return c.r.Read(p[:min(len(p), 1000)])
}

func TestDecodeContext(t *testing.T) {
	for _, kind := range []string{`\fromhtml1`, `\fromtext`} {
		ctx, cancel := context.WithCancel(context.Background())
		in := strings.NewReader(`{\rtf1` + kind + " " + strings.Repeat(`{x}`, 1<<20) + "}")
		_, err := Decode(ctx, &cancellingReader{in, 10, cancel}, nil)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", kind, err)
		}
		if in.Len() < 2<<20 {
			t.Errorf("%s: only %d bytes are left unread", kind, in.Len())
		}
		cancel()
		if _, err := Decode(ctx, strings.NewReader("no RTF"), nil); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: cancelled before: %v", kind, err)
		}
	}
}
