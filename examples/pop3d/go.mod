module github.com/contentconv/contentconv/examples/pop3d

go 1.26.0

require github.com/contentconv/contentconv v0.0.0

require (
	github.com/emersion/go-message v0.18.2 // indirect
	golang.org/x/text v0.43.0 // indirect
)

replace github.com/contentconv/contentconv => ../..
