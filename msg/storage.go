package msg

import (
	"context"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/contentconv/contentconv/internal/cfb"
	"github.com/contentconv/contentconv/internal/propfile"
)

// A storageContent is an OLE object: the compound file that its storage makes.
type storageContent struct {
	node *cfb.Node
	plan *cfb.Plan
}

func (c *storageContent) Size(context.Context) (int64, error) { return c.plan.Size(), nil }

func (c *storageContent) Open(ctx context.Context) (io.ReadCloser, error) {
	return propfile.Pull(func(w io.Writer) error {
		_, err := c.plan.WriteTo(propfile.Writer(ctx, w))
		return err
	}), nil
}

// legalNames renames the nodes whose names no compound file may have, or which
// have the name of another one beside them.
func legalNames(root *cfb.Node) {
	for todo := []*cfb.Node{root}; len(todo) > 0; {
		n := todo[len(todo)-1]
		todo = append(todo[:len(todo)-1], n.Children...)
		used := make(map[string]bool, len(n.Children))
		number := 0
		for _, kid := range n.Children {
			kid.Name = strings.Map(legalRune, kid.Name)
			for name := kid.Name; kid.Name == "" || used[strings.ToUpper(kid.Name)]; number++ {
				kid.Name = withSuffix(name, fmt.Sprintf("~%d", number))
			}
			used[strings.ToUpper(kid.Name)] = true
		}
	}
}

// legalRune replaces what no name may hold ([MS-CFB] 2.6.1).
func legalRune(r rune) rune {
	if strings.ContainsRune("/\\:!\x00", r) {
		return '_'
	}
	return r
}

// withSuffix makes room for the suffix within the 31 characters of a name.
func withSuffix(name, suffix string) string {
	units := utf16.Encode([]rune(name))
	return string(utf16.Decode(units[:min(len(units), 31-len(suffix))])) + suffix
}
