package msg_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/msg"
)

// TestMessagesOfTestdata writes the message objects of the repository's mail and
// reads them.
func TestMessagesOfTestdata(t *testing.T) {
	files, err := filepath.Glob("../testdata/eml/*.eml")
	if err != nil || len(files) < 100 {
		t.Fatalf("%d messages in testdata: %v", len(files), err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			f, err := os.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			converted, err := mime2mapi.Convert(t.Context(), f, nil)
			if err != nil {
				t.Skip(err)
			}
			defer converted.Close()
			strict := &msg.WriteOptions{Strict: true}
			file := write(t, converted.Message, strict)
			for _, p := range check(t, file) {
				t.Error(p)
			}
			res := read(t, file, nil)
			if len(res.Diagnostics) > 0 {
				t.Errorf("reading reports %v", res.Diagnostics)
			}
			for _, d := range differences(converted.Message, res.Message) {
				t.Error(d)
			}
			// What Write has added must not change any more.
			if again := write(t, res.Message, strict); !bytes.Equal(file, again) {
				t.Error("the message that was read makes another file")
			}
		})
	}
}
