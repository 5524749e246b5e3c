package mapi2mime_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/internal/rfc2047"
	"github.com/contentconv/contentconv/internal/transfer"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
)

// A letter is a message as its bytes say it: header fields as they stand there, and
// the parts with what becomes of them in a message object.
type letter struct {
	raw   []byte
	root  *mimescan.Entity
	parts []letterPart
	m     *mapi.Message
	out   []byte // what is written of m

	unpacked bool // there are files within texts or within files
}

// packings are types of files that hold other files.
var packings = map[string]bool{
	"application/ms-tnef": true, "application/vnd.ms-tnef": true, "application/mac-binhex40": true, "application/applefile": true,
	"message/external-body": true,
}

// A letterPart is a leaf or the holder of an embedded message.
type letterPart struct {
	*mimescan.Entity
	to      mime2mapi.Disposition
	content []byte // decoded
}

// readLetter reads a message, makes an object of it, and writes that.
func readLetter(t *testing.T, raw []byte) *letter {
	t.Helper()
	root, err := mimescan.Scan(context.Background(), bytes.NewReader(raw), 0, int64(len(raw)), mimescan.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	res := toMAPI(t, raw)
	l := &letter{raw: raw, root: root, m: res.Message, out: toMIME(t, res.Message)}
	to := make(map[string]mime2mapi.Disposition)
	for _, p := range res.Parts {
		_, twice := to[p.Number]
		to[p.Number] = p.To
		l.unpacked = l.unpacked || twice || packings[p.Type]
	}
	root.Walk(func(e *mimescan.Entity) bool {
		kind, known := to[e.Section()]
		if e.Multipart {
			return true
		}
		if known && kind == mime2mapi.ToBody {
			text := l.decoded(e)
			l.unpacked = l.unpacked || len(transfer.FindUU(text)) > 0 || len(transfer.FindYEnc(text)) > 0 || bytes.Contains(text, []byte("converted with BinHex"))
		}
		if known {
			l.parts = append(l.parts, letterPart{e, kind, l.decoded(e)})
		}
		l.unpacked = l.unpacked || known && e.Encoding.Encoded() && e.ContentType.Type == "message"
		return false // what is in an embedded message is none of its parts
	})
	return l
}

// fields returns the fields of that name in the outermost header block.
func (l *letter) fields(name string) []mimescan.Field {
	var out []mimescan.Field
	for f := range l.root.Header.All(name) {
		out = append(out, f)
	}
	return out
}

// first returns the unfolded value of the first field of that name.
func (l *letter) first(name string) string {
	f, _ := l.root.Header.Get(name)
	return strings.TrimSpace(f.Unfolded())
}

// text returns a decoded value, its blanks joined.
func (l *letter) text(name string) string {
	s, _ := rfc2047.Decode(l.first(name), nil)
	return oneSpace(s)
}

// texts returns the characters of the bodies of a type.
func (l *letter) texts(mediaType string) []string {
	var out []string
	for _, p := range l.parts {
		if p.to != mime2mapi.ToBody || p.ContentType.Full != mediaType {
			continue
		}
		c := charset.Lookup(p.ContentType.Get("charset"))
		if c == nil {
			c = charset.UTF8()
		}
		s, _, _ := charset.DecodeDeclared(c, p.content)
		s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(charset.TrimBOM(s))
		out = append(out, strings.TrimRight(s, " \t\n"))
	}
	return out
}

// files describes the attachments by what is asked for.
func (l *letter) files(what func(p *letterPart) string) []string {
	var out []string
	for i := range l.parts {
		if p := &l.parts[i]; p.to == mime2mapi.ToAttachment {
			out = append(out, what(p))
		}
	}
	return out
}

// field returns an unfolded field of a part, "" where it has none.
func (p *letterPart) field(name string) string {
	f, _ := p.Header.Get(name)
	s, _ := rfc2047.Decode(f.Unfolded(), nil)
	return oneSpace(s)
}

func (p *letterPart) String() string { return fmt.Sprint(p.Section(), " ", p.ContentType.Full) }

// decoded returns the body of an entity without its transfer encoding.
func (l *letter) decoded(e *mimescan.Entity) []byte {
	return transfer.Decode(e.Encoding, l.raw[e.Body:e.End], nil)
}

// contentHash identifies the content of an attachment.
func contentHash(a *mapi.Attachment) string {
	if a.Content == nil {
		return "none"
	}
	r, err := a.Content.Open(context.Background())
	if err != nil {
		return err.Error()
	}
	defer r.Close()
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}
