// Package contentconv is the root of a library that converts mail content between
// MIME and MAPI, as the store driver of a mail server does.
//
// It holds no code. The work is in its packages:
//
//   - [github.com/contentconv/contentconv/mime2mapi] turns an Internet message
//     into a MAPI message object, and
//     [github.com/contentconv/contentconv/mapi2mime] turns one back.
//   - [github.com/contentconv/contentconv/mapi] is that object: properties,
//     recipients, attachments, and their contents;
//     [github.com/contentconv/contentconv/msg] reads and writes it as an Outlook
//     .msg file, [github.com/contentconv/contentconv/tnef] as the winmail.dat of
//     mail.
//   - [github.com/contentconv/contentconv/rtf],
//     [github.com/contentconv/contentconv/ical] and
//     [github.com/contentconv/contentconv/vcard] are the formats within: rich
//     text, calendars, contacts.
//   - [github.com/contentconv/contentconv/limits] and
//     [github.com/contentconv/contentconv/diag] are the bounds of a conversion and
//     what it reports: diagnostics, or one typed error.
//   - [github.com/contentconv/contentconv/trace] keeps the messages that failed,
//     [github.com/contentconv/contentconv/dsn] tells their senders, and
//     [github.com/contentconv/contentconv/mailbox] keeps them from standing in the
//     way of others.
//
// # How a conversion goes
//
// A conversion reads a message once, to find its parts. Limits are judged on that
// before any work is done. Then header fields become properties, addresses become
// recipients, the text parts that say what the message says become its bodies, and
// every other part becomes an attachment, whose content stays in the source until
// it is read. So the memory that a conversion takes does not depend on the size of
// the message.
//
// Real mail is broken mail. The library repairs what it can, and says so: each
// repair, fallback and loss is a diagnostic with a stable code and a place. What
// passes a limit, and what cannot be read at all, is one *diag.Error with a reason,
// a place and a cause. The same input gives the same output: options that fix the
// key fix all that is otherwise random.
//
// A message whose conversion failed is not lost: a trace sink keeps it as it came,
// with the reason, and the transport still has what it delivered.
//
// # Names
//
// Names are those of the field: properties have their canonical names of
// [MS-OXPROPS], limits and options the names that administrators know from Exchange.
// Doc comments name the section of the specification that a rule comes from, and
// docs/conformance.md the test that shows it.
package contentconv
