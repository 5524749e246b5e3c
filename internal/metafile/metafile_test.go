package metafile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"strings"
	"testing"
)

func u16(v int) []byte              { return binary.LittleEndian.AppendUint16(nil, uint16(v)) }
func u32[T int | int64](v T) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(v)) }

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// dib returns a bitmap: header, colours or masks, pixels.
func dib(w, h, bits, stored, colors int, table, pixels []byte) []byte {
	return join(u32(40), u32(w), u32(h), u16(1), u16(bits), u32(stored), u32(0), u32(0), u32(0), u32(colors), u32(0), table, pixels)
}

// rgb describes an image row by row, a letter a pixel: Red, Green, Blue, White,
// blacK, other ones.
func rgb(img *image.RGBA) string {
	names := map[color.RGBA]byte{{255, 0, 0, 255}: 'R', {0, 255, 0, 255}: 'G', {0, 0, 255, 255}: 'B', {255, 255, 255, 255}: 'W', {0, 0, 0, 255}: 'K'}
	var rows []string
	for y := range img.Bounds().Dy() {
		var row strings.Builder
		for x := range img.Bounds().Dx() {
			c := names[img.RGBAAt(x, y)]
			if c == 0 {
				c = '?'
			}
			row.WriteByte(c)
		}
		rows = append(rows, row.String())
	}
	return strings.Join(rows, "/")
}

var (
	red, green, blue = []byte{0, 0, 255}, []byte{0, 255, 0}, []byte{255, 0, 0}
	whitePixel       = []byte{255, 255, 255}
	palette4         = join(red, []byte{0}, green, []byte{0}, blue, []byte{0}, whitePixel, []byte{0})
	// two rows of three pixels, the lower row first
	sample = dib(3, 2, 24, 0, 0, nil, join(red, green, blue, make([]byte, 3), whitePixel, red, whitePixel, make([]byte, 3)))
)

func TestDIB(t *testing.T) {
	for _, c := range []struct {
		name string
		b    []byte
		want string // "" for an error
	}{
		{"24 bits", sample, "WRW/RGB"},
		{"top down", dib(1, -2, 24, 0, 0, nil, join(red, []byte{0}, green, []byte{0})), "R/G"},
		{"8 bits", dib(3, 1, 8, 0, 4, palette4, []byte{0, 1, 3, 0}), "RGW"},
		{"4 bits", dib(3, 1, 4, 0, 4, palette4, []byte{0x01, 0x20, 0, 0}), "RGB"},
		{"1 bit", dib(9, 1, 1, 0, 2, palette4[:8], []byte{0xA0, 0x80, 0, 0}), "GRGRRRRRG"},
		{"16 bits", dib(3, 1, 16, 0, 0, nil, join(u16(0x7C00), u16(0x03E0), u16(0x001F), u16(0))), "RGB"},
		{"16 bits with masks", dib(3, 1, 16, 3, 0, join(u32(0xF800), u32(0x07E0), u32(0x001F)), join(u16(0xF800), u16(0x07E0), u16(0xFFFF), u16(0))), "RGW"},
		{"32 bits", dib(2, 1, 32, 0, 0, nil, []byte{255, 0, 0, 0, 0, 0, 255, 0}), "BR"},
		{"32 bits with masks", dib(1, 1, 32, 3, 0, join(u32(0xFF), u32(0xFF00), u32(0xFF0000)), []byte{255, 0, 0, 0}), "R"},
		{"run length encoded", dib(4, 2, 8, 1, 4, palette4, []byte{2, 0, 1, 1, 1, 3, 0, 0, 0, 3, 0, 1, 2, 0, 1, 3, 0, 1}), "RGBW/RRGW"},
		{"old header", join(u32(12), u16(2), u16(1), u16(1), u16(24), red, blue, u16(0)), "RB"},
		{"last row missing", dib(1, 3, 24, 0, 0, nil, join(red, []byte{0}, green, []byte{0})), "W/G/R"},
		{"most rows missing", dib(1, 4, 24, 0, 0, nil, join(red, []byte{0})), ""},
		{"empty", nil, ""},
		{"header alone", sample[:40], ""},
		{"no pixels", dib(0, 1, 24, 0, 0, nil, red), ""},
		{"too large", dib(1<<20, 1<<20, 1, 0, 2, palette4[:8], []byte{0}), ""},
		{"too large to be true", dib(4000, 2000, 8, 1, 4, palette4, []byte{0, 1}), ""},
		{"odd depth", dib(1, 1, 2, 0, 4, palette4, []byte{0, 0, 0, 0}), ""},
		{"JPEG within", dib(1, 1, 24, 4, 0, nil, join(red, []byte{0})), ""},
		{"colours missing", dib(1, 1, 8, 0, 0, palette4, []byte{0, 0, 0, 0}), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			img, err := DIB(c.b)
			if c.want == "" {
				if !errors.Is(err, ErrNotDrawn) {
					t.Errorf("error is %v", err)
				}
				return
			}
			if err != nil || rgb(img) != c.want {
				t.Errorf("image is %s, %v; want %s", rgb(img), err, c.want)
			}
		})
	}
}

