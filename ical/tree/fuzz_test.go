package tree_test

import (
	"bytes"
	"testing"

	"github.com/contentconv/contentconv/ical/tree"
)

// What is read from any bytes can be written, and reads back as the same tree.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTSTART;TZID=\"Europe/Berlin\":20200101T000000\r\nSUMMARY:caf\xC3\r\n \xA9\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
		"BEGIN:A\rATTENDEE;CN=foo\rX;CN=\"a\"b:1\rEND:B\r",
		"\xFF\xFEB\x00E\x00G\x00I\x00N\x00:\x00A\x00\n\x00",
		"BEGIN:A\nDESCRIPTION;ENCODING=QUOTED-PRINTABLE:a=\nb=3D\nline\nEND:A",
		"BEGIN:X\nBEGIN:X\nBEGIN:VALARM\nBEGIN:VEVENT\n :;,\\\"=^n\nX;Y=\\,a^n\"b:\\n\\,\nEND:X\n",
		"BEGIN:A\nRDATE:19970714T123000Z/PT1H,-P1DT2H,+0130\nEND:A",
	} {
		f.Add([]byte(s), "utf-8")
	}
	f.Fuzz(func(t *testing.T, data []byte, label string) {
		s, err := tree.Parse(data, &tree.Options{Charset: label, MaxItems: 10_000})
		if err != nil {
			return
		}
		for _, c := range s.Components {
			for i := range c.Properties {
				p := &c.Properties[i]
				p.Text()
				tree.SplitText(p.Value)
				tree.ParseDateTime(p.Value)
				tree.ParseDuration(p.Value)
				tree.ParsePeriod(p.Value)
				tree.ParseUTCOffset(p.Value)
				if got := tree.UnescapeText(tree.EscapeText("x\\n,;" + p.Name)); got != "x\\n,;"+p.Name {
					t.Fatalf("text comes back as %q", got)
				}
			}
		}
		var one, two bytes.Buffer
		if err := tree.Write(&one, s.Components...); err != nil {
			t.Fatal(err)
		}
		again, err := tree.Parse(one.Bytes(), nil)
		if err != nil || again.Lost > 0 {
			t.Fatalf("what was written has %d bad lines: %v\n%s", again.Lost, err, one.Bytes())
		}
		if err := tree.Write(&two, again.Components...); err != nil || !bytes.Equal(one.Bytes(), two.Bytes()) {
			t.Fatalf("written again it differs: %v\n%q\n%q", err, one.Bytes(), two.Bytes())
		}
	})
}
