// Package rtf reads and writes the rich text of messaging: the RTF that Outlook and
// Exchange put into PidTagRtfCompressed and into TNEF.
//
// The property holds compressed RTF ([MS-OXRTFCP]): [NewDecompressor] and
// [Decompress] read it, [NewCompressor], [CompressTo] and [Compress] write it.
//
// RTF of a message is of one of three kinds. It may encapsulate the HTML or the text
// that the message was written in ([MS-OXRTFEX]), or it may be plain RTF. [Decode]
// finds out which, and gives back the HTML or the text in UTF-8; of plain RTF it makes
// both. [EncapsulateHTML] and [EncapsulateText] go the other way.
//
//	doc, err := rtf.DecodeCompressed(ctx, property, nil)
//	switch doc.Kind {
//	case rtf.HTML: // doc.HTML is what the sender wrote
//	case rtf.Text: // doc.Text is
//	case rtf.Plain: // doc.HTML and doc.Text say the same
//	}
//
// Input is untrusted throughout. Bytes never make anything fail but for a limit:
// damage is repaired and reported in diagnostics. Time is linear in the input,
// nesting is followed without recursion, and output and memory are bounded.
package rtf
