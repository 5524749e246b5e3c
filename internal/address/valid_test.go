package address

import "testing"

func comparePlain(t *testing.T, s string) {
	t.Helper()
	if IsPlain(s) && !validAddrSpec(s) {
		t.Errorf("%q is plain and not valid", s)
	}
	for i := range len(s) {
		if c := s[i]; IsPlain(s) && (c <= ' ' || c >= 0x7F) {
			t.Errorf("%q is plain", s)
		}
	}
}

func TestIsPlain(t *testing.T) {
	for s, want := range map[string]bool{
		"a@b.c": true, "a.b+c@d-e.f": true, ".a.@b": true, "a@b": true,
		"": false, "a": false, "@b": false, "a@": false, "a@b.": false, "a@.b": false, "a@b..c": false, "a@b@c": false,
		"a b@c": false, `"a"@b`: false, "<a@b>": false, "a@[1]": false, "\u00e4@b": false, "a@b\x00": false, "a@b\n": false,
	} {
		if got := IsPlain(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
		comparePlain(t, s)
	}
}

func FuzzIsPlain(f *testing.F) {
	f.Add("a.b@c.d")
	f.Add("a@b..c")
	f.Fuzz(comparePlain)
}
