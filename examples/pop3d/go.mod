module github.com/contentconv/contentconv/examples/pop3d

go 1.26.0

require github.com/contentconv/contentconv v0.0.0

require (
	github.com/emersion/go-ical v0.0.0-20250329121855-f41e73efc392 // indirect
	github.com/emersion/go-message v0.18.2 // indirect
	github.com/segmentio/asm v1.2.1 // indirect
	github.com/teambition/rrule-go v1.8.2 // indirect
	golang.org/x/sys v0.5.0 // indirect
	golang.org/x/text v0.43.0 // indirect
)

replace github.com/contentconv/contentconv => ../..
