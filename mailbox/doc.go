// Package mailbox lets one message that cannot be converted harm no other: it
// judges the items of a mailbox before a client sees them, remembers what it
// found, and writes those that a client gets.
//
// A server of POP3 or IMAP, an archive or a migration tool makes one [Policy] and
// gives it the items of a mailbox. [Policy.Judge] says of each, in their order,
// whether it is served, and with how many octets; [Policy.Write] writes it, with
// exactly as many. An item that cannot be converted is, by [Policy.OnFailure],
//
//   - hidden: not there for the client, while it stays in the store,
//   - substituted: another message says why, and carries the original, or
//   - failed: there, and an error when it is asked for.
//
// # Remembering
//
// A verdict is kept in [Policy.Memory] under a key made of the item's own key, the
// version of the program and the options, so that a mailbox is converted once and
// not at every login, and a poisonous message is traced once. When an item, the
// program or an option changes, the item is judged again: what a later version can
// convert is served then. A failure to read or write, which may pass, is not
// remembered.
//
// # Octets
//
// The size of a message and the octets of a second retrieval are those of the
// first only where nothing in it is random. So the options need a Key, which
// [New] demands. A caller's resolver whose answers change makes the octets change;
// [Policy.Version] is the place to say that they did.
package mailbox
