// Package rfc2047 reads and writes the encoded words of header fields
// (RFC 2047, with the language tags of RFC 2231 section 5).
//
// Reading never fails and takes linear time. It accepts what is seen in the
// wild, and reports every repair; see the QUIRK comments. Words are decoded
// once: text that looks like an encoded word after decoding stays as it is.
package rfc2047
