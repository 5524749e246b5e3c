package cfb

import (
	"bytes"
	"fmt"
	"testing"
)

func FuzzOpen(f *testing.F) {
	for _, version := range []int{3, 4} {
		f.Add(build(f, version, root()))
		f.Add(build(f, version, root(stream("a", 5000), stream("m", 200))))
		f.Add(build(f, version, root(&Node{Name: "s", Children: []*Node{stream("b", 4096), stream("n", 64), stream("e", 0)}})))
	}
	f.Fuzz(func(t *testing.T, data []byte) { walk(t, data) })
}

// FuzzRoundTrip makes a tree from the bytes, two for each entry, and expects it
// back from the file.
func FuzzRoundTrip(f *testing.F) {
	f.Add([]byte{0, 1, 2, 200, 1, 0, 0, 3, 255, 255}, false)
	f.Add([]byte{64, 1, 64, 2, 0, 1}, true)
	f.Fuzz(func(t *testing.T, script []byte, v4 bool) {
		tree := treeOf(script[:min(len(script), 400)])
		version := 3
		if v4 {
			version = 4
		}
		data := build(t, version, tree)
		w, err := walk(t, data)
		if err != nil || w.truncated > 0 {
			t.Fatalf("%+v, %v", w, err)
		}
		compareTree(t, tree, open(t, data).Root())
		if again := build(t, version, open(t, data).Root().Node()); !bytes.Equal(again, data) {
			t.Error("the copy of a file differs from it")
		}
	})
}

func treeOf(script []byte) *Node {
	top := root()
	storages := []*Node{top}
	for i := 0; i+1 < len(script); i += 2 {
		parent := storages[int(script[i]>>2)%len(storages)]
		n := stream(fmt.Sprintf("%c%d", 'a'+rune(script[i]), i), int(script[i+1])*int(script[i]&3)*11)
		if script[i+1] == 0 {
			n.Content = nil
			n.CLSID[3] = script[i]
			storages = append(storages, n)
		}
		parent.Children = append(parent.Children, n)
	}
	return top
}

func compareTree(t *testing.T, want *Node, got *Entry) {
	t.Helper()
	if got.CLSID != want.CLSID || len(got.Children()) != len(want.Children) {
		t.Fatalf("storage %q: class %x and %d children, want %x and %d",
			want.Name, got.CLSID, len(got.Children()), want.CLSID, len(want.Children))
	}
	for _, n := range want.Children {
		e := got.Child(n.Name)
		if e == nil || e.Name != n.Name || e.Storage != (n.Content == nil) {
			t.Fatalf("entry %q: got %+v", n.Name, e)
		}
		if e.Storage {
			compareTree(t, n, e)
		} else if b, err := e.ReadAll(1 << 20); err != nil || !bytes.Equal(b, n.Content.(Bytes)) {
			t.Fatalf("stream %q: %d bytes, want %d; %v", n.Name, len(b), n.Content.Size(), err)
		}
	}
}
