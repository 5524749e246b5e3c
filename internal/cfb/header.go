package cfb

import (
	"encoding/binary"
	"io"
)

// A header is what a compound file's first 512 bytes say ([MS-CFB] 2.2) that
// reading needs. The numbers of sectors it also declares are not trusted for
// anything and so are not kept.
type header struct {
	major     uint16
	shift     uint
	dir       uint32
	miniFAT   uint32
	difat     uint32
	fatInHead [4 * headerDIFAT]byte
}

func readHeader(r io.ReaderAt, size int64) (*header, error) {
	const where = "header"
	buf := make([]byte, max(0, min(headerSize, size)))
	if n, err := r.ReadAt(buf, 0); n < len(buf) {
		return nil, sourceError(where, err)
	}
	if len(buf) < len(signature) || string(buf[:len(signature)]) != signature {
		return nil, &Error{where, "the signature of compound files is missing", ErrNotCompound}
	}
	if size < headerSize {
		return nil, corrupt(where, "the file has %d bytes, the header alone has %d", size, headerSize)
	}
	le := binary.LittleEndian
	h := &header{
		major:   le.Uint16(buf[26:]),
		shift:   uint(le.Uint16(buf[30:])),
		dir:     le.Uint32(buf[48:]),
		miniFAT: le.Uint32(buf[60:]),
		difat:   le.Uint32(buf[68:]),
	}
	// QUIRK: minor versions, the byte order mark and shifts that do not fit the
	// major version are accepted: files with each exist ([MS-CFB] 2.2), and the
	// shift alone decides how the file is laid out.
	if h.shift != shiftV3 && h.shift != shiftV4 {
		return nil, corrupt(where, "the sector shift is %d, not %d or %d", h.shift, shiftV3, shiftV4)
	}
	if v := le.Uint16(buf[32:]); v != miniShift {
		return nil, corrupt(where, "the mini sector shift is %d, not %d", v, miniShift)
	}
	if v := le.Uint32(buf[56:]); v != miniCutoff {
		return nil, corrupt(where, "the mini stream cutoff is %d, not %d", v, miniCutoff)
	}
	copy(h.fatInHead[:], buf[76:])
	return h, nil
}
