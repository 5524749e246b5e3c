package reportcode

// NoDiagnostic is the value of PidTagNonDeliveryReportDiagCode where there is no
// diagnostic code.
const NoDiagnostic int32 = -1

// codes are the values of PidTagNonDeliveryReportDiagCode and of
// PidTagNonDeliveryReportReasonCode.
type codes struct{ diag, reason int32 }

// A subjectCodes is a row of the reader's table ([MS-OXCMAIL] 2.2.3.7.1.3): the
// codes of some details of a status' subject, and of all others.
type subjectCodes struct {
	details map[int]codes
	others  codes
}

// readerTable is indexed by the subject of a status.
var readerTable = [...]subjectCodes{
	{others: codes{NoDiagnostic, 0}},
	{ // addressing
		details: map[int]codes{1: {35, 1}, 2: {48, 0}, 3: {32, 0}, 4: {1, 0}, 6: {40, 0}},
		others:  codes{0, 0},
	},
	{ // mailbox
		details: map[int]codes{1: {38, 0}, 2: {13, 0}, 3: {13, 0}, 4: {30, 0}},
		others:  codes{38, 0},
	},
	{ // mail system
		details: map[int]codes{2: {NoDiagnostic, 0}, 3: {18, 0}, 4: {13, 0}, 5: {18, 0}},
		others:  codes{38, 0},
	},
	{ // network and routing
		details: map[int]codes{0: {NoDiagnostic, 0}, 3: {NoDiagnostic, 6}, 4: {NoDiagnostic, 0}, 6: {3, 0}, 7: {5, 0}, 8: {3, 0}},
		others:  codes{2, 0},
	},
	{ // protocol
		details: map[int]codes{3: {16, 0}, 4: {11, 0}},
		others:  codes{17, 0},
	},
	{ // content
		details: map[int]codes{2: {9, 0}, 3: {8, 0}, 4: {25, 0}, 5: {NoDiagnostic, 2}},
		others:  codes{15, 0},
	},
	{ // security
		details: map[int]codes{1: {29, 0}, 2: {28, 0}, 3: {26, 0}},
		others:  codes{46, 0},
	},
}

// Codes returns the diagnostic and the reason code of a status ([MS-OXCMAIL]
// 2.2.3.7.1.3).
func (s Status) Codes() (diag, reason int32) {
	s = s.oneDigit()
	row := readerTable[0]
	if s.Subject < len(readerTable) {
		row = readerTable[s.Subject]
	}
	c, ok := row.details[s.Detail]
	if !ok {
		c = row.others
	}
	return c.diag, c.reason
}

// The writer's tables ([MS-OXCMAIL] 2.1.3.6.1.2), indexed by the diagnostic code
// and, where that is NoDiagnostic, by the reason code.
var (
	statusOfDiag = [...]string{
		"5.1.0", "5.1.4", "4.4.5", "4.4.6", "5.1.0", "4.4.7", "5.3.0", "5.6.0", "5.6.3", "5.6.2",
		"5.6.0", "5.5.4", "5.6.0", "5.3.4", "5.6.0", "5.6.1", "5.5.3", "5.5.5", "5.3.3", "5.6.2",
		"5.6.0", "5.6.0", "4.6.4", "4.6.4", "4.6.4", "4.6.4", "5.7.3", "4.4.6", "5.7.2", "5.7.1",
		"5.2.4", "5.6.1", "5.1.3", "5.1.0", "5.1.3", "5.1.1", "5.1.0", "5.3.0", "5.3.0", "5.1.0",
		"5.1.6", "5.1.0", "5.1.0", "5.1.6", "5.0.0", "5.0.0", "5.7.0", "5.0.0", "5.1.2",
	}
	statusOfReason = [...]string{"5.4.0", "5.1.0", "5.6.5", "5.6.5", "5.2.0", "5.3.0", "4.4.3"}
)

// The status of codes that the tables do not have.
const (
	otherDiag   = "5.0.0"
	otherReason = "5.4.0"
)

// OfCodes returns the status that a writer gives codes ([MS-OXCMAIL] 2.1.3.6.1.2).
func OfCodes(diag, reason int32) Status {
	table, n, text := statusOfDiag[:], diag, otherDiag
	if diag == NoDiagnostic {
		table, n, text = statusOfReason[:], reason, otherReason
	}
	if n >= 0 && int(n) < len(table) {
		text = table[n]
	}
	s, _ := ParseStatus(text)
	return s
}
