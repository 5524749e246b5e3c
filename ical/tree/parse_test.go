package tree_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical/tree"
	"github.com/contentconv/contentconv/limits"
)

// outline shows a tree in a few characters: "VCALENDAR[X=1 VEVENT[Y=2]]", with "!"
// behind what has no END.
func outline(list []*tree.Component) string {
	var out []string
	for _, c := range list {
		var in []string
		for _, p := range c.Properties {
			s := p.Name
			for _, q := range p.Params {
				s += ";" + q.Name + "=" + strings.Join(q.Values, "|")
			}
			in = append(in, s+":"+p.Value)
		}
		s := c.Name
		if c.Unclosed {
			s += "!"
		}
		if rest := outline(c.Components); rest != "" {
			in = append(in, rest)
		}
		out = append(out, s+"["+strings.Join(in, " ")+"]")
	}
	return strings.Join(out, " ")
}

func codes(r *diag.Recorder) string {
	var out []string
	for _, d := range r.Diagnostics() {
		out = append(out, string(d.Code)+": "+d.Detail)
	}
	return strings.Join(out, "\n")
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name, in, want, report string
		lost                   int
	}{
		{name: "well formed", in: "BEGIN:VCALENDAR\r\nX:1\r\nBEGIN:VEVENT\r\nY:2\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
			want: "VCALENDAR[X:1 VEVENT[Y:2]]"},
		{name: "names in any case", in: "begin:VCalendar\r\ndtStart;value=DATE:20200101\r\nend:vcalendar\r\n",
			want: "VCALENDAR[DTSTART;VALUE=DATE:20200101]"},
		{name: "byte order mark", in: "\xEF\xBB\xBFBEGIN:A\r\nEND:A\r\n", want: "A[]",
			report: "calendar-line-repaired: line 1: a byte order mark was skipped"},
		{name: "LF alone", in: "BEGIN:A\nX:1\nEND:A\n", want: "A[X:1]", report: "bare-lf: line 1: ends in LF alone"},
		{name: "CR alone", in: "BEGIN:A\rX:1\r 2\rEND:A", want: "A[X:12]", report: "bare-cr: line 1: ends in CR alone, or in several"},
		{name: "several CRs", in: "BEGIN:A\r\r\nX:1\r\nEND:A\r\n", want: "A[X:1]", report: "bare-cr: line 1: ends in CR alone, or in several"},
		{name: "empty lines", in: "BEGIN:A\r\n\r\nX:1\r\n\r\n 2\r\nEND:A\r\n\r\n", want: "A[X:12]",
			report: "calendar-line-repaired: line 2: an empty line was skipped"},
		{name: "trailing blanks", in: "BEGIN:A \r\nX:1\r\nEND:A\t\r\n", want: "A[X:1]"},
		{name: "folded within a character", in: "BEGIN:A\r\nX:caf\xC3\r\n \xA9\r\n\t!\r\nEND:A\r\n", want: "A[X:café!]"},
		{name: "NUL", in: "BEGIN:A\r\nX:1\x002\r\nEND:A\r\n", want: "A[X:12]", report: "nul-byte: line 2: NUL bytes were removed"},
		{name: "ICAL-FALLBACK-001 parameter without a colon", in: "BEGIN:A\r\nATTENDEE;CN=foo\r\nX;Y\r\nEND:A\r\n", want: "A[]", lost: 2,
			report: "calendar-line-invalid: line 2: no colon: ATTENDEE;CN=foo\ncalendar-line-invalid: line 3: no colon: X;Y"},
		{name: "ICAL-FALLBACK-001 text behind a quotation mark", in: "BEGIN:A\r\nX;CN=\"a\"b:1\r\nEND:A\r\n", want: "A[X;CN=ab:1]",
			report: "calendar-line-repaired: line 2: a quotation mark within a parameter"},
		{name: "ICAL-FALLBACK-001 truncated", in: "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nX:1", want: "VCALENDAR![VEVENT![X:1]]",
			report: "calendar-restructured: line 1: VCALENDAR has no END"},
		{name: "line without a name", in: "BEGIN:A\r\n:1\r\nX Y:2\r\nEND:A\r\n", want: "A[]", lost: 2,
			report: "calendar-line-invalid: line 2: no name before its colon: :1\ncalendar-line-invalid: line 3: no name before its colon: \"X Y:2\""},
		{name: "line break within text", in: "BEGIN:A\r\nDESCRIPTION:one\r\ntwo\r\nthree\r\nX:1\r\nEND:A\r\n", want: `A[DESCRIPTION:one\ntwo\nthree X:1]`,
			report: "calendar-line-repaired: line 3: joined to the text before it\ncalendar-line-repaired: line 4: joined to the text before it"},
		{name: "line break at the end of a component", in: "BEGIN:A\r\nSUMMARY:one\r\ntwo\r\nEND:A\r\n", want: `A[SUMMARY:one\ntwo]`,
			report: "calendar-line-repaired: line 3: joined to the text before it"},
		{name: "missing END within", in: "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nX:1\r\nBEGIN:VEVENT\r\nX:2\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
			want: "VCALENDAR[VEVENT![X:1] VEVENT[X:2]]", report: "calendar-restructured: line 4: VEVENT of line 2 has no END"},
		{name: "missing END before the parent's", in: "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nBEGIN:VALARM\r\nX:1\r\nEND:VCALENDAR\r\n",
			want: "VCALENDAR[VEVENT![VALARM![X:1]]]", report: "calendar-restructured: line 5: VEVENT of line 2 has no END"},
		{name: "missing END of one", in: "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nX:1\r\nEND:VCALENDAR\r\n",
			want: "VCALENDAR[VEVENT![X:1]]", report: "calendar-restructured: line 4: VEVENT of line 2 has no END"},
		{name: "END without BEGIN", in: "BEGIN:A\r\nEND:B\r\nX:1\r\nEND:A\r\nEND:A\r\n", want: "A[X:1]",
			report: "calendar-restructured: line 2: END of B, which is not open\ncalendar-restructured: line 5: END of A, which is not open"},
		{name: "several calendars", in: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\nX:1\r\nEND:VCALENDAR\r\n", want: "VCALENDAR[] VCALENDAR[X:1]"},
		{name: "calendar within a calendar", in: "BEGIN:VCALENDAR\r\nBEGIN:VCALENDAR\r\nX:1\r\nEND:VCALENDAR\r\n", want: "VCALENDAR![] VCALENDAR[X:1]",
			report: "calendar-restructured: line 2: VCALENDAR of line 1 has no END"},
		{name: "text around", in: "Hello\r\nX:1\r\nBEGIN:A\r\nEND:A\r\nBye\r\n", want: "A[]", report: "calendar-text-ignored: line 1: outside of every component"},
		{name: "component outside of a calendar", in: "BEGIN:VEVENT\r\nX:1\r\nEND:VEVENT\r\n", want: "VEVENT[X:1]"},
		{name: "quoted-printable of vCalendar 1.0", in: "BEGIN:A\r\nDESCRIPTION;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:caf=E9=0D=0A=\r\nnext=\r\n: =3D\r\nX:1\r\nEND:A\r\n",
			want:   `A[DESCRIPTION:café\nnext: = X:1]`,
			report: "calendar-line-repaired: line 2: a soft line break of quoted-printable was joined\ncalendar-line-repaired: line 2: quoted-printable text"},
		{name: "bare quoted-printable", in: "BEGIN:A\r\nX;QUOTED-PRINTABLE:a=3Db=3\r\nEND:A\r\n", want: "A[X:a=b=3]",
			report: "calendar-line-repaired: line 2: a parameter without a value; quoted-printable text"},
		{name: "digits of quoted-printable", in: "BEGIN:A\r\nX;ENCODING=quoted-printable:=c3=a9=C3=AF=C3=9F=0=G1\r\nEND:A\r\n", want: "A[X:éïß=0=G1]",
			report: "calendar-line-repaired: line 2: quoted-printable text"},
		{name: "base64 that ends in =", in: "BEGIN:A\r\nATTACH;ENCODING=BASE64:AA==\r\nX:1\r\nEND:A\r\n", want: "A[ATTACH;ENCODING=BASE64:AA== X:1]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var r diag.Recorder
			s, err := tree.Parse([]byte(c.in), &tree.Options{Recorder: &r})
			if err != nil {
				t.Fatal(err)
			}
			if got := outline(s.Components); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if diff := cmp.Diff(c.report, codes(&r)); diff != "" {
				t.Errorf("diagnostics -want +got:\n%s", diff)
			}
			if s.Lost != c.lost {
				t.Errorf("%d lines are lost; want %d", s.Lost, c.lost)
			}
		})
	}
}

