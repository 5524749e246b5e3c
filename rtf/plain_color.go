package rtf

// A colorTable is \colortbl: entries of 0xRRGGBB + 1, or 0 for the color that the
// reader chooses.
type colorTable struct {
	entries []int32
	next    int32
	named   bool
}

// maxColors bounds the table.
const maxColors = 1 << 12

func (t *colorTable) word(e event) {
	shift := 0
	switch e.word {
	case "red":
		shift = 16
	case "green":
		shift = 8
	case "blue":
	default:
		return
	}
	t.next = t.next&^(0xFF<<shift) | e.param&0xFF<<shift
	t.named = true
}

// text takes the semicolons that end entries.
func (t *colorTable) text(text []byte) {
	for _, c := range text {
		if c != ';' || len(t.entries) >= maxColors {
			continue
		}
		if t.named {
			t.next++
		}
		t.entries = append(t.entries, t.next)
		t.next, t.named = 0, false
	}
}

// color returns the color of a number.
func (t *colorTable) color(n int32) int32 {
	if n < 0 || int(n) >= len(t.entries) {
		return 0
	}
	return t.entries[n]
}
