package macfile_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/internal/macfile"
)

func TestHeaderFileComesBack(t *testing.T) {
	for name, f := range map[string]macfile.File{
		"all": {Name: "Größe", Type: [4]byte{'T', 'E', 'X', 'T'}, Creator: [4]byte{'t', 't', 'x', 't'}, Flags: 0x0100,
			Created: 3700000000, Modified: 2000000000, Resource: macfile.Fork{Len: 7}},
		"one date": {Name: "x", Modified: 1},
		"nothing":  {},
	} {
		t.Run(name, func(t *testing.T) {
			b := f.HeaderFile()
			file := append(b, make([]byte, f.Resource.Len)...)
			got, double, err := macfile.ParseApple(bytes.NewReader(file), int64(len(file)))
			if err != nil || !double {
				t.Fatalf("double %v, %v", double, err)
			}
			want := f
			want.Resource.Off = int64(len(b))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
