package headerprop

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
)

// A word is one value of an enumeration and its text.
type word struct {
	value int32
	text  string
}

// enumCodec reads the words without regard to case. Values in silent are not
// written: they are what the absence of the field means.
func enumCodec(words []word, silent ...int32) *Codec {
	return &Codec{
		Parse: func(s string) (mapi.Value, bool) {
			s = strings.TrimSpace(s)
			for _, w := range words {
				if strings.EqualFold(s, w.text) {
					return mapi.Int32(w.value), true
				}
			}
			return mapi.Value{}, false
		},
		Format: func(v mapi.Value) (string, bool) {
			n, ok := v.Int()
			for _, w := range words {
				if ok && int32(n) == w.value {
					for _, s := range silent {
						ok = ok && s != w.value
					}
					return w.text, ok
				}
			}
			return "", false
		},
		Invalid: diag.ValueInvalid,
	}
}

// sensitivityCodec reads an unknown word as normal ([MS-OXCMAIL] 2.2.3.2.4).
var sensitivityCodec = func() *Codec {
	c := enumCodec([]word{{0, "Normal"}, {1, "Personal"}, {2, "Private"}, {3, "Company-Confidential"}}, 0)
	c.Default = mapi.Int32(0)
	return c
}()

// The error values of PidTagSenderIdStatus have their high bit set in
// [MS-OXCMAIL] 2.2.3.2.20 and not in [MS-OXOMSG] 2.2.1.80; both are written.
const (
	senderIDTempError = -0x80000000 + 6
	senderIDPermError = -0x80000000 + 7
)

var senderIDCodec = enumCodec([]word{
	{1, "Neutral"}, {2, "Pass"}, {3, "Fail"}, {4, "SoftFail"}, {5, "None"},
	{senderIDTempError, "TempError"}, {senderIDPermError, "PermError"},
	{6, "TempError"}, {7, "PermError"},
})

// suppressBits are the bits of PidTagAutoResponseSuppress in the order in which
// they are written ([MS-OXCMAIL] 2.1.3.2.20).
var suppressBits = []word{
	{0x01, "DR"}, {0x02, "NDR"}, {0x04, "RN"}, {0x08, "NRN"}, {0x10, "OOF"}, {0x20, "AutoReply"},
}

var suppressCodec = &Codec{
	Parse: func(s string) (mapi.Value, bool) {
		bits, known := int32(0), false
		for token := range strings.SplitSeq(s, ",") {
			token = strings.TrimSpace(token)
			switch {
			case strings.EqualFold(token, "All"):
				return mapi.Int32(-1), true
			case strings.EqualFold(token, "None"):
				known = true
			}
			for _, w := range suppressBits {
				if strings.EqualFold(token, w.text) {
					bits, known = bits|w.value, true
				}
			}
		}
		return mapi.Int32(bits), known
	},
	Format: func(v mapi.Value) (string, bool) {
		n, ok := v.Int()
		switch {
		case !ok:
			return "", false
		case int32(n) == 0:
			return "None", true
		case int32(n) == -1:
			return "All", true
		}
		var names []string
		for _, w := range suppressBits {
			if int32(n)&w.value != 0 {
				names = append(names, w.text)
			}
		}
		return strings.Join(names, ", "), len(names) > 0
	},
	Invalid: diag.ValueInvalid,
}
