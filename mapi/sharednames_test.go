package mapi

import "testing"

// Every known name is that of its property, in memory of its own or shared; names that
// are not known are never taken for one.
func TestSharedNames(t *testing.T) {
	shared := 0
	for i := range registry {
		if registry[i].id != 0 {
			continue
		}
		name := registry[i].key().Name
		one, two := share(&name), share(&name)
		if *one != name || *two != name {
			t.Errorf("%s has the name %v", registry[i].name, *one)
		}
		if one == two {
			shared++
		}
		for _, other := range []Name{{Set: name.Set, LID: name.LID ^ 0x8000, String: name.String},
			{Set: name.Set, LID: name.LID, String: name.String + "x"}, {Set: PSETID_Address, LID: name.LID, String: name.String}} {
			if got := share(&other); *got != other {
				t.Errorf("%v is %v", other, *got)
			}
		}
		if one == &name {
			t.Error("the name of the caller is kept")
		}
	}
	if shared < 200 {
		t.Errorf("%d names are shared", shared)
	}
}
