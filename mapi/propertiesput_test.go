package mapi_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/mapi"
)

// What Put does to a bag is what Set does, in small bags and in large ones.
func TestPut(t *testing.T) {
	for _, n := range []int{3, 300} {
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
		}
		for e := range from.All() {
			put.Put(e)
			set.Set(e.Key(), e.Value)
		}
		if diff := cmp.Diff(keys(&set), keys(&put)); diff != "" || !put.Equal(set) {
			t.Errorf("%d properties (-want +got):\n%s", n, diff)
		}
		put.Put(mapi.Property{ID: mapi.PidTagSubject.Key().ID})
		if mapi.PidTagSubject.Has(&put) {
			t.Error("no value deletes nothing")
		}
	}
}
