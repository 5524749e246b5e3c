// Package htmlscan reads the HTML of mail without building a tree of it.
//
// A [Tokenizer] yields a flat sequence of tags, text and comments. On it stand
// the questions a converter has to ask of a body: which charset it declares
// ([CharsetOf], [SetCharset]), what it refers to ([References]) and which part of it
// can stand within another document ([Fragment]). Package htmltext turns it into
// plain text.
//
// Everything takes time linear in its input, keeps no stack that the input can
// grow, and accepts any bytes. Where the argument is bytes, these may be in any
// charset that keeps ASCII where ASCII is, and in ISO-2022-JP, -CN or -KR; UTF-16,
// UTF-32 and UTF-7 must be decoded first. Where it is a string, it is UTF-8.
//
// The token rules are those of the HTML standard's tokenizer (WHATWG, section
// 13.2.5), with the tolerances marked QUIRK. There is no tree construction, so
// text that a browser would move out of a table stays where it stands.
package htmlscan
