package textlimit_test

import (
	"errors"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/textlimit"
	"github.com/contentconv/contentconv/limits"
)

func rule(max int64, shorten bool) (textlimit.Rule, *diag.Recorder) {
	rec := new(diag.Recorder)
	return textlimit.Rule{Limit: limits.Limit{Name: "MaxX", Max: max}, Shorten: shorten, Record: rec, Part: "1", Header: "H"}, rec
}

func TestText(t *testing.T) {
	for _, c := range []struct {
		name, in string
		max      int64
		want     string // when shortened
		actual   int64  // in the error, 0 for none
	}{
		{"below", "abc", 4, "abc", 0},
		{"at the limit", "abcd", 4, "abcd", 0},
		{"over it", "abcde", 4, "abcd", 5},
		{"no bound", "abcde", limits.None, "abcde", 0},
		{"characters, not bytes", "äöüß", 4, "äöüß", 0},
		{"a pair is two and is not split", "abc\U0001F600", 4, "abc", 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, _ := rule(c.max, false)
			_, err := r.Text(c.in)
			var x *limits.ExceededError
			if errors.As(err, &x) != (c.actual > 0) || c.actual > 0 && (x.Actual != c.actual || x.Name != "MaxX") {
				t.Errorf("error is %v; want one with %d", err, c.actual)
			}
			r, rec := rule(c.max, true)
			got, err := r.Text(c.in)
			if got != c.want || err != nil {
				t.Errorf("shortened to %q, %v; want %q", got, err, c.want)
			}
			if n := len(rec.Diagnostics()); (n > 0) != (c.actual > 0) {
				t.Errorf("%d diagnostics", n)
			}
		})
	}
}

func TestItems(t *testing.T) {
	for _, c := range []struct {
		name, in string
		max      int64
		want     string
	}{
		{"within", "<a> <b>", 7, "<a> <b>"},
		{"last item goes", "<a> <b>", 6, "<a>"},
		{"cut at a separator", "<a> <b> <c>", 7, "<a> <b>"},
		{"commas", "one, two, three", 8, "one, two"},
		{"comma and blank behind what stays", "one, two", 5, "one"},
		{"the first alone is too long", "abcdef ghi", 3, ""},
		{"no bound", "a b c", limits.None, "a b c"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, rec := rule(c.max, false)
			if got := r.Items(c.in); got != c.want {
				t.Errorf("got %q; want %q", got, c.want)
			}
			if dropped := len(rec.Diagnostics()) > 0; dropped != (c.want != c.in) {
				t.Errorf("diagnostics are %v", rec.Diagnostics())
			}
		})
	}
}
