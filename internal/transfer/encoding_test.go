package transfer

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		value    string
		want     Encoding
		repaired bool
	}{
		{"", None, false},
		{" \t", None, false},
		{"(only a comment)", None, false},
		{"7bit", SevenBit, false},
		{"8BIT ", EightBit, false},
		{"\tbinary", Binary, false},
		{"BASE64", Base64, false},
		{"Quoted-Printable", QuotedPrintable, false},
		{"quoted-printable (why not)", QuotedPrintable, false},
		{"(a (nested \\) one)) base64", Base64, false},
		{"x-uuencode", UUEncode, false}, // IN-ATT-046
		{"X-UUE", UUEncode, false},
		{"uuencode", UUEncode, false},
		{"mac-binhex40", BinHex, false},
		{"base64;", Base64, true},
		{"base64; charset=utf-8", Base64, true},
		{"base64, 7bit", Base64, true},
		{`"base64"`, Base64, true},
		{"base-64", Base64, true},
		{"base 64", Base64, true},
		{"x-base64", Base64, true},
		{"base64-encoded", Base64, true},
		{"7-bit", SevenBit, true},
		{"7bits", SevenBit, true},
		{"8 bit", EightBit, true},
		{"8-bits", EightBit, true},
		{"plain", EightBit, true},
		{"utf-8", EightBit, true},
		{"quoted/printable", QuotedPrintable, true},
		{"quoted_printable;", QuotedPrintable, true},
		{"quotedprintable", QuotedPrintable, true},
		{"quoted-printible", QuotedPrintable, true},
		{"binhex", BinHex, true},
		{"6bit", Unknown, false},
		{"base9000", Unknown, false},
		{"x-gzip", Unknown, false},
		{strings.Repeat("base64", 1000000), Base64, true},
	} {
		name := tt.value
		if len(name) > 40 {
			name = name[:40]
		}
		t.Run(name, func(t *testing.T) {
			got, repaired := Parse(tt.value)
			if got != tt.want || repaired != tt.repaired {
				t.Errorf("Parse(%q) = %v, %v; want %v, %v", name, got, repaired, tt.want, tt.repaired)
			}
		})
	}
}

func TestEncodingString(t *testing.T) {
	for e := SevenBit; e < Unknown; e++ {
		if got, repaired := Parse(e.String()); got != e || repaired {
			t.Errorf("Parse(%q) = %v, %v; want %v, false", e.String(), got, repaired, e)
		}
	}
	if got := Encoding(99).String(); got != "encoding(99)" {
		t.Errorf("Encoding(99).String() = %q", got)
	}
}
