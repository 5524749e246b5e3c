package rtf

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// textStyle is the part of a charFormat that CSS expresses.
type textStyle struct {
	font, color, back int32
	size              int16
	caps              uint16
}

func styleOf(c *charFormat) textStyle {
	s := textStyle{font: c.font, color: c.color, back: c.back, size: c.size, caps: c.flags & (flagCaps | flagSmallCaps)}
	if s.color == black {
		s.color = 0
	}
	if c.link != 0 && linkColors[s.color] {
		s.color = 0
	}
	return s
}

// black is what readers choose themselves.
const black = 1

// linkColors are those that links have by themselves.
var linkColors = map[int32]bool{0x0000FF + 1: true, 0x0563C1 + 1: true}

// baseStyle returns the style of most of the text, so that little of it needs a
// style of its own. No base has a background or capitals.
func baseStyle(d *plainDocument) textStyle {
	fonts, colors, sizes := make(map[int32]int), make(map[int32]int), make(map[int16]int)
	base := textStyle{size: defaultSize}
	for i := range d.items {
		it := &d.items[i]
		if it.kind != itemText {
			continue
		}
		s, n := styleOf(&it.char), it.end-it.start
		fonts[s.font] += n
		colors[s.color] += n
		sizes[s.size] += n
		if fonts[s.font] > fonts[base.font] {
			base.font = s.font
		}
		if colors[s.color] > colors[base.color] {
			base.color = s.color
		}
		if sizes[s.size] > sizes[base.size] {
			base.size = s.size
		}
	}
	return base
}

// css returns the declarations that give text the style s where it would have that
// of base, or "".
func (s textStyle) css(base textStyle, fonts []string) string {
	var b cssWriter
	if s.font != base.font && s.font != 0 {
		b.add("font-family", "'"+fonts[s.font]+"'")
	}
	if s.size != base.size {
		b.add("font-size", points(int32(s.size)*10))
	}
	if s.color != base.color {
		b.add("color", cssColor(max(s.color, black)))
	}
	if s.back != 0 {
		b.add("background-color", cssColor(s.back))
	}
	if s.caps&flagCaps != 0 {
		b.add("text-transform", "uppercase")
	} else if s.caps != 0 {
		b.add("font-variant", "small-caps")
	}
	return b.String()
}

// paraCSS returns the declarations for a paragraph, or "".
func paraCSS(f *paraFormat) string {
	var b cssWriter
	if f.align != alignNone && (f.align != alignLeft || f.rtl) {
		b.add("text-align", alignments[f.align])
	}
	b.length("margin-left", max(f.left, 0))
	b.length("margin-right", max(f.right, 0))
	b.length("text-indent", max(f.first, -max(f.left, 0)))
	b.length("margin-top", f.before)
	b.length("margin-bottom", f.after)
	return b.String()
}

var alignments = [...]string{alignLeft: "left", alignCentre: "center", alignRight: "right", alignJustify: "justify"}

// A cssWriter collects declarations. All of them come from this file: the names and
// keywords are constants, the values numbers, colors and checked names of fonts.
type cssWriter struct{ strings.Builder }

func (b *cssWriter) add(name, value string) {
	if b.Len() > 0 {
		b.WriteByte(';')
	}
	b.WriteString(name)
	b.WriteByte(':')
	b.WriteString(value)
}

func (b *cssWriter) length(name string, twips int32) {
	if twips != 0 {
		b.add(name, points(twips))
	}
}

// points returns a length given in twips.
func points(twips int32) string {
	return strconv.FormatFloat(float64(twips)/20, 'f', -1, 64) + "pt"
}

func cssColor(c int32) string { return fmt.Sprintf("#%06x", c-1) }

// maxFamily is the length of a font's name beyond which it is ignored, in bytes.
const maxFamily = 64

// fontFamily returns the name of a font as CSS may have it in quotes, or "". What
// Windows adds to a name for vertical writing and for a script is left out.
func fontFamily(name string) string {
	name = strings.TrimSpace(strings.TrimPrefix(name, "@"))
	for _, s := range nameSuffixes {
		if n := len(name) - len(s.suffix); n > 0 && strings.EqualFold(name[n:], s.suffix) {
			name = name[:n]
			break
		}
	}
	if len(name) > maxFamily {
		return ""
	}
	for _, r := range name {
		if r != ' ' && r != '-' && r != '_' && r != '.' && (!unicode.IsLetter(r) && !unicode.IsDigit(r) || r == unicode.ReplacementChar) {
			return ""
		}
	}
	return name
}
