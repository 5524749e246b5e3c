// Toics converts calendars to .msg files and back. It is the first step of the script
// ical.sh.
//
//	toics FOLDER < LIST
//
// LIST has lines of an id and the path of a calendar, with a tab between. FOLDER
// receives ID.a.ics, which is the calendar as it is, and ID.b.ics, what came back of
// it; neither for a calendar that no meeting can hold.
package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/contentconv/contentconv/ical"
	"github.com/contentconv/contentconv/interop/listing"
	"github.com/contentconv/contentconv/msg"
)

func main() {
	converted, fallbacks := 0, 0
	listing.Run(func(ctx context.Context, path, base string) error {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		back, err := thereAndBack(ctx, data)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if back == nil {
			fallbacks++
			return nil
		}
		converted++
		return keep(base, data, back, filepath.Base(path))
	})
	fmt.Printf("toics: %d calendars came back, %d fell back\n", converted, fallbacks)
}

// keep writes what is compared, and the name of the calendar.
func keep(base string, data, back []byte, name string) error {
	for suffix, b := range map[string][]byte{".a.ics": data, ".b.ics": back, ".name": []byte(name)} {
		if err := os.WriteFile(base+suffix, b, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// thereAndBack returns what comes back of a calendar through a .msg file, or nil for one
// that no meeting can hold.
func thereAndBack(ctx context.Context, data []byte) ([]byte, error) {
	in, err := ical.Import(ctx, data, &ical.ImportOptions{Single: true})
	if err != nil || in.Fallback != nil {
		return nil, err
	}
	var file, out bytes.Buffer
	if _, _, err := msg.Write(ctx, &file, in.Messages[0], nil); err != nil {
		return nil, err
	}
	res, err := msg.Read(ctx, bytes.NewReader(file.Bytes()), int64(file.Len()), nil)
	if err != nil {
		return nil, err
	}
	if _, err := ical.Export(ctx, &out, res.Message, nil); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
