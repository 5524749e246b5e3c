package timezone

import (
	"archive/zip"
	_ "embed" // the database
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/contentconv/contentconv/diag"
)

// zoneinfo is the IANA database as Go distributes it. It is our own copy, because
// time.LoadLocation asks the host first, whose zones may be others.
//
//go:embed data/zoneinfo.zip
var zoneinfo string

// zoneFiles finds a file of the database by its name in lower case.
var zoneFiles = sync.OnceValue(func() map[string]*zip.File {
	files := make(map[string]*zip.File)
	r, err := zip.NewReader(strings.NewReader(zoneinfo), int64(len(zoneinfo)))
	if err != nil {
		return files
	}
	for _, f := range r.File {
		if !strings.HasSuffix(f.Name, "/") && f.Name != "Factory" {
			files[strings.ToLower(f.Name)] = f
		}
	}
	return files
})

// exists reports whether there is a zone of that name. Case doesn't matter.
func exists(name string) bool { return zoneFiles()[strings.ToLower(name)] != nil }

// Load returns a zone of the IANA database that is part of this package, whatever
// the host has. Case doesn't matter. Names that are in no database, "Local" and ""
// among them, are errors.
func Load(name string) (*time.Location, error) {
	f := zoneFiles()[strings.ToLower(name)]
	if f == nil {
		return nil, fmt.Errorf("%s is no zone of the IANA database", diag.Quote(name))
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return time.LoadLocationFromTZData(f.Name, data)
}
