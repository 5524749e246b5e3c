// Package propfile holds what the formats that store message objects as bags of
// properties have in common: .msg files and TNEF streams.
package propfile
