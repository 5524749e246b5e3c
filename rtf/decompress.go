package rtf

import (
	"bytes"
	"io"

	"github.com/contentconv/contentconv/diag"
)

// Decompress returns the RTF that compressed RTF holds, and what was damaged in it.
// The RTF is at most 8.5 times as long as b. The only error is
// [ErrNotCompressedRTF].
func Decompress(b []byte) ([]byte, []diag.Diagnostic, error) {
	d := NewDecompressor(bytes.NewReader(b), nil)
	rtf, err := io.ReadAll(d)
	if err != nil {
		return nil, nil, err
	}
	return rtf, d.Diagnostics(), nil
}

// DecompressOptions are the choices of a [Decompressor]. Nil and the zero value are
// the defaults.
type DecompressOptions struct {
	// MaxOutput bounds the RTF, in bytes; a reader that passes it returns a
	// *LimitError. 0 and negative values are no bound, which is safe for those who
	// read piece by piece: no input grows more than 8.5 times.
	MaxOutput int64
}

// A Decompressor reads the RTF in compressed RTF ([MS-OXRTFCP]), the contents of
// PidTagRtfCompressed. It holds less than 100 KiB, whatever the header claims.
//
// Contents that are only stored (MELA) are read too, and so is RTF without any
// header. Read returns [ErrNotCompressedRTF] when the input is none of these; other
// damage is in Diagnostics, and what could be read stands.
type Decompressor struct {
	in  lzInput
	max int64
	rec diag.Recorder

	mode    lzMode
	header  lzHeader
	win     []byte // what was written, and before it at least ringSize-1 bytes more
	wr, rd  int    // of win: where writing goes on, and what the caller has got
	claimed int64  // length of the contents by COMPSIZE, -1 for none
	base    int    // win[i] is at i+base in the ring, modulo its size
	control byte
	bits    int // of control that are left
	total   int64
	ended   bool // the end marker was seen
	err     error
}

type lzMode uint8

const (
	modeStart lzMode = iota
	modeCompressed
	modeStored
	modeRaw
)

const windowSize = 48 << 10

// NewDecompressor returns a Decompressor that reads from r. It reads no further than
// the size in the header says.
func NewDecompressor(r io.Reader, o *DecompressOptions) *Decompressor {
	d := &Decompressor{in: newLZInput(r)}
	if o != nil {
		d.max = o.MaxOutput
	}
	return d
}

// Diagnostics returns what was found damaged so far; it is complete when Read has
// returned io.EOF.
func (d *Decompressor) Diagnostics() []diag.Diagnostic { return d.rec.Diagnostics() }

// Read implements [io.Reader].
func (d *Decompressor) Read(p []byte) (int, error) {
	for d.rd == d.wr {
		if d.err != nil || len(p) == 0 {
			return 0, d.err
		}
		d.step()
	}
	n := copy(p, d.win[d.rd:d.wr])
	d.rd += n
	return n, nil
}

// step makes some output, or sets err.
func (d *Decompressor) step() {
	if d.mode == modeStart {
		d.start()
		return
	}
	if len(d.win)-d.wr < windowSize/2 {
		moved := d.wr - (ringSize - 1)
		copy(d.win, d.win[moved:d.wr])
		d.base += moved
		d.wr -= moved
		d.rd = d.wr
	}
	from := d.wr
	if d.mode == modeCompressed {
		d.runs()
	} else {
		d.copy()
	}
	d.total += int64(d.wr - from)
	if d.err == io.EOF {
		d.report()
	}
	if d.max > 0 && d.total > d.max {
		d.wr = max(from, d.wr-int(d.total-d.max))
		d.err = &LimitError{Limit: d.max}
	}
}

// start reads the header.
func (d *Decompressor) start() {
	b := make([]byte, headerSize)
	n, err := io.ReadFull(d.in.r, b)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		d.err = err
		return
	}
	if err == nil {
		d.header = parseHeader(b)
	}
	switch b = b[:n]; {
	case d.header.compType == typeCompressed:
		d.mode = modeCompressed
	case d.header.compType == typeStored:
		d.mode = modeStored
	case kindOf(b, true) != 0:
		d.mode = modeRaw
	default:
		d.err = ErrNotCompressedRTF
		return
	}
	d.win = make([]byte, windowSize)
	d.wr = startWindow(d.win)
	d.rd, d.base = d.wr, len(preset)-d.wr
	if d.mode == modeRaw {
		d.in.r = io.MultiReader(bytes.NewReader(b), d.in.r)
		d.rec.Add(diag.RTFCompressionDamaged, "", "", "the RTF is not compressed and has no header")
		return
	}
	d.in.left = d.contents()
}

// contents returns how many bytes of contents are to be read, -1 for all.
//
// QUIRK: the sizes of stored contents disagree in real messages, whose writers count
// neither the header nor the padding in COMPSIZE; RAWSIZE is what the format tells
// readers to go by ([MS-OXRTFCP] 2.2.3), and the input bounds it.
func (d *Decompressor) contents() int64 {
	n, ok := d.header.contents()
	if !ok {
		d.rec.Addf(diag.RTFCompressionDamaged, "", "", "the compressed size of %d is smaller than the header", d.header.compSize)
		n = -1
	}
	d.claimed = n
	if raw := int64(d.header.rawSize); d.mode == modeStored && raw != n && raw > 0 {
		d.rec.Addf(diag.RTFCompressionDamaged, "", "", "the sizes %d and %d of stored contents don't agree", raw, n)
		n = raw
	}
	return n
}

// copy handles contents that are not compressed.
func (d *Decompressor) copy() {
	b, err := d.in.some()
	if err != nil {
		d.err = err
	}
	n := copy(d.win[d.wr:], b)
	d.in.pos += n
	d.wr += n
}

// report records, at the end of the contents, what is wrong with them.
func (d *Decompressor) report() {
	short := d.in.left > 0
	h := &d.header
	switch {
	case d.mode == modeRaw:
	case d.mode == modeStored && d.total >= d.claimed:
	case short && !d.ended:
		d.rec.Addf(diag.RTFTruncated, "", "", "compressed contents lack %d bytes", d.in.left)
	case short:
		d.rec.Addf(diag.RTFCompressionDamaged, "", "", "the compressed size is %d bytes too large", d.in.left)
	case d.mode == modeCompressed && !d.ended && d.total < int64(h.rawSize):
		d.rec.Add(diag.RTFTruncated, "", "", "compressed contents end without the end marker")
	case d.mode == modeCompressed && !d.ended:
		d.rec.Add(diag.RTFCompressionDamaged, "", "", "compressed contents have no end marker")
	}
	if d.mode != modeCompressed {
		return
	}
	if !short && d.in.crc != h.crc {
		d.rec.Addf(diag.RTFCompressionDamaged, "", "", "the checksum is %08X, that of the contents %08X", h.crc, d.in.crc)
	}
	if int64(h.rawSize) != d.total {
		d.rec.Addf(diag.RTFCompressionDamaged, "", "", "the size is %d, that of the contents %d", h.rawSize, d.total)
	}
}
