// Tomsg converts Internet messages to .msg files, and says what a reader of the
// files should find. It is the first step of the script run beside it.
//
//	tomsg FOLDER < LIST
//
// LIST has lines of an id and the path of a message, with a tab between. FOLDER
// receives ID.msg for each, and message.jsonl with one line for each.
package main

import (
	"context"
	"os"

	"github.com/contentconv/contentconv/interop/listing"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/msg"
)

func main() { listing.Describe("message.jsonl", convert) }

// convert writes the message file and returns what is in the message. A message
// that cannot be converted has no file.
func convert(ctx context.Context, from, base string) (*found, error) {
	to := base + ".msg"
	in, err := os.Open(from)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	res, err := mime2mapi.Convert(ctx, in, nil)
	if err != nil {
		return nil, err
	}
	defer res.Close()
	out, err := os.Create(to)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	if _, _, err := msg.Write(ctx, out, res.Message, &msg.WriteOptions{Strict: true}); err != nil {
		os.Remove(to)
		return nil, err
	}
	if err := out.Close(); err != nil {
		return nil, err
	}
	return describe(ctx, res.Message)
}
