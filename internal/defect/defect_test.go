package defect

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
)

func TestListIsBoundedPerCode(t *testing.T) {
	var l List
	for range 1000 {
		l.Add(diag.WordInvalid, "x")
		l.AddText(diag.DateInvalid, "date", "a\r\nb")
	}
	if len(l) != 2*MaxPerCode {
		t.Fatalf("kept %d defects, want %d", len(l), 2*MaxPerCode)
	}
	if want := `date: "a\r\nb"`; l[1].Detail != want {
		t.Errorf("detail is %s, want %s", l[1].Detail, want)
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
