package timezone

import (
	"encoding/binary"
	"fmt"
	"time"
)

// A Rule says how far a zone is from UTC, and when in every year its clock changes:
// the five fields that PidLidTimeZoneStruct and a TZRULE have in common. Biases are
// in minutes that are added to the clock's time to give UTC.
//
// Rules compare with ==.
type Rule struct {
	Bias, StandardBias, DaylightBias int32
	// StandardDate and DaylightDate are when standard and daylight time begin; with
	// a Month of 0 the clock never changes.
	StandardDate, DaylightDate SystemTime
}

// structSize is the length of PidLidTimeZoneStruct in bytes.
const structSize = 48

// DecodeStruct reads the value of PidLidTimeZoneStruct ([MS-OXOCAL], section
// 2.2.1.39). Bytes behind it are ignored.
func DecodeStruct(b []byte) (Rule, error) {
	if len(b) < structSize {
		return Rule{}, fmt.Errorf("a time zone of %d bytes; it has %d", len(b), structSize)
	}
	return Rule{
		Bias:         int32(binary.LittleEndian.Uint32(b)),
		StandardBias: int32(binary.LittleEndian.Uint32(b[4:])),
		DaylightBias: int32(binary.LittleEndian.Uint32(b[8:])),
		StandardDate: decodeSystemTime(b[14:]),
		DaylightDate: decodeSystemTime(b[32:]),
	}, nil
}

// EncodeStruct returns the rule as PidLidTimeZoneStruct holds it.
func (r Rule) EncodeStruct() []byte {
	b := r.appendBiases(make([]byte, 0, structSize))
	b = binary.LittleEndian.AppendUint16(b, r.StandardDate.Year)
	b = r.StandardDate.append(b)
	b = binary.LittleEndian.AppendUint16(b, r.DaylightDate.Year)
	return r.DaylightDate.append(b)
}

func (r Rule) appendBiases(b []byte) []byte {
	for _, v := range [...]int32{r.Bias, r.StandardBias, r.DaylightBias} {
		b = binary.LittleEndian.AppendUint32(b, uint32(v))
	}
	return b
}

// HasDaylight reports whether the clock ever changes.
func (r Rule) HasDaylight() bool {
	return r.StandardDate.valid() && r.DaylightDate.valid() && r.StandardDate != r.DaylightDate &&
		r.StandardBias != r.DaylightBias
}

// Offsets returns how far standard and daylight time are from UTC, as the time to
// add to UTC. Both are the same for a zone whose clock never changes.
func (r Rule) Offsets() (standard, daylight time.Duration) {
	standard = -(time.Duration(r.Bias) + time.Duration(r.StandardBias)) * time.Minute
	if !r.HasDaylight() {
		return standard, standard
	}
	return standard, -(time.Duration(r.Bias) + time.Duration(r.DaylightBias)) * time.Minute
}

// maxOffset is the distance from UTC that a rule can have.
const maxOffset = 24 * time.Hour

// check returns an error for a rule that no zone can have.
func (r Rule) check() error {
	s, d := r.Offsets()
	if s <= -maxOffset || s >= maxOffset || d <= -maxOffset || d >= maxOffset {
		return fmt.Errorf("a time zone %v and %v away from UTC", s, d)
	}
	return nil
}
