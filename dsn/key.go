package dsn

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/contentconv/contentconv/diag"
)

// A generator makes identifiers that nobody can guess without the key.
type generator struct {
	key  []byte
	seed [sha256.Size]byte // of all that makes this notification another one
}

func newGenerator(key []byte, err *diag.Error, e *Envelope, now time.Time) *generator {
	h := sha256.New()
	for _, s := range []string{
		string(err.RootHeader), err.TraceID, err.Status, err.Part, err.Header,
		e.ReturnPath, e.EnvelopeID, now.UTC().Format(time.RFC3339Nano), fmt.Sprint(e.Recipients),
	} {
		// The length keeps apart what would read the same when joined.
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	g := &generator{key: key}
	h.Sum(g.seed[:0])
	return g
}

// id returns the n-th identifier for a purpose: 32 hexadecimal digits.
func (g *generator) id(purpose string, n uint64) string {
	m := hmac.New(sha256.New, g.key)
	m.Write([]byte("contentconv/dsn\x00" + purpose + "\x00"))
	m.Write(g.seed[:])
	m.Write(binary.BigEndian.AppendUint64(nil, n))
	return hex.EncodeToString(m.Sum(nil)[:16])
}
