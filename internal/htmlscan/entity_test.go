package htmlscan

import "testing"

func TestUnescape(t *testing.T) {
	tests := []struct{ name, in, want, attr string }{
		{"nothing", "abc", "abc", "abc"},
		{"basic", "&lt;&gt;&amp;&quot;&apos;", `<>&"'`, `<>&"'`},
		{"HTML 4", "&eacute;&euro;&hellip;", "é€…", "é€…"},
		{"HTML 5", "&CounterClockwiseContourIntegral;&semi;", "∳;", "∳;"},
		{"two characters", "&NotEqualTilde;", "≂̸", "≂̸"},
		{"case matters", "&Aacute;&aacute;&AMP;", "Áá&", "Áá&"},
		{"unknown", "&nosuch; &; & &&", "&nosuch; &; & &&", "&nosuch; &; & &&"},
		{"without semicolon", "&copy &lt", "© <", "© <"},
		{"prefix of a word", "&notit; &copyx", "¬it; ©x", "&notit; &copyx"},
		{"query", "?a=1&copy=2&lt=3", "?a=1©=2<=3", "?a=1&copy=2&lt=3"},
		{"decimal", "&#65;&#8364;", "A€", "A€"},
		{"hexadecimal", "&#x41;&#X20ac;", "A€", "A€"},
		{"number without semicolon", "&#65b&#x41g", "AbAg", "AbAg"},
		{"windows-1252", "&#128;&#146;&#x96;", "€’–", "€’–"},
		{"zero and surrogates", "&#0;&#xD800;&#xdfff;", "���", "���"},
		{"beyond Unicode", "&#x110000;&#4294967361;&#99999999999999999999;&#x10000000000000041;", "����", "����"},
		{"no number", "&#; &#x; &#a;", "&#; &#x; &#a;", "&#; &#x; &#a;"},
		{"cut off", "a&#", "a&#", "a&#"},
		{"cut off name", "a&am", "a&am", "a&am"},
		{"once only", "&amp;lt;", "&lt;", "&lt;"},
		{"bytes that are no UTF-8", "\xe9&eacute;\xff", "\xe9é\xff", "\xe9é\xff"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Unescape(tt.in); got != tt.want {
				t.Errorf("Unescape(%q) = %q, want %q", tt.in, got, tt.want)
			}
			if got := UnescapeAttr(tt.in); got != tt.attr {
				t.Errorf("UnescapeAttr(%q) = %q, want %q", tt.in, got, tt.attr)
			}
		})
	}
}
