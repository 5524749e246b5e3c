package mime2mapi_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	gomessage "github.com/emersion/go-message"
	"golang.org/x/text/encoding/charmap"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
)

// Whatever go-message reads can be converted: also what it would not write.
func TestConvertEntityWhatItReads(t *testing.T) {
	// As the package go-message/charset does for a program that imports it.
	defer func(before func(string, io.Reader) (io.Reader, error)) { gomessage.CharsetReader = before }(gomessage.CharsetReader)
	gomessage.CharsetReader = func(charset string, r io.Reader) (io.Reader, error) {
		if charset != "iso-8859-1" {
			return nil, errors.New("no such charset")
		}
		return charmap.ISO8859_1.NewDecoder().Reader(r), nil
	}
	for name, c := range map[string]struct{ eml, want string }{
		"another charset":       {"Content-Type: text/plain; charset=iso-8859-1; format=fixed\r\n\r\nGr\xFC\xDFe\r\n", "Grüße"},
		"another, encoded":      {"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: Quoted-Printable\r\n\r\nGr=FC=DFe\r\n", "Grüße"},
		"base64":                {"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nR3LDvMOfZQ==\r\n", "Grüße"},
		"charset of nobody":     {"Content-Type: text/plain; charset=x-none\r\n\r\nHello\r\n", "Hello"},
		"encoding of nobody":    {"Content-Type: text/plain\r\nContent-Transfer-Encoding: x-none\r\n\r\nHello\r\n", "Hello"},
		"type without a slash":  {"Content-Type: text\r\n\r\nHello\r\n", "Hello"},
		"parameters of no form": {"Content-Type: multipart/mixed; boundary=b;;x\r\n\r\n--b\r\n\r\nHello\r\n--b--\r\n", "Hello"},
		"charsets of parts":     {"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nGr\xFC\xDFe\r\n--b--\r\n", "Grüße"},
	} {
		t.Run(name, func(t *testing.T) {
			e, err := gomessage.Read(strings.NewReader("From: a@example.com\r\nMIME-Version: 1.0\r\n" + c.eml))
			if e == nil {
				t.Fatal(err)
			}
			res, err := mime2mapi.ConvertEntity(context.Background(), e, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Close()
			if got := strings.TrimSpace(mapi.PidTagBody.Or(&res.Message.Properties, "")); got != c.want {
				t.Errorf("the body is %q, not %q", got, c.want)
			}
		})
	}
}

// A multipart that a program made is one, whatever its parameters are.
func TestConvertEntityMade(t *testing.T) {
	var inner, outer gomessage.Header
	inner.Set("Content-Type", "text/plain")
	outer.Set("Content-Type", "multipart/mixed; boundary=b;;x")
	part, err := gomessage.New(inner, strings.NewReader("Hello"))
	if err != nil {
		t.Fatal(err)
	}
	e, err := gomessage.NewMultipart(outer, []*gomessage.Entity{part})
	if err != nil {
		t.Fatal(err)
	}
	res, err := mime2mapi.ConvertEntity(context.Background(), e, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Close()
	if got := mapi.PidTagBody.Or(&res.Message.Properties, ""); got != "Hello" {
		t.Errorf("the body is %q", got)
	}
}
