// Package derive makes what a conversion would otherwise draw at random:
// boundaries, Message-IDs, GUIDs. They are derived from a key, their purpose and
// the message, so that a caller who fixes the key gets the same bytes again, and
// nobody who lacks it can guess them.
package derive

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"sync"
)

// A Source derives. It is safe for any number of goroutines.
type Source struct {
	given  []byte
	once   sync.Once
	random []byte
}

// New returns a source for the key, or for a random one when key is nil.
func New(key []byte) *Source { return &Source{given: key} }

func (s *Source) key() []byte {
	if s.given != nil {
		return s.given
	}
	s.once.Do(func() {
		s.random = make([]byte, sha256.Size)
		rand.Read(s.random)
	})
	return s.random
}

// Bytes returns 32 bytes for the purpose and the texts (HMAC-SHA-256).
func (s *Source) Bytes(purpose string, texts ...string) []byte {
	h := hmac.New(sha256.New, s.key())
	io.WriteString(h, purpose)
	for _, t := range texts {
		// The length keeps apart what would read the same when joined.
		fmt.Fprintf(h, "\x00%d:", len(t))
		io.WriteString(h, t)
	}
	return h.Sum(nil)
}

// Hex returns 24 lower-case hexadecimal digits for the purpose and the texts.
func (s *Source) Hex(purpose string, texts ...string) string {
	return hex.EncodeToString(s.Bytes(purpose, texts...)[:12])
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
