package dsn

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Envelope is what the transport knows of a message. Addresses stand with or
// without their angle brackets.
type Envelope struct {
	// ReturnPath is the address of MAIL FROM; "" is the null path.
	ReturnPath string
	// EnvelopeID is the parameter ENVID as it came, in xtext, or "".
	EnvelopeID string
	// Return is the parameter RET.
	Return Return
	// SMTPUTF8 says that the message came with the parameter of that name.
	SMTPUTF8 bool
	// ReceivedFrom is the host name that the message came from, or "".
	ReceivedFrom string
	// Arrival is when the message came, or zero.
	Arrival time.Time
	// Recipients are those for whom the conversion failed.
	Recipients []Recipient

	global bool // the notification has the forms of RFC 6533
}

// A Recipient is one recipient of a message.
type Recipient struct {
	// Address is the address of RCPT TO, or what it was expanded to.
	Address string
	// Original is the parameter ORCPT as it came, such as
	// "rfc822;user+2Btag@example.com", or "".
	Original string
	// Notify is the parameter NOTIFY.
	Notify Notify
}

// Notify is a set of the keywords of NOTIFY (RFC 3461, section 4.1). The empty
// set means that there is no such parameter; failures are told of then.
type Notify uint8

const (
	NotifyNever   Notify = 1 << iota // NEVER
	NotifySuccess                    // SUCCESS
	NotifyFailure                    // FAILURE
	NotifyDelay                      // DELAY
)

func (n Notify) failure() bool {
	return n == 0 || n&NotifyFailure != 0 && n&NotifyNever == 0
}

// Return is the parameter RET (RFC 3461, section 4.3).
type Return uint8

const (
	ReturnUnspecified Return = iota
	ReturnHeaders            // HDRS
	ReturnFull               // FULL
)

const (
	// maxAddress is the number of bytes of an address. RFC 5321 (section
	// 4.5.3.1) has 256; tagged and rewritten ones are longer at times.
	maxAddress = 512
	maxORCPT   = 500 // RFC 3461, section 4.2
	maxENVID   = 100 // RFC 3461, section 4.4
)

// check returns the envelope with bare addresses and those recipients only that
// are to be told of, or says what is wrong with it.
func (e Envelope) check() (*Envelope, error) {
	e.ReturnPath = bare(e.ReturnPath)
	if e.ReturnPath != "" {
		reason := checkMailbox(e.ReturnPath)
		if reason == "" && !strings.Contains(e.ReturnPath, "@") {
			reason = "has no domain"
		}
		if reason != "" {
			return nil, &EnvelopeError{"ReturnPath", e.ReturnPath, reason}
		}
	}
	if len(e.EnvelopeID) > maxENVID || !isXtext(e.EnvelopeID) {
		return nil, &EnvelopeError{"EnvelopeID", e.EnvelopeID, "is not xtext of at most 100 characters"}
	}
	if e.ReceivedFrom != "" && !isHost(e.ReceivedFrom) {
		return nil, &EnvelopeError{"ReceivedFrom", e.ReceivedFrom, "is not a host name"}
	}
	if len(e.Recipients) == 0 {
		return &e, nil
	}
	e.Recipients = slices.Clone(e.Recipients)
	for i := range e.Recipients {
		r := &e.Recipients[i]
		r.Address = bare(r.Address)
		if reason := checkMailbox(r.Address); reason != "" {
			return nil, &EnvelopeError{fmt.Sprintf("Recipients[%d].Address", i), r.Address, reason}
		}
		if r.Original != "" && !isORCPT(r.Original) {
			return nil, &EnvelopeError{fmt.Sprintf("Recipients[%d].Original", i), r.Original, "is not the value of an ORCPT"}
		}
	}
	return &e, nil
}

// international reports whether an address that the notification shows is not
// ASCII.
func (e *Envelope) international() bool {
	if !isASCII(e.ReturnPath) {
		return true
	}
	return slices.ContainsFunc(e.Recipients, func(r Recipient) bool { return !isASCII(r.Address) })
}

func bare(s string) string {
	if strings.HasPrefix(s, "<") && strings.HasSuffix(s, ">") && len(s) > 1 {
		return s[1 : len(s)-1]
	}
	return s
}
