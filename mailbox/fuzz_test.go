package mailbox_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/mailbox"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/msg"
)

// FuzzPolicy judges any bytes as the file of a mailbox that has sound ones beside it,
// under each policy. What is served has exactly the octets that were said, in lines
// that a server can send; what is remembered is what was found.
func FuzzPolicy(f *testing.F) {
	f.Add([]byte("no file"), "postmaster@example.com", "poison.msg")
	f.Add([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, "a\r\nBcc: b@c", "x\r\n.\r\n\x00\xff")
	f.Add(sound(f), "", "")
	good := sound(f)
	f.Fuzz(func(t *testing.T, file []byte, sender, name string) {
		for _, onFailure := range []mailbox.OnFailure{mailbox.Hide, mailbox.Substitute, mailbox.Fail} {
			p, err := mailbox.New(&mapi2mime.Options{Key: []byte("fuzz")})
			if err != nil {
				t.Fatal(err)
			}
			p.OnFailure, p.Sender, p.Memory = onFailure, sender, new(mailbox.InMemory)
			s := newStore(good, file)
			s.items[1].(*mailbox.MsgFile).Name = name
			verdicts, err := p.Judge(t.Context(), s.items)
			if err != nil || len(verdicts) != 2 || verdicts[0].State != mailbox.Served {
				t.Fatalf("%v, %+v", err, verdicts)
			}
			again, err := p.Judge(t.Context(), s.items)
			if err != nil || !again[1].Remembered {
				t.Fatalf("%v: nothing is remembered of %+v", err, verdicts[1])
			}
			verdicts[1].Remembered = true // it is if the file is that beside it
			if again[1] != verdicts[1] {
				t.Errorf("%+v is remembered as %+v", verdicts[1], again[1])
			}
			if strings.ContainsAny(verdicts[1].Reason, "\r\n\x00\x1b") {
				t.Errorf("the reason is not one line: %q", verdicts[1].Reason)
			}
			checkServed(t, p, s.items[1], verdicts[1])
		}
	})
}

func sound(f *testing.F) []byte {
	f.Helper()
	m := new(mapi.Message)
	mapi.PidTagMessageClass.Set(&m.Properties, "IPM.Note")
	mapi.PidTagSubject.Set(&m.Properties, "sound")
	var b bytes.Buffer
	if _, _, err := msg.Write(f.Context(), &b, m, nil); err != nil {
		f.Fatal(err)
	}
	return b.Bytes()
}

func checkServed(t *testing.T, p *mailbox.Policy, it mailbox.Item, v mailbox.Verdict) {
	t.Helper()
	var b bytes.Buffer
	err := p.Write(t.Context(), &b, it, v)
	if v.State == mailbox.Hidden || v.State == mailbox.Failed {
		if !errors.Is(err, mailbox.ErrNotServed) || b.Len() > 0 || v.Size != 0 {
			t.Errorf("%+v: %v, %d octets", v, err, b.Len())
		}
		return
	}
	if err != nil || int64(b.Len()) != v.Size {
		t.Fatalf("%+v: %v, %d octets", v, err, b.Len())
	}
	if !bytes.HasSuffix(b.Bytes(), []byte("\r\n")) || bytes.ContainsAny(bytes.ReplaceAll(b.Bytes(), []byte("\r\n"), nil), "\r\n\x00") {
		t.Errorf("it does not consist of lines: %q", b.Bytes())
	}
	header, _, _ := bytes.Cut(b.Bytes(), []byte("\r\n\r\n"))
	for line := range bytes.SplitSeq(header, []byte("\r\n")) {
		if len(line) > 998 || len(line) == 0 {
			t.Errorf("a line of the header has %d octets", len(line))
		}
	}
}
