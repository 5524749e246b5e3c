package defect

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
)

func TestListIsBoundedPerCode(t *testing.T) {
	var l List
	for i := range 1000 {
		l.Add(diag.WordInvalid, strings.Repeat("x", i))
		l.AddText(diag.DateInvalid, "date", strings.Repeat("a\r\nb", i))
	}
	if len(l) != 2*MaxPerCode {
		t.Fatalf("kept %d defects, want %d", len(l), 2*MaxPerCode)
	}
	if want := `date: "a\r\nb"`; l[3].Detail != want {
		t.Errorf("detail is %s, want %s", l[3].Detail, want)
	}
	var m List
	m.Merge(l)
	m.Merge(l)
	if diff := cmp.Diff(l, m); diff != "" {
		t.Errorf("merged list differs (-want +got):\n%s", diff)
	}
	if !l.Has(diag.DateInvalid) || l.Has(diag.DateRepaired) {
		t.Error("Has does not tell which codes are there")
	}
}

func TestListHoldsADefectOnce(t *testing.T) {
	var l List
	for range 3 {
		l.Add(diag.WordInvalid, "x")
		l.AddText(diag.WordInvalid, "x", "y")
		l.Add(diag.DateInvalid, "x")
	}
	want := List{{diag.WordInvalid, "x"}, {diag.WordInvalid, "x: y"}, {diag.DateInvalid, "x"}}
	if diff := cmp.Diff(want, l); diff != "" {
		t.Errorf("list differs (-want +got):\n%s", diff)
	}
}

func TestRecordAddsThePlace(t *testing.T) {
	var l List
	l.Add(diag.WordInvalid, "why")
	var r diag.Recorder
	l.Record(&r, "1.2", "Subject")
	want := []diag.Diagnostic{{Severity: diag.Warning, Code: diag.WordInvalid, Part: "1.2", Header: "Subject", Detail: "why"}}
	if diff := cmp.Diff(want, r.Diagnostics()); diff != "" {
		t.Errorf("recorded diagnostics differ (-want +got):\n%s", diff)
	}
}
