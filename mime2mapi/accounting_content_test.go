package mime2mapi_test

import (
	"bytes"
	"context"
	stdhtml "html"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/contentconv/contentconv/mapi"
)

// inAttachment reports whether an attachment has the content of a leaf: equal to
// it where the leaf is the part that the attachment was made of; within it where
// that part encloses the leaf, and where a header stands before it.
func inAttachment(a *mapi.Attachment, l leaf, same bool) bool {
	if a.Content == nil {
		return false
	}
	r, err := a.Content.Open(context.Background())
	if err != nil {
		return false
	}
	defer r.Close()
	got, err := io.ReadAll(r)
	if err != nil {
		return false
	}
	within := !same || l.media == "message/external-body" || mapi.PidTagAttachEncoding.Has(&a.Properties)
	want := l.content
	if !l.encoded {
		got, want = unixLines(got), unixLines(want)
	}
	return bytes.Equal(got, want) || within && bytes.Contains(got, want)
}

func unixLines(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")) }

// uuBlock is an uuencoded file within a text.
var uuBlock = regexp.MustCompile(`(?ms)^begin [0-7]{3,4} [^\n]*\n.*?^end *\r?\n`)

// inBodies reports whether a body of the message has the text of a leaf, apart
// from white space. What is uuencoded in it must be attachments.
func inBodies(m *mapi.Message, l leaf) bool {
	html, _ := mapi.PidTagHtml.Get(&m.Properties)
	if len(html) > 0 && bytes.Contains(html, l.content) {
		return true
	}
	bodies := []string{mapi.PidTagBody.Or(&m.Properties, ""), string(html), stdhtml.UnescapeString(tags.ReplaceAllString(string(html), ""))}
	text, certain := decodeLeaf(l)
	if hasText(bodies, text, certain) {
		return true
	}
	if l.media == "text/html" || l.media == "text/enriched" {
		return hasText(bodies, tags.ReplaceAllString(text, ""), certain)
	}
	files := uuBlock.FindAllString(text, -1)
	return len(files) > 0 && len(files) == len(m.Attachments) && hasText(bodies, uuBlock.ReplaceAllString(text, ""), certain)
}

var tags = regexp.MustCompile(`(?s)<(/?[a-z][^>]*)>`)

// hasText reports whether one of the bodies has a text. Where it is not known in
// which charset that is, its ASCII letters and digits must suffice.
func hasText(bodies []string, text string, certain bool) bool {
	reduce := squeeze
	if !certain {
		reduce = asciiWords
	}
	for _, b := range bodies {
		if strings.Contains(reduce(b), reduce(text)) {
			return true
		}
	}
	return false
}

func squeeze(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\x00", "")), " ")
}

func asciiWords(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= utf8.RuneSelf || r <= ' ' {
			return -1
		}
		return r
	}, s)
}

// decodeLeaf returns the text of a leaf, and whether its charset is certain.
func decodeLeaf(l leaf) (text string, certain bool) {
	if utf8.Valid(l.content) && !bytes.ContainsAny(l.content, "\x00\x1B") {
		return string(l.content), true
	}
	if e, err := htmlindex.Get(l.charset); err == nil {
		b, _, err := transform.Bytes(unicode.BOMOverride(e.NewDecoder()), l.content)
		if err == nil && !bytes.ContainsRune(b, utf8.RuneError) {
			return string(b), true
		}
	}
	return string(l.content), false
}
