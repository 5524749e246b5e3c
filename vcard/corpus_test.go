package vcard_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/vcard"
)

func corpus(t *testing.T) string {
	dir := os.Getenv("CONTENTCONV_CORPUS")
	if dir == "" {
		t.Skip("CONTENTCONV_CORPUS names no corpus; set it to run over one")
	}
	return dir
}

// Every card of a corpus becomes a contact that is written and read again, or there
// is a reason why not.
func TestCorpus(t *testing.T) {
	converted, files := 0, 0
	err := filepath.WalkDir(corpus(t), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.EqualFold(filepath.Ext(path), ".vcf") && !strings.HasPrefix(d.Name(), "vcardfuzz") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		got, err := vcard.Import(t.Context(), data, nil)
		if errors.Is(err, vcard.ErrNotOneCard) {
			return nil
		}
		if err != nil {
			t.Errorf("%s: %v", path, err)
			return nil
		}
		converted++
		again := read(t, strings.Join(write(t, got.Message), "\r\n")+"\r\n").Message
		if a, b := mapi.PidTagDisplayName.Or(&got.Message.Properties, ""), mapi.PidTagDisplayName.Or(&again.Properties, ""); strings.Join(strings.Fields(a), " ") != strings.Join(strings.Fields(b), " ") {
			t.Errorf("%s: %q became %q", path, a, b)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d of %d converted", converted, files)
}

// What other software asserts of cards holds.
func TestPairs(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpus(t), "pairs", "*", "vcf-*", "assertions.json"))
	if err != nil || len(files) == 0 {
		t.Skipf("no pairs: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) {
			var want struct {
				Input      string
				Assertions []struct {
					On, Property, Op string
					Value            any
				}
			}
			raw, err := os.ReadFile(file)
			if err == nil {
				err = json.Unmarshal(raw, &want)
			}
			if err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(filepath.Join(filepath.Dir(file), want.Input))
			if err != nil {
				t.Fatal(err)
			}
			m := read(t, string(data)).Message
			for _, a := range want.Assertions {
				key, _, ok := mapi.KeyOf(a.Property)
				if !ok || a.On != "message" {
					t.Fatalf("no property %s of %s", a.Property, a.On)
				}
				v, _ := m.Properties.Get(key)
				have, wanted := fmt.Sprint(v), fmt.Sprint(a.Value)
				if s, ok := v.Text(); ok {
					have = s
				}
				if n, ok := v.Time(); ok && a.Op == "eq_unix_time" {
					at, _ := n.Time()
					have, wanted = fmt.Sprint(at.Unix()), fmt.Sprintf("%.0f", a.Value)
				}
				if have != wanted {
					t.Errorf("%s is %s, want %s", a.Property, have, wanted)
				}
			}
		})
	}
}
