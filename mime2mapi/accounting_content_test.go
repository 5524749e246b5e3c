package mime2mapi_test

import (
	"bytes"
	"context"
	"encoding/base64"
	stdhtml "html"
	"io"
	"mime"
	"regexp"
	"slices"
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
	if tag := mapi.PidTagAttachMimeTag.Or(&a.Properties, ""); tag == "multipart/signed" {
		return inEntity(got, l)
	}
	within := !same || l.media == "message/external-body" || mapi.PidTagAttachEncoding.Has(&a.Properties)
	want := l.content
	if !l.encoded {
		got, want = unixLines(got), unixLines(want)
	}
	return bytes.Equal(got, want) || within && bytes.Contains(got, want)
}

// inEntity reports whether an entity that was kept whole, as signed ones are, has
// the leaf.
func inEntity(entity []byte, l leaf) bool {
	leaves, ok := leavesOf(entity)
	return ok && slices.ContainsFunc(leaves, func(x leaf) bool {
		return x.media == l.media && bytes.Equal(unixLines(x.content), unixLines(l.content))
	})
}

// inProperties reports whether the properties of a report have what the leaf says:
// the words of every field, apart from the type in front of a value and from what
// the message class says.
func inProperties(m *mapi.Message, l leaf) bool {
	if bytes.HasPrefix(l.content, tnefSignature) {
		return true // a stream of properties; the tests of TNEF compare them
	}
	var all strings.Builder
	collect := func(p *mapi.Properties) {
		for x := range p.All() {
			if s, ok := x.Value.Text(); ok {
				all.WriteString(strings.ToLower(s) + "\n")
			}
			if b, ok := x.Value.Bytes(); ok {
				all.WriteString(strings.ToLower(base64.StdEncoding.EncodeToString(b)) + "\n")
			}
		}
	}
	collect(&m.Properties)
	for i := range m.Recipients {
		collect(&m.Recipients[i].Properties)
	}
	for line := range strings.Lines(strings.ToLower(string(l.content))) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		if i := strings.LastIndexByte(value, ';'); i >= 0 {
			value = value[i+1:]
		}
		value, _ = new(mime.WordDecoder).DecodeHeader(strings.TrimSpace(value))
		if name != "action" && !strings.Contains(value, `\x{`) && !strings.Contains(all.String(), strings.ToLower(value)) {
			return false
		}
	}
	return true
}

// tnefSignature begins every TNEF stream ([MS-OXTNEF] 2.1.3.1).
var tnefSignature = []byte{0x78, 0x9F, 0x3E, 0x22}

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
