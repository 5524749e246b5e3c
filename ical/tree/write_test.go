package tree_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/ical/tree"
)

func write(t *testing.T, c *tree.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := tree.Write(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestICAL_OUT_036_Folding(t *testing.T) {
	for _, c := range []struct{ name, value, want string }{
		{"75 octets", strings.Repeat("a", 73), "X:" + strings.Repeat("a", 73) + "\r\n"},
		{"76 octets", strings.Repeat("a", 74), "X:" + strings.Repeat("a", 73) + "\r\n a\r\n"},
		{"the blank counts", strings.Repeat("a", 73+75), "X:" + strings.Repeat("a", 73) + "\r\n " + strings.Repeat("a", 74) + "\r\n a\r\n"},
		{"two octets at the edge", strings.Repeat("a", 72) + "éé", "X:" + strings.Repeat("a", 72) + "\r\n éé\r\n"},
		{"four octets at the edge", strings.Repeat("a", 70) + "\U0001F600", "X:" + strings.Repeat("a", 70) + "\r\n \U0001F600\r\n"},
		{"four octets fit", strings.Repeat("a", 69) + "\U0001F600", "X:" + strings.Repeat("a", 69) + "\U0001F600\r\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := tree.NewComponent("a")
			root.Add("X", c.value)
			got := write(t, root)
			if diff := cmp.Diff("BEGIN:A\r\n"+c.want+"END:A\r\n", got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			for line := range strings.SplitSeq(got, "\r\n") {
				if len(line) > 75 || !utf8.ValidString(line) {
					t.Errorf("line %q has %d octets", line, len(line))
				}
			}
		})
	}
}

func TestICAL_OUT_037_Escapes(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                    "plain",
		"a\r\nb\nc\rd":             `a\nb\nc\nd`,
		`\ , ; : "`:                `\\ \, \; : "`,
		"\x00a\x07\x1Bb\x7F\tc":    "ab\tc",
		"BEGIN:X\r\nEND:VCALENDAR": `BEGIN:X\nEND:VCALENDAR`,
	} {
		if got := tree.EscapeText(in); got != want {
			t.Errorf("EscapeText(%q) = %q; want %q", in, got, want)
		}
	}
	root := tree.NewComponent("A")
	root.Add("X", "1\r\nEND:A\r\nBEGIN:B\x00\x0B", tree.P("CN", "a\r\nY:1\x00"))
	root.Add("Y", "caf\xE9\u0085")
	if got, want := write(t, root), "BEGIN:A\r\nX;CN=\"a Y:1\":1END:ABEGIN:B\r\nY:caf\uFFFD\u0085\r\nEND:A\r\n"; got != want {
		t.Errorf("got %q; want %q", got, want)
	}
}

func TestICAL_OUT_038_Parameters(t *testing.T) {
	for in, want := range map[string]string{
		"plain":     "X;CN=plain:v",
		"a b":       "X;CN=a b:v",
		"Doe, Jane": `X;CN="Doe, Jane":v`,
		"a:b":       `X;CN="a:b":v`,
		" a ":       `X;CN=" a ":v`,
		"a;b":       `X;CN="a;b":v`,
		`a "b" c`:   "X;CN=a 'b' c:v",
		"a\nb":      "X;CN=a b:v",
		"a^nb^^":    "X;CN=a^^nb^^^^:v",
		"1^2":       "X;CN=1^2:v",
		"":          "X;CN=:v",
	} {
		root := tree.NewComponent("A")
		root.Add("X", "v", tree.P("CN", in))
		got := write(t, root)
		if want := "BEGIN:A\r\n" + want + "\r\nEND:A\r\n"; got != want {
			t.Errorf("%q: got %q; want %q", in, got, want)
		}
		s, err := tree.Parse([]byte(got), nil)
		if err != nil {
			t.Fatal(err)
		}
		if back := s.Components[0].Property("X").Param("CN"); back != strings.NewReplacer(`"`, "'", "\n", " ").Replace(in) {
			t.Errorf("%q comes back as %q", in, back)
		}
	}
}

func TestWriteRefusesNames(t *testing.T) {
	bad := "X\r\nEND:A"
	prop, param, comp, begin := tree.NewComponent("A"), tree.NewComponent("A"), tree.NewComponent("A"), tree.NewComponent("A")
	prop.Add(bad, "1")
	param.Add("X", "1", tree.P(bad, "1"))
	comp.AddComponent(tree.NewComponent(bad))
	begin.Add("BEGIN", "VEVENT")
	for _, c := range []*tree.Component{prop, param, comp, begin, tree.NewComponent("")} {
		var b bytes.Buffer
		if err := tree.Write(&b, c); err == nil || b.Len() > 0 {
			t.Errorf("%+v was written: %v, %q", c, err, b.String())
		}
	}
}

func TestICAL_OUT_040_OrderIsKept(t *testing.T) {
	const in = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nA;Z=1;B=2,3:x\r\nBEGIN:VTIMEZONE\r\nTZID:b\r\n" +
		"END:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:2\r\nA:1\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	s, err := tree.Parse([]byte(in), nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(in, write(t, s.Components[0])); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestGoICAL(t *testing.T) {
	const in = "BEGIN:VCALENDAR\r\nA;B=2,3;Z=1:x\r\nA:y\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:2\r\nBEGIN:VALARM\r\nACTION:X\r\n" +
		"END:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	s, err := tree.Parse([]byte(in), nil)
	if err != nil {
		t.Fatal(err)
	}
	g := s.Components[0].GoICal()
	if uid := g.Children[1].Props.Get("UID").Value; uid != "3" {
		t.Errorf("the second event has the UID %q", uid)
	}
	if diff := cmp.Diff(in, write(t, tree.FromGoICal(g))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	g.Children = append(g.Children[:0], g)
	if c := tree.FromGoICal(g); len(c.Components) != 1 {
		t.Error("a component that holds itself has lost its child")
	}
}
