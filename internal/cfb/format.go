package cfb

// Special values of the FAT, mini FAT and DIFAT ([MS-CFB] 2.1) and of the links
// between directory entries (2.6.1).
const (
	maxRegSector = 0xFFFFFFFA // sector numbers and entry ids are below
	difSector    = 0xFFFFFFFC // slot of a DIFAT sector
	fatSector    = 0xFFFFFFFD // slot of a FAT sector
	endOfChain   = 0xFFFFFFFE
	freeSector   = 0xFFFFFFFF
	noStream     = 0xFFFFFFFF
)

// Figures of the header ([MS-CFB] 2.2) and of the directory (2.6).
const (
	signature    = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	headerSize   = 512
	shiftV3      = 9
	shiftV4      = 12
	miniShift    = 6
	miniSize     = 1 << miniShift
	miniCutoff   = 4096 // a stream of this size or more has sectors of its own
	headerDIFAT  = 109  // FAT sector numbers that the header holds
	entrySize    = 128
	maxNameUnits = 31 // UTF-16 code units, without the terminator
	rootName     = "Root Entry"
)

// Types of directory entries.
const (
	typeFree    = 0
	typeStorage = 1
	typeStream  = 2
	typeRoot    = 5
)

// MaxEntries bounds the directory, in reading and in writing, so that memory
// stays bounded too: a message of 65,536 recipients has about a million entries.
const MaxEntries = 1 << 21

// ceilDiv returns how many units of size cover n, which is not negative.
func ceilDiv(n, size int64) int64 { return n/size + min(1, n%size) }
