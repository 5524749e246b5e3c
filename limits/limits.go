// Package limits holds the bounds that both directions of a conversion
// enforce, by the names and with the defaults that Exchange 2007 gave its
// content conversion.
//
// A character is a UTF-16 code unit of the decoded text. A message that passes
// a bound fails with an *[ExceededError], which [errors.Is] finds as
// [ErrExceeded]. Where a conversion shortens text instead, by option, it cuts
// with [Shorten], which never splits a surrogate pair.
package limits

// None as a field's value means that the field has no bound.
const None int64 = -1

// The default of each field of [Limits].
const (
	DefaultMaxMimeTextHeaderLength    int64 = 2000
	DefaultMaxMimeSubjectLength       int64 = 255
	DefaultMSize                      int64 = 2147483647
	DefaultMaxMimeRecipients          int64 = 12288
	DefaultMaxRecipientPropertyLength int64 = 1000
	DefaultMaxBodyPartsTotal          int64 = 250
	DefaultMaxEmbeddedMessageDepth    int64 = 30
)

// Limits are the bounds of a conversion. In every field zero means the default
// and a negative value means no bound, so the zero value of the type holds the
// defaults.
type Limits struct {
	// MaxMimeTextHeaderLength bounds, in characters, a header field that becomes
	// a text property of its own. Lists of ids and items (References, List-*,
	// Keywords) lose whole items beyond it instead of failing, and an extension
	// header field beyond it gets no named property.
	MaxMimeTextHeaderLength int64
	// MaxMimeSubjectLength bounds, in characters, the subject.
	MaxMimeSubjectLength int64
	// MSize bounds, in bytes, the whole message.
	MSize int64
	// MaxMimeRecipients bounds To, Cc and Bcc together, group members counted.
	MaxMimeRecipients int64
	// MaxRecipientPropertyLength bounds, in characters, a recipient's display
	// name and its address.
	MaxRecipientPropertyLength int64
	// MaxBodyPartsTotal bounds the entities of the MIME tree: the root,
	// multiparts, embedded messages and their parts each count one.
	MaxBodyPartsTotal int64
	// MaxEmbeddedMessageDepth bounds messages within messages.
	MaxEmbeddedMessageDepth int64
}

// A Limit names one field of [Limits] and gives its effective bound.
type Limit struct {
	Name string // the field's name
	Max  int64  // the bound, or None
}

// Exceeded reports whether actual lies beyond the bound.
func (l Limit) Exceeded(actual int64) bool { return l.Max != None && actual > l.Max }

// Check returns an *[ExceededError] when actual lies beyond the bound, else nil.
func (l Limit) Check(actual int64) error {
	if l.Exceeded(actual) {
		return &ExceededError{Name: l.Name, Limit: l.Max, Actual: actual}
	}
	return nil
}

func effective(name string, v, def int64) Limit {
	switch {
	case v == 0:
		return Limit{name, def}
	case v < 0:
		return Limit{name, None}
	}
	return Limit{name, v}
}

// TextHeader returns the effective MaxMimeTextHeaderLength.
func (l Limits) TextHeader() Limit {
	return effective("MaxMimeTextHeaderLength", l.MaxMimeTextHeaderLength, DefaultMaxMimeTextHeaderLength)
}

// Subject returns the effective MaxMimeSubjectLength.
func (l Limits) Subject() Limit {
	return effective("MaxMimeSubjectLength", l.MaxMimeSubjectLength, DefaultMaxMimeSubjectLength)
}

// Size returns the effective MSize.
func (l Limits) Size() Limit { return effective("MSize", l.MSize, DefaultMSize) }

// Recipients returns the effective MaxMimeRecipients.
func (l Limits) Recipients() Limit {
	return effective("MaxMimeRecipients", l.MaxMimeRecipients, DefaultMaxMimeRecipients)
}

// RecipientProperty returns the effective MaxRecipientPropertyLength.
func (l Limits) RecipientProperty() Limit {
	return effective("MaxRecipientPropertyLength", l.MaxRecipientPropertyLength, DefaultMaxRecipientPropertyLength)
}

// BodyParts returns the effective MaxBodyPartsTotal.
func (l Limits) BodyParts() Limit {
	return effective("MaxBodyPartsTotal", l.MaxBodyPartsTotal, DefaultMaxBodyPartsTotal)
}

// EmbeddedDepth returns the effective MaxEmbeddedMessageDepth.
func (l Limits) EmbeddedDepth() Limit {
	return effective("MaxEmbeddedMessageDepth", l.MaxEmbeddedMessageDepth, DefaultMaxEmbeddedMessageDepth)
}

// All returns the seven effective bounds, in the order of the fields.
func (l Limits) All() []Limit {
	return []Limit{
		l.TextHeader(), l.Subject(), l.Size(), l.Recipients(),
		l.RecipientProperty(), l.BodyParts(), l.EmbeddedDepth(),
	}
}

// Set gives the field of that name the value n, as a command line or a
// configuration file would. It reports false when no field has the name.
func (l *Limits) Set(name string, n int64) bool {
	field, ok := map[string]*int64{
		"MaxMimeTextHeaderLength":    &l.MaxMimeTextHeaderLength,
		"MaxMimeSubjectLength":       &l.MaxMimeSubjectLength,
		"MSize":                      &l.MSize,
		"MaxMimeRecipients":          &l.MaxMimeRecipients,
		"MaxRecipientPropertyLength": &l.MaxRecipientPropertyLength,
		"MaxBodyPartsTotal":          &l.MaxBodyPartsTotal,
		"MaxEmbeddedMessageDepth":    &l.MaxEmbeddedMessageDepth,
	}[name]
	if ok {
		*field = n
	}
	return ok
}