func TestParseParameters(t *testing.T) {
	for _, c := range []struct{ name, in, want, report string }{
		{name: "several values", in: `X;MEMBER="mailto:a","mailto:b",c;Y=1:v`, want: "X;MEMBER=mailto:a|mailto:b|c;Y=1:v"},
		{name: "RFC 6868", in: `X;CN=a^nb^'c^^d^e:v`, want: "X;CN=a\nb\"c^d^e:v"},
		{name: "delimiters in quotes", in: `X;CN="a;b:c,d":v`, want: "X;CN=a;b:c,d:v"},
		{name: "ICAL-IN-131 quoted TZID", in: `DTSTART;TZID="Pacific Time (US & Canada)":20200101T000000`, want: "DTSTART;TZID=Pacific Time (US & Canada):20200101T000000"},
		{name: "quotation mark without a partner", in: `X;CN="a b;Y=1:v`, want: "X;CN=a b;Y=1:v", report: "a quotation mark without a partner"},
		{name: "quotation marks within", in: `X;CN=a "b;c" d:v`, want: "X;CN=a b;c d:v", report: "a quotation mark within a parameter"},
		{name: "backslash", in: `X;CN=Doe\, Jane\; x\y:v`, want: `X;CN=Doe, Jane; x\y:v`, report: "a backslash in a parameter"},
		{name: "blanks", in: `X ; CN = a ;Y=1:v`, want: "X;CN=a;Y=1:v", report: "blanks around the name; blanks around a parameter's name; blanks around a parameter's value"},
		{name: "trailing semicolon", in: `X;:v`, want: "X:v", report: "a parameter without a value"},
		{name: "bare word", in: `X;BASE64:v`, want: "X;BASE64=:v", report: "a parameter without a value"},
		{name: "address without quotes", in: `X;SENT-BY=mailto:a@b.example:mailto:c@d.example`, want: "X;SENT-BY=mailto:a@b.example:mailto:c@d.example", report: "a colon in a parameter without quotes"},
		{name: "scheme that is the value", in: `X;SENT-BY=mailto:v`, want: "X;SENT-BY=mailto:v"},
		{name: "TZID with an offset", in: `DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin;VALUE=DATE-TIME:20200101T000000`,
			want: "DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin;VALUE=DATE-TIME:20200101T000000", report: "a colon in a parameter without quotes; a comma in a parameter without quotes"},
		{name: "TZID that is a link", in: `DTSTART;TZID=tzone://Microsoft/Utc:20200101T000000`, want: "DTSTART;TZID=tzone://Microsoft/Utc:20200101T000000", report: "a colon in a parameter without quotes"},
		{name: "TZID before no date", in: `X;TZID=a:b:c`, want: "X;TZID=a:b:c"},
		{name: "name that no parameter may have", in: `X;C^N=a;Y=1:v`, want: "X;Y=1:v", report: "a parameter whose name no parameter may have was dropped"},
		{name: "blanks in quotes", in: `X;CN=" a ":v`, want: "X;CN= a :v"},
		{name: "comma in a name", in: `X;CN=Doe, Jane:v`, want: "X;CN=Doe, Jane:v", report: "a comma in a parameter without quotes"},
		{name: "value with colons", in: `SUMMARY;X=1:a:b;c=d`, want: "SUMMARY;X=1:a:b;c=d"},
		{name: "parameter twice", in: `X;PARTSTAT=A;PARTSTAT=B:v`, want: "X;PARTSTAT=A;PARTSTAT=B:v"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var r diag.Recorder
			s, err := tree.Parse([]byte("BEGIN:A\r\n"+c.in+"\r\nEND:A\r\n"), &tree.Options{Recorder: &r})
			if err != nil {
				t.Fatal(err)
			}
			if got, want := outline(s.Components), "A["+c.want+"]"; got != want {
				t.Errorf("got  %q\nwant %q", got, want)
			}
			want := ""
			if c.report != "" {
				want = "calendar-line-repaired: line 2: " + c.report
			}
			if diff := cmp.Diff(want, codes(&r)); diff != "" {
				t.Errorf("diagnostics -want +got:\n%s", diff)
			}
		})
	}
}

