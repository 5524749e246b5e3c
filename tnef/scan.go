package tnef

import (
	"fmt"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/propfile"
)

// An attribute is one of a stream, as found.
type attribute struct {
	id    attrID
	level byte
	cut   bool      // the stream ends within the data
	data  span      // as far as it exists
	info  *attrInfo // nil for one that is unknown
}

// attributeCost is what an attribute takes of the bound on memory.
const attributeCost = 48

// scan finds the attributes of a stream, without a look into their data. It stops
// where nothing that follows can be one ([MS-OXTNEF] 2.1.3.2).
func (d *reader) scan(s span, at *propfile.Place) (list []attribute, err error) {
	for off := s.off + headerSize; off < s.end(); {
		a, next, err := d.attribute(span{off, s.end() - off}, at)
		if err != nil {
			return nil, err
		}
		if a.level == 0 {
			d.rec.Add(diag.TnefTrailingData, "", "", at.Detail(fmt.Sprintf("%d bytes at offset %d", s.end()-off, off)))
			break
		}
		if err := d.take(attributeCost, at); err != nil {
			return nil, err
		}
		if a.info == nil && a.id != attNull {
			d.unknown(&a, at)
		}
		list = append(list, a)
		off = next
	}
	if s.size < headerSize {
		d.rec.Add(diag.TnefTruncated, "", "", at.Detail(fmt.Sprintf("the stream has %d bytes", s.size)))
	}
	return list, nil
}

// attribute reads the frame of the attribute at the beginning of rest and finds
// the next one. A level of zero means that there is none.
func (d *reader) attribute(rest span, at *propfile.Place) (a attribute, next int64, err error) {
	head, err := d.src.bytes(rest.off, int(min(rest.size, attrHead)))
	if err != nil || head[0] != levelMessage && head[0] != levelAttachment {
		return attribute{}, 0, err
	}
	if len(head) < attrHead {
		d.truncated(at, "an attribute's header")
		return attribute{level: head[0], cut: true}, rest.end(), nil // attNull, as it were
	}
	a.level, a.id = head[0], attrID(le.Uint32(head[1:]))
	size := int64(le.Uint32(head[5:]))
	a.info = findAttribute(a.id, size)
	room := rest.size - attrHead
	a.data = span{rest.off + attrHead, min(size, room)}
	if size+attrChecksum > room {
		if a.info == nil && size > room {
			return attribute{}, 0, nil // no attribute but something else
		}
		a.cut = size > room
		d.truncated(at, fmt.Sprintf("%s has %d of %d bytes", a.name(), a.data.size, size))
		return a, rest.end(), nil
	}
	next, err = d.next(&a, rest.end(), at)
	return a, next, err
}

// unknown notes an attribute that nobody has described.
func (d *reader) unknown(a *attribute, at *propfile.Place) {
	d.rec.AddDiagnostic(diag.Diagnostic{Severity: diag.Info, Code: diag.TnefAttributeInvalid,
		Detail: at.Detail(fmt.Sprintf("%s is unknown, %d bytes", a.name(), a.data.size))})
}

func (d *reader) truncated(at *propfile.Place, what string) {
	d.rec.Add(diag.TnefTruncated, "", "", at.Detail(what))
}

// next verifies an attribute's checksum and returns where the next one begins.
func (d *reader) next(a *attribute, end int64, at *propfile.Place) (int64, error) {
	sum, err := d.src.checksum(a.data)
	if err != nil {
		return 0, err
	}
	b, err := d.src.bytes(a.data.end(), attrChecksum)
	if err != nil {
		return 0, err
	}
	if stated := le.Uint16(b); stated != sum {
		resized, err := d.resize(a, end)
		switch {
		case err != nil:
			return 0, err
		case resized:
			d.rec.Add(diag.TnefLengthRepaired, "", "", at.Detail(fmt.Sprintf("%s has %d bytes", a.name(), a.data.size)))
		default:
			d.rec.Add(diag.TnefChecksumWrong, "", "", at.Detail(fmt.Sprintf("%s: 0x%04X is stated, the data has 0x%04X", a.name(), stated, sum)))
		}
	}
	return a.data.end() + attrChecksum, nil
}

// resize gives an attribute the length that it has where the stated one is
// followed by no attribute.
//
// QUIRK: a server's encoder states lengths modulo 65,536 ([MS-OXTNEF] 2.1.3.2 has
// 32 bits for them), with a checksum that is wrong.
func (d *reader) resize(a *attribute, end int64) (bool, error) {
	if d.unsized {
		return false, nil
	}
	ok, err := d.plausible(a.data.end()+attrChecksum, end)
	if ok || err != nil {
		return false, err
	}
	for size := a.data.size + 1<<16; a.data.off+size+attrChecksum <= end; size += 1 << 16 {
		ok, err := d.plausible(a.data.off+size+attrChecksum, end)
		if err != nil {
			return false, err
		}
		if ok {
			a.data.size = size
			return true, nil
		}
	}
	// The search has gone to the end; it must not for each of many attributes.
	d.unsized = true
	return false, nil
}

// plausible reports whether a known attribute that fits, or the end, is at off.
func (d *reader) plausible(off, end int64) (bool, error) {
	if end-off < attrFrame {
		return off == end, nil
	}
	head, err := d.src.bytes(off, attrHead)
	if err != nil {
		return false, err
	}
	size := int64(le.Uint32(head[5:]))
	info := findAttribute(attrID(le.Uint32(head[1:])), size)
	return info != nil && info.level == head[0] && size <= end-off-attrFrame, nil
}

// name names an attribute in a diagnostic.
func (a *attribute) name() string {
	if a.info != nil {
		return a.info.name
	}
	return fmt.Sprintf("attribute 0x%08X", uint32(a.id))
}
