package mapi_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/mapi"
)

func keys(p *mapi.Properties) []string {
	var s []string
	for q := range p.All() {
		k := q.Key()
		s = append(s, fmt.Sprintf("%04X/%s", k.ID, k.Name.String))
	}
	return s
}

func TestTypedTags(t *testing.T) {
	var p mapi.Properties
	mapi.PidTagSubject.Set(&p, "Hello")
	mapi.PidTagImportance.Set(&p, 2)
	mapi.PidTagReadReceiptRequested.Set(&p, true)
	mapi.PidTagClientSubmitTime.Set(&p, 12)
	mapi.PidTagSearchKey.Set(&p, []byte{1})
	mapi.PidNameKeywords.Set(&p, []string{"a", "b"})
	mapi.PidLidPercentComplete.Set(&p, 0.5)
	mapi.PidLidSideEffects.Set(&p, 7)

	if s, ok := mapi.PidTagSubject.Get(&p); !ok || s != "Hello" {
		t.Error(s, ok)
	}
	if n := mapi.PidTagImportance.Or(&p, 0); n != 2 {
		t.Error(n)
	}
	if f, ok := mapi.PidLidPercentComplete.Get(&p); !ok || f != 0.5 {
		t.Error(f, ok)
	}
	if k, ok := mapi.PidNameKeywords.Get(&p); !ok || !cmp.Equal(k, []string{"a", "b"}) {
		t.Error(k, ok)
	}
	if _, ok := mapi.PidTagBody.Get(&p); ok || mapi.PidTagBody.Has(&p) {
		t.Error("has a body")
	}
	p.Set(mapi.PidTagImportance.Key(), mapi.String("high"))
	if n := mapi.PidTagImportance.Or(&p, 1); n != 1 {
		t.Error("a value of another type is", n)
	}
	if !mapi.PidTagImportance.Has(&p) {
		t.Error("a value of another type is not there")
	}
	mapi.PidTagImportance.Delete(&p)
	mapi.PidNameKeywords.Delete(&p)
	if mapi.PidTagImportance.Has(&p) || mapi.PidNameKeywords.Has(&p) {
		t.Error("deleted properties are there")
	}
}

// roundTrip sets a value through a tag of its type and gets it back.
func roundTrip[T any](t *testing.T, typ mapi.PropType, v T) {
	t.Helper()
	var p mapi.Properties
	tag := mapi.Tag[T](0x69000000 | uint32(typ))
	named := mapi.Named[T]{Name: mapi.Name{Set: mapi.PS_MAPI, LID: 1}, Type: typ}
	tag.Set(&p, v)
	named.Set(&p, v)
	got, ok := tag.Get(&p)
	if diff := cmp.Diff(v, got); diff != "" || !ok {
		t.Errorf("%s: %v %s", typ, ok, diff)
	}
	if diff := cmp.Diff(v, named.Or(&p, got)); diff != "" {
		t.Errorf("%s: %s", typ, diff)
	}
	for q := range p.All() {
		if q.Value.Type() != typ {
			t.Errorf("%s became %s", typ, q.Value.Type())
		}
	}
	p.Set(tag.Key(), mapi.Object())
	if got, ok := tag.Get(&p); ok {
		t.Errorf("%s: a value of another type is %v", typ, got)
	}
}

