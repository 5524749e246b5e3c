// Package transfer decodes and encodes the content transfer encodings of MIME
// (RFC 2045 section 6), and uuencode.
//
// Decoders never fail on what they read: damage is repaired or skipped, told to
// a report function once per kind, and reading goes on after it. Their only
// errors are those of the reader beneath them. A decoder's output doesn't depend
// on how the input is cut into pieces.
//
// What is regular takes a fast way: base64 in lines of one length is decoded and encoded
// in runs (base64lines.go, encbase64.go), with vector instructions on amd64 and arm64
// unless the build tag purego is set; quoted-printable is read and written a word at a
// time (qpfast.go, qpencfast.go). A fast way stops at anything that is not regular and
// leaves it to the code that knows what to do about it.
package transfer
