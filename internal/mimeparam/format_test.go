package mimeparam

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFormatParam(t *testing.T) {
	for _, tt := range []struct {
		name, param, value string
		want               []string
	}{
		{"token", "charset", "utf-8", []string{"charset=utf-8"}},
		{"specials", "name", `a b"c\d`, []string{`name="a b\"c\\d"`}},
		{"empty", "name", "", []string{`name=""`}},
		{"not ASCII", "name", "☺ it's%*", []string{"name*=utf-8''%E2%98%BA%20it%27s%25%2A"}},
		{"line breaks and NUL", "name", "a\r\nb\x00c", []string{`name="a bc"`}},
		{
			"long", "filename", strings.Repeat("a", 100),
			[]string{`filename*0="` + strings.Repeat("a", 56) + `"`, `filename*1="` + strings.Repeat("a", 44) + `"`},
		},
		{
			"long and not ASCII", "filename", strings.Repeat("ä", 20),
			[]string{"filename*0*=utf-8''" + strings.Repeat("%C3%A4", 8), "filename*1*=" + strings.Repeat("%C3%A4", 9), "filename*2*=" + strings.Repeat("%C3%A4", 3)},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, FormatParam(tt.param, tt.value)); diff != "" {
				t.Errorf("pieces differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFormatParamWord(t *testing.T) {
	for _, tt := range []struct{ name, value, want string }{
		{"ASCII", `a "b`, `name="a \"b"`},
		{"not ASCII", "☺ \"all\" reports of the year 2020.txt", `name="=?utf-8?Q?=E2=98=BA_=22all=22_reports_of_the_year_2020=2Etxt?="`},
		{"looks like a word", "=?utf-8?Q?a?=", `name="=?utf-8?B?PT91dGYtOD9RP2E/PQ==?="`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := FormatParamWord("name", tt.value, nil)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("parameter differs (-want +got):\n%s", diff)
			}
			if read := ParseContentType("a/b; "+got, nil).Get("name"); read != tt.value {
				t.Errorf("reads as %q, want %q", read, tt.value)
			}
		})
	}
}
