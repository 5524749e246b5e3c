// Package address reads lists of mail addresses (RFC 5322 section 3.4 with the
// obsolete forms of section 4.4, RFC 6532).
//
// Reading never fails, takes linear time and never recurses. Its first aim is
// that damage to one entry does not cost another: a quotation mark, bracket or
// comment without an end is recognised by what it would swallow, and becomes
// literal. Display names are decoded (RFC 2047); addresses never are, so that no
// encoded word can pose as an address.
package address
