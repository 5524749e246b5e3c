package rtf

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
)

// work is what a conversion costs, counted.
type work struct{ steps, allocated, out int64 }

// measure counts the bytes allocated by f, which says what steps it took and how many
// bytes came out.
func measure(t *testing.T, f func() (steps, out int64)) work {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	steps, out := f()
	runtime.ReadMemStats(&after)
	return work{steps, int64(after.TotalAlloc - before.TotalAlloc), out}
}

// doubles fails when twice the input costs much more than twice the work. Buffers
// that double give the allocations their slack.
func doubles(t *testing.T, one, two work) {
	t.Helper()
	const slack = 1 << 17
	if two.steps > 2*one.steps+1000 || two.out > 2*one.out+1000 || two.allocated > 3*one.allocated+slack {
		t.Errorf("twice the input makes of %+v %+v", one, two)
	}
}

// plainWork converts plain RTF without the bound of the output.
func plainWork(t *testing.T, rtf string) work {
	return measure(t, func() (int64, int64) {
		b := newBudget(1 << 40)
		d, err := parsePlain(context.Background(), strings.NewReader(rtf), readerConfig{}, b, &DecodeOptions{})
		if err != nil {
			t.Fatal(err)
		}
		html, err := plainHTML(context.Background(), d, b)
		if err != nil {
			t.Fatal(err)
		}
		text, err := plainText(context.Background(), d, b)
		if err != nil {
			t.Fatal(err)
		}
		return int64(len(d.items)), int64(len(html) + len(text))
	})
}

// TestHostilePlain has the inputs of which each byte could cost the most.
func TestHostilePlain(t *testing.T) {
	for name, piece := range map[string]string{
		"open groups":                  `{\b a`,
		"closed groups":                `{\b a}`,
		"groups that are never opened": `a}`,
		"formats":                      `\fs7\b\i\ul\cf1 a\plain `,
		"sizes":                        `\fs9 a\fs8 b`,
		"fields":                       `{\field{\*\fldinst HYPERLINK "http://a/"}{\fldrslt b}}`,
		"open fields":                  `{\field{\*\fldinst HYPERLINK "http://a/`,
		"nested results":               `{\field{\*\fldinst HYPERLINK "http://a/"}{\fldrslt b`,
		"a long instruction":           `{\field{\*\fldinst ` + strings.Repeat(`\\"\\\\ `, 50),
		"tables in and out":            `\itap8 a\nestcell\pard b\par `,
		"row definitions":              `\trowd\cellx1\cellx2\cellx3\intbl a\cell\row `,
		"edges of a row":               `\cellx1 \intbl a\cell `,
		"edges that differ":            `\trowd\cellx100\cellx400\cellx900\intbl a\cell\row\trowd\cellx300\cellx700\intbl b\cell\row `,
		"paragraph formats":            `\pard\qc\li720\par\pard\qr\li360\par `,
		"line breaks":                  `\line `,
		"pictures":                     `{\pict\pngblip 00}`,
		"a picture":                    `{\*\x}\pict 00112233`,
		"places":                       `\objattph `,
		"color tables":                 `{\colortbl;\red1;;;;}`,
		"font tables":                  `{\fonttbl{\f1 A;}{\f2 B;}}\f1 a\f2 b`,
		"footnotes":                    `{\footnote a`,
		"blanks and tabs":              `  \tab `,
		"markup":                       `<"&>`,
		"specials":                     `\bullet\~\_\emdash `,
	} {
		t.Run(name, func(t *testing.T) {
			const n = 4000
			one, two := plainHeader+strings.Repeat(piece, n), plainHeader+strings.Repeat(piece, 2*n)
			doubles(t, plainWork(t, one), plainWork(t, two))
		})
	}
}

