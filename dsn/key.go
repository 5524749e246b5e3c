package dsn

import (
	"fmt"
	"strconv"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/derive"
)

// A generator makes identifiers that nobody can guess without the key.
type generator struct {
	source *derive.Source
	seed   string // of all that makes this notification another one
}

func newGenerator(key []byte, err *diag.Error, e *Envelope, now time.Time) *generator {
	source := derive.New(key)
	return &generator{source, source.Hex("dsn",
		string(err.RootHeader), err.TraceID, err.Status, err.Part, err.Header,
		e.ReturnPath, e.EnvelopeID, now.UTC().Format(time.RFC3339Nano), fmt.Sprint(e.Recipients))}
}

// id returns the n-th identifier for a purpose: 24 hexadecimal digits.
func (g *generator) id(purpose string, n uint64) string {
	return g.source.Hex("dsn "+purpose, g.seed, strconv.FormatUint(n, 10))
}
