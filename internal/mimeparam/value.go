package mimeparam

import "github.com/contentconv/contentconv/internal/defect"

// A Param is one parameter of a field.
type Param struct {
	Name  string // in lower case, without the marks of RFC 2231
	Value string // decoded, valid UTF-8, without control characters
}

// A Value is a Content-Type or Content-Disposition field's value.
type Value struct {
	// Full is the media type such as "text/plain", or the disposition such as
	// "attachment", in lower case; "" when the field has no usable one.
	Full string
	// Type and Subtype are the halves of a media type, in lower case. One alone
	// is set when the field has only that, and Full is "" then.
	Type, Subtype string
	// Params are the parameters in the order in which their names first occur.
	Params  []Param
	Defects defect.List

	boundary string
}

// Get returns the value of the parameter with that name, which must be in lower
// case, or "".
func (v Value) Get(name string) string {
	for i := range v.Params {
		if v.Params[i].Name == name {
			return v.Params[i].Value
		}
	}
	return ""
}

// Has reports whether there is a parameter with that name, which must be in
// lower case.
func (v Value) Has(name string) bool {
	for i := range v.Params {
		if v.Params[i].Name == name {
			return true
		}
	}
	return false
}

// Boundary returns the boundary parameter byte for byte as delimiters hold it:
// neither decoded nor converted, only unquoted and without white space at its
// end (RFC 2046 section 5.1.1). It is "" when there is none.
func (v Value) Boundary() string { return v.boundary }
