package mime2mapi_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
)

// knownPartsFile lists parts that are rightly not found where another program's
// reading of the message has them: message, part and reason, with tabs between.
const knownPartsFile = "testdata/known-parts.tsv"

// Another program reads the leaves of every message, and each one must be found
// where Result.Parts says that it went. The messages are those of testdata/eml,
// and of the folder that CONTENTCONV_CORPUS names.
func TestPartAccounting(t *testing.T) {
	known := readKnownParts(t)
	messages, refused, leaves := 0, 0, 0
	for _, path := range accountedMessages(t) {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(filepath.Dir(path)) + "/" + filepath.Base(path)
		want, ok := leavesOf(raw)
		if !ok {
			refused++
			continue
		}
		messages++
		leaves += len(want)
		checkAccounting(t, name, raw, want, known)
	}
	for key, state := range known {
		if state == obsolete {
			t.Errorf("%s: no difference any more, remove it from %s", key, knownPartsFile)
		}
	}
	t.Logf("%d messages with %d leaves; %d more that go-message does not read", messages, leaves, refused)
}

func checkAccounting(t *testing.T, name string, raw []byte, want []leaf, known knownParts) {
	t.Helper()
	res, err := mime2mapi.ConvertAt(context.Background(), bytes.NewReader(raw), int64(len(raw)), nil)
	if err != nil {
		return // TestEveryMessageConverts of internal/corpustest judges that
	}
	defer res.Close()
	known.met(name)
	for _, l := range want {
		if why := unaccounted(res, l); why != "" && !known.allows(name, l.number) {
			t.Errorf("%s\t%s\t%s: %s", name, l.number, l.media, why)
		}
	}
}

// unaccounted returns why a leaf is not where the result says that it is, or "".
func unaccounted(res *mime2mapi.Result, l leaf) string {
	p := accountOf(res, l.number)
	if p == nil {
		return "no such part"
	}
	m := holder(res, p.Number)
	switch p.To {
	case mime2mapi.ToAttachment:
		if !inAttachment(m.Attachments[p.Attachment], l, p.Number == l.number) {
			return "not in its attachment"
		}
	case mime2mapi.ToBody:
		if !inBodies(m, l) {
			return "not in the body"
		}
	case mime2mapi.Dropped:
		return unjustified(m, l, p.Reason)
	case mime2mapi.ToProperty:
		if !inProperties(m, l) {
			return "not in the properties"
		}
	default:
		return "went to " + p.To.String()
	}
	return ""
}

// accountOf returns the line of a part, or of the innermost part around it that
// was kept as one attachment.
func accountOf(res *mime2mapi.Result, number string) *mime2mapi.Part {
	for n := number; n != ""; n = n[:max(0, strings.LastIndexByte(n, '.'))] {
		i := slices.IndexFunc(res.Parts, func(p mime2mapi.Part) bool {
			return p.Number == n && (n == number || p.To == mime2mapi.ToAttachment)
		})
		if i >= 0 {
			return &res.Parts[i]
		}
	}
	return nil
}

// holder returns the message that the part of that number belongs to: the root,
// or the embedded message of the part that encloses it most closely.
func holder(res *mime2mapi.Result, number string) *mapi.Message {
	m := res.Message
	for _, p := range res.Parts { // in the order of the source, so outer ones first
		if p.To == mime2mapi.ToMessage && strings.HasPrefix(number, p.Number+".") {
			m = m.Attachments[p.Attachment].Message
		}
	}
	return m
}

// unjustified holds the drop of a leaf to its reason.
func unjustified(m *mapi.Message, l leaf, reason mime2mapi.DropReason) string {
	switch reason {
	case mime2mapi.EmptyPart:
		if len(bytes.TrimSpace(l.content)) == 0 {
			return ""
		}
	case mime2mapi.MergedPart:
		for _, a := range m.Attachments {
			if info, ok := mapi.PidNameAttachmentMacInfo.Get(&a.Properties); ok && bytes.Equal(info, l.content) {
				return ""
			}
		}
	}
	return "dropped as " + string(reason) + ", which it is not"
}

func accountedMessages(t *testing.T) []string {
	t.Helper()
	list, err := filepath.Glob(emlDir + "/*.eml")
	if err != nil || len(list) == 0 {
		t.Fatalf("no messages in %s: %v", emlDir, err)
	}
	dir := os.Getenv("CONTENTCONV_CORPUS")
	if dir == "" {
		return list
	}
	for _, sub := range []string{"eml", "pairs"} {
		err := filepath.WalkDir(filepath.Join(dir, sub), func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && isCorpusMessage(sub, path) {
				list = append(list, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return list
}

func isCorpusMessage(sub, path string) bool {
	if sub == "pairs" {
		return filepath.Ext(path) == ".eml"
	}
	return !slices.Contains([]string{".json", ".out", ".xml"}, filepath.Ext(path)) && !strings.Contains(filepath.Base(path), "_decoded")
}

// knownParts are the lines of knownPartsFile, by message and part.
type knownParts map[string]knownState

type knownState uint8

const (
	unseen   knownState = iota // the message was not among those read
	obsolete                   // it was, and the part is where it belongs
	used
)

func readKnownParts(t *testing.T) knownParts {
	t.Helper()
	b, err := os.ReadFile(knownPartsFile)
	if err != nil {
		t.Fatal(err)
	}
	known := make(knownParts)
	for line := range strings.Lines(string(b)) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		columns := strings.Split(line, "\t")
		if len(columns) != 3 || columns[2] == "" {
			t.Fatalf("%s: %q is not message, part and reason", knownPartsFile, line)
		}
		known[columns[0]+" "+columns[1]] = unseen
	}
	return known
}

func (k knownParts) met(name string) {
	for key := range k {
		if message, _ := splitKey(key); message == name && k[key] == unseen {
			k[key] = obsolete
		}
	}
}

func (k knownParts) allows(name, number string) bool {
	key := name + " " + number
	if _, ok := k[key]; !ok {
		return false
	}
	k[key] = used
	return true
}

func splitKey(key string) (message, part string) {
	i := strings.LastIndexByte(key, ' ')
	return key[:i], key[i+1:]
}
