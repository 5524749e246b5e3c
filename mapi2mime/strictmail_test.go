package mapi2mime_test

import (
	"fmt"
	"mime"
	"strings"
	"testing"
)

// A strictEntity is an entity of a message that was read by rules without any
// tolerance: what is not as RFC 5322 and RFC 2046 want it is an error.
type strictEntity struct {
	path      string
	mediaType string
	fields    map[string][]string // raw values by name in lower case
	body      string
}

// readStrict reads a message and what is embedded in it, in their order.
func readStrict(t *testing.T, raw string) []strictEntity {
	t.Helper()
	r := strictReader{t: t}
	r.entity("", raw, true)
	return r.list
}

type strictReader struct {
	t    *testing.T
	list []strictEntity
}

func (r *strictReader) errorf(path, format string, args ...any) {
	r.t.Helper()
	r.t.Errorf("entity %q: %s", path, fmt.Sprintf(format, args...))
}

func (r *strictReader) entity(path, raw string, isMessage bool) {
	e := strictEntity{path: path, fields: make(map[string][]string)}
	header, body, ok := strings.Cut(raw, "\r\n\r\n")
	if !ok {
		if header, ok = strings.CutSuffix(raw, "\r\n"); !ok {
			r.errorf(path, "the header block has no end: %.200q", raw)
		}
	}
	e.body = body
	r.fields(&e, header)
	if isMessage && len(e.fields["mime-version"]) != 1 {
		r.errorf(path, "%d fields MIME-Version", len(e.fields["mime-version"]))
	}
	var params map[string]string
	if n := len(e.fields["content-type"]); n != 1 {
		r.errorf(path, "%d fields Content-Type", n)
	} else {
		var err error
		e.mediaType, params, err = mime.ParseMediaType(e.fields["content-type"][0])
		if err != nil {
			r.errorf(path, "Content-Type %q: %v", e.fields["content-type"][0], err)
		}
	}
	r.list = append(r.list, e)
	switch {
	case strings.HasPrefix(e.mediaType, "multipart/"):
		for i, part := range r.parts(path, body, params["boundary"]) {
			r.entity(fmt.Sprintf("%s.%d", path, i+1), part, false)
		}
	case e.mediaType == "message/rfc822" || e.mediaType == "message/global":
		r.entity(path+".m", body, true)
	}
}

// fields reads a header block: every line begins a field or continues one.
func (r *strictReader) fields(e *strictEntity, header string) {
	name := ""
	for line := range strings.SplitSeq(header, "\r\n") {
		switch {
		case strings.ContainsAny(line, "\r\n\x00") || len(line) > 998:
			r.errorf(e.path, "line %.100q", line)
		case line != "" && (line[0] == ' ' || line[0] == '\t'):
			if name == "" || strings.TrimSpace(line) == "" {
				r.errorf(e.path, "fold %q", line)
				continue
			}
			list := e.fields[name]
			list[len(list)-1] += line
		default:
			n, value, ok := strings.Cut(line, ":")
			if !ok || n == "" || strings.ContainsFunc(n, func(c rune) bool { return c <= ' ' || c >= 0x7F }) {
				r.errorf(e.path, "no field: %.100q", line)
				continue
			}
			name = strings.ToLower(n)
			e.fields[name] = append(e.fields[name], strings.TrimPrefix(value, " "))
		}
	}
}

// parts splits the body of a multipart, which has neither preamble nor epilogue.
func (r *strictReader) parts(path, body, boundary string) []string {
	if boundary == "" {
		r.errorf(path, "no boundary")
		return nil
	}
	body, ok1 := strings.CutPrefix(body, "--"+boundary+"\r\n")
	body, after, ok2 := strings.Cut(body, "--"+boundary+"--")
	if !ok1 || !ok2 || strings.Trim(after, "\r\n") != "" {
		r.errorf(path, "multipart begins %v, ends %v, and has %.100q behind it", ok1, ok2, after)
	}
	list := strings.Split(body, "--"+boundary+"\r\n")
	for i, part := range list {
		if !strings.HasSuffix(part, "\r\n") {
			r.errorf(path, "no line end before a delimiter")
		}
		list[i] = part
	}
	return list
}
