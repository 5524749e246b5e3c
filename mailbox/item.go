package mailbox

import (
	"context"
	"io"
	"time"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
)

// An Item is one message of a mailbox. [MsgFile] is one; a store of another kind
// makes its own.
type Item interface {
	// Key tells the content from every other: a hash of it, or an id that changes
	// with it.
	Key(ctx context.Context) (string, error)
	// Convert writes the item as an Internet message, as [mapi2mime.Convert]
	// does, with its errors.
	Convert(ctx context.Context, w io.Writer, o *mapi2mime.Options) (*mapi2mime.Result, error)
	// Original is the item as it stands in the store, for a substitute to carry.
	Original(ctx context.Context) (Original, error)
}

// An Original is what a substitute carries of an item.
type Original struct {
	FileName string       // such as "message.msg"
	Type     string       // the media type, such as "application/vnd.ms-outlook"
	Content  mapi.Content // nil if there is nothing to carry
	Received time.Time    // the date of the substitute; zero means 1970-01-01
}
