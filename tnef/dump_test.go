package tnef_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/contentconv/contentconv/mapi"
)

// The lines of a dump: an attribute, a property, the first of its values.
var (
	dumpedAttribute = regexp.MustCompile(`^\((MESS|ATTA)\) .*<([0-9a-f]{4})> \[type: .*\] \[len: ([0-9]+)\] =`)
	dumpedProperty  = regexp.MustCompile(`^\(MAPI\) .*<([0-9a-f]{4})> \[type: .*<([0-9a-f]{4})>\] \[num_values = ([0-9]+)\]|^\(MAPI\) ([0-9a-f]{4}) \[type: .*<([0-9a-f]{4})>\] \[num_values = ([0-9]+)\]`)
	dumpedValue     = regexp.MustCompile(`^\t#0 \[len: ([0-9]+)\] = (.*)$`)
)

// dump compares a dump of all attributes and properties with what is there and
// with what is read.
func (p *pair) dump() {
	for _, f := range p.files() {
		if !strings.HasSuffix(f, ".attributes.txt") {
			continue
		}
		raw, number := rawAttributes(p.stream), 0
		bag, attachment := &p.m.Properties, -1
		lines := strings.Split(string(p.file(f)), "\n")
		for i, line := range lines {
			if m := dumpedAttribute.FindStringSubmatch(line); m != nil {
				p.judge(fmt.Sprintf("%s attribute %d", f, number), sameAttribute(raw, number, m))
				number++
				if m[2] == "9002" {
					attachment++
					bag = &p.m.Attachments[attachment].Properties
				}
			}
			if m := dumpedProperty.FindStringSubmatch(line); m != nil && i+1 < len(lines) {
				id, typ := m[1]+m[4], m[2]+m[5]
				if v := dumpedValue.FindStringSubmatch(lines[i+1]); v != nil {
					p.judge(fmt.Sprintf("%s property %d %s", f, attachment, id), sameProperty(bag, id, typ, v[2]))
				}
			}
		}
		if number == 0 {
			p.t.Errorf("%s has no attributes", f)
		}
	}
}

func sameAttribute(raw []part, number int, m []string) error {
	if number >= len(raw) {
		return fmt.Errorf("there is none")
	}
	a := raw[number]
	level := map[string]byte{"MESS": 1, "ATTA": 2}[m[1]]
	if a.level != level || fmt.Sprintf("%04x", uint16(a.id)) != m[2] || strconv.Itoa(len(a.data)) != m[3] {
		return fmt.Errorf("it is %d 0x%04x of %d bytes, not %q", a.level, uint16(a.id), len(a.data), m[1:])
	}
	return nil
}

// sameProperty compares a property with its dump. Named ones and the data of an
// attachment are passed over.
func sameProperty(bag *mapi.Properties, id, typ, want string) error {
	n, _ := strconv.ParseUint(id, 16, 16)
	t, _ := strconv.ParseUint(typ, 16, 16)
	if n >= 0x8000 || n == 0x3701 {
		return nil
	}
	v, ok := bag.Get(mapi.Key{ID: uint16(n)})
	switch {
	case !ok:
		return fmt.Errorf("it is missing")
	case v.Type() == mapi.PropType(t)|mapi.PtypMultiple:
		return nil // the dump shows the first value of a list
	case v.Type() != mapi.PropType(t):
		return fmt.Errorf("it has the type %v", v.Type())
	}
	var got string
	switch x := v.Any().(type) {
	case string:
		if strings.ContainsFunc(x, func(r rune) bool { return r > 0x7E || r < ' ' }) {
			return nil // the dump is of bytes
		}
		got = "'" + x + "'"
	case []byte:
		for _, b := range x {
			got += fmt.Sprintf("0x%02x ", b)
		}
		if n == 0x1013 {
			want = string(bytes.TrimSuffix([]byte(want), []byte("0x00 "))) // the terminator
		}
	case mapi.Time:
		got = fmt.Sprintf("0x%08x 0x%08x", uint32(x), uint32(x>>32))
	default:
		got = fmt.Sprint(x)
	}
	if got != want {
		return fmt.Errorf("%.100s; want %.100s", got, want)
	}
	return nil
}
