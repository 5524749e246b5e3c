// Package mime2mapi converts Internet messages (RFC 5322, MIME) to MAPI message
// objects, as [MS-OXCMAIL] 2.2 describes the MIME reader.
//
//	res, err := mime2mapi.Convert(ctx, r, nil)
//	if err != nil {
//		var failure *diag.Error
//		if errors.As(err, &failure) { ... }
//		return err
//	}
//	defer res.Close()
//	subject, _ := mapi.PidTagSubject.Get(&res.Message.Properties)
//
// Real mail is broken mail. Whatever its bytes are, a message converts, and each
// repair, fallback and loss is a diagnostic of the [Result], unless it passes one
// of the limits. [Options.Malformed] makes badly formed messages fail instead.
//
// The contents of attachments stay in the source until they are read: a Result
// must be closed after use, and [mapi.Message.Detach] makes a message outlive it.
//
// The steps of a conversion are in files of their own: convert.go has their
// order, message.go that of one message of the tree. fields.go sorts a header
// block; mapped.go, address.go, subject.go and others say what becomes of its
// fields; body.go decides which part is the body, attachment.go what becomes of
// the others. classify.go tells messages whose structure means more: secured.go
// has what is signed or encrypted, report.go delivery reports and receipts.
package mime2mapi
