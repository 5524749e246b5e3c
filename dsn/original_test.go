package dsn_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/dsn"
)

// A content gives one of its texts for each time that it is opened, the last one
// again and again.
type content struct {
	texts []string
	size  int64 // 0 means that of the first text
	err   error // of the reader, after the text
	opens int
}

func (c *content) Size(context.Context) (int64, error) {
	if c.size != 0 {
		return c.size, nil
	}
	return int64(len(c.texts[0])), nil
}

func (c *content) Open(context.Context) (io.ReadCloser, error) {
	text := c.texts[min(c.opens, len(c.texts)-1)]
	c.opens++
	err := c.err
	if err == nil {
		err = io.EOF
	}
	return io.NopCloser(io.MultiReader(strings.NewReader(text), failing{err})), nil
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func original(text string) *content { return &content{texts: []string{text}} }

const whole = "Subject: hello\r\n\r\nbody\r\n"

func TestReturned(t *testing.T) {
	tests := []struct {
		name     string
		ret      dsn.Return
		include  dsn.Include
		original dsn.Content
		want     dsn.Returned
	}{
		{"nothing said", dsn.ReturnUnspecified, dsn.IncludeRequested, original(whole), dsn.ReturnedHeaders},
		{"RFC 3461 RET=FULL", dsn.ReturnFull, dsn.IncludeRequested, original(whole), dsn.ReturnedMessage},
		{"RFC 3461 RET=HDRS", dsn.ReturnHeaders, dsn.IncludeRequested, original(whole), dsn.ReturnedHeaders},
		{"RFC 3461 RET=FULL without the message", dsn.ReturnFull, dsn.IncludeRequested, nil, dsn.ReturnedHeaders},
		{"option headers against RET=FULL", dsn.ReturnFull, dsn.IncludeHeaders, original(whole), dsn.ReturnedHeaders},
		{"option message", dsn.ReturnUnspecified, dsn.IncludeMessage, original(whole), dsn.ReturnedMessage},
		{"option message against RET=HDRS", dsn.ReturnHeaders, dsn.IncludeMessage, original(whole), dsn.ReturnedHeaders},
		{"option nothing", dsn.ReturnFull, dsn.IncludeNothing, original(whole), dsn.ReturnedNothing},
	}
	text := map[dsn.Returned]string{
		dsn.ReturnedNothing: "    (it is not attached)",
		dsn.ReturnedHeaders: "    (its header is attached)",
		dsn.ReturnedMessage: "    (it is attached)",
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			env, o := envelope(), options()
			env.Return, o.Include, o.Original = tt.ret, tt.include, tt.original
			r := build(t, failure(), env, o)
			if r.Returned != tt.want {
				t.Fatalf("Returned is %d", r.Returned)
			}
			if !has(r.parts[0].body, text[tt.want]) {
				t.Errorf("text:\n%s", r.parts[0].body)
			}
			if tt.want == dsn.ReturnedMessage {
				if diff := cmp.Diff(reportPart{"message/rfc822", "", whole}, r.parts[2], cmp.AllowUnexported(reportPart{})); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

func full(o *dsn.Options, c dsn.Content) *dsn.Options {
	o.Include, o.Original = dsn.IncludeMessage, c
	return o
}

func TestReturnedMessage(t *testing.T) {
	line := strings.Repeat("x", 998)
	tests := []struct {
		name, in string
		want     string // "" means that the header comes back instead
		encoding string
	}{
		{"CRLF", whole, whole, ""},
		{"LF", "A: 1\n\n1\r\n2\n", "A: 1\r\n\r\n1\r\n2\r\n", ""},
		{"no line end at the end", "A: 1\r\n\r\nbody", "A: 1\r\n\r\nbody", ""},
		{"empty", "", "", ""},
		{"eight bits", "A: 1\r\n\r\nGr\xfc\xdfe\r\n", "A: 1\r\n\r\nGr\xfc\xdfe\r\n", "8bit"},
		{"line of 998", "A: 1\r\n\r\n" + line + "\r\n", "A: 1\r\n\r\n" + line + "\r\n", ""},
		{"line of 999", "A: 1\r\n\r\nx" + line + "\r\n", "", ""},
		{"line without end", strings.Repeat(line, 10), "", ""},
		{"NUL", "A: 1\r\n\r\n\x00\r\n", "", ""},
		{"CR within a line", "A: 1\r\n\r\n1\r2\r\n", "", ""},
		{"CR at the end", "A: 1\r\n\r\n1\r", "", ""},
		{"dots", "A: 1\r\n\r\n.\r\n..\r\n", "A: 1\r\n\r\n.\r\n..\r\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := build(t, failure(), envelope(), full(options(), original(tt.in)))
			if tt.want == "" && tt.in != "" {
				if r.Returned != dsn.ReturnedHeaders {
					t.Errorf("Returned is %d", r.Returned)
				}
				return
			}
			want := reportPart{"message/rfc822", tt.encoding, tt.want}
			if diff := cmp.Diff(want, r.parts[2], cmp.AllowUnexported(reportPart{})); diff != "" {
				t.Error(diff)
			}
			if r.EightBit != (tt.encoding == "8bit") {
				t.Errorf("EightBit is %t", r.EightBit)
			}
		})
	}
}

func TestReturnedMessageInternational(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"header", "Subject: Grüße\r\n\r\nx\r\n", "message/global"},
		{"body alone", "Subject: x\r\n\r\nGrüße\r\n", "message/rfc822"},
		{"header that is not UTF-8", "Subject: Gr\xfc\xdfe\r\n\r\nx\r\n", "message/rfc822"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			env := envelope()
			env.SMTPUTF8 = true
			r := build(t, failure(), env, full(options(), original(tt.in)))
			if got := r.parts[2]; got.kind != tt.want || got.encoding != "8bit" || got.body != tt.in {
				t.Errorf("part is %+v", got)
			}
			r = build(t, failure(), envelope(), full(options(), original(tt.in)))
			if got := r.parts[2].kind; got != "message/rfc822" {
				t.Errorf("without SMTPUTF8: %s", got)
			}
		})
	}
}

