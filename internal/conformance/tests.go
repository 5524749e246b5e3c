package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// findTests returns the tests that name each requirement, in order.
func findTests(root string) (map[string][]string, error) {
	found := make(map[string][]string)
	note := func(text, test string) {
		for _, id := range identifiers(text) {
			if !slices.Contains(found[id], test) {
				found[id] = append(found[id], test)
			}
		}
	}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "conformance"):
			return filepath.SkipDir
		case strings.HasSuffix(path, "_test.go"):
			return testsOfFile(root, path, note)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return found, expectations(root, note)
}

// testsOfFile notes the names of the test functions of a file, and of what looks
// like the name of a subtest in each.
func testsOfFile(root, path string, note func(text, test string)) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		return err
	}
	pkg, err := filepath.Rel(root, filepath.Dir(path))
	if err != nil {
		return err
	}
	pkg = filepath.ToSlash(pkg)
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Recv != nil || !strings.HasPrefix(f.Name.Name, "Test") {
			continue
		}
		test := "`" + pkg + "` " + f.Name.Name
		note(f.Name.Name, test)
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil && len(s) < 120 {
					note(s, test+"/"+strings.ReplaceAll(strings.ReplaceAll(s, "|", "/"), " ", "_"))
				}
			}
			return true
		})
	}
	return nil
}

// expectations notes the messages of testdata/eml, all of which one test
// converts.
func expectations(root string, note func(text, test string)) error {
	names, err := filepath.Glob(filepath.Join(root, "testdata", "eml", "*.json"))
	if err != nil {
		return err
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		var e struct{ Requirement []string }
		if err := json.Unmarshal(b, &e); err != nil {
			return err
		}
		message := strings.TrimSuffix(filepath.Base(name), ".json")
		note(strings.Join(e.Requirement, " "), "`mime2mapi` TestMessages/"+message)
	}
	return nil
}
