// Tomsg converts Internet messages to .msg files, and says what a reader of the
// files should find. It is the first step of the script run beside it.
//
//	tomsg FOLDER < LIST
//
// LIST has lines of an id and the path of a message, with a tab between. FOLDER
// receives ID.msg for each, and message.jsonl with one line for each.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/msg"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: tomsg FOLDER < LIST")
	}
	if err := run(context.Background(), os.Args[1]); err != nil {
		log.Fatal("tomsg: ", err)
	}
}

func run(ctx context.Context, folder string) error {
	out, err := os.Create(filepath.Join(folder, "message.jsonl"))
	if err != nil {
		return err
	}
	defer out.Close()
	lines := json.NewEncoder(out)
	for list := bufio.NewScanner(os.Stdin); list.Scan(); {
		id, path, ok := strings.Cut(list.Text(), "\t")
		if !ok {
			return fmt.Errorf("%q has no tab", list.Text())
		}
		f, err := convert(ctx, path, filepath.Join(folder, id+".msg"))
		if err != nil {
			f = &found{Error: err.Error()}
		}
		f.ID = id
		if err := lines.Encode(f); err != nil {
			return err
		}
	}
	return out.Close()
}

// convert writes the message file and returns what is in the message. A message
// that cannot be converted has no file.
func convert(ctx context.Context, from, to string) (*found, error) {
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
