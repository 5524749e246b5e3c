//go:build (!amd64 && !arm64) || purego

package transfer

// vectors says whether [decodeRun] and [encodeRun] use vector instructions.
const vectors = false

// decodeRun decodes nothing: without vector instructions it is not called.
func decodeRun(dst, src []byte) bool { return false }

// encodeRun encodes src to dst, which has the length that it is encoded to.
func encodeRun(dst, src []byte) { encodePairs(dst, src) }
