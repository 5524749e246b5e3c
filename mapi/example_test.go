package mapi_test

import (
	"context"
	"fmt"
	"os"

	"github.com/contentconv/contentconv/mapi"
)

func Example() {
	m := new(mapi.Message)
	mapi.SetSubject(&m.Properties, "RE: Lunch")
	mapi.PidTagImportance.Set(&m.Properties, 2)
	mapi.PidNameKeywords.Set(&m.Properties, []string{"food"})

	normalized, ok := mapi.PidTagNormalizedSubject.Get(&m.Properties)
	fmt.Println(normalized, ok)
	fmt.Println(mapi.PidTagBody.Or(&m.Properties, "no body"))
	// Output:
	// Lunch true
	// no body
}

func ExampleEncodeJSON() {
	m := new(mapi.Message)
	mapi.PidTagSubject.Set(&m.Properties, "Hello")
	m.Attachments = []*mapi.Attachment{{Content: mapi.Bytes("abc")}}
	if err := mapi.EncodeJSON(context.Background(), os.Stdout, m); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {
	//   "properties": [
	//     {"name": "PidTagSubject", "tag": "0x0037001F", "type": "PtypString", "value": "Hello"}
	//   ],
	//   "recipients": [],
	//   "attachments": [
	//     {"properties": [], "size": 3, "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "message": null}
	//   ]
	// }
}

func ExampleRecipient_SetInternet() {
	addresses := []mapi.InternetAddress{
		{Name: "Jo", Address: "jo@example.org"},
		{Address: "al@example.org"},
	}
	rows := make([]mapi.Recipient, len(addresses))
	for i := range addresses {
		rows[i].SetInternet(&addresses[i], mapi.RecipientTo, int32(i))
	}
	for i := range rows {
		a := rows[i].Address()
		fmt.Println(a.Name, a.SMTP)
	}
	// Output:
	// Jo jo@example.org
	// al@example.org al@example.org
}
