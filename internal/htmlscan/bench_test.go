package htmlscan

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// newsletter returns an HTML newsletter of n bytes or a little more: nested
// layout tables, styles in each element, images and tracked links.
func newsletter(n int) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>News</title><style>" +
		strings.Repeat("td.c { font: 12px Arial; background: url('https://img.example.com/bg.png') } ", 20) +
		"</style></head><body bgcolor=\"#ffffff\"><!--[if mso]><table width=\"600\"><tr><td><![endif]-->")
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, `<table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse"><tr>
<td class="c" align="left" valign="top" style="padding:12px 24px; font-family:Arial,Helvetica,sans-serif; font-size:14px; line-height:20px; color:#333333">
<a href="https://click.example.com/?qs=%032x&amp;u=%d" target="_blank"><img src="cid:image%d@example.com" width="200" height="120" alt="Offer %d" style="display:block"></a>
<h2 style="margin:0">A heading of the section number %d</h2><p>Some text &ndash; as newsletters have it &ndash; about an offer of 20&nbsp;%% until the
end of the month, and <b>only</b> for you. &copy; Example</p></td></tr></table>
`, i*7919, i, i, i, i)
	}
	b.WriteString("</body></html>")
	return b.String()
}

func BenchmarkNewsletter(b *testing.B) {
	html := newsletter(60 << 10)
	raw := []byte(html)
	run := func(name string, f func()) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(html)))
			b.ReportAllocs()
			for b.Loop() {
				f()
			}
		})
	}
	run("References", func() { References(raw) })
	run("CharsetOf", func() { CharsetOf(raw) })
	run("SetCharset", func() { SetCharset(raw, "koi8-r") })
	run("Fragment", func() { Fragment(html) })
}

// BenchmarkHostile reports the time of the slowest hostile document a byte, at
// two sizes. The two are alike as long as everything is linear.
func BenchmarkHostile(b *testing.B) {
	for _, n := range []int{100000, 200000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			worst := 0.0
			for b.Loop() {
				for _, html := range hostile(n) {
					raw := []byte(html)
					start := time.Now()
					Fragment(html)
					References(raw)
					SetCharset(raw, "utf-8")
					worst = max(worst, float64(time.Since(start).Nanoseconds())/float64(len(html)))
				}
			}
			b.ReportMetric(worst, "worst-ns/byte")
		})
	}
}
