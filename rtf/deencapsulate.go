package rtf

import (
	"context"
	"io"

	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/htmlscan"
)

// A deencapsulator is what the two kinds of encapsulation have in common
// ([MS-OXRTFEX] 2.2.3): text is copied, a few words and symbols stand for text, and
// what stands between \htmlrtf and \htmlrtf0 is for RTF readers only.
type deencapsulator struct {
	r       *reader
	out     output
	words   map[string]string // the text that a word stands for
	symbols map[byte]string
	blank   bool // one blank is to be dropped
}

// deencapsulateHTML returns the HTML that the RTF in src encapsulates ([MS-OXRTFEX]
// 2.2.3.2). It is in UTF-8, and says so where it declares a charset.
func deencapsulateHTML(ctx context.Context, src io.Reader, cfg readerConfig, b *budget) (string, error) {
	cfg.dests = htmlDestinations
	d := deencapsulator{r: newReader(ctx, src, cfg), out: output{budget: b}, words: htmlWords, symbols: htmlSymbols}
	if err := d.run(); err != nil {
		return "", err
	}
	return declareUTF8(d.out.String()), nil
}

// deencapsulateText returns the text that the RTF in src encapsulates ([MS-OXRTFEX]
// 2.2.3.3).
func deencapsulateText(ctx context.Context, src io.Reader, cfg readerConfig, b *budget) (string, error) {
	cfg.dests, cfg.symbols = skippedDestinations, true
	d := deencapsulator{r: newReader(ctx, src, cfg), out: output{budget: b}, words: textWords, symbols: textSymbols}
	if err := d.run(); err != nil {
		return "", err
	}
	return d.out.String(), nil
}

func (d *deencapsulator) run() error {
	for {
		e, err := d.r.next()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		switch e.kind {
		case evText:
			d.text(e.text)
		case evWord:
			d.word(&e)
		case evSymbol:
			if !d.r.st.hidden {
				d.out.writeString(d.symbols[e.char])
			}
		}
		if d.out.err != nil {
			return d.out.err
		}
	}
}

func (d *deencapsulator) text(b []byte) {
	if d.blank && b[0] == ' ' {
		b = b[1:]
	}
	d.blank = false
	d.out.write(b)
}

func (d *deencapsulator) word(e *event) {
	switch e.word {
	case "htmlrtf":
		d.r.st.hidden = e.on()
	case "htmltag":
		// Only the first word of a group makes it a tag. Its text is in the code
		// page of the document; the font is that of the text around it.
		d.r.st.docText = d.r.st.docText || e.first
	case "objattph":
		// The place of an attachment: HTML refers to it by its Content-ID. The
		// blank behind it stands for it in RTF.
		d.blank = !d.r.st.hidden
	default:
		if !d.r.st.hidden {
			d.out.writeString(d.words[e.word])
		}
	}
}

// declareUTF8 makes the META element of HTML that declares a charset say UTF-8,
// since that is what the HTML now is. Without such an element nothing is added.
func declareUTF8(html string) string {
	b := []byte(html)
	label, ok := htmlscan.CharsetOf(b)
	if ok && charset.Lookup(label) == charset.UTF8() || len(htmlscan.StripMetaCharset(b)) == len(b) {
		return html
	}
	return string(htmlscan.SetCharset(b, "utf-8"))
}
