package main

import (
	"bytes"
	"os"
	"testing"
)

func TestTableIsUpToDate(t *testing.T) {
	data, err := os.ReadFile("../data/windowszones.tsv")
	if err != nil {
		t.Fatal(err)
	}
	want, err := generate(string(data))
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../zz_zones.go")
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("zz_zones.go is not what go generate makes: %v", err)
	}
}

func TestGenerateRefuses(t *testing.T) {
	for _, bad := range []string{"A\tB", "A\t\tC", "A\tB\tC\nD\tE\tC"} {
		if _, err := generate(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}
