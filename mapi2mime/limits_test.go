package mapi2mime_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/mime2mapi"
)

// atLimit converts messages that have one less than a limit, the limit, and one
// more, and expects the last to fail with the limit's name and figures, and
// without a byte written.
func atLimit(t *testing.T, name string, bound int64, o mapi2mime.Options, make func(n int64) *mapi.Message) {
	t.Helper()
	for n := bound - 1; n <= bound+1; n++ {
		var b bytes.Buffer
		_, err := mapi2mime.Convert(context.Background(), &b, make(n), &o)
		if n <= bound {
			if err != nil {
				t.Errorf("%s: %d of %d: %v", name, n, bound, err)
				continue
			}
			checkLines(t, b.Bytes())
			continue
		}
		checkExceeded(t, err, name, bound, n)
		if b.Len() > 0 {
			t.Errorf("%s: %d bytes were written", name, b.Len())
		}
	}
}

func checkExceeded(t *testing.T, err error, name string, bound, actual int64) {
	t.Helper()
	var failure *diag.Error
	var exceeded *limits.ExceededError
	switch {
	case !errors.As(err, &failure) || !errors.As(err, &exceeded):
		t.Fatalf("%s: error is %v; want a *diag.Error that is a *limits.ExceededError", name, err)
	case failure.Reason != diag.LimitExceeded || failure.Status != "5.6.0" || failure.Direction != diag.Outbound:
		t.Errorf("%s: %v, %s, %v; want limit exceeded, 5.6.0, outbound", name, failure.Reason, failure.Status, failure.Direction)
	case exceeded.Name != name || exceeded.Limit != bound || exceeded.Actual != actual:
		t.Errorf("exceeded %+v; want %s %d %d", *exceeded, name, bound, actual)
	case !errors.Is(err, limits.ErrExceeded):
		t.Errorf("%s: errors.Is(err, limits.ErrExceeded) is false", name)
	}
}

func TestLimit_MaxMimeSubjectLength(t *testing.T) {
	subject := func(n int64) *mapi.Message {
		return with(func(p *props) { mapi.PidTagSubject.Set(p, strings.Repeat("x", int(n))) })
	}
	atLimit(t, "MaxMimeSubjectLength", 255, mapi2mime.Options{}, subject)
	atLimit(t, "MaxMimeSubjectLength", 10, mapi2mime.Options{Limits: limits.Limits{MaxMimeSubjectLength: 10}}, subject)
	atLimit(t, "MaxMimeSubjectLength", 255, mapi2mime.Options{}, func(n int64) *mapi.Message {
		return with(func(p *props) {
			mapi.PidTagSubject.Set(p, strings.Repeat("\U0001F600", int(n/2))+strings.Repeat("x", int(n%2)))
		})
	})
	atLimit(t, "MaxMimeSubjectLength", 255, mapi2mime.Options{}, func(n int64) *mapi.Message {
		return with(func(p *props) {
			mapi.PidTagSubjectPrefix.Set(p, "RE: ")
			mapi.PidTagNormalizedSubject.Set(p, strings.Repeat("ä", int(n-4)))
		})
	})
}

func TestLimit_MaxMimeTextHeaderLength(t *testing.T) {
	for name, tag := range map[string]mapi.Tag[string]{
		"Thread-Topic": mapi.PidTagConversationTopic, "X-CallID": mapi.PidTagCallId, "Message-ID": mapi.PidTagInternetMessageId,
		"Content-Location": mapi.PidTagBodyContentLocation,
	} {
		t.Run(name, func(t *testing.T) {
			atLimit(t, "MaxMimeTextHeaderLength", 2000, mapi2mime.Options{}, func(n int64) *mapi.Message {
				return with(func(p *props) { tag.Set(p, strings.Repeat("x", int(n))) })
			})
		})
	}
	atLimit(t, "MaxMimeTextHeaderLength", 2000, mapi2mime.Options{}, func(n int64) *mapi.Message {
		m := note()
		m.Attachments = []*mapi.Attachment{file("x", func(p *props) {
			mapi.PidTagAttachContentLocation.Set(p, strings.Repeat("x ", int(n/2))+strings.Repeat("x", int(n%2)))
		})}
		return m
	})
}

