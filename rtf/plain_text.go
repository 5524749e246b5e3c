package rtf

import (
	"bytes"
	"context"
	"strings"
)

// A textWriter writes a plain document as text.
type textWriter struct {
	d     *plainDocument
	out   output
	link  int32  // the link that the text before is of
	label []byte // its text
}

// plainText returns the document as text: paragraphs and line breaks end lines, cells
// end with a tab and rows end a line, a link has its target in angle brackets behind
// it unless its text says the same.
func plainText(ctx context.Context, d *plainDocument, b *budget) (string, error) {
	w := &textWriter{d: d, out: output{budget: b}}
	for i := range d.items {
		w.item(i)
		if w.out.err != nil {
			return "", w.out.err
		}
		if i%ctxEvery == 0 && ctx.Err() != nil {
			return "", ctx.Err()
		}
	}
	return w.out.String(), w.out.err
}

func (w *textWriter) item(i int) {
	it := &w.d.items[i]
	if it.kind >= itemPara || it.kind == itemText && it.char.link != w.link {
		w.endLink()
	}
	switch it.kind {
	case itemText:
		text := w.d.text[it.start:it.end]
		if w.link = it.char.link; w.link != 0 {
			w.label = append(w.label, text...)
		}
		w.text(text)
	case itemPlace:
		if p := &w.d.places[it.number]; p.Name != "" {
			if i > 0 && w.d.besidePlace(&w.d.items[i-1]) {
				w.out.writeString(" ")
			}
			w.text([]byte("<<" + p.Name + ">>"))
		}
	case itemCell:
		w.out.writeString("\t")
	case itemBreak, itemPara, itemRow:
		w.out.writeString("\r\n")
	}
}

// text writes text without control characters other than tabs.
func (w *textWriter) text(text []byte) {
	control := func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7F }
	if bytes.IndexFunc(text, control) >= 0 {
		text = bytes.Map(func(r rune) rune {
			if control(r) {
				return -1
			}
			return r
		}, text)
	}
	w.out.write(text)
}

// endLink writes the target of the link that ends.
func (w *textWriter) endLink() {
	if w.link == 0 {
		return
	}
	target := w.d.links[w.link]
	if !sameTarget(string(bytes.TrimSpace(w.label)), target) {
		w.out.writeString(" <" + target + ">")
	}
	w.link, w.label = 0, w.label[:0]
}

// sameTarget reports whether the text of a link says where it leads, perhaps without
// the scheme and the last slash.
func sameTarget(label, target string) bool {
	plain := func(s string) string {
		for _, scheme := range []string{"http://", "https://", "mailto:", "ftp://", "tel:"} {
			if len(s) > len(scheme) && strings.EqualFold(s[:len(scheme)], scheme) {
				s = s[len(scheme):]
				break
			}
		}
		return strings.TrimSuffix(s, "/")
	}
	return strings.EqualFold(plain(label), plain(target))
}
