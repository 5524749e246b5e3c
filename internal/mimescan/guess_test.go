package mimescan

import (
	"strings"
	"testing"
)

// The boundary of the first delimiter counts where the parameter lacks or is
// another one.
func TestIN_BODY_035_GuessedBoundary(t *testing.T) {
	const header = "Content-Type: multipart/mixed; boundary="
	const parts = "\n\n--sep\nContent-Type: text/html\n\none\n--sep\n\ntwo\n--sep--\n"
	both := []string{"multipart/mixed", `1 text/html "one"`, `2 text/plain "two"`}
	guessed := []string{"boundary-guessed"}
	for _, tt := range []scanCase{
		{"no parameter", "Content-Type: multipart/mixed" + parts, both, guessed},
		{"empty", header + `""` + parts, both, guessed},
		{"another one", header + "other" + parts, both, guessed},
		{"in single quotes", header + "'sep'" + parts, both, guessed},
		{"too long", header + strings.Repeat("x", maxBoundary+1) + parts, both, guessed},
		{"behind a preamble", header + "other\n\nsome\n\ntext" + parts, both, append(guessed, "multipart-text-ignored")},
		{"fields in upper case", header + "other" + strings.Replace(parts, "Content-Type", "CONTENT-TYPE", 1), both, guessed},
		{"the declared one comes first", header + "b\n\n--b\n\none" + parts, []string{"multipart/mixed", `1 text/plain "one\r\n\r\n--sep\r\nContent-Type: text/html\r\n\r\none\r\n--sep\r\n\r\ntwo\r\n--sep--\r\n"`}, []string{"multipart-unclosed"}},
		{"no Content field", header + "b\n\n--sep\nSubject: x\n\none\n--sep--\n", []string{`text/plain "--sep\r\nSubject: x\r\n\r\none\r\n--sep--\r\n"`}, []string{"boundary-not-found"}},
		{"two words", header + "b\n\n--sep arate\nContent-Type: text/html\n\none\n", []string{`text/plain "--sep arate\r\nContent-Type: text/html\r\n\r\none\r\n"`}, []string{"boundary-not-found"}},
		{"begins with the declared one", header + "s" + parts, []string{`text/plain "` + strings.ReplaceAll(parts[2:], "\n", `\r\n`) + `"`}, []string{"boundary-not-found"}},
		{"delimiter of the enclosing one", header + "b\n\n--b\nContent-Type: multipart/mixed\n\ntext\n--b\nContent-Type: text/html\n\none\n--b--\n",
			[]string{"multipart/mixed", `1 text/plain "text"`, `2 text/html "one"`}, []string{"boundary-missing 1"}},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, Defaults()) })
	}
}
