package mime2mapi

import (
	"testing"

	"github.com/contentconv/contentconv/internal/headerprop"
)

// A name that is longer than the bound, or not in lower case, would never be found.
func TestNamesOfFieldReaders(t *testing.T) {
	for name, r := range fieldReaders() {
		if len(name) > headerprop.MaxName || name != lowerASCII(name) {
			t.Errorf("%q is not found", name)
		}
		if (r.rule == nil) == (r.Row == nil) {
			t.Errorf("%q has no reader, or two", name)
		}
	}
}
