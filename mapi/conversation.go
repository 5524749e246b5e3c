package mapi

import (
	"crypto/md5"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
)

// The sizes of PidTagConversationIndex ([MS-OXOMSG] 2.2.1.3): the header, each
// reply, and the most that is stored, which is a whole number of replies.
const (
	indexHeader = 22
	indexReply  = 5
	indexMax    = indexHeader + 46*indexReply
)

// DecodeThreadIndex returns the conversation index in a Thread-Index header
// field. White space and missing padding do not matter; an index too long for
// the property loses its last replies. Any error means that the field holds no
// conversation index.
func DecodeThreadIndex(field string) ([]byte, error) {
	s := strings.Map(func(r rune) rune {
		if r == ' ' || r == '\t' || r == '\r' || r == '\n' {
			return -1
		}
		return r
	}, field)
	b, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(s, "="))
	switch {
	case err != nil:
		return nil, fmt.Errorf("mapi: a thread index is not base64: %w", err)
	case len(b) < indexHeader:
		return nil, fmt.Errorf("mapi: a thread index has %d bytes, its header alone has %d", len(b), indexHeader)
	case b[0] != 1:
		return nil, fmt.Errorf("mapi: a thread index begins with 0x%02X, not 0x01", b[0])
	}
	if len(b) > 255 {
		b = b[:indexMax:indexMax]
	}
	return b, nil
}

// EncodeThreadIndex returns a conversation index as a Thread-Index header field
// has it.
func EncodeThreadIndex(index []byte) string { return base64.StdEncoding.EncodeToString(index) }

// NewConversationIndex returns the index of a conversation's first message, of
// that time and conversation id.
func NewConversationIndex(t Time, id [16]byte) []byte {
	b := make([]byte, indexHeader)
	binary.BigEndian.PutUint64(b, uint64(t))
	copy(b[6:], id[:])
	return b
}

// A ConversationIndex is a parsed PidTagConversationIndex.
type ConversationIndex struct {
	Time    Time // of the first message; often wrong, never to be relied on
	ID      [16]byte
	Replies []ConversationReply
}

// A ConversationReply is one message below the first in a [ConversationIndex].
type ConversationReply struct {
	Time   Time
	Coarse bool   // steps of 0.84 s instead of 26 ms
	Delta  uint32 // steps since the message before, 31 bits
	Random uint8
}

// The bits of a time that a reply block leaves out, and what its 31 bits of
// coarse steps wrap at.
const (
	fineShift   = 18
	coarseShift = 23
	coarseFrom  = 1 << 49
	coarseWrap  = 1 << 54
)

var errShortIndex = errors.New("mapi: a conversation index is shorter than its header")

// ParseConversationIndex reads a conversation index. Bytes after the last whole
// reply are ignored.
func ParseConversationIndex(b []byte) (ConversationIndex, error) {
	var x ConversationIndex
	if len(b) < indexHeader {
		return x, errShortIndex
	}
	x.ID = [16]byte(b[6:indexHeader])
	// Outlook stores the six highest bytes of the time. Their first is 0x01 from
	// 1829 to 2057 and passes for the reserved byte that the documents ask for.
	at := Time(be48(b[0:6]) << 16)
	x.Time = at
	// Exchange stores the reserved byte and then the five highest: two 0x01.
	if b[1] == 1 {
		x.Time = Time(be48(b[0:6]) & (1<<40 - 1) << 24)
	}
	b = b[indexHeader:]
	if len(b) >= indexReply {
		x.Replies = make([]ConversationReply, 0, len(b)/indexReply)
	}
	for i := 0; len(b) >= indexReply; i, b = i+1, b[indexReply:] {
		r := parseReply(b)
		if i == 0 && !r.Coarse {
			at = x.Time
		}
		at += r.elapsed()
		if i == 0 && at < x.Time {
			// QUIRK: the client that replies takes the newer header for its own form, a
			// date near 1830, and stores the difference to that, which wraps ([MS-OXOMSG]
			// 2.2.1.3).
			at += (x.Time - at + coarseWrap - 1) / coarseWrap * coarseWrap
		}
		at = min(at, MaxTime)
		r.Time = at
		x.Replies = append(x.Replies, r)
	}
	return x, nil
}

func be48(b []byte) uint64 {
	return uint64(binary.BigEndian.Uint16(b))<<32 | uint64(binary.BigEndian.Uint32(b[2:]))
}

func parseReply(b []byte) ConversationReply {
	n := binary.BigEndian.Uint32(b)
	return ConversationReply{Coarse: n>>31 != 0, Delta: n &^ (1 << 31), Random: b[4]}
}

func (r ConversationReply) elapsed() Time {
	if r.Coarse {
		return Time(r.Delta) << coarseShift
	}
	return Time(r.Delta) << fineShift
}

// AppendConversationReply returns the index of a reply, sent at that time, to
// the message that has the given index. The random byte tells apart replies that
// are sent at once.
func AppendConversationReply(index []byte, sent Time, random byte) ([]byte, error) {
	x, err := ParseConversationIndex(index)
	if err != nil {
		return nil, err
	}
	at := Time(be48(index) << 16)
	if n := len(x.Replies); n > 0 {
		at = x.Replies[n-1].Time
	}
	d := uint64(max(sent-at, 0))
	n := uint32(d >> fineShift)
	if d >= coarseFrom {
		n = uint32(d>>coarseShift) | 1<<31
	}
	out := append([]byte(nil), index[:indexHeader+len(x.Replies)*indexReply]...)
	return append(binary.BigEndian.AppendUint32(out, n), random), nil
}

// ConversationID returns what PidTagConversationId is for a message with these
// properties ([MS-OXOMSG] 2.2.1.2): part of the conversation index where the
// message says that it is tracked, else a hash of the topic. It reports false
// when there is neither.
func ConversationID(p *Properties) ([16]byte, bool) {
	index, _ := PidTagConversationIndex.Get(p)
	if PidTagConversationIndexTracking.Or(p, false) && len(index) >= indexHeader && index[0] == 1 {
		return [16]byte(index[6:indexHeader]), true
	}
	topic := PidTagConversationTopic.Or(p, "")
	if topic == "" {
		return [16]byte{}, false
	}
	return TopicID(topic), true
}

// topicUnits is the number of UTF-16 code units of a topic that count.
const topicUnits = 255

// TopicID returns the conversation id that a topic alone gives: the MD5 of its
// first 255 UTF-16 code units in upper case. An index made for a message without
// one may use it, so that replies find each other.
func TopicID(topic string) [16]byte {
	var units []uint16
	for _, r := range topic {
		if r == 0 || len(units) >= topicUnits {
			break
		}
		units = utf16.AppendRune(units, upperInvariant(r))
	}
	units = units[:min(len(units), topicUnits)]
	b := make([]byte, 0, 2*topicUnits)
	for _, u := range units {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return md5.Sum(b)
}

// upperInvariant is the upper case of no particular language, for one code unit
// at a time: letters beyond ASCII never become ASCII (the dotless i stays), and
// pairs stay as they are.
func upperInvariant(r rune) rune {
	u := unicode.ToUpper(r)
	if r > 0xFFFF || u > 0xFFFF || r >= 0x80 && u < 0x80 {
		return r
	}
	return u
}
