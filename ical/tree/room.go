package tree

// The parts of a calendar are many small lists. They stand one behind another in larger
// ones, so that most of them cost no allocation. No list has room behind it: what is
// appended later goes elsewhere.

// A pool has lists of which one grows at a time.
type pool[T any] struct{ list []T }

const (
	minRoom = 16 // elements of a new piece of memory
	maxRoom = 256
)

// begin starts a list that may well get n elements, and returns where it begins.
func (p *pool[T]) begin(n int) int {
	if cap(p.list)-len(p.list) < n {
		p.list = make([]T, 0, min(max(2*cap(p.list), minRoom), maxRoom))
	}
	return len(p.list)
}

func (p *pool[T]) add(v T) { p.list = append(p.list, v) }

// from returns the list that begins there, or nil if it is empty.
func (p *pool[T]) from(first int) []T {
	if first == len(p.list) {
		return nil
	}
	return p.list[first:len(p.list):len(p.list)]
}

// drop gives the memory of the list that begins there to the next one.
func (p *pool[T]) drop(first int) { p.list = p.list[:first] }

// A propertyPool has the properties of components, as far as they stand together.
type propertyPool struct {
	pool  pool[Property]
	owner *Component // whose list grows
	first int        // where it begins
	lines int        // those of the file that are still to come
}

// add appends a property to a component.
func (p *propertyPool) add(c *Component, prop Property) {
	switch {
	case p.owner == c && len(p.pool.list) == cap(p.pool.list):
		p.renew(c.Properties)
	case p.owner == c:
	case len(c.Properties) > 0: // others came in between
		c.Properties = append(c.Properties, prop)
		return
	default:
		if p.owner = c; cap(p.pool.list)-len(p.pool.list) < minRoom/2 {
			p.renew(nil)
		}
		p.first = len(p.pool.list)
	}
	p.lines--
	p.pool.add(prop)
	c.Properties = p.pool.from(p.first)
}

// renew takes more memory, to which the list that grows moves.
func (p *propertyPool) renew(list []Property) {
	room := max(min(p.lines, maxRoom), minRoom, 2*len(list))
	p.pool.list = append(make([]Property, 0, room), list...)
	p.first = 0
}
