package timezone

import (
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf16"
)

// A Definition is the value of PidLidAppointmentTimeZoneDefinitionStartDisplay,
// -EndDisplay and -Recur ([MS-OXOCAL], section 2.2.1.41): a zone by its name in
// Windows, with a rule for each time in which one was in force.
type Definition struct {
	KeyName string
	Rules   []TZRule
}

// A TZRule is one rule of a definition.
type TZRule struct {
	Flags RuleFlags
	// Year is the first one in which the rule is in force.
	Year uint16
	// X are the bytes behind the year; readers ignore them.
	X [14]byte
	Rule
}

// RuleFlags say what a rule of a definition is for.
type RuleFlags uint16

// The flags.
const (
	// RecurCurrent marks the rule that PidLidTimeZoneStruct holds.
	RecurCurrent RuleFlags = 1
	// Effective marks the rule by which times are converted; the others are for
	// comparison.
	Effective RuleFlags = 2
)

const (
	firstYear  = 1601
	maxKeyName = 260
	maxRules   = 1024
	ruleSize   = 66
	ruleMarker = 0x3E
)

// firstX is the X of a definition's only rule: the rest of a SYSTEMTIME of the
// first of January.
var firstX = [14]byte{0: 1, 4: 1}

// NewDefinition returns a definition with one rule. recur makes the one of a
// recurring event, beside which PidLidTimeZoneStruct has the same rule. The name is
// cut to 260 characters.
func NewDefinition(keyName string, r Rule, recur bool) *Definition {
	flags := Effective
	if recur {
		flags |= RecurCurrent
	}
	return &Definition{keyName, []TZRule{{flags, firstYear, firstX, r}}}
}

// DecodeDefinition reads a definition. Bytes behind it are ignored.
func DecodeDefinition(b []byte) (*Definition, error) {
	if len(b) < 8 || b[0] != 2 || b[1] < 1 {
		return nil, errors.New("no time zone definition of version 2.1")
	}
	name := int(binary.LittleEndian.Uint16(b[6:]))
	// The header's length leads to the rules, whatever stands between.
	rules := 4 + int(binary.LittleEndian.Uint16(b[2:]))
	if name > maxKeyName || 8+2*name > rules-2 || rules > len(b) {
		return nil, fmt.Errorf("a time zone definition of %d bytes with a header of %d and a name of %d characters", len(b), rules-4, name)
	}
	units := make([]uint16, name)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[8+2*i:])
	}
	d := &Definition{KeyName: string(utf16.Decode(units))}
	n := int(binary.LittleEndian.Uint16(b[rules-2:]))
	if b = b[rules:]; n < 1 || n > maxRules || n > len(b)/ruleSize {
		return nil, fmt.Errorf("a time zone definition with %d rules in %d bytes", n, len(b))
	}
	for ; n > 0; n-- {
		r, err := decodeRule(b)
		if err != nil {
			return nil, err
		}
		d.Rules = append(d.Rules, r)
		b = b[ruleSize:]
	}
	return d, nil
}

func decodeRule(b []byte) (TZRule, error) {
	if b[0] != 2 || b[1] < 1 || binary.LittleEndian.Uint16(b[2:]) != ruleMarker {
		return TZRule{}, errors.New("a time zone definition with a rule that is none of version 2.1")
	}
	return TZRule{
		Flags: RuleFlags(binary.LittleEndian.Uint16(b[4:])),
		Year:  binary.LittleEndian.Uint16(b[6:]),
		X:     [14]byte(b[8:22]),
		Rule: Rule{
			Bias:         int32(binary.LittleEndian.Uint32(b[22:])),
			StandardBias: int32(binary.LittleEndian.Uint32(b[26:])),
			DaylightBias: int32(binary.LittleEndian.Uint32(b[30:])),
			StandardDate: decodeSystemTime(b[34:]),
			DaylightDate: decodeSystemTime(b[50:]),
		},
	}, nil
}

// Encode returns the binary form.
func (d *Definition) Encode() []byte {
	var room [64]uint16
	name := room[:0]
	for _, r := range d.KeyName {
		if u := utf16.AppendRune(name, r); len(u) <= maxKeyName {
			name = u
			continue
		}
		break
	}
	rules := d.Rules[:min(len(d.Rules), maxRules)]
	b := make([]byte, 0, 10+2*len(name)+ruleSize*len(rules))
	b = append(b, 2, 1)
	b = binary.LittleEndian.AppendUint16(b, uint16(6+2*len(name)))
	b = binary.LittleEndian.AppendUint16(b, 2)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(name)))
	for _, u := range name {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	b = binary.LittleEndian.AppendUint16(b, uint16(len(rules)))
	for _, r := range rules {
		b = append(b, 2, 1, ruleMarker, 0)
		b = binary.LittleEndian.AppendUint16(b, uint16(r.Flags))
		b = binary.LittleEndian.AppendUint16(b, r.Year)
		b = append(b, r.X[:]...)
		b = r.appendBiases(b)
		b = r.StandardDate.append(b)
		b = r.DaylightDate.append(b)
	}
	return b
}

// Effective returns the rule by which times of a year are converted: the one that
// is marked, else the one that was in force in that year.
func (d *Definition) Effective(year int) Rule {
	var found Rule
	for i, r := range d.Rules {
		if r.Flags&Effective != 0 {
			return r.Rule
		}
		if i == 0 || int(r.Year) <= year {
			found = r.Rule
		}
	}
	return found
}

// Consistent reports whether the definition says the same as PidLidTimeZoneStruct.
// Where it doesn't, an older client has changed the latter, which counts ([MS-OXOCAL],
// section 2.2.1.41).
func (d *Definition) Consistent(r Rule) bool {
	for _, own := range d.Rules {
		if own.Flags&Effective != 0 {
			return own.Rule == r
		}
	}
	return false
}
