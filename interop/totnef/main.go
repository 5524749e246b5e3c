// Totnef writes Internet messages as TNEF streams, and says what a reader of the
// streams should find. It is the first step of the script tnef.sh.
//
//	totnef FOLDER < LIST
//
// LIST has lines of an id and the path of a message or of a TNEF stream, with a tab
// between. FOLDER receives ID.dat for each, and message.jsonl with one line for
// each. Messages with a body get it in rich text as well, as Outlook writes it.
package main

import (
	"bytes"
	"context"
	"os"

	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/interop/listing"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/rtf"
	"github.com/contentconv/contentconv/tnef"
)

func main() { listing.Describe("message.jsonl", convert) }

// convert writes the stream and returns what is in the message. What cannot be
// converted has no stream.
func convert(ctx context.Context, from, base string) (*found, error) {
	to := base + ".dat"
	data, err := os.ReadFile(from)
	if err != nil {
		return nil, err
	}
	m, closeSource, err := message(ctx, data)
	if err != nil {
		return nil, err
	}
	defer closeSource()
	if err := addRichText(&m.Properties); err != nil {
		return nil, err
	}
	out, err := os.Create(to)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	if _, _, err := tnef.Write(ctx, out, m, &tnef.WriteOptions{Strict: true}); err != nil {
		os.Remove(to)
		return nil, err
	}
	if err := out.Close(); err != nil {
		return nil, err
	}
	f, err := describe(ctx, m)
	if err == nil {
		f.CodePage, err = codePage(ctx, to)
	}
	return f, err
}

// codePage returns that of the 8-bit strings in a stream that was written.
func codePage(ctx context.Context, path string) (int, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	res, err := tnef.Read(ctx, bytes.NewReader(b), int64(len(b)), nil)
	if err != nil {
		return 0, err
	}
	return res.CodePage, nil
}

// message reads a TNEF stream or an Internet message.
func message(ctx context.Context, data []byte) (m *mapi.Message, closeSource func() error, err error) {
	if tnef.HasSignature(data) {
		res, err := tnef.Read(ctx, bytes.NewReader(data), int64(len(data)), nil)
		if err != nil {
			return nil, nil, err
		}
		return res.Message, func() error { return nil }, nil
	}
	res, err := mime2mapi.ConvertAt(ctx, bytes.NewReader(data), int64(len(data)), nil)
	if err != nil {
		return nil, nil, err
	}
	return res.Message, res.Close, nil
}

// addRichText encapsulates the best body in rich text.
func addRichText(p *mapi.Properties) error {
	if mapi.PidTagRtfCompressed.Has(p) {
		return nil
	}
	var b bytes.Buffer
	html, ok := mapi.PidTagHtml.Get(p)
	page := charset.ByCodePage(int(mapi.PidTagInternetCodepage.Or(p, 0)))
	text := mapi.PidTagBody.Or(p, "")
	var err error
	switch {
	case ok && page != nil:
		s, _ := page.Decode(html)
		err = rtf.EncapsulateHTML(&b, s)
	case text != "":
		err = rtf.EncapsulateText(&b, text)
	default:
		return nil
	}
	if err == nil {
		mapi.PidTagRtfCompressed.Set(p, rtf.Compress(b.Bytes()))
	}
	return err
}
