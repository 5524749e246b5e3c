package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/msg"
)

// memory converts a message of the given size to a .msg file and back, and prints the
// most memory that the process had resident.
func (p *plan) memory(size int64) error {
	f, err := os.CreateTemp("", "benchmarks-*.msg")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	start, err := peakResident()
	if err != nil {
		return err
	}
	eml := newLargeMail(size)
	w := bufio.NewWriterSize(f, 64<<10)
	n, err := largeToMsg(w, eml)
	if err := errors.Join(err, w.Flush()); err != nil {
		return err
	}
	there, err := peakResident()
	if err != nil {
		return err
	}
	if _, err := mapi2mime.ConvertMsg(background, io.Discard, f, n, nil); err != nil {
		return err
	}
	back, err := peakResident()
	if err != nil {
		return err
	}
	p.printf("| message of %d bytes | peak resident memory |\n| --- | ---: |\n", eml.size)
	p.printf("| before | %d MB |\n| to a .msg of %d bytes | %d MB |\n| and back | %d MB |\n", start>>20, n, there>>20, back>>20)
	return nil
}

func largeToMsg(w io.Writer, eml *largeMail) (int64, error) {
	res, err := mime2mapi.ConvertAt(background, eml, eml.size, nil)
	if err != nil {
		return 0, err
	}
	defer res.Close()
	n, _, err := msg.Write(background, w, res.Message, nil)
	return n, err
}

// A largeMail is a mail with one attachment, which is made as it is read: one line of
// base64 again and again.
type largeMail struct {
	head, line, tail string
	lines, size      int64
}

func newLargeMail(size int64) *largeMail {
	m := &largeMail{
		head: common() + "Content-Type: multipart/mixed; boundary=bnd\r\n\r\n--bnd\r\nContent-Type: text/plain\r\n\r\nSee attached.\r\n" +
			"--bnd\r\nContent-Type: application/pdf; name=large.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n",
		line: strings.Repeat("QUJD", 19) + "\r\n",
		tail: "--bnd--\r\n",
	}
	m.lines = (size - int64(len(m.head)+len(m.tail))) / int64(len(m.line))
	m.size = int64(len(m.head)+len(m.tail)) + m.lines*int64(len(m.line))
	return m
}

func (m *largeMail) ReadAt(p []byte, off int64) (n int, err error) {
	body := int64(len(m.head))
	end := m.size - int64(len(m.tail))
	for n < len(p) {
		at := off + int64(n)
		switch {
		case at < body:
			n += copy(p[n:], m.head[at:])
		case at < end:
			n += copy(p[n:min(int64(len(p)), int64(n)+end-at)], m.line[(at-body)%int64(len(m.line)):])
		case at < m.size:
			n += copy(p[n:], m.tail[at-end:])
		default:
			return n, io.EOF
		}
	}
	return n, nil
}

// peakResident is the most memory, in bytes, that the process has had resident.
func peakResident() (int64, error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, fmt.Errorf("resident memory is known on Linux alone: %w", err)
	}
	for line := range bytes.Lines(status) {
		if rest, ok := strings.CutPrefix(string(line), "VmHWM:"); ok {
			n, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			return n << 10, err
		}
	}
	return 0, errors.New("/proc/self/status has no VmHWM")
}
