package mapi_test

import (
	"fmt"
	"testing"

	"github.com/contentconv/contentconv/mapi"
)

func BenchmarkTagGet(b *testing.B) {
	for _, n := range []int{20, 200} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var p mapi.Properties
			for i := range n {
				p.Set(mapi.Key{ID: uint16(0x4000 + i)}, mapi.Int32(int32(i)))
			}
			mapi.PidTagSubject.Set(&p, "Hello")
			b.ReportAllocs()
			for b.Loop() {
				if s, _ := mapi.PidTagSubject.Get(&p); s == "" {
					b.Fatal()
				}
			}
		})
	}
}

func BenchmarkTagSet(b *testing.B) {
	b.ReportAllocs()
	var p mapi.Properties
	for b.Loop() {
		mapi.PidTagSubject.Set(&p, "Hello")
		mapi.PidTagImportance.Set(&p, 1000)
		mapi.PidTagClientSubmitTime.Set(&p, 1<<60)
		mapi.PidLidPercentComplete.Set(&p, 0.5)
	}
}

func BenchmarkNamedGet(b *testing.B) {
	var p mapi.Properties
	for i := range 50 {
		p.Set(mapi.Key{Name: mapi.Name{Set: mapi.PSETID_Common, LID: uint32(i)}}, mapi.Int32(int32(i)))
	}
	mapi.PidLidFlagRequest.Set(&p, "x")
	b.ReportAllocs()
	for b.Loop() {
		if s, _ := mapi.PidLidFlagRequest.Get(&p); s == "" {
			b.Fatal()
		}
	}
}

func makeRows(slab []mapi.InternetAddress) []mapi.Recipient {
	rows := make([]mapi.Recipient, len(slab))
	for i := range slab {
		rows[i].SetInternet(&slab[i], mapi.RecipientTo, int32(i))
	}
	return rows
}

func addresses(n int) []mapi.InternetAddress {
	slab := make([]mapi.InternetAddress, n)
	for i := range slab {
		slab[i] = mapi.InternetAddress{Name: "Jo", Address: "jo@x.org"}
	}
	return slab
}

func BenchmarkRecipients(b *testing.B) {
	for _, n := range []int{500, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			slab := addresses(n)
			b.ReportAllocs()
			for b.Loop() {
				makeRows(slab)
			}
		})
	}
}

func TestRecipientsHoldNoProperties(t *testing.T) {
	slab := addresses(500)
	if n := testing.AllocsPerRun(10, func() { makeRows(slab) }); n > 1 {
		t.Errorf("500 rows cost %v allocations, want 1", n)
	}
}

func TestSetDoesNotAllocate(t *testing.T) {
	var p mapi.Properties
	set := func() {
		mapi.PidTagSubject.Set(&p, "Hello")
		mapi.PidTagImportance.Set(&p, 1000)
		mapi.PidTagClientSubmitTime.Set(&p, 1<<60)
		mapi.PidLidPercentComplete.Set(&p, 0.5)
		if _, ok := mapi.PidTagSubject.Get(&p); !ok {
			t.Error("gone")
		}
	}
	set()
	if n := testing.AllocsPerRun(10, set); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkTagName(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := mapi.TagName(0x0037001E); !ok {
			b.Fatal()
		}
	}
}
