package mime2mapi

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/tnef"
)

// openTNEF opens the part of the message that is its TNEF stream, if there is one:
// the first that can be read and belongs to this message. Another one stays a file
// ([MS-OXCMAIL] 2.1.3.2.26, 2.2.3.4.1.2).
func (m *message) openTNEF() error {
	if m.form != formMail {
		return nil // the bytes of a signed message are its own
	}
	var err error
	m.job.root.Walk(func(e *mimescan.Entity) bool {
		if err == nil && m.tnef == nil && e.Leaf() && isTNEF(e) {
			err = m.readTNEF(e)
		}
		return err == nil && m.tnef == nil && e.Message == nil
	})
	return err
}

// isTNEF reports whether a part says that it is a TNEF stream.
//
// QUIRK: gateways make application/octet-stream of it, and leave the name.
func isTNEF(e *mimescan.Entity) bool {
	switch e.ContentType.Full {
	case "application/ms-tnef", "application/vnd.ms-tnef":
		return true
	case "application/octet-stream":
		return strings.EqualFold(e.ContentType.Get("name"), "winmail.dat")
	}
	return false
}

// A capsule is a TNEF stream that was opened.
type capsule struct {
	part *mimescan.Entity
	// message is the message object in it.
	message *mapi.Message
	// damaged says that some of it could not be read, so that the part is kept as a
	// file as well.
	damaged bool
}

func (m *message) readTNEF(e *mimescan.Entity) error {
	src, size, err := m.decoded(e)
	if err != nil {
		return err
	}
	res, err := tnef.Read(m.ctx, src, size, &tnef.ReadOptions{
		Limits: m.limits, Depth: m.job.depth, Trusted: m.o.Trusted,
	})
	switch {
	case errors.Is(err, tnef.ErrNotTNEF) || errors.Is(err, tnef.ErrTooLarge):
		m.rec.Add(diag.TnefUnreadable, e.Section(), "", err.Error())
		return nil
	case errors.Is(err, limits.ErrExceeded):
		return failure.InPart(err, e.Section())
	case err != nil:
		return err
	}
	if tnef.Correlate(res.Message, m.headerText("Message-ID"), m.headerText("X-MS-TNEF-Correlator")) == tnef.Mismatched {
		m.rec.Add(diag.TnefForeign, e.Section(), "X-MS-TNEF-Correlator", diag.Quote(tnef.CorrelationKey(res.Message)))
		return nil
	}
	c := &capsule{part: e, message: res.Message}
	for _, d := range res.Diagnostics {
		c.damaged = c.damaged || d.Code == diag.TnefTruncated
		m.rec.Add(d.Code, e.Section(), d.Header, placed(d))
	}
	m.tnef = c
	return m.countTNEF()
}

// placed returns what a diagnostic of a stream says, with its place in the stream.
func placed(d diag.Diagnostic) string {
	switch {
	case d.Part == "":
		return d.Detail
	case d.Detail == "":
		return d.Part
	}
	return fmt.Sprintf("%s: %s", d.Part, d.Detail)
}

// headerText returns the first field of that name.
func (m *message) headerText(name string) string {
	f, ok := m.job.root.Header.Get(name)
	if !ok {
		return ""
	}
	return f.Unfolded()
}

// decoded returns the content of a leaf for reading at any place: the source
// itself, or a spool of what was decoded.
func (m *message) decoded(e *mimescan.Entity) (io.ReaderAt, int64, error) {
	if !e.Encoding.Encoded() {
		return &sectionReader{m.job.src, e.Body, e.Size(), m.res.open}, e.Size(), nil
	}
	s, err := m.spool(e)
	if err != nil {
		return nil, 0, err
	}
	return &sectionReader{s, 0, s.Size(), m.res.open}, s.Size(), nil
}

// A sectionReader is a range of a source that is read until the result is closed.
type sectionReader struct {
	src       io.ReaderAt
	off, size int64
	open      *gate
}

func (r *sectionReader) ReadAt(p []byte, off int64) (n int, err error) {
	if r.open.shut.Load() {
		return 0, errClosed
	}
	if off >= r.size {
		return 0, io.EOF
	}
	short := int64(len(p)) > r.size-off
	if short {
		p = p[:r.size-off]
	}
	n, err = r.src.ReadAt(p, r.off+off)
	if n == len(p) {
		err = nil
		if short {
			err = io.EOF
		}
	}
	return n, err
}

// countTNEF counts what a stream holds as the entities that it stands for.
func (m *message) countTNEF() error {
	for todo := []*mapi.Message{m.tnef.message}; len(todo) > 0; {
		inner := todo[0]
		todo = todo[1:]
		for _, a := range inner.Attachments {
			m.entities++
			if a.Message != nil {
				todo = append(todo, a.Message)
			}
		}
	}
	return failure.Exceeded(m.limits.BodyParts(), m.entities, m.tnef.part.Section(), "")
}
