package charset

import (
	"encoding/binary"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// The codecs that several charsets or the detection share.
var (
	shiftJIS = &doubleByte{encoding: japanese.ShiftJIS, long: shiftJISUser, fold: japaneseFold}
	eucJP    = &doubleByte{encoding: japanese.EUCJP, long: eucJPTriple, fold: japaneseFold}
	gb18030  = &doubleByte{encoding: simplifiedchinese.GB18030, long: gb18030Long}
	big5     = &doubleByte{encoding: traditionalchinese.Big5}
	eucKR    = &doubleByte{encoding: korean.EUCKR}
	gb       = gbCodec{gb18030, simplifiedchinese.GB18030}
	gbk      = gbCodec{gb18030, simplifiedchinese.GBK}
)

var (
	utf16LE  = wideCodec{2, binary.LittleEndian}
	utf16BE  = wideCodec{2, binary.BigEndian}
	utf16BOM = wideCodec{2, nil}
	utf32LE  = wideCodec{4, binary.LittleEndian}
	utf32BE  = wideCodec{4, binary.BigEndian}
	utf32BOM = wideCodec{4, nil}
)

var (
	utf7 = &statefulCodec{
		reader: func() stepper { return new(utf7Reader) },
		write:  encodeUTF7,
	}
	hz = &statefulCodec{
		reader: func() stepper { return new(hzReader) },
		write:  hzWriter.encode,
	}
	iso2022JP = &statefulCodec{
		reader: func() stepper { return &iso2022Reader{g: [3]set{1: setKatakana}, kana: true} },
		write:  encodeISO2022JP,
	}
	iso2022KR = &statefulCodec{
		// QUIRK: the header with the designation is missing in parts and encoded
		// words cut from a text (RFC 1557 wants it once, before all).
		reader: func() stepper { return &iso2022Reader{g: [3]set{1: setKSC5601}} },
		write:  iso2022KRWriter.encode,
	}
	iso2022CN = &statefulCodec{
		reader: func() stepper { return &iso2022Reader{g: [3]set{1: setGB2312, 2: setOther}} },
		write:  iso2022CNWriter.encode,
	}
)
