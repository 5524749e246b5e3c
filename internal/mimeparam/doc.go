// Package mimeparam reads and writes the values of Content-Type and
// Content-Disposition fields (RFC 2045 section 5, RFC 2183) with the parameter
// extensions of RFC 2231.
//
// Reading never fails and takes linear time. Mail has every mistake that the
// syntax allows for: missing semicolons and quotation marks, spaces in values
// without quotation marks, encoded words, Windows paths. What a value most
// likely meant is returned, with a defect.
package mimeparam
