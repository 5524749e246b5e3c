package vcard

import (
	"bytes"
	"strings"
)

// charsetWindow is how far into a line its parameters are looked for.
const charsetWindow = 500

// lineCharset returns the first charset that a line names for itself, as vCard 2.1
// allows, or "". Lines of quoted-printable text are decoded one by one; this is for
// text that stands there as it is.
func lineCharset(data []byte) string {
	const param = ";CHARSET="
	for len(data) > 0 {
		var line []byte
		line, data, _ = bytes.Cut(data, []byte("\n"))
		head, _, _ := bytes.Cut(bytes.ToUpper(line[:min(len(line), charsetWindow)]), []byte(":"))
		i := bytes.Index(head, []byte(param))
		if i < 0 || isASCII(line) {
			continue
		}
		label, _, _ := bytes.Cut(head[i+len(param):], []byte(";"))
		return strings.Trim(string(label), `" `)
	}
	return ""
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}
