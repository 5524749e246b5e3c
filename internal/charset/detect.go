package charset

const sampleSize = 64 << 10

// Detect xxx
func Detect(b []byte) *Charset {
	if asciiPrefix(b) == len(b) {
		return ASCII()
	}
	if validPrefix(b) == len(b) {
		return UTF8()
	}
	return Windows1252()
}

// DecodeDeclared xxx
func DecodeDeclared(c *Charset, b []byte) (s string, used *Charset, bad int) {
	if c == nil {
		c = Detect(b)
	}
	s, bad = c.Decode(b)
	return s, c, bad
}
