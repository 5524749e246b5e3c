package mapi2mime_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/msg"
)

// FuzzMail converts any mail to an object and on: the mail made of it follows the
// rules, the .msg file made of it reads back as the same object, of which the same mail
// is made, and the mail gives an object of the same kind as the first.
func FuzzMail(f *testing.F) {
	addMails(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		ctx := context.Background()
		first, err := mime2mapi.ConvertAt(ctx, bytes.NewReader(raw), int64(len(raw)), &mime2mapi.Options{Key: fixed.Key})
		if err != nil {
			return // FuzzConvert of that package has its failures
		}
		defer first.Close()
		var b bytes.Buffer
		res, err := mapi2mime.Convert(ctx, &b, first.Message, &fixed)
		if err != nil {
			checkRefusal(t, "to MIME", err, b.Len())
			return
		}
		out := b.Bytes()
		checkOutput(t, out, res)
		checkFile(t, first.Message, out)
		checkEntity(t, first.Message)
		second, err := mime2mapi.ConvertAt(ctx, bytes.NewReader(out), int64(len(out)), &mime2mapi.Options{Limits: unlimited, Key: fixed.Key})
		if err != nil {
			t.Fatalf("the mail that was written cannot be read: %v", err)
		}
		defer second.Close()
		everyone := addressed(first.Message) && !slices.ContainsFunc(append(first.Diagnostics, res.Diagnostics...), func(d diag.Diagnostic) bool { return slices.Contains(withoutAddress, d.Code) })
		if diff := cmp.Diff(kinds(first.Message, everyone), kinds(second.Message, everyone)); diff != "" {
			t.Errorf("the object of the mail that was written is another:\n%s\n%q", diff, out)
		}
	})
}

// withoutAddress are the reports of recipients that an object or a mail cannot have.
var withoutAddress = []diag.Code{diag.AddressInvalid, diag.AddressUnresolved, diag.AddressDowngraded, diag.RecipientIgnored, diag.BccOmitted}

// addMails seeds with the messages of the repository.
func addMails(f *testing.F) {
	names, err := filepath.Glob("../testdata/eml/*.eml")
	if err != nil || len(names) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
}

// checkFile writes a message as a .msg file, which has to be sound, and of which the
// same mail has to be made.
func checkFile(t *testing.T, m *mapi.Message, mail []byte) {
	t.Helper()
	ctx := context.Background()
	var file, again bytes.Buffer
	n, _, err := msg.Write(ctx, &file, m, nil)
	if err != nil {
		t.Fatalf("to .msg: %v", err)
	}
	if size, err := msg.Size(ctx, m, nil); err != nil || size != n || n != int64(file.Len()) {
		t.Errorf("%d bytes of a .msg were written, %d said, %d announced (%v)", file.Len(), n, size, err)
	}
	r := bytes.NewReader(file.Bytes())
	problems, err := msg.Check(ctx, r, r.Size())
	if err != nil || len(problems) > 0 {
		t.Errorf("the .msg that was written: %v, %v", problems, err)
	}
	if _, err := mapi2mime.ConvertMsg(ctx, &again, r, r.Size(), &fixed); err != nil {
		t.Fatalf("from .msg: %v", err)
	}
	if !bytes.Equal(mail, again.Bytes()) {
		t.Errorf("the .msg gives another mail:\n%s", cmp.Diff(strings.SplitAfter(string(mail), "\r\n"), strings.SplitAfter(again.String(), "\r\n")))
	}
}

// addressed reports whether each message has recipients. One that has none is written
// with those that its transport headers name, which stand there without the NULs and
// line ends that hid them in the mail.
func addressed(m *mapi.Message) bool {
	return len(m.Recipients) > 0 && !slices.ContainsFunc(m.Attachments, func(a *mapi.Attachment) bool { return a.Message != nil && !addressed(a.Message) })
}

// checkEntity reads the entity of a message that can be written.
func checkEntity(t *testing.T, m *mapi.Message) {
	t.Helper()
	e, err := mapi2mime.Entity(context.Background(), m, &fixed)
	if err != nil {
		t.Fatalf("the entity of what was written: %v", err)
	}
	if _, err := io.Copy(io.Discard, e.Body); err != nil {
		t.Errorf("the body of the entity: %v", err)
	}
}

// kinds tells of what kind a message and everything in it is, a line each, with its
// recipients or without.
func kinds(m *mapi.Message, recipients bool) (list []string) {
	var tell func(where string, m *mapi.Message)
	tell = func(where string, m *mapi.Message) {
		p := &m.Properties
		list = append(list, fmt.Sprintf("%sclass %s", where, mapi.PidTagMessageClass.Or(p, "")))
		for i := range m.Recipients {
			if !recipients {
				break
			}
			list = append(list, fmt.Sprintf("%srecipient of type %d", where, mapi.PidTagRecipientType.Or(&m.Recipients[i].Properties, 0)))
		}
		for i, a := range m.Attachments {
			list = append(list, fmt.Sprintf("%sattachment by method %d", where, mapi.PidTagAttachMethod.Or(&a.Properties, 0)))
			if a.Message != nil {
				tell(fmt.Sprintf("%s%d.", where, i), a.Message)
			}
		}
	}
	tell("", m)
	return list
}