func TestLimit_MaxMimeTextHeaderLength_ListsLoseWholeItems(t *testing.T) {
	w := write(t, with(func(p *props) {
		mapi.PidTagInternetReferences.Set(p, strings.Repeat("<0123456789@example.com> ", 100))
		mapi.PidNameKeywords.Set(p, strings.Fields(strings.Repeat("keyword12 ", 300)))
		mapi.PidLidFlagRequest.Set(p, strings.Repeat("word ", 1000))
	}), nil)
	if refs := w.field(t, "References"); len(strings.Fields(refs)) != 80 || strings.Count(refs, ">") != 80 {
		t.Errorf("References keeps %d ids", len(strings.Fields(refs)))
	}
	words := strings.Split(w.field(t, "Keywords"), ", ")
	for _, word := range words {
		if word != "keyword12" {
			t.Errorf("a broken keyword %q", word)
		}
	}
	if len(words) != 182 {
		t.Errorf("%d keywords", len(words))
	}
	w.wantCode(t, diag.ItemsDropped)
}

func TestLimit_MaxMimeTextHeaderLength_ExtensionFieldsAreLeftOut(t *testing.T) {
	long := strings.Repeat("x", 2001)
	w := write(t, with(func(p *props) {
		generic(p, "X-Long", long)
		generic(p, "X-Fits", long[:2000])
	}), nil)
	w.want(t, "X-Long", "")
	if len(w.fields("X-Fits")) != 1 {
		t.Errorf("a field at the limit is missing")
	}
	w.wantCode(t, diag.HeaderNotWritten)
}

func TestLimit_MaxMimeRecipients(t *testing.T) {
	for _, kind := range []int32{mapi.RecipientTo, mapi.RecipientCc, mapi.RecipientBcc} {
		atLimit(t, "MaxMimeRecipients", 20, mapi2mime.Options{Limits: limits.Limits{MaxMimeRecipients: 20}}, func(n int64) *mapi.Message {
			m := note() // has one To
			for i := range n - 1 {
				m.Recipients = append(m.Recipients, recipients(kind, fmt.Sprintf("u%d@example.com", i))...)
			}
			return m
		})
	}
	atLimit(t, "MaxMimeRecipients", 12288, mapi2mime.Options{}, func(n int64) *mapi.Message {
		m := note()
		addresses := make([]string, n)
		for i := range addresses {
			addresses[i] = fmt.Sprintf("u%d@example.com", i)
		}
		m.Recipients = recipients(mapi.RecipientTo, addresses...)
		return m
	})
	// Rows of other kinds do not count.
	m := note()
	m.Recipients = append(m.Recipients, recipients(0, "a@example.com", "b@example.com")...)
	write(t, m, &mapi2mime.Options{Limits: limits.Limits{MaxMimeRecipients: 1}})
}

func TestLimit_MaxRecipientPropertyLength(t *testing.T) {
	to := func(name, addr string) *mapi.Message {
		m := note()
		m.Recipients[0].SetInternet(&mapi.InternetAddress{Name: name, Address: addr}, mapi.RecipientTo, 0)
		return m
	}
	atLimit(t, "MaxRecipientPropertyLength", 1000, mapi2mime.Options{}, func(n int64) *mapi.Message {
		return to(strings.Repeat("ä", int(n)), "a@example.com")
	})
	atLimit(t, "MaxRecipientPropertyLength", 1000, mapi2mime.Options{}, func(n int64) *mapi.Message {
		return to(strings.Repeat("x ", int(n))[:n-1]+"x", "a@example.com")
	})
	atLimit(t, "MaxRecipientPropertyLength", 1000, mapi2mime.Options{}, func(n int64) *mapi.Message {
		return to("", strings.Repeat("x", int(n)-12)+"@example.com")
	})
	atLimit(t, "MaxRecipientPropertyLength", 1000, mapi2mime.Options{}, func(n int64) *mapi.Message {
		return with(func(p *props) {
			mapi.SentRepresentingGroup.SetInternet(p, &mapi.InternetAddress{Name: strings.Repeat(`"`, int(n)), Address: "a@example.com"})
		})
	})
}

