package mapi2mime_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/mime2mapi"
)

// Messages go from MIME to objects and back, and once more. What a reader sees of
// them has to survive the first time, and every byte the second time.

// lossFile lists what cannot survive: message, field and reason, separated by
// tabs. A line of '#' is a remark.
const lossFile = "testdata/roundtrip-losses.tsv"

// A view is what a reader sees of a message.
type view map[string]string

// viewOf collects the view of a message and of those embedded in it.
func viewOf(t *testing.T, m *mapi.Message) view {
	v := make(view)
	v.collect(t, "", m, 0)
	return v
}

func (v view) collect(t *testing.T, at string, m *mapi.Message, depth int) {
	p := &m.Properties
	v[at+"subject"] = mapi.Subject(p)
	v[at+"class"] = mapi.PidTagMessageClass.Or(p, "")
	v[at+"message-id"] = mapi.PidTagInternetMessageId.Or(p, "")
	v[at+"in-reply-to"] = mapi.PidTagInReplyToId.Or(p, "")
	v[at+"references"] = strings.Join(strings.Fields(mapi.PidTagInternetReferences.Or(p, "")), " ")
	v[at+"date"] = fmt.Sprint(mapi.PidTagClientSubmitTime.Or(p, 0))
	v[at+"importance"] = fmt.Sprint(mapi.PidTagImportance.Or(p, 1))
	v[at+"from"] = person(mapi.SentRepresentingGroup.Get(p))
	v[at+"sender"] = person(mapi.SenderGroup.Get(p))
	v[at+"reply-to"] = replyTo(p)
	for i := range m.Recipients {
		r := &m.Recipients[i]
		key := fmt.Sprintf("%srecipients %d", at, r.Kind())
		v[key] += person(r.Address()) + "\n"
	}
	v[at+"text"] = strings.TrimRight(mapi.PidTagBody.Or(p, ""), "\r\n")
	html, _ := mapi.PidTagHtml.Get(p)
	v[at+"html"] = strings.TrimRight(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(html)), "\n")
	for i, a := range m.Attachments {
		where := fmt.Sprintf("%sattachment %d ", at, i+1)
		if a.Message != nil {
			v[where+"kind"] = "message"
			v.collect(t, where, a.Message, depth+1)
			continue
		}
		v[where+"kind"] = "file"
		v[where+"name"] = mapi.PidTagAttachLongFilename.Or(&a.Properties, "")
		v[where+"content"] = digest(t, a)
		v[where+"id"] = mapi.PidTagAttachContentId.Or(&a.Properties, "")
		v[where+"inline"] = fmt.Sprint(mapi.PidTagAttachFlags.Or(&a.Properties, 0))
	}
}

func person(a mapi.Address) string { return a.Name + " <" + a.SMTP + ">" }

func replyTo(p *mapi.Properties) string {
	b, _ := mapi.PidTagReplyRecipientEntries.Get(p)
	if b == nil {
		return ""
	}
	list, err := mapi.ParseFlatEntryList(b)
	if err != nil {
		return err.Error()
	}
	var out strings.Builder
	for _, id := range list {
		if o, ok := mapi.ParseEntryID(id, nil).(*mapi.OneOff); ok {
			fmt.Fprintf(&out, "%s <%s>\n", o.Name, o.Address)
		}
	}
	return out.String()
}

