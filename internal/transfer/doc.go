// Package transfer decodes and encodes the content transfer encodings of MIME
// (RFC 2045 section 6), and uuencode.
//
// Decoders never fail on what they read: damage is repaired or skipped, told to
// a report function once per kind, and reading goes on after it. Their only
// errors are those of the reader beneath them. A decoder's output doesn't depend
// on how the input is cut into pieces.
package transfer
