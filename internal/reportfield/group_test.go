package reportfield_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/internal/reportfield"
)

var all = []reportfield.Name{
	reportfield.ReportingMTA, reportfield.OriginalRecipient, reportfield.FinalRecipient, reportfield.Action, reportfield.Status,
	reportfield.RemoteMTA, reportfield.DiagnosticCode, reportfield.SupplementaryInfo, reportfield.DisplayName,
	reportfield.Disposition, reportfield.OriginalMessageID, reportfield.CorrelationKey,
}

// groups returns every group as one line.
func groups(body string) []string {
	list := []string{}
	for g := range reportfield.Groups(body) {
		var b strings.Builder
		for _, n := range all {
			if g.Has(n) {
				fmt.Fprintf(&b, "%s=%s|", n, g.Get(n))
			}
		}
		fmt.Fprintf(&b, "%d,%d", g.Others, g.Junk)
		list = append(list, b.String())
	}
	return list
}

func TestGroups(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"empty", "", []string{}},
		{"empty lines only", "\r\n \t\r\n", []string{}},
		{"one report", "Reporting-MTA: dns; a\r\nArrival-Date: x\r\n\r\nFinal-Recipient: rfc822;b@c\r\nAction: failed\r\nStatus: 5.1.1\r\n",
			[]string{"Reporting-MTA=dns; a|1,0", "Final-Recipient=rfc822;b@c|Action=failed|Status=5.1.1|0,0"}},
		{"case and blanks of names do not count", "ACTION : Failed\nstatus\t:5.0.0", []string{"Action=Failed|Status=5.0.0|0,0"}},
		{"folded", "Diagnostic-Code: smtp;\r\n 550 5.1.1\r\n\tno such user\r\nAction: failed\r\n", []string{"Action=failed|Diagnostic-Code=smtp; 550 5.1.1\tno such user|0,0"}},
		{"several empty lines, with blanks", "\n\nReporting-MTA: a\n \n\n\t\nAction: failed\n\n", []string{"Reporting-MTA=a|0,0", "Action=failed|0,0"}},
		{"a blank line after a folded one", "Action: failed\n more\n \nStatus: 5.0.0", []string{"Action=failed more|0,0", "Status=5.0.0|0,0"}},
		{"CR alone", "Action: failed\rStatus: 5.0.0\r\rAction: relayed\r", []string{"Action=failed|Status=5.0.0|0,0", "Action=relayed|0,0"}},
		{"no empty line, recipient first", "Reporting-MTA: a\nFinal-Recipient: 1\nAction: failed\nFinal-Recipient: 2\nAction: delayed\n",
			[]string{"Reporting-MTA=a|Final-Recipient=1|Action=failed|0,0", "Final-Recipient=2|Action=delayed|0,0"}},
		{"no empty line, action first", "Action: failed\nFinal-Recipient: 1\nStatus: 5.0.0\nAction: delayed\nFinal-Recipient: 2\n",
			[]string{"Final-Recipient=1|Action=failed|Status=5.0.0|0,0", "Final-Recipient=2|Action=delayed|0,0"}},
		{"no empty line, original first", "Original-Recipient: 1\nFinal-Recipient: 1\nAction: failed\nOriginal-Recipient: 2\nFinal-Recipient: 2\n",
			[]string{"Original-Recipient=1|Final-Recipient=1|Action=failed|0,0", "Original-Recipient=2|Final-Recipient=2|0,0"}},
		{"the first of two counts", "Status: 5.0.0\nStatus: 5.1.1\nAction: failed", []string{"Action=failed|Status=5.0.0|1,0"}},
		{"a reply of several lines", "Diagnostic-Code: smtp; 550-no\n550 such user\n550 at all\nAction: failed\n",
			[]string{"Action=failed|Diagnostic-Code=smtp; 550-no 550 such user 550 at all|0,2"}},
		{"a reply below its name", "Diagnostic-Code:\n550 no such user\n", []string{"Diagnostic-Code=550 no such user|0,1"}},
		{"lines before the first field", "This is no report.\nAction: failed\n", []string{"Action=failed|0,1"}},
		{"lines behind a field without a name here", "X-Other: a\nb c\nAction: failed\n", []string{"Action=failed|1,1"}},
		{"text alone", "Dear user: no\nsuch user", []string{"0,2"}},
		{"no name", ": failed\n", []string{"0,1"}},
		{"a name beyond ASCII", "Acti\u00f6n: failed\n", []string{"0,1"}},
		{"a value beyond ASCII", "X-Display-Name: J\u00f6rg\n", []string{"X-Display-Name=J\u00f6rg|0,0"}},
		{"an empty field", "Final-Recipient:\nAction: failed\n", []string{"Action=failed|0,0"}},
		{"a receipt", "Final-Recipient: rfc822;a@b\nDisposition: manual-action/MDN-sent-manually; displayed\nOriginal-Message-ID: <x@y>\nX-MSExch-Correlation-Key: AQI=\n",
			[]string{"Final-Recipient=rfc822;a@b|Disposition=manual-action/MDN-sent-manually; displayed|Original-Message-ID=<x@y>|X-MSExch-Correlation-Key=AQI=|0,0"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, groups(c.body)); diff != "" {
				t.Errorf("groups (-want +got):\n%s", diff)
			}
		})
	}
}

// A caller may stop at any group.
func TestGroupsStop(t *testing.T) {
	const body = "Action: failed\nAction: delayed\n\nAction: relayed\n"
	for stop := 1; stop <= 3; stop++ {
		n := 0
		for range reportfield.Groups(body) {
			if n++; n == stop {
				break
			}
		}
		if n != stop {
			t.Errorf("stopped after %d groups; want %d", n, stop)
		}
	}
}

// Lines joined to a field cost no copies: reading a hundred thousand of them
// allocates no more than reading ten.
func TestGroupsAllocate(t *testing.T) {
	cost := func(lines int) float64 {
		body := "Diagnostic-Code: smtp\n" + strings.Repeat("550 no\n", lines)
		return testing.AllocsPerRun(3, func() {
			for range reportfield.Groups(body) {
			}
		})
	}
	if few, many := cost(10), cost(100000); many > few {
		t.Errorf("%v allocations for many lines, %v for few", many, few)
	}
}

func FuzzGroups(f *testing.F) {
	f.Add("Reporting-MTA: dns; a\r\n\r\nFinal-Recipient: rfc822;b@c\r\nAction: failed\r\nStatus: 5.1.1\r\n")
	f.Add("Diagnostic-Code: smtp; 550-no\n550 such user\n\n \nAction : delayed\n more\rStatus:5")
	f.Add("Disposition: automatic-action/MDN-sent-automatically; deleted\nX-MSExch-Correlation-Key: AQI=")
	f.Fuzz(func(t *testing.T, body string) {
		total := 0
		for g := range reportfield.Groups(body) {
			for _, n := range all {
				v := g.Field(n).Value
				if !strings.Contains(body, v) {
					t.Fatalf("%s is %q, which is not in the body", n, v)
				}
				if strings.ContainsAny(g.Get(n), "\r\n") {
					t.Fatalf("%s has line ends: %q", n, g.Get(n))
				}
				total += len(v)
			}
		}
		if total > len(body) {
			t.Fatalf("the values have %d bytes, the body has %d", total, len(body))
		}
	})
}
