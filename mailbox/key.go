package mailbox

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"reflect"
	"runtime/debug"
	"time"

	"github.com/contentconv/contentconv/mapi2mime"
)

// key returns what an item's finding is remembered under.
func (p *Policy) key(item string) string {
	h := sha256.New()
	field(h, "item", item)
	field(h, "program", p.program)
	field(h, "version", p.Version)
	field(h, "sender", p.sender())
	field(h, "options", p.fingerprint)
	return hex.EncodeToString(h.Sum(nil))
}

// field writes a name and a value that cannot run into their neighbours.
func field(w io.Writer, name, value string) { fmt.Fprintf(w, "%s %d %s\n", name, len(value), value) }

// unseen are the options that a fingerprint cannot see or that do not change a
// message: what a caller's code answers, and where failures are traced.
var unseen = map[string]bool{"Trace": true, "Original": true, "OriginalSize": true, "Resolver": true}

// fingerprint returns the options that decide on the octets of a message, as a
// text that changes with each.
func fingerprint(o *mapi2mime.Options) string {
	h := sha256.New()
	v := reflect.ValueOf(*o)
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if unseen[name] {
			continue
		}
		value := v.Field(i).Interface()
		switch t := value.(type) {
		case *time.Location:
			if t != nil {
				value = t.String()
			}
		case time.Time:
			value = t.UnixNano()
		}
		field(h, name, fmt.Sprintf("%#v", value))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// program returns the versions of the modules of this program, and of its own
// source where the build knows it.
func program() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	return info.String()
}
