package rtf_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"strings"

	"github.com/contentconv/contentconv/rtf"
)

// The body of a message is in its property PidTagRtfCompressed.
func ExampleDecodeCompressed() {
	property := rtf.Compress([]byte(`{\rtf1\ansi\fromhtml1 {\*\htmltag84 <b>}Hello{\*\htmltag92 </b>}}`))

	doc, err := rtf.DecodeCompressed(context.Background(), bytes.NewReader(property), nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(doc.Kind, doc.HTML)
	// Output: HTML <b>Hello</b>
}

func ExampleDecompressor() {
	property := rtf.Compress([]byte(`{\rtf1 Hello}`))
	property[12]++ // the checksum

	d := rtf.NewDecompressor(bytes.NewReader(property), nil)
	text, err := io.ReadAll(d)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s\n%v\n", text, d.Diagnostics())
	// Output:
	// {\rtf1 Hello}
	// [warning: rtf-compression-damaged: the checksum is 4B7A8A1B, that of the contents 4B7A8A1A]
}

// Encapsulated HTML becomes compressed RTF without being held in memory twice.
func ExampleCompressTo() {
	var body bytes.Buffer
	if err := rtf.EncapsulateHTML(&body, "<p>Hello</p>"); err != nil {
		log.Fatal(err)
	}
	var property bytes.Buffer
	_, err := rtf.CompressTo(&property, func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(body.Bytes())), nil
	})
	if err != nil {
		log.Fatal(err)
	}
	doc, err := rtf.DecodeCompressed(context.Background(), &property, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(doc.HTML)
	// Output: <p>Hello</p>
}

func ExampleKindOf() {
	for _, s := range []string{`{\rtf1\ansi\fromtext Hello}`, `{\rtf1\ansi Hello}`, `Hello`} {
		fmt.Println(rtf.KindOf([]byte(s)))
	}
	doc, err := rtf.Decode(context.Background(), strings.NewReader(`{\rtf1\ansi\fromtext Hello\par}`), nil)
	fmt.Printf("%q %v\n", doc.Text, err)
	// Output:
	// text
	// plain
	// kind(0)
	// "Hello\r\n" <nil>
}
