package cfb

import (
	"fmt"
	"math"
)

// An allocation is the FAT with the sectors of the file, or the mini FAT with
// the mini sectors of the mini stream.
type allocation struct {
	table slots  // it can be shorter than it should
	count uint32 // sectors that exist, at least in part
	shift uint
	short int64 // bytes that the last sector lacks
	used  bitset
	err   error // of reading the table, the first one
}

func newAllocation(bytes int64, shift uint) *allocation {
	count := min(ceilDiv(bytes, 1<<shift), maxRegSector)
	return &allocation{
		count: uint32(count),
		shift: shift,
		short: max(0, count<<shift-bytes),
		used:  newBitset(uint32(count)),
	}
}

// take marks a sector as used. The sector must exist and be in no use yet.
func (a *allocation) take(sector uint32) fault {
	switch {
	case sector >= a.count:
		return fault{absent, sector}
	case !a.used.add(sector):
		return fault{twice, sector}
	}
	return fault{}
}

// whole as the wanted length means that a chain is followed to its end mark.
const whole = math.MaxInt64

// follow marks the sectors of a chain as used, until they hold want bytes, and
// appends their runs to runs. It returns how many of the bytes exist and what
// kept it from more; where the table could not be read that is in a.err. Each
// sector is taken once in the life of a, so following all chains of a file costs
// as many steps as it has sectors.
func (a *allocation) follow(start uint32, want int64, runs []run) ([]run, int64, fault) {
	var length int64
	expected := uint32(freeSector) // the sector that would extend the last run
	for index, cur := uint32(0), start; length < want; index++ {
		if cur == endOfChain {
			if want == whole {
				return runs, length, fault{}
			}
			return runs, length, fault{ended, cur}
		}
		if n := a.takeRow(cur, ceilDiv(want-length, 1<<a.shift)); n > 0 {
			if cur != expected {
				runs = append(runs, run{index, cur})
			}
			length += int64(n) << a.shift
			index, cur = index+n-1, cur+n
			expected = cur
			continue
		}
		if f := a.take(cur); f.kind != 0 {
			return runs, length, f
		}
		next, f := a.successor(cur)
		if f.kind != 0 {
			return runs, length, f
		}
		if cur != expected {
			runs = append(runs, run{index, cur})
		}
		length += 1 << a.shift
		// QUIRK: some writers cut the last sector of the file where its data ends
		// ([MS-CFB] 2.1 wants whole sectors). Nothing can follow such a sector.
		if cur == a.count-1 && a.short > 0 {
			if length -= a.short; length < want && next != endOfChain {
				return runs, length, fault{cut, cur}
			}
		}
		expected, cur = cur+1, next
	}
	return runs, min(length, want), fault{}
}

// takeRow takes sectors from first on that follow each other in their chain, at
// most max of them, and returns how many. It leaves the others to take: the last
// sector of the file, which can be short, and what is amiss. It looks at 64 slots at
// most, so that a chain which ends beside it costs no more.
func (a *allocation) takeRow(first uint32, max int64) uint32 {
	end := min(a.table.count, a.count-min(1, a.count))
	if first >= end {
		return 0
	}
	n, err := a.table.row(first, uint32(min(max, int64(end-first), int64(64-first%64))))
	if err != nil || n == 0 {
		return 0 // successor meets the error again
	}
	return a.used.addRow(first, n)
}

// successor returns the slot of a sector that exists.
func (a *allocation) successor(sector uint32) (uint32, fault) {
	if sector >= a.table.count {
		return 0, fault{unlisted, sector}
	}
	next, err := a.table.get(sector)
	if err != nil {
		a.fail(err)
		return 0, fault{unread, sector}
	}
	return next, fault{}
}

// fail notes an error of the source.
func (a *allocation) fail(err error) {
	if a.err == nil {
		a.err = err
	}
}

// A fault is why a chain could not be followed as far as wanted. It is small
// because a hostile file has one for each of its streams.
type fault struct {
	kind   uint8 // zero: none
	sector uint32
}

const (
	ended    = iota + 1 // the chain's end mark comes too early
	absent              // the chain leads to a sector that does not exist
	twice               // the chain leads to a sector in use: a loop, or cross-linked
	unlisted            // the chain leads to a sector that the table does not cover
	cut                 // the file ends within a sector that has a successor
	unread              // the source failed where the table is
)

func (f fault) String() string {
	switch f.kind {
	case ended:
		return "its chain of sectors ends early"
	case absent:
		return fmt.Sprintf("its chain leads to sector %#x, which does not exist", f.sector)
	case twice:
		return fmt.Sprintf("its chain leads to sector %#x, which is in use already", f.sector)
	case unlisted:
		return fmt.Sprintf("its chain leads to sector %#x, which the table does not cover", f.sector)
	case cut:
		return fmt.Sprintf("the file ends within sector %#x", f.sector)
	case unread:
		return fmt.Sprintf("the table could not be read at sector %#x", f.sector)
	}
	return "no fault"
}
