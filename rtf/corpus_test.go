package rtf_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"io"
	"io/fs"
	"mime/quotedprintable"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/htmlscan"
	"github.com/contentconv/contentconv/internal/htmltext"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/msg"
	"github.com/contentconv/contentconv/rtf"
)

// corpusFiles calls f for each file of the corpus with one of the extensions.
func corpusFiles(t *testing.T, f func(t *testing.T, path string, file []byte), extensions ...string) {
	dir := os.Getenv("CONTENTCONV_CORPUS")
	if dir == "" {
		t.Skip("CONTENTCONV_CORPUS names no corpus; set it to run over one")
	}
	n := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		for _, e := range extensions {
			if strings.EqualFold(filepath.Ext(path), e) {
				file, err := os.ReadFile(path)
				if err != nil {
					return err
				}
				n++
				t.Run(filepath.Base(path), func(t *testing.T) { f(t, path, file) })
				return nil
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files", n)
}

// decodeFile decodes RTF within ten seconds and checks what holds of any result.
func decodeFile(t *testing.T, in []byte) *rtf.Document {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	doc, err := rtf.Decode(ctx, bytes.NewReader(in), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !utf8.ValidString(doc.HTML) || !utf8.ValidString(doc.Text) {
		t.Error("the output is no UTF-8")
	}
	for _, leak := range []string{`\htmlrtf`, `\htmltag`, `\pard`, `{\*`, "\x00"} {
		if strings.Contains(doc.HTML+doc.Text, leak) {
			t.Errorf("%q is left in the output", leak)
		}
	}
	return doc
}

// sameWords compares texts whose white space differs. What differs for a reason is in
// testdata/known-differences.txt, by the name of the file.
func sameWords(t *testing.T, path, what, got, want string) {
	t.Helper()
	got, want = strings.Join(strings.Fields(got), " "), strings.Join(strings.Fields(want), " ")
	key := filepath.Base(path) + "\t" + what
	reason, known := knownDifferences(t)[key]
	switch {
	case got == want && known:
		t.Errorf("%s: equal, though a difference is listed: %s", key, reason)
	case got != want && !known:
		i := 0
		for i < len(got) && i < len(want) && got[i] == want[i] {
			i++
		}
		from := max(0, i-30)
		t.Errorf("%s: differs at %d:\ngot  %.100q\nwant %.100q", key, i, got[from:], want[from:])
	}
}

func knownDifferences(t *testing.T) map[string]string {
	t.Helper()
	list, err := os.ReadFile("testdata/known-differences.txt")
	if err != nil {
		t.Fatal(err)
	}
	m := make(map[string]string)
	for line := range strings.Lines(string(list)) {
		if f := strings.SplitN(strings.TrimSpace(line), "\t", 3); len(f) == 3 && !strings.HasPrefix(line, "#") {
			m[f[0]+"\t"+f[1]] = f[2]
		}
	}
	return m
}

// beside returns the file that stands beside path under the same name with another
// ending.
func beside(path, ending string) ([]byte, bool) {
	b, err := os.ReadFile(strings.TrimSuffix(path, filepath.Ext(path)) + ending)
	return b, err == nil
}

func TestCorpusRTF(t *testing.T) {
	corpusFiles(t, func(t *testing.T, path string, file []byte) {
		doc := decodeFile(t, file)
		if kind := rtf.KindOf(file); kind != doc.Kind {
			t.Errorf("KindOf %v, Decode %v", kind, doc.Kind)
		}
		back, diags, err := rtf.Decompress(rtf.Compress(file))
		if err != nil || len(diags) > 0 || !bytes.Equal(back, file) {
			t.Errorf("compressed and decompressed: %v, %v", err, diags)
		}
		for _, ending := range []string{".expected.html", ".html"} {
			want, ok := beside(path, ending)
			switch {
			case !ok:
			case doc.Kind == rtf.Plain:
				sameWords(t, path, "html", htmltext.Convert(doc.HTML), htmltext.Convert(string(want)))
			default:
				sameWords(t, path, "html", string(htmlscan.SetCharset([]byte(doc.HTML), "utf-8")), string(htmlscan.SetCharset(want, "utf-8")))
			}
		}
		if want, ok := beside(path, ".txt"); ok && !assertRTF(t, path, doc) {
			sameWords(t, path, "txt", doc.HTML+doc.Text, string(want))
		}
		assertRTF(t, path, doc)
	}, ".rtf")
}

// assertRTF compares doc with the assertions in the folder of path, and reports
// whether there are any of that file.
func assertRTF(t *testing.T, path string, doc *rtf.Document) bool {
	b, err := os.ReadFile(filepath.Join(filepath.Dir(path), "assertions.json"))
	if err != nil {
		return false
	}
	var a struct {
		Assertions []struct {
			On, Op string
			Value  any
		}
	}
	if err := json.Unmarshal(b, &a); err != nil {
		t.Fatal(err)
	}
	found := false
	for _, a := range a.Assertions {
		value, _ := a.Value.(string)
		if !strings.HasPrefix(a.On, "de-encapsulated") {
			continue
		}
		found = true
		switch {
		case a.Op == "eq":
			sameWords(t, path, a.On, doc.HTML+doc.Text, value)
		case strings.HasPrefix(a.Op, "eq_file (quoted-printable, then "):
			label := strings.TrimSuffix(strings.TrimPrefix(a.Op, "eq_file (quoted-printable, then "), ")")
			f, err := os.ReadFile(filepath.Join(filepath.Dir(path), value))
			if err != nil {
				t.Fatal(err)
			}
			raw, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(f)))
			if err != nil {
				t.Fatal(err)
			}
			want, _ := charset.Lookup(label).Decode(raw)
			sameWords(t, path, a.On, doc.HTML+doc.Text, want)
		default:
			t.Errorf("assertion %q is not understood", a.Op)
		}
	}
	return found
}

// damaged reports whether there are diagnostics, other than the one about the sizes of
// stored contents that don't agree, as they often don't.
func damaged(compressed []byte, diags []diag.Diagnostic) bool {
	if string(compressed[8:12]) == "MELA" && len(diags) == 1 {
		return diags[0].Code != diag.RTFCompressionDamaged
	}
	return len(diags) > 0
}

// TestCorpusCompressed looks at compressed RTF by itself, with the RTF beside it.
func TestCorpusCompressed(t *testing.T) {
	corpusFiles(t, func(t *testing.T, path string, file []byte) {
		got, diags, err := rtf.Decompress(file)
		want, ok := beside(path, ".expected.rtf")
		if err != nil && !ok {
			return // some other binary file
		}
		if err != nil || damaged(file, diags) {
			t.Fatalf("%v, %v", err, diags)
		}
		if ok && !bytes.Equal(got, want) {
			t.Error("it differs from the file beside it")
		}
		decodeFile(t, got)
	}, ".bin")
}

// TestCorpusTNEF finds the compressed RTF in TNEF streams, where it stands in one
// piece, and compares the first, which is the message's own, with the RTF that another
// program took out of it.
func TestCorpusTNEF(t *testing.T) {
	corpusFiles(t, func(t *testing.T, path string, file []byte) {
		expected, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*.rtf"))
		for at := 8; ; at++ {
			i := bytes.Index(file[min(at, len(file)):], []byte("LZFu"))
			if i < 0 {
				return
			}
			at += i
			size := int64(binary.LittleEndian.Uint32(file[at-8:])) + 4
			if size > int64(len(file)-at+8) {
				continue // damaged, or no header
			}
			got, diags, err := rtf.Decompress(file[at-8:])
			if err != nil || len(diags) > 0 {
				t.Errorf("%v, %v", err, diags)
			}
			decodeFile(t, got)
			for _, name := range expected {
				want, err := os.ReadFile(name)
				if err == nil && !bytes.Equal(lines(got), lines(want)) {
					t.Errorf("it differs from %s", filepath.Base(name))
				}
			}
			expected = nil
		}
	}, ".tnef", ".dat")
}

// TestCorpusMsg takes the compressed RTF of message files and of those within them,
// and compares what it holds with the other bodies.
func TestCorpusMsg(t *testing.T) {
	bodies := 0
	corpusFiles(t, func(t *testing.T, path string, file []byte) {
		res, err := msg.Read(t.Context(), bytes.NewReader(file), int64(len(file)), nil)
		if err != nil {
			return // no message file, or a damaged one
		}
		messages(res.Message, func(m *mapi.Message) {
			c, ok := mapi.PidTagRtfCompressed.Get(&m.Properties)
			if !ok {
				return
			}
			got, diags, err := rtf.Decompress(c)
			if err != nil || damaged(c, diags) {
				t.Fatalf("%v, %v", err, diags)
			}
			bodies++
			if n := len(rtf.Compress(got)); n > len(c)*21/20+16 {
				t.Errorf("%d bytes compressed, %d in the file", n, len(c))
			}
			doc := decodeFile(t, got)
			if m == res.Message {
				if want, ok := beside(path, ".rtf"); ok && !bytes.Equal(lines(got), lines(want)) {
					t.Error("it differs from the RTF beside it")
				}
			}
			compareBodies(t, path, m, doc)
		})
	}, ".msg")
	t.Logf("%d bodies", bodies)
}

func lines(b []byte) []byte {
	return bytes.TrimRight(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")), "\x00\n")
}

// messages calls f for a message and those within it.
func messages(m *mapi.Message, f func(m *mapi.Message)) {
	f(m)
	for _, a := range m.Attachments {
		if a.Message != nil {
			messages(a.Message, f)
		}
	}
}

// compareBodies compares what RTF held with the HTML body, if there is one, and with
// the plain text body: exactly for text, by most of its words for HTML, since there
// are many ways to write a link or an image in plain text.
func compareBodies(t *testing.T, path string, m *mapi.Message, doc *rtf.Document) {
	if html, ok := mapi.PidTagHtml.Get(&m.Properties); ok && doc.Kind == rtf.HTML && utf8.Valid(html) {
		sameWords(t, path, "PidTagHtml", htmltext.Convert(doc.HTML), htmltext.Convert(string(html)))
	}
	body, ok := mapi.PidTagBody.Get(&m.Properties)
	switch {
	case !ok:
	case doc.Kind == rtf.Text:
		sameWords(t, path, "PidTagBody", doc.Text, body)
	default:
		got := doc.Text
		if doc.Kind == rtf.HTML {
			got = htmltext.Convert(doc.HTML)
		}
		have := make(map[string]bool)
		for _, w := range strings.Fields(got) {
			have[strings.Trim(w, "<>[]\"'")] = true
		}
		missing := []string{}
		all := strings.Fields(body)
		for _, w := range all {
			if w = strings.Trim(w, "<>[]\"'"); !have[w] {
				missing = append(missing, w)
			}
		}
		key := filepath.Base(path) + "\tmost words of PidTagBody"
		if _, known := knownDifferences(t)[key]; len(missing) > 2 && len(missing)*10 > len(all) && !known {
			t.Errorf("%s: %d of %d words are missing: %.200q", key, len(missing), len(all), missing)
		}
	}
}
