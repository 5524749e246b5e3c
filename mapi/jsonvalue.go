package mapi

import (
	"encoding/base64"
	"fmt"
	"math"
	"strconv"
	"time"
	"unicode/utf8"
)

// property writes {"name", "tag" or "set" with "lid" or "string", "type", "value"}.
func (e *jsonEncoder) property(p Property) {
	e.w.WriteByte('{')
	if p.Name == nil {
		if name, ok := TagName(p.Tag()); ok {
			fmt.Fprintf(e.w, `"name": "%s", `, name)
		}
		fmt.Fprintf(e.w, `"tag": "0x%08X"`, p.Tag())
	} else {
		if name, _, ok := NameOf(*p.Name); ok {
			fmt.Fprintf(e.w, `"name": "%s", `, name)
		}
		fmt.Fprintf(e.w, `"set": "%s", `, p.Name.Set)
		if p.Name.String != "" {
			e.w.WriteString(`"string": `)
			e.string(p.Name.String)
		} else {
			fmt.Fprintf(e.w, `"lid": "0x%08X"`, p.Name.LID)
		}
	}
	fmt.Fprintf(e.w, `, "type": "%s", "value": `, p.Value.Type())
	e.value(p.Value.Any())
	e.w.WriteByte('}')
}

func (e *jsonEncoder) value(v any) {
	switch v := v.(type) {
	case string:
		e.string(v)
	case bool:
		e.token(strconv.AppendBool(e.buf[:0], v))
	case int16:
		e.int(int64(v))
	case int32:
		e.int(int64(v))
	case int64:
		e.int(v)
	case Currency:
		e.int(int64(v))
	case ErrorCode:
		e.int(int64(v))
	case float32:
		e.float(float64(v), 32)
	case float64:
		e.float(v, 64)
	case FloatingTime:
		e.float(float64(v), 64)
	case Time:
		e.time(v)
	case GUID:
		fmt.Fprintf(e.w, `"%s"`, v)
	case []byte:
		e.base64(v)
	case []string:
		list(e, v)
	case []int16:
		list(e, v)
	case []int32:
		list(e, v)
	case []int64:
		list(e, v)
	case []float32:
		list(e, v)
	case []float64:
		list(e, v)
	case []Currency:
		list(e, v)
	case []FloatingTime:
		list(e, v)
	case []Time:
		list(e, v)
	case []GUID:
		list(e, v)
	case [][]byte:
		list(e, v)
	default:
		e.w.WriteString("null")
	}
}

func list[T any](e *jsonEncoder, elements []T) {
	e.w.WriteByte('[')
	for i, v := range elements {
		if i > 0 {
			e.w.WriteString(", ")
		}
		e.value(v)
	}
	e.w.WriteByte(']')
}

func (e *jsonEncoder) token(b []byte) {
	e.w.Write(b)
	e.buf = b
}

// maxExact is the largest integer up to which every reader of JSON numbers is
// exact.
const maxExact = 1 << 53

func (e *jsonEncoder) int(n int64) {
	b := e.buf[:0]
	if n < -maxExact || n > maxExact {
		b = append(strconv.AppendInt(append(b, '"'), n, 10), '"')
	} else {
		b = strconv.AppendInt(b, n, 10)
	}
	e.token(b)
}

func (e *jsonEncoder) float(f float64, bits int) {
	switch {
	case math.IsNaN(f):
		e.w.WriteString(`"NaN"`)
	case math.IsInf(f, 1):
		e.w.WriteString(`"Infinity"`)
	case math.IsInf(f, -1):
		e.w.WriteString(`"-Infinity"`)
	default:
		e.token(strconv.AppendFloat(e.buf[:0], f, 'g', -1, bits))
	}
}

func (e *jsonEncoder) time(t Time) {
	if u, ok := t.Time(); ok {
		e.token(append(u.AppendFormat(append(e.buf[:0], '"'), time.RFC3339Nano), '"'))
		return
	}
	fmt.Fprintf(e.w, `"filetime:0x%016X"`, uint64(t))
}

func (e *jsonEncoder) base64(b []byte) {
	e.w.WriteByte('"')
	enc := base64.NewEncoder(base64.StdEncoding, e.w)
	enc.Write(b)
	enc.Close()
	e.w.WriteByte('"')
}

// string writes s with the escapes that JSON demands. Bytes that are not UTF-8
// become U+FFFD, and the line separators of Unicode are escaped, as programs in
// JavaScript want it.
func (e *jsonEncoder) string(s string) {
	e.w.WriteByte('"')
	start := 0
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		escape := ""
		switch {
		case r == '"':
			escape = `\"`
		case r == '\\':
			escape = `\\`
		case r == '\n':
			escape = `\n`
		case r == '\r':
			escape = `\r`
		case r == '\t':
			escape = `\t`
		case r < ' ', r == 0x7F, r == '\u2028', r == '\u2029':
			escape = fmt.Sprintf(`\u%04x`, r)
		case r == utf8.RuneError && n == 1:
			escape = "\uFFFD"
		}
		if escape != "" {
			e.w.WriteString(s[start:i])
			e.w.WriteString(escape)
			start = i + n
		}
		i += n
	}
	e.w.WriteString(s[start:])
	e.w.WriteByte('"')
}
