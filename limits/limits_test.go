package limits_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/limits"
)

func TestDefaults(t *testing.T) {
	want := []limits.Limit{
		{Name: "MaxMimeTextHeaderLength", Max: 2000},
		{Name: "MaxMimeSubjectLength", Max: 255},
		{Name: "MSize", Max: 2147483647},
		{Name: "MaxMimeRecipients", Max: 12288},
		{Name: "MaxRecipientPropertyLength", Max: 1000},
		{Name: "MaxBodyPartsTotal", Max: 250},
		{Name: "MaxEmbeddedMessageDepth", Max: 30},
	}
	if diff := cmp.Diff(want, limits.Limits{}.All()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestSetEveryLimit(t *testing.T) {
	for i, def := range (limits.Limits{}).All() {
		var l limits.Limits
		if !l.Set(def.Name, 7) {
			t.Errorf("no field is named %s", def.Name)
		}
		for j, got := range l.All() {
			if (got.Max == 7) != (i == j) {
				t.Errorf("setting %s gives %s the bound %d", def.Name, got.Name, got.Max)
			}
		}
		l.Set(def.Name, -5)
		if got := l.All()[i]; got.Max != limits.None || got.Exceeded(1<<62) {
			t.Errorf("%s of -5 is %d; want no bound", def.Name, got.Max)
		}
	}
	if new(limits.Limits).Set("maxMimeSubjectLength", 1) {
		t.Error("a name that no field has was set")
	}
}

func TestCheck(t *testing.T) {
	l := limits.Limits{MaxBodyPartsTotal: 3}.BodyParts()
	if err := l.Check(3); err != nil {
		t.Errorf("the bound itself: %v", err)
	}
	err := l.Check(4)
	var x *limits.ExceededError
	if !errors.As(err, &x) || *x != (limits.ExceededError{Name: "MaxBodyPartsTotal", Limit: 3, Actual: 4}) || !errors.Is(err, limits.ErrExceeded) {
		t.Errorf("beyond the bound: %v", err)
	}
	if want := "MaxBodyPartsTotal is 3, the message has 4"; err.Error() != want {
		t.Errorf("%q; want %q", err, want)
	}
}

func TestLengthCountsUTF16(t *testing.T) {
	for s, want := range map[string]int64{"": 0, "abc": 3, "é€": 2, "\U0001F600": 2, "\xff\xfe": 2} {
		if got := limits.Length(s); got != want {
			t.Errorf("Length(%q) = %d; want %d", s, got, want)
		}
	}
}

func TestShortenSplitsNoPair(t *testing.T) {
	for _, c := range []struct {
		in   string
		max  int64
		want string
	}{
		{"abc", 3, "abc"}, {"abc", 2, "ab"}, {"abc", 0, ""}, {"abc", -1, "abc"},
		{"a\U0001F600b", 2, "a"}, {"a\U0001F600b", 3, "a\U0001F600"}, {"a\U0001F600b", 4, "a\U0001F600b"},
		{strings.Repeat("é", 5), 5, strings.Repeat("é", 5)}, {strings.Repeat("é", 6), 5, strings.Repeat("é", 5)},
	} {
		if got := limits.Shorten(c.in, c.max); got != c.want {
			t.Errorf("Shorten(%q, %d) = %q; want %q", c.in, c.max, got, c.want)
		}
	}
}
