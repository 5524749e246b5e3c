package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/msg"
)

// lossFile lists what does not survive from eml to .msg and back: message, field,
// and the reason, with tabs between them.
const lossFile = "testdata/losses.tsv"

// TestThereAndBack converts messages from eml to .msg and back, as the command
// line does it, once with the .msg as it is and once with the transport headers
// and every property that the tables do not name removed from it. What a reader
// sees of a message must survive in 99 of 100, and what does not is listed.
func TestThereAndBack(t *testing.T) {
	dirs := []string{"../../testdata/eml"}
	if dir := os.Getenv("CONTENTCONV_CORPUS"); dir != "" {
		dirs = append(dirs, dir)
	} else {
		t.Log("CONTENTCONV_CORPUS is not set: only the project's own messages are converted")
	}
	known, met := readLosses(t), make(map[string]bool)
	for _, dir := range dirs {
		files := mailFiles(t, dir)
		for _, stripped := range []bool{false, true} {
			whole := 0
			for _, file := range files {
				name, _ := filepath.Rel(dir, file)
				name = filepath.ToSlash(name)
				lost := thereAndBack(t, file, stripped)
				if len(lost) == 0 {
					whole++
				}
				for _, field := range lost {
					key := name + "\t" + field
					if met[key] = true; known[key] == "" {
						t.Errorf("%s (stripped: %v): %s does not survive", name, stripped, field)
					}
				}
			}
			t.Logf("%s, stripped %v: %d of %d messages survive", filepath.Base(dir), stripped, whole, len(files))
			if whole*100 < len(files)*99 {
				t.Errorf("fewer than 99 of 100 survive")
			}
		}
	}
	for key := range known {
		if len(dirs) == 2 && !met[key] {
			t.Errorf("%s: %q survives now; take it off the list", lossFile, key)
		}
	}
}

// thereAndBack returns the fields that do not survive.
func thereAndBack(t *testing.T, file string, stripped bool) []string {
	t.Helper()
	dir := t.TempDir()
	outlook, back := filepath.Join(dir, "a.msg"), filepath.Join(dir, "a.eml")
	none := []string{"-limit", "MaxMimeSubjectLength=-1", "-limit", "MaxMimeTextHeaderLength=-1", "-limit", "MaxBodyPartsTotal=-1", "-limit", "MaxEmbeddedMessageDepth=-1", "-limit", "MaxRecipientPropertyLength=-1"}
	command(t, append(none, "-from", "eml", file, outlook)...)
	if stripped {
		strip(t, outlook)
	}
	command(t, append(none, outlook, back)...)
	return lostBetween(view(t, file), view(t, back))
}

func command(t *testing.T, args ...string) {
	t.Helper()
	var out, problems bytes.Buffer
	if code := run(context.Background(), args, strings.NewReader(""), &out, &problems); code != exitConverted {
		t.Fatalf("contentconv %s: exit status %d, %s", strings.Join(args, " "), code, problems.String())
	}
}

// strip removes the transport headers and unknown properties from a .msg file.
func strip(t *testing.T, file string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	res, err := msg.Read(context.Background(), bytes.NewReader(b), int64(len(b)), nil)
	if err != nil {
		t.Fatal(err)
	}
	bags := []*mapi.Message{res.Message}
	unknown := func(p mapi.Property) bool {
		if p.Name != nil {
			_, _, ok := mapi.NameOf(*p.Name)
			return !ok
		}
		_, ok := mapi.TagName(p.Tag())
		return !ok || p.ID == mapi.PidTagTransportMessageHeaders.ID()
	}
	for len(bags) > 0 {
		m := bags[0]
		bags = bags[1:]
		m.Properties.DeleteFunc(unknown)
		for i := range m.Recipients {
			m.Recipients[i].Properties.DeleteFunc(unknown)
		}
		for _, a := range m.Attachments {
			a.Properties.DeleteFunc(unknown)
			if a.Message != nil {
				bags = append(bags, a.Message)
			}
		}
	}
	var out bytes.Buffer
	if _, _, err := msg.Write(context.Background(), &out, res.Message, nil); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// view returns what a reader sees of a message.
func view(t *testing.T, file string) map[string]string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	none := limits.Limits{MaxMimeTextHeaderLength: -1, MaxMimeSubjectLength: -1, MSize: -1, MaxMimeRecipients: -1,
		MaxRecipientPropertyLength: -1, MaxBodyPartsTotal: -1, MaxEmbeddedMessageDepth: -1}
	res, err := mime2mapi.Convert(context.Background(), bytes.NewReader(b), &mime2mapi.Options{Limits: none})
	if err != nil {
		t.Fatal(err)
	}
	defer res.Close()
	v := make(map[string]string)
	viewMessage(t, v, "", res.Message)
	return v
}

