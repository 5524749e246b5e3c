package tnef

import (
	"bytes"
	"encoding/hex"
	"strings"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/propfile"
	"github.com/contentconv/contentconv/mapi"
)

// text8 decodes the string at the beginning of data, which a NUL ends.
func (x *legacyReader) text8(data []byte) string {
	data, _, _ = bytes.Cut(data, []byte{0})
	s, bad := propfile.Decode8(data, x.page)
	if bad > 0 {
		x.report(diag.TextUndecodable, "in charset "+x.page.Name())
	}
	return s
}

// bytes8 encodes a string and ends it. NULs within would end it too early.
func bytes8(s string, page *charset.Charset) []byte {
	b, _ := page.Encode(strings.ReplaceAll(s, "\x00", ""))
	return append(b, 0)
}

// A textCodec is a string.
type textCodec mapi.Tag[string]

func (c textCodec) read(x *legacyReader, data []byte) {
	if tag := mapi.Tag[string](c); !tag.Has(x.p) {
		tag.Set(x.p, x.text8(data))
	}
}

func (c textCodec) write(x *legacyWriter) ([]byte, bool) {
	s, ok := mapi.Tag[string](c).Get(x.p)
	return bytes8(s, x.page), ok
}

// A subjectCodec is the subject, which may stand among the properties in two
// parts.
type subjectCodec struct{}

func (subjectCodec) read(x *legacyReader, data []byte) {
	if mapi.PidTagSubject.Has(x.p) || mapi.PidTagSubjectPrefix.Has(x.p) && mapi.PidTagNormalizedSubject.Has(x.p) {
		return
	}
	mapi.PidTagSubject.Set(x.p, x.text8(data))
}

func (subjectCodec) write(x *legacyWriter) ([]byte, bool) {
	return bytes8(mapi.Subject(x.p), x.page), mapi.PidTagSubject.Has(x.p)
}

// dateSize is the size of a DTR: seven 16-bit numbers.
const dateSize = 14

// A dateCodec is a time in the local time of the writer, which nobody knows; it is
// taken for UTC and counts only where there is no better ([MS-OXTNEF] 2.1.3.4).
type dateCodec mapi.Tag[mapi.Time]

func (c dateCodec) read(x *legacyReader, data []byte) {
	tag := mapi.Tag[mapi.Time](c)
	if tag.Has(x.p) || x.short(data, dateSize) {
		return
	}
	t, ok := parseDTR(data)
	switch {
	case ok:
		x.report(diag.TimeZoneUnknown, "")
		tag.Set(x.p, t)
	case !allZero(data[:dateSize]):
		x.report(diag.DateInvalid, "")
	}
}

func (c dateCodec) write(x *legacyWriter) ([]byte, bool) {
	t, ok := mapi.Tag[mapi.Time](c).Get(x.p)
	if !ok {
		return nil, false
	}
	u, ok := t.Time()
	return appendDTR(nil, u), ok
}

// parseDTR reads a date. Its day of the week is not to be trusted.
func parseDTR(b []byte) (mapi.Time, bool) {
	var n [6]int
	for i := range n {
		n[i] = int(le.Uint16(b[2*i:]))
	}
	u := time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.UTC)
	if u.Month() != time.Month(n[1]) || u.Day() != n[2] || u.Hour() != n[3] || u.Minute() != n[4] || u.Second() != n[5] {
		return 0, false // a number is out of its range
	}
	return mapi.TimeOf(u)
}

func appendDTR(b []byte, u time.Time) []byte {
	for _, n := range []int{u.Year(), int(u.Month()), u.Day(), u.Hour(), u.Minute(), u.Second(), int(u.Weekday()) + 1} {
		b = le.AppendUint16(b, uint16(n))
	}
	return b
}

func allZero(b []byte) bool { return len(bytes.TrimLeft(b, "\x00")) == 0 }

// A flagCodec is a boolean of two bytes.
type flagCodec mapi.Tag[bool]

func (c flagCodec) read(x *legacyReader, data []byte) {
	if tag := mapi.Tag[bool](c); !tag.Has(x.p) && !x.short(data, 2) {
		tag.Set(x.p, le.Uint16(data) != 0)
	}
}

