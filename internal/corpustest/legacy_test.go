package corpustest

import (
	"encoding/binary"
	"fmt"
	"regexp"
	"strings"
)

// Other parsers leave uuencoded and BinHex data where it stands; this library
// makes files of it, as [MS-OXCMAIL] 2.2.3.9.1 and 2.2.3.4.2.3 ask. So that what
// it makes is compared too, the expectations are opened here.

var uuBegin = regexp.MustCompile(`^begin [0-7]{3,4} (.*)$`)

// A uuFile is one uuencoded block.
type uuFile struct {
	name string
	data []byte
}

// cutUU takes the uuencoded blocks out of a text.
func cutUU(s string) (rest string, files []uuFile) {
	var b strings.Builder
	var open *uuFile
	var raw strings.Builder // of the open block, in case it never ends
	for line := range strings.SplitAfterSeq(s, "\n") {
		bare := strings.TrimRight(line, "\r\n")
		switch m := uuBegin.FindStringSubmatch(bare); {
		case open == nil && m == nil:
			b.WriteString(line)
		case open == nil:
			open = &uuFile{name: m[1]}
			raw.Reset()
			raw.WriteString(line)
		case bare == "end":
			files = append(files, *open)
			open = nil
		default:
			raw.WriteString(line)
			open.data = append(open.data, uuLine(bare)...)
		}
	}
	if open != nil {
		b.WriteString(raw.String())
	}
	return b.String(), files
}

func uuLine(line string) []byte {
	if line == "" {
		return nil
	}
	n := int(line[0]-' ') & 63
	line = line[1:]
	if missing := (n+2)/3*4 - len(line); missing > 0 {
		line += strings.Repeat(" ", missing) // blanks at its end were lost
	}
	var out []byte
	for ; len(line) >= 4; line = line[4:] {
		var v uint32
		for i := range 4 {
			v = v<<6 | uint32(line[i]-' ')&63
		}
		out = append(out, byte(v>>16), byte(v>>8), byte(v))
	}
	return out[:min(n, len(out))]
}

// openedLeaves returns the leaves with the uuencoded blocks of each as leaves of
// their own.
func (w *wantMessage) openedLeaves() []*wantLeaf {
	var out []*wantLeaf
	for _, leaf := range w.Leaves {
		rest, files := cutUU(leaf.content())
		if len(files) == 0 || leaf.Message != nil {
			out = append(out, leaf)
			continue
		}
		if strings.TrimSpace(rest) != "" {
			out = append(out, &wantLeaf{Number: leaf.Number, Text: &rest})
		}
		for i, f := range files {
			opened := &wantLeaf{Number: fmt.Sprintf("%s (uuencoded %d)", leaf.Number, i+1), Name: f.name, Data: f.data}
			if leaf.Name != "" && strings.TrimSpace(rest) == "" {
				opened.Name, opened.Type = leaf.Name, leaf.Type
			}
			out = append(out, opened)
		}
	}
	return out
}

func (l *wantLeaf) isBinHex() bool {
	return strings.Contains(l.content(), "(This file must be converted with BinHex")
}

// isMacBinary checks the header of a MacBinary file against its length.
func isMacBinary(b []byte) bool {
	if len(b) < 128 || b[0] != 0 || b[1] == 0 || b[1] > 63 || b[74] != 0 {
		return false
	}
	pad := func(n uint32) int { return int(n+127) &^ 127 }
	return len(b) == 128+pad(binary.BigEndian.Uint32(b[83:]))+pad(binary.BigEndian.Uint32(b[87:]))
}
