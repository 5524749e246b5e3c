package rtf

import (
	"context"
	"io"
)

// DecodeCompressed is [Decode] for compressed RTF, the contents of
// PidTagRtfCompressed. It fails with [ErrNotCompressedRTF] too; damage to the
// compressed form comes first in the diagnostics.
func DecodeCompressed(ctx context.Context, r io.Reader, o *DecodeOptions) (*Document, error) {
	d := NewDecompressor(r, nil)
	doc, err := Decode(ctx, d, o)
	if err != nil {
		return nil, err
	}
	// The checksum covers what stands behind the document.
	if _, err := io.Copy(io.Discard, d); err != nil {
		return nil, err
	}
	doc.Diagnostics = append(d.Diagnostics(), doc.Diagnostics...)
	return doc, nil
}
