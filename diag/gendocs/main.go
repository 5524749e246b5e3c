// Gendocs writes the page of all diagnostic codes from the table in package diag.
// Its argument is the file to write.
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"

	"github.com/contentconv/contentconv/diag"
)

const intro = `# Diagnostics

<!-- Generated from diag/codes.go by diag/gendocs. Do not edit. -->

A conversion reports every repair, fallback and loss as a diagnostic: a severity, a
code, a place (the part's number and the header field) and a detail. Codes are
stable API: a code never changes its meaning and is never used for another one.

- **info** is a note. The message means what it meant.
- **warning** is a repair or a fallback. The result is a best effort.
- **loss** is content that the result does not hold.

With ` + "`Options.Malformed = Reject`" + ` a diagnostic whose code is marked *malformed* is a
failure: reason "malformed MIME", status 5.6.0.

At most %d diagnostics of a code and %d in all are kept; the last one says how many
more there were.

| code | severity | malformed | meaning |
| --- | --- | --- | --- |
`

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: gendocs FILE")
	}
	if err := os.WriteFile(os.Args[1], page(), 0o644); err != nil {
		log.Fatal(err)
	}
}

func page() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, intro, diag.MaxPerCode, diag.MaxTotal)
	for _, c := range diag.Codes() {
		malformed := ""
		if c.Malformed() {
			malformed = "yes"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", c, c.Severity(), malformed, c.Description())
	}
	return b.Bytes()
}
