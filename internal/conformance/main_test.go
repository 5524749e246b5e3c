package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPageIsUpToDate(t *testing.T) {
	want, err := page("../..")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../docs/conformance.md")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("docs/conformance.md is not what the tests say; run go generate ./internal/conformance (-want +got):\n%s", diff)
	}
}

// TestNamedTestsExist reads the page as a reviewer does: every test that it names
// is a function of the package, and every message is a file.
func TestNamedTestsExist(t *testing.T) {
	b, err := os.ReadFile("../../docs/conformance.md")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`([a-z0-9/]+)` (Test[A-Za-z0-9_]+)(?:/([a-z0-9-]+))?")
	matches := named.FindAllStringSubmatch(string(b), -1)
	if len(matches) < 100 {
		t.Fatalf("the page names only %d tests", len(matches))
	}
	source := make(map[string]string)
	for _, m := range matches {
		pkg, test, message := m[1], m[2], m[3]
		if _, ok := source[pkg]; !ok {
			source[pkg] = testSource(t, "../../"+pkg)
		}
		if !strings.Contains(source[pkg], "func "+test+"(") {
			t.Errorf("%s has no test %s", pkg, test)
		}
		if test == "TestMessages" && message != "" {
			if _, err := os.Stat("../../testdata/eml/" + message + ".eml"); err != nil {
				t.Error(err)
			}
		}
	}
}

func testSource(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), "_test.go") {
			b, err := os.ReadFile(dir + "/" + e.Name())
			if err != nil {
				t.Fatal(err)
			}
			all.Write(b)
		}
	}
	return all.String()
}

func TestIdentifiers(t *testing.T) {
	for in, want := range map[string][]string{
		"TestIN_HDR_052_AdjacentWords":       {"IN-HDR-052"},
		"IN-HDR-052 adjacent, IN-ADR-001 x":  {"IN-HDR-052", "IN-ADR-001"},
		"TestMSG_W_003_SiblingOrder":         {"MSG-W-003"},
		"TestMAPI_P_001":                     {"MAPI-P-001"},
		"ICAL-FALLBACK-001":                  {"ICAL-FALLBACK-001"},
		"TestNothing ISO-8859-001 IN-HDR-05": nil,
	} {
		if diff := cmp.Diff(want, identifiers(in)); diff != "" {
			t.Errorf("%s: -want +got:\n%s", in, diff)
		}
	}
}
