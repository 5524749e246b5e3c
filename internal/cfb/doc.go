// Package cfb reads and writes compound files ([MS-CFB], version 3 and 4), the
// container that holds an Outlook message file.
//
// [Open] reads the tables of a compound file and checks them: every chain
// is followed once and every sector belongs to one stream at most, so that
// loops, cross-linked chains and declared sizes that are not there cost time
// in proportion to the file, and the sizes of all streams together never pass
// the size of the file. What remains in memory is the directory and the places
// of the streams; bytes are read when a [Stream] is. A [File] never changes
// after Open and can be used by any number of goroutines, if its source can.
//
// [Write] lays out a tree of [Node] values in one sequential pass. The tables
// are computed from the sizes of the contents and never stored, and no content
// is kept in memory.
//
// Damage to what leads to everything else (header, FAT, directory) fails Open
// with an *[Error]. Damage to one stream spoils that stream alone: it yields
// what exists and then an error that is [ErrTruncated].
package cfb
