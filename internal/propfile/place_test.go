package propfile

import (
	"strings"
	"testing"
)

func TestPlace(t *testing.T) {
	var p *Place
	if got := p.Detail("text"); got != "text" {
		t.Errorf("%q", got)
	}
	p = p.Child("attachment", 3).Child("recipient", 2)
	if got := p.Detail("text"); got != "recipient 2 of attachment 3: text" {
		t.Errorf("%q", got)
	}
	for range 98 {
		p = p.Child("attachment", 0)
	}
	if got := p.String(); strings.Count(got, "attachment 0") != 16 || !strings.HasSuffix(got, " of attachment 0 of 84 more") {
		t.Errorf("%q", got)
	}
}
