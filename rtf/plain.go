package rtf

import (
	"context"
	"io"
)

// decodePlain fills doc with the HTML and the text of plain RTF.
func decodePlain(ctx context.Context, src io.Reader, cfg readerConfig, b *budget, doc *Document) (err error) {
	doc.Text, err = deencapsulateText(ctx, src, cfg, b)
	return err
}
