package cfb

import (
	"encoding/binary"
	"fmt"
	"io"
)

// readSector reads a whole sector into buf. What the file lacks of its last
// sector reads as bytes 0xFF, which are free slots of any table.
func (l *loader) readSector(where string, sector uint32, buf []byte) error {
	for i := range buf {
		buf[i] = 0xFF
	}
	off := (int64(sector) + 1) << l.head.shift
	want := min(int64(len(buf)), l.size-off)
	if n, err := l.r.ReadAt(buf[:want], off); int64(n) < want {
		return sourceError(where, err)
	}
	return nil
}

// loadFAT reads the FAT, as far as it describes sectors that exist.
func (l *loader) loadFAT() error {
	list, err := l.fatSectors()
	if err != nil {
		return err
	}
	perSector := int64(1) << (l.head.shift - 2)
	l.fat.next = make([]uint32, 0, min(int64(len(list))*perSector, int64(l.fat.count)))
	buf := make([]byte, 1<<l.head.shift)
	for _, sector := range list {
		if err := l.readSector("FAT", sector, buf); err != nil {
			return err
		}
		l.fat.next = appendSlots(l.fat.next, buf, l.fat.count)
	}
	return nil
}

// appendSlots appends the slots in buf to table until it has max of them.
func appendSlots(table []uint32, buf []byte, max uint32) []uint32 {
	for ; len(buf) >= 4 && len(table) < int(max); buf = buf[4:] {
		table = append(table, binary.LittleEndian.Uint32(buf))
	}
	return table
}

// fatSectors returns the numbers of the FAT's sectors from the header and the
// DIFAT ([MS-CFB] 2.5). It asks for no more than the file's sectors need, so a
// DIFAT that is not needed is not looked at.
func (l *loader) fatSectors() ([]uint32, error) {
	perSector := int64(1) << (l.head.shift - 2)
	need := int(ceilDiv(int64(l.fat.count), perSector))
	var list []uint32
	list, done, err := l.appendFATSectors(list, l.head.fatInHead[:], need)
	buf := make([]byte, 1<<l.head.shift)
	slots := make([]uint32, 0, perSector)
	for next := l.head.difat; err == nil && !done && next < maxRegSector; {
		if f := l.fat.take(next); f.kind != 0 {
			return nil, corrupt("DIFAT", "%v", f)
		}
		if err := l.readSector("DIFAT", next, buf); err != nil {
			return nil, err
		}
		slots = appendSlots(slots[:0], buf, uint32(perSector))
		last := len(slots) - 1
		next = slots[last]
		list, done, err = l.appendFATSectors(list, slots[:last], need)
	}
	return list, err
}

// appendFATSectors appends the numbers in slots to list. done means that there
// are as many as needed.
func (l *loader) appendFATSectors(list, slots []uint32, need int) (_ []uint32, done bool, err error) {
	for _, sector := range slots {
		if len(list) >= need {
			break
		}
		if sector == freeSector {
			continue
		}
		if f := l.fat.take(sector); f.kind != 0 {
			return nil, false, corrupt(fmt.Sprintf("FAT sector %d", len(list)), "%v", f)
		}
		list = append(list, sector)
	}
	return list, len(list) >= need, nil
}

// loadMini reads the mini FAT and finds the mini stream. Damage to either is no
// error here: the streams that need the lost part are truncated by it.
func (l *loader) loadMini(start uint32, size int64) error {
	runs, length, _ := l.fat.follow(start, size, nil)
	l.f.mini = l.f.extents(runs, length)
	l.mini = newAllocation(length, miniShift)

	runs, length, _ = l.fat.follow(l.head.miniFAT, whole, nil)
	table := l.f.extents(runs, length)
	buf := make([]byte, min(64<<10, length+1))
	for off := int64(0); len(l.mini.next) < int(l.mini.count); off += int64(len(buf)) {
		n, err := table.ReadAt(buf, off)
		l.mini.next = appendSlots(l.mini.next, buf[:n], l.mini.count)
		if err == io.EOF && off+int64(n) >= length {
			return nil
		}
		if err != nil {
			return sourceError("mini FAT", err)
		}
	}
	return nil
}
