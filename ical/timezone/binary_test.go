package timezone_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/ical/timezone"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.Join(strings.Fields(s), ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// pacific is the rule of Los Angeles since 2007.
var pacific = timezone.Rule{
	Bias: 480, DaylightBias: -60,
	StandardDate: timezone.SystemTime{Month: 11, Day: 1, Hour: 2},
	DaylightDate: timezone.SystemTime{Month: 3, Day: 2, Hour: 2},
}

const pacificStruct = `E0 01 00 00 00 00 00 00 C4 FF FF FF 00 00 00 00
	0B 00 00 00 01 00 02 00 00 00 00 00 00 00 00 00
	00 00 03 00 00 00 02 00 02 00 00 00 00 00 00 00`

const pacificRecur = `02 01 30 00 02 00 15 00 50 00 61 00 63 00 69 00
	66 00 69 00 63 00 20 00 53 00 74 00 61 00 6E 00
	64 00 61 00 72 00 64 00 20 00 54 00 69 00 6D 00
	65 00 01 00 02 01 3E 00 03 00 41 06 01 00 00 00
	01 00 00 00 00 00 00 00 00 00 E0 01 00 00 00 00
	00 00 C4 FF FF FF 00 00 0B 00 00 00 01 00 02 00
	00 00 00 00 00 00 00 00 03 00 00 00 02 00 02 00
	00 00 00 00 00 00`

func TestICAL_IN_081_Binaries(t *testing.T) {
	if diff := cmp.Diff(unhex(t, pacificStruct), pacific.EncodeStruct()); diff != "" {
		t.Errorf("PidLidTimeZoneStruct: -want +got:\n%s", diff)
	}
	got, err := timezone.DecodeStruct(unhex(t, pacificStruct))
	if err != nil || got != pacific {
		t.Errorf("%+v, %v", got, err)
	}
	d := timezone.NewDefinition("Pacific Standard Time", pacific, true)
	if diff := cmp.Diff(unhex(t, pacificRecur), d.Encode()); diff != "" {
		t.Errorf("the definition: -want +got:\n%s", diff)
	}
	back, err := timezone.DecodeDefinition(unhex(t, pacificRecur))
	if diff := cmp.Diff(d, back); diff != "" || err != nil {
		t.Errorf("%v, -want +got:\n%s", err, diff)
	}
	if !back.Consistent(pacific) || back.Effective(2026) != pacific {
		t.Error("the definition doesn't say what PidLidTimeZoneStruct says")
	}
	other := pacific
	other.DaylightDate.Hour = 3
	if back.Consistent(other) {
		t.Error("ICAL-OUT-034: it agrees with another rule")
	}
}

func TestICAL_IN_080_DisplayDefinition(t *testing.T) {
	b := timezone.NewDefinition("X", pacific, false).Encode()
	if flags := binary.LittleEndian.Uint16(b[16:]); flags != 2 {
		t.Errorf("the rule's flags are %d; want 2", flags)
	}
}

func TestICAL_OUT_051_EffectiveRule(t *testing.T) {
	rule := func(year uint16, bias int32, flags timezone.RuleFlags) timezone.TZRule {
		return timezone.TZRule{Year: year, Flags: flags, Rule: timezone.Rule{Bias: bias}}
	}
	for _, c := range []struct {
		name  string
		rules []timezone.TZRule
		year  int
		want  int32
	}{
		{"the one that is marked", []timezone.TZRule{rule(1601, 1, 0), rule(2007, 2, timezone.Effective), rule(2010, 3, timezone.RecurCurrent)}, 2020, 2},
		{"none is marked: the one of the year", []timezone.TZRule{rule(1601, 1, 0), rule(2007, 2, 0), rule(2010, 3, 0)}, 2008, 2},
		{"none is marked: the first year of one", []timezone.TZRule{rule(1601, 1, 0), rule(2007, 2, 0)}, 2007, 2},
		{"none is marked: before the first", []timezone.TZRule{rule(2006, 1, 0), rule(2007, 2, 0)}, 2000, 1},
	} {
		if got := (&timezone.Definition{Rules: c.rules}).Effective(c.year).Bias; got != c.want {
			t.Errorf("%s: rule %d; want %d", c.name, got, c.want)
		}
	}
	if (&timezone.Definition{Rules: []timezone.TZRule{rule(1601, 1, 0)}}).Consistent(timezone.Rule{Bias: 1}) {
		t.Error("a definition without an effective rule is consistent")
	}
}

