package tnef_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/rtf"
	"github.com/contentconv/contentconv/tnef"
)

// knownFile lists the expectations that do not hold, and why: input, case and
// reason, separated by tabs.
const knownFile = "testdata/known-differences.tsv"

// A pair is a stream of the corpus with what others say of it.
type pair struct {
	t      *testing.T
	name   string // of its folder
	dir    string
	stream []byte
	m      *mapi.Message
	known  map[string]string
	cases  int
}

// TestExpectations compares what is read from the corpus's streams with what other
// programs have extracted from them.
func TestExpectations(t *testing.T) {
	dirs, err := filepath.Glob(filepath.Join(corpusDir(t), "pairs", "*", "tnef-*"))
	if err != nil || len(dirs) == 0 {
		t.Fatalf("there are no pairs: %v", err)
	}
	known := readKnown(t)
	total := 0
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			p := &pair{t: t, name: filepath.Base(filepath.Dir(dir)) + "/" + filepath.Base(dir), dir: dir, known: known}
			p.load()
			p.assertions()
			if p.m != nil {
				p.extracted()
				p.listings()
				p.dump()
			}
			total += p.cases
			for id := range known {
				if strings.HasPrefix(id, p.name+"\t") {
					t.Errorf("%q holds now, or is no case any more; remove it from %s", id, knownFile)
				}
			}
		})
	}
	t.Logf("%d cases", total)
}