func (c flagCodec) write(x *legacyWriter) ([]byte, bool) {
	set, ok := mapi.Tag[bool](c).Get(x.p)
	if set {
		return []byte{1, 0}, ok
	}
	return []byte{0, 0}, ok
}

// A longCodec is a number of four bytes.
type longCodec mapi.Tag[int32]

func (c longCodec) read(x *legacyReader, data []byte) {
	if tag := mapi.Tag[int32](c); !tag.Has(x.p) && !x.short(data, 4) {
		tag.Set(x.p, int32(le.Uint32(data)))
	}
}

func (c longCodec) write(x *legacyWriter) ([]byte, bool) {
	n, ok := mapi.Tag[int32](c).Get(x.p)
	return le.AppendUint32(nil, uint32(n)), ok
}

// A binaryCodec is bytes as they are.
type binaryCodec mapi.Tag[[]byte]

func (c binaryCodec) read(x *legacyReader, data []byte) {
	if tag := mapi.Tag[[]byte](c); !tag.Has(x.p) {
		tag.Set(x.p, data)
	}
}

func (c binaryCodec) write(x *legacyWriter) ([]byte, bool) {
	return mapi.Tag[[]byte](c).Get(x.p)
}

// A hexCodec is bytes as hexadecimal digits.
type hexCodec mapi.Tag[[]byte]

func (c hexCodec) read(x *legacyReader, data []byte) {
	tag := mapi.Tag[[]byte](c)
	data, _, _ = bytes.Cut(data, []byte{0})
	if tag.Has(x.p) || len(data) == 0 {
		return
	}
	b, err := hex.AppendDecode(nil, data)
	if err != nil {
		x.report(diag.TnefAttributeInvalid, "it is not hexadecimal")
		return
	}
	tag.Set(x.p, b)
}

func (c hexCodec) write(x *legacyWriter) ([]byte, bool) {
	b, ok := mapi.Tag[[]byte](c).Get(x.p)
	return append(bytes.ToUpper(hex.AppendEncode(nil, b)), 0), ok && len(b) > 0
}

// A priorityCodec is the importance, counted the other way round.
type priorityCodec struct{}

// The values of attPriority begin at 1, those of PidTagImportance at 0.
const priorityOfLow = 3

func (priorityCodec) read(x *legacyReader, data []byte) {
	if mapi.PidTagImportance.Has(x.p) || x.short(data, 2) {
		return
	}
	n := le.Uint16(data)
	if n < 1 || n > priorityOfLow {
		x.report(diag.TnefAttributeInvalid, "no priority has the number that it has")
		return
	}
	mapi.PidTagImportance.Set(x.p, priorityOfLow-int32(n))
}

func (priorityCodec) write(x *legacyWriter) ([]byte, bool) {
	n := mapi.PidTagImportance.Or(x.p, 1)
	return le.AppendUint16(nil, uint16(priorityOfLow-max(0, min(n, 2)))), true
}

// statusBits are the bits of attMessageStatus and of PidTagMessageFlags that mean
// the same ([MS-OXTNEF] 2.1.3.3.9).
var statusBits = [...]struct {
	status byte
	flag   int32
}{
	{0x02, 0x08}, // unsent
	{0x04, 0x04}, // submitted
	{0x20, 0x01}, // read
	{0x80, 0x10}, // has attachments
}

// The bit for "modified", and the flag for its contrary.
const (
	statusModified byte  = 0x01
	flagUnmodified int32 = 0x02
)

// A statusCodec is the flags of a message.
type statusCodec struct{}

func (statusCodec) read(x *legacyReader, data []byte) {
	if mapi.PidTagMessageFlags.Has(x.p) || x.short(data, 1) {
		return
	}
	flags := int32(0)
	if data[0]&statusModified == 0 {
		flags = flagUnmodified
	}
	for _, b := range statusBits {
		if data[0]&b.status != 0 {
			flags |= b.flag
		}
	}
	mapi.PidTagMessageFlags.Set(x.p, flags)
}

func (statusCodec) write(x *legacyWriter) ([]byte, bool) {
	flags, ok := mapi.PidTagMessageFlags.Get(x.p)
	status := byte(0)
	if flags&flagUnmodified == 0 {
		status = statusModified
	}
	for _, b := range statusBits {
		if flags&b.flag != 0 {
			status |= b.status
		}
	}
	return []byte{status}, ok
}
