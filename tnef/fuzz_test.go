package tnef_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/tnef"
)

// FuzzRead reads any bytes: in bounded work, to a message that can be written and
// is the same when it is read again, or to a typed error.
func FuzzRead(f *testing.F) {
	f.Add(sample())
	f.Add(nested(4))
	f.Add(write(f, full(f), nil))
	for _, tt := range streams {
		f.Add(tt.stream)
	}
	for _, tt := range lying {
		f.Add(tt.stream)
	}
	for _, tt := range legacy {
		f.Add(stream(tt.attrs...))
	}
	for _, tt := range attachments {
		f.Add(stream(tt.attrs...))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		src := &countingReader{Reader: bytes.NewReader(b)}
		var res *tnef.Result
		var err error
		n := allocated(func() { res, err = tnef.Read(t.Context(), src, int64(len(b)), &tnef.ReadOptions{Trusted: true}) })
		if limit := int64(64*len(b) + 1<<16); src.n > limit {
			t.Errorf("%d bytes were read of a stream of %d", src.n, len(b))
		}
		if limit := uint64(200*len(b) + 1<<20); n > limit {
			t.Errorf("%d bytes were allocated for a stream of %d", n, len(b))
		}
		if err != nil {
			if !errors.As(err, new(*tnef.Error)) {
				t.Errorf("an error of another type: %v", err)
			}
			return
		}
		checkAgain(t, res.Message)
	})
}

// checkAgain writes a message, reads that, and writes and reads what was read.
func checkAgain(t *testing.T, m *mapi.Message) {
	for _, o := range []*tnef.WriteOptions{nil, {Standalone: true}} {
		s := write(t, m, o)
		split(t, s) // checks the checksums
		res := read(t, s, &tnef.ReadOptions{Trusted: true})
		for _, d := range res.Diagnostics {
			t.Errorf("what was written reports %v", d)
		}
		if again := write(t, res.Message, o); !bytes.Equal(s, again) {
			diff := cmp.Diff(hexAttributes(t, s), hexAttributes(t, again))
			t.Errorf("what was written and read makes another stream:\n%s", diff[:min(len(diff), 3000)])
		}
	}
}

// hexAttributes lists the attributes of a stream.
func hexAttributes(t *testing.T, s []byte) (list []string) {
	for _, p := range split(t, s) {
		list = append(list, fmt.Sprintf("%d %08X %.500q", p.level, p.id, p.data))
	}
	return list
}

// FuzzWriteRead writes a message with any properties of any type, in any place.
func FuzzWriteRead(f *testing.F) {
	f.Add(uint32(0x0037001F), "name", []byte("a\x00b\x00"), "text\x00", uint8(0))
	f.Add(uint32(0x80011102), "", []byte{1, 2, 3}, "λ", uint8(1))
	f.Add(uint32(0x37010102), "x", bytes.Repeat([]byte("x"), 5000), "/o=x", uint8(6))
	f.Add(uint32(0x0E070003), "x", []byte{5, 0, 0, 0}, "\xff", uint8(5))
	f.Add(uint32(0x00420102), "x", []byte{5, 0, 0, 0}, "IPM.Schedule.Meeting.Request", uint8(9))
	f.Fuzz(func(t *testing.T, tag uint32, name string, data []byte, s string, method uint8) {
		bag := func(p *mapi.Properties) {
			for i := range 40 {
				v := fuzzValue(mapi.PropType(tag)+mapi.PropType(i*i), data, s)
				id := uint16(tag>>16) + uint16(i)
				if i%3 == 0 && name != "" {
					p.Set(mapi.Key{Name: mapi.Name{Set: mapi.PS_PUBLIC_STRINGS, String: name, LID: uint32(i)}}, v)
				} else if id != 0 {
					p.Set(mapi.Key{ID: id}, v)
				}
			}
			for _, t := range []mapi.Tag[string]{mapi.PidTagSubject, mapi.PidTagMessageClass, mapi.PidTagSenderName, mapi.PidTagSenderEmailAddress,
				mapi.PidTagSentRepresentingEmailAddress, mapi.PidTagAttachLongFilename, mapi.PidTagSmtpAddress} {
				if t.ID()%(uint16(method)+1) < 4 {
					t.Set(p, s)
				}
			}
			mapi.PidTagClientSubmitTime.Set(p, mapi.Time(tag)<<32|mapi.Time(len(data)))
			mapi.PidTagImportance.Set(p, int32(method))
		}
		inner := new(mapi.Message)
		bag(&inner.Properties)
		m := &mapi.Message{
			Recipients:  make([]mapi.Recipient, 2),
			Attachments: []*mapi.Attachment{{Content: mapi.Bytes(data)}, {Message: inner, Content: mapi.Bytes(data)}, {Message: inner}, {}},
		}
		bag(&m.Properties)
		inner.Recipients = m.Recipients
		for i := range m.Recipients {
			bag(&m.Recipients[i].Properties)
		}
		for _, a := range m.Attachments {
			bag(&a.Properties)
			mapi.PidTagAttachMethod.Set(&a.Properties, int32(method))
		}
		checkAgain(t, m)
	})
}

// fuzzValue makes a value of a type.
func fuzzValue(t mapi.PropType, data []byte, s string) mapi.Value {
	switch t {
	case mapi.PtypString, mapi.PtypString8:
		return mapi.Tag[string](t).Value(s)
	case mapi.PtypMultipleString, mapi.PtypMultipleString8:
		return mapi.Tag[[]string](t).Value([]string{s, "", s})
	case mapi.PtypMultipleBinary:
		return mapi.List([][]byte{data, nil})
	case mapi.PtypInteger32:
		return mapi.Int32(int32(len(data)))
	case mapi.PtypBoolean:
		return mapi.Bool(len(data) > 3)
	case mapi.PtypTime:
		return mapi.TimeValue(mapi.Time(len(data)) * 1e15)
	case mapi.PtypMultipleInteger16:
		return mapi.List([]int16{int16(len(data)), -1})
	case mapi.PtypMultipleTime:
		return mapi.List([]mapi.Time{mapi.Time(len(data))})
	}
	if mapi.PropType.Size(t.Base()) > 0 || t == mapi.PtypUnspecified || t == mapi.PtypNull {
		return mapi.Int16(int16(len(s)))
	}
	return mapi.Opaque(t, data)
}
