package tnef_test

import (
	"bytes"
	"context"
	"fmt"
	"log"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/tnef"
)

// Read what a winmail.dat holds.
func ExampleRead() {
	ctx := context.Background()
	var file bytes.Buffer
	if _, _, err := tnef.Write(ctx, &file, exampleMessage(), nil); err != nil {
		log.Fatal(err)
	}

	res, err := tnef.Read(ctx, bytes.NewReader(file.Bytes()), int64(file.Len()), nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(mapi.Subject(&res.Message.Properties))
	for i, a := range res.Message.Attachments {
		size, err := a.Content.Size(ctx)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(tnef.FileName(a, i+1), size)
	}
	// Output:
	// Minutes
	// minutes of the meeting.txt 11
}

func exampleMessage() *mapi.Message {
	var m mapi.Message
	mapi.PidTagSubject.Set(&m.Properties, "Minutes")
	a := &mapi.Attachment{Content: mapi.Bytes("Nobody came")}
	mapi.PidTagAttachLongFilename.Set(&a.Properties, "minutes of the meeting.txt")
	m.Attachments = []*mapi.Attachment{a}
	return &m
}
