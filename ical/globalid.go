package ical

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/contentconv/contentconv/mapi"
)

// A GlobalObjectID identifies a meeting across mailboxes: the value of
// PidLidGlobalObjectId and PidLidCleanGlobalObjectId ([MS-OXOCAL], sections
// 2.2.1.27 and 2.2.1.28).
type GlobalObjectID struct {
	// Year, Month and Day are the original date of the one instance that is meant,
	// in the zone of its series, or 0 for the whole series.
	Year, Month, Day int
	// Created is when the id was made, or 0.
	Created mapi.Time
	// Reserved are the eight bytes behind Created; zero as a rule.
	Reserved [8]byte
	Data     []byte
}

// globalIDPrefix begins every id.
var globalIDPrefix = [16]byte{4, 0, 0, 0, 0x82, 0, 0xE0, 0, 0x74, 0xC5, 0xB7, 0x10, 0x1A, 0x82, 0xE0, 8}

// globalIDHeader is the length of an id without its data.
const globalIDHeader = 40

// thirdPartyPrefix begins the data of an id that wraps a UID of other software.
const thirdPartyPrefix = "vCal-Uid\x01\x00\x00\x00"

// ParseGlobalObjectID reads the value of PidLidGlobalObjectId or
// PidLidCleanGlobalObjectId. It is an error when the value isn't exactly one id.
func ParseGlobalObjectID(b []byte) (GlobalObjectID, error) {
	if len(b) < globalIDHeader {
		return GlobalObjectID{}, fmt.Errorf("a global object id of %d bytes; it has at least %d", len(b), globalIDHeader)
	}
	if !bytes.Equal(b[:16], globalIDPrefix[:]) {
		return GlobalObjectID{}, errors.New("a global object id that does not begin as one")
	}
	if size := binary.LittleEndian.Uint32(b[36:]); int64(size) != int64(len(b)-globalIDHeader) {
		return GlobalObjectID{}, fmt.Errorf("a global object id with data of %d bytes says that they are %d", len(b)-globalIDHeader, size)
	}
	return GlobalObjectID{
		Year: int(binary.BigEndian.Uint16(b[16:])), Month: int(b[18]), Day: int(b[19]),
		Created:  mapi.Time(binary.LittleEndian.Uint64(b[20:])),
		Reserved: [8]byte(b[28:36]),
		Data:     bytes.Clone(b[globalIDHeader:]),
	}, nil
}

// Bytes returns the id as PidLidGlobalObjectId holds it.
func (g GlobalObjectID) Bytes() []byte {
	b := make([]byte, globalIDHeader, globalIDHeader+len(g.Data))
	copy(b, globalIDPrefix[:])
	binary.BigEndian.PutUint16(b[16:], uint16(g.Year))
	b[18], b[19] = byte(g.Month), byte(g.Day)
	binary.LittleEndian.PutUint64(b[20:], uint64(g.Created))
	copy(b[28:], g.Reserved[:])
	binary.LittleEndian.PutUint32(b[36:], uint32(len(g.Data)))
	return append(b, g.Data...)
}

// Clean returns the id of the whole series, as PidLidCleanGlobalObjectId holds it.
func (g GlobalObjectID) Clean() GlobalObjectID { return g.WithDate(time.Time{}) }

// WithDate returns the id of the instance whose original date is that of t, as t's
// clock shows it; the zero time means the whole series.
func (g GlobalObjectID) WithDate(t time.Time) GlobalObjectID {
	g.Year, g.Month, g.Day = 0, 0, 0
	if !t.IsZero() {
		y, m, d := t.Date()
		g.Year, g.Month, g.Day = y, int(m), d
	}
	return g
}

// Date returns the original date of the instance, as midnight in UTC. It reports
// false for the whole series, and for what is no date of the years 1601 to 4500.
func (g GlobalObjectID) Date() (time.Time, bool) {
	t := time.Date(g.Year, time.Month(g.Month), g.Day, 0, 0, 0, 0, time.UTC)
	ok := g.Year >= 1601 && g.Year <= 4500 && t.Day() == g.Day && int(t.Month()) == g.Month
	return t, ok
}

// GlobalObjectIDOf returns the id of the event whose UID that is ([MS-OXCICAL],
// section 2.1.3.1.1.20.26). A UID that is itself an id, in hexadecimal, is decoded,
// with its date if it has one; any other is wrapped.
func GlobalObjectIDOf(uid string) GlobalObjectID {
	if g, ok := decodeUID(uid); ok {
		return g
	}
	return GlobalObjectID{Data: []byte(thirdPartyPrefix + uid)}
}

// decodeUID reads a UID that is an id in hexadecimal.
func decodeUID(uid string) (GlobalObjectID, bool) {
	if len(uid) < 82 || !strings.EqualFold(uid[:32], hex.EncodeToString(globalIDPrefix[:])) {
		return GlobalObjectID{}, false
	}
	b, err := hex.DecodeString(uid)
	if err != nil {
		return GlobalObjectID{}, false
	}
	g, err := ParseGlobalObjectID(b)
	if err != nil {
		return GlobalObjectID{}, false
	}
	if _, ok := g.Date(); !ok {
		g = g.Clean()
	}
	return g, true
}

// UID returns the UID of the event whose id that is: the wrapped one, or the id of
// the series in hexadecimal.
func (g GlobalObjectID) UID() string {
	if uid, ok := bytes.CutPrefix(g.Data, []byte(thirdPartyPrefix)); ok {
		// QUIRK: clients end the wrapped UID with a NUL ([MS-OXCICAL] has none).
		if uid = bytes.TrimRight(uid, "\x00"); len(uid) > 0 {
			return strings.ToValidUTF8(string(uid), "\uFFFD")
		}
	}
	return strings.ToUpper(hex.EncodeToString(g.Clean().Bytes()))
}
