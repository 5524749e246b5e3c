package cfb

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// links are what a directory entry says that only the walk of the tree needs.
type links struct {
	left, right, child uint32
	start              uint32
	kind               uint8
}

// An entryData is where the mini stream is, from the root's entry.
type entryData struct {
	start uint32
	size  int64
}

// loadDirectory reads all entries of the directory ([MS-CFB] 2.6), also those
// that no storage will turn out to hold.
func (l *loader) loadDirectory() (root entryData, err error) {
	const where = "directory"
	runs, length, f := l.fat.follow(l.head.dir, whole, nil)
	switch {
	case l.fat.err != nil:
		return root, l.fat.err
	case f.kind != 0:
		return root, corrupt(where, "%v", f)
	}
	count := length / entrySize
	if count == 0 {
		return root, corrupt(where, "it has no root entry")
	}
	if count > MaxEntries {
		return root, &Error{where, fmt.Sprintf("it has %d entries, %d are allowed", count, MaxEntries), ErrTooLarge}
	}
	l.f.entries = make([]Entry, count)
	l.links = make([]links, count)
	table := l.f.extents(runs, length)
	buf := make([]byte, min(8<<10, count*entrySize))
	for id := int64(0); id < count; {
		n, err := table.ReadAt(buf, id*entrySize)
		if n < entrySize {
			return root, sourceError(where, err)
		}
		for b := buf[:n]; len(b) >= entrySize; b = b[entrySize:] {
			l.decodeEntry(b[:entrySize], uint32(id))
			id++
		}
	}
	if l.links[0].kind != typeRoot {
		return root, corrupt(entryPlace(0), "its type is %d, not %d for the root", l.links[0].kind, typeRoot)
	}
	return entryData{l.links[0].start, l.f.entries[0].declared}, nil
}

func (l *loader) decodeEntry(b []byte, id uint32) {
	le := binary.LittleEndian
	l.links[id] = links{
		left:  le.Uint32(b[68:]),
		right: le.Uint32(b[72:]),
		child: le.Uint32(b[76:]),
		start: le.Uint32(b[116:]),
		kind:  b[66],
	}
	e := &l.f.entries[id]
	e.f, e.id = l.f, id
	e.Storage = b[66] == typeStorage || b[66] == typeRoot
	e.Name = l.name(b)
	copy(e.CLSID[:], b[80:96])
	e.declared = l.head.streamSize(le.Uint64(b[120:]))
}

// maxShared is how many different names are kept to be shared by the entries.
const maxShared = 1 << 12

// name returns the name of the entry in b. The recipients of a message have
// streams of the same few names, which share their memory.
//
// QUIRK: lengths that are odd, too large, or leave out or miscount the
// terminator occur ([MS-CFB] 2.6.1); the name ends at the first NUL in any case.
func (l *loader) name(b []byte) string {
	length := min(int(binary.LittleEndian.Uint16(b[64:])), 64)
	var units [32]uint16
	n, all := 0, uint16(0)
	for ; 2*n+1 < length; n++ {
		u := binary.LittleEndian.Uint16(b[2*n:])
		if u == 0 {
			break
		}
		units[n] = u
		all |= u
	}
	var space [96]byte
	name := space[:0]
	if all < utf8.RuneSelf {
		for _, u := range units[:n] {
			name = append(name, byte(u))
		}
	} else {
		for _, r := range utf16.Decode(units[:n]) {
			name = utf8.AppendRune(name, r)
		}
	}
	if s, ok := l.names[string(name)]; ok {
		return s
	}
	s := l.keep(name)
	if len(l.names) < maxShared {
		l.names[s] = s
	}
	return s
}

// keep returns name as a string. Names stand together in memory, as the directory
// does.
func (l *loader) keep(name []byte) string {
	const together = 2 << 10
	if l.text.Cap()-l.text.Len() < len(name) {
		l.text = new(strings.Builder)
		l.text.Grow(together)
	}
	from := l.text.Len()
	l.text.Write(name)
	return l.text.String()[from:]
}

// loadTree finds the children of every storage and places every stream. It goes
// through the trees of siblings whole, because some writers leave them unsorted,
// and without recursion, because some are lists.
func (l *loader) loadTree() error {
	seen := newBitset(uint32(len(l.f.entries)))
	seen.add(0)
	storages := []*Entry{l.f.Root()}
	for i := 0; i < len(storages); i++ {
		s := storages[i]
		from := len(l.f.kids)
		if err := l.siblings(l.links[s.id].child, seen); err != nil {
			return err
		}
		kids := l.f.kids[from:]
		if !slices.IsSortedFunc(kids, compareEntries) {
			slices.SortStableFunc(kids, compareEntries)
		}
		s.from, s.count, s.Size = uint32(from), uint32(len(kids)), 0
		for _, kid := range kids {
			if kid.Storage {
				storages = append(storages, kid)
			} else {
				l.place(kid, l.links[kid.id].start)
			}
		}
		if err := cmp.Or(l.fat.err, l.mini.err); err != nil {
			return err
		}
	}
	return nil
}

func compareEntries(a, b *Entry) int { return compareNames(a.Name, b.Name) }

// siblings appends the storages and streams of the tree at id, in its order, to
// the children.
func (l *loader) siblings(id uint32, seen bitset) error {
	var path []uint32 // entries whose left side is being visited
	for {
		// QUIRK: links beyond the largest id other than NOSTREAM, and links to
		// free entries, occur in repaired files ([MS-CFB] 2.6.1); they lead nowhere.
		for id < maxRegSector {
			if int64(id) >= int64(len(l.links)) {
				return corrupt(entryPlace(id), "a link leads to it, but the directory has %d entries", len(l.links))
			}
			if l.links[id].kind == typeFree {
				break
			}
			if !seen.add(id) {
				return corrupt(entryPlace(id), "two links lead to it")
			}
			path = append(path, id)
			id = l.links[id].left
		}
		if len(path) == 0 {
			return nil
		}
		id = path[len(path)-1]
		path = path[:len(path)-1]
		kind, e := l.links[id].kind, &l.f.entries[id]
		if (kind == typeStorage || kind == typeStream) && e.Name != "" {
			l.f.kids = append(l.f.kids, e)
		}
		id = l.links[id].right
	}
}