func viewMessage(t *testing.T, v map[string]string, at string, m *mapi.Message) {
	p := &m.Properties
	v[at+"subject"] = mapi.Subject(p)
	v[at+"message-id"] = mapi.PidTagInternetMessageId.Or(p, "")
	v[at+"date"] = fmt.Sprint(mapi.PidTagClientSubmitTime.Or(p, 0) / 10_000_000) // a Date field has seconds
	from, sender := mapi.SentRepresentingGroup.Get(p), mapi.SenderGroup.Get(p)
	v[at+"from"] = from.Name + " <" + from.SMTP + ">"
	v[at+"sender"] = sender.SMTP // of the same user the name is not written ([MS-OXCMAIL] 2.1.3.1.4)
	for i := range m.Recipients {
		a := m.Recipients[i].Address()
		v[fmt.Sprintf("%srecipient %d", at, i)] = fmt.Sprintf("%d %s <%s>", m.Recipients[i].Kind(), a.Name, a.SMTP)
	}
	v[at+"text"] = strings.TrimRight(mapi.PidTagBody.Or(p, ""), "\r\n")
	// Inline images are written before other attachments, so the order of the
	// files does not count, and that of the embedded messages does.
	var files []string
	messages := 0
	for _, a := range m.Attachments {
		if a.Message != nil {
			messages++
			viewMessage(t, v, fmt.Sprintf("%smessage %d ", at, messages), a.Message)
			continue
		}
		files = append(files, digest(t, a))
	}
	slices.Sort(files)
	v[at+"files"] = strings.Join(files, " ")
}

// digest identifies a file. The lines of signed entities end as in mail.
func digest(t *testing.T, a *mapi.Attachment) string {
	t.Helper()
	r, err := a.Content.Open(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	typ := mapi.PidTagAttachMimeTag.Or(&a.Properties, "")
	if typ == "multipart/signed" || typ == "application/pgp-signature" {
		b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
	}
	return fmt.Sprintf("%x", sha256.Sum256(b))
}

// lostBetween compares two views. What the first message has none of may be made
// up: a Message-ID, a date, a plain text beside HTML.
func lostBetween(before, after map[string]string) []string {
	var lost []string
	for key, want := range before {
		field := key[strings.LastIndexByte(key, ' ')+1:]
		if want == "" && (field == "message-id" || field == "text") || want == "0" && field == "date" {
			continue
		}
		if after[key] != want {
			lost = append(lost, key)
		}
	}
	for key := range after {
		if _, ok := before[key]; !ok {
			lost = append(lost, key+" (new)")
		}
	}
	slices.Sort(lost)
	return lost
}

// mailFiles returns the messages below a folder: files that begin like a header.
func mailFiles(t *testing.T, dir string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		parts := strings.Split(filepath.ToSlash(path), "/")
		inMail := slices.ContainsFunc(parts, func(p string) bool { return p == "eml" || strings.HasPrefix(p, "eml-") })
		switch filepath.Ext(path) {
		case ".eml", ".msg", ".raw", ".golden":
			if inMail {
				files = append(files, path)
			}
		case ".txt":
			if inMail && strings.HasPrefix(d.Name(), "messages_") {
				files = append(files, path)
			}
		}
		return nil
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d messages, %v", dir, len(files), err)
	}
	return files
}

func readLosses(t *testing.T) map[string]string {
	t.Helper()
	known := make(map[string]string)
	b, err := os.ReadFile(lossFile)
	if errors.Is(err, fs.ErrNotExist) {
		return known
	}
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimRight(line, "\r\n"); line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 || f[2] == "" {
			t.Fatalf("%s: %q has not three columns", lossFile, line)
		}
		known[f[0]+"\t"+f[1]] = f[2]
	}
	return known
}
