package mapi2mime_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/msg"
	"github.com/contentconv/contentconv/tnef"
)

// FuzzFile converts any bytes as a .msg file and as a TNEF stream. Each fails for a
// reason that is not our own and with nothing written, or gives mail that follows the
// rules.
func FuzzFile(f *testing.F) {
	for _, seed := range []string{
		"\x02\x00\x07Subject\x12\x00\x0E\x01\x01\x03Bob\x00\x03b@c\x00\x00\x01\x01\x05\x05a.png\x00\x01\x05\x01x",
		"\x02\x0C\x02\x0E\x01a\x01b\x01c\x01d\x01\x03<#>\x01x\x00\x01\x03Bob\x00\x03b@c\x00\x00\x00",
		"\x01\x0D\x30a\\objattph b{\\pict\\pngblip 89504E470D0A1A0A}\\par c}\x00\x01\x01\x01\x00\x05a.png\x00\x01\x01\x05\x01x",
	} {
		m := (&bag{[]byte(seed)}).message(0)
		var file, stream bytes.Buffer
		if _, _, err := msg.Write(f.Context(), &file, m, nil); err != nil {
			f.Fatal(err)
		}
		if _, _, err := tnef.Write(f.Context(), &stream, m, &tnef.WriteOptions{Standalone: true}); err != nil {
			f.Fatal(err)
		}
		f.Add([]byte("\x00\x00"), file.Bytes())
		f.Add([]byte("\xFF\x03"), file.Bytes())
		f.Add([]byte("\x10\x00"), stream.Bytes())
	}
	f.Fuzz(func(t *testing.T, settings, file []byte) {
		o := (&bag{settings}).options()
		for name, convert := range map[string]func(context.Context, io.Writer, io.ReaderAt, int64, *mapi2mime.Options) (*mapi2mime.Result, error){
			".msg": mapi2mime.ConvertMsg, "TNEF": mapi2mime.ConvertTNEF,
		} {
			var out bytes.Buffer
			res, err := convert(context.Background(), &out, bytes.NewReader(file), int64(len(file)), o)
			if err != nil {
				checkRefusal(t, name, err, out.Len())
				continue
			}
			checkOutput(t, out.Bytes(), res)
		}
	})
}

// checkRefusal holds a failure to what every failure is.
func checkRefusal(t *testing.T, what string, err error, written int) {
	t.Helper()
	var failure *diag.Error
	switch {
	case !errors.As(err, &failure):
		t.Fatalf("%s: %v is no *diag.Error", what, err)
	case failure.Reason == diag.Internal:
		t.Fatalf("%s: %v\n%s", what, err, failure.Stack)
	case written > 0:
		t.Fatalf("%s: %d bytes were written before %v", what, written, err)
	}
}

// FuzzReceipt asks for receipts of any message. One that is made is mail, or refused
// with nothing written.
func FuzzReceipt(f *testing.F) {
	f.Add([]byte("\x01\x06\x00\x01\x00\x00"), "Bob\r\nX: y", "b@example.com", true)
	f.Add([]byte("\x03\x06\x00\x01\x00\x12\x05a@b.c\x00\x0B\x03<a>\x00\x00"), "", "", false)
	f.Fuzz(func(t *testing.T, data []byte, name, address string, read bool) {
		m := (&bag{data}).message(0)
		mapi.PidTagReadReceiptRequested.Set(&m.Properties, true)
		o := &mapi2mime.ReceiptOptions{Reader: mapi.Address{Name: name, Type: "SMTP", Email: address, SMTP: address}, Time: fixed.Now, Manual: len(data)%2 == 0}
		receipt, err := mapi2mime.Receipt(m, read, o)
		if err != nil {
			if !errors.Is(err, mapi2mime.ErrReceiptNotRequested) && !errors.Is(err, mapi2mime.ErrReceiptSuppressed) && !errors.Is(err, mapi2mime.ErrReceiptNoAddress) {
				t.Errorf("an error that is not among those: %v", err)
			}
			return
		}
		var out bytes.Buffer
		res, err := mapi2mime.Convert(context.Background(), &out, receipt, &fixed)
		if err != nil {
			checkRefusal(t, "receipt", err, out.Len())
			return
		}
		checkOutput(t, out.Bytes(), res)
	})
}
