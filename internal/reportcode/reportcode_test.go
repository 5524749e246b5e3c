package reportcode_test

import (
	"testing"

	"github.com/contentconv/contentconv/internal/reportcode"
)

func TestKinds(t *testing.T) {
	for _, c := range []struct {
		kind  reportcode.Kind
		word  string
		class string
	}{
		{reportcode.Delivered, "delivered", "REPORT.IPM.Note.DR"},
		{reportcode.Expanded, "expanded", "REPORT.IPM.Note.Expanded.DR"},
		{reportcode.Relayed, "relayed", "REPORT.IPM.Note.Relayed.DR"},
		{reportcode.Delayed, "delayed", "REPORT.IPM.Note.Delayed.DR"},
		{reportcode.Failed, "failed", "REPORT.IPM.Note.NDR"},
		{reportcode.Read, "displayed", "REPORT.IPM.Note.IPNRN"},
		{reportcode.NotRead, "deleted", "REPORT.IPM.Note.IPNNRN"},
	} {
		t.Run("IN-SPC-006 "+c.word, func(t *testing.T) {
			if got := c.kind.Word(); got != c.word {
				t.Errorf("Word is %q; want %q", got, c.word)
			}
			if got := c.kind.Class("IPM.Note"); got != c.class {
				t.Errorf("Class is %q; want %q", got, c.class)
			}
			base, k, ok := reportcode.OfClass(c.class)
			if base != "IPM.Note" || k != c.kind || !ok {
				t.Errorf("OfClass(%q) = %q, %d, %v", c.class, base, k, ok)
			}
			of := reportcode.OfAction
			if c.kind.Receipt() {
				of = reportcode.OfDisposition
			}
			if k, ok := of(c.word); k != c.kind || !ok {
				t.Errorf("%q is kind %d, %v; want %d", c.word, k, ok, c.kind)
			}
		})
	}
}

func TestOfClass(t *testing.T) {
	for _, c := range []struct {
		class, base string
		kind        reportcode.Kind
		ok          bool
	}{
		{"report.ipm.note.expanded.dr", "ipm.note", reportcode.Expanded, true},
		{"REPORT.IPM.Note.Custom.X.NDR", "IPM.Note.Custom.X", reportcode.Failed, true},
		{"REPORT.IPM.Note", "", 0, false},
		{"REPORT.NDR", "", 0, false},
		{"IPM.Note.NDR", "", 0, false},
		{"REP", "", 0, false},
	} {
		base, k, ok := reportcode.OfClass(c.class)
		if base != c.base || k != c.kind || ok != c.ok {
			t.Errorf("OfClass(%q) = %q, %d, %v; want %q, %d, %v", c.class, base, k, ok, c.base, c.kind, c.ok)
		}
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		in   string
		of   func(string) (reportcode.Kind, bool)
		want reportcode.Kind
		ok   bool
	}{
		{" Failed ", reportcode.OfAction, reportcode.Failed, true},
		{"DELAYED (will retry)", reportcode.OfAction, reportcode.Delayed, true},
		{"displayed", reportcode.OfAction, 0, false},
		{"", reportcode.OfAction, 0, false},
		{"failures", reportcode.OfAction, 0, false},
		{"Displayed/error", reportcode.OfDisposition, reportcode.Read, true},
		{"dispatched", reportcode.OfDisposition, reportcode.Read, true},
		{"processed, expired", reportcode.OfDisposition, reportcode.Read, true},
		{"denied", reportcode.OfDisposition, reportcode.NotRead, true},
		{"failed", reportcode.OfDisposition, reportcode.NotRead, true},
		{"delivered", reportcode.OfDisposition, 0, false},
	} {
		if k, ok := c.of(c.in); k != c.want || ok != c.ok {
			t.Errorf("%q is kind %d, %v; want %d, %v", c.in, k, ok, c.want, c.ok)
		}
	}
}