func TestParseCharset(t *testing.T) {
	utf16 := func(s string) string {
		out := "\xFF\xFE"
		for _, r := range s {
			out += string([]byte{byte(r), byte(r >> 8)})
		}
		return out
	}
	for _, c := range []struct{ name, charset, in, want, used, report string }{
		{"ICAL-IN-012 UTF-8 without a label", "", "Zoë", "Zoë", "utf-8", ""},
		{"ICAL-IN-012 windows-1252 without a label", "", "Zo\xEB \x80", "Zoë €", "windows-1252", "charset-detected: read as windows-1252"},
		{"us-ascii that is UTF-8", "us-ascii", "Zoë", "Zoë", "utf-8", ""},
		{"us-ascii that is windows-1252", "us-ascii", "Zo\xEB", "Zoë", "windows-1252", "charset-mismatch: us-ascii; read as windows-1252"},
		{"ICAL-IN-012 declared", "ISO-8859-2", "\xE8as", "čas", "iso-8859-2", ""},
		{"unknown", "x-none", "Zoë", "Zoë", "utf-8", "charset-unknown: x-none; read as utf-8"},
		{"wrong", "utf-8", "Zo\xEB Zo\xEB", "Zoë Zoë", "windows-1252", "charset-mismatch: utf-8; read as windows-1252"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var r diag.Recorder
			s, err := tree.Parse([]byte("BEGIN:A\r\nX:"+c.in+"\r\nEND:A\r\n"), &tree.Options{Charset: c.charset, Recorder: &r})
			if err != nil {
				t.Fatal(err)
			}
			if got := s.Components[0].Value("X"); got != c.want || s.Charset != c.used {
				t.Errorf("got %q in %s; want %q in %s", got, s.Charset, c.want, c.used)
			}
			if diff := cmp.Diff(c.report, codes(&r)); diff != "" {
				t.Errorf("diagnostics -want +got:\n%s", diff)
			}
		})
	}
	s, err := tree.Parse([]byte(utf16("BEGIN:A\r\nX:Zo\r\n ë\r\nEND:A\r\n")), nil)
	if err != nil || s.Components[0].Value("X") != "Zoë" {
		t.Errorf("UTF-16: %+v, %v", s, err)
	}
}

