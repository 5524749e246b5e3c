package tnef

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/mapi"
)

// TestWholeExample lays out the stream of 222 bytes whose every byte is known. It
// has no class among the properties, which Write always adds.
func TestWholeExample(t *testing.T) {
	t.Run("TNEF-W-001 whole stream", func(t *testing.T) {
		var p mapi.Properties
		mapi.PidTagImportance.Set(&p, 2)
		mapi.PidTagRtfInSync.Set(&p, true)
		mapi.PidTagSubject.Set(&p, "Hi")
		mapi.PidLidPrivate.Set(&p, true)
		mapi.PidNameKeywords.Set(&p, []string{"Red"})
		b := &builder{layout: layout{ctx: t.Context(), rec: new(diag.Recorder)}, opt: new(WriteOptions)}
		if err := b.head(charset.Windows1252()); err != nil {
			t.Fatal(err)
		}
		class := bytes8("IPM.Microsoft Mail.Note", charset.Windows1252())
		if err := b.attribute(infoOf(attMessageClass), class); err != nil {
			t.Fatal(err)
		}
		o := &objectBuilder{builder: b, of: ofOutermost}
		b.beginAttribute(infoOf(attMsgProps))
		if err := o.list(&p, false); err != nil {
			t.Fatal(err)
		}
		if err := b.endAttribute(); err != nil {
			t.Fatal(err)
		}
		b.flush()
		var got bytes.Buffer
		if n, err := b.writeTo(&got); err != nil || n != 222 || b.size != 222 {
			t.Errorf("%d of %d bytes, %v", n, b.size, err)
		}
		want, err := hex.DecodeString(strings.Join(strings.Fields(`
			789f3e220100 010690080004000000000001000100 010790060008000000e404000000000000e800
			010880070018000000 49504d2e4d6963726f736f6674204d61696c2e4e6f746500 3108
			010390060088000000 05000000 0300170002000000 0b001f0e01000000
			1f00370001000000060000004800690000000000
			0b000080 0820060000000000c000000000000046 0000000006850000 01000000
			1f100180 2903020000000000c000000000000046 01000000120000004b006500790077006f0072006400730000000000
			0100000008000000520065006400000026 0a`), ""))
		if err != nil || !bytes.Equal(got.Bytes(), want) {
			t.Errorf("% x\nwant % x, %v", got.Bytes(), want, err)
		}
	})
}
