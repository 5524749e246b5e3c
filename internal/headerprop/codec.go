package headerprop

import (
	"strconv"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/lcid"
	"github.com/contentconv/contentconv/internal/maildate"
	"github.com/contentconv/contentconv/mapi"
)

// A Codec turns the text of a field into the value of a property and back. Both
// functions report false for what the other side cannot hold.
type Codec struct {
	Parse  func(text string) (mapi.Value, bool)
	Format func(v mapi.Value) (string, bool)
	// Invalid is the diagnostic for text that Parse refuses.
	Invalid diag.Code
	// Default is the value of a field whose text Parse refuses; usually none.
	Default mapi.Value
}

var textCodec = &Codec{
	Parse: func(s string) (mapi.Value, bool) {
		s = strings.TrimSpace(s)
		return mapi.String(s), s != ""
	},
	Format: func(v mapi.Value) (string, bool) {
		s, ok := v.Text()
		return s, ok && s != ""
	},
	Invalid: diag.ValueInvalid,
}

// contentIDCodec strips blanks and one pair of angle brackets ([MS-OXCMAIL]
// 2.2.3.2.24) and puts them back.
var contentIDCodec = &Codec{
	Parse: func(s string) (mapi.Value, bool) {
		s = TrimID(s)
		return mapi.String(s), s != ""
	},
	Format: func(v mapi.Value) (string, bool) {
		s, ok := v.Text()
		s = TrimID(s)
		return "<" + s + ">", ok && s != ""
	},
	Invalid: diag.ValueInvalid,
}

// TrimID returns a Content-ID without blanks, NULs and angle brackets around it.
func TrimID(s string) string {
	s = strings.Trim(s, " \t\r\n\x00")
	s = strings.TrimPrefix(s, "<")
	s = strings.TrimSuffix(s, ">")
	return strings.Trim(s, " \t\x00")
}

var dateCodec = &Codec{
	Parse: func(s string) (mapi.Value, bool) {
		t, ok, _ := maildate.Parse(s)
		if !ok {
			return mapi.Value{}, false
		}
		ft, ok := mapi.TimeOf(t)
		return mapi.TimeValue(ft), ok
	},
	Format: func(v mapi.Value) (string, bool) {
		ft, ok := v.Time()
		if !ok {
			return "", false
		}
		t, ok := ft.Time()
		if !ok || ft == mapi.TimeNone {
			return "", false
		}
		return maildate.Format(t), true
	},
	Invalid: diag.DateInvalid,
}

// countCodec is a number that is not negative, without separators.
var countCodec = intCodec(0, 1<<31-1)

// sclCodec is the spam confidence level; -1 means that the sender is trusted.
var sclCodec = intCodec(-1, 9)

func intCodec(low, high int64) *Codec {
	return &Codec{
		Parse: func(s string) (mapi.Value, bool) {
			n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 32)
			return mapi.Int32(int32(n)), err == nil && low <= n && n <= high
		},
		Format: func(v mapi.Value) (string, bool) {
			n, ok := v.Int()
			return strconv.FormatInt(n, 10), ok && low <= n && n <= high
		},
		Invalid: diag.ValueInvalid,
	}
}

// trueCodec is a flag of which only "true" is written.
var trueCodec = &Codec{
	Parse: func(s string) (mapi.Value, bool) {
		s = strings.TrimSpace(s)
		yes := strings.EqualFold(s, "true")
		return mapi.Bool(yes), yes || strings.EqualFold(s, "false")
	},
	Format: func(v mapi.Value) (string, bool) {
		b, ok := v.Bool()
		return "true", ok && b
	},
	Invalid: diag.ValueInvalid,
}

// keywordsCodec splits at commas and semicolons and drops what is empty.
var keywordsCodec = &Codec{
	Parse: func(s string) (mapi.Value, bool) {
		var list []string
		for item := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ',' || r == ';' }) {
			if item = strings.TrimSpace(item); item != "" {
				list = append(list, item)
			}
		}
		return mapi.List(list), len(list) > 0
	},
	Format: func(v mapi.Value) (string, bool) {
		list, ok := v.Elements().([]string)
		return strings.Join(list, ", "), ok && len(list) > 0
	},
	Invalid: diag.ValueInvalid,
}

var threadIndexCodec = &Codec{
	Parse: func(s string) (mapi.Value, bool) {
		b, err := mapi.DecodeThreadIndex(s)
		return mapi.Binary(b), err == nil
	},
	Format: func(v mapi.Value) (string, bool) {
		b, ok := v.Bytes()
		return mapi.EncodeThreadIndex(b), ok && len(b) > 0
	},
	Invalid: diag.ThreadIndexInvalid,
}

// languageCodec reads the first language tag and writes the locale's tag
// ([MS-OXCMAIL] 2.2.3.2.11).
var languageCodec = &Codec{
	Parse: func(s string) (mapi.Value, bool) {
		first, _, _ := strings.Cut(s, ",")
		id, ok := lcid.FromTag(strings.TrimSpace(first))
		return mapi.Int32(int32(id)), ok
	},
	Format: func(v mapi.Value) (string, bool) {
		n, ok := v.Int()
		if !ok {
			return "", false
		}
		return lcid.ToTag(uint32(n))
	},
	Invalid: diag.ValueInvalid,
}
