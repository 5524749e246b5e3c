package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/internal/filename"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/msg"
)

// planMsgFile makes a .msg file of an embedded message, as an option asks for.
// Nothing of the message is lost in it, and only Outlook and its like read it.
func (a *attachment) planMsgFile() error {
	f := a.file(msg.Content(a.a.Message, nil))
	f.mediaType, f.params = "application/vnd.ms-outlook", nil
	const extension = ".msg"
	if f.name == "" {
		f.name, _ = filename.Sanitize(mapi.Subject(&a.a.Message.Properties))
	}
	if f.name == "" {
		f.name = "message"
	}
	if !strings.HasSuffix(strings.ToLower(f.name), extension) {
		f.name += extension
	}
	return a.addFile(f)
}