func TestParseKeepsLines(t *testing.T) {
	s, err := tree.Parse([]byte("\r\nBEGIN:A\r\nX:1\r\n 2\r\n 3\r\n\r\nY:1\r\nBEGIN:B\r\n Z\r\nZ:1\r\nEND:BZ\r\nEND:A\r\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	a := s.Components[0]
	got := fmt.Sprint(a.Line, a.Property("X").Line, a.Property("Y").Line, a.Components[0].Line, a.Components[0].Property("Z").Line)
	if want := "2 3 7 8 10"; got != want {
		t.Errorf("lines are %s; want %s", got, want)
	}
}

func TestParseBounds(t *testing.T) {
	deep := strings.Repeat("BEGIN:X\r\n", 100_000)
	var r diag.Recorder
	s, err := tree.Parse([]byte("BEGIN:A\r\n"+deep+"P:1\r\n"+strings.Repeat("END:X\r\n", 100_000)+"Q:1\r\nEND:A\r\n"), &tree.Options{Recorder: &r, MaxDepth: 3})
	if err != nil || outline(s.Components) != "A[Q:1 X[X[]]]" || s.Lost != 1 || s.FirstLost != 4 {
		t.Errorf("nested too deeply: %v %s, lost %d", err, outline(s.Components), s.Lost)
	}
	if want := "calendar-restructured: line 4: X is nested deeper than 3; it was skipped"; codes(&r) != want {
		t.Errorf("diagnostics %q; want %q", codes(&r), want)
	}
	for name, o := range map[string]tree.Options{"MaxSize": {MaxSize: 10}, "MaxItems": {MaxItems: 3}} {
		_, err := tree.Parse([]byte("BEGIN:A\r\nX;Y=1,2:1\r\nEND:A\r\n"), &o)
		var x *limits.ExceededError
		if !errors.As(err, &x) || x.Name != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := tree.Parse([]byte("BEGIN:A\r\nX;Y=1,2:1\r\nEND:A\r\n"), &tree.Options{MaxSize: 27, MaxItems: 6}); err != nil {
		t.Errorf("at the bounds: %v", err)
	}
}

// BenchmarkHostile shows inputs that cost a careless parser more than linear time,
// at two sizes.
func BenchmarkHostile(b *testing.B) {
	for _, h := range []struct{ name, head, unit string }{
		{"CR alone", "BEGIN:A\r", "X:1\r"},
		{"joined lines", "BEGIN:A\nDESCRIPTION:x\n", "line\n"},
		{"quotation marks", "BEGIN:A\nX", `;Y="a`},
		{"colons in a TZID", "BEGIN:A\nX;TZID=", "a:"},
		{"soft breaks", "BEGIN:A\nX;Y=QUOTED-PRINTABLE", ";Z=\n"},
		{"folds", "BEGIN:A\nX:", "a\n "},
		{"ends", strings.Repeat("BEGIN:X\n", 16), "END:Y\n"},
		{"deep", "", "BEGIN:X\n"},
		{"escapes", "BEGIN:A\nX;Y=", `\,`},
	} {
		for _, n := range []int{100_000, 200_000} {
			in := []byte(h.head + strings.Repeat(h.unit, n))
			b.Run(fmt.Sprintf("%s/%d", h.name, n), func(b *testing.B) {
				for b.Loop() {
					if s, err := tree.Parse(in, nil); err == nil && len(s.Components) > 0 {
						_ = s.Components[0].Text("X")
					}
				}
			})
		}
	}
}
