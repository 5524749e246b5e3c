// Package reportfield reads the fields of reports: the body of a
// message/delivery-status part (RFC 3464 2.1, RFC 6533 3) or of a
// message/disposition-notification part (RFC 8098 3.1, RFC 6533 4).
//
// Such a body looks like header blocks one behind the other. Reading never fails,
// takes linear time, and keeps no more than the group in hand.
package reportfield
