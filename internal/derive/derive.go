// Package derive makes what a conversion would otherwise draw at random:
// boundaries, Message-IDs, GUIDs. They are derived from a key, their purpose and
// the message, so that a caller who fixes the key gets the same bytes again, and
// nobody who lacks it can guess them.
package derive

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"sync"
)

// A Source derives. It is safe for any number of goroutines.
type Source struct {
	given  []byte
	once   sync.Once
	random [sha256.Size]byte
}

// New returns a source for the key, or for a random one when key is nil.
func New(key []byte) *Source { return &Source{given: key} }

func (s *Source) key() []byte {
	if s.given != nil {
		return s.given
	}
	s.once.Do(func() { rand.Read(s.random[:]) })
	return s.random[:]
}

// Bytes returns 32 bytes for the purpose and the texts (HMAC-SHA-256).
func (s *Source) Bytes(purpose string, texts ...string) []byte {
	sum := s.sum(purpose, texts)
	return sum[:]
}

func (s *Source) sum(purpose string, texts []string) [sha256.Size]byte {
	var memory [512]byte
	b := append(memory[:0], purpose...)
	for _, t := range texts {
		// The length keeps apart what would read the same when joined.
		b = append(strconv.AppendInt(append(b, 0), int64(len(t)), 10), ':')
		b = append(b, t...)
	}
	return hmacSHA256(s.key(), b)
}

// hmacSHA256 is the function of RFC 2104 for a text that is at hand, which needs no
// memory: a conversion takes several of few bytes.
func hmacSHA256(key, text []byte) [sha256.Size]byte {
	var memory [sha256.BlockSize + 512]byte
	b := memory[:sha256.BlockSize]
	if len(key) > sha256.BlockSize {
		sum := sha256.Sum256(key)
		key = sum[:]
	}
	copy(b, key)
	for i := range b {
		b[i] ^= 0x36
	}
	inner := sha256.Sum256(append(b, text...))
	for i := range b {
		b[i] ^= 0x36 ^ 0x5C
	}
	return sha256.Sum256(append(b, inner[:]...))
}

// Hex returns 24 lower-case hexadecimal digits for the purpose and the texts.
func (s *Source) Hex(purpose string, texts ...string) string {
	sum := s.sum(purpose, texts)
	var digits [24]byte
	hex.Encode(digits[:], sum[:12])
	return string(digits[:])
}

// GUID returns a random GUID (RFC 9562 5.4) for the purpose and the texts: lower
// case, without braces.
func (s *Source) GUID(purpose string, texts ...string) string {
	b := s.Bytes(purpose, texts...)[:16]
	b[6] = b[6]&0x0F | 0x40
	b[8] = b[8]&0x3F | 0x80
	h := hex.EncodeToString(b)
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
