package mapi2mime_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/internal/textconv"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/msg"
)

func TestLineWrap(t *testing.T) {
	long := strings.Repeat("größer ", 30)
	for _, cp := range []int32{65001, 28591, 50220} {
		m := with(func(p *props) {
			mapi.PidTagBody.Set(p, long+"\r\n> "+long+"\r\n")
			mapi.PidTagInternetCodepage.Set(p, cp)
		})
		text := func(o *mapi2mime.Options) string { return strings.TrimRight(bodyText(t, m, o), "\r\n") }
		if got, want := text(&mapi2mime.Options{}), strings.TrimRight(long+"\r\n> "+long, "\r\n"); got != want {
			t.Errorf("code page %d: without the option the text is %q", cp, got)
		}
		got := text(&mapi2mime.Options{LineWrap: 40})
		if want := strings.TrimRight(textconv.Wrap(long+"\r\n> "+long, 40), "\r\n"); got != want || !strings.Contains(got, "größer\r\ngrößer") {
			t.Errorf("code page %d: text is %q; want %q", cp, got, want)
		}
	}
	m := with(func(p *props) { mapi.PidTagHtml.Set(p, []byte("<p>"+long+"</p>")) })
	mapi.PidTagBody.Delete(&m.Properties)
	root := write(t, m, &mapi2mime.Options{LineWrap: 40, Body: mapi2mime.HTML}).tree(t)
	if got := string(root.body); got != "<p>"+long+"</p>" {
		t.Errorf("HTML is %q", got)
	}
	write(t, new(mapi.Message), &mapi2mime.Options{LineWrap: 40})
}

// bodyText returns the text of a message of one part.
func bodyText(t *testing.T, m *mapi.Message, o *mapi2mime.Options) string {
	t.Helper()
	return mapi.PidTagBody.Or(&toMAPI(t, []byte(write(t, m, o).raw)).Message.Properties, "")
}

func TestNoHeaders(t *testing.T) {
	m := with(func(p *props) {
		mapi.PidTagTransportMessageHeaders.Set(p, "Subject: Hello\r\nX-A: b\r\n")
		mapi.PidTagMessageLocaleId.Set(p, 0x0409)
		mapi.PidNameContentClass.Set(p, "x")
		generic(p, "X-B", "c")
	})
	m.Attachments = []*mapi.Attachment{{Message: note()}}
	for _, purpose := range []mapi2mime.Purpose{mapi2mime.Submission, mapi2mime.Retrieval} {
		w := write(t, m, &mapi2mime.Options{NoHeaders: true, Purpose: purpose})
		var names []string
		for line := range strings.SplitSeq(strings.ReplaceAll(w.header(), "\r\n ", " "), "\r\n") {
			if name, _, ok := strings.Cut(line, ":"); ok {
				names = append(names, name)
			}
		}
		if got := strings.Join(names, " "); got != "MIME-Version Content-Type" {
			t.Errorf("%v: fields are %s", purpose, got)
		}
		inner := string(w.tree(t).part(t, 1).body)
		if s := fieldsOf(inner, "Subject"); len(s) != 1 {
			t.Errorf("%v: the embedded message has no header block: %q", purpose, inner)
		}
	}
}

func TestHeaderCharset(t *testing.T) {
	for _, c := range []struct {
		name, subject string
		codePage      int32
		charset       mapi2mime.HeaderCharset
		want          string
	}{
		{"the body's", "Größe", 28605, mapi2mime.MessageCharset, "=?iso-8859-15?B?R3L232U=?="},
		{"the body's lacks it", "日本", 28605, mapi2mime.MessageCharset, "=?utf-8?B?5pel5pys?="},
		{"the smallest: the body's", "Größe", 28605, mapi2mime.SmallestCharset, "=?iso-8859-15?B?R3L232U=?="},
		{"the smallest for UTF-8", "Größe", 65001, mapi2mime.SmallestCharset, "=?iso-8859-1?B?R3L232U=?="},
		{"the smallest: Cyrillic", "Привет", 65001, mapi2mime.SmallestCharset, "=?koi8-r?B?8NLJ18XU?="},
		{"the smallest: Japanese", "日本", 65001, mapi2mime.SmallestCharset, "=?iso-2022-jp?B?GyRCRnxLXBsoQg==?="},
		{"the smallest: nothing but UTF-8", "Größe 日本 Привет", 65001, mapi2mime.SmallestCharset, "=?utf-8?B?R3LDtsOfZSDml6XmnKwg0J/RgNC40LLQtdGC?="},
		{"the smallest: ASCII", "Hello", 65001, mapi2mime.SmallestCharset, "Hello"},
		{"UTF-8", "Größe", 28605, mapi2mime.UTF8Charset, "=?utf-8?B?R3LDtsOfZQ==?="},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := with(func(p *props) {
				mapi.PidTagSubject.Set(p, c.subject)
				mapi.PidTagBody.Set(p, "größer")
				mapi.PidTagInternetCodepage.Set(p, c.codePage)
				mapi.PidNameKeywords.Set(p, []string{c.subject})
				mapi.SentRepresentingGroup.SetInternet(p, &mapi.InternetAddress{Name: c.subject, Address: "a@example.com"})
			})
			w := write(t, m, &mapi2mime.Options{HeaderCharset: c.charset})
			w.want(t, "Subject", c.want, "Keywords", c.want, "From", c.want+" <a@example.com>")
		})
	}
}

