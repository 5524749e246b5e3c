package tree

import (
	"maps"
	"slices"

	goical "github.com/emersion/go-ical"
)

// GoICal returns a copy of the component in go-ical's form. The order of
// properties of different names is lost there.
func (c *Component) GoICal() *goical.Component {
	root := goical.NewComponent(c.Name)
	type pair struct {
		from *Component
		to   *goical.Component
	}
	for todo := []pair{{c, root}}; len(todo) > 0; {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for i := range p.from.Properties {
			q := &p.from.Properties[i]
			prop := goical.NewProp(q.Name)
			prop.Value = q.Value
			for _, param := range q.Params {
				prop.Params[param.Name] = append(prop.Params[param.Name], param.Values...)
			}
			p.to.Props.Add(prop)
		}
		for _, child := range p.from.Components {
			n := goical.NewComponent(child.Name)
			p.to.Children = append(p.to.Children, n)
			todo = append(todo, pair{child, n})
		}
	}
	return root
}

// FromGoICal returns a copy of a component of go-ical. Properties and parameters
// come in the order of their names. A component of Go's making may hold itself, so
// those deeper than [DefaultMaxDepth] are left out.
func FromGoICal(c *goical.Component) *Component { return fromGoICal(c, DefaultMaxDepth) }

func fromGoICal(c *goical.Component, depth int) *Component {
	out := NewComponent(c.Name)
	for _, name := range slices.Sorted(maps.Keys(c.Props)) {
		for _, prop := range c.Props[name] {
			p := out.Add(name, prop.Value)
			for _, key := range slices.Sorted(maps.Keys(prop.Params)) {
				p.Params = append(p.Params, Param{key, prop.Params[key]})
			}
		}
	}
	if depth > 1 {
		for _, child := range c.Children {
			out.AddComponent(fromGoICal(child, depth-1))
		}
	}
	return out
}
