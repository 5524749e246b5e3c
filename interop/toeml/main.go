// Toeml converts .msg files to Internet messages, and says what go-message reads in
// them. It is a step of the script outbound beside it.
//
//	toeml FOLDER < LIST
//
// LIST has lines of an id and the path of a .msg file, with a tab between. FOLDER
// receives ID.eml for each, and gomessage.jsonl with one line for each.
package main

import (
	"bytes"
	"context"
	"os"

	"github.com/contentconv/contentconv/interop/listing"
	"github.com/contentconv/contentconv/mapi2mime"
)

func main() { listing.Describe("gomessage.jsonl", convert) }

// convert writes the message and returns what is in it. A file that cannot be
// converted has no message.
func convert(ctx context.Context, from, base string) (*found, error) {
	to := base + ".eml"
	in, err := os.Open(from)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	o := &mapi2mime.Options{Purpose: mapi2mime.Retrieval, Key: []byte("interop")}
	if _, err := mapi2mime.ConvertMsg(ctx, &b, in, info.Size(), o); err != nil {
		return nil, err
	}
	if err := os.WriteFile(to, b.Bytes(), 0o600); err != nil {
		return nil, err
	}
	return read(bytes.NewReader(b.Bytes()))
}
