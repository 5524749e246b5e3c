package timezone_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/contentconv/contentconv/ical/timezone"
	"github.com/contentconv/contentconv/ical/tree"
)

// BenchmarkHostile reads zones of many observances, at two sizes.
func BenchmarkHostile(b *testing.B) {
	for name, unit := range map[string]string{
		"rules that never match": observance("STANDARD", "19000101T000000", "+0000", "+0100", "RRULE:FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=SU;BYMONTHDAY=31,-31;UNTIL=22000101"),
		"dates":                  observance("STANDARD", "19000101T000000", "+0000", "+0100", "RDATE:"+strings.Repeat("20000101T000000,", 15)+"20000101T000000"),
	} {
		for _, n := range []int{300, 600} {
			s, err := tree.Parse([]byte("BEGIN:VTIMEZONE\nTZID:x\n"+strings.Repeat(unit, n)+"END:VTIMEZONE\n"), nil)
			if err != nil {
				b.Fatal(err)
			}
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					if z, err := timezone.ParseComponent(s.Components[0]); err == nil {
						_, _ = z.RuleAt(time.Unix(0, 0))
					}
				}
			})
		}
	}
}
