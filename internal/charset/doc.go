// Package charset converts between the charsets of mail and UTF-8.
//
// [Lookup] finds the [Charset] that a label means and [ByCodePage] the one of a
// Windows code page. Decoding never fails: what is invalid, unassigned or cut
// off becomes U+FFFD and is counted. Some labels are read as the superset that
// senders mean: iso-8859-1 with the quotes of windows-1252, gb2312 as GB18030,
// shift_jis as code page 932, euc-kr as code page 949.
//
// # Labels that are wrong
//
// [DecodeDeclared] obeys a label unless the bytes prove it wrong:
//
//   - no label, an unknown one, or us-ascii on bytes that are not: [Detect]
//   - utf-8: kept as long as there are at least as many valid characters beyond
//     ASCII as invalid sequences, else Detect
//   - utf-16 and utf-32: a byte order mark of the other order wins, and text that
//     can only be 8-bit goes to Detect
//   - a charset of several bytes: valid UTF-8 with three or more characters of
//     three bytes is UTF-8; where a quarter of the characters is invalid, a
//     charset that Detect finds and that reads all of the text wins
//   - a charset of one byte: always kept, save for text with UTF-8's byte order
//     mark
//
// # Text without a label
//
// Detect goes by what is certain first: a byte order mark; the NULs of UTF-16; the
// shift sequences of ISO-2022 and HZ around valid characters; UTF-8, which other
// text hardly ever is by chance. UTF-7 and UTF-32 without a mark are never
// guessed.
//
// What is left is 8-bit text in a national charset. Up to 16 KB of it, from its
// first 8-bit byte on, are weighed in models, and the charset of the model that
// finds the text most likely wins. A model of a charset of one byte stands for
// one language. It knows how frequent the language's letters beyond ASCII are,
// and which pairs of letters are usual with them; case that changes within a word,
// signs within words, and scripts that mix within a word make a text unlikely. A
// model of a charset of two bytes knows the few hundred most frequent characters
// of the language, and the rows of the charset that are common, rare or
// extensions. Likelihoods are counted in bits, so that the models can be compared
// with each other; windows-1252 has a head start of a few bits, because short
// text without any other sign is most often that.
package charset