// TestHostileNumbers has parameters at their bounds.
func TestHostileNumbers(t *testing.T) {
	for _, number := range []string{"-2147483648", "2147483647", "-99999999999", "99999999999", "-1", "0", "65536", ""} {
		var b strings.Builder
		b.WriteString(plainHeader)
		for word := range plainActions {
			b.WriteString(`{\` + word + number + ` a}\` + word + number + ` b`)
		}
		for word := range charWords {
			b.WriteString(`{\` + word + number + ` a}`)
		}
		for word := range paraWords {
			b.WriteString(`{\` + word + number + ` a\par}`)
		}
		b.WriteString(`{\pict\pngblip\picwgoal` + number + `\pichgoal` + number + `\picscalex` + number + ` 00}}`)
		if d, err := Decode(context.Background(), strings.NewReader(b.String()), nil); err != nil || d.Kind != Plain {
			t.Errorf("%s: %v", number, err)
		}
	}
}

func TestPlainOutputIsBounded(t *testing.T) {
	rtf := plainHeader + strings.Repeat(`\itap8 a\nestcell\pard b\par `, 20000)
	for _, max := range []int64{1, 1000, 100_000, 1 << 20} {
		w := measure(t, func() (int64, int64) {
			d, err := Decode(context.Background(), strings.NewReader(rtf), &DecodeOptions{MaxOutput: max})
			var limit *LimitError
			if d != nil || !errors.As(err, &limit) || limit.Limit != max {
				t.Errorf("%d: %v", max, err)
			}
			return 0, 0
		})
		if w.allocated > 32*max+(1<<20) {
			t.Errorf("%d bytes were allocated to find that the output passes %d", w.allocated, max)
		}
	}
	picture := plainHeader + `{\pict\pngblip ` + strings.Repeat("00", 1<<20) + `}}`
	if _, err := Decode(context.Background(), strings.NewReader(picture), &DecodeOptions{MaxOutput: 1 << 19}); err == nil {
		t.Error("a picture of 1 MiB passes a bound of half of it")
	}
	if d, err := Decode(context.Background(), strings.NewReader(picture), nil); err != nil || len(d.Pictures) != 1 || len(d.Pictures[0].Data) != 1<<20 {
		t.Errorf("a picture of 1 MiB: %v", err)
	}
}

func TestPicturesAreBounded(t *testing.T) {
	d := decodePlainString(t, plainHeader+strings.Repeat(`{\pict\pngblip 00}`, maxPictures+3)+"}", nil)
	if len(d.Pictures) != maxPictures || len(d.Diagnostics) != 1 || !strings.Contains(d.Diagnostics[0].Detail, "3 pictures") {
		t.Errorf("%d pictures, %v", len(d.Pictures), d.Diagnostics)
	}
}

func TestPlainIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	r := &cancelReader{strings.NewReader(plainHeader + strings.Repeat(`a\par `, 100_000)), cancel}
	if _, err := Decode(ctx, r, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v; want that the context is cancelled", err)
	}
}

// A cancelReader cancels a context once it was read from.
type cancelReader struct {
	*strings.Reader
	cancel func()
}

func (r *cancelReader) Read(p []byte) (int, error) {
	defer r.cancel()
	return r.Reader.Read(p)
}

// TestHostileHTML has HTML of which each byte could cost encapsulation the most.
func TestHostileHTML(t *testing.T) {
	for name, c := range map[string]struct{ start, piece string }{
		"open tags":                    {"", "<b>"},
		"badly nested tags":            {strings.Repeat("<b><i>", 1000), "</b></i>a"},
		"tags between formats":         {"", "<b>a<i>b</b>c</i>"},
		"tables":                       {"", "<table><tr><td>"},
		"cells outside of tables":      {"", "<td>a</table><tr>b"},
		"a comment that is not closed": {"<!--", "-- >"},
		"references":                   {"", "&amp"},
		"no references":                {"", "&&a"},
		"a long attribute":             {"<a href='", "http:///"},
		"long links":                   {"", "<a href='http://" + strings.Repeat("a", 1900) + "'>b<br>"},
		"a quote that is not closed":   {"", "<a href=\"x"},
		"lists":                        {"", "<ol><li>a"},
		"line breaks":                  {"", "<br>"},
		"line breaks before a word":    {"a", "<br>"},
		"blanks":                       {"", " \t"},
		"control characters":           {"", "\x01"},
		"raw text":                     {"", "<title>"},
		"pre":                          {"", "<pre>\n\n"},
		"alternative texts":            {"", "<img alt='a'>"},
	} {
		t.Run(name, func(t *testing.T) {
			const n = 4000
			run := func(n int) work {
				html := c.start + strings.Repeat(c.piece, n)
				return measure(t, func() (int64, int64) {
					var w countingWriter
					if err := EncapsulateHTML(&w, html); err != nil {
						t.Fatal(err)
					}
					return 0, int64(w)
				})
			}
			one, two := run(n), run(2*n)
			doubles(t, one, two)
			if limit := int64(40*(len(c.start)+n*len(c.piece)) + 1000); one.out > limit {
				t.Errorf("%d bytes of HTML became %d", len(c.start)+n*len(c.piece), one.out)
			}
		})
	}
}

type countingWriter int64

func (w *countingWriter) Write(p []byte) (int, error) {
	*w += countingWriter(len(p))
	return len(p), nil
}
