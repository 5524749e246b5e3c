package mapi_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/mapi"
)

const (
	exampleTime  mapi.Time = 0x01DD79AFD58CE000 // 2026-11-21 12:00
	exampleIndex           = "01dd79afd58c 000102030405060708090a0b0c0d0e0f"
	newerIndex             = "0101d190d949 2a1ea50ce22b5741b8b041afa2e3cba3"
)

var exampleID = [16]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}

func TestConversationIndex(t *testing.T) {
	t.Run("MAPI-C-001 header bytes", func(t *testing.T) {
		got := mapi.NewConversationIndex(exampleTime, exampleID)
		if !bytes.Equal(got, unhex(t, exampleIndex)) {
			t.Errorf("% x", got)
		}
		x, err := mapi.ParseConversationIndex(got)
		if err != nil || x.ID != exampleID || exampleTime-x.Time >= 1<<16 || x.Time > exampleTime || x.Replies != nil {
			t.Error(x, err)
		}
	})
	for _, tt := range []struct {
		name, hex string
		times     []string // of the header and the replies
	}{
		{"MAPI-C-002 Outlook's layout", exampleIndex, []string{"2026-11-21T11:59:59"}},
		{"MAPI-C-002 Exchange's layout", newerIndex, []string{"2016-04-07T14:25:07"}},
		{"MAPI-C-003 a reply after 25 hours", exampleIndex + "0034630ba0", []string{"2026-11-21T11:59:59", "2026-11-22T12:59:59"}},
		{"MAPI-C-003 replies add up", exampleIndex + "0034630ba0 0034630b00", []string{"2026-11-21T11:59:59", "2026-11-22T12:59:59", "2026-11-23T13:59:59"}},
		{"MAPI-C-003 replies to a header that was misread", newerIndex + "9f84c13840 8000475e5f",
			[]string{"2016-04-07T14:25:07", "2016-04-11T12:55:43", "2016-04-11T17:11:09"}},
		{"fine steps count from the header's own time", newerIndex + "0034630ba0", []string{"2016-04-07T14:25:07", "2016-04-08T15:25:07"}},
		{"a rest is no reply", exampleIndex + "00346300", []string{"2026-11-21T11:59:59"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x, err := mapi.ParseConversationIndex(unhex(t, tt.hex))
			if err != nil {
				t.Fatal(err)
			}
			got := []string{clock(x.Time)}
			for _, r := range x.Replies {
				got = append(got, clock(r.Time))
			}
			if diff := cmp.Diff(tt.times, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("too short", func(t *testing.T) {
		if _, err := mapi.ParseConversationIndex(make([]byte, 21)); err == nil {
			t.Error("no error")
		}
		if _, err := mapi.AppendConversationReply(nil, exampleTime, 0); err == nil {
			t.Error("no error")
		}
	})
	t.Run("times do not overflow", func(t *testing.T) {
		b := append(unhex(t, "ffff ffffffff"), make([]byte, 16)...)
		b = append(b, bytes.Repeat([]byte{0xFF}, 5*5000)...)
		x, err := mapi.ParseConversationIndex(b)
		if err != nil || len(x.Replies) != 5000 {
			t.Fatal(err, len(x.Replies))
		}
		if last := x.Replies[4999].Time; last != mapi.MaxTime {
			t.Error(last)
		}
	})
}

func clock(t mapi.Time) string {
	u, ok := t.Time()
	if !ok {
		return "none"
	}
	return u.Format("2006-01-02T15:04:05")
}

func TestAppendConversationReply(t *testing.T) {
	const base mapi.Time = 0x01DD79AFD58C0000
	second, minute := mapi.Time(time.Second/100), mapi.Time(time.Minute/100)
	for _, tt := range []struct {
		name  string
		index string
		sent  mapi.Time
		want  string // after the index
	}{
		{"MAPI-C-003 25 hours", exampleIndex, base + 0xD18C2F0800, "0034630b07"},
		{"MAPI-C-003 just below 2^49", exampleIndex, base + 1<<49 - 1, "7fffffff07"},
		{"MAPI-C-003 code bit from 2^49 on", exampleIndex, base + 1<<49, "8400000007"},
		{"before the header", exampleIndex, base - second, "0000000007"},
		{"second reply", exampleIndex + "0034630ba0", base + 0xD18C2F0800 + minute, "000008f107"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			index := unhex(t, tt.index)
			got, err := mapi.AppendConversationReply(index, tt.sent, 7)
			if want := unhex(t, tt.index+tt.want); err != nil || !bytes.Equal(got, want) {
				t.Errorf("% x, want % x, %v", got, want, err)
			}
			if !bytes.Equal(index, unhex(t, tt.index)) {
				t.Error("the parent's index changed")
			}
		})
	}
	t.Run("a rest that is no reply is cut off", func(t *testing.T) {
		got, err := mapi.AppendConversationReply(unhex(t, exampleIndex+"00346300"), base, 7)
		if want := unhex(t, exampleIndex+"0000000007"); err != nil || !bytes.Equal(got, want) {
			t.Errorf("% x, %v", got, err)
		}
	})
	t.Run("reply to Exchange's layout can be read again", func(t *testing.T) {
		sent := exampleTime
		got, err := mapi.AppendConversationReply(unhex(t, newerIndex), sent, 0)
		if err != nil {
			t.Fatal(err)
		}
		x, err := mapi.ParseConversationIndex(got)
		if err != nil || len(x.Replies) != 1 || sent-x.Replies[0].Time > second || x.Replies[0].Time > sent {
			t.Error(x, err)
		}
	})
}

func TestThreadIndex(t *testing.T) {
	header := unhex(t, exampleIndex)
	text := mapi.EncodeThreadIndex(header)
	long := append(bytes.Clone(header), make([]byte, 5*60)...)
	for _, tt := range []struct {
		name, field string
		want        []byte
	}{
		{"as written", text, header},
		{"folded and padded with blanks", " " + text[:7] + "\r\n\t" + text[7:] + " ", header},
		{"missing padding", strings.TrimRight(text, "="), header},
		{"a length that is no whole reply", mapi.EncodeThreadIndex(append(bytes.Clone(header), 1, 2)), append(bytes.Clone(header), 1, 2)},
		{"too long for the property", mapi.EncodeThreadIndex(long), long[:252]},
		{"MAPI-C-005 no base64", "Thread!" + text, nil},
		{"MAPI-C-005 too short", mapi.EncodeThreadIndex(header[:21]), nil},
		{"MAPI-C-005 other first byte", mapi.EncodeThreadIndex(make([]byte, 22)), nil},
		{"MAPI-C-005 empty", "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := mapi.DecodeThreadIndex(tt.field)
			if !bytes.Equal(got, tt.want) || (err == nil) != (tt.want != nil) {
				t.Errorf("% x, %v", got, err)
			}
		})
	}
	t.Run("MAPI-C-005 replaced, not fatal", func(t *testing.T) {
		if _, err := mapi.DecodeThreadIndex("junk"); err == nil || errors.Unwrap(err) == nil && !strings.HasPrefix(err.Error(), "mapi: ") {
			t.Fatal(err)
		}
		x, err := mapi.ParseConversationIndex(mapi.NewConversationIndex(exampleTime, mapi.TopicID("Hello")))
		if err != nil || hex.EncodeToString(x.ID[:]) != "88d02997c7cf2fbca9e5ed72d848ff05" {
			t.Errorf("%x %v", x.ID, err)
		}
	})
}

func TestConversationID(t *testing.T) {
	const hello = "88d02997c7cf2fbca9e5ed72d848ff05"
	index := unhex(t, exampleIndex)
	other := append([]byte{2}, index[1:]...)
	for _, tt := range []struct {
		name    string
		tracked bool
		index   []byte
		topic   string
		want    string
	}{
		{"MAPI-C-004 from the index", true, index, "Hello", "000102030405060708090a0b0c0d0e0f"},
		{"MAPI-C-004 not tracked: from the topic", false, index, "Hello", hello},
		{"MAPI-C-004 short index: from the topic", true, index[:21], "Hello", hello},
		{"MAPI-C-004 other first byte: from the topic", true, other, "Hello", hello},
		{"MAPI-C-004 upper case", false, nil, "hELLO", hello},
		{"MAPI-C-004 up to a NUL", false, nil, "Hello\x00world", hello},
		{"MAPI-C-004 neither", true, nil, "", ""},
		{"MAPI-C-004 untracked index alone", false, index, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var p mapi.Properties
			mapi.PidTagConversationIndexTracking.Set(&p, tt.tracked)
			mapi.PidTagConversationIndex.Set(&p, tt.index)
			setText(&p, mapi.PidTagConversationTopic, tt.topic)
			id, ok := mapi.ConversationID(&p)
			got := hex.EncodeToString(id[:])
			if !ok {
				got = ""
			}
			if got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
	same := func(name, a, b string, want bool) {
		t.Run(name, func(t *testing.T) {
			if (mapi.TopicID(a) == mapi.TopicID(b)) != want {
				t.Errorf("%.40q and %.40q: want %v", a, b, want)
			}
		})
	}
	long := strings.Repeat("x", 254)
	same("MAPI-C-006 255 units count", long+"ab", long+"ac", true)
	same("MAPI-C-006 the 255th counts", long+"ab", long+"bb", false)
	same("MAPI-C-006 a pair is two units", long+"😀", long+"😁", true)
	same("MAPI-C-006 its first half counts", long+"😀", long+"a", false)
	same("beyond ASCII", "äöé", "ÄÖÉ", true)
	same("the dotless i is no I", "ı", "I", false)
}

func TestSplitSubject(t *testing.T) {
	for _, tt := range []struct{ name, subject, prefix, normalized string }{
		{"IN-HDR-011 prefix", "RE: x", "RE: ", "x"},
		{"IN-HDR-012 no space", "Re:x", "Re: ", "x"},
		{"IN-HDR-013 many spaces", "Re:   x", "Re: ", "x"},
		{"IN-HDR-014 four characters", "ABCD: x", "", "ABCD: x"},
		{"IN-HDR-015 digit", "R2: x", "", "R2: x"},
		{"IN-HDR-016 one prefix only", "RE: FW: x", "RE: ", "FW: x"},
		{"IN-HDR-017 three letters", "Odp: x", "Odp: ", "x"},
		{"IN-HDR-017 characters, not bytes", "答复回: x", "答复回: ", "x"},
		{"IN-HDR-017 four characters beyond ASCII", "ääää: x", "", "ääää: x"},
		{"IN-HDR-017 a pair counts two", "😀a: x", "😀a: ", "x"},
		{"IN-HDR-017 two pairs count four", "😀😀: x", "", "😀😀: x"},
		{"IN-HDR-018 empty", "", "", ""},
		{"space within", "A B: x", "", "A B: x"},
		{"leading space", " A: x", "", " A: x"},
		{"colon first", ": x", "", ": x"},
		{"two colons", "A::x", "A: ", ":x"},
		{"nothing after", "RE:", "RE: ", ""},
		{"no colon", "REx", "", "REx"},
		{"punctuation", "[a: x", "[a: ", "x"},
		{"mark of a store", "\x01\x05RE: x", "RE: ", "x"},
		{"mark of a store, no prefix", "\x01\x01x", "", "x"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if prefix, normalized := mapi.SplitSubject(tt.subject); prefix != tt.prefix || normalized != tt.normalized {
				t.Errorf("%q %q, want %q %q", prefix, normalized, tt.prefix, tt.normalized)
			}
		})
	}
}

func TestSubject(t *testing.T) {
	check := func(t *testing.T, p *mapi.Properties, subject, prefix, normalized string) {
		t.Helper()
		got := []string{mapi.Subject(p), mapi.PidTagSubjectPrefix.Or(p, "-"), mapi.PidTagNormalizedSubject.Or(p, "-")}
		if diff := cmp.Diff([]string{subject, prefix, normalized}, got); diff != "" {
			t.Error(diff)
		}
	}
	t.Run("IN-HDR-020 prefix and rest make up the subject", func(t *testing.T) {
		var p mapi.Properties
		mapi.SetSubject(&p, "Re:  x")
		check(t, &p, "Re: x", "Re: ", "x")
	})
	t.Run("IN-HDR-018 none", func(t *testing.T) {
		var p mapi.Properties
		mapi.SetSubject(&p, "")
		check(t, &p, "", "", "")
	})
	t.Run("IN-HDR-019 parts that are known stay", func(t *testing.T) {
		var p mapi.Properties
		mapi.PidTagSubjectPrefix.Set(&p, "Antw: ")
		mapi.PidTagNormalizedSubject.Set(&p, "RE: x")
		mapi.SetSubject(&p, "Antw: RE: x")
		check(t, &p, "Antw: RE: x", "Antw: ", "RE: x")
		mapi.SetSubject(&p, "FW: y")
		check(t, &p, "FW: y", "FW: ", "y")
	})
	t.Run("from the parts alone", func(t *testing.T) {
		var p mapi.Properties
		mapi.PidTagSubjectPrefix.Set(&p, "RE: ")
		mapi.PidTagNormalizedSubject.Set(&p, "x")
		if s := mapi.Subject(&p); s != "RE: x" {
			t.Error(s)
		}
	})
	t.Run("without a store's mark", func(t *testing.T) {
		var p mapi.Properties
		mapi.PidTagSubject.Set(&p, "\x01\x05RE: x")
		if s := mapi.Subject(&p); s != "RE: x" {
			t.Errorf("%q", s)
		}
	})
}
