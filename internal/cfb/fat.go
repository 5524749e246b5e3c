package cfb

import (
	"encoding/binary"
	"fmt"
	"io"
)

// padded is the file with bytes 0xFF behind it, so that all of its sectors are
// whole. What the file lacks of a sector of a table are free slots of that.
type padded struct {
	r    io.ReaderAt
	size int64
}

// ReadAt implements [io.ReaderAt]. off is not behind the end of the file.
func (f padded) ReadAt(p []byte, off int64) (int, error) {
	want := int(min(int64(len(p)), f.size-off))
	for i := range p[want:] {
		p[want+i] = 0xFF
	}
	switch n, err := f.r.ReadAt(p[:want], off); {
	case n == want:
		return len(p), nil
	case err == nil:
		return n, io.ErrNoProgress
	default:
		return n, err
	}
}

// findFAT finds the sectors of the FAT, as far as it describes sectors that exist.
// They are read when a chain needs them.
func (l *loader) findFAT() error {
	runs, count, err := l.fatSectors()
	if err != nil {
		return err
	}
	size := int64(count) << l.head.shift
	table := extents{src: padded{l.r, l.size}, base: 1 << l.head.shift, shift: l.head.shift, runs: runs, size: size}
	l.fat.table = newSlots(&table, uint32(min(size/4, int64(l.fat.count))), "FAT")
	return nil
}

// fatSectors returns where the FAT's sectors are and how many, from the header and
// the DIFAT ([MS-CFB] 2.5). It asks for no more than the file's sectors need, so a
// DIFAT that is not needed is not looked at.
func (l *loader) fatSectors() ([]run, uint32, error) {
	perSector := int64(1) << (l.head.shift - 2)
	list := sectorList{need: uint32(ceilDiv(int64(l.fat.count), perSector))}
	if err := l.addFATSectors(&list, l.head.fatInHead[:]); err != nil {
		return nil, 0, err
	}
	var buf []byte
	for next := l.head.difat; list.count < list.need && next < maxRegSector; {
		if f := l.fat.take(next); f.kind != 0 {
			return nil, 0, corrupt("DIFAT", "%v", f)
		}
		if buf == nil {
			buf = make([]byte, 4*perSector)
		}
		if _, err := (padded{l.r, l.size}).ReadAt(buf, (int64(next)+1)<<l.head.shift); err != nil {
			return nil, 0, sourceError("DIFAT", err)
		}
		last := len(buf) - 4
		if err := l.addFATSectors(&list, buf[:last]); err != nil {
			return nil, 0, err
		}
		next = binary.LittleEndian.Uint32(buf[last:])
	}
	return list.runs, list.count, nil
}

// A sectorList is the sectors of the FAT that were found.
type sectorList struct {
	runs        []run
	last        uint32
	count, need uint32
}

// addFATSectors adds the sectors whose numbers are in slots, until there are as
// many as needed.
func (l *loader) addFATSectors(list *sectorList, slots []byte) error {
	for ; len(slots) >= 4 && list.count < list.need; slots = slots[4:] {
		sector := binary.LittleEndian.Uint32(slots)
		if sector == freeSector {
			continue
		}
		if f := l.fat.take(sector); f.kind != 0 {
			return corrupt(fmt.Sprintf("FAT sector %d", list.count), "%v", f)
		}
		if list.count == 0 || sector != list.last+1 {
			list.runs = append(list.runs, run{list.count, sector})
		}
		list.last = sector
		list.count++
	}
	return nil
}

// findMini finds the mini FAT and the mini stream. Damage to either is no error
// here: the streams that need the lost part are truncated by it.
func (l *loader) findMini(start uint32, size int64) error {
	runs, length, _ := l.fat.follow(start, size, nil)
	l.f.mini = l.f.extents(runs, length)
	l.mini = newAllocation(length, miniShift)
	runs, length, _ = l.fat.follow(l.head.miniFAT, whole, nil)
	table := l.f.extents(runs, length)
	l.mini.table = newSlots(&table, uint32(min(length/4, int64(l.mini.count))), "mini FAT")
	return l.fat.err
}
