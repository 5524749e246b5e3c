package main

import (
	"bufio"
	"context"
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
	return withTemp("", write, func(f *os.File) error {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return err
		}
		_, err := io.Copy(stdout, f)
		return err
	})
}

// writeFile writes a file whole or not at all.
func writeFile(name string, write func(io.Writer) error) error {
	return withTemp(filepath.Dir(name), write, func(f *os.File) error {
		if err := f.Chmod(0o644); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
		return os.Rename(f.Name(), name)
	})
}

// withTemp calls write with a temporary file in dir, then use with that file.
func withTemp(dir string, write func(io.Writer) error, use func(*os.File) error) error {
	f, err := os.CreateTemp(dir, ".contentconv-*")
	if err != nil {
		return plain(err)
	}
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
