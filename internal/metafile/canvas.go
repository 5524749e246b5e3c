package metafile

import (
	"image"
	"image/color"
	"math"
)

// Ternary raster operations ([MS-WMF] 2.1.1.31) that pictures use: what becomes of
// the pixels that are there.
const (
	ropCopy   = 0x00CC0020
	ropAnd    = 0x008800C6
	ropOr     = 0x00EE0086
	ropInvert = 0x00660046
)

// A rect is a place in logical units. Its size may be negative, which mirrors what
// is drawn.
type rect struct{ x, y, w, h int }

// A blit draws a part of a bitmap.
type blit struct {
	dib  []byte
	rop  uint32
	from rect
	to   rect
}

// A drawing is what was found in a metafile.
type drawing struct {
	window rect // what is shown
	blits  []blit
}

// maxBlits bounds the number of bitmaps of a drawing.
const maxBlits = 256

// maxSide bounds the width and the height of what is drawn.
const maxSide = 8192

// draw draws the bitmaps, so large that the finest of them keeps its pixels.
func (d *drawing) draw() (*image.RGBA, error) {
	if len(d.blits) == 0 {
		return nil, ErrNotDrawn
	}
	if d.window.w == 0 || d.window.h == 0 {
		d.window = d.blits[0].to
	}
	window := d.window
	scale := 0.0
	for _, b := range d.blits {
		if b.to.w != 0 && b.to.h != 0 {
			scale = max(scale, math.Abs(float64(b.from.w)/float64(b.to.w)), math.Abs(float64(b.from.h)/float64(b.to.h)))
		}
	}
	w, h := math.Abs(float64(window.w))*scale, math.Abs(float64(window.h))*scale
	if shrink := max(w, h) / maxSide; shrink > 1 {
		w, h = w/shrink, h/shrink
	}
	if shrink := math.Sqrt(w * h / d.maxPixels()); shrink > 1 {
		w, h = w/shrink, h/shrink
	}
	img := white(max(int(w+0.5), 1), max(int(h+0.5), 1))
	drawn, budget := false, float64(maxLayers*len(img.Pix)/4)
	for _, b := range d.blits {
		if budget -= math.Abs(float64(b.to.w)*float64(b.to.h)) * w * h / math.Abs(float64(window.w)*float64(window.h)); budget < 0 {
			break
		}
		src, err := DIB(b.dib)
		if err != nil {
			continue
		}
		drawn = true
		draw(img, window, src, b)
	}
	if !drawn {
		return nil, ErrNotDrawn
	}
	return img, nil
}

// maxLayers is how often a pixel may be drawn on average.
const maxLayers = 8

// maxPixels bounds the drawing by the bitmaps that there are: they may be few in a
// wide frame.
func (d *drawing) maxPixels() float64 {
	n := 1 << 16
	for _, b := range d.blits {
		n += 16 * b.from.w * b.from.h
		if n > MaxPixels {
			return MaxPixels
		}
	}
	return float64(n)
}

// draw draws one bitmap: each pixel of the image within it takes the nearest one.
func draw(img *image.RGBA, window rect, src *image.RGBA, b blit) {
	size := img.Bounds().Size()
	sx, sy := float64(size.X)/float64(window.w), float64(size.Y)/float64(window.h)
	x0, x1 := span(float64(b.to.x-window.x)*sx, float64(b.to.w)*sx, size.X)
	y0, y1 := span(float64(b.to.y-window.y)*sy, float64(b.to.h)*sy, size.Y)
	for y := y0; y < y1; y++ {
		v := b.from.y + int(((float64(y)+0.5)/sy+float64(window.y-b.to.y))/float64(b.to.h)*float64(b.from.h))
		for x := x0; x < x1; x++ {
			u := b.from.x + int(((float64(x)+0.5)/sx+float64(window.x-b.to.x))/float64(b.to.w)*float64(b.from.w))
			if image.Pt(u, v).In(src.Bounds()) {
				img.SetRGBA(x, y, combine(b.rop, src.RGBAAt(u, v), img.RGBAAt(x, y)))
			}
		}
	}
}

// span returns the pixels that a stretch covers, whichever way it goes.
func span(start, length float64, size int) (int, int) {
	if length < 0 {
		start, length = start+length, -length
	}
	clamp := func(v float64) int { return int(math.Round(min(max(v, 0), float64(size)))) }
	return clamp(start), clamp(start + length)
}

func combine(rop uint32, s, d color.RGBA) color.RGBA {
	switch rop {
	case ropAnd:
		return color.RGBA{s.R & d.R, s.G & d.G, s.B & d.B, 0xFF}
	case ropOr:
		return color.RGBA{s.R | d.R, s.G | d.G, s.B | d.B, 0xFF}
	case ropInvert:
		return color.RGBA{s.R ^ d.R, s.G ^ d.G, s.B ^ d.B, 0xFF}
	}
	return s
}

func white(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 0xFF
	}
	return img
}
