package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"os"
	"path/filepath"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mime2mapi"
)

// writeOutput calls write for the output. What write wrote becomes the output
// only when it succeeds, so that a failure leaves no part of one behind.
func (a *arguments) writeOutput(stdout io.Writer, write func(io.Writer) error) error {
	if a.output != "-" {
		return writeFile(a.output, write)
	}
	return writeStream(stdout, write)
}

// writeFile writes a file whole or not at all. What is there and is no file,
// such as a device, is written to; it is not replaced.
func writeFile(name string, write func(io.Writer) error) error {
	mode := os.FileMode(0o666) // less what the user's mask takes away
	if info, err := os.Stat(name); err == nil {
		if !info.Mode().IsRegular() {
			return writeDevice(name, write)
		}
		mode = info.Mode().Perm()
	}
	temp := filepath.Join(filepath.Dir(name), ".contentconv-"+rand.Text())
	f, err := os.OpenFile(temp, os.O_RDWR|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return plain(err)
	}
	return withTemp(f, write, func(f *os.File) error {
		if err := f.Close(); err != nil {
			return err
		}
		return os.Rename(f.Name(), name)
	})
}

func writeDevice(name string, write func(io.Writer) error) error {
	d, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return plain(err)
	}
	if err := writeStream(d, write); err != nil {
		d.Close()
		return err
	}
	if err := d.Close(); err != nil {
		return plain(err)
	}
	return nil
}

// writeStream copies to w what write wrote, when that has succeeded.
func writeStream(w io.Writer, write func(io.Writer) error) error {
	f, err := os.CreateTemp("", "contentconv-*")
	if err != nil {
		return plain(err)
	}
	return withTemp(f, write, func(f *os.File) error {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return err
		}
		_, err := io.Copy(w, f)
		return err
	})
}

// withTemp calls write with a temporary file, then use with that file.
func withTemp(f *os.File, write func(io.Writer) error, use func(*os.File) error) error {
	defer os.Remove(f.Name())
	defer f.Close()
	w := bufio.NewWriter(f)
	if err := write(w); err != nil {
		return plain(err)
	}
	if err := w.Flush(); err != nil {
		return plain(err)
	}
	if err := use(f); err != nil {
		return plain(err)
	}
	return nil
}

type jsonPart struct {
	Part       string `json:"part"`
	Type       string `json:"type"`
	To         string `json:"to"`
	Attachment *int   `json:"attachment,omitempty"`
	Reason     string `json:"reason,omitempty"`
}

type jsonDiagnostic struct {
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Part     string `json:"part,omitempty"`
	Header   string `json:"header,omitempty"`
	Detail   string `json:"detail,omitempty"`
}

// writeJSON writes the message, what became of each part, and the diagnostics.
// The message comes first because reading its contents finds their defects.
func writeJSON(ctx context.Context, w io.Writer, c *converted) error {
	if _, err := io.WriteString(w, `{"message": `); err != nil {
		return err
	}
	if err := mapi.EncodeJSON(ctx, w, c.message); err != nil {
		return err
	}
	if err := c.verify(ctx); err != nil {
		return err
	}
	for _, list := range []struct {
		name  string
		value any
	}{{"parts", jsonParts(c.parts)}, {"diagnostics", jsonDiagnostics(c.diagnostics())}} {
		b, err := json.MarshalIndent(list.value, "", " ")
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, ",\n\""+list.name+"\": "+string(b)); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, "}\n")
	return err
}

func jsonParts(parts []mime2mapi.Part) []jsonPart {
	out := make([]jsonPart, len(parts))
	for i, p := range parts {
		out[i] = jsonPart{Part: p.Number, Type: p.Type, To: p.To.String(), Reason: string(p.Reason)}
		if p.Attachment >= 0 {
			out[i].Attachment = &parts[i].Attachment
		}
	}
	return out
}

func jsonDiagnostics(list []diag.Diagnostic) []jsonDiagnostic {
	out := make([]jsonDiagnostic, len(list))
	for i, d := range list {
		out[i] = jsonDiagnostic{d.Severity.String(), string(d.Code), d.Part, d.Header, d.Detail}
	}
	return out
}