// An address as long as the limit allows is folded where that is allowed, before
// its domain, and comes back whole.
func TestLongAddressesComeBack(t *testing.T) {
	for _, addr := range []string{
		strings.Repeat("x", 700) + "@" + strings.Repeat("y", 290) + ".com",
		strings.Repeat("x", 290) + "@" + strings.Repeat("y", 700) + ".com",
		strings.Repeat("x", 960) + "@example.com",
	} {
		m := note()
		m.Recipients = recipients(mapi.RecipientTo, "a@example.com", addr, "b@example.com")
		res := toMAPI(t, []byte(write(t, m, nil).raw))
		if len(res.Message.Recipients) != 3 || res.Message.Recipients[1].Address().SMTP != addr {
			t.Errorf("%d characters: %d recipients", len(addr), len(res.Message.Recipients))
		}
	}
}

func TestLimit_MaxBodyPartsTotal(t *testing.T) {
	atLimit(t, "MaxBodyPartsTotal", 250, mapi2mime.Options{}, func(n int64) *mapi.Message {
		m := note() // a multipart and a text
		for range n - 2 {
			m.Attachments = append(m.Attachments, file("x", nil))
		}
		return m
	})
	atLimit(t, "MaxBodyPartsTotal", 10, mapi2mime.Options{Limits: limits.Limits{MaxBodyPartsTotal: 10}}, func(n int64) *mapi.Message {
		inner := note()
		for range n - 5 { // multipart, text, message, multipart, text
			inner.Attachments = append(inner.Attachments, file("x", nil))
		}
		m := note()
		m.Attachments = []*mapi.Attachment{{Message: inner}}
		return m
	})
}

// The bound stops the work, not only the result.
func TestLimit_MaxBodyPartsTotal_AsksNoMoreContents(t *testing.T) {
	asked := 0
	m := note()
	for range 100_000 {
		m.Attachments = append(m.Attachments, &mapi.Attachment{Content: counted{&asked}})
	}
	_, err := mapi2mime.Convert(context.Background(), io.Discard, m, nil)
	if !errors.Is(err, limits.ErrExceeded) || asked > 250 {
		t.Errorf("%d contents were asked for their size: %v", asked, err)
	}
}

type counted struct{ n *int }

func (c counted) Size(context.Context) (int64, error) { *c.n++; return 1, nil }
func (c counted) Open(context.Context) (io.ReadCloser, error) {
	return io.NopCloser(strings.NewReader("x")), nil
}

func nested(depth int64) *mapi.Message {
	m := note()
	for range depth {
		outer := note()
		outer.Attachments = []*mapi.Attachment{{Message: m}}
		m = outer
	}
	return m
}

func TestLimit_MaxEmbeddedMessageDepth(t *testing.T) {
	atLimit(t, "MaxEmbeddedMessageDepth", 30, mapi2mime.Options{}, nested)
	atLimit(t, "MaxEmbeddedMessageDepth", 3, mapi2mime.Options{Limits: limits.Limits{MaxEmbeddedMessageDepth: 3}}, nested)
}

// Both directions count depth and parts alike.
func TestLimitsCountAsInbound(t *testing.T) {
	for _, l := range []limits.Limits{
		{MaxEmbeddedMessageDepth: 4, MaxBodyPartsTotal: -1}, {MaxEmbeddedMessageDepth: 5, MaxBodyPartsTotal: -1},
		{MaxEmbeddedMessageDepth: -1, MaxBodyPartsTotal: 16}, {MaxEmbeddedMessageDepth: -1, MaxBodyPartsTotal: 17},
	} {
		w := write(t, nested(5), &mapi2mime.Options{Limits: limits.Limits{MaxEmbeddedMessageDepth: -1, MaxBodyPartsTotal: -1}})
		_, out := mapi2mime.Convert(context.Background(), io.Discard, nested(5), &mapi2mime.Options{Limits: l})
		res, in := mime2mapi.Convert(context.Background(), strings.NewReader(w.raw), &mime2mapi.Options{Limits: l})
		if in == nil {
			res.Close()
		}
		if (in == nil) != (out == nil) {
			t.Errorf("%+v: inbound %v, outbound %v", l, in, out)
		}
	}
}

