package transfer

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBase64Writer(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 56, 57, 58, 114, 1000, 57 * 1024, 100001} {
		data := pattern(n)
		want := wrapped(data)
		if n == 0 {
			want = nil
		}
		if got := AppendBase64(nil, data); !bytes.Equal(got, want) {
			t.Errorf("AppendBase64 of %d bytes is wrong", n)
		}
		if got := Base64Size(int64(n)); got != int64(len(want)) {
			t.Errorf("Base64Size(%d) = %d, want %d", n, got, len(want))
		}
		for _, piece := range []int{1, 2, 57, 100, 1 << 20} {
			var b bytes.Buffer
			writePieces(t, NewBase64Writer(&b), data, piece)
			if !bytes.Equal(b.Bytes(), want) {
				t.Errorf("%d bytes in pieces of %d are wrong", n, piece)
			}
		}
		if got := Decode(Base64, want, nil); !bytes.Equal(got, data) {
			t.Errorf("%d bytes don't come back", n)
		}
	}
}

func writePieces(t *testing.T, w io.WriteCloser, data []byte, piece int) {
	t.Helper()
	for len(data) > 0 {
		p := data[:min(len(data), piece)]
		if n, err := w.Write(p); n != len(p) || err != nil {
			t.Fatalf("Write = %d, %v", n, err)
		}
		data = data[len(p):]
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestAppendQP(t *testing.T) {
	x75 := strings.Repeat("x", 75)
	for _, tt := range []struct {
		name string
		mode QPMode
		in   string
		want string
	}{
		{"empty", QPText, "", ""},
		{"text", QPText, "Hello, world.\r\n", "Hello, world.\r\n"},
		{"LF becomes CRLF", QPText, "a\nb", "a\r\nb"},
		{"CR alone is encoded", QPText, "a\rb\r", "a=0Db=0D"},
		{"CR CR LF", QPText, "a\r\r\n", "a=0D\r\n"},
		{"8-bit and equals sign", QPText, "caf\xc3\xa9 = x", "caf=C3=A9 =3D x"},
		{"controls", QPText, "\x00\x1f\x7f", "=00=1F=7F"},
		{"white space at the end of a line", QPText, "a \r\nb\t\nc  \r\n", "a=20\r\nb=09\r\nc =20\r\n"},
		{"white space at the end", QPText, "a ", "a=20"},
		{"white space within a line", QPText, "a b\tc", "a b\tc"},
		{"white space before CR alone", QPText, "a \rb", "a =0Db"},
		{"From at the beginning of a line", QPText, "From me\nFrom: x\n From me\nFrom\n", "From=20me\r\nFrom: x\r\n From me\r\nFrom\r\n"},
		{"full stop at the beginning of a line", QPText, ".\n..\na.\n", "=2E\r\n=2E.\r\na.\r\n"},
		{"75 characters", QPText, x75 + "\n", x75 + "\r\n"},
		{"76 characters", QPText, x75 + "y\n", x75 + "=\r\ny\r\n"},
		{"escape doesn't break", QPText, x75[:73] + "\xff\n", x75[:73] + "=\r\n=FF\r\n"},
		{"full stop behind a soft break", QPText, x75 + ".\n", x75 + "=\r\n=2E\r\n"},
		{"From behind a soft break", QPText, x75 + "From me\n", x75 + "=\r\nFrom=20me\r\n"},
		{"blank at the last column", QPText, x75[:74] + " y\n", x75[:74] + " =\r\ny\r\n"},
		{"binary", QPBinary, "a\r\nb\n \t", "a=0D=0Ab=0A =09"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := string(AppendQP([]byte("~"), []byte(tt.in), tt.mode))
			if d := cmp.Diff("~"+tt.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			for _, piece := range []int{1, 3, 1 << 20} {
				var b bytes.Buffer
				writePieces(t, NewQPWriter(&b, tt.mode), []byte(tt.in), piece)
				if d := cmp.Diff(tt.want, b.String()); d != "" {
					t.Errorf("in pieces of %d (-want +got):\n%s", piece, d)
				}
			}
		})
	}
}

func TestWriterErrors(t *testing.T) {
	full := errors.New("full")
	for name, w := range map[string]io.WriteCloser{
		"base64":           NewBase64Writer(failing{full}),
		"quoted-printable": NewQPWriter(failing{full}, QPText),
	} {
		if _, err := w.Write(make([]byte, 1000)); err != full {
			t.Errorf("%s: Write: %v", name, err)
		}
		if n, err := w.Write([]byte("x")); n != 0 || err != full {
			t.Errorf("%s: Write again: %d, %v", name, n, err)
		}
		if err := w.Close(); err != full {
			t.Errorf("%s: Close: %v", name, err)
		}
	}
	for name, w := range map[string]io.WriteCloser{
		"base64":           NewBase64Writer(failing{full}),
		"quoted-printable": NewQPWriter(failing{full}, QPText),
	} {
		w.Write([]byte(" "))
		if err := w.Close(); err != full {
			t.Errorf("%s: Close with something left: %v", name, err)
		}
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