func TestTagsOfAllTypes(t *testing.T) {
	roundTrip(t, mapi.PtypInteger16, int16(-3))
	roundTrip(t, mapi.PtypInteger32, int32(-3))
	roundTrip(t, mapi.PtypInteger64, int64(-1<<60))
	roundTrip(t, mapi.PtypFloating32, float32(0.1))
	roundTrip(t, mapi.PtypFloating64, 0.1)
	roundTrip(t, mapi.PtypCurrency, mapi.Currency(-5))
	roundTrip(t, mapi.PtypFloatingTime, mapi.FloatingTime(1.5))
	roundTrip(t, mapi.PtypErrorCode, mapi.ErrorCode(0x80000001))
	roundTrip(t, mapi.PtypBoolean, true)
	roundTrip(t, mapi.PtypTime, mapi.Time(1<<60))
	roundTrip(t, mapi.PtypString, "x")
	roundTrip(t, mapi.PtypString8, "x")
	roundTrip(t, mapi.PtypGuid, mapi.PSETID_Meeting)
	roundTrip(t, mapi.PtypBinary, []byte{1})
	roundTrip(t, mapi.PtypServerId, []byte{1})
	roundTrip(t, mapi.PtypRestriction, []byte{1})
	roundTrip(t, mapi.PtypMultipleInteger16, []int16{1})
	roundTrip(t, mapi.PtypMultipleInteger32, []int32{1})
	roundTrip(t, mapi.PtypMultipleInteger64, []int64{1})
	roundTrip(t, mapi.PtypMultipleFloating32, []float32{1})
	roundTrip(t, mapi.PtypMultipleFloating64, []float64{1})
	roundTrip(t, mapi.PtypMultipleCurrency, []mapi.Currency{1})
	roundTrip(t, mapi.PtypMultipleFloatingTime, []mapi.FloatingTime{1})
	roundTrip(t, mapi.PtypMultipleTime, []mapi.Time{1})
	roundTrip(t, mapi.PtypMultipleString, []string{"x"})
	roundTrip(t, mapi.PtypMultipleString8, []string{"x"})
	roundTrip(t, mapi.PtypMultipleGuid, []mapi.GUID{mapi.PS_MAPI})
	roundTrip(t, mapi.PtypMultipleBinary, [][]byte{{1}})
}

func TestTypeMistakePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	mapi.Tag[int32](0x0037001F).Value(1)
}

func TestStringTwins(t *testing.T) {
	t.Run("MAPI-T-005 one value for both string types", func(t *testing.T) {
		var p mapi.Properties
		narrow := mapi.Tag[string](0x0037001E)
		narrow.Set(&p, "8-bit")
		if s, ok := mapi.PidTagSubject.Get(&p); !ok || s != "8-bit" {
			t.Error(s, ok)
		}
		mapi.PidTagSubject.Set(&p, "Unicode")
		if s, _ := narrow.Get(&p); s != "Unicode" || p.Len() != 1 {
			t.Error(s, p.Len())
		}
	})
	t.Run("MAPI-T-005 one name for both string types", func(t *testing.T) {
		for tag, want := range map[uint32]string{
			0x0037001F: "PidTagSubject", 0x0037001E: "PidTagSubject", 0x1013001E: "PidTagBodyHtml", 0x10130102: "PidTagHtml",
			0x3A1B101E: "PidTagBusiness2TelephoneNumbers", 0x00370003: "", 0xFFFF001F: "",
		} {
			if got, ok := mapi.TagName(tag); got != want || ok != (want != "") {
				t.Errorf("0x%08X is %q, want %q", tag, got, want)
			}
		}
	})
}

