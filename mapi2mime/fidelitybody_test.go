package mapi2mime_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/filename"
	"github.com/contentconv/contentconv/internal/headerprop"
	"github.com/contentconv/contentconv/internal/mimeparam"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
)

func checkRootType(before, after *letter) []string {
	if before.kind() == "ordinary" {
		return nil // a notification without a multipart gets one
	}
	return differ("type", before.kind(), after.kind())
}

// kind says what a message is: what its root says, unless that is ordinary.
func (l *letter) kind() string {
	switch typ := l.root.ContentType.Full; typ {
	case "multipart/signed", "multipart/encrypted", "multipart/report":
		return typ
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		return "opaque"
	}
	return "ordinary"
}

func checkBodies(before, after *letter) []string {
	has := func(l *letter) (out []string) {
		for _, typ := range []string{"text/plain", "text/html"} {
			if len(strings.Join(l.texts(typ), "")) > 0 {
				out = append(out, typ)
			}
		}
		return out
	}
	for _, p := range before.parts {
		if p.to == mime2mapi.ToBody && p.ContentType.Full != "text/plain" && p.ContentType.Full != "text/html" || before.unpacked {
			return nil // enriched text becomes HTML
		}
	}
	was, now := has(before), has(after)
	if len(was) == 1 && was[0] == "text/html" {
		was = now[max(len(now)-1, 0):] // the plain text is made of the HTML
		now = was
	}
	return differLists("bodies", was, now)
}

func checkText(mediaType string) fidelityCheck {
	return func(before, after *letter) []string {
		was := before.texts(mediaType)
		if strings.Join(was, "") == "" || len(was) != 1 || before.unpacked {
			return nil // there is none, or it is put together of several, or taken apart
		}
		now := strings.Join(after.texts(mediaType), "+")
		return differ(mediaType, was[0], strings.TrimPrefix(now, declaration))
	}
}

// declaration is what HTML in another charset may get.
const declaration = `<meta http-equiv="Content-Type" content="text/html; charset=utf-8">`

func checkBodyCharset(before, after *letter) []string {
	body := func(l *letter) *charset.Charset {
		for _, p := range slices.Backward(l.parts) {
			if c := charset.Lookup(p.ContentType.Get("charset")); p.to == mime2mapi.ToBody && c != nil && len(p.content) > 0 {
				return c
			}
		}
		return nil
	}
	was, now := body(before), body(after)
	if was == nil || !was.ASCIICompatible() || now == nil || now == charset.ASCII() || was == charset.ASCII() || now == charset.UTF8() {
		return nil // UTF-8 says what the bytes are, where they are not what was declared
	}
	return differ("charset", was.Name(), now.Name())
}

// checkFileBytes looks for the content of every file. That of text may have got the
// line ends of mail.
func checkFileBytes(before, after *letter) []string {
	if before.unpacked {
		return nil
	}
	was, now := before.files(exactly), after.files(exactly)
	var lost []string
	for i, hash := range was {
		if slices.Contains(now, hash) || slices.Contains(after.files(asText), before.files(asText)[i]) {
			continue
		}
		lost = append(lost, fmt.Sprintf("file %d is gone", i))
	}
	if len(was) > len(now) {
		lost = append(lost, fmt.Sprintf("there were %d files and are %d", len(was), len(now)))
	}
	return lost
}

func exactly(p *letterPart) string { return fmt.Sprintf("%x", sha256.Sum256(p.content)) }

func asText(p *letterPart) string {
	if p.ContentType.Type != "text" && p.ContentType.Type != "message" && p.ContentType.Type != "application" {
		return exactly(p)
	}
	return string(bytes.TrimRight(bytes.ReplaceAll(p.content, []byte("\r\n"), []byte("\n")), "\n"))
}

// fileName returns the name of a file as it may be kept, "" for none.
func fileName(p *letterPart) string {
	f, _ := p.Header.Get("Content-Disposition")
	name := mimeparam.ParseDisposition(f.Unfolded(), nil).Get("filename")
	if name == "" {
		name = p.ContentType.Get("name")
	}
	name, _ = filename.Sanitize(name)
	return name
}

// fileType returns the media type of a file, "" for one that is not kept.
func fileType(p *letterPart) string {
	if p.ContentType.Type == "message" || p.ContentType.Type == "multipart" || packings[p.ContentType.Full] {
		return ""
	}
	return p.ContentType.Full
}

func fileID(p *letterPart) string {
	return strings.TrimSpace(headerprop.TrimID(p.field("Content-ID")) + " " + p.field("Content-Location"))
}

// checkFiles looks for something of every file that has it.
func checkFiles(what func(p *letterPart) string) fidelityCheck {
	return func(before, after *letter) []string {
		now := after.files(what)
		var lost []string
		for _, s := range before.files(what) {
			i := slices.Index(now, s)
			switch {
			case s == "" || before.unpacked:
			case i < 0:
				lost = append(lost, fmt.Sprintf("%q is gone", s))
			default:
				now = slices.Delete(now, i, i+1)
			}
		}
		return lost
	}
}

