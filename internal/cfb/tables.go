package cfb

import "encoding/binary"

// writeHeader writes the header ([MS-CFB] 2.2) in a sector of its own.
func (p *Plan) writeHeader(o *output) error {
	b := make([]byte, headerSize)
	le := binary.LittleEndian
	copy(b, signature)
	le.PutUint16(b[24:], 0x003E)
	le.PutUint16(b[26:], uint16(p.version))
	le.PutUint16(b[28:], 0xFFFE)
	le.PutUint16(b[30:], uint16(p.shift))
	le.PutUint16(b[32:], miniShift)
	if p.version == 4 {
		le.PutUint32(b[40:], uint32(p.dir.count))
	}
	le.PutUint32(b[44:], uint32(p.fat.count))
	le.PutUint32(b[48:], p.start(p.dir))
	le.PutUint32(b[56:], miniCutoff)
	le.PutUint32(b[60:], p.start(p.miniFAT))
	le.PutUint32(b[64:], uint32(p.miniFAT.count))
	le.PutUint32(b[68:], p.start(p.difat))
	le.PutUint32(b[72:], uint32(p.difat.count))
	for i := range int64(headerDIFAT) {
		le.PutUint32(b[76+4*i:], p.fatSlot(i))
	}
	_, err := o.Write(b)
	return err
}

// fatSlot returns the DIFAT's slot i: the sector of the FAT's sector i.
func (p *Plan) fatSlot(i int64) uint32 {
	if i >= p.fat.count {
		return freeSector
	}
	return p.sector(p.fat.first + i)
}

// writeDIFAT writes what the header has no room for ([MS-CFB] 2.5).
func (p *Plan) writeDIFAT(o *output) error {
	i := int64(headerDIFAT)
	for s := range p.difat.count {
		for range p.perSector() - 1 {
			if err := o.slot(p.fatSlot(i)); err != nil {
				return err
			}
			i++
		}
		next := uint32(endOfChain)
		if s+1 < p.difat.count {
			next = p.sector(p.difat.first + s + 1)
		}
		if err := o.slot(next); err != nil {
			return err
		}
	}
	return nil
}

// writeFAT writes the FAT ([MS-CFB] 2.3): a mark for each sector of the FAT and
// the DIFAT, and a chain for everything else.
func (p *Plan) writeFAT(o *output) error {
	c := &chainWriter{o: o, l: &p.layout}
	c.marks(fatSector, p.fat.count)
	c.marks(difSector, p.difat.count)
	c.chain(p.dir.count)
	c.chain(p.miniFAT.count)
	c.chain(p.mini.count)
	for i := range p.items {
		if it := &p.items[i]; it.large() {
			c.chain(ceilDiv(it.size, p.sectorSize()))
		}
	}
	c.marks(freeSector, p.fat.count*p.perSector()-p.sectors)
	return c.err
}

// A chainWriter writes the FAT slot by slot.
type chainWriter struct {
	o       *output
	l       *layout
	logical int64 // the sector whose slot is next
	err     error
}

// slot writes the next slot; before the one that follows the lock sector it
// writes that sector's.
func (c *chainWriter) slot(v uint32) {
	if c.l.lock && c.logical == lockSector && c.err == nil {
		c.err = c.o.slot(endOfChain)
	}
	if c.err == nil {
		c.err = c.o.slot(v)
	}
	c.logical++
}

func (c *chainWriter) marks(v uint32, n int64) {
	for i := int64(0); i < n && c.err == nil; i++ {
		c.slot(v)
	}
}

// chain writes the chain of the next n sectors.
func (c *chainWriter) chain(n int64) {
	for i := int64(1); i < n && c.err == nil; i++ {
		c.slot(c.l.sector(c.logical + 1))
	}
	if n > 0 {
		c.slot(endOfChain)
	}
}

// writeMiniFAT writes the mini FAT ([MS-CFB] 2.4).
func (p *Plan) writeMiniFAT(o *output) error {
	next := uint32(0)
	for i := range p.items {
		it := &p.items[i]
		if !it.small() {
			continue
		}
		for n := ceilDiv(it.size, miniSize); n > 0; n-- {
			next++
			v := next
			if n == 1 {
				v = endOfChain
			}
			if err := o.slot(v); err != nil {
				return err
			}
		}
	}
	return o.slots(freeSector, p.miniFAT.count*p.perSector()-p.miniCount)
}
