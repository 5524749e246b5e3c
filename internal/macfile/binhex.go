package macfile

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
)

// binHexAlphabet are the 64 characters of BinHex 4.0 (RFC 1741 appendix A).
const binHexAlphabet = "!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr"

// binHexMark is what the line before the data says, in every version of the
// program that wrote it.
const binHexMark = "must be converted with BinHex"

// repeat marks a run: the byte before it, as often as the byte after it says.
const repeat = 0x90

// NewBinHexReader returns a reader of the file within BinHex text: what
// [ParseBinHex] reads. The text may have anything before the line that announces
// it. Data that breaks off ends in [io.ErrUnexpectedEOF], and text without BinHex
// data, or with characters in it that are not BinHex, in [ErrInvalid].
func NewBinHexReader(r io.Reader) io.Reader {
	return &binHexReader{r: bufio.NewReaderSize(r, 32<<10)}
}

type binHexReader struct {
	r       *bufio.Reader
	started bool
	acc     uint32 // bits that make no byte yet
	bits    uint
	last    byte
	run     int // how often last comes again
	escaped bool
	err     error
}

func (b *binHexReader) Read(p []byte) (int, error) {
	if !b.started && b.err == nil {
		b.started = true
		b.err = b.start()
	}
	n := 0
	for n < len(p) {
		if b.run > 0 {
			p[n] = b.last
			b.run--
			n++
			continue
		}
		if b.err != nil {
			return n, b.err
		}
		c, err := b.next()
		if err != nil {
			b.err = err
			continue
		}
		switch {
		case b.escaped && c == 0:
			b.escaped, b.last, b.run = false, repeat, 1
		case b.escaped:
			b.escaped, b.run = false, int(c)-1
		case c == repeat:
			b.escaped = true
		default:
			b.last, b.run = c, 1
		}
	}
	return n, nil
}

// start skips to the colon that opens the data. Lines end as they like: in CR
// alone where a Macintosh wrote them.
func (b *binHexReader) start() error {
	if err := b.skipMark(); err != nil {
		return notFound(err)
	}
	for {
		c, err := b.r.ReadByte()
		if err != nil {
			return notFound(err)
		}
		if c == '\r' || c == '\n' {
			break
		}
	}
	for {
		c, err := b.r.ReadByte()
		switch {
		case err != nil:
			return notFound(err)
		case c == ':':
			return nil
		case c != '\r' && c != '\n' && c != ' ' && c != '\t':
			return ErrInvalid
		}
	}
}

// skipMark skips the mark and all before it. No letter of the mark is its first
// one again, so that a byte which breaks a match can at most begin another.
func (b *binHexReader) skipMark() error {
	for matched := 0; matched < len(binHexMark); {
		c, err := b.r.ReadByte()
		switch {
		case err != nil:
			return err
		case c == binHexMark[matched]:
			matched++
		case c == binHexMark[0]:
			matched = 1
		default:
			matched = 0
		}
	}
	return nil
}

func notFound(err error) error {
	if err == io.EOF {
		return ErrInvalid
	}
	return err
}

// next returns the next byte before runs are undone.
func (b *binHexReader) next() (byte, error) {
	for b.bits < 8 {
		c, err := b.r.ReadByte()
		switch {
		case err == io.EOF:
			return 0, io.ErrUnexpectedEOF
		case err != nil:
			return 0, err
		case c == ':':
			return 0, io.EOF
		case c == '\r' || c == '\n' || c == ' ' || c == '\t':
			continue
		}
		v := bytes.IndexByte([]byte(binHexAlphabet), c)
		if v < 0 {
			return 0, ErrInvalid
		}
		b.acc = b.acc<<6 | uint32(v)
		b.bits += 6
	}
	b.bits -= 8
	return byte(b.acc >> b.bits), nil
}

// ParseBinHex reads the decoded form of a BinHex file. The checksums of the forks
// are not looked at: a file with a damaged byte is better than none.
func ParseBinHex(r io.ReaderAt, size int64) (File, error) {
	var f File
	first, err := readAt(r, 0, 1, size)
	if err != nil {
		return f, err
	}
	n := int64(first[0])
	const afterName = 1 + 4 + 4 + 2 + 4 + 4
	h, err := readAt(r, 0, 1+n+afterName+2, size)
	if err != nil || n < 1 || n > maxName {
		return f, ErrInvalid
	}
	crc := binary.BigEndian.Uint16(h[len(h)-2:])
	if crc16(0, h[:len(h)-2]) != crc {
		return f, ErrInvalid
	}
	f.Name = fromMacRoman(h[1 : 1+n])
	b := h[1+n+1:]
	copy(f.Type[:], b)
	copy(f.Creator[:], b[4:])
	f.Flags = binary.BigEndian.Uint16(b[8:])
	f.Data = Fork{int64(len(h)), int64(binary.BigEndian.Uint32(b[10:]))}
	f.Resource = Fork{f.Data.Off + f.Data.Len + 2, int64(binary.BigEndian.Uint32(b[14:]))}
	if f.Data.Off+f.Data.Len > size || f.Resource.Len > 0 && f.Resource.Off+f.Resource.Len > size {
		return File{}, ErrInvalid
	}
	return f, nil
}
