package recurrence

import (
	"encoding/binary"
	"fmt"
	"unicode/utf16"

	"github.com/contentconv/contentconv/internal/charset"
)

// A DecodeError says where a binary pattern is damaged.
type DecodeError struct {
	Offset int    // in bytes
	Field  string // the field that begins there
	Detail string
}

func (e *DecodeError) Error() string {
	return fmt.Sprintf("recurrence pattern: %s at byte %d %s", e.Field, e.Offset, e.Detail)
}

// Decode reads an AppointmentRecurrencePattern, whose 8-bit texts are in the given
// Windows code page; 0 and unknown ones mean 1252. What follows the pattern is
// ignored. A value that ends where a RecurrencePattern does is one.
//
// The error is a *[DecodeError]. If the RecurrencePattern at the beginning could be
// read, the pattern is returned beside the error, with what else could be read.
func Decode(b []byte, codePage int) (*AppointmentPattern, error) {
	r := reader{b: b, charset: charset.ByCodePage(codePage)}
	if r.charset == nil {
		r.charset = charset.Windows1252()
	}
	p := &AppointmentPattern{}
	if r.pattern(&p.Pattern); r.err != nil {
		return nil, r.err
	}
	if len(r.b) > r.pos {
		r.appointment(p)
	}
	if r.err != nil {
		return p, r.err
	}
	return p, nil
}

// A reader reads the fields of a binary pattern. After the first error everything
// it returns is zero.
type reader struct {
	b       []byte
	pos     int
	charset *charset.Charset
	err     error
}

func (r *reader) fail(field, detail string) {
	if r.err == nil {
		r.err = &DecodeError{r.pos, field, detail}
	}
}

func (r *reader) bytes(n int, field string) []byte {
	if r.err != nil {
		return nil
	}
	if left := len(r.b) - r.pos; n > left {
		r.fail(field, fmt.Sprintf("needs %d bytes, %d are left", n, left))
		return nil
	}
	r.pos += n
	return r.b[r.pos-n : r.pos]
}

func (r *reader) u16(field string) uint16 {
	if b := r.bytes(2, field); b != nil {
		return binary.LittleEndian.Uint16(b)
	}
	return 0
}

