// Package vcard converts between vCards (RFC 2426, RFC 6350, vCard 2.1) and
// contact objects (IPM.Contact), by MS-OXVCARD.
package vcard
