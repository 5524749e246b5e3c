package trace_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/contentconv/contentconv/trace"
)

// A Dir is given to a conversion as its Trace option. Here a record is traced
// by hand.
func ExampleDir() {
	root, err := os.MkdirTemp("", "trace")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(root)

	sink, err := trace.NewDir(root, nil)
	if err != nil {
		panic(err)
	}
	defer sink.Close()
	if err := sink.Trace(context.Background(), failure(1, data("Subject: hello\r\n\r\n"))); err != nil {
		panic(err)
	}

	found, err := filepath.Glob(filepath.Join(root, "*", "*", "*"))
	if err != nil {
		panic(err)
	}
	for _, path := range found {
		fmt.Println(filepath.Base(filepath.Dir(path)), filepath.Ext(path))
	}
	// Output:
	// InboundFailures .lock
	// InboundFailures .eml
	// InboundFailures .txt
	// OutboundFailures .lock
}
