package dsn_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/dsn"
)

// The cost is linear in the header: time per byte stays the same.
func BenchmarkHeader(b *testing.B) {
	for name, line := range map[string]string{
		"short lines":  "X-Field: some value of it\r\n",
		"continuation": "\tfolded\r\n",
		"no colon":     "junk\r\n",
		"CR":           "a\rb\rc\rd",
		"one line":     "abcd",
	} {
		for _, n := range []int{1 << 20, 2 << 20} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				e := withHeader("Precedence: x\r\nX: " + strings.Repeat(line, n/len(line)))
				env, o := envelope(), options()
				b.SetBytes(int64(n))
				b.ReportAllocs()
				for b.Loop() {
					r, err := dsn.New(b.Context(), e, env, o)
					if err != nil {
						b.Fatal(err)
					}
					if err := r.Write(b.Context(), io.Discard); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
