// Toeml converts .msg files to Internet messages, and says what go-message reads in
// them. It is a step of the script outbound beside it.
//
//	toeml FOLDER < LIST
//
// LIST has lines of an id and the path of a .msg file, with a tab between. FOLDER
// receives ID.eml for each, and gomessage.jsonl with one line for each.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/contentconv/contentconv/mapi2mime"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: toeml FOLDER < LIST")
	}
	if err := run(context.Background(), os.Args[1]); err != nil {
		log.Fatal("toeml: ", err)
	}
}

func run(ctx context.Context, folder string) error {
	out, err := os.Create(filepath.Join(folder, "gomessage.jsonl"))
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
		f, err := convert(ctx, path, filepath.Join(folder, id+".eml"))
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

// convert writes the message and returns what is in it. A file that cannot be
// converted has no message.
func convert(ctx context.Context, from, to string) (*found, error) {
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
