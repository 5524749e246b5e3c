package main

import (
	"encoding/hex"
	"fmt"
	"strings"
)

// types gives the code of each property type that the data uses, and the Go
// type of its values. PtypObject has no values, only tags.
var types = map[string]struct {
	code uint16
	goes string
}{
	"PtypInteger16":          {0x0002, "int16"},
	"PtypInteger32":          {0x0003, "int32"},
	"PtypFloating32":         {0x0004, "float32"},
	"PtypFloating64":         {0x0005, "float64"},
	"PtypCurrency":           {0x0006, "Currency"},
	"PtypFloatingTime":       {0x0007, "FloatingTime"},
	"PtypErrorCode":          {0x000A, "ErrorCode"},
	"PtypBoolean":            {0x000B, "bool"},
	"PtypObject":             {0x000D, ""},
	"PtypInteger64":          {0x0014, "int64"},
	"PtypString8":            {0x001E, "string"},
	"PtypString":             {0x001F, "string"},
	"PtypTime":               {0x0040, "Time"},
	"PtypGuid":               {0x0048, "GUID"},
	"PtypServerId":           {0x00FB, "[]byte"},
	"PtypRestriction":        {0x00FD, "[]byte"},
	"PtypRuleAction":         {0x00FE, "[]byte"},
	"PtypBinary":             {0x0102, "[]byte"},
	"PtypMultipleInteger16":  {0x1002, "[]int16"},
	"PtypMultipleInteger32":  {0x1003, "[]int32"},
	"PtypMultipleInteger64":  {0x1014, "[]int64"},
	"PtypMultipleFloating64": {0x1005, "[]float64"},
	"PtypMultipleString8":    {0x101E, "[]string"},
	"PtypMultipleString":     {0x101F, "[]string"},
	"PtypMultipleTime":       {0x1040, "[]Time"},
	"PtypMultipleGuid":       {0x1048, "[]GUID"},
	"PtypMultipleBinary":     {0x1102, "[][]byte"},
}

// guidBytes returns a GUID in the byte order in which it is stored.
func guidBytes(s string) ([]byte, error) {
	b, err := hex.DecodeString(strings.NewReplacer("{", "", "}", "", "-", "").Replace(s))
	if err != nil || len(b) != 16 || len(s) != 38 {
		return nil, fmt.Errorf("%q is no GUID", s)
	}
	for _, r := range [][2]int{{0, 3}, {1, 2}, {4, 5}, {6, 7}} {
		b[r[0]], b[r[1]] = b[r[1]], b[r[0]]
	}
	return b, nil
}