func digest(t *testing.T, a *mapi.Attachment) string {
	t.Helper()
	r, err := a.Content.Open(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	h := sha256.New()
	n, err := io.Copy(h, r)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%d bytes %x", n, h.Sum(nil))
}

var fixed = mapi2mime.Options{
	Key: []byte("round trip"), Now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Purpose: mapi2mime.Retrieval,
	Limits: unlimited,
}

var unlimited = limits.Limits{
	MaxMimeTextHeaderLength: -1, MaxMimeSubjectLength: -1, MSize: -1, MaxMimeRecipients: -1,
	MaxRecipientPropertyLength: -1, MaxBodyPartsTotal: -1, MaxEmbeddedMessageDepth: -1,
}

// toMAPI converts a message that may be beyond limits, which fail it.
func toMAPI(t *testing.T, raw []byte) *mime2mapi.Result {
	t.Helper()
	res, err := mime2mapi.Convert(context.Background(), bytes.NewReader(raw), &mime2mapi.Options{Limits: unlimited, Key: fixed.Key})
	if err != nil {
		t.Fatalf("to an object: %v", err)
	}
	t.Cleanup(func() { res.Close() })
	return res
}

func toMIME(t *testing.T, m *mapi.Message) []byte {
	t.Helper()
	var b bytes.Buffer
	res, err := mapi2mime.Convert(context.Background(), &b, m, &fixed)
	if err != nil {
		t.Fatalf("to MIME: %v", err)
	}
	if res.Size != int64(b.Len()) {
		t.Errorf("size is %d, %d bytes were written", res.Size, b.Len())
	}
	checkLines(t, b.Bytes())
	return b.Bytes()
}

// A trip is one message there and back, with the fields that did not survive.
type trip struct {
	name   string
	fields int
	lost   []string
}

func (c *trip) run(t *testing.T, raw []byte, o func(*mapi.Message)) {
	first := toMAPI(t, raw)
	o(first.Message)
	before := viewOf(t, first.Message)
	out1 := toMIME(t, first.Message)
	second := toMAPI(t, out1)
	after := viewOf(t, second.Message)
	out2 := toMIME(t, second.Message)
	for key, want := range before {
		c.fields++
		if want == "" && (strings.HasSuffix(key, "text") || key == "message-id") || want == "0" && key == "date" {
			continue // made of the HTML, made up, and that of the delivery
		}
		if after[key] != want {
			c.lost = append(c.lost, key)
			if os.Getenv("CONTENTCONV_CORPUS_SHOW") != "" {
				t.Logf("%s: %s (-want +got):\n%s", c.name, key, cmp.Diff(want, after[key]))
			}
		}
	}
	for key := range after {
		if _, ok := before[key]; !ok {
			c.fields++
			c.lost = append(c.lost, key)
			t.Logf("%s: %s is new", c.name, key)
		}
	}
	if !bytes.Equal(out1, out2) {
		c.lost = append(c.lost, "fixpoint")
		if os.Getenv("CONTENTCONV_CORPUS_SHOW") != "" {
			t.Logf("%s: (-first +second):\n%s", c.name, cmp.Diff(string(out1), string(out2)))
		}
	}
	slices.Sort(c.lost)
}

func TestRoundTrip(t *testing.T) {
	dirs := map[string]string{"testdata": "../testdata/eml"}
	if dir := os.Getenv("CONTENTCONV_CORPUS"); dir != "" {
		dirs["corpus"] = dir
	}
	known, met := readLosses(t), make(map[string]bool)
	for kind, dir := range dirs {
		files := messages(t, dir)
		if len(files) == 0 {
			t.Fatalf("no messages in %s", dir)
		}
		for _, without := range []bool{false, true} {
			name := kind
			if without {
				name += " without transport headers"
			}
			t.Run(name, func(t *testing.T) { roundTrip(t, known, met, kind, dir, files, without) })
		}
		for key := range known {
			file, _, _ := strings.Cut(key, "\t")
			if slices.Contains(files, strings.TrimPrefix(file, kind+"/")) && !met[key] {
				t.Errorf("%s survives; take it off %s", key, lossFile)
			}
		}
	}
}

// roundTrip converts messages there and back, and notes in met which losses it
// met.
func roundTrip(t *testing.T, known map[string]string, met map[string]bool, kind, dir string, files []string, without bool) {
	fields, lost := 0, 0
	for _, file := range files {
		raw, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		c := trip{name: kind + "/" + file}
		t.Run(file, func(t *testing.T) {
			c.run(t, raw, func(m *mapi.Message) {
				if without {
					mapi.PidTagTransportMessageHeaders.Delete(&m.Properties)
				}
			})
			for _, field := range c.lost {
				if met[c.name+"\t"+field] = true; known[c.name+"\t"+field] == "" {
					t.Errorf("%s\t%s\tREASON", c.name, field)
				}
			}
		})
		fields += c.fields
		lost += len(c.lost)
	}
	t.Logf("%d messages, %d fields, %d lost (%.2f %%)", len(files), fields, lost, 100*float64(lost)/float64(fields))
	if lost*100 > fields {
		t.Errorf("more than 1 %% is lost")
	}
}

// messages returns the messages below a folder, without expected results.
func messages(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		rel = filepath.ToSlash(rel)
		switch filepath.Ext(path) {
		case ".eml":
		case ".msg", ".txt", "":
			if !strings.HasPrefix(rel, "eml/") || strings.Contains(rel, "_decoded") {
				return err
			}
		default:
			return err
		}
		out = append(out, rel)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func readLosses(t *testing.T) map[string]string {
	t.Helper()
	f, err := os.Open(lossFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := make(map[string]string)
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := lines.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 3 || cells[2] == "" {
			t.Fatalf("%s: %q is not message, field and reason", lossFile, line)
		}
		out[cells[0]+"\t"+cells[1]] = cells[2]
	}
	return out
}
