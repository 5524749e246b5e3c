package corpustest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// An element of mime4j's tree (X_decoded.xml): message, multipart, body-part,
// header, field, preamble, epilogue, text-body, binary-body. The bodies are in
// files of their own, decoded from their transfer encoding.
type m4jElement struct {
	XMLName  xml.Name
	Name     string       `xml:"name,attr"`
	Text     string       `xml:",chardata"`
	Children []m4jElement `xml:",any"`
}

func (e *m4jElement) child(name string) *m4jElement {
	for i := range e.Children {
		if e.Children[i].XMLName.Local == name {
			return &e.Children[i]
		}
	}
	return nil
}

// readMime4j reads the tree that stands beside an input. base is the input's
// path without its extension.
func readMime4j(base string) (*wantMessage, error) {
	data, err := os.ReadFile(base + "_decoded.xml")
	if err != nil {
		return nil, err
	}
	if !utf8.Valid(data) {
		// mime4j wrote bytes of headers as characters of Latin-1.
		data, _ = charmap.ISO8859_1.NewDecoder().Bytes(data)
	}
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.Strict = false
	var root m4jElement
	if err := dec.Decode(&root); err != nil {
		return nil, err
	}
	r := m4jReader{dir: filepath.Dir(base), prefix: filepath.Base(base)}
	return r.message(&root)
}

type m4jReader struct {
	dir, prefix string
}

func (r *m4jReader) message(e *m4jElement) (*wantMessage, error) {
	w := &wantMessage{}
	fields := fieldsOf(e)
	w.headerFields(fields)
	return w, r.leaves(w, e, fields, "")
}

// leaves walks a message or a body-part: a header and one content.
func (r *m4jReader) leaves(w *wantMessage, e *m4jElement, fields []m4jField, number string) error {
	if multi := e.child("multipart"); multi != nil {
		n := 0
		for i := range multi.Children {
			part := &multi.Children[i]
			if part.XMLName.Local != "body-part" {
				continue
			}
			n++
			if err := r.leaves(w, part, fieldsOf(part), strings.TrimPrefix(fmt.Sprintf("%s.%d", number, n), ".")); err != nil {
				return err
			}
		}
		return nil
	}
	if number == "" {
		number = "1"
	}
	leaf := &wantLeaf{Number: number}
	leaf.contentFields(fields)
	if inner := e.child("message"); inner != nil {
		m, err := r.message(inner)
		if err != nil {
			return err
		}
		leaf.Message = m
	} else if err := r.body(leaf, e, fields); errors.Is(err, fs.ErrNotExist) {
		return nil // the corpus lacks files that are copies of others
	} else if err != nil {
		return err
	}
	w.Leaves = append(w.Leaves, leaf)
	return nil
}

func (r *m4jReader) body(leaf *wantLeaf, e *m4jElement, fields []m4jField) error {
	text, binary := e.child("text-body"), e.child("binary-body")
	if text == nil && binary == nil {
		return nil
	}
	file := text
	if text == nil {
		file = binary
	}
	data, err := os.ReadFile(filepath.Join(r.dir, r.file(file.Name)))
	if err != nil {
		return err
	}
	if text == nil || leaf.Type != "" && !strings.HasPrefix(leaf.Type, "text/") {
		leaf.Data = data
		return nil
	}
	s := decodeCharset(data, charsetOf(fields))
	leaf.Text = &s
	return nil
}

// file returns the name of a body's file here: the name in the tree lacks the
// suite's prefix.
func (r *m4jReader) file(name string) string {
	if i := strings.Index(name, "_decoded"); i >= 0 {
		return r.prefix + name[i:]
	}
	return name
}

type m4jField struct{ name, body string }

func fieldsOf(e *m4jElement) []m4jField {
	header := e.child("header")
	if header == nil {
		return nil
	}
	var out []m4jField
	for _, f := range header.Children {
		name, body, ok := strings.Cut(f.Text, ":")
		if !ok {
			continue
		}
		body = strings.NewReplacer("\r\n", "", "\n", "").Replace(body)
		out = append(out, m4jField{strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(body)})
	}
	return out
}

func firstField(fields []m4jField, name string) (string, bool) {
	for _, f := range fields {
		if f.name == name {
			return f.body, true
		}
	}
	return "", false
}

func charsetOf(fields []m4jField) string {
	body, _ := firstField(fields, "content-type")
	_, params, _ := mime.ParseMediaType(body)
	return params["charset"]
}

// contentFields takes type and name from the fields that Go's mime package can
// read; of others the tree says nothing that could be compared.
func (l *wantLeaf) contentFields(fields []m4jField) {
	if body, ok := firstField(fields, "content-type"); ok {
		if t, params, err := mime.ParseMediaType(body); err == nil && strings.Contains(t, "/") {
			l.Type, l.Name = t, decodeWords(params["name"])
		}
	}
	if body, ok := firstField(fields, "content-disposition"); ok {
		if _, params, err := mime.ParseMediaType(body); err == nil && params["filename"] != "" {
			l.Name = decodeWords(params["filename"])
		}
	}
}

// headerFields takes what Go's net/mail can read from the raw fields: mime4j's
// tree has them undecoded.
func (w *wantMessage) headerFields(fields []m4jField) {
	if s, ok := firstField(fields, "subject"); ok && utf8.ValidString(s) {
		s = decodeWords(s)
		w.Subject = &s
	}
	w.MessageID, _ = firstField(fields, "message-id")
	// Go takes names of zones for UTC.
	if s, ok := firstField(fields, "date"); ok && numericZone.MatchString(s) {
		w.Date, _ = mail.ParseDate(s)
	}
	if boxes, ok := addresses(fields, "from"); ok {
		w.From = first(boxes)
	}
	w.To, _ = addresses(fields, "to")
	w.Cc, _ = addresses(fields, "cc")
}

var numericZone = regexp.MustCompile(`[+-][0-9]{4}\b`)

func addresses(fields []m4jField, name string) ([]Mailbox, bool) {
	boxes, found := []Mailbox{}, false
	parser := mail.AddressParser{WordDecoder: &wordDecoder}
	for _, f := range fields {
		if f.name != name {
			continue
		}
		list, err := parser.ParseList(f.body)
		if err != nil {
			return nil, false
		}
		found = true
		for _, a := range list {
			if strings.Contains(f.body, "(") {
				a.Name = "" // Go takes comments for names, [MS-OXCMAIL] 2.2.3.1.1 does not
			}
			boxes = append(boxes, Mailbox{a.Name, a.Address})
		}
	}
	if !found {
		return nil, false
	}
	return boxes, true
}

var wordDecoder = mime.WordDecoder{CharsetReader: func(charset string, r io.Reader) (io.Reader, error) {
	data, err := io.ReadAll(r)
	return strings.NewReader(decodeCharset(data, charset)), err
}}

func decodeWords(s string) string {
	if out, err := wordDecoder.DecodeHeader(s); err == nil {
		return out
	}
	return s
}