func record(typ int, params ...[]byte) []byte {
	p := join(params...)
	p = append(p, make([]byte, len(p)%2)...)
	return join(u32(3+len(p)/2), u16(typ), p)
}

func wmf(records ...[]byte) []byte {
	return join(u16(1), u16(9), u16(0x300), make([]byte, 12), join(records...), record(0))
}

func stretch(rop int, from, to rect, dib []byte) []byte {
	return record(wmfDIBStretchBlt, u32(rop), u16(from.h), u16(from.w), u16(from.y), u16(from.x), u16(to.h), u16(to.w), u16(to.y), u16(to.x), dib)
}

func TestRender(t *testing.T) {
	window := join(record(wmfWindowOrigin, u16(0), u16(0)), record(wmfWindowExtent, u16(2), u16(3)))
	whole := rect{0, 0, 3, 2}
	mask := dib(3, 2, 24, 0, 0, nil, join(make([]byte, 9), make([]byte, 3), whitePixel, whitePixel, whitePixel, make([]byte, 3)))
	placeable := join(u32(int64(placeableKey)), u16(0), u16(0), u16(0), u16(6), u16(4), u16(96), u32(0), u16(0))
	for _, c := range []struct {
		name string
		b    []byte
		want string
	}{
		{"one bitmap", wmf(window, stretch(ropCopy, whole, whole, sample)), "WRW/RGB"},
		{"in other units", wmf(record(wmfWindowExtent, u16(200), u16(300)), stretch(ropCopy, whole, rect{0, 0, 300, 200}, sample)), "WRW/RGB"},
		{"part of the window", wmf(record(wmfWindowExtent, u16(2), u16(4)), stretch(ropCopy, whole, rect{1, 0, 3, 2}, sample)), "WWRW/WRGB"},
		{"part of the bitmap", wmf(record(wmfWindowExtent, u16(1), u16(2)), stretch(ropCopy, rect{1, 0, 2, 1}, rect{0, 0, 2, 1}, sample)), "GB"},
		{"mirrored", wmf(record(wmfWindowExtent, u16(2), u16(3)), stretch(ropCopy, whole, rect{3, 0, -3, 2}, sample)), "WRW/BGR"},
		{"window with its origin elsewhere", wmf(record(wmfWindowOrigin, u16(-5), u16(7)), record(wmfWindowExtent, u16(2), u16(3)), stretch(ropCopy, whole, rect{7, -5, 3, 2}, sample)), "WRW/RGB"},
		{"no window", wmf(stretch(ropCopy, whole, whole, sample)), "WRW/RGB"},
		{"masked", wmf(window, stretch(ropAnd, whole, whole, mask), stretch(ropInvert, whole, whole, sample)), "K?K/RGB"},
		{"painted over", wmf(window, stretch(ropAnd, whole, whole, mask), stretch(ropOr, whole, whole, sample)), "WWW/RGB"},
		{"placeable", join(placeable, wmf(stretch(ropCopy, whole, rect{0, 0, 6, 4}, sample))), "WRW/RGB"},
		{"StretchDIB", wmf(window, record(wmfStretchDIB, u32(ropCopy), u16(0), u16(2), u16(3), u16(0), u16(0), u16(2), u16(3), u16(0), u16(0), sample)), "WRW/RGB"},
		{"DIBBitBlt", wmf(window, record(wmfDIBBitBlt, u32(ropCopy), u16(0), u16(0), u16(2), u16(3), u16(0), u16(0), sample)), "WRW/RGB"},
		{"other records", wmf(window, record(0x0626, []byte("x")), stretch(ropCopy, whole, whole, sample)), "WRW/RGB"},
		{"cut off behind the bitmap", wmf(window, stretch(ropCopy, whole, whole, sample))[:18+10+10+26+len(sample)], "WRW/RGB"},
		{"no bitmap", wmf(window), ""},
		{"bitmap that is none", wmf(window, stretch(ropCopy, whole, whole, []byte("x"))), ""},
		{"more than there is of the bitmap", wmf(window, stretch(ropCopy, rect{0, 0, 30000, 2}, whole, sample)), ""},
		{"no metafile", []byte("GIF89a"), ""},
		{"enhanced", emf(0x51, sample), "WRW/RGB"},
		{"enhanced, StretchBlt", emf(0x4D, sample), "WRW/RGB"},
		{"enhanced, cut off", emf(0x51, sample)[:120], ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			img, err := Render(c.b)
			if c.want == "" {
				if !errors.Is(err, ErrNotDrawn) {
					t.Errorf("error is %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := rgb(img); got != c.want {
				t.Errorf("image is %s; want %s", got, c.want)
			}
		})
	}
}

// emf returns an enhanced metafile that draws a bitmap of 3 by 2 pixels.
func emf(typ int, dib []byte) []byte {
	header := join(u32(1), u32(88), u32(0), u32(0), u32(2), u32(1), make([]byte, 16), []byte(" EMF"), make([]byte, 44))
	var rec []byte
	if typ == emfStretchDIBits {
		rec = join(make([]byte, 16), u32(0), u32(0), u32(0), u32(0), u32(3), u32(2), u32(80), u32(40), u32(120), u32(len(dib)-40), u32(0), u32(ropCopy), u32(3), u32(2), dib)
	} else {
		rec = join(make([]byte, 16), u32(0), u32(0), u32(3), u32(2), u32(ropCopy), u32(0), u32(0), make([]byte, 32), u32(108), u32(40), u32(148), u32(len(dib)-40), u32(3), u32(2), dib)
	}
	return join(header, u32(typ), u32(8+len(rec)), rec, u32(14), u32(20), make([]byte, 12))
}

// Many bitmaps over each other, in a frame that is as wide as can be, cost no more
// than their bytes allow.
func TestRenderIsBounded(t *testing.T) {
	all := rect{0, 0, 32767, 32767}
	records := [][]byte{record(wmfWindowExtent, u16(32767), u16(32767))}
	for range 2000 {
		records = append(records, stretch(ropInvert, rect{0, 0, 3, 2}, all, sample))
	}
	img, err := Render(wmf(records...))
	if err != nil {
		t.Fatal(err)
	}
	if n := img.Bounds().Dx() * img.Bounds().Dy(); n > 1<<16+16*6*maxBlits {
		t.Errorf("%d pixels", n)
	}
}

func FuzzRender(f *testing.F) {
	whole := rect{0, 0, 3, 2}
	f.Add(wmf(record(wmfWindowExtent, u16(2), u16(3)), stretch(ropAnd, whole, whole, sample)))
	f.Add(emf(emfStretchDIBits, sample))
	f.Add(emf(emfStretchBlt, sample))
	f.Add(sample)
	f.Add(dib(4, 2, 8, 1, 4, palette4, []byte{2, 0, 1, 1, 1, 3, 0, 0, 0, 3, 0, 1, 2, 0, 1, 3, 0, 2, 1, 1}))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, draw := range []func([]byte) (*image.RGBA, error){DIB, Render} {
			if img, err := draw(b); err == nil && img.Bounds().Dx()*img.Bounds().Dy() > 2*MaxPixels {
				t.Errorf("image of %v", img.Bounds())
			}
		}
	})
}
