package rtf

import (
	"context"
	"io"
)

// A Place says what stands in plain RTF where an attachment is.
type Place struct {
	// URL is that of the attachment where it is a picture that HTML can show, such
	// as "cid:image1@example.com"; HTML then has an img element there.
	URL string
	// Name is the attachment's name. Text, and HTML without a URL, show it in
	// double angle brackets, as Outlook does. Without a name nothing is shown.
	Name string
}

func (p *Place) empty() bool { return p.URL == "" && p.Name == "" }

// itemKind says what an [item] is.
type itemKind uint8

const (
	itemText    itemKind = iota + 1
	itemBreak            // a line ends
	itemPicture          // number is its index
	itemPlace            // of an attachment; number is its index
	itemPara             // a paragraph ends; number is the index of its format
	itemCell             // a paragraph ends, and the cell that it is in
	itemRow              // a row of a table ends
)

// An item is a piece of a plain document: something within a paragraph, or the end
// of one.
type item struct {
	kind       itemKind
	number     int32
	row        int32 // of an end: index of the row's definition
	start, end int   // of the text
	char       charFormat
}

// A plainDocument is plain RTF without its syntax, in the order of reading. HTML and
// text are written from it.
type plainDocument struct {
	items    []item // end with the end of a paragraph, cell or row
	text     []byte
	paras    []paraFormat
	rows     []rowFormat
	fonts    []string // font families; 0 is none
	links    []string // targets; 0 is none
	pictures []Picture
	places   []Place
}

// besidePlace reports whether it is the place of an attachment that shows, from which
// another one is to stand apart.
func (d *plainDocument) besidePlace(it *item) bool {
	return it.kind == itemPlace && !d.places[it.number].empty()
}

// decodePlain fills doc with the HTML, the text and the pictures of plain RTF.
func decodePlain(ctx context.Context, src io.Reader, cfg readerConfig, b *budget, o *DecodeOptions, doc *Document) error {
	d, err := parsePlain(ctx, src, cfg, b, o)
	if err != nil {
		return err
	}
	if doc.HTML, err = plainHTML(ctx, d, b); err != nil {
		return err
	}
	if doc.Text, err = plainText(ctx, d, b); err != nil {
		return err
	}
	doc.Pictures, doc.Places = d.pictures, len(d.places)
	return nil
}