func TestPropertiesOrder(t *testing.T) {
	for _, n := range []int{10, 200} { // without and with an index
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			var p mapi.Properties
			var want []string
			for i := range n {
				k := mapi.Key{ID: uint16(i + 1)}
				if i%3 == 0 {
					k = mapi.HeaderKey(fmt.Sprintf("X-%d", i))
				}
				p.Set(k, mapi.Int32(int32(i)))
				want = append(want, fmt.Sprintf("%04X/%s", k.ID, k.Name.String))
			}
			p.Set(mapi.HeaderKey("x-0"), mapi.String("again"))
			if diff := cmp.Diff(want, keys(&p)); diff != "" {
				t.Fatal(diff)
			}
			if v, _ := p.Get(mapi.HeaderKey("X-0")); !v.Equal(mapi.String("again")) {
				t.Error("not replaced in its place")
			}
			for q := range p.All() {
				if v, ok := p.Get(q.Key()); !ok || !v.Equal(q.Value) {
					t.Errorf("%s is %v, want %v", q.Key().Name.String, v.Any(), q.Value.Any())
				}
			}
			c := p.Clone()
			if !p.Delete(mapi.Key{ID: 2}) || p.Delete(mapi.Key{ID: 2}) {
				t.Error("Delete does not say what it did")
			}
			p.Set(mapi.Key{ID: 3}, mapi.Value{})
			p.DeleteFunc(func(q mapi.Property) bool { return q.ID == 5 })
			want = append(want[:1:1], want[3:]...)
			want = append(want[:2], want[3:]...)
			if diff := cmp.Diff(want, keys(&p)); diff != "" {
				t.Error(diff)
			}
			for i := range n {
				v, ok := p.Get(mapi.Key{ID: uint16(i + 1)})
				switch {
				case i%3 == 0 || i == 1 || i == 2 || i == 4:
					if ok {
						t.Errorf("0x%04X is still there", i+1)
					}
				case !v.Equal(mapi.Int32(int32(i))):
					t.Errorf("0x%04X is %v", i+1, v.Any())
				}
			}
			if c.Len() != n || c.Equal(p) || !c.Equal(c.Clone()) {
				t.Error("the clone is not its own")
			}
		})
	}
}

func TestPropertiesEqual(t *testing.T) {
	var p, q mapi.Properties
	mapi.PidTagSubject.Set(&p, "x")
	mapi.PidTagImportance.Set(&p, 1)
	mapi.PidTagImportance.Set(&q, 1)
	mapi.PidTagSubject.Set(&q, "x")
	if !cmp.Equal(p, q) {
		t.Error("order matters")
	}
	mapi.PidTagSubject.Set(&q, "y")
	if cmp.Equal(p, q) {
		t.Error("values do not matter")
	}
}

func TestNames(t *testing.T) {
	header := func(s string) mapi.Name { return mapi.Name{Set: mapi.PS_INTERNET_HEADERS, String: s} }
	public := func(s string) mapi.Name { return mapi.Name{Set: mapi.PS_PUBLIC_STRINGS, String: s} }
	lid := func(set mapi.GUID, n uint32) mapi.Name { return mapi.Name{Set: set, LID: n} }
	for _, tt := range []struct {
		name string
		a, b mapi.Name
		want bool
	}{
		{"MAPI-N-001 same id", lid(mapi.PSETID_Common, 1), lid(mapi.PSETID_Common, 1), true},
		{"MAPI-N-001 other id", lid(mapi.PSETID_Common, 1), lid(mapi.PSETID_Common, 2), false},
		{"MAPI-N-001 other set", lid(mapi.PSETID_Common, 1), lid(mapi.PSETID_Task, 1), false},
		{"MAPI-N-001 other kind", lid(mapi.PS_PUBLIC_STRINGS, 0), public("0"), false},
		{"MAPI-N-001 same string", public("Keywords"), public("Keywords"), true},
		{"MAPI-N-001 case counts", public("Keywords"), public("keywords"), false},
		{"MAPI-N-001 case does not count in headers", header("X-Mailer"), header("x-mailer"), true},
		{"MAPI-N-001 other header", header("X-Mailer"), header("X-Mailed"), false},
		{"MAPI-N-001 a string has no id", mapi.Name{Set: mapi.PS_MAPI, LID: 7, String: "x"}, mapi.Name{Set: mapi.PS_MAPI, String: "x"}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.a.Equal(tt.b) != tt.want || tt.b.Equal(tt.a) != tt.want {
				t.Errorf("%#v and %#v: want %v", tt.a, tt.b, tt.want)
			}
			for _, fill := range []int{0, 200} {
				var p mapi.Properties
				for i := range fill {
					p.Set(mapi.Key{ID: uint16(i + 1)}, mapi.Int32(0))
				}
				p.Set(mapi.Key{Name: tt.a}, mapi.Int32(1))
				p.Set(mapi.Key{Name: tt.b}, mapi.Int32(2))
				if one := p.Len() == fill+1; one != tt.want {
					t.Errorf("among %d properties they are one: %v", fill, one)
				}
			}
		})
	}
}

