package textconv

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// crlfCases are texts with all kinds of line ends in all orders.
func crlfCases() []string {
	cases := []string{"", "plain", strings.Repeat("line\r\n", 2000), strings.Repeat("\r\r\n", 3000)}
	ends := []string{"\r", "\n", "a"}
	for n := range 3 * 3 * 3 * 3 * 3 {
		var b strings.Builder
		for range 5 {
			b.WriteString(ends[n%3])
			n /= 3
		}
		cases = append(cases, b.String())
	}
	return cases
}

func TestCRLFReaderIsCRLF(t *testing.T) {
	for _, s := range crlfCases() {
		want := CRLF(s)
		for name, r := range map[string]io.Reader{
			"whole":      NewCRLFReader(strings.NewReader(s)),
			"bytewise":   NewCRLFReader(iotest.OneByteReader(strings.NewReader(s))),
			"with error": NewCRLFReader(iotest.DataErrReader(strings.NewReader(s))),
		} {
			if got, err := io.ReadAll(r); string(got) != want || err != nil {
				t.Errorf("%s: %.40q becomes %.40q, %v; want %.40q", name, s, got, err, want)
			}
		}
	}
}

func TestCRLFReaderPassesErrors(t *testing.T) {
	r := NewCRLFReader(io.MultiReader(strings.NewReader("a\nb"), iotest.ErrReader(io.ErrUnexpectedEOF)))
	if got, err := io.ReadAll(r); string(got) != "a\r\nb" || err != io.ErrUnexpectedEOF {
		t.Errorf("read %q, %v", got, err)
	}
}
