package mapi_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/mapi"
)

// What PutAll does to a bag is what Set does, with small bags and large ones.
func TestPutAll(t *testing.T) {
	for _, n := range []int{3, 300} {
		for _, had := range []int{0, 20, 200} {
			var from, put, set mapi.Properties
			mapi.PidTagSubject.Set(&from, "new")
			mapi.PidNameKeywords.Set(&from, []string{"x"})
			for i := range n {
				from.Set(mapi.HeaderKey(fmt.Sprintf("X-%d", i)), mapi.String("v"))
			}
			for _, to := range []*mapi.Properties{&put, &set} {
				mapi.PidTagImportance.Set(to, 1)
				mapi.PidTagSubject.Set(to, "old")
				to.Set(mapi.HeaderKey("x-1"), mapi.String("old"))
				for i := range had {
					to.Set(mapi.Key{ID: 0x6700 + uint16(i)}, mapi.Int32(1))
				}
			}
			put.PutAll(&from)
			for e := range from.All() {
				set.Set(e.Key(), e.Value)
			}
			if diff := cmp.Diff(keys(&set), keys(&put)); diff != "" || !put.Equal(set) {
				t.Errorf("%d properties to %d (-want +got):\n%s", n, had, diff)
			}
			for e := range set.All() {
				if v, ok := put.Get(e.Key()); !ok || !v.Equal(e.Value) {
					t.Errorf("%d properties to %d: %v is %v", n, had, e.Key(), v.Any())
				}
			}
		}
	}
}

// The properties of a recipient that is held as its address are set in another bag, and
// may be set in its own.
func TestPutAllOfRecipients(t *testing.T) {
	var from, to mapi.Recipient
	from.SetInternet(&mapi.InternetAddress{Name: "Ann", Address: "ann@example.com"}, mapi.RecipientTo, 0)
	to.SetInternet(&mapi.InternetAddress{Name: "Bob", Address: "bob@example.com"}, mapi.RecipientCc, 1)
	to.Properties.PutAll(&from.Properties)
	if !to.Properties.Equal(from.Properties) {
		t.Error("it is not the same recipient")
	}
}