func checkInline(before, after *letter) []string {
	inline := func(l *letter) (out []string) {
		for _, a := range l.m.Attachments {
			if mapi.PidTagAttachFlags.Or(&a.Properties, 0)&4 != 0 {
				out = append(out, mapi.PidTagAttachContentId.Or(&a.Properties, ""))
			}
		}
		slices.Sort(out)
		return out
	}
	if before.unpacked {
		return nil
	}
	return differLists("inline images", inline(before), inline(after))
}

func checkMessages(before, after *letter) []string {
	return differLists("embedded messages", before.embedded(depth), after.embedded(depth))
}

// embedded describes the embedded messages by what is asked for.
func (l *letter) embedded(what func(level int, m *mapi.Message) string) []string {
	var out []string
	var walk func(level int, m *mapi.Message)
	walk = func(level int, m *mapi.Message) {
		if level > 0 {
			out = append(out, what(level, m))
		}
		for _, a := range m.Attachments {
			if a.Message != nil {
				walk(level+1, a.Message)
			}
		}
	}
	walk(0, l.m)
	return out
}

func depth(level int, _ *mapi.Message) string { return fmt.Sprint(level) }

func checkMessageHeaders(before, after *letter) []string {
	describe := func(_ int, m *mapi.Message) string {
		p := &m.Properties
		from, sender := mapi.SentRepresentingGroup.Get(p), mapi.SenderGroup.Get(p)
		list := []string{
			oneSpace(mapi.Subject(p)), from.Name, from.SMTP, strings.ToLower(sender.SMTP), fmt.Sprint(mapi.PidTagClientSubmitTime.Or(p, 0)),
			strings.Trim(mapi.PidTagInternetMessageId.Or(p, ""), "<>"), mapi.PidTagInReplyToId.Or(p, ""),
			strings.Join(strings.Fields(mapi.PidTagInternetReferences.Or(p, "")), " "), fmt.Sprint(mapi.PidTagImportance.Or(p, 1)),
		}
		for i := range m.Recipients {
			a := m.Recipients[i].Address()
			list = append(list, fmt.Sprint(m.Recipients[i].Kind(), a.Name, a.SMTP))
		}
		return strings.Join(list, "\n")
	}
	return differLists("embedded messages", before.embedded(describe), after.embedded(describe))
}

func checkMessageContent(before, after *letter) []string {
	describe := func(_ int, m *mapi.Message) string {
		p := &m.Properties
		html, _ := mapi.PidTagHtml.Get(p)
		list := []string{oneSpace(string(html))}
		if len(html) == 0 {
			list = append(list, oneSpace(mapi.PidTagBody.Or(p, "")))
		}
		var files []string
		for _, a := range m.Attachments {
			if a.Message == nil {
				files = append(files, contentHash(a)+" "+mapi.PidTagAttachLongFilename.Or(&a.Properties, ""))
			}
		}
		slices.Sort(files)
		return strings.Join(append(list, files...), "\n")
	}
	return differLists("embedded messages", before.embedded(describe), after.embedded(describe))
}

// checkSecured compares entities of these types, from the header block of the first
// part on.
func checkSecured(types ...string) fidelityCheck {
	return func(before, after *letter) []string {
		return differLists("secured entities", before.secured(types), after.secured(types))
	}
}

func (l *letter) secured(types []string) []string {
	var out []string
	l.root.Walk(func(e *mimescan.Entity) bool {
		if slices.Contains(types, e.ContentType.Full) {
			b := bytes.ReplaceAll(l.raw[e.Body:e.End], []byte("\r\n"), []byte("\n"))
			if !e.Multipart {
				b = l.decoded(e)
			}
			out = append(out, fmt.Sprintf("%s %x", e.ContentType.Full, sha256.Sum256(bytes.TrimRight(b, "\n"))))
		}
		return !slices.Contains(types, e.ContentType.Full)
	})
	return out
}

func checkReport(before, after *letter) []string {
	if before.kind() != "multipart/report" {
		return nil
	}
	return append(differ("report-type", strings.ToLower(before.root.ContentType.Get("report-type")), strings.ToLower(after.root.ContentType.Get("report-type"))),
		differLists("fields", before.reportFields(), after.reportFields())...)
}

// reportFields returns what a report says of its recipients: who, what happened and
// its status.
func (l *letter) reportFields() []string {
	var out []string
	l.root.Walk(func(e *mimescan.Entity) bool {
		switch e.ContentType.Full {
		case "message/delivery-status", "message/global-delivery-status", "message/disposition-notification":
		default:
			return e.Message == nil // not those of the message that is reported on
		}
		for line := range strings.Lines(string(l.decoded(e))) {
			name, value, _ := strings.Cut(line, ":")
			switch strings.ToLower(name) {
			case "final-recipient", "action", "status", "disposition", "original-message-id":
				out = append(out, strings.ToLower(name)+":"+strings.ToLower(strings.Join(strings.Fields(value), "")))
			}
		}
		return false
	})
	slices.Sort(out)
	return out
}
