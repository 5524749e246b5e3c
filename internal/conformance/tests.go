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
		case !d.IsDir():
			return nil
		case path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "conformance"):
			return filepath.SkipDir
		}
		return testsOfPackage(root, path, note)
	})
	if err != nil {
		return nil, err
	}
	return found, expectations(root, note)
}

// testsOfPackage notes the names of the test functions of a folder, and of what
// looks like the name of a subtest in each, or in the tables and functions beside it
// that it uses.
func testsOfPackage(root, dir string, note func(text, test string)) error {
	pkg, err := filepath.Rel(root, dir)
	if err != nil {
		return err
	}
	names, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		return err
	}
	var tests []*ast.FuncDecl
	beside := make(map[string]ast.Node)
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				switch {
				case d.Recv != nil:
				case strings.HasPrefix(d.Name.Name, "Test"):
					tests = append(tests, d)
				default:
					beside[d.Name.Name] = d
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if v, ok := spec.(*ast.ValueSpec); ok {
						for _, name := range v.Names {
							beside[name.Name] = v
						}
					}
				}
			}
		}
	}
	for _, f := range tests {
		test := "`" + filepath.ToSlash(pkg) + "` " + f.Name.Name
		note(f.Name.Name, test)
		for _, s := range texts(f, beside) {
			note(s, test+"/"+strings.ReplaceAll(strings.ReplaceAll(s, "|", "/"), " ", "_"))
		}
	}
	return nil
}

// texts returns the strings of a test function, in order, with those of what it uses
// of its package's tests.
func texts(f *ast.FuncDecl, beside map[string]ast.Node) (list []string) {
	seen := make(map[ast.Node]bool)
	var visit func(ast.Node)
	visit = func(node ast.Node) {
		if seen[node] {
			return
		}
		seen[node] = true
		ast.Inspect(node, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if s, err := strconv.Unquote(n.Value); n.Kind == token.STRING && err == nil && len(s) < 120 {
					list = append(list, s)
				}
			case *ast.Ident:
				if used := beside[n.Name]; used != nil {
					visit(used)
				}
			}
			return true
		})
	}
	visit(f)
	return list
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