func (r *reader) u32(field string) uint32 {
	if b := r.bytes(4, field); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

// dates reads a count and so many dates.
func (r *reader) dates(field string) []Minutes {
	at := r.pos
	n := r.u32(field + "Count")
	if left := len(r.b) - r.pos; int64(n) > int64(left/4) {
		r.pos = at
		r.fail(field+"Count", fmt.Sprintf("is %d, which is more than the %d bytes left can hold", n, left))
	}
	if r.err != nil || n == 0 {
		return nil
	}
	out := make([]Minutes, n)
	for i := range out {
		out[i] = Minutes(r.u32(field + "Dates"))
	}
	return out
}

// block reads a size and so many bytes; nil for none.
func (r *reader) block(field string) []byte {
	at := r.pos
	n := r.u32(field + "Size")
	if left := len(r.b) - r.pos; int64(n) > int64(left) {
		r.pos = at
		r.fail(field+"Size", fmt.Sprintf("is %d, %d bytes are left", n, left))
		return nil
	}
	if n == 0 {
		return nil
	}
	return append([]byte{}, r.bytes(int(n), field)...)
}

func (r *reader) pattern(p *Pattern) {
	p.ReaderVersion = r.u16("ReaderVersion")
	p.WriterVersion = r.u16("WriterVersion")
	p.RecurFrequency = Frequency(r.u16("RecurFrequency"))
	at := r.pos
	p.PatternType = PatternType(r.u16("PatternType"))
	p.CalendarType = CalendarType(r.u16("CalendarType"))
	p.FirstDateTime = Minutes(r.u32("FirstDateTime"))
	p.Period = r.u32("Period")
	p.SlidingFlag = r.u32("SlidingFlag")
	switch p.PatternType {
	case PatternDay:
	case PatternWeek:
		p.Days = DayMask(r.u32("PatternTypeSpecific"))
	case PatternMonth, PatternMonthEnd, PatternHijri, PatternHijriEnd:
		p.Day = r.u32("PatternTypeSpecific")
	case PatternMonthNth, PatternHijriNth:
		p.Days = DayMask(r.u32("PatternTypeSpecific"))
		p.Nth = r.u32("PatternTypeSpecific")
	default:
		r.pos = at
		r.fail("PatternType", fmt.Sprintf("is %#x, which is not known", uint16(p.PatternType)))
	}
	p.EndType = EndType(r.u32("EndType"))
	p.OccurrenceCount = r.u32("OccurrenceCount")
	p.FirstDOW = r.u32("FirstDOW")
	p.Deleted = r.dates("DeletedInstance")
	p.Modified = r.dates("ModifiedInstance")
	p.StartDate = Minutes(r.u32("StartDate"))
	p.EndDate = Minutes(r.u32("EndDate"))
}

func (r *reader) appointment(p *AppointmentPattern) {
	p.ReaderVersion2 = r.u32("ReaderVersion2")
	p.WriterVersion2 = r.u32("WriterVersion2")
	p.StartTimeOffset = r.u32("StartTimeOffset")
	p.EndTimeOffset = r.u32("EndTimeOffset")
	n := r.u16("ExceptionCount")
	for range n {
		var e Exception
		if r.exception(&e); r.err != nil {
			return
		}
		p.Exceptions = append(p.Exceptions, e)
	}
	p.ReservedBlock1 = r.block("ReservedBlock1")
	for i := range p.Exceptions {
		r.extended(&p.Exceptions[i], p.WriterVersion2)
	}
	p.ReservedBlock2 = r.block("ReservedBlock2")
}

func (r *reader) exception(e *Exception) {
	e.Start = Minutes(r.u32("StartDateTime"))
	e.End = Minutes(r.u32("EndDateTime"))
	e.Original = Minutes(r.u32("OriginalStartDate"))
	e.Flags = OverrideFlags(r.u16("OverrideFlags"))
	for f := OverrideFlags(1); f != 0 && f <= OverrideBody; f <<= 1 {
		if e.Flags&f == 0 {
			continue
		}
		switch f {
		case OverrideSubject:
			e.SubjectBytes, e.Subject = r.text("Subject")
		case OverrideLocation:
			e.LocationBytes, e.Location = r.text("Location")
		default:
			if v := e.field(f); v != nil {
				*v = r.u32("ExceptionInfo")
			}
		}
	}
}

// text reads a text in the code page. Its length stands there twice, first with
// one more.
func (r *reader) text(field string) ([]byte, string) {
	r.u16(field + "Length")
	n := r.u16(field + "Length2")
	b := append([]byte{}, r.bytes(int(n), field)...)
	s, _ := r.charset.Decode(b)
	return b, s
}

func (r *reader) extended(e *Exception, version uint32) {
	if version >= highlightsVersion {
		if e.ChangeHighlight = r.block("ChangeHighlight"); e.ChangeHighlight == nil {
			e.ChangeHighlight = []byte{}
		}
	}
	e.ReservedBlockEE1 = r.block("ReservedBlockEE1")
	if e.Flags&overrideText == 0 {
		return
	}
	r.bytes(12, "StartDateTime")
	if e.Flags&OverrideSubject != 0 {
		r.wide("WideCharSubject", &e.Subject)
	}
	if e.Flags&OverrideLocation != 0 {
		r.wide("WideCharLocation", &e.Location)
	}
	e.ReservedBlockEE2 = r.block("ReservedBlockEE2")
}

// wide reads a text in UTF-16, which is better than the one in the code page.
func (r *reader) wide(field string, s *string) {
	n := r.u16(field + "Length")
	b := r.bytes(2*int(n), field)
	if r.err != nil {
		return // the text in the code page is what there is
	}
	units := make([]uint16, n)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	*s = string(utf16.Decode(units))
}
