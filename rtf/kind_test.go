package rtf_test

import (
	"context"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/rtf"
)

func TestKind(t *testing.T) {
	words := strings.Repeat(`\b`, 7)
	for _, c := range []struct {
		name, in      string
		strict, loose rtf.Kind
	}{
		{"RTF-D-002 HTML", `{\rtf1\ansi\fromhtml1 \deff0{\fonttbl`, rtf.HTML, rtf.HTML},
		{"RTF-D-002 text", `{\rtf1\ansi\fromtext \deff0{\fonttbl`, rtf.Text, rtf.Text},
		{"RTF-D-002 plain", `{\rtf1\ansi\deff0{\fonttbl}}`, rtf.Plain, rtf.Plain},
		{"RTF-D-002 nothing else", `{\rtf1`, rtf.Plain, rtf.Plain},
		{"RTF-D-002 the tenth token", `{\rtf1` + words + `\fromhtml1`, rtf.HTML, rtf.HTML},
		{"RTF-D-002 the eleventh token", `{\rtf1\b` + words + `\fromhtml1`, rtf.Plain, rtf.HTML},
		{"RTF-D-002 the 20th word", `{\rtf1` + strings.Repeat(`\b`, 18) + `\fromtext`, rtf.Plain, rtf.Text},
		{"RTF-D-002 the 21st word", `{\rtf1` + strings.Repeat(`\b`, 19) + `\fromtext`, rtf.Plain, rtf.Plain},
		{"RTF-D-002 behind the font table", `{\rtf1{\fonttbl}\fromhtml1`, rtf.Plain, rtf.Plain},
		{"RTF-D-002 behind text", `{\rtf1 x\fromhtml1`, rtf.Plain, rtf.Plain},
		{"RTF-D-002 behind the end", `{\rtf1}\fromhtml1`, rtf.Plain, rtf.Plain},
		{"RTF-D-002 behind white space", "{\\rtf1\r\n\\ansi\r\n\\fromhtml1", rtf.HTML, rtf.HTML},
		{"RTF-D-002 behind blanks", `{\rtf1   \ansi  \fromhtml1`, rtf.HTML, rtf.HTML},
		{"RTF-D-002 behind a group", `{\rtf1{\*\generator x;}\fromhtml1`, rtf.Plain, rtf.HTML},
		{"RTF-D-002 within a group", `{\rtf1{\fromhtml1}`, rtf.Plain, rtf.Plain},
		{"without a number", `{\rtf1\fromhtml`, rtf.Plain, rtf.HTML},
		{"another number", `{\rtf1\fromhtml2`, rtf.Plain, rtf.HTML},
		{"number 0", `{\rtf1\fromhtml0`, rtf.Plain, rtf.Plain},
		{"RTF without a version", `{\rtf\fromhtml1`, rtf.HTML, rtf.HTML},
		{"byte order mark", "\uFEFF{\\rtf1\\fromtext", rtf.Text, rtf.Text},
		{"blanks before", "\r\n {\\rtf1\\fromtext", rtf.Text, rtf.Text},
		{"no RTF", `{\html1\fromhtml1`, 0, 0},
		{"nothing", ``, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := rtf.KindOf([]byte(c.in)); got != c.loose {
				t.Errorf("KindOf: %v; want %v", got, c.loose)
			}
			for _, strict := range []bool{false, true} {
				want := c.loose
				if strict {
					want = c.strict
				}
				doc, err := rtf.Decode(context.Background(), strings.NewReader(c.in), &rtf.DecodeOptions{StrictKind: strict})
				if (err != nil) != (want == 0) {
					t.Fatal(err)
				}
				if err == nil && doc.Kind != want {
					t.Errorf("strict %v: %v; want %v", strict, doc.Kind, want)
				}
			}
		})
	}
}

func TestKindString(t *testing.T) {
	for k, want := range map[rtf.Kind]string{rtf.Plain: "plain", rtf.HTML: "HTML", rtf.Text: "text", 0: "kind(0)"} {
		if got := k.String(); got != want {
			t.Errorf("%d: %q", uint8(k), got)
		}
	}
}
