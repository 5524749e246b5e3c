//go:build (amd64 || arm64) && !purego

package transfer

import (
	"runtime"

	"github.com/segmentio/asm/base64"
	"github.com/segmentio/asm/cpu"
	"github.com/segmentio/asm/cpu/x86"
)

// vectors says whether [decodeRun] and [encodeRun] use vector instructions: NEON,
// which every arm64 has, or AVX2.
var vectors = runtime.GOARCH == "arm64" || cpu.X86.Has(x86.AVX2)

// decodeRun decodes src to dst, which has three bytes for each whole group of it. It
// reports whether src is nothing but whole groups of the alphabet, without line ends and
// padding, which decode to less. If it is not, dst holds anything.
func decodeRun(dst, src []byte) bool {
	n, err := base64.StdEncoding.Decode(dst, src)
	return err == nil && n == len(dst)
}

// encodeRun encodes src to dst, which has the length that it is encoded to.
func encodeRun(dst, src []byte) {
	if vectors {
		base64.StdEncoding.Encode(dst, src)
	} else {
		encodePairs(dst, src)
	}
}
