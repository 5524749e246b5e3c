package transfer

import (
	"strings"
	"testing"
)

// Padding after padding makes all of a line doubtful anew: it has to be kept, but not
// copied for each group.
func TestPaddingCostsNoMore(t *testing.T) {
	in := []byte(strings.Repeat("QQ==", 16<<10))
	var out []byte
	allocations := testing.AllocsPerRun(1, func() { out = Decode(Base64, in, nil) })
	if len(out) != len(in)/4 {
		t.Errorf("%d bytes of %d groups", len(out), len(in)/4)
	}
	if most := float64(len(in) / 256); allocations > most {
		t.Errorf("%.0f allocations for %d bytes, more than %.0f", allocations, len(in), most)
	}
}
