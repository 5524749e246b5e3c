package mailbox_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset"
	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mailbox"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/msg"
	"github.com/contentconv/contentconv/trace"
)

// store is a mailbox of .msg files in memory that counts how often each is opened.
type store struct {
	items []mailbox.Item
	files [][]byte
	opens []atomic.Int64
}

type memoryFile struct{ *bytes.Reader }

func (memoryFile) Close() error           { return nil }
func (f memoryFile) Size() (int64, error) { return f.Reader.Size(), nil }

func newStore(files ...[]byte) *store {
	s := &store{files: files, opens: make([]atomic.Int64, len(files))}
	for i := range files {
		s.items = append(s.items, &mailbox.MsgFile{
			Name:     fmt.Sprintf("/store/%d.msg", i),
			Received: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
			Hash:     hash(files[i]),
			Open: func(context.Context) (mailbox.File, error) {
				s.opens[i].Add(1)
				return memoryFile{bytes.NewReader(s.files[i])}, nil
			},
		})
	}
	return s
}

func hash(file []byte) string {
	sum := sha256.Sum256(file)
	return hex.EncodeToString(sum[:])
}

// opened returns how often the files were opened since the last call.
func (s *store) opened() []int64 {
	n := make([]int64, len(s.opens))
	for i := range n {
		n[i] = s.opens[i].Swap(0)
	}
	return n
}