// A row of an Internet recipient behaves as if it held its properties.
func TestInternetRow(t *testing.T) {
	row := func() *mapi.Properties {
		r := new(mapi.Recipient)
		r.SetInternet(&mapi.InternetAddress{Name: "Jo", Address: "jo@x.org"}, mapi.RecipientTo, 0)
		return &r.Properties
	}
	for _, tt := range []struct {
		name       string
		change     func(p *mapi.Properties)
		n          int
		first, end uint16
		title      string
	}{
		{"unchanged", func(*mapi.Properties) {}, 16, mapi.PidTagRowid.ID(), mapi.PidTagSendRichInfo.ID(), "Jo"},
		{"another property", func(p *mapi.Properties) { mapi.PidTagComment.Set(p, "c") }, 17, mapi.PidTagRowid.ID(), mapi.PidTagComment.ID(), "Jo"},
		{"one of its own", func(p *mapi.Properties) { mapi.PidTagDisplayName.Set(p, "X") }, 16, mapi.PidTagRowid.ID(), mapi.PidTagSendRichInfo.ID(), "X"},
		{"one of its own after another", func(p *mapi.Properties) {
			mapi.PidTagComment.Set(p, "c")
			mapi.PidTagDisplayName.Set(p, "X")
		}, 17, mapi.PidTagRowid.ID(), mapi.PidTagComment.ID(), "X"},
		{"deleted", func(p *mapi.Properties) { mapi.PidTagRowid.Delete(p) }, 15, mapi.PidTagRecipientType.ID(), mapi.PidTagSendRichInfo.ID(), "Jo"},
		{"one it has not, deleted", func(p *mapi.Properties) { mapi.PidTagComment.Delete(p) }, 16, mapi.PidTagRowid.ID(), mapi.PidTagSendRichInfo.ID(), "Jo"},
		{"some deleted", func(p *mapi.Properties) {
			p.DeleteFunc(func(e mapi.Property) bool { return e.Value.Type() != mapi.PtypString })
		}, 5, mapi.PidTagDisplayName.ID(), mapi.PidTagSmtpAddress.ID(), "Jo"},
		{"many more", func(p *mapi.Properties) {
			for i := range 200 {
				p.Set(mapi.Key{ID: 0x6700 + uint16(i)}, mapi.Int32(1))
			}
			mapi.PidTagDisplayName.Set(p, "X")
		}, 216, mapi.PidTagRowid.ID(), 0x67C7, "X"},
		{"many more, and one of its own deleted", func(p *mapi.Properties) {
			for i := range 200 {
				p.Set(mapi.Key{ID: 0x6700 + uint16(i)}, mapi.Int32(1))
			}
			mapi.PidTagRowid.Delete(p)
			p.DeleteFunc(func(e mapi.Property) bool { return e.ID == 0x6700 })
		}, 214, mapi.PidTagRecipientType.ID(), 0x67C7, "Jo"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := row()
			clone := p.Clone()
			tt.change(p)
			list := slices.Collect(p.All())
			if len(list) != tt.n || p.Len() != tt.n || list[0].ID != tt.first || list[len(list)-1].ID != tt.end {
				t.Errorf("%d properties, Len %d, of %x to %x", len(list), p.Len(), list[0].ID, list[len(list)-1].ID)
			}
			for _, e := range list {
				if v, ok := p.Get(e.Key()); !ok || !v.Equal(e.Value) {
					t.Errorf("Get(%x) is %v, All has %v", e.ID, v, e.Value)
				}
			}
			if s := mapi.PidTagDisplayName.Or(p, ""); s != tt.title {
				t.Errorf("name %q", s)
			}
			if !clone.Equal(*row()) {
				t.Error("the clone changed with it")
			}
		})
	}
}
