package cfb

import (
	"fmt"
	"math"
)

// An allocation is the FAT with the sectors of the file, or the mini FAT with
// the mini sectors of the mini stream.
type allocation struct {
	next  []uint32 // the table; it can be shorter than it should
	count uint32   // sectors that exist, at least in part
	shift uint
	short int64 // bytes that the last sector lacks
	used  bitset
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
// kept it from more. Each sector is taken once in the life of a, so following
// all chains of a file costs as many steps as it has sectors.
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
		if f := a.take(cur); f.kind != 0 {
			return runs, length, f
		}
		if int64(cur) >= int64(len(a.next)) {
			return runs, length, fault{unlisted, cur}
		}
		if cur != expected {
			runs = append(runs, run{index, cur})
		}
		length += 1 << a.shift
		next := a.next[cur]
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
	}
	return "no fault"
}
