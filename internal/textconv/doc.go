// Package textconv converts between the forms that the text of a mail body
// takes: plain text, format=flowed, text/enriched, text/richtext, and HTML.
//
// Text is UTF-8 throughout. Every function takes time linear in its input and
// accepts any bytes; valid UTF-8 stays valid. HTML to plain text is
// htmltext.Convert.
package textconv
