package mime2mapi_test

import (
	"testing"

	"github.com/contentconv/contentconv/mapi"
	"github.com/google/go-cmp/cmp"
)

// Each field of an extension has one property, whose name is in lower case however
// the field was written.
func TestIN_THD_007_NamesOfExtensionFields(t *testing.T) {
	p := converted(t, "X-MAILER: a\nX-Loop: one\nx-loop: two\nX-LOOP: three\n\nx", nil)
	got := map[string]string{}
	for x := range p.All() {
		if name := x.Key().Name; name.Set == mapi.PS_INTERNET_HEADERS {
			if got[name.String] != "" {
				t.Errorf("%s is there twice", name.String)
			}
			got[name.String], _ = x.Value.Text()
		}
	}
	if diff := cmp.Diff(map[string]string{"x-mailer": "a", "x-loop": "one"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
