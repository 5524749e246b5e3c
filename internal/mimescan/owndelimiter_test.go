package mimescan

import "testing"

// The delimiter of a multipart ends its header block when the empty line between
// them is missing.
func TestDelimiterEndsHeader(t *testing.T) {
	const header = "A: b\nContent-Type: multipart/mixed;\n boundary=\"the sep\"\n"
	for _, tt := range []scanCase{
		{"no empty line", header + "--the sep\n\none\n--the sep--\n",
			[]string{"multipart/mixed", `1 text/plain "one"`}, []string{"header-unterminated"}},
		{"blanks behind it", header + "--the sep \t\nC: d\n\none\n--the sep--\n",
			[]string{"multipart/mixed", `1 text/plain "one"`}, []string{"header-unterminated"}},
		{"behind a line without a colon", header + "junk\n--the sep\nC: d\n\none\n--the sep--\n",
			[]string{"multipart/mixed", `1 text/plain "one"`}, []string{"header-line-invalid", "header-unterminated"}},
		{"another boundary", header + "--the\nTo: d\n\n--the sep\n\none\n--the sep--\n",
			[]string{"multipart/mixed", `1 text/plain "one"`}, []string{"header-line-invalid"}},
		{"before the Content-Type", "A: b\n--b\nTo: d\n" + mixed + "--b\n\none\n--b--\n",
			[]string{"multipart/mixed", `1 text/plain "one"`}, []string{"header-line-invalid"}},
		{"of a part", mixed + "--b\nContent-Type: multipart/mixed; boundary=c\n--c\n\none\n--c--\n--b--\n",
			[]string{"multipart/mixed", "1 multipart/mixed", `1.1 text/plain "one"`}, []string{"header-unterminated 1"}},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, Defaults()) })
	}
}
