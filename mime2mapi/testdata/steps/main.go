// Command steps converts the message that its argument names, without limits and
// with all the options that ask for work. TestBadInputsTakeLinearSteps builds it with
// counters at every statement.
package main

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mime2mapi"
)

func main() {
	if err := convert(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func convert(file string) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	o := mime2mapi.Options{Unflow: true, PlainFromHTML: true}
	for _, l := range o.Limits.All() {
		o.Limits.Set(l.Name, limits.None)
	}
	res, err := mime2mapi.ConvertAt(context.Background(), bytes.NewReader(b), int64(len(b)), &o)
	if err != nil {
		return err
	}
	defer res.Close()
	return res.Verify(context.Background())
}
