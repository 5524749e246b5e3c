// Package listing is what the programs have in common that the scripts beside it begin
// with: they take a list of files and leave what they make of each in a folder.
package listing

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
)

// Run calls each for every line of standard input, which has an id and the path of a
// file, with a tab between. base is the path of what is made of the file, without an
// extension: the id in the folder that is the program's argument. The program ends with
// the first error.
func Run(each func(ctx context.Context, path, base string) error) {
	name := filepath.Base(os.Args[0])
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatalf("usage: %s FOLDER < LIST", name)
	}
	if err := run(context.Background(), each); err != nil {
		log.Fatalf("%s: %v", name, err)
	}
}

func run(ctx context.Context, each func(ctx context.Context, path, base string) error) error {
	list := bufio.NewScanner(os.Stdin)
	for list.Scan() {
		id, path, ok := strings.Cut(list.Text(), "\t")
		if !ok {
			return fmt.Errorf("%q has no tab", list.Text())
		}
		if err := each(ctx, path, filepath.Join(os.Args[1], id)); err != nil {
			return err
		}
	}
	return list.Err()
}

// Describe is [Run] for programs that say what is in each file. The named file in the
// folder receives one line of JSON for each: its id, and either what describe returns,
// an object, or the error.
func Describe[T any](file string, describe func(ctx context.Context, path, base string) (*T, error)) {
	Run(func(ctx context.Context, path, base string) error {
		id, err := json.Marshal(filepath.Base(base))
		if err != nil {
			return err
		}
		found, err := describe(ctx, path, base)
		var line []byte
		if err != nil {
			line, err = json.Marshal(struct {
				Error string `json:"error"`
			}{err.Error()})
		} else {
			line, err = json.Marshal(found)
		}
		if err != nil {
			return err
		}
		return appendLine(filepath.Join(filepath.Dir(base), file), fmt.Sprintf(`{"id":%s,%s`, id, line[1:]))
	})
}

func appendLine(path, line string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := f.WriteString(line + "\n"); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