func TestReturnedMessageBound(t *testing.T) {
	for _, tt := range []struct {
		name string
		c    *content
		want dsn.Returned
	}{
		{"fits", original(whole), dsn.ReturnedMessage},
		{"declares more", &content{texts: []string{whole}, size: int64(len(whole)) + 1}, dsn.ReturnedHeaders},
		{"has more", &content{texts: []string{whole + "x"}, size: 1}, dsn.ReturnedHeaders},
		{"has no end", &content{texts: []string{strings.Repeat("x\r\n", 1<<20)}, size: 1}, dsn.ReturnedHeaders},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := full(options(), tt.c)
			o.MaxOriginal = int64(len(whole))
			if r := build(t, failure(), envelope(), o); r.Returned != tt.want {
				t.Errorf("Returned is %d", r.Returned)
			}
		})
	}
}

// A message that holds the boundary gets another one. Here it knows the first
// two.
func TestReturnedMessageHoldsTheBoundary(t *testing.T) {
	in := whole
	var seen []string
	for range 3 {
		r := build(t, failure(), envelope(), full(options(), original(in)))
		if r.Returned != dsn.ReturnedMessage || r.parts[2].body != in {
			t.Fatalf("Returned is %d:\n%s", r.Returned, r.raw)
		}
		_, params, _ := r.header.ContentType()
		b := params["boundary"]
		if strings.Contains(in, b) {
			t.Fatalf("boundary %s is used again", b)
		}
		seen = append(seen, b)
		in += "--" + b + "--\r\n"
	}
	// The header alone is searched as well.
	r := build(t, withHeader("A: x\r\n --"+seen[0]+"\r\n"), envelope(), options())
	_, params, _ := r.header.ContentType()
	if strings.Contains(r.parts[2].body, params["boundary"]) {
		t.Errorf("boundary %s is in the header", params["boundary"])
	}
}

func TestReturnedMessageErrors(t *testing.T) {
	broken := errors.New("broken")
	t.Run("read error", func(t *testing.T) {
		c := &content{texts: []string{whole}, err: broken}
		if _, err := dsn.New(t.Context(), failure(), envelope(), full(options(), c)); !errors.Is(err, broken) {
			t.Errorf("error is %v", err)
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		n, err := dsn.New(ctx, failure(), envelope(), full(options(), original(whole)))
		if err != nil {
			t.Fatal(err)
		}
		cancel()
		if _, err := dsn.New(ctx, failure(), envelope(), full(options(), original(whole))); !errors.Is(err, context.Canceled) {
			t.Errorf("New: %v", err)
		}
		if err := n.Write(ctx, io.Discard); !errors.Is(err, context.Canceled) {
			t.Errorf("Write: %v", err)
		}
	})
	for name, second := range map[string]string{
		"longer":     whole + "x",
		"shorter":    whole[:len(whole)-2],
		"NUL":        strings.Replace(whole, "body", "b\x00dy", 1),
		"eight bits": strings.Replace(whole, "body", "b\xfcdy", 1),
	} {
		t.Run("changed: "+name, func(t *testing.T) {
			c := &content{texts: []string{whole, second}}
			n, err := dsn.New(t.Context(), failure(), envelope(), full(options(), c))
			if err != nil {
				t.Fatal(err)
			}
			if err := n.Write(t.Context(), io.Discard); err == nil {
				t.Error("no error")
			}
		})
	}
}
