package recurrence

import (
	"encoding/binary"
	"fmt"
	"math"
	"unicode/utf16"

	"github.com/contentconv/contentconv/internal/charset"
)

// Encode returns the binary form, with 8-bit texts in the given Windows code page;
// 0 and unknown ones mean 1252. It is an error when there are more exceptions or
// longer texts than the form can count.
func (p *AppointmentPattern) Encode(codePage int) ([]byte, error) {
	w := writer{charset: charset.ByCodePage(codePage)}
	if w.charset == nil {
		w.charset = charset.Windows1252()
	}
	w.pattern(&p.Pattern)
	if p.WriterVersion2 != 0 {
		w.appointment(p)
	}
	if w.err != nil {
		return nil, w.err
	}
	return w.b, nil
}

// Encode returns the binary form of a RecurrencePattern.
func (p *Pattern) Encode() []byte {
	var w writer
	w.pattern(p)
	return w.b
}

type writer struct {
	b       []byte
	charset *charset.Charset
	err     error
}

func (w *writer) u16(v uint16) { w.b = binary.LittleEndian.AppendUint16(w.b, v) }
func (w *writer) u32(v uint32) { w.b = binary.LittleEndian.AppendUint32(w.b, v) }

// count writes n in 16 bits.
func (w *writer) count(n int, what string) {
	if n > math.MaxUint16 {
		w.err = fmt.Errorf("recurrence pattern: %d %s; there can be %d", n, what, math.MaxUint16)
	}
	w.u16(uint16(n))
}

func (w *writer) dates(list []Minutes) {
	w.u32(uint32(len(list)))
	for _, m := range list {
		w.u32(uint32(m))
	}
}

func (w *writer) block(b []byte) {
	w.u32(uint32(len(b)))
	w.b = append(w.b, b...)
}

func (w *writer) pattern(p *Pattern) {
	w.u16(p.ReaderVersion)
	w.u16(p.WriterVersion)
	w.u16(uint16(p.RecurFrequency))
	w.u16(uint16(p.PatternType))
	w.u16(uint16(p.CalendarType))
	w.u32(uint32(p.FirstDateTime))
	w.u32(p.Period)
	w.u32(p.SlidingFlag)
	switch p.PatternType {
	case PatternDay:
	case PatternWeek:
		w.u32(uint32(p.Days))
	case PatternMonthNth, PatternHijriNth:
		w.u32(uint32(p.Days))
		w.u32(p.Nth)
	default:
		w.u32(p.Day)
	}
	w.u32(uint32(p.EndType))
	w.u32(p.OccurrenceCount)
	w.u32(p.FirstDOW)
	w.dates(p.Deleted)
	w.dates(p.Modified)
	w.u32(uint32(p.StartDate))
	w.u32(uint32(p.EndDate))
}

func (w *writer) appointment(p *AppointmentPattern) {
	w.u32(p.ReaderVersion2)
	w.u32(p.WriterVersion2)
	w.u32(p.StartTimeOffset)
	w.u32(p.EndTimeOffset)
	w.count(len(p.Exceptions), "exceptions")
	for i := range p.Exceptions {
		w.exception(&p.Exceptions[i])
	}
	w.block(p.ReservedBlock1)
	for i := range p.Exceptions {
		w.extended(&p.Exceptions[i], p.WriterVersion2)
	}
	w.block(p.ReservedBlock2)
}

func (w *writer) exception(e *Exception) {
	w.u32(uint32(e.Start))
	w.u32(uint32(e.End))
	w.u32(uint32(e.Original))
	w.u16(uint16(e.Flags))
	for f := OverrideFlags(1); f != 0 && f <= OverrideBody; f <<= 1 {
		if e.Flags&f == 0 {
			continue
		}
		switch f {
		case OverrideSubject:
			w.text(e.SubjectBytes, e.Subject)
		case OverrideLocation:
			w.text(e.LocationBytes, e.Location)
		default:
			if v := e.field(f); v != nil {
				w.u32(*v)
			}
		}
	}
}

func (w *writer) text(b []byte, s string) {
	if b == nil {
		b, _ = w.charset.Encode(s)
	}
	if len(b) == math.MaxUint16 {
		w.err = fmt.Errorf("recurrence pattern: a text of %d bytes; it can have %d", len(b), math.MaxUint16-1)
	}
	w.u16(uint16(len(b) + 1))
	w.count(len(b), "bytes of text")
	w.b = append(w.b, b...)
}

func (w *writer) extended(e *Exception, version uint32) {
	if version >= highlightsVersion {
		if e.ChangeHighlight == nil {
			w.block(make([]byte, 4))
		} else {
			w.block(e.ChangeHighlight)
		}
	}
	w.block(e.ReservedBlockEE1)
	if e.Flags&overrideText == 0 {
		return
	}
	w.u32(uint32(e.Start))
	w.u32(uint32(e.End))
	w.u32(uint32(e.Original))
	if e.Flags&OverrideSubject != 0 {
		w.wide(e.Subject)
	}
	if e.Flags&OverrideLocation != 0 {
		w.wide(e.Location)
	}
	w.block(e.ReservedBlockEE2)
}

func (w *writer) wide(s string) {
	units := utf16.Encode([]rune(s))
	w.count(len(units), "characters of text")
	for _, u := range units {
		w.u16(u)
	}
}
