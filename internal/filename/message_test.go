package filename

import (
	"strings"
	"testing"
)

func TestIN_ATT_047_OfMessage(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		isFile   bool
		want     string
	}{
		{"plain", "Minutes", false, "Minutes"},
		{"blanks and dots at both ends", " ..Minutes. .", false, "Minutes"},
		{"Unicode separators", "a\u00a0b\u2028c\u3000d", false, "a?b?c?d"},
		{"question mark stays", "Lunch?", false, "Lunch?"},
		{"prefix of a subject", "Re: Lunch", false, "Re_ Lunch"},
		{"slash in a subject", "AC/DC", false, "AC_DC"},
		{"subject that is a path", `..\..\x`, false, "_.._x"},
		{"file with a path", "/etc/mail/note.eml", true, "note.eml"},
		{"file with a Windows path", `C:\mail\note.eml`, true, "note.eml"},
		{"illegal characters", "a\"<b>|*\x00\r\n\tc", false, "abc"},
		{"direction overrides", "a\u202egpj.exe", false, "agpj.exe"},
		{"bytes that are no UTF-8", "a\xffb", false, "a\uFFFDb"},
		{"too long", strings.Repeat("x", 300) + ".eml", true, strings.Repeat("x", 251) + ".eml"},
		{"nothing left", "...", false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := OfMessage(tt.in, tt.isFile); got != tt.want {
				t.Errorf("OfMessage(%q, %v) = %q, want %q", tt.in, tt.isFile, got, tt.want)
			}
		})
	}
}
