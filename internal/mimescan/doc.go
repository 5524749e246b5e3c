// Package mimescan finds the structure of a message: the tree of its MIME
// entities with their header fields, and for each body the place where it
// stands, in one sequential pass and without decoding or copying any body.
//
// Nothing is too badly formed to be scanned. What is wrong is repaired and told,
// and no content is lost by it: a multipart without structure is one text, a
// part without an end ends where what encloses it ends. The time is linear in
// the source whatever it holds, and the memory is that of the header blocks and
// the entities.
//
// # Lines
//
// A line ends in CRLF, in LF, or in CR CR LF. CR alone ends a line everywhere
// where the first 4 KiB of the message have CR and no LF, and elsewhere in a
// header block where a field follows it.
//
// # Header blocks
//
// A block ends at an empty line, at a delimiter, at the end of what holds it, or
// before a line that begins the body without an empty line. Lines that are no
// fields are judged by what follows them, see judgeJunk and judgeWhite.
//
// # Delimiters
//
// A line that holds a boundary and nothing else but white space behind it ends
// all that is open within the multipart that the boundary belongs to; where
// several multiparts use it, the innermost one that is not closed. A delimiter
// that begins a part behind the closing one opens its multipart again.
package mimescan