func TestISO2022JP(t *testing.T) {
	const text = "日本語 ｱｲｳ"
	for _, c := range []struct {
		codePage int32
		option   bool
		want     string
	}{
		{932, false, "shift_jis"}, {932, true, "iso-2022-jp"}, {50220, false, "iso-2022-jp"}, {51932, true, "euc-jp"},
	} {
		m := with(func(p *props) {
			mapi.PidTagBody.Set(p, text)
			mapi.PidTagSubject.Set(p, text)
			mapi.PidTagInternetCodepage.Set(p, c.codePage)
		})
		o := &mapi2mime.Options{ISO2022JP: c.option}
		w := write(t, m, o)
		w.want(t, "Content-Type", "text/plain; charset="+c.want)
		if got := strings.TrimSpace(bodyText(t, m, o)); got != text {
			t.Errorf("%d: text is %q", c.codePage, got)
		}
		if !strings.HasPrefix(w.field(t, "Subject"), "=?"+c.want+"?") {
			t.Errorf("%d: subject is %s", c.codePage, w.field(t, "Subject"))
		}
	}
}

func TestFileNameOption(t *testing.T) {
	for option, want := range map[mapi2mime.FileNames]string{
		mapi2mime.BothNames:    `name="=?utf-8?B?Z3LDtsOfZS50eHQ=?=" filename*=utf-8''gr%C3%B6%C3%9Fe.txt`,
		mapi2mime.RFC2231Names: `name*=utf-8''gr%C3%B6%C3%9Fe.txt filename*=utf-8''gr%C3%B6%C3%9Fe.txt`,
		mapi2mime.RFC2047Names: `name="=?utf-8?B?Z3LDtsOfZS50eHQ=?=" filename="=?utf-8?B?Z3LDtsOfZS50eHQ=?="`,
	} {
		m := note()
		m.Attachments = []*mapi.Attachment{file("x", func(p *props) { mapi.PidTagAttachLongFilename.Set(p, "größe.txt") })}
		w := write(t, m, &mapi2mime.Options{FileNames: option, HeaderCharset: mapi2mime.UTF8Charset})
		var got []string
		for param := range strings.FieldsFuncSeq(w.raw, func(r rune) bool { return r == ';' || r == '\r' || r == '\n' }) {
			if param = strings.TrimSpace(param); strings.HasPrefix(param, "name") || strings.HasPrefix(param, "filename") {
				got = append(got, param)
			}
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%v: parameters are %s; want %s", option, s, want)
		}
		if a := toMAPI(t, []byte(w.raw)).Message.Attachments[0]; mapi.PidTagAttachLongFilename.Or(&a.Properties, "") != "größe.txt" {
			t.Errorf("%v: the name comes back as %q", option, mapi.PidTagAttachLongFilename.Or(&a.Properties, ""))
		}
	}
}

func TestEmbeddedAsMsg(t *testing.T) {
	inner := with(func(p *props) {
		mapi.PidTagSubject.Set(p, "In: side")
		mapi.PidTagComment.Set(p, "no header field says this")
	})
	m := note()
	m.Attachments = []*mapi.Attachment{{Message: inner}, {Message: new(mapi.Message)}, {Message: note()}}
	mapi.PidTagAttachLongFilename.Set(&m.Attachments[2].Properties, "name.MSG")
	w := write(t, m, &mapi2mime.Options{EmbeddedAsMsg: true})
	root := w.tree(t)
	if got := root.shape(); got != "mixed(plain, application/vnd.ms-outlook, application/vnd.ms-outlook, application/vnd.ms-outlook)" {
		t.Fatalf("structure is %s", got)
	}
	for i, want := range []string{"In side.msg", "message.msg", "name.MSG"} {
		part := root.part(t, i+1)
		_, params, _ := part.ContentDisposition()
		if params["filename"] != want {
			t.Errorf("file %d is %q; want %q", i, params["filename"], want)
		}
	}
	b := root.part(t, 1).body
	res, err := msg.Read(context.Background(), bytes.NewReader(b), int64(len(b)), nil)
	if err != nil {
		t.Fatal(err)
	}
	if s := mapi.PidTagComment.Or(&res.Message.Properties, ""); s != "no header field says this" {
		t.Errorf("the property comes back as %q", s)
	}
	m.Attachments[0].Message = m
	if _, err := mapi2mime.Convert(context.Background(), new(bytes.Buffer), m, &mapi2mime.Options{EmbeddedAsMsg: true}); err == nil {
		t.Errorf("a message that contains itself was written")
	}
}

func TestNamesOfNewOptions(t *testing.T) {
	var got []string
	for i := range uint8(4) {
		got = append(got, fmt.Sprint(mapi2mime.HeaderCharset(i), mapi2mime.FileNames(i)))
	}
	if s := strings.Join(got, "|"); s != "MessageCharset BothNames|SmallestCharset RFC2231Names|UTF8Charset RFC2047Names| " {
		t.Errorf("names are %q", s)
	}
}
