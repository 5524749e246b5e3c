// Tortf writes the HTML and text bodies of Internet messages and, beside them, the
// RTF that encapsulates them. It is the first step of the script rtf.sh.
//
//	tortf FOLDER < LIST
//
// LIST has lines of an id and the path of a message, with a tab between. FOLDER
// receives ID.html and ID.html.rtf, ID.text and ID.text.rtf, as far as the message
// has such bodies. The bodies are in UTF-8 with CRLF line ends.
package main

import (
	"context"
	"io"
	"os"
	"strings"

	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/interop/listing"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/rtf"
)

func main() { listing.Run(convert) }

func convert(ctx context.Context, path, base string) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	res, err := mime2mapi.Convert(ctx, in, nil)
	if err != nil {
		return nil // not what is tested here
	}
	defer res.Close()
	return bodies(&res.Message.Properties, base)
}

func bodies(p *mapi.Properties, base string) error {
	if b, ok := mapi.PidTagHtml.Get(p); ok {
		html := string(b)
		if c := charset.ByCodePage(int(mapi.PidTagInternetCodepage.Or(p, 0))); c != nil {
			html, _ = c.Decode(b)
		}
		if err := write(base+".html", html, rtf.EncapsulateHTML); err != nil {
			return err
		}
	}
	if text, ok := mapi.PidTagBody.Get(p); ok {
		return write(base+".text", text, rtf.EncapsulateText)
	}
	return nil
}

func write(path, body string, encapsulate func(io.Writer, string) error) error {
	body = strings.NewReplacer("\x00", "", "\r\n", "\r\n", "\r", "\r\n", "\n", "\r\n").Replace(body)
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		return err
	}
	var out strings.Builder
	if err := encapsulate(&out, body); err != nil {
		return err
	}
	return os.WriteFile(path+".rtf", []byte(out.String()), 0o600)
}