func msgFile(t *testing.T, subject string) []byte {
	t.Helper()
	m := new(mapi.Message)
	mapi.PidTagMessageClass.Set(&m.Properties, "IPM.Note")
	mapi.PidTagSubject.Set(&m.Properties, subject)
	mapi.PidTagBody.Set(&m.Properties, "Hello\r\n")
	var b bytes.Buffer
	if _, _, err := msg.Write(t.Context(), &b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// testStore has two messages with one between them that cannot be read, and behind
// them one whose subject passes its limit.
func testStore(t *testing.T) *store {
	return newStore(msgFile(t, "one"), []byte("no message file"), msgFile(t, "two"), msgFile(t, strings.Repeat("x", 300)))
}

func policy(t *testing.T, onFailure mailbox.OnFailure, memory mailbox.Memory, o mapi2mime.Options) *mailbox.Policy {
	t.Helper()
	if o.Key == nil {
		o.Key = []byte("key")
	}
	p, err := mailbox.New(&o)
	if err != nil {
		t.Fatal(err)
	}
	p.OnFailure, p.Memory, p.Workers = onFailure, memory, 4
	return p
}

func judge(t *testing.T, p *mailbox.Policy, items []mailbox.Item) []mailbox.Verdict {
	t.Helper()
	v, err := p.Judge(t.Context(), items)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func states(verdicts []mailbox.Verdict) (s []mailbox.State) {
	for _, v := range verdicts {
		s = append(s, v.State)
	}
	return s
}

func TestOneCorruptMessageHarmsNoOther(t *testing.T) {
	for _, test := range []struct {
		onFailure mailbox.OnFailure
		bad       mailbox.State
	}{
		{mailbox.Hide, mailbox.Hidden},
		{mailbox.Substitute, mailbox.Substituted},
		{mailbox.Fail, mailbox.Failed},
	} {
		t.Run(test.onFailure.String(), func(t *testing.T) {
			s := testStore(t)
			p := policy(t, test.onFailure, nil, mapi2mime.Options{})
			verdicts := judge(t, p, s.items)
			if diff := cmp.Diff([]mailbox.State{mailbox.Served, test.bad, mailbox.Served, test.bad}, states(verdicts)); diff != "" {
				t.Fatal(diff)
			}
			for i, v := range verdicts {
				var first, second bytes.Buffer
				err := p.Write(t.Context(), &first, s.items[i], v)
				again := p.Write(t.Context(), &second, s.items[i], v)
				if !bytes.Equal(first.Bytes(), second.Bytes()) || int64(first.Len()) != v.Size {
					t.Errorf("item %d: %d and %d octets written, judged %d", i, first.Len(), second.Len(), v.Size)
				}
				switch v.State {
				case mailbox.Served, mailbox.Substituted:
					if err != nil || again != nil || v.Size == 0 {
						t.Errorf("item %d: %v, %v, size %d", i, err, again, v.Size)
					}
				default:
					if !errors.Is(err, mailbox.ErrNotServed) || !strings.Contains(err.Error(), v.Reason) {
						t.Errorf("item %d: %v", i, err)
					}
				}
			}
			if got := verdicts[1].Reason; !strings.HasPrefix(got, "5.6.0 corrupt content: ") {
				t.Errorf("reason %q", got)
			}
			if got := verdicts[3].Reason; !strings.Contains(got, "MaxMimeSubjectLength") {
				t.Errorf("reason %q", got)
			}
		})
	}
}

func TestSubstituteCarriesTheOriginal(t *testing.T) {
	s := testStore(t)
	p := policy(t, mailbox.Substitute, nil, mapi2mime.Options{Purpose: mapi2mime.Retrieval})
	p.Sender = "postmaster@example.org"
	v := judge(t, p, s.items)[1]
	var b bytes.Buffer
	if err := p.Write(t.Context(), &b, s.items[1], v); err != nil {
		t.Fatal(err)
	}
	e, err := message.Read(&b)
	if err != nil {
		t.Fatal(err)
	}
	if got := e.Header.Get("From"); !strings.Contains(got, "<postmaster@example.org>") {
		t.Errorf("From %q", got)
	}
	if got := e.Header.Get("Date"); !strings.Contains(got, "2 Jan 2026 03:04:05") {
		t.Errorf("Date %q", got)
	}
	var text, file []byte
	err = e.Walk(func(_ []int, e *message.Entity, err error) error {
		kind, _, _ := e.Header.ContentType()
		_, params, _ := e.Header.ContentDisposition()
		switch {
		case kind == "text/plain" && err == nil:
			text, err = io.ReadAll(e.Body)
		case kind == "application/vnd.ms-outlook" && params["filename"] == "1.msg":
			file, err = io.ReadAll(e.Body)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(text, []byte(v.Reason)) {
		t.Errorf("text %q does not say %q", text, v.Reason)
	}
	if !bytes.Equal(file, s.files[1]) {
		t.Errorf("attached %q", file)
	}
}

func TestSubstituteWithoutWhatIsTooLarge(t *testing.T) {
	big := bytes.Repeat([]byte("no message file "), 10000)
	s := newStore(big)
	p := policy(t, mailbox.Substitute, nil, mapi2mime.Options{Limits: limits.Limits{MSize: 10000}})
	v := judge(t, p, s.items)[0]
	var b bytes.Buffer
	if err := p.Write(t.Context(), &b, s.items[0], v); err != nil {
		t.Fatal(err)
	}
	if v.State != mailbox.Substituted || b.Len() > 10000 || !strings.Contains(b.String(), "corrupt content") {
		t.Errorf("%+v\n%s", v, b.String())
	}
}

func TestRemembered(t *testing.T) {
	folder, err := mailbox.NewFolder(filepath.Join(t.TempDir(), "verdicts"))
	if err != nil {
		t.Fatal(err)
	}
	for name, memory := range map[string]mailbox.Memory{"in memory": new(mailbox.InMemory), "folder": folder} {
		t.Run(name, func(t *testing.T) {
			s := testStore(t)
			var traced atomic.Int64
			sink := sinkFunc(func() { traced.Add(1) })
			p := policy(t, mailbox.Hide, memory, mapi2mime.Options{Trace: sink})
			first := judge(t, p, s.items)
			if diff := cmp.Diff([]int64{1, 1, 1, 1}, s.opened()); diff != "" {
				t.Error(diff)
			}
			second := judge(t, policy(t, mailbox.Hide, memory, mapi2mime.Options{Trace: sink}), s.items)
			if diff := cmp.Diff([]int64{0, 0, 0, 0}, s.opened()); diff != "" {
				t.Error(diff)
			}
			if got := traced.Load(); got != 2 {
				t.Errorf("%d failures traced, want 2", got)
			}
			for i := range first {
				first[i].Remembered = true
			}
			if diff := cmp.Diff(first, second); diff != "" {
				t.Error(diff)
			}

			t.Run("the policy on failures may change", func(t *testing.T) {
				p := policy(t, mailbox.Substitute, memory, mapi2mime.Options{})
				third := judge(t, p, s.items)
				if third[1].State != mailbox.Substituted || third[1].Size == 0 || !third[1].Remembered {
					t.Errorf("%+v", third[1])
				}
				s.opened()
				if diff := cmp.Diff(third, judge(t, p, s.items)); diff != "" {
					t.Error(diff)
				}
				if diff := cmp.Diff([]int64{0, 0, 0, 0}, s.opened()); diff != "" {
					t.Error(diff)
				}
			})
			t.Run("a later version judges again", func(t *testing.T) {
				p := policy(t, mailbox.Hide, memory, mapi2mime.Options{})
				p.Version = "2"
				judge(t, p, s.items)
				if diff := cmp.Diff([]int64{1, 1, 1, 1}, s.opened()); diff != "" {
					t.Error(diff)
				}
			})
			t.Run("with other options it is served", func(t *testing.T) {
				p := policy(t, mailbox.Hide, memory, mapi2mime.Options{Limits: limits.Limits{MaxMimeSubjectLength: 400}})
				if got := judge(t, p, s.items)[3]; got.State != mailbox.Served || got.Remembered {
					t.Errorf("%+v", got)
				}
			})
		})
	}
}

// What may pass is not remembered: the item is served as soon as it can be read.
func TestReadErrorsAreNotRemembered(t *testing.T) {
	file := msgFile(t, "one")
	broken := true
	item := &mailbox.MsgFile{Hash: "1", Open: func(context.Context) (mailbox.File, error) {
		if broken {
			return nil, errors.New("the disk is away")
		}
		return memoryFile{bytes.NewReader(file)}, nil
	}}
	for _, onFailure := range []mailbox.OnFailure{mailbox.Hide, mailbox.Substitute} {
		broken = true
		p := policy(t, onFailure, new(mailbox.InMemory), mapi2mime.Options{})
		v := judge(t, p, []mailbox.Item{item})[0]
		if v.State != mailbox.Hidden || !strings.Contains(v.Reason, "the disk is away") {
			t.Errorf("%+v", v)
		}
		item.Hash = ""
		if v := judge(t, p, []mailbox.Item{item})[0]; v.State != mailbox.Hidden {
			t.Errorf("without a hash: %+v", v)
		}
		item.Hash = "1"
		broken = false
		if v := judge(t, p, []mailbox.Item{item})[0]; v.State != mailbox.Served || v.Remembered {
			t.Errorf("%+v", v)
		}
	}
}

func TestJudgeStops(t *testing.T) {
	s := testStore(t)
	t.Run("with its context", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if v, err := policy(t, mailbox.Hide, nil, mapi2mime.Options{}).Judge(ctx, s.items); !errors.Is(err, context.Canceled) || v != nil {
			t.Errorf("%v, %v", v, err)
		}
	})
	t.Run("with its memory", func(t *testing.T) {
		for _, memory := range []mailbox.Memory{badMemory{get: errBad}, badMemory{put: errBad}} {
			if v, err := policy(t, mailbox.Hide, memory, mapi2mime.Options{}).Judge(t.Context(), s.items); !errors.Is(err, errBad) || v != nil {
				t.Errorf("%v, %v", v, err)
			}
		}
	})
	t.Run("with a caller's panic", func(t *testing.T) {
		defer func() {
			if v := recover(); v != "mine" {
				t.Errorf("recovered %v", v)
			}
		}()
		item := &mailbox.MsgFile{Hash: "1", Open: func(context.Context) (mailbox.File, error) { panic("mine") }}
		_, err := policy(t, mailbox.Hide, nil, mapi2mime.Options{}).Judge(t.Context(), []mailbox.Item{item, item, item})
		t.Errorf("no panic: %v", err)
	})
}

func TestWriteOfAChangedItem(t *testing.T) {
	s := newStore(msgFile(t, "one"))
	p := policy(t, mailbox.Hide, nil, mapi2mime.Options{})
	v := judge(t, p, s.items)[0]
	s.files[0] = msgFile(t, "another subject")
	if err := p.Write(t.Context(), io.Discard, s.items[0], v); !errors.Is(err, mailbox.ErrChanged) {
		t.Error(err)
	}
}

func TestNewNeedsAKey(t *testing.T) {
	for _, o := range []*mapi2mime.Options{nil, {}} {
		if p, err := mailbox.New(o); err == nil || p != nil {
			t.Errorf("%v, %v", p, err)
		}
	}
}

func TestManyItemsInOrder(t *testing.T) {
	var files [][]byte
	for i := range 200 {
		f := msgFile(t, fmt.Sprintf("message %d", i))
		if i%20 == 7 {
			f = fmt.Appendf(nil, "no message file %d", i)
		}
		files = append(files, f)
	}
	s := newStore(files...)
	for i, v := range judge(t, policy(t, mailbox.Hide, new(mailbox.InMemory), mapi2mime.Options{}), s.items) {
		want := mailbox.Served
		if i%20 == 7 {
			want = mailbox.Hidden
		}
		if v.State != want {
			t.Errorf("item %d is %v, want %v", i, v.State, want)
		}
	}
}

func TestOnFailureAsAFlag(t *testing.T) {
	for _, want := range []mailbox.OnFailure{mailbox.Hide, mailbox.Substitute, mailbox.Fail} {
		text, _ := want.MarshalText()
		var got mailbox.OnFailure
		if err := got.UnmarshalText(text); err != nil || got != want {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	var f mailbox.OnFailure
	if err := f.UnmarshalText([]byte("ignore")); err == nil {
		t.Error("no error")
	}
}

func TestFolderIgnoresWhatItCannotRead(t *testing.T) {
	dir := t.TempDir()
	m, err := mailbox.NewFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	key := strings.Repeat("0", 64)
	for _, content := range []string{"", "{", "{}", "null"} {
		if err := os.WriteFile(filepath.Join(dir, key+".json"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if f, ok, err := m.Get(key); ok || err != nil {
			t.Errorf("%q: %+v, %v", content, f, err)
		}
	}
	if err := m.Put(key, mailbox.Finding{Size: 1}); err != nil {
		t.Fatal(err)
	}
	if f, ok, err := m.Get(key); !ok || err != nil || f.Size != 1 {
		t.Errorf("%+v, %v, %v", f, ok, err)
	}
	names, _ := filepath.Glob(filepath.Join(dir, "*"))
	if len(names) != 1 {
		t.Errorf("left behind: %q", names)
	}
}

var errBad = errors.New("no memory")

type badMemory struct{ get, put error }

func (m badMemory) Get(string) (mailbox.Finding, bool, error) { return mailbox.Finding{}, false, m.get }
func (m badMemory) Put(string, mailbox.Finding) error         { return m.put }

type sinkFunc func()

func (f sinkFunc) Trace(_ context.Context, r *trace.Record) error {
	if r.Direction != diag.Outbound {
		return errors.New("not outbound")
	}
	f()
	return nil
}

// A file whose hash is not known has the one of its content.
func TestMsgFileKey(t *testing.T) {
	file := msgFile(t, "one")
	item := &mailbox.MsgFile{Open: func(context.Context) (mailbox.File, error) {
		return memoryFile{bytes.NewReader(file)}, nil
	}}
	if got, err := item.Key(t.Context()); err != nil || got != hash(file) {
		t.Errorf("%s, %v", got, err)
	}
}
