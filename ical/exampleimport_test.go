package ical_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/contentconv/contentconv/ical"
	"github.com/contentconv/contentconv/mapi"
)

func ExampleImport() {
	calendar := func(rule string) []byte {
		return []byte(strings.Join([]string{
			"BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1@example.com", "SUMMARY:Rent is due",
			"DTSTART;VALUE=DATE:20261201", "RRULE:" + rule, "END:VEVENT", "END:VCALENDAR", ""}, "\r\n"))
	}
	for _, rule := range []string{"FREQ=MONTHLY;BYMONTHDAY=1", "FREQ=MONTHLY;BYMONTHDAY=1,15"} {
		got, err := ical.Import(context.Background(), calendar(rule), nil)
		switch {
		case err != nil:
			fmt.Println(err)
		case got.Fallback != nil:
			fmt.Println("not held:", got.Fallback)
		default:
			m := got.Messages[0]
			fmt.Println(mapi.PidTagMessageClass.Or(&m.Properties, ""), mapi.Subject(&m.Properties))
		}
	}
	// Output:
	// IPM.Appointment Rent is due
	// not held: recurrence: day of the month in VEVENT RRULE, line 7: FREQ=MONTHLY;BYMONTHDAY=1,15
}
