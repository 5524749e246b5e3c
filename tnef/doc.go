// Package tnef reads and writes TNEF streams, which mail carries as winmail.dat
// or as a part of type application/ms-tnef ([MS-OXTNEF]).
//
// [Read] makes a message object of a stream:
//
//	res, err := tnef.Read(ctx, file, size, nil)
//	// res.Message, res.Diagnostics
//
// Contents of attachments stay where they are in the stream and are read when
// they are opened, so the stream must stay open as long as the message is used;
// [mapi.Message.Detach] ends that. [Write] makes a stream of a message object in
// one sequential pass: the same message gives the same bytes, and no attachment is
// held in memory. [Content] is the stream of a message as a content that is made
// when it is read.
//
// # Reading
//
// Streams are cut short, have wrong checksums and garbage at their end, so as much
// is read as can be, and every damage is a diagnostic. An error is only what is no
// TNEF stream, or passes a limit. Reading costs time and memory in proportion to
// the stream, whatever its fields claim.
//
// A fact can stand in a stream twice: as an attribute of the time before MAPI, in
// 8-bit text and local time, and as a property. The property counts.
//
// A stream comes from whoever sent the mail. Properties that make a client act,
// such as the sound file of a reminder, are dropped unless
// [ReadOptions.Trusted] is set.
//
// A stream can belong to another message than the one it came with, when a client
// that knows no TNEF forwarded it: see [Correlate].
//
// # Writing
//
// Streams have the form that Exchange and Outlook write next to a text part: the
// old attributes, then the properties, in Unicode.
package tnef
