package cfb

import "fmt"

// lockSector is the sector of a version 4 file that covers offset 0x7FFFFFFF,
// where applications lock ranges ([MS-CFB] 2.8). It must hold nothing.
const lockSector = 0x7FFFFFFF>>shiftV4 - 1

// maxSizeV3 is the size that a version 3 file stays below or at: 2 GiB less one
// sector.
const maxSizeV3 = 1<<31 - 1<<shiftV3

// A layout says where in the file everything is. Its sectors are logical: they
// count all sectors but the lock sector, so each table and stream is one section.
// The tables come first, so that the beginning of a file tells what the whole has.
type layout struct {
	version int
	shift   uint

	fat, difat, dir, miniFAT, mini section
	streams                        section // of all large streams together
	miniCount                      int64   // mini sectors
	sectors                        int64   // all sectors, with the lock sector
	lock                           bool    // the file reaches the lock sector
}

// A section is a stretch of logical sectors.
type section struct{ first, count int64 }

// start returns the number of its first sector for the header.
func (l *layout) start(s section) uint32 {
	if s.count == 0 {
		return endOfChain
	}
	return l.sector(s.first)
}

// sector returns the number in the file of a logical sector.
func (l *layout) sector(logical int64) uint32 {
	if l.lock && logical >= lockSector {
		logical++
	}
	return uint32(logical)
}

func (l *layout) sectorSize() int64 { return 1 << l.shift }

// perSector is the number of slots that a sector of a table has.
func (l *layout) perSector() int64 { return l.sectorSize() / 4 }

// Size returns the size of the file in bytes.
func (l *layout) Size() int64 { return (1 + l.sectors) << l.shift }

// place lays out the file in that version.
func (p *Plan) place(version int) error {
	p.layout = layout{version: version, shift: shiftV3}
	if version == 4 {
		p.shift = shiftV4
	}
	p.placeStreams()
	p.dir.count = ceilDiv(int64(len(p.items))*entrySize, p.sectorSize())
	p.miniFAT.count = ceilDiv(p.miniCount, p.perSector())
	p.mini.count = ceilDiv(p.miniCount*miniSize, p.sectorSize())
	p.placeTables()
	switch {
	case p.sectors > maxRegSector:
		return &Error{"layout", "the contents need more sectors than the format can number", ErrTooLarge}
	case version == 3 && p.Size() > maxSizeV3:
		return &Error{"layout", fmt.Sprintf("the file has %d bytes, version 3 allows %d", p.Size(), maxSizeV3), ErrTooLarge}
	}
	return nil
}

// placeStreams gives every stream its sectors, counted from the first stream.
func (p *Plan) placeStreams() {
	for i := range p.items {
		it := &p.items[i]
		switch {
		case it.small():
			it.first = uint32(p.miniCount)
			p.miniCount += ceilDiv(it.size, miniSize)
		case it.large():
			it.first = uint32(min(p.streams.count, maxRegSector))
			p.streams.count += min(ceilDiv(it.size, p.sectorSize()), maxRegSector)
		}
	}
}

// placeTables finds how many FAT and DIFAT sectors describe the file, themselves
// included, and puts the sections one after another.
func (p *Plan) placeTables() {
	others := p.dir.count + p.miniFAT.count + p.mini.count + p.streams.count
	for before := int64(-1); before != p.sectors; {
		before = p.sectors
		p.sectors = others + p.fat.count + p.difat.count
		if p.lock = p.version == 4 && p.sectors > lockSector; p.lock {
			p.sectors++
		}
		p.fat.count = ceilDiv(p.sectors, p.perSector())
		p.difat.count = ceilDiv(max(0, p.fat.count-headerDIFAT), p.perSector()-1)
	}
	first := int64(0)
	for _, s := range []*section{&p.fat, &p.difat, &p.dir, &p.miniFAT, &p.mini, &p.streams} {
		s.first = first
		first += s.count
	}
}
