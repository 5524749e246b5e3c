package reportfield

import "github.com/contentconv/contentconv/internal/mimescan"

// A Name is a field that a report's properties are made of.
type Name uint8

const (
	// of a delivery report as a whole
	ReportingMTA Name = iota
	// of one recipient
	OriginalRecipient
	FinalRecipient
	Action
	Status
	RemoteMTA
	DiagnosticCode
	SupplementaryInfo
	// of both kinds of reports
	DisplayName
	// of a receipt
	Disposition
	OriginalMessageID
	CorrelationKey

	numNames
)

var names = [numNames]string{
	ReportingMTA:      "Reporting-MTA",
	OriginalRecipient: "Original-Recipient",
	FinalRecipient:    "Final-Recipient",
	Action:            "Action",
	Status:            "Status",
	RemoteMTA:         "Remote-MTA",
	DiagnosticCode:    "Diagnostic-Code",
	SupplementaryInfo: "X-Supplementary-Info",
	DisplayName:       "X-Display-Name",
	Disposition:       "Disposition",
	OriginalMessageID: "Original-Message-ID",
	CorrelationKey:    "X-MSExch-Correlation-Key",
}

// String returns the name as it stands in a report.
func (n Name) String() string { return names[n] }

// find returns the Name of a field.
func find(field string) (Name, bool) {
	f := mimescan.Field{Name: field}
	for i, name := range names {
		if f.Is(name) {
			return Name(i), true
		}
	}
	return 0, false
}
