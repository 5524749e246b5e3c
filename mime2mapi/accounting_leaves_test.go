package mime2mapi_test

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	gomessage "github.com/emersion/go-message"
)

// A leaf is a part without parts, as another program reads it.
type leaf struct {
	number  string // as in Result.Parts
	media   string
	charset string
	encoded bool // in base64 or quoted-printable: its line ends are its own
	content []byte
}

// leavesOf reads the leaves of a message with go-message. Ok is false when that
// refuses the message or a part of it, or meets damage in one.
func leavesOf(raw []byte) (leaves []leaf, ok bool) {
	w := leafWalker{ok: true}
	w.message(bytes.NewReader(raw), "")
	return w.leaves, w.ok
}

type leafWalker struct {
	leaves []leaf
	ok     bool
}

func (w *leafWalker) message(r io.Reader, number string) {
	e, err := gomessage.Read(r)
	if w.usable(e, err) {
		w.entity(e, number, true, "")
	}
}

func (w *leafWalker) usable(e *gomessage.Entity, err error) bool {
	usable := e != nil && (err == nil || gomessage.IsUnknownCharset(err))
	w.ok = w.ok && usable
	return usable
}

// entity reads an entity. A message that is no multipart is its own part 1.
func (w *leafWalker) entity(e *gomessage.Entity, number string, root bool, parent string) {
	media, params, err := e.Header.ContentType()
	switch {
	case !e.Header.Has("Content-Type") && parent == "multipart/digest":
		media = "message/rfc822"
	case !e.Header.Has("Content-Type"):
		media = "text/plain"
	case err != nil:
		w.ok = false // what follows depends on the repair
		return
	}
	if mr := e.MultipartReader(); mr != nil {
		w.multipart(mr, number, media)
		return
	}
	if root {
		number = child(number, 1)
	}
	if media == "message/rfc822" || media == "message/global" {
		w.message(e.Body, number)
		return
	}
	content, err := io.ReadAll(e.Body)
	w.ok = w.ok && err == nil
	l := leaf{number: number, media: media, charset: params["charset"], content: content}
	switch strings.ToLower(e.Header.Get("Content-Transfer-Encoding")) {
	case "base64", "quoted-printable":
		l.encoded = true
	}
	w.leaves = append(w.leaves, l)
}

func (w *leafWalker) multipart(mr gomessage.MultipartReader, number, media string) {
	for i := 1; ; i++ {
		p, err := mr.NextPart()
		if err == io.EOF || !w.usable(p, err) {
			return
		}
		w.entity(p, child(number, i), false, media)
	}
}

func child(number string, i int) string {
	if number == "" {
		return strconv.Itoa(i)
	}
	return number + "." + strconv.Itoa(i)
}
