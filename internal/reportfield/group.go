package reportfield

import (
	"iter"

	"github.com/contentconv/contentconv/internal/mimescan"
)

// A Group is a block of fields: those of the report as a whole, or those of one
// recipient.
type Group struct {
	// Others is the number of fields that have no Name, and of those that occur
	// again.
	Others int
	// Junk is the number of lines that are no field. Those behind a field were
	// joined to it, the others were skipped.
	Junk int

	values [numNames]string
	known  int  // fields that have a Name
	inHand bool // the line before is of a field that has a Name: last
	last   Name
	start  int // of the value of last, in the body
}

// Has reports whether the group has the field, with a value.
func (g *Group) Has(n Name) bool { return g.values[n] != "" }

// Known reports whether the group has any field that has a Name.
func (g *Group) Known() bool { return g.known > 0 }

// Field returns the first field of that name, with its folding; one without a
// value where the group has none.
func (g *Group) Field(n Name) mimescan.Field {
	return mimescan.Field{Name: names[n], Value: g.values[n]}
}

// Get returns the value of the first field of that name on one line, or "".
func (g *Group) Get(n Name) string { return g.Field(n).Unfolded() }

func (g *Group) empty() bool { return g.known == 0 && g.Others == 0 && g.Junk == 0 }

// Groups yields the groups of a report's body. A group is only good until the
// next one.
//
// Empty lines end a group, however many there are.
//
// QUIRK: RFC 3464 2.1 has an empty line between groups. Where it is missing, a
// group begins with a field that names a recipient, or what was done, and stands
// in the group in hand already.
func Groups(body string) iter.Seq[*Group] {
	return func(yield func(*Group) bool) {
		g := new(Group)
		flush := func() bool {
			if g.empty() {
				return true
			}
			more := yield(g)
			*g = Group{}
			return more
		}
		for pos := 0; pos < len(body); {
			line := body[pos:fieldEnd(body, pos)]
			start := pos
			pos += len(line)
			if blank(line) {
				if !flush() {
					return
				}
				continue
			}
			name, value, ok := split(line)
			if !ok {
				g.junk(body[:pos])
				continue
			}
			n, known := find(name)
			if known && begins[n] && g.seen(n) && !flush() {
				return
			}
			g.add(n, known, body[:pos], start+value)
		}
		flush()
	}
}

// begins are the fields of which a recipient has one.
var begins = [numNames]bool{OriginalRecipient: true, FinalRecipient: true, Action: true}

func (g *Group) seen(n Name) bool { return g.Has(n) || g.inHand && g.last == n }

// add takes a field that ends where the body as read so far does.
func (g *Group) add(n Name, known bool, read string, value int) {
	g.inHand = known && !g.seen(n)
	if !g.inHand {
		g.Others++
		return
	}
	g.last, g.start = n, value
	g.known++
	g.values[n] = trim(read[value:])
}

// junk takes a line that is no field.
//
// QUIRK: the lines of a server's reply are copied into a Diagnostic-Code as they
// are, without the white space that RFC 5322 2.2.3 has before the second and later
// ones.
func (g *Group) junk(read string) {
	g.Junk++
	if g.inHand {
		g.values[g.last] = trim(read[g.start:])
	}
}
