package macfile

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestIN_ATT_049_FindBinHex(t *testing.T) {
	const mark, data = "(This file must be converted with BinHex 4.0)\r\n", ":\"e*PB@3\r\n#3Yj:"
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"none", "text\r\n", nil},
		{"one", "before\r\n" + mark + "\r\n" + data + "\r\nbehind", []string{mark + "\r\n" + data + "\r\n"}},
		{"at both ends", mark + data, []string{mark + data}},
		{"bare LF, blanks behind", mark + data + " \nx", []string{mark + data + " \n"}},
		{"CR alone", "x\r(This file must be converted with BinHex 4.0)\r:\"e*P\r:\rx", []string{"(This file must be converted with BinHex 4.0)\r:\"e*P\r:\r"}},
		{"two", mark + data + "\r\n" + mark + data + "\r\n", []string{mark + data + "\r\n", mark + data + "\r\n"}},
		{"not closed", mark + ":\"e*PB@3", nil},
		{"another character", mark + ":\"e*PB@3\r\nnow:\r\n" + mark + data, []string{mark + data}},
		{"no colon", mark + "text\r\n", nil},
		{"mark alone", "It must be converted with BinHex", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, r := range FindBinHex([]byte(tt.in)) {
				got = append(got, tt.in[r.Start:r.End])
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
