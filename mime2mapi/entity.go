package mime2mapi

import (
	"context"
	"io"
	"strings"

	gomessage "github.com/emersion/go-message"
	"github.com/emersion/go-message/textproto"

	"github.com/contentconv/contentconv/internal/guard"
	"github.com/contentconv/contentconv/internal/spool"
)

// ConvertEntity converts a message that was read, or made, with go-message. It
// is written out first: what is read from an entity's body is gone from it.
// Errors are those of [Convert].
func ConvertEntity(ctx context.Context, e *gomessage.Entity, o *Options) (*Result, error) {
	c := newConversion(ctx, o)
	return c.run(func() (err error) {
		w := spool.NewWriter(c.limits.Size().Max, 0, c.o.TempDir, spoolMemory)
		defer w.Close()
		guard.Call(func() { err = writeEntity(w, e) })
		if err == nil {
			c.own(w.Spool())
		}
		return err
	})
}

// writeEntity writes an entity with its body as go-message gives it. The entity's own
// WriteTo refuses what go-message read: text in a charset other than UTF-8, whose
// header still names that; an unknown encoding; and it panics on parameters that it
// cannot parse.
func writeEntity(w io.Writer, e *gomessage.Entity) error {
	h := e.Header.Copy()
	kind, params, err := h.ContentType()
	if _, made := e.Body.(gomessage.MultipartReader); made {
		if err != nil {
			h.SetContentType("multipart/mixed", nil)
		}
		return (&gomessage.Entity{Header: h, Body: e.Body}).WriteTo(w)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		switch strings.ToLower(h.Get("Content-Transfer-Encoding")) {
		case "quoted-printable", "base64":
			h.Set("Content-Transfer-Encoding", "binary")
		}
		if charset, ok := params["charset"]; ok && strings.HasPrefix(kind, "text/") && decodesCharset(charset) {
			params["charset"] = "utf-8"
			h.SetContentType(kind, params)
		}
	}
	if err := textproto.WriteHeader(w, h.Header); err != nil {
		return err
	}
	_, err = io.Copy(w, e.Body)
	return err
}

// decodesCharset reports whether go-message decodes text in a charset to UTF-8; other
// text it leaves as it is.
func decodesCharset(name string) bool {
	if name = strings.ToLower(name); name == "utf-8" || name == "us-ascii" || gomessage.CharsetReader == nil {
		return false
	}
	_, err := gomessage.CharsetReader(name, strings.NewReader(""))
	return err == nil
}
