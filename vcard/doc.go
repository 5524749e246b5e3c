// Package vcard converts between vCards (RFC 2426; read also 2.1 and RFC 6350) and
// the contact objects of MAPI, as [MS-OXVCARD] and [MS-OXOCNTC] say.
//
// [Import] makes a contact of one card, [Export] a card of a contact. A contact holds
// a fixed number of addresses and telephone numbers, so a card may say more: what has
// no place is reported, and who wants to keep everything keeps the card as a file.
//
// One table for each kind of value says which property of a card is which of the
// contact, and serves both directions.
//
// The syntax is read by package [github.com/contentconv/contentconv/ical/tree], whose
// lines are those of vCards too: github.com/emersion/go-vcard stops at the first bad
// line and knows neither the bare words nor the quoted-printable text of vCard 2.1,
// which Outlook itself writes.
package vcard
