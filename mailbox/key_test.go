package mailbox

import (
	"reflect"
	"testing"
	"time"

	"github.com/contentconv/contentconv/mapi2mime"
)

// Every option changes the fingerprint, or is one of those that cannot.
func TestFingerprintSeesEveryOption(t *testing.T) {
	base := fingerprint(&mapi2mime.Options{})
	typ := reflect.TypeFor[mapi2mime.Options]()
	for i := range typ.NumField() {
		f := typ.Field(i)
		if unseen[f.Name] {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			var o mapi2mime.Options
			change(t, reflect.ValueOf(&o).Elem().Field(i))
			first, second := fingerprint(&o), fingerprint(&o)
			if first == base {
				t.Error("not seen")
			}
			if first != second {
				t.Error("not stable")
			}
		})
	}
}

// change sets a field to another value than its zero. Kinds that a fingerprint
// cannot show fail: a field of theirs belongs to the unseen ones.
func change(t *testing.T, v reflect.Value) {
	switch x := v.Addr().Interface().(type) {
	case *time.Time:
		*x = time.Unix(1, 0)
		return
	case **time.Location:
		*x = time.FixedZone("X", 60)
		return
	case *[]byte:
		*x = []byte("x")
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.String:
		v.SetString("x")
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(1)
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(1)
	case reflect.Struct:
		for i := range v.NumField() {
			change(t, v.Field(i))
		}
	default:
		t.Fatalf("a fingerprint cannot show a %v", v.Type())
	}
}
