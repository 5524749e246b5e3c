package mapi2mime

import "sync"

// textSize is the size in bytes of the memory that the text of a message is laid out
// in: enough for a header block and a short body, which is most mail.
const textSize = 16 << 10

// texts is such memory, which one conversion uses after the other. What is written of
// it is what the conversion has appended to it, and nothing is left of it in a result.
var texts = sync.Pool{New: func() any { return new([textSize]byte) }}
