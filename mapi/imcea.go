package mapi

import (
	"strings"
	"unicode/utf8"
)

const imceaPrefix = "IMCEA"

// EncodeIMCEA puts an address of another system into an Internet address:
// IMCEA, the type, a hyphen, the encoded address, @ and the domain ([MS-OXCMAIL]
// 2.1.3.1.8). The result must not be folded.
func EncodeIMCEA(addressType, address, domain string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(imceaPrefix) + len(addressType) + len(address) + len(domain) + 16)
	b.WriteString(imceaPrefix)
	b.WriteString(addressType)
	b.WriteByte('-')
	for i := 0; i < len(address); i++ {
		switch c := address[i]; {
		case c == '/':
			b.WriteByte('_')
		case isAlnum(c) || c == '-' || c == '=':
			b.WriteByte(c)
		default:
			b.Write([]byte{'+', hex[c>>4], hex[c&0x0F]})
		}
	}
	b.WriteByte('@')
	b.WriteString(domain)
	return b.String()
}

// DecodeIMCEA takes an address out of the Internet address that holds it. The
// type is returned in upper case; the domain is empty when s has none. It
// reports false when s is no such address, or holds what no address has: bytes
// that are not UTF-8, or control characters.
func DecodeIMCEA(s string) (addressType, address, domain string, ok bool) {
	if len(s) < len(imceaPrefix) || !strings.EqualFold(s[:len(imceaPrefix)], imceaPrefix) {
		return "", "", "", false
	}
	local := s
	if at := strings.LastIndexByte(s, '@'); at >= 0 {
		local, domain = s[:at], s[at+1:]
	}
	addressType, encoded, ok := strings.Cut(local[len(imceaPrefix):], "-")
	if !ok || !isTypeName(addressType) || encoded == "" {
		return "", "", "", false
	}
	if address, ok = decodeIMCEA(encoded); !ok {
		return "", "", "", false
	}
	return strings.ToUpper(addressType), address, domain, true
}

func decodeIMCEA(s string) (string, bool) {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch c {
		case '_':
			c = '/'
		case '+':
			if i+2 >= len(s) {
				return "", false
			}
			hi, lo := unhex(s[i+1]), unhex(s[i+2])
			if hi > 15 || lo > 15 {
				return "", false
			}
			c = hi<<4 | lo
			i += 2
		}
		if c < ' ' || c == 0x7F {
			return "", false
		}
		b = append(b, c)
	}
	return string(b), utf8.Valid(b)
}

// unhex returns the value of a hexadecimal digit, 255 for anything else.
func unhex(c byte) byte {
	switch {
	case c-'0' < 10:
		return c - '0'
	case (c|0x20)-'a' < 6:
		return (c | 0x20) - 'a' + 10
	}
	return 0xFF
}

func isTypeName(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isAlnum(s[i]) {
			return false
		}
	}
	return s != ""
}

// Decapsulate returns the address of another system that a holds, if owned says
// that its domain is one of ours: only the organisation that encapsulated an
// address can know it ([MS-OXCMAIL] 2.2.3.1.2).
func (a *InternetAddress) Decapsulate(owned func(domain string) bool) (Address, bool) {
	t, address, domain, ok := DecodeIMCEA(a.Address)
	if !ok || !owned(domain) {
		return Address{}, false
	}
	return Address{Name: a.DisplayName(), Type: t, Email: address, SMTP: a.Address}, true
}
