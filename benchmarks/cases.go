package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"os"

	"github.com/contentconv/contentconv/mapi"
)

// A comparison is one piece of work on one message, and who does it. The first subject is
// this library, which the others are compared with.
type comparison struct {
	name string
	// make builds the messages, so that those of one case are in memory at a time.
	make func() ([]subject, error)
}

const library = "this library"

// Names of subjects that targets refer to.
const (
	goMessage     = "go-message, walked and drained"
	scanOnly      = "this library, structure alone"
	goMessageOut  = "go-message, writer"
	decodedCopy   = "io.Copy of base64.NewDecoder"
	otherWay      = "this library, the other way"
	noRecipients  = "this library, no recipients"
	standardWalk  = "net/mail, mime/multipart"
	mscfbList     = "mscfb"
	enmimeReading = "enmime, ReadEnvelope"
)

func readers(eml []byte) []subject {
	return []subject{
		{library, func() error { return toMAPI(eml) }},
		{scanOnly, func() error { return scan(eml) }},
		{goMessage, func() error { return walkGoMessage(eml) }},
		{"go-message, fields decoded too", func() error { return fieldsGoMessage(eml) }},
		{enmimeReading, func() error { return readEnmime(eml) }},
		{standardWalk, func() error { return walkStandard(eml) }},
	}
}

func megabytes(n int) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%d MB", n>>20)
}

// cases are all of the comparison.
func cases(s sizes, dir string) []comparison {
	all := waysIn(s)
	all = append(all, waysOut(s)...)
	for _, n := range s.attachments {
		all = append(all, msgCases(n, dir)...)
	}
	return all
}

func waysIn(s sizes) []comparison {
	in := func(name string, eml func() ([]byte, error)) comparison {
		return comparison{"to MAPI: " + name, func() ([]subject, error) {
			b, err := eml()
			return readers(b), err
		}}
	}
	plain := func(f func(int) []byte, n int) func() ([]byte, error) {
		return func() ([]byte, error) { return f(n), nil }
	}
	all := []comparison{
		in("text, 1 KB", plain(text, 1<<10)),
		in("text, 5 KB", plain(text, 5<<10)),
		in("newsletter, 60 KB", plain(newsletter, s.newsletter)),
		in(fmt.Sprintf("%d header fields", s.fields), plain(headerHeavy, s.fields)),
		in(fmt.Sprintf("%d parts", s.parts), plain(parts, s.parts)),
		in(fmt.Sprintf("%d levels", s.depth), plain(nested, s.depth)),
		in("meeting in TNEF", tnefMeeting),
		in("Chinese RTF in TNEF", func() ([]byte, error) { return tnefRichText(20 << 10) }),
		meeting("invitation, 4 KB", 0),
		meeting("series with 20 exceptions", 20),
	}
	for _, n := range s.attachments {
		all = append(all, in("attachments, "+megabytes(n), plain(attachments, n)))
	}
	for _, n := range s.recipients {
		all = append(all, people(n))
	}
	return all
}

func meeting(name string, exceptions int) comparison {
	return comparison{"to a meeting: " + name, func() ([]subject, error) {
		c := calendar(exceptions)
		eml := invitation(c)
		all := readers(eml)
		all[0].run = func() error { return toMeeting(eml, c) }
		return all, nil
	}}
}

// people compares a message of n recipients with one that has none, too.
func people(n int) comparison {
	return comparison{fmt.Sprintf("to MAPI, properties read: %d recipients", n), func() ([]subject, error) {
		eml, none := recipients(n), recipients(0)
		all := readers(eml)
		all[0].run = func() error { return toMAPIAndProperties(eml) }
		return append(all, subject{noRecipients, func() error { return toMAPIAndProperties(none) }}), nil
	}}
}

func waysOut(s sizes) []comparison {
	out := func(name string, f func(int) []byte, n int) comparison {
		return comparison{"to MIME: " + name, func() ([]subject, error) { return writers(f(n)) }}
	}
	all := []comparison{
		out("text, 5 KB", text, 5<<10),
		out("newsletter, 60 KB", newsletter, s.newsletter),
		// The writer adds a text, and may not have more parts than the reader.
		out(fmt.Sprintf("%d parts", s.parts-1), parts, s.parts-1),
	}
	for _, n := range s.recipients {
		all = append(all, out(fmt.Sprintf("%d recipients", n), recipients, n))
	}
	for _, n := range s.attachments {
		all = append(all, out("attachments, "+megabytes(n), attachments, n))
	}
	return all
}

// writers write the message object of a mail, which has all its contents in memory.
func writers(eml []byte) ([]subject, error) {
	m, err := detached(eml)
	if err != nil {
		return nil, err
	}
	w, err := readWritten(eml)
	if err != nil {
		return nil, err
	}
	return []subject{
		{library, func() error { return toMIME(m) }},
		{goMessageOut, func() error { return w.write(io.Discard) }},
		{otherWay, func() error { return toMAPI(eml) }},
	}, nil
}

func msgCases(n int, dir string) []comparison {
	size := megabytes(n)
	return []comparison{
		{"to .msg, a file: attachments, " + size, func() ([]subject, error) {
			eml := attachments(n)
			var lines bytes.Buffer
			writeBase64(&lines, make([]byte, n))
			return []subject{
				{library, func() error { return toFile(dir, func(w io.Writer) error { return toMsg(w, eml) }) }},
				{decodedCopy, func() error {
					return toFile(dir, func(w io.Writer) error {
						_, err := io.Copy(w, base64.NewDecoder(base64.StdEncoding, bytes.NewReader(lines.Bytes())))
						return err
					})
				}},
			}, nil
		}},
		{"open .msg and list: attachments, " + size, func() ([]subject, error) {
			return msgReaders(n, false, func(m *mapi.Message) error { list(m); return nil })
		}},
		{"open .msg and read all: attachments, " + size, func() ([]subject, error) {
			return msgReaders(n, true, drain)
		}},
	}
}

func msgReaders(n int, read bool, use func(*mapi.Message) error) ([]subject, error) {
	var b bytes.Buffer
	if err := toMsg(&b, attachments(n)); err != nil {
		return nil, err
	}
	file := b.Bytes()
	return []subject{
		{library, func() error {
			m, err := openMsg(file)
			if err != nil {
				return err
			}
			return use(m)
		}},
		{mscfbList, func() error { return listMscfb(file, read) }},
	}, nil
}

// toFile gives f a new file, which is removed afterwards.
func toFile(dir string, f func(io.Writer) error) error {
	file, err := os.CreateTemp(dir, "out-")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	if err := f(file); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}