func readKnown(t *testing.T) map[string]string {
	f, err := os.Open(knownFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	known := map[string]string{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 3 || cells[2] == "" {
			t.Fatalf("%s: %q: want input, case and reason", knownFile, line)
		}
		known[cells[0]+"\t"+cells[1]] = cells[2]
	}
	return known
}

// judge counts a case that holds if err is nil, or is a known difference.
func (p *pair) judge(name string, err error) {
	p.t.Helper()
	p.cases++
	id := p.name + "\t" + name
	switch _, listed := p.known[id]; {
	case err == nil:
	case listed:
		delete(p.known, id)
	default:
		p.t.Errorf("%s: %v", strings.ReplaceAll(id, "\t", ": "), err)
	}
}

// load reads the stream: the file with a fitting extension, whatever is in it.
func (p *pair) load() {
	for _, f := range p.files() {
		if ext := filepath.Ext(f); ext != ".tnef" && ext != ".dat" || strings.HasPrefix(f, "extracted") {
			continue
		}
		p.stream = p.file(f)
	}
	res, err := tnef.Read(p.t.Context(), bytes.NewReader(p.stream), int64(len(p.stream)), &tnef.ReadOptions{Trusted: true})
	switch {
	case errors.Is(err, tnef.ErrNotTNEF):
	case err != nil:
		p.t.Fatal(err)
	default:
		p.m = res.Message
	}
}

func (p *pair) files() (names []string) {
	list, err := os.ReadDir(p.dir)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

func (p *pair) file(name string) []byte {
	b, err := os.ReadFile(filepath.Join(p.dir, name))
	if err != nil {
		p.t.Fatal(err)
	}
	return b
}

// assertions checks what assertions.json says.
func (p *pair) assertions() {
	if !slices.Contains(p.files(), "assertions.json") {
		return
	}
	var list struct {
		Assertions []struct {
			On, Property, Op string
			Value            any
		}
	}
	if err := json.Unmarshal(p.file("assertions.json"), &list); err != nil {
		p.t.Fatal(err)
	}
	for _, a := range list.Assertions {
		got, err := p.get(a.On, a.Property)
		if err == nil {
			err = p.compare(a.Op, got, a.Value)
		}
		p.judge(a.On+" "+a.Property, err)
	}
}

func (p *pair) compare(op string, got, want any) error {
	switch op {
	case "present":
		got, op = got != nil, "eq"
	case "starts_with":
		if s, _ := got.(string); strings.HasPrefix(s, want.(string)) {
			return nil
		}
	case "eq_file":
		names, list := []any{want}, []any{got}
		if w, ok := want.([]any); ok {
			names, list = w, got.([]any)
		}
		for i, name := range names {
			if i >= len(list) || list[i] != string(p.file(name.(string))) {
				return fmt.Errorf("%v differs", name)
			}
		}
		return nil
	case "eq_wall_clock": // every attachment has it
		for _, s := range got.([]any) {
			if s != want {
				return fmt.Errorf("%v; want %v", s, want)
			}
		}
		return nil
	}
	a, _ := json.Marshal(got)
	b, _ := json.Marshal(want)
	if op != "eq" || !bytes.Equal(a, b) {
		return fmt.Errorf("%s %.200s; want %.200s", op, a, b)
	}
	return nil
}

// get returns what an assertion is about.
func (p *pair) get(on, property string) (any, error) {
	if on == "result" {
		if p.m == nil {
			return "no marker found (typed error)", nil
		}
		return nil, errors.New("there is no error")
	}
	switch property {
	case "LegacyKey":
		return int(le.Uint16(p.stream[4:])), nil
	case "attribute_ids_in_order (low word)":
		return p.ids(), nil
	case "message attribute ids in order":
		names := map[string]string{"0x9006": "attTnefVersion", "0x9007": "attOemCodepage", "0x8008": "attMessageClass", "0x9003": "attMAPIProps"}
		var list []string
		for _, id := range p.ids() {
			if names[id] != "" {
				list = append(list, names[id])
			}
		}
		return list, nil
	case "attTnefVersion":
		return fmt.Sprintf("0x%08X", le.Uint32(p.data(attTnefVersion, 0))), nil
	case "attOemCodepage primary":
		return le.Uint32(p.data(attOemCodepage, 0)), nil
	case "attMessageClass":
		return string(bytes.TrimRight(p.data(attMessageClass, 0), "\x00")), nil
	case "attAttachTitle":
		return string(bytes.TrimRight(p.data(attAttachTitle, 1), "\x00")), nil
	case "attachment_long_filenames":
		return p.names(), nil
	case "any body":
		for _, t := range []mapi.Key{mapi.PidTagBody.Key(), mapi.PidTagHtml.Key(), mapi.PidTagRtfCompressed.Key()} {
			if _, ok := p.m.Properties.Get(t); ok {
				return true, nil
			}
		}
		return nil, nil
	case "attachment_count":
		return len(p.m.Attachments), nil
	case "PidTagHtml length in characters":
		b, _ := mapi.PidTagHtml.Get(&p.m.Properties)
		return utf8.RuneCount(b), nil
	case "PidTagRtfCompressed compressed length":
		b, _ := mapi.PidTagRtfCompressed.Get(&p.m.Properties)
		return len(b), nil
	case "PidTagRtfCompressed (decompressed)":
		return string(p.rtf()), nil
	case "MAPI property count":
		if on == "message" {
			return le.Uint32(p.data(attMsgProps, 0)), nil
		}
		return le.Uint32(p.data(attAttachment, 0)), nil
	}
	if on == "attachment[*]" {
		return p.each(property)
	}
	key, _, ok := mapi.KeyOf(property)
	if !ok {
		return nil, fmt.Errorf("%s is unknown here", property)
	}
	v, ok := p.m.Properties.Get(key)
	if !ok {
		return nil, nil
	}
	return v.Any(), nil
}

// each returns a fact of every attachment.
func (p *pair) each(property string) (any, error) {
	list := []any{}
	for _, a := range p.m.Attachments {
		switch property {
		case "long filename":
			list = append(list, mapi.PidTagAttachLongFilename.Or(&a.Properties, ""))
		case "content":
			list = append(list, string(content(p.t, a)))
		case "attAttachModifyDate":
			u, _ := mapi.PidTagLastModificationTime.Or(&a.Properties, 0).Time()
			list = append(list, u.Format("2006-01-02T15:04:05"))
		case "attAttachMetaFile length":
			b, _ := mapi.PidTagAttachRendering.Get(&a.Properties)
			if len(list) == 0 {
				list = append(list, len(b))
			}
			return list[0], nil
		default:
			return nil, fmt.Errorf("%s is unknown here", property)
		}
	}
	return list, nil
}

// ids returns the lower halves of the ids of the attributes.
func (p *pair) ids() (list []string) {
	for _, a := range rawAttributes(p.stream) {
		list = append(list, fmt.Sprintf("0x%04X", uint16(a.id)))
	}
	return list
}

// data returns the data of attribute number n of an id.
func (p *pair) data(id uint32, n int) []byte {
	for _, a := range rawAttributes(p.stream) {
		if a.id == id {
			if n--; n < 0 {
				return a.data
			}
		}
	}
	p.t.Fatalf("there is no attribute 0x%08X", id)
	return nil
}

// rawAttributes takes a stream apart as long as it is whole.
func rawAttributes(stream []byte) (list []part) {
	b := stream[6:]
	for len(b) >= 11 && (b[0] == 1 || b[0] == 2) && int64(le.Uint32(b[5:]))+11 <= int64(len(b)) {
		n := 9 + int(le.Uint32(b[5:]))
		list = append(list, part{b[0], le.Uint32(b[1:]), b[9:n]})
		b = b[n+2:]
	}
	return list
}

func (p *pair) names() []string {
	names := []string{}
	for i, a := range p.m.Attachments {
		names = append(names, tnef.FileName(a, i+1))
	}
	return names
}

func (p *pair) rtf() []byte {
	b, _ := mapi.PidTagRtfCompressed.Get(&p.m.Properties)
	b, _, _ = rtf.Decompress(b)
	return b
}

// extracted looks for every file that another program has extracted among the
// attachments and bodies. Those of MimeKit may have other line ends.
func (p *pair) extracted() {
	bodies := [][]byte{p.rtf()}
	if b, ok := mapi.PidTagHtml.Get(&p.m.Properties); ok {
		bodies = append(bodies, b)
	}
	var contents [][]byte
	for _, a := range p.m.Attachments {
		if a.Content != nil {
			contents = append(contents, content(p.t, a))
		}
	}
	for _, f := range p.files() {
		exact := strings.HasPrefix(f, "extracted_") && strings.HasPrefix(p.name, "verdammelt")
		if !exact && !strings.HasPrefix(f, "extracted") && !strings.HasPrefix(f, "mimekit_") {
			continue
		}
		want, err := p.file(f), fmt.Errorf("nothing that was read has its bytes")
		for _, got := range slices.Concat(bodies, contents) {
			if bytes.Equal(got, want) || !exact && bytes.Equal(withoutCR(got), withoutCR(want)) {
				err = nil
			}
		}
		p.judge(f, err)
	}
}

func withoutCR(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\r"), nil) }

// listings compares the names of the attachments, in any order, with what another
// program lists. It lists the body as a file, too.
func (p *pair) listings() {
	for _, f := range p.files() {
		if !strings.HasSuffix(f, ".list") {
			continue
		}
		var want []string
		for _, name := range strings.Fields(strings.ReplaceAll(string(p.file(f)), " ", "_")) {
			if !strings.HasSuffix(name, "body.rtf") && !strings.HasSuffix(name, "body.html") {
				want = append(want, name)
			}
		}
		var got []string
		for _, name := range p.names() {
			got = append(got, strings.ReplaceAll(name, " ", "_"))
		}
		slices.Sort(want)
		slices.Sort(got)
		var err error
		if !slices.Equal(want, got) {
			err = fmt.Errorf("%q; want %q", got, want)
		}
		p.judge(f, err)
	}
}
