package tree

import "strings"

// A Component is what stands between a BEGIN and its END line.
type Component struct {
	// Name is in upper case, such as "VEVENT".
	Name string
	// Line is the number of the BEGIN line in the file, from 1; 0 for a component
	// that was not read from one.
	Line int
	// Unclosed says that the component's END line is missing.
	Unclosed   bool
	Properties []Property
	Components []*Component
}

// A Property is one content line.
type Property struct {
	// Name is in upper case, such as "DTSTART".
	Name   string
	Params []Param
	// Value is what stands behind the colon, unfolded and with its escapes: read
	// it through [Property.Text], [ParseDateTime] and the like.
	Value string
	// Line is the number of the property's first line in the file, or 0.
	Line int
}

// A Param is one parameter of a property.
type Param struct {
	// Name is in upper case, such as "TZID".
	Name string
	// Values are without quotes and RFC 6868's escapes. There is none for a
	// parameter that is a bare word, as vCalendar 1.0 has them.
	Values []string
}

// NewComponent returns an empty component.
func NewComponent(name string) *Component { return &Component{Name: strings.ToUpper(name)} }

// Property returns the first property of that name, which is in upper case, or
// nil.
func (c *Component) Property(name string) *Property {
	for i := range c.Properties {
		if c.Properties[i].Name == name {
			return &c.Properties[i]
		}
	}
	return nil
}

// All returns every property of that name, in order.
func (c *Component) All(name string) []*Property {
	n := 0
	for i := range c.Properties {
		if c.Properties[i].Name == name {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	out := make([]*Property, 0, n)
	for i := range c.Properties {
		if c.Properties[i].Name == name {
			out = append(out, &c.Properties[i])
		}
	}
	return out
}

// Value returns the value of the first property of that name without blanks
// around it, or "".
func (c *Component) Value(name string) string {
	if p := c.Property(name); p != nil {
		return strings.TrimSpace(p.Value)
	}
	return ""
}

// Text returns the text of the first property of that name, or "".
func (c *Component) Text(name string) string {
	if p := c.Property(name); p != nil {
		return p.Text()
	}
	return ""
}

// Children returns the components of that name directly within c, in order.
func (c *Component) Children(name string) []*Component {
	var out []*Component
	for _, child := range c.Components {
		if child.Name == name {
			out = append(out, child)
		}
	}
	return out
}

// Add appends a property with a value that is already in its written form, such
// as a date, and returns it. The pointer is good until the next property is added.
func (c *Component) Add(name, value string, params ...Param) *Property {
	c.Properties = append(c.Properties, Property{Name: name, Params: params, Value: value})
	return &c.Properties[len(c.Properties)-1]
}

// AddText appends a property whose value is text; it is escaped.
func (c *Component) AddText(name, text string, params ...Param) *Property {
	return c.Add(name, EscapeText(text), params...)
}

// AddComponent appends a component.
func (c *Component) AddComponent(child *Component) { c.Components = append(c.Components, child) }

// P returns a parameter, for [Component.Add].
func P(name string, values ...string) Param { return Param{name, values} }

// Text returns the property's value as text, without its escapes.
func (p *Property) Text() string { return UnescapeText(p.Value) }

// Param returns the value of the first parameter of that name, which is in upper
// case, or "". Several values come with commas between them.
func (p *Property) Param(name string) string {
	for i := range p.Params {
		if p.Params[i].Name == name {
			return strings.Join(p.Params[i].Values, ",")
		}
	}
	return ""
}

// ParamValues returns every value of every parameter of that name.
func (p *Property) ParamValues(name string) []string {
	var out []string
	for i := range p.Params {
		if p.Params[i].Name == name {
			out = append(out, p.Params[i].Values...)
		}
	}
	return out
}

// HasParam reports whether there is a parameter of that name.
func (p *Property) HasParam(name string) bool {
	for i := range p.Params {
		if p.Params[i].Name == name {
			return true
		}
	}
	return false
}
