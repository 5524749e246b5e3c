// Package msg reads and writes Outlook message files, .msg ([MS-OXMSG]).
//
// [Read] makes a message object of a file:
//
//	res, err := msg.Read(ctx, file, size, nil)
//	// res.Message, res.Diagnostics
//
// Contents of attachments stay in the file and are read when they are opened, so
// the file must stay open as long as the message is used; [mapi.Message.Detach]
// ends that. [Write] makes a file of a message object, in one sequential pass:
// the same message gives the same bytes, and no attachment is held in memory.
// [Content] is the file of a message as a content that is made when it is read,
// and [Check] tells what in a file breaks the format.
//
// # Reading
//
// Files come from many programs, so as much is read as can be. What a single
// property, stream or storage lacks is a diagnostic. Damage to the container
// that leads to everything is an error, as is a limit that is passed. Reading
// costs time and memory in proportion to the file, whatever its fields claim.
//
// 8-bit strings are decoded by the code page of the message they are in and
// keep their type; PidTagHtml keeps the type that the file gives it, which can
// be a string. An OLE object is a Content that holds the object's storage as a
// compound file.
//
// # Writing
//
// What a client needs and the message lacks is filled in: see [Write]. Files are
// always of the Unicode kind.
package msg
