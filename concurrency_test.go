package contentconv_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/msg"
	"github.com/contentconv/contentconv/tnef"
)

// shares are what can be made of one message by many at once.
var shares = map[string]func(context.Context, io.Writer, *mapi.Message) error{
	"MIME": func(ctx context.Context, w io.Writer, m *mapi.Message) error {
		_, err := mapi2mime.Convert(ctx, w, m, outbound)
		return err
	},
	"MIME as an entity": func(ctx context.Context, w io.Writer, m *mapi.Message) error {
		e, err := mapi2mime.Entity(ctx, m, outbound)
		if err != nil {
			return err
		}
		return e.WriteTo(w)
	},
	"MIME with TNEF": func(ctx context.Context, w io.Writer, m *mapi.Message) error {
		_, err := mapi2mime.Convert(ctx, w, m, withTNEF)
		return err
	},
	".msg": func(ctx context.Context, w io.Writer, m *mapi.Message) error {
		_, _, err := msg.Write(ctx, w, m, fileOptions)
		return err
	},
	"TNEF": func(ctx context.Context, w io.Writer, m *mapi.Message) error {
		_, _, err := tnef.Write(ctx, w, m, streamOptions)
		return err
	},
	"JSON": mapi2json,
}

// Options that all goroutines share.
var (
	outbound      = &mapi2mime.Options{Key: []byte("key"), Now: time.Unix(1e9, 0)}
	withTNEF      = &mapi2mime.Options{Key: []byte("key"), Now: time.Unix(1e9, 0), TNEF: mapi2mime.AlwaysTNEF}
	fileOptions   = &msg.WriteOptions{}
	streamOptions = &tnef.WriteOptions{Standalone: true}
	inbound       = &mime2mapi.Options{Key: []byte("key"), PlainFromHTML: true, Contacts: true, Now: time.Unix(1e9, 0)}
)

func mapi2json(ctx context.Context, w io.Writer, m *mapi.Message) error {
	return mapi.EncodeJSON(ctx, w, m)
}

// One message, and one value of each kind of options, serve 64 goroutines: a message
// that was converted from a mail, one whose values are still in a .msg file, and one
// whose values are in a TNEF stream. The race detector finds what is written; that all
// get the same finds the rest.
func TestSharedMessages(t *testing.T) {
	for _, name := range []string{"alternative", "alternative-calendar-add", "attach-vcard", "digest", "forward-base64", "journal-report", "smime-clear-signed"} {
		t.Run(name, func(t *testing.T) { shareMail(t, filepath.Join("testdata/eml", name+".eml")) })
	}
}

func shareMail(t *testing.T, file string) {
	ctx := t.Context()
	eml, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	res, err := mime2mapi.ConvertAt(ctx, bytes.NewReader(eml), int64(len(eml)), inbound)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Close()
	var asFile, asStream bytes.Buffer
	if err := shares[".msg"](ctx, &asFile, res.Message); err != nil {
		t.Fatal(err)
	}
	if err := shares["TNEF"](ctx, &asStream, res.Message); err != nil {
		t.Fatal(err)
	}
	fromFile, err := msg.Read(ctx, bytes.NewReader(asFile.Bytes()), int64(asFile.Len()), nil)
	if err != nil {
		t.Fatal(err)
	}
	fromStream, err := tnef.Read(ctx, bytes.NewReader(asStream.Bytes()), int64(asStream.Len()), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("from a mail", func(t *testing.T) { shareMessage(t, res.Message) })
	t.Run("from a .msg", func(t *testing.T) { shareMessage(t, fromFile.Message) })
	t.Run("from TNEF", func(t *testing.T) { shareMessage(t, fromStream.Message) })
}

// shareMessage has goroutines make everything of one message that nobody has looked at
// before.
func shareMessage(t *testing.T, m *mapi.Message) {
	const goroutines = 64
	type outcome struct{ made, failed string }
	outcomes := make([]map[string]outcome, goroutines)
	var wg sync.WaitGroup
	for i := range goroutines {
		wg.Go(func() {
			outcomes[i] = make(map[string]outcome)
			for kind, make := range shares {
				var b strings.Builder
				var o outcome
				if err := make(t.Context(), &b, m); err != nil {
					o.failed = err.Error()
				}
				o.made = b.String()
				outcomes[i][kind] = o
			}
		})
	}
	wg.Wait()
	for kind, want := range outcomes[0] {
		for i := range outcomes {
			if got := outcomes[i][kind]; got != want {
				t.Fatalf("%s: goroutine %d made something else (%s, %s)", kind, i, got.failed, want.failed)
			}
		}
		if want.made == "" && want.failed == "" {
			t.Errorf("%s: nothing was made", kind)
		}
	}
}