// No depth costs stack, and none is quadratic.
func TestAnyDepthConverts(t *testing.T) {
	const depth = 20_000
	var b bytes.Buffer
	res, err := mapi2mime.Convert(context.Background(), &b, nested(depth), &mapi2mime.Options{Limits: unlimited})
	if err != nil {
		t.Fatal(err)
	}
	if res.Size > 1000*depth {
		t.Errorf("%d bytes for %d levels", res.Size, depth)
	}
	if n := strings.Count(b.String(), "message/rfc822"); n != depth {
		t.Errorf("%d embedded messages", n)
	}
}

func TestAMessageThatContainsItself(t *testing.T) {
	m := note()
	m.Attachments = []*mapi.Attachment{{Message: nested(2)}}
	m.Attachments[0].Message.Attachments[0].Message.Attachments = []*mapi.Attachment{{Message: m}}
	_, err := mapi2mime.Convert(context.Background(), io.Discard, m, &mapi2mime.Options{Limits: unlimited})
	var failure *diag.Error
	if !errors.As(err, &failure) || failure.Reason != diag.CorruptContent || failure.Part != "1.1.1" {
		t.Errorf("error is %v", err)
	}
	// The same message twice is no circle.
	twice := note()
	inner := note()
	twice.Attachments = []*mapi.Attachment{{Message: inner}, {Message: inner}}
	write(t, twice, nil)
}

func TestLimit_MSize(t *testing.T) {
	m := func(n int64) *mapi.Message {
		m := note()
		m.Attachments = []*mapi.Attachment{file(strings.Repeat("x", int(n)), nil)}
		return m
	}
	o := mapi2mime.Options{Key: []byte("k")}
	size := write(t, m(1000), &o).res.Size
	// Base64 grows by steps, so the text is what is varied.
	text := func(n int64) *mapi.Message {
		out := m(1000)
		mapi.PidTagBody.Set(&out.Properties, "Text"+strings.Repeat("x", int(n-size))+"\r\n")
		return out
	}
	o.Limits.MSize = size + 1
	atLimit(t, "MSize", size+1, o, text)
}

// The size is judged before anything is read or written, whatever it is.
func TestLimit_MSize_OfAHugeAttachment(t *testing.T) {
	for _, c := range []struct {
		size int64
		ok   bool
	}{{2147483647, false}, {1 << 40, false}, {1 << 62, false}} {
		m := note()
		m.Attachments = []*mapi.Attachment{{Content: huge(c.size)}}
		var b bytes.Buffer
		_, err := mapi2mime.Convert(context.Background(), &b, m, nil)
		var exceeded *limits.ExceededError
		if !errors.As(err, &exceeded) || exceeded.Name != "MSize" || exceeded.Actual <= c.size || b.Len() > 0 {
			t.Errorf("%d bytes: %v, %d written", c.size, err, b.Len())
		}
	}
}

type huge int64

func (h huge) Size(context.Context) (int64, error)         { return int64(h), nil }
func (h huge) Open(context.Context) (io.ReadCloser, error) { panic("opened") }

func TestShortenText(t *testing.T) {
	long := strings.Repeat("ä", 3000)
	m := with(func(p *props) {
		mapi.PidTagSubject.Set(p, long)
		mapi.PidTagConversationTopic.Set(p, long)
		mapi.SentRepresentingGroup.SetInternet(p, &mapi.InternetAddress{Name: long, Address: "ann@example.com"})
	})
	m.Recipients = recipients(mapi.RecipientTo, "bob@example.org", strings.Repeat("x", 1000)+"@example.com")
	w := write(t, m, &mapi2mime.Options{ShortenText: true})
	p := &toMAPI(t, []byte(w.raw)).Message.Properties
	for name, c := range map[string]struct {
		got  string
		want int
	}{
		"subject": {mapi.PidTagSubject.Or(p, ""), 255},
		"topic":   {mapi.PidTagConversationTopic.Or(p, ""), 2000},
		"name":    {mapi.PidTagSentRepresentingName.Or(p, ""), 1000},
	} {
		if n := len([]rune(c.got)); n != c.want {
			t.Errorf("%s has %d characters; want %d", name, n, c.want)
		}
	}
	w.want(t, "To", "bob@example.org")
	w.wantCode(t, diag.TextShortened, diag.ItemsDropped)
}
