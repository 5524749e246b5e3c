package mailbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Folder is a [Memory] in a folder, one small file a key, that outlives the
// program and serves several. A file that cannot be understood counts as none.
// Findings of versions that are gone can be removed at any time: they are only
// found again.
type Folder struct{ dir string }

// NewFolder returns the memory in dir, which is made, with mode 0700, where it is
// not there.
func NewFolder(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	return &Folder{dir}, nil
}

// Get returns the finding under a key.
func (m *Folder) Get(key string) (Finding, bool, error) {
	var f Finding
	b, err := os.ReadFile(m.path(key))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return f, false, nil
	case err != nil:
		return f, false, err
	}
	if json.Unmarshal(b, &f) != nil || f == (Finding{}) {
		return Finding{}, false, nil
	}
	return f, true, nil
}

// Put remembers a finding: the file is there whole or not at all.
func (m *Folder) Put(key string, f Finding) error {
	b, err := json.Marshal(f)
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(m.dir, "*.tmp") // mode 0600
	if err != nil {
		return err
	}
	_, err = tmp.Write(b)
	if e := tmp.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(tmp.Name(), m.path(key))
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
		return fmt.Errorf("remembering a finding: %w", err)
	}
	return nil
}

func (m *Folder) path(key string) string { return filepath.Join(m.dir, key+".json") }