func TestStatus(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     reportcode.Status
		number   int32
	}{
		{"IN-SPC-009 plain", "5.7.0", reportcode.Status{Class: 5, Subject: 7}, 570},
		{"blanks and a comment", " 5.1.1 (no such user)", reportcode.Status{Class: 5, Subject: 1, Detail: 1}, 511},
		{"a comment without a blank", "4.4.7(timeout)", reportcode.Status{Class: 4, Subject: 4, Detail: 7}, 447},
		{"IN-SPC-010 subject out of range", "5.10.3", reportcode.Status{Class: 5, Subject: 10, Detail: 3}, 503},
		{"IN-SPC-010 detail out of range", "5.1.127", reportcode.Status{Class: 5, Subject: 1, Detail: 127}, 510},
		{"all nines", "9.9.9", reportcode.Status{Class: 9, Subject: 9, Detail: 9}, 999},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, ok := reportcode.ParseStatus(c.in)
			if s != c.want || !ok {
				t.Fatalf("ParseStatus(%q) = %v, %v; want %v", c.in, s, ok, c.want)
			}
			if got := s.Number(); got != c.number {
				t.Errorf("Number is %d; want %d", got, c.number)
			}
		})
	}
	for _, in := range []string{"", "5", "5.", "5.1", "5.1.", "5..1", "5.1.1111", "x.1.1", "55.1.1", "5.1.1.1", "5.1.1a", "-5.1.1", "5.-1.1"} {
		if s, ok := reportcode.ParseStatus(in); ok {
			t.Errorf("ParseStatus(%q) = %v; want none", in, s)
		}
	}
}

func TestOfNumber(t *testing.T) {
	for n, want := range map[int32]string{511: "5.1.1", 200: "2.0.0", 447: "4.4.7", 599: "5.9.9", 0: "", -1: "", 199: "", 300: "", 600: "", 1 << 30: ""} {
		s, ok := reportcode.OfNumber(n)
		if ok != (want != "") || ok && s.String() != want {
			t.Errorf("OfNumber(%d) = %v, %v; want %q", n, s, ok, want)
		}
	}
}

// The reader's table, in full: the diagnostic codes of the details 0 to 9 of each
// subject, and the reasons that are not zero.
func TestIN_SPC_011_Codes(t *testing.T) {
	want := [10][10]int32{
		{-1, -1, -1, -1, -1, -1, -1, -1, -1, -1},
		{0, 35, 48, 32, 1, 0, 40, 0, 0, 0},
		{38, 38, 13, 13, 30, 38, 38, 38, 38, 38},
		{38, 38, -1, 18, 13, 18, 38, 38, 38, 38},
		{-1, 2, 2, -1, -1, 2, 3, 5, 3, 2},
		{17, 17, 17, 16, 11, 17, 17, 17, 17, 17},
		{15, 15, 9, 8, 25, -1, 15, 15, 15, 15},
		{46, 29, 28, 26, 46, 46, 46, 46, 46, 46},
		{-1, -1, -1, -1, -1, -1, -1, -1, -1, -1},
		{-1, -1, -1, -1, -1, -1, -1, -1, -1, -1},
	}
	reasons := map[[2]int]int32{{1, 1}: 1, {4, 3}: 6, {6, 5}: 2}
	for subject := range want {
		for detail := range want[subject] {
			s := reportcode.Status{Class: 5, Subject: subject, Detail: detail}
			diag, reason := s.Codes()
			if diag != want[subject][detail] || reason != reasons[[2]int{subject, detail}] {
				t.Errorf("%v has the codes %d, %d; want %d, %d", s, diag, reason, want[subject][detail], reasons[[2]int{subject, detail}])
			}
		}
	}
	if diag, reason := (reportcode.Status{Class: 5, Subject: 1, Detail: 11}).Codes(); diag != 0 || reason != 0 {
		t.Errorf("IN-SPC-010: 5.1.11 has the codes %d, %d; want those of 5.1.0", diag, reason)
	}
}

func TestOUT_SPC_002_OfCodes(t *testing.T) {
	for _, c := range []struct {
		diag, reason int32
		want         string
	}{
		{35, 1, "5.1.1"}, {48, 0, "5.1.2"}, {0, 0, "5.1.0"}, {5, 0, "4.4.7"}, {29, 0, "5.7.1"}, {49, 0, "5.0.0"}, {-2, 0, "5.0.0"},
		{-1, 0, "5.4.0"}, {-1, 1, "5.1.0"}, {-1, 2, "5.6.5"}, {-1, 6, "4.4.3"}, {-1, 7, "5.4.0"}, {-1, -1, "5.4.0"},
	} {
		if got := reportcode.OfCodes(c.diag, c.reason).String(); got != c.want {
			t.Errorf("OfCodes(%d, %d) = %s; want %s", c.diag, c.reason, got, c.want)
		}
	}
}

// A status that says no more than the kind is one that its codes give, too.
func TestGeneralStatus(t *testing.T) {
	for k, want := range map[reportcode.Kind]string{reportcode.Failed: "5.0.0", reportcode.Delayed: "4.0.0", reportcode.Delivered: "2.0.0"} {
		if got := k.GeneralStatus().String(); got != want {
			t.Errorf("%s has the status %s; want %s", k.Word(), got, want)
		}
	}
}