func TestDecodeErrors(t *testing.T) {
	if _, err := timezone.DecodeStruct(make([]byte, 47)); err == nil {
		t.Error("47 bytes are a PidLidTimeZoneStruct")
	}
	whole := unhex(t, pacificRecur)
	for n := range whole {
		if d, err := timezone.DecodeDefinition(whole[:n]); err == nil {
			t.Errorf("%d bytes are the definition %+v", n, d)
		}
	}
	for name, change := range map[string]func(b []byte){
		"version":            func(b []byte) { b[0] = 1 },
		"a header too short": func(b []byte) { b[2] = 0x2F },
		"a header too long":  func(b []byte) { b[3] = 0xFF },
		"a name too long":    func(b []byte) { b[7] = 0xFF },
		"no rules":           func(b []byte) { b[50] = 0 },
		"too many rules":     func(b []byte) { b[51] = 1 },
		"a rule's version":   func(b []byte) { b[52] = 1 },
		"a rule's marker":    func(b []byte) { b[54] = 0x3F },
	} {
		b := bytes.Clone(whole)
		change(b)
		if d, err := timezone.DecodeDefinition(b); err == nil {
			t.Errorf("%s: %+v", name, d)
		}
	}
	longer := bytes.Clone(whole)
	longer[2] += 2 // a field that is not known yet, before the rules
	longer = append(longer[:50:50], append([]byte{9, 9}, longer[50:]...)...)
	if d, err := timezone.DecodeDefinition(longer); err != nil || d.KeyName != "Pacific Standard Time" || !d.Consistent(pacific) {
		t.Errorf("a longer header: %+v, %v", d, err)
	}
}

func TestNumberOfRules(t *testing.T) {
	for n, want := range map[int]int{1: 1, 1024: 1024, 1025: 1024} {
		d, err := timezone.DecodeDefinition((&timezone.Definition{KeyName: "x", Rules: make([]timezone.TZRule, n)}).Encode())
		if err != nil || len(d.Rules) != want {
			t.Errorf("%d rules: %v; want %d", n, err, want)
		}
	}
	more := (&timezone.Definition{KeyName: "x", Rules: make([]timezone.TZRule, 1024)}).Encode()
	more[10], more[11] = 1, 4
	if d, err := timezone.DecodeDefinition(append(more, make([]byte, 66)...)); err == nil {
		t.Errorf("%d rules were read", len(d.Rules))
	}
}

func TestKeyNameIsCut(t *testing.T) {
	for in, want := range map[string]int{strings.Repeat("a", 260): 260, strings.Repeat("a", 261): 260, strings.Repeat("a", 259) + "\U0001F600": 259} {
		d, err := timezone.DecodeDefinition(timezone.NewDefinition(in, pacific, false).Encode())
		if err != nil || len(d.KeyName) != want {
			t.Errorf("%v; want a name of %d", err, want)
		}
	}
}

// Another program's dump of a definition has its fields.
func TestCorpusDefinition(t *testing.T) {
	dir := os.Getenv("CONTENTCONV_CORPUS")
	if dir == "" {
		t.Skip("CONTENTCONV_CORPUS names no corpus; set it to run over one")
	}
	files, err := filepath.Glob(filepath.Join(dir, "pairs", "*", "*TIMEZONE*", "*.bin"))
	if err != nil || len(files) == 0 {
		t.Skip("the corpus has no time zones")
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(name, "DEFINITION") {
			r, err := timezone.DecodeStruct(b)
			if err != nil || !bytes.Equal(r.EncodeStruct(), b) {
				t.Errorf("%s: %+v, %v", name, r, err)
			}
			continue
		}
		d, err := timezone.DecodeDefinition(b)
		if err != nil || !bytes.Equal(d.Encode(), b) {
			t.Errorf("%s: written again it differs: %v", name, err)
			continue
		}
		text, err := os.ReadFile(name[:len(name)-len(".bin")] + ".expected.txt")
		if err != nil || !strings.Contains(string(text), "szKeyName = "+d.KeyName) || strings.Count(string(text), "TZRule[") != len(d.Rules) {
			t.Errorf("%s: read as %+v", name, d)
		}
	}
}
