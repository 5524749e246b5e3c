package recurrence

import "strings"

// CalendarType is the calendar in which a pattern's months and years are counted.
type CalendarType uint16

// calendarNames are the values of X-MICROSOFT-CALSCALE ([MS-OXCICAL], section
// 2.1.3.1.1.3).
var calendarNames = map[CalendarType]string{
	0x1: "Gregorian", 0x2: "Gregorian_us", 0x3: "Japan", 0x4: "Taiwan", 0x5: "Korea", 0x6: "Hijri", 0x7: "Thai",
	0x8: "Hebrew", 0x9: "GregorianMeFrench", 0xA: "GregorianArabic", 0xB: "GregorianXlitEnglish",
	0xC: "GregorianXlitFrench", 0xE: "JapanLunar", 0xF: "ChineseLunar", 0x10: "Saka", 0x11: "LunarEtoChn",
	0x12: "LunarEtoKor", 0x13: "LunarRokuyou", 0x14: "KoreaLunar", 0x17: "Umalqura",
}

// Gregorian reports whether months and years are those of the Gregorian calendar,
// whatever the years are numbered from.
func (c CalendarType) Gregorian() bool { return c <= 5 || c == 7 || c >= 9 && c <= 0xC }

// Scale returns the value of X-MICROSOFT-CALSCALE for the calendar, or "".
func (c CalendarType) Scale() string { return calendarNames[c] }

// CalendarTypeOf returns the calendar that a value of X-MICROSOFT-CALSCALE means,
// whatever its case.
func CalendarTypeOf(scale string) (CalendarType, bool) {
	for c, name := range calendarNames {
		if strings.EqualFold(name, strings.TrimSpace(scale)) {
			return c, true
		}
	}
	return 0, false
}
